"""The timeline screen: when claims were said, denied, judged and due, drawn on a line of time."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType

from claimbook.app.facets import Facet
from claimbook.app.keymap import bindings
from claimbook.app.lettering import Paragraph, Span, label
from claimbook.app.screens.origins import Origins
from claimbook.app.screens.room import Room
from claimbook.app.spoken import count, spoken
from claimbook.app.timechart import legend, told
from claimbook.app.timescale import Scale
from claimbook.app.view import View
from claimbook.app.widgets.keyline import KeyLine
from claimbook.app.widgets.rows import RowList
from claimbook.app.widgets.timerows import TimeRow, TimeRows
from claimbook.app.widgets.title import Title, book_name
from claimbook.app.widgets.toned import Paragraphs, Plain
from claimbook.record.dates import PartialDate
from claimbook.review.timeline import Event, claims, subjects, timeline, undated

_ZOOM = 2.0
_MOST_TOLD = 500
"""Events that are told in words: those of a subject may be very many."""


class TimelineText(Paragraphs):
    """What happened to the row at the cursor, in words."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("text")


class Timeline(Room):
    """Draws the claims that the desk lists."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("timeline", "panes")
    CONTEXTS = ("timeline", "list", "text", "panes", "everywhere")

    def __init__(self, files: Sequence[str], at: str) -> None:
        """Take the files of the claims to draw, and the one to begin with."""
        super().__init__()
        self._files = files
        self._at: tuple[str | None, str] = (None, at)
        self._by_subject = False
        self._events: Sequence[Event] = ()
        self._seen = 0
        self._names: Mapping[str, str] = {}
        self._without_date = 0
        self._drawn = 0

    def compose(self) -> ComposeResult:
        """Lay out the axis over the rows, and what the row at the cursor means under them."""
        yield Title()
        yield Plain(id="timeline-axis")
        yield TimeRows()
        yield TimelineText(id="timeline-text")
        yield Plain(id="timeline-legend")
        yield KeyLine()

    def on_mount(self) -> None:
        """Stand in the rows."""
        super().on_mount()
        self.set_focus(self.query_one(TimeRows))

    @property
    def rows(self) -> TimeRows:
        """The chart."""
        return self.query_one(TimeRows)

    def show_view(self, view: View) -> None:
        """Show what happened, as far as is known now."""
        self._look(view)

    @work(exclusive=True, group="timeline")
    async def _look(self, view: View) -> None:
        """Gather what happened, in a thread, and draw it."""
        if view.number != self._seen or view.seen_from.names != self._names:
            if not self._events:
                self.query_one(TimelineText).set_paragraphs([_quiet("Gathering what happened …")])
            self._events, self._without_date = await asyncio.to_thread(_gather, view, self._files)
            self._seen, self._names = view.number, view.seen_from.names
            self._drawn = len({event.summary.file for event in self._events})
        self._draw(view)

    def _draw(self, view: View) -> None:
        rows = list(_rows(self._events, view.seen_from.names, by_subject=self._by_subject))
        keys = [row.key for row in rows]
        at = keys.index(self._at) if self._at in keys else _find(rows, self._at[1])
        if self.rows.scale is None:
            self._fit(self._events)
        self.rows.show(rows, at, view.seen_from.today, view.labels)
        self._tell_time()

    def _tell_time(self) -> None:
        """Show the axis, and say which part of time is in sight."""
        view, scale = self.desk.view, self.rows.scale
        if view is None or scale is None:
            return
        first, last = (PartialDate.of_day(scale.day(cell)) for cell in (0, self.rows.cells))
        what = f" · timeline, {count(self._drawn, 'claim')}{' by subject' if self._by_subject else ''}"
        self.query_one(Title).show(
            (*book_name(view), Span(what)), (Span(f" {spoken(first)} – {spoken(last)} · Esc back"),)
        )
        self.query_one("#timeline-legend", Plain).set_lines(
            *legend(self.size.width, by_subject=self._by_subject)
        )
        self.query_one("#timeline-axis", Plain).set_lines(*self.rows.axis())

    def on_resize(self) -> None:
        """Fit the axis to the new width, once the rows have theirs."""
        self.call_after_refresh(self._refit)

    def _refit(self) -> None:
        if self.rows.scale is None and self._events:
            self._fit(self._events)
        elif self.rows.scale is not None:
            self.rows.rescale(self.rows.scale)
        self._tell_time()

    def _fit(self, events: Iterable[Event]) -> None:
        days = [(event.when.first, event.when.last) for event in events]
        if days and self.rows.size.width:
            first, last = min(day for day, _ in days), max(day for _, day in days)
            self._rescale(Scale.fit(first, last, self.rows.cells))

    def _rescale(self, scale: Scale) -> None:
        self.rows.rescale(scale)
        self._tell_time()

    @on(RowList.Moved)
    def _tell_row(self) -> None:
        row, view = self.rows.row, self.desk.view
        text = self.query_one(TimelineText)
        if view is None:
            return
        if row is None:
            text.set_paragraphs(_nothing())
            return
        self._at = row.key
        parts = [told(event, view.labels, whose=row.summary is None) for event in row.events[:_MOST_TOLD]]
        more = len(row.events) - len(parts)
        text.set_paragraphs(
            [_head(row), *parts, *([_quiet(f"… and {more:,} more.")] if more else []), *self._left_out()]
        )

    def _left_out(self) -> list[Paragraph]:
        """Say what cannot be drawn."""
        missing = len(self._files) - self._drawn
        parts = (
            [f"{count(missing, 'claim')} of those listed have no date, or cannot be read"] if missing else []
        )
        if self._without_date:
            number = count(
                self._without_date, "source or piece of evidence", "sources and pieces of evidence"
            )
            parts.append(f"{number} without a date")
        return [Paragraph(()), _quiet(f"Left out: {'; '.join(parts)}.")] if parts else []

    def action_zoom_in(self) -> None:
        """Come closer."""
        self._zoom(1 / _ZOOM)

    def action_zoom_out(self) -> None:
        """Go further away."""
        self._zoom(_ZOOM)

    def _zoom(self, factor: float) -> None:
        scale = self.rows.scale
        if scale is not None:
            cells = self.rows.cells
            whole = (PartialDate(9999).last - PartialDate(1).first).days / cells
            self._rescale(scale.zoomed(factor, self.rows.pivot, whole))

    def action_earlier(self) -> None:
        """Move to the left."""
        self._move(-1)

    def action_later(self) -> None:
        """Move to the right."""
        self._move(1)

    def _move(self, direction: int) -> None:
        if self.rows.scale is not None:
            self._rescale(self.rows.scale.moved(direction * max(1, self.rows.cells // 4)))

    def action_whole_time(self) -> None:
        """Show all there is."""
        self._fit(self._events)

    def action_fit_row(self) -> None:
        """Show all of the row at the cursor, as close as that goes."""
        if self.rows.row is not None:
            self._fit(self.rows.row.events)

    def action_by_subject(self) -> None:
        """Put the rows under what they are about, or take them from there."""
        self._by_subject = not self._by_subject
        if self.desk.view is not None:
            self._draw(self.desk.view)

    def action_origins(self) -> None:
        """See who has the claim from whom."""
        row = self.rows.row
        if row is not None and row.summary is not None:
            files = dict.fromkeys(item.summary.file for item in self.rows.rows if item.summary)
            self.app.push_screen(Origins(list(files), row.summary.file))

    @on(RowList.Chosen)
    def _go(self) -> None:
        """Go to the claim on the desk, or list there what is about the subject."""
        row = self.rows.row
        if row is None:
            return
        if row.summary is not None:
            self.desk.stand_on(row.summary.file)
        elif row.subject:
            self.desk.list_claims(Facet("about", row.subject))
        else:
            return
        self.dismiss(None)

    def action_back(self) -> None:
        """Go back to the desk."""
        self.dismiss(None)


def _gather(view: View, files: Iterable[str]) -> tuple[list[Event], int]:
    """Return what happened to claims, and how much of it has no date."""
    with view.index.aside() as index:
        places = (place for file in files if (place := index.place_of(file)) is not None)
        found = list(index.summaries(places, words=False))
    return timeline(found, view.seen_from.names), undated(found)


def _rows(events: Sequence[Event], names: Mapping[str, str], *, by_subject: bool) -> Iterable[TimeRow]:
    if not by_subject:
        yield from (TimeRow(own, None) for own in claims(events))
        return
    for subject, about in subjects(events, names).items():
        own = claims(about)
        yield TimeRow(about, subject, len(own))
        yield from (TimeRow(each, subject) for each in own)


def _find(rows: Sequence[TimeRow], file: str) -> int:
    """Return the first row of a claim, under whatever subject."""
    return next((i for i, row in enumerate(rows) if row.summary and row.summary.file == file), 0)


def _head(row: TimeRow) -> Paragraph:
    if row.summary is None:
        return Paragraph((label(row.subject or "About nothing in particular", "strong"),))
    return Paragraph((label(row.summary.claim, "strong"),))


def _quiet(text: str) -> Paragraph:
    return Paragraph((Span(text, "quiet"),))


def _nothing() -> list[Paragraph]:
    return [_quiet("Nothing to draw: no claim is listed, or none has a date. Esc goes back to the desk.")]
