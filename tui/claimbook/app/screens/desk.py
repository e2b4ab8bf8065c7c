"""The desk itself: the list of claims, the one at the cursor, and what there is at the side."""

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical

from claimbook.app.facets import Facet
from claimbook.app.keymap import bindings
from claimbook.app.lettering import Paragraph, Span, label
from claimbook.app.listed import Row, Rows
from claimbook.app.memory import Memory
from claimbook.app.screens.listing import ListingRoom
from claimbook.app.screens.room import WIDE
from claimbook.app.spoken import count
from claimbook.app.view import View, still_there
from claimbook.app.widgets.claims import ClaimList
from claimbook.app.widgets.detail import Detail
from claimbook.app.widgets.filterline import FilterLine
from claimbook.app.widgets.keyline import KeyLine
from claimbook.app.widgets.rows import RowList
from claimbook.app.widgets.sidebar import PROBLEMS, Sidebar
from claimbook.app.widgets.title import Title, book_counts, book_name
from claimbook.app.widgets.toned import Plain
from claimbook.index.opening import InterruptedSearch
from claimbook.review.words import Filter

if TYPE_CHECKING:
    from textual.timer import Timer
    from textual.worker import Worker

_A_REST = 0.12
"""Seconds without a key in the filter after which the claim at the cursor is told."""
_AT_ONCE = 0.006
"""Seconds that a search may take before a letter shows."""
_DRAWING = 0.03
"""Seconds in which what is in sight is drawn, before all that is below it is looked for."""
_TURNS = 2
"""Turns of the event loop in which widgets say that they are to be drawn anew."""
_NOTHING, _IN_SIGHT, _ALL = range(3)
"""How far a look at what a filter lets pass goes."""
_FIRST = 100
"""Claims that are listed at once, before all that a filter lets pass are known."""


