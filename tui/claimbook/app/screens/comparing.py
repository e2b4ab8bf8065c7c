"""Two texts side by side, with what can be done about them."""

from collections.abc import Iterable, Iterator
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button

from claimbook.app.difference import Sides
from claimbook.app.keymap import bindings
from claimbook.app.lettering import Line, Paragraph, Span
from claimbook.app.screens.room import Dialog
from claimbook.app.widgets.toned import Paragraphs, Wrapped

T = TypeVar("T")


class Side(Paragraphs):
    """One of the two texts."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("text")


class ComparingDialog(Dialog[T]):
    """Shows what a program was to write beside what stands in the file."""

    HEADS: ClassVar[tuple[str, str]]
    """What stands above the two texts."""

    def title_line(self) -> Line:
        """Say what happened."""
        raise NotImplementedError

    def sides(self) -> Sides:
        """Return both texts."""
        raise NotImplementedError

    def note_line(self) -> Line:
        """Say what was kept, and what to do."""
        raise NotImplementedError

    def ways(self) -> Iterator[Button]:
        """Yield a button for each way out; the first primary one is where the person stands."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Lay out both texts and the ways."""
        with Vertical(classes="dialog conflict"):
            yield Wrapped(self.title_line(), id="conflict-title")
            with Horizontal(id="conflict-sides"):
                yield Side(id="mine")
                yield Side(id="theirs")
            yield Wrapped(self.note_line(), id="conflict-note")
            with Horizontal(classes="buttons"):
                yield from self.ways()

    def on_mount(self) -> None:
        """Show both texts, and stand on the way that loses nothing that is written."""
        for name, head, told in zip(("#mine", "#theirs"), self.HEADS, self.sides(), strict=True):
            self.query_one(name, Side).set_paragraphs(_headed(head, told))
        next(button for button in self.query(Button) if button.variant == "primary").focus()


def _headed(head: str, told: Iterable[Paragraph]) -> Iterator[Paragraph]:
    yield Paragraph((Span(head, "strong"),))
    yield from told
