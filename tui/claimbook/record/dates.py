"""Dates known to the year, the month or the day."""

import os
import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, total_ordering
from typing import Any, Self

_FORM = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_YEAR_FIRST = re.compile(
    r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})(?:[-/.](?P<day>[0-9]{1,2}))?"
    r"(?:[ T][0-9:.,]+(?:Z|[-+][0-9:]+)?)?"
)
_DAY_FIRST = re.compile(r"(?P<day>[0-9]{1,2})[-/.](?P<month>[0-9]{1,2})[-/.](?P<year>[0-9]{4})")


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month or a day; ordered by first day, then by last."""

    year: int
    """From 1 to 9999."""
    month: int | None = None
    """From 1 to 12, or None where only the year is known."""
    day: int | None = None
    """Day of the month, or None where only the month is known."""
    first: date = field(init=False, repr=False, compare=False)
    """The first day it can mean."""
    last: date = field(init=False, repr=False, compare=False)
    """The last day it can mean."""
    _text: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Once for all: the same few days are compared and written again and again.
        year, month, day = self.year, self.month, self.day
        if day is not None:
            text = f"{year:04}-{month:02}-{day:02}"
        else:
            text = f"{year:04}" if month is None else f"{year:04}-{month:02}"
        first = date(year, month or 1, day or 1)
        last = first if day else date(year, month or 12, monthrange(year, month or 12)[1])
        for name, value in (("first", first), ("last", last), ("_text", text)):
            object.__setattr__(self, name, value)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2024`, `2024-03` or `2024-03-28`.

        Raises:
            ValueError: with a sentence that says what is wrong.
        """
        match = _FORM.fullmatch(text)
        if match is None:
            raise ValueError(f"write a date as {_meant(text) or '2024, 2024-03 or 2024-03-28'}")
        year, month, day = (int(part) if part else None for part in match.groups())
        return cls.of(year or 0, month, day)

    @classmethod
    def of(cls, year: int, month: int | None = None, day: int | None = None) -> Self:
        """Build a date from numbers that may not exist in the calendar.

        Raises:
            ValueError: with a sentence that says what is wrong.
        """
        if not 1 <= year <= 9999:
            raise ValueError("there is no such year, write one from 0001 to 9999")
        if month is not None and not 1 <= month <= 12:
            raise ValueError(f"there is no month {month:02}, write one from 01 to 12")
        if day is not None and (month is None or not 1 <= day <= monthrange(year, month)[1]):
            raise ValueError(_no_day(year, month, day))
        return cls(year, month, day)

    @classmethod
    def of_day(cls, day: date) -> Self:
        """Build the date of one day."""
        return cls(day.year, day.month, day.day)

    def overlaps(self, other: "PartialDate") -> bool:
        """Tell whether both can mean the same day."""
        return self.first <= other.last and other.first <= self.last

    def __str__(self) -> str:
        return self._text

    def __lt__(self, other: "PartialDate") -> bool:
        return (self.first, self.last) < (other.first, other.last)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """Read from text, write as text. Pydantic asks for this."""
        from pydantic_core import PydanticCustomError, core_schema  # noqa: PLC0415 - of use without pydantic

        # A book names the same days again and again, and every text that can be read is short.
        parse = lru_cache(maxsize=4096)(cls.parse)

        def validate(value: Any) -> PartialDate:
            if isinstance(value, cls):
                return value
            if not isinstance(value, str):
                raise PydanticCustomError("date_type", "write a date")
            try:
                return parse(value)
            except ValueError as error:
                raise PydanticCustomError("bad-date", "{reason}", {"reason": str(error)}) from None

        return core_schema.no_info_plain_validator_function(
            validate, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, source: Any, handler: Any) -> dict[str, Any]:
        """Describe the written form, and what editors make of it. Pydantic asks for this."""
        return {
            "type": ["string", "integer"],
            "pattern": f"^{_FORM.pattern}$",
            "patternErrorMessage": "Write a date as 2024, 2024-03 or 2024-03-28.",
            "minimum": 1,
            "maximum": 9999,
        }


def today() -> date:
    """Return the local date, or the day that `CLAIMBOOK_TODAY` sets.

    Raises:
        ValueError: where the variable holds no day.
    """
    told = os.environ.get("CLAIMBOOK_TODAY")
    if not told:
        return date.today()  # noqa: DTZ011 - the day where the reviewer sits
    try:
        day = PartialDate.parse(told)
    except ValueError as error:
        raise ValueError(f"CLAIMBOOK_TODAY reads `{told}`: {error}") from None
    if day.day is None:
        raise ValueError(f"CLAIMBOOK_TODAY reads `{told}`: write a day, such as 2026-11-21")
    return day.first


def _no_day(year: int, month: int | None, day: int) -> str:
    if month is None:
        return f"a day {day:02} needs its month"
    return f"{year:04}-{month:02} has {monthrange(year, month)[1]} days, write one of them"


def _meant(text: str) -> str | None:
    """Guess the date that is written in another form, where that can mean one only."""
    match = _YEAR_FIRST.fullmatch(text) or _DAY_FIRST.fullmatch(text)
    if match is None:
        return None
    month_or_day = match.re is _DAY_FIRST and int(match["day"]) <= 12 and match["day"] != match["month"]
    parts = [match["year"], *(part.zfill(2) for part in (match["month"], match["day"]) if part)]
    guess = "-".join(parts)
    return None if month_or_day or not _exists(guess) else guess


def _exists(text: str) -> bool:
    try:
        return bool(PartialDate.parse(text))
    except ValueError:
        return False