class DeskScreen(ListingRoom):
    """Lists claims, tells the one at the cursor, and starts what is done to them."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("desk", "panes")
    CONTEXTS = ("desk", "filter", "list", "text", "detail", "panes", "everywhere")

    def __init__(self, memory: Memory) -> None:
        super().__init__()
        self._memory = memory
        self._facet = Facet.parse(memory.facet)
        self._asked = (self._facet, memory.filter)
        self._at = memory.cursor
        self._wanted = ""
        self._whole = True
        self._telling: Timer | None = None
        self._search_on: Worker[None] | None = None

    def compose(self) -> ComposeResult:
        """Lay out the parts, at once as they are in this width."""
        self.set_class(self.app.size.width >= WIDE, "-wide")
        yield Title()
        with Horizontal(id="desk"):
            yield Sidebar(id="sidebar")
            with Vertical(id="main"):
                yield FilterLine(self._memory.filter)
                yield Plain(id="scope")
                yield ClaimList(id="claims")
                yield Detail(id="detail")
        yield KeyLine()

    def on_mount(self) -> None:
        """Stand in the list."""
        self.show_progress()
        self.set_focus(self.query_one(ClaimList))

    @property
    def memory(self) -> Memory:
        """How it is to be found next time."""
        row = self.query_one(ClaimList).row
        text = self.query_one(FilterLine).text
        return Memory(filter=text, facet=str(self._facet), cursor=row.file if row else self._at)

    def show_progress(self) -> None:
        """Say how far the reading is."""
        watch = self.desk.keeper.watch
        wanted = max(watch.wanted, watch.seen)
        told = f"reading … {watch.seen:,} of {count(wanted, 'file')}" if wanted else "looking at the files …"
        self.query_one(Title).show((Span("claimbook", "strong"),), (Span(f" {told}"),))

    def show_view(self, view: View) -> None:
        """Show the book as it is now; the cursor stays on its claim."""
        if self.desk.reading:
            self.show_progress()
        else:
            self.query_one(Title).show(book_name(view), book_counts(view))
        claims = self.query_one(ClaimList)
        claims.marked = still_there(view, claims.marked)
        self._show_sidebar(view)
        # While a book is first read, a search for each view would never end, nor let the index tidy up.
        if not (self.desk.reading and self._search_on):
            self._select()

    def _show_sidebar(self, view: View) -> None:
        self.query_one(Sidebar).show_view(view, self._facet, self.desk.preferences.filters)

    @on(FilterLine.Changed)
    def _select(self) -> None:
        """Find the claims to list; a newer search ends an older one."""
        if (view := self.desk.view) is None:
            return
        view.searched.interrupt()
        wanted = self.query_one(FilterLine).filter
        if wanted.terms or self._facet:
            if (seen := self._glance(view, wanted)) is not _ALL:
                self._search_on = self._search(view, wanted, seen)
        else:
            self.workers.cancel_group(self, "select")
            self._search_on = None
            self._list(view, wanted, view.rows, whole=True)
            self.desk.keyboard.list_came()

    def _glance(self, view: View, wanted: Filter) -> int:
        """List what is found at once, with the letter that asked for it; say how far that goes."""
        self.desk.keyboard.expect_list()
        try:
            found, whole = view.glance(wanted, self._facet.choice, _FIRST, _AT_ONCE)
        except InterruptedSearch:
            return _NOTHING
        if not whole and len(found) < _FIRST:
            return _NOTHING
        self.workers.cancel_group(self, "select")
        self._list(view, wanted, found, whole=whole)
        self.desk.keyboard.list_came()
        return _ALL if whole else _IN_SIGHT

    @work(exclusive=True, group="select")
    async def _search(self, view: View, wanted: Filter, seen: int) -> None:
        """List what is in sight first, if that is not there, and all that is below it a moment later."""
        with suppress(InterruptedSearch):  # by a newer one
            found, whole = view.rows, False
            if seen is _NOTHING:
                found, whole = await self.desk.search(_find, view, wanted, self._facet, _FIRST)
            if whole or (seen is _NOTHING and len(found) >= _FIRST):
                self._list(view, wanted, found, whole=whole)
                self.desk.keyboard.list_came()
            if not whole:
                await asyncio.sleep(_DRAWING)
                found, whole = await self.desk.search(_find, view, wanted, self._facet, -1)
                self._list(view, wanted, found, whole=whole)
                self.desk.keyboard.list_came()

    def _list(self, view: View, wanted: Filter, rows: Rows, *, whole: bool) -> None:
        """List claims; where they are not all of them, the cursor is not looked for below."""
        if not (self.query(ClaimList) and self.query("#scope")):  # the desk was left meanwhile
            return
        claims = self.query_one(ClaimList)
        at = view.row(self._wanted) or claims.row or view.row(self._at)
        if not whole and at is not None and rows.place(at.file) is None:
            at = None
        if self._wanted and rows.place(self._wanted) is not None:  # it is read a moment after it is cleared
            self._wanted = ""
        asked = (self._facet, wanted.text)
        otherwise = claims.cursor if asked == self._asked else 0
        claims.show_claims(rows, view.labels, wanted.words, at=at, otherwise=otherwise)
        self._asked, self._whole = asked, whole
        self._tell_scope()
        self.call_later(self._draw)

    async def _draw(self) -> None:
        """Draw the list now; Textual would wait for the next of its sixty pictures a second."""
        for _ in range(_TURNS):
            await asyncio.sleep(0)
        self.call_later(self._on_timer_update)

    @on(ClaimList.Marked)
    def _tell_scope(self) -> None:
        """Say what is listed, where that is not everything or a filter is there."""
        claims, view = self.query_one(ClaimList), self.desk.view
        parts = [self._facet.title] if self._facet else []
        total = view.tallies.rows if view is not None else 0
        is_told = parts or claims.count != total or self.query_one(FilterLine).filter.terms
        if view is not None and is_told and not view.partial:
            parts.append(f"{claims.count:,}{'' if self._whole else '+'} of {total:,}")
        if claims.marked:
            parts.append(f"• {len(claims.marked):,} marked")
        self.query_one("#scope", Plain).set_lines(
            *(((Span(" "), label(" · ".join(parts), "quiet")),) if parts else ())
        )

    @on(ClaimList.Moved, "#claims")
    def _tell_soon(self) -> None:
        """Tell the claim at the cursor; while somebody writes a filter, when they rest."""
        if self._telling is not None:
            self._telling.stop()
        if self.query_one(FilterLine).is_written:
            self._telling = self.set_timer(_A_REST, self._tell_claim)
        else:
            self._tell_claim()

    def _tell_claim(self) -> None:
        claims, view, detail = self.query_one(ClaimList), self.desk.view, self.query_one(Detail)
        row = claims.row
        if view is None:
            return
        if row is not None and not row.ready:
            self._fetch(row)
        elif row is None:
            detail.set_paragraphs(self._nothing(view))
        elif row.broken:
            from claimbook.app.faults import broken_portrait

            document, width = row.entry.document, detail.size.width or 80
            told = broken_portrait(row.file, document.diagnostics, width, document.source.text)
            detail.set_paragraphs(told)
        else:
            from claimbook.app.portrait import portrait

            words = self.query_one(FilterLine).filter.words
            told = portrait(view, row, words)
            detail.set_paragraphs(told, keep_place=row.file == self._at)
        self._at = row.file if row else self._at

    @work(exclusive=True, group="detail")
    async def _fetch(self, row: Row) -> None:
        """Read the first claim in a thread, with all that it takes, and tell the one at the cursor then."""
        await asyncio.to_thread(_read, row)
        self._tell_claim()

    def _nothing(self, view: View) -> list[Paragraph]:
        filtered = bool(self.query_one(FilterLine).text)
        if view.tallies.rows and self._facet and filtered:
            text = "No claim is both what the side and the filter ask for: Esc takes them away, one by one."
        elif view.tallies.rows:
            asking = "the filter asks for" if filtered else "was chosen at the side"
            text = f"No claim is what {asking}: Esc shows all."
        else:
            text = "This book has no claims yet: `claimbook new` adds one, or write a file in claims/."
        return [Paragraph((Span(text, "quiet"),), indent=1)]

    @on(FilterLine.Finished)
    def _to_the_list(self) -> None:
        self.set_focus(self.query_one(ClaimList))

    @on(Sidebar.Took)
    def _take(self, message: Sidebar.Took) -> None:
        target = message.item.target
        if target == PROBLEMS:
            self.action_problems()
        elif isinstance(target, Facet):
            self._choose(target)
        elif isinstance(target, str):
            self.query_one(FilterLine).write(target.removeprefix("/"))

    def _choose(self, facet: Facet) -> None:
        self._facet = facet
        if self.desk.view is not None:
            self._show_sidebar(self.desk.view)
        self._select()

    @on(RowList.Chosen, "#claims")
    def action_read(self) -> None:
        """Give the claim the whole screen, or take it back."""
        reading = not self.has_class("-reading")
        self.set_class(reading, "-reading")
        self.set_focus(self.query_one(Detail if reading else ClaimList))

    def action_next_claim(self) -> None:
        """Go to the next claim."""
        self.query_one(ClaimList).action_down()

    def action_previous_claim(self) -> None:
        """Go to the claim before."""
        self.query_one(ClaimList).action_up()

    def action_filter(self) -> None:
        """Let the person write a filter."""
        self.remove_class("-reading")
        self.query_one(FilterLine).open()

    def action_save_filter(self) -> None:
        """Keep the filter under a name."""
        from claimbook.app.screens.naming import NameFilter

        text = self.query_one(FilterLine).text.strip()
        if text:
            self.app.push_screen(NameFilter(text), self._show_saved)
        else:
            self.notify("There is no filter to keep: / begins one.")

    def _show_saved(self, done: bool | None) -> None:  # noqa: FBT001 - the answer
        if done and self.desk.view is not None:
            self._show_sidebar(self.desk.view)

    def action_all(self) -> None:
        """Show all claims."""
        self.query_one(FilterLine).write("")
        self._choose(Facet())

    def action_status(self, status: str) -> None:
        """Show the claims of one status, or all where they are shown already."""
        facet = Facet("status", status)
        self._choose(Facet() if facet == self._facet else facet)

    def action_sidebar(self) -> None:
        """Show or hide the sidebar."""
        self.toggle_class("-no-sidebar")

    def stand_on(self, file: str) -> None:
        """Put the cursor on a claim; where it is not listed, all are."""
        claims = self.query_one(ClaimList)
        place = claims.place(file)
        if place is not None:
            claims.move_to(place)
        else:
            self._wanted = file
            self.action_all()

    def list_claims(self, facet: Facet) -> None:
        """List what belongs to a choice, without a filter."""
        self.query_one(FilterLine).write("")
        self._choose(facet)

    def action_problems(self) -> None:
        """Go to the problems."""
        from claimbook.app.screens.problems import Problems

        self.app.push_screen(Problems())

    def action_back(self) -> None:
        """Step back once."""
        claims, line = self.query_one(ClaimList), self.query_one(FilterLine)
        if self.has_class("-reading"):
            self.action_read()
        elif claims.marked:
            claims.unmark()
        elif line.text:
            line.write("")
        elif self._facet:
            self._choose(Facet())
        self.set_focus(claims)

    def action_mark(self) -> None:
        """Mark the claim at the cursor, or take its mark away."""
        self.query_one(ClaimList).mark()

    def action_invert(self) -> None:
        """Turn the marks round."""
        self.query_one(ClaimList).invert()

    def targets(self) -> list[str]:
        """Return the files of the claims that are marked, or else of the one at the cursor."""
        claims = self.query_one(ClaimList)
        return sorted(claims.marked) or ([claims.row.file] if claims.row else [])

    def after(self, *, done: bool) -> None:
        """Take the marks away once their claims are dealt with."""
        if done:
            self.query_one(ClaimList).unmark()

    def action_review(self) -> None:
        """Go through what wants a look."""
        from claimbook.app.screens.review import ReviewScreen

        row = self.query_one(ClaimList).row
        self.app.push_screen(ReviewScreen(row.file if row else None))

    def action_verdict(self) -> None:
        """Give a verdict on the marks, or else at the cursor."""
        from claimbook.app.screens.verdict import VerdictDialog

        claims, view, files = self.query_one(ClaimList), self.desk.view, self.targets()
        readable = [file for file in files if view and file not in view.broken]
        if view is not None and readable:
            self.app.push_screen(VerdictDialog(files, view), lambda done: claims.unmark() if done else None)
        elif files:
            self.notify("A broken record cannot be judged: E opens it, to be mended.", severity="warning")
        else:
            self.tell_none()


def _find(view: View, wanted: Filter, facet: Facet, most: int) -> tuple[Rows, bool]:
    """Find what is to be listed, in a thread, and whether that is all; `interrupt` ends it."""
    view.searched.cut = False
    return view.select(wanted, facet.choice, most)


def _read(row: Row) -> None:
    """Read a claim, and import what tells it and what the first letter of a filter takes, in a thread."""
    _ = row.entry
    import claimbook.app.portrait
    import claimbook.index.selecting  # noqa: F401 - whoever needs them finds them then
