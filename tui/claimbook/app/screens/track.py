"""The track record screen: who was right how often, and on how many claims that rests."""

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType

from claimbook.app.facets import Facet
from claimbook.app.keymap import bindings
from claimbook.app.lettering import Line, Paragraph, Span, between, label, pad
from claimbook.app.screens.room import Room
from claimbook.app.spoken import count
from claimbook.app.trackbars import (
    Order,
    TrackRow,
    bar,
    definitions,
    has_forecasts,
    numbers,
    scale_line,
    told,
    track_rows,
)
from claimbook.app.view import View
from claimbook.app.widgets.keyline import KeyLine
from claimbook.app.widgets.rows import RowList
from claimbook.app.widgets.title import Title, book_name
from claimbook.app.widgets.toned import Paragraphs, Plain, Wrapped
from claimbook.review.trackrecord import Record, track_records

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claimbook.review.words import Standpoint

_ROLE, _COUNTS, _FIGURES = 16, 16, 13
_KEY = (
    "✓ true, ✗ false, ◑ mixed, n true and false; █ the share of n that came true in ▒ its 95 % interval "
    "(Wilson), none where n is under 5."
)


class TrackList(RowList):
    """Names in their roles."""

    def __init__(self) -> None:
        super().__init__(id="track-rows")
        self.rows: Sequence[TrackRow] = ()

    @property
    def row(self) -> TrackRow | None:
        """The row at the cursor."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    @property
    def cells(self) -> int:
        """How many cells a bar has."""
        # The scrollbar's cell stays free, so that its coming and going moves nothing.
        return max(10, self.size.width - 1 - self._names - _ROLE - _COUNTS - _FIGURES - 2)

    def head(self, order: Order) -> Line:
        """Return what stands above the columns."""
        name = "name ▾" if order is Order.NAME else "name"
        number = "n▾" if order is Order.NUMBER else "n"
        share = {Order.SHARE: "share▾ 95 %", Order.SURE: "share 95 %▾"}.get(order, "share 95 %")
        start = (*pad((Span(f" {name}"),), self._names), Span(" "), *pad((Span("as"),), _ROLE))
        counts = Span(f"{'✓':>3} {'✗':>3} {'◑':>3} {number:>3} ")
        return (*start, counts, Span(" "), *scale_line(self.cells), Span(f" {share}"))

    def line(self, index: int, width: int) -> Line:
        """Return a name in a role: what was counted, and the share, drawn and in figures."""
        row = self.rows[index]
        lead = Span("▌" if index == self.cursor else " ", "strong")
        again = index > 0 and self.rows[index - 1].record is row.record and index != self.cursor
        name = pad((lead, label("" if again else row.name, "strong")), self._names)
        start = (*name, Span(" "), *pad((Span(row.title),), _ROLE), self._counts(row), Span(" "))
        return between((*start, *bar(row, self.cells), Span(f" {numbers(row)}")), (), width)

    @staticmethod
    def _counts(row: TrackRow) -> Span:
        if row.role is None:
            return Span(f"{row.number:>15} ")
        found = row.tally
        return Span(f"{found.true:>3} {found.false:>3} {found.mixed:>3} {found.scored:>3} ")

    @property
    def _names(self) -> int:
        return 15 if self.size.width < 100 else 24


class TrackText(Paragraphs):
    """What the row at the cursor rests on, and how it is counted."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("text")


class Track(Room):
    """Shows the track record of everybody whom the book's claims come from."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("track", "panes")
    CONTEXTS = ("track", "list", "text", "panes", "everywhere")

    def __init__(self) -> None:
        super().__init__()
        self._order = Order.NUMBER
        self._records: Sequence[Record] = ()
        self._seen = 0
        self._seen_from: Standpoint | None = None

    def compose(self) -> ComposeResult:
        """Lay out the bars over what they rest on."""
        yield Title()
        yield Plain(id="track-head")
        yield TrackList()
        yield Wrapped((Span(_KEY, "quiet"),), id="track-key")
        yield TrackText(id="track-text")
        yield KeyLine()

    def on_mount(self) -> None:
        """Stand in the list."""
        super().on_mount()
        self.set_focus(self.query_one(TrackList))

    def show_view(self, view: View) -> None:
        """Show the track records as they are now."""
        self._look(view)

    @work(exclusive=True, group="track")
    async def _look(self, view: View) -> None:
        """Count in a thread, and show it."""
        if view.number == self._seen and view.seen_from == self._seen_from:
            return
        if not self._records:
            self.query_one(TrackText).set_paragraphs([Paragraph((Span("Counting …", "quiet"),))])
        self._records = await asyncio.to_thread(_count, view)
        self._seen, self._seen_from = view.number, view.seen_from
        self._show(view)

    def _show(self, view: View) -> None:
        shown = self.query_one(TrackList)
        here = _key(shown.row) if shown.row else None
        shown.rows = track_rows(self._records, self._order)
        keys = [_key(row) for row in shown.rows]
        shown.show_rows(len(keys), keys.index(here) if here in keys else 0)
        names = len({row.name for row in shown.rows})
        what = f" · track record, {count(names, 'name')} by {self._order}"
        self.query_one(Title).show((*book_name(view), Span(what)), (Span(" Enter lists · Esc back"),))
        self.query_one("#track-head", Plain).set_lines(shown.head(self._order))

    def on_resize(self) -> None:
        """Fit the head to the new width, once the rows have theirs."""
        self.call_after_refresh(self._refit)

    def _refit(self) -> None:
        self.query_one("#track-head", Plain).set_lines(self.query_one(TrackList).head(self._order))
        self._tell_row()

    @on(RowList.Moved)
    def _tell_row(self) -> None:
        shown, text = self.query_one(TrackList), self.query_one(TrackText)
        forecasts = has_forecasts(shown.rows)
        if shown.row is None:
            text.set_paragraphs([*self._nothing(), *definitions(forecasts=True)])
        else:
            parts = told(shown.row, max(10, min(50, text.size.width - 22)), self._sentence)
            text.set_paragraphs([*parts, *definitions(forecasts=forecasts)])

    def _sentence(self, identifier: str) -> str:
        return self.desk.view.index.sentence_of(identifier) if self.desk.view is not None else ""

    def _nothing(self) -> list[Paragraph]:
        waiting = len(self._records)
        text = "Nobody has said anything yet: `claimbook new` adds a claim with its source."
        if waiting:
            text = f"Of {count(waiting, 'name')} nothing counts yet: verdicts (v) on their claims do."
        return [Paragraph((Span(text, "quiet"),))]

    def action_sort(self) -> None:
        """Sort by the next thing there is to sort by."""
        self._order = self._order.next
        if self.desk.view is not None:
            self._show(self.desk.view)

    @on(RowList.Chosen)
    def _list_claims(self) -> None:
        """List on the desk what the name at the cursor said or passed on."""
        row = self.query_one(TrackList).row
        if row is not None and row.record.name and row.role is not None:
            self.desk.list_claims(Facet("from", row.record.name))
            self.dismiss(None)

    def action_back(self) -> None:
        """Go back to the desk."""
        self.dismiss(None)


def _count(view: View) -> list[Record]:
    with view.index.aside() as index:
        return track_records(index.summaries(words=False), view.seen_from)


def _key(row: TrackRow) -> tuple[str, str]:
    return row.name, row.title
