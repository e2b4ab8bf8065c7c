"""Claims on a line of time, one row each, under the subjects that they are about where that is asked for."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from claimbook.app.lettering import Line, Span, label, pad
from claimbook.app.spoken import count
from claimbook.app.timechart import axis, density, happenings
from claimbook.app.timescale import Scale
from claimbook.app.widgets.rows import RowList
from claimbook.record.summary import Summary
from claimbook.review.marks import mark
from claimbook.review.timeline import Event, Happening

_NAME = 46
"""Cells for a claim's sentence at the most."""


class TimeRow(NamedTuple):
    """What stands in a row."""

    events: Sequence[Event]
    """What happened."""
    subject: str | None
    """The name of what it is about, where rows stand under subjects."""
    claims: int = 0
    """How many claims a subject has; 0 in a claim's own row."""

    @property
    def summary(self) -> Summary | None:
        """The claim of a claim's row, None in that of a subject."""
        return None if self.claims else self.events[0].summary

    @property
    def key(self) -> tuple[str | None, str]:
        """What tells it from the others, whatever comes and goes."""
        return self.subject, self.summary.file if self.summary else ""


class TimeRows(RowList):
    """The chart."""

    def __init__(self) -> None:
        super().__init__(id="timeline-rows")
        self.rows: Sequence[TimeRow] = ()
        self.scale: Scale | None = None
        self._today = date.min
        self._labels: Mapping[str, str] = {}
        self._drawn: dict[tuple[int, int], Line] = {}

    @property
    def row(self) -> TimeRow | None:
        """The row at the cursor."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    @property
    def cells(self) -> int:
        """How many cells time has."""
        return max(1, self._across - self._name_width - 1)

    @property
    def pivot(self) -> int:
        """The cell that stays put when one zooms: where the row's claim was first said, or the middle."""
        if self.row is not None and self.scale is not None:
            for event in self.row.events:
                place = self.scale.cell(event.when.first)
                if event.happening is Happening.SAID and 0 <= place < self.cells:
                    return place
        return self.cells // 2

    def show(self, rows: Sequence[TimeRow], at: int, today: date, labels: Mapping[str, str]) -> None:
        """Show other rows, the cursor on one of them."""
        self.rows, self._today, self._labels = rows, today, labels
        self._drawn.clear()
        self.show_rows(len(rows), at)
        self.call_after_refresh(self._keep_in_sight)

    def rescale(self, scale: Scale) -> None:
        """Show another part of time."""
        self.scale = scale
        self._drawn.clear()
        self.refresh()

    def axis(self) -> tuple[Line, Line]:
        """Return the axis, to stand above the rows."""
        if self.scale is None:
            return (), ()
        texts, ruler = axis(self.scale, self.cells, self._today)
        lead = Span(" " * (self._name_width + 1))
        return (lead, *texts), (lead, *ruler)

    def line(self, index: int, width: int) -> Line:
        """Return a row: its name, then what happened, drawn."""
        row = self.rows[index]
        lead = Span("▌" if index == self.cursor else " ", "strong")
        name = pad((lead, *self._titled(row)), self._name_width)
        return (*name, Span(" "), *self._chart(index, row, width))

    @property
    def _name_width(self) -> int:
        return min(_NAME, self._across * 2 // 5)

    @property
    def _across(self) -> int:
        """How wide a row is; the scrollbar's cell stays free, so that its coming and going moves nothing."""
        return self.size.width - 1

    def _titled(self, row: TimeRow) -> Line:
        if row.summary is None:
            told = f" {count(row.claims, 'claim')}"
            return (label(row.subject or "About nothing in particular", "strong"), Span(told, "quiet"))
        shown = mark(row.summary, self._labels)
        indent = "" if row.subject is None and not self._grouped else " "
        return (Span(indent), Span(f"{shown.glyph} ", shown.tone), label(row.summary.claim))

    @property
    def _grouped(self) -> bool:
        return bool(self.rows and self.rows[0].claims)

    def _chart(self, index: int, row: TimeRow, width: int) -> Line:
        """Draw a row once for a width and a scale: a subject may have very many claims."""
        if self.scale is None:
            return ()
        key = (index, width)
        if key not in self._drawn:
            self._drawn[key] = (
                density(row.events, self.scale, self.cells)
                if row.claims
                else happenings(row.events, self.scale, self.cells, self._today, self._labels)
            )
        return self._drawn[key]
