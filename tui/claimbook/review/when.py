"""Days as people write them: `2027`, `1 Mar 2027`, `tomorrow`, `+2w`, `in 3 months`."""

import re
from calendar import monthrange
from datetime import date, timedelta

from claimbook.record.dates import PartialDate

_SPAN = re.compile(
    r"(?:\+|in )? *(?P<number>[0-9]{1,4}) *(?P<unit>days?|weeks?|months?|years?|[dwmy])(?P<ago> ago)?"
)
_NEXT = re.compile(r"next (?P<unit>week|month|year)")
_SPELLED = re.compile(r"(?:(?P<day>[0-9]{1,2})\.? )?(?P<month>[a-z]{3,9})\.? (?P<year>[0-9]{4})")
_NAMED = {"today": 0, "tomorrow": 1, "yesterday": -1}
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_LAST_YEAR = 9999


def read_when(text: str, today: date) -> PartialDate:
    """Read a year, a month, a day, or a span from today on.

    Months and years of a span are the calendar's: a month after 31 January is the last of February.

    Raises:
        ValueError: with a sentence that says what to write.
    """
    words = " ".join(text.lower().replace(",", " ").split())
    if words in _NAMED:
        return PartialDate.of_day(today + timedelta(_NAMED[words]))
    if match := _NEXT.fullmatch(words):
        return _later(today, 1, match["unit"])
    if match := _SPAN.fullmatch(words):
        number = int(match["number"])
        return _later(today, -number if match["ago"] else number, match["unit"])
    if match := _SPELLED.fullmatch(words):
        return PartialDate.of(
            int(match["year"]), _month(match["month"]), int(match["day"]) if match["day"] else None
        )
    try:
        return PartialDate.parse(words)
    except ValueError as error:
        raise ValueError(f"{error}, or as tomorrow, +2w, +3m") from None


def read_ahead(text: str, today: date) -> PartialDate:
    """Read a moment that is still to come, as `read_when` does.

    Raises:
        ValueError: where it cannot be read, or is not ahead.
    """
    found = read_when(text, today)
    if found.first <= today:
        raise ValueError(f"{found} has begun already: write a later one, such as +2w")
    return found


def _later(today: date, number: int, unit: str) -> PartialDate:
    if unit[0] in "dw":
        days = number * (7 if unit[0] == "w" else 1)
        return PartialDate.of_day(today + timedelta(days))
    months = number * (12 if unit[0] == "y" else 1) + today.month - 1
    year, month = today.year + months // 12, months % 12 + 1
    if not 1 <= year <= _LAST_YEAR:
        raise ValueError("that is too far: write a year of four digits")
    return PartialDate(year, month, min(today.day, monthrange(year, month)[1]))


def _month(word: str) -> int:
    found = [number for number, name in enumerate(_MONTHS, 1) if name.startswith(word)]
    if len(found) != 1:
        raise ValueError(f"there is no month {word}, write it as Mar or March")
    return found[0]
