"""The origins screen: who has a claim from whom, and what counts as one origin."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType

from claimbook.app.family import Family, drawing, family
from claimbook.app.faults import broken_portrait
from claimbook.app.keymap import bindings
from claimbook.app.lettering import Line, Paragraph, Span, label, wrap
from claimbook.app.listed import Row
from claimbook.app.screens.room import Room
from claimbook.app.view import View
from claimbook.app.widgets.drawing import Drawing
from claimbook.app.widgets.keyline import KeyLine
from claimbook.app.widgets.title import Title, book_name
from claimbook.app.widgets.toned import Wrapped
from claimbook.record.summary import Summary
from claimbook.review.suggestions import Suggestion, suggestions


class Origins(Room):
    """Draws the origins of one claim; the next and the one before are a key away."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("origins", "panes")
    CONTEXTS = ("origins", "text", "panes", "everywhere")

    def __init__(self, files: Sequence[str], at: str) -> None:
        """Take the files of the claims to go through, and the one to begin with."""
        super().__init__()
        self._files = files
        self._hints: tuple[Summary, list[Suggestion]] | None = None
        self.file = at
        """The claim that is shown."""

    def compose(self) -> ComposeResult:
        """Lay out the claim's sentence over the drawing."""
        yield Title()
        yield Wrapped(id="origins-claim")
        yield Drawing(id="origins-tree")
        yield KeyLine()

    def on_mount(self) -> None:
        """Stand in the drawing."""
        super().on_mount()
        self.set_focus(self.query_one(Drawing))

    def show_view(self, view: View) -> None:
        """Show the claim as it is now."""
        self._show(view, keep_place=True)

    def _show(self, view: View, *, keep_place: bool) -> None:
        place = self._files.index(self.file) + 1
        self.query_one(Title).show(
            (*book_name(view), Span(" · origins")),
            (Span(f" {place:,} of {len(self._files):,} · J K go on · Esc back"),),
        )
        row = view.row(self.file)
        told = family(view, row) if row is not None else None
        self.query_one("#origins-claim", Wrapped).say(_sentence(row, view))
        tree = self.query_one(Drawing)
        if told is None:
            tree.draw(lambda width: _broken(row, width), keep_place=keep_place)
            return
        hints = self._hints[1] if self._hints and self._hints[0] == told.summary else None
        tree.draw(lambda width: drawing(told, hints, width), keep_place=keep_place)
        if hints is None:
            self._look_for_hints(view, told)

    @work(exclusive=True, group="hints")
    async def _look_for_hints(self, view: View, told: Family) -> None:
        """Compare the articles in a thread, as they may be long."""
        texts = {name: view.articles[name].text for name in _articles(told.summary) if name in view.articles}
        found = await asyncio.to_thread(_compare, told.summary, texts, view.seen_from.names)
        self._hints = told.summary, found
        if self.desk.view is not None:
            self._show(self.desk.view, keep_place=True)

    def action_next_claim(self) -> None:
        """Go to the next claim of the list."""
        self._step(1)

    def action_previous_claim(self) -> None:
        """Go to the claim before it."""
        self._step(-1)

    def _step(self, by: int) -> None:
        place = self._files.index(self.file) + by
        if 0 <= place < len(self._files) and self.desk.view is not None:
            self.file = self._files[place]
            self._show(self.desk.view, keep_place=False)

    def action_edit(self) -> None:
        """Open the record in the editor, at its sources."""
        row = self.desk.view.row(self.file) if self.desk.view is not None else None
        if row is not None:
            start, _ = row.entry.document.span_of(("sources",))
            self.desk.edit(row.file, row.entry.document.source.position(start)[0])

    def action_back(self) -> None:
        """Go back, with the claim shown here at the cursor."""
        self.desk.stand_on(self.file)
        self.dismiss(None)


def _articles(summary: Summary) -> Sequence[str]:
    return [chain.article for chain in (*summary.sources, *summary.evidence) if chain.article]


def _compare(summary: Summary, texts: Mapping[str, str], names: Mapping[str, str]) -> list[Suggestion]:
    return suggestions(summary, texts, names)


def _sentence(row: Row | None, view: View) -> Line:
    if row is None or row.summary is None:
        return (label(row.id if row else "", "strong"),)
    shown = row.mark(view.labels)
    return (label(f"{shown.glyph} {shown.word}", shown.tone), Span("  "), label(row.summary.claim, "strong"))


def _broken(row: Row | None, width: int) -> list[Line]:
    """Say why there is nothing to draw."""
    if row is None:
        parts = [Paragraph((Span("This claim's file is gone. Esc goes back."),))]
    else:
        document = row.entry.document
        parts = broken_portrait(row.file, document.diagnostics, width, document.source.text)
    return [line for part in parts for line in wrap(part, width)]
