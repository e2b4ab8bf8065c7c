"""The line that filters: read as it is typed, what cannot be read is marked under it."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input

from claimbook.app.keymap import bindings
from claimbook.app.lettering import Line, Span, cells, clip, label
from claimbook.app.widgets.field import Field
from claimbook.app.widgets.toned import Plain
from claimbook.review.words import Filter
from claimbook.text import visible

if TYPE_CHECKING:
    from claimbook.review.filters import FilterError


class FilterLine(Vertical):
    """A filter; it hides when it is empty and nobody writes in it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("filter")

    class Changed(Message):
        """The filter reads differently."""

        def __init__(self, found: Filter) -> None:
            self.filter = found
            super().__init__()

    class Finished(Message):
        """The person is done with it, and it is kept."""

    def __init__(self, text: str = "") -> None:
        super().__init__(id="filter")
        self._first = text
        self._filter = Filter()

    @property
    def filter(self) -> Filter:
        """The last filter that could be read."""
        return self._filter

    @property
    def text(self) -> str:
        """What is written."""
        return self.query_one(Input).value

    @property
    def is_written(self) -> bool:
        """Whether somebody is writing in it."""
        return self.query_one(Input).has_focus

    def compose(self) -> ComposeResult:
        """Lay out the line and the room for what is wrong with it."""
        with Horizontal():
            yield Plain((Span("/", "strong"),), id="filter-slash")
            yield Field(
                visible(self._first),
                placeholder="words, “a phrase”, is:overdue, rating:false, due:..2024, -not",
                compact=True,
                select_on_focus=False,
            )
        yield Plain(id="filter-error")

    def on_mount(self) -> None:
        """Begin with the filter of last time."""
        if self._first:
            self._read()

    def open(self) -> None:
        """Let the person write."""
        self.add_class("-open")
        self.query_one(Input).focus()

    def write(self, text: str) -> None:
        """Put another filter in."""
        self.query_one(Input).value = text

    @on(Input.Changed)
    def _read(self) -> None:
        error = self.query_one("#filter-error", Plain)
        self.set_class(bool(self.text), "-filled")
        from claimbook.review.filters import FilterError, parse

        try:
            found = parse(self.text)
        except FilterError as problem:
            error.set_lines(*_told(problem, self.size.width))
            return
        error.set_lines()
        self._filter = found
        self.post_message(self.Changed(found))

    def on_descendant_blur(self) -> None:
        """Hide when the person goes to another part of the desk and nothing is written."""
        if self.app.app_focus:
            self.remove_class("-open")

    @on(Input.Submitted)
    def action_keep_filter(self) -> None:
        """Keep the filter."""
        self.post_message(self.Finished())

    def action_drop_filter(self) -> None:
        """Clear the filter."""
        self.write("")
        self.post_message(self.Finished())


def _told(problem: "FilterError", width: int) -> list[Line]:
    """Mark the spot under the line, and say what is wrong beside it, or below where there is no room."""
    lead = Span(" " * (problem.start + 1))
    marks = Span("^" * max(1, problem.end - problem.start), "bad")
    message = label(str(problem), "bad")
    if cells((lead, marks, message)) < width:
        return [(lead, marks, Span(" "), message)]
    return [clip((lead, marks), width), (message,)]
