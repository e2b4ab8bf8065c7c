"""A stretch of time laid out in cells: which cell a day stands in, where the ticks are, closer and further.

Days are proleptic Gregorian ordinals, as `date.toordinal()` counts them; a scale holds a first day and how
many days a cell takes, so that moving and zooming are arithmetic and never touch the calendar's ends.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from math import ceil, floor
from typing import NamedTuple

from claimbook.app.spoken import spoken
from claimbook.record.dates import PartialDate

_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()
_CLOSEST = 1.0
"""Days that a cell takes at the least: closer than a day nothing is known."""


class Tick(NamedTuple):
    """A mark on the axis."""

    cell: int
    """Where it stands."""
    text: str
    """The day, month or year that begins there."""


class Stretch(NamedTuple):
    """The cells that a date takes, which may lie outside what is in sight."""

    first: int
    """The cell of the first day it can mean."""
    last: int
    """The cell of the last one."""

    @property
    def middle(self) -> int:
        """The cell in the middle."""
        return (self.first + self.last) // 2


@dataclass(frozen=True, slots=True)
class Scale:
    """Which part of time is in sight, and how close."""

    start: float
    """The day at the left edge."""
    per_cell: float
    """Days in a cell."""

    @classmethod
    def fit(cls, first: date, last: date, cells: int) -> "Scale":
        """Return the scale on which two days and all between them fit, with a little room on both sides."""
        low, high = first.toordinal(), last.toordinal() + 1
        per_cell = max(_CLOSEST, (high - low) / max(1, cells - 4))
        return cls((low + high - cells * per_cell) / 2, per_cell)

    def cell(self, day: date) -> int:
        """Return the cell that a day stands in."""
        return floor((day.toordinal() - self.start) / self.per_cell)

    def stretch(self, when: PartialDate) -> Stretch:
        """Return the cells of a date: of a year those of all its days."""
        return Stretch(self.cell(when.first), self.cell(when.last))

    def day(self, cell: int) -> date:
        """Return the day at the left edge of a cell, or the calendar's nearest one."""
        ordinal = ceil(self.start + cell * self.per_cell)
        return date.fromordinal(min(max(ordinal, _FIRST), _LAST))

    def zoomed(self, factor: float, around: int, widest: float) -> "Scale":
        """Return the scale with cells that take `factor` times as much, up to `widest`; a cell stays put."""
        per_cell = min(max(self.per_cell * factor, _CLOSEST), max(widest, _CLOSEST))
        held = self.start + around * self.per_cell
        return Scale(held - around * per_cell, per_cell)

    def moved(self, cells: int) -> "Scale":
        """Return the scale further to the right, or to the left where the number is negative."""
        start = self.start + cells * self.per_cell
        return Scale(min(max(start, _FIRST - self.per_cell), float(_LAST)), self.per_cell)

    def ticks(self, cells: int) -> list[Tick]:
        """Return the marks in sight: the finest that leave room for their texts."""
        first, last = self.day(0), self.day(cells)
        step = next((step for step in _STEPS if step.days / self.per_cell >= step.room), _STEPS[-1])
        found = [Tick(self.cell(day), step.unit(day)) for day in step.days_in(first, last)]
        found = [tick for tick in found if 0 <= tick.cell < cells]
        if found and step.unit is not _year:  # the first one says the year, which the others leave out
            day = self.day(found[0].cell)
            found[0] = Tick(
                found[0].cell,
                found[0].text if found[0].text.isdecimal() else f"{found[0].text} {day.year:04}",
            )
        return found


class _Step(NamedTuple):
    """How far apart ticks are."""

    every: int
    """Of how many days, months or years."""
    days: float
    """How many days that is at the least."""
    room: int
    """Cells that a text takes, with those between it and the next."""
    unit: Callable[[date], str]
    """What a tick says."""
    among: Callable[[date, date, int], Iterator[date]]
    """The days between two at which ticks stand."""

    def days_in(self, first: date, last: date) -> Iterator[date]:
        """Yield the days at which ticks stand."""
        return self.among(first, last, self.every)


def _day(day: date) -> str:
    return spoken(PartialDate.of_day(day)).rpartition(" ")[0]


def _month(day: date) -> str:
    return f"{day.year:04}" if day.month == 1 else spoken(PartialDate(day.year, day.month)).partition(" ")[0]


def _year(day: date) -> str:
    return f"{day.year:04}"


def _days(first: date, last: date, every: int) -> Iterator[date]:
    start = first.toordinal() + -first.toordinal() % every
    return (date.fromordinal(number) for number in range(start, last.toordinal() + 1, every))


def _months(first: date, last: date, every: int) -> Iterator[date]:
    start = first.year * 12 + first.month - 1
    end = last.year * 12 + last.month
    return (
        date(number // 12, number % 12 + 1, 1)
        for number in range(start - start % every, end, every)
        if number >= 12
    )


def _years(first: date, last: date, every: int) -> Iterator[date]:
    start = first.year - first.year % every
    return (date(year, 1, 1) for year in range(start, last.year + 1, every) if year > 0)


_STEPS = (
    *(_Step(every, every, 13, _day, _days) for every in (1, 2, 7, 14)),
    *(_Step(every, every * 28, 11, _month, _months) for every in (1, 3, 6)),
    *(
        _Step(every, every * 365, 7, _year, _years)
        for every in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
    ),
)
"""From the finest on."""
