"""Small words that several parts of the desk say: dates, numbers of things, places in a record."""

import re

from claimbook.record.dates import PartialDate

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_PLACE = re.compile(r"\b(source|evidence)s?\[(\d+)\]")


def spoken(day: PartialDate) -> str:
    """Return a date as people read it: `28 Mar 2024`, `Mar 2024`, `2024`."""
    parts = [str(day.day)] if day.day else []
    parts += [_MONTHS[day.month - 1]] if day.month else []
    return " ".join([*parts, f"{day.year:04}"])


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: `1 origin`, `2 origins`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def numbered(text: str) -> str:
    """Return a text with places in a record counted from one: `sources[0]` is `source 1`."""
    return _PLACE.sub(lambda match: f"{match[1]} {int(match[2]) + 1}", text)
