"""Giving a filter a name, under which it stands at the side."""

from collections.abc import Mapping
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input

from claimbook.app.keymap import bindings
from claimbook.app.lettering import Span, label
from claimbook.app.preferencesfile import keep_filter
from claimbook.app.screens.writing import WritingDialog
from claimbook.app.widgets.field import Field
from claimbook.app.widgets.toned import Wrapped
from claimbook.book.refusals import Refused


class NameFilter(WritingDialog[bool]):
    """Asks for a name and keeps the filter in the person's settings; answers whether it did."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("form")
    CONTEXTS: ClassVar[tuple[str, ...]] = ("form", "dialog")

    def __init__(self, text: str, begun: Mapping[str, str] | None = None) -> None:
        super().__init__(begun)
        self._text = text

    def compose(self) -> ComposeResult:
        """Lay out the line."""
        with Vertical(classes="dialog form"):
            yield Wrapped((Span("Keep the filter ", "strong"), label(self._text), Span(" under a name")))
            yield Field(id="name", compact=True, placeholder="a word or two, for the side")
            yield Wrapped(id="outcome", classes="outcome")

    def on_mount(self) -> None:
        """Begin with the name."""
        self.take_up()
        self.query_one(Field).focus()

    def fields(self) -> dict[str, Widget]:
        """Return the name."""
        return {"name": self.query_one(Field)}

    def subject(self) -> tuple[str, tuple[str, ...]]:
        """Return the filter that is to have the name."""
        return "filter", (self._text,)

    @on(Input.Changed)
    def _tell(self) -> None:
        """Say where a filter of that name is replaced."""
        there = self.desk.preferences.filters.get(self._told)
        said = f"There is one of that name, {there}: it is replaced." if there is not None else ""
        self.query_one("#outcome", Wrapped).say((label(said, "mixed"),))

    @property
    def _told(self) -> str:
        return " ".join(self.query_one(Field).value.split())

    @on(Input.Submitted)
    @work
    async def action_save(self) -> None:
        """Write the filter down."""
        if not self._told:
            self.query_one("#outcome", Wrapped).say((Span("✗ Write a name first.", "bad"),))
            return
        try:
            with self.desk.keyboard.held():
                self.desk.preferences = await self.desk.keep(keep_filter, self._told, self._text)
        except Refused as error:
            self.query_one("#outcome", Wrapped).say((label(f"✗ {error}", "bad"),))
            return
        self.dismiss(True)  # noqa: FBT003 - the answer
