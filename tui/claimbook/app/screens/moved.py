"""An undo or redo that is refused, as files have moved on: both texts side by side."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Button

from claimbook.app.difference import Sides, difference
from claimbook.app.keymap import bindings
from claimbook.app.lettering import Line, Paragraph, Span, label
from claimbook.app.screens.comparing import ComparingDialog
from claimbook.app.spoken import count
from claimbook.book.errors import MovedOnError


class Moved(ComparingDialog[str]):
    """Shows what a step would have made of files beside what they hold; answers the file to edit, if any."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("moved")
    CONTEXTS: ClassVar[tuple[str, ...]] = ("moved", "dialog", "panes")
    HEADS = ("What it would be", "What is in the file now")

    def __init__(self, error: MovedOnError, action: Literal["undo", "redo"]) -> None:
        super().__init__()
        self._files = error.files
        self._title_text = f"Cannot {action} “{error.title}”: {_named(error)} since."

    def title_line(self) -> Line:
        """Say which step, and what has moved on."""
        return (label(self._title_text, "strong"),)

    def sides(self) -> Sides:
        """Return the lines that differ, file by file."""
        left: list[Paragraph] = []
        right: list[Paragraph] = []
        for moved in self._files:
            one, other = difference(moved.would_be, moved.now)
            if len(self._files) > 1:
                head = Paragraph((label(moved.file, "quiet"),))
                one, other = [head, *one], [head, *other]
            left += one
            right += other
        return left, right

    def note_line(self) -> Line:
        """Say that nothing happened, and what to do."""
        return (Span("Nothing is written. What is to be taken back is taken back by hand.", "quiet"),)

    def ways(self) -> Iterator[Button]:
        """Yield both ways."""
        yield Button(Content("Leave it (esc)"), id="leave", variant="primary", compact=True)
        yield Button(Content("Edit the file (E)"), id="take-edit", compact=True)

    @on(Button.Pressed, "#leave")
    def action_close(self) -> None:
        """Leave the file as it is."""
        self.dismiss(None)

    @on(Button.Pressed, "#take-edit")
    def action_take_edit(self) -> None:
        """Open the editor on the first of the files."""
        self.dismiss(self._files[0].file)


def _named(error: MovedOnError) -> str:
    if len(error.files) == 1:
        return f"{error.files[0].file} has changed"
    return f"{count(len(error.files), 'file')} have changed"
