"""A change that met somebody else's: both texts side by side, and three ways out."""

from collections.abc import Iterator
from enum import Enum, auto
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Button

from claimbook.app.difference import Sides, difference
from claimbook.app.keymap import bindings
from claimbook.app.lettering import Line, Paragraph, Span, label, prose
from claimbook.app.screens.comparing import ComparingDialog
from claimbook.app.settling import both
from claimbook.app.view import View
from claimbook.book.errors import ConflictError
from claimbook.book.refusals import Overtaken
from claimbook.record.refusal import spelled


class Way(Enum):
    """How a conflict ends."""

    MINE = auto()
    """What the person said is written over what stands there."""
    THEIRS = auto()
    """What stands there stays, and nothing is written."""
    EDIT = auto()
    """The person's editor opens both, merged, or the file as it is now."""


class Conflict(ComparingDialog[Way]):
    """Shows what was to be written beside what stands there now; Escape leaves theirs."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("conflict")
    CONTEXTS: ClassVar[tuple[str, ...]] = ("conflict", "dialog", "panes")
    HEADS = ("Mine", "Theirs, in the file now")

    def __init__(self, error: Overtaken | ConflictError, *, alone: bool = True) -> None:
        super().__init__()
        self._error = error
        self._merges = alone and both(error) is not None

    def title_line(self) -> Line:
        """Say what both changed."""
        error = self._error
        if isinstance(error, Overtaken):
            text = f"Somebody else has changed `{spelled(error.path)}` since it was read."
        else:
            text = f"{error.file} was changed by somebody else while it was being saved."
        return (label(text, "strong"),)

    def sides(self) -> Sides:
        """Return the value, or the lines that differ."""
        if isinstance(self._error, Overtaken):
            return [_value(self._error.mine)], [_value(self._error.theirs)]
        return difference(self._error.wanted, self._error.found)

    def note_line(self) -> Line:
        """Say that nothing happened yet."""
        return (Span("Nothing is written yet.", "quiet"),)

    def ways(self) -> Iterator[Button]:
        """Yield the three ways."""
        yield Button(Content("Write mine (m)"), id="take-mine", compact=True)
        yield Button(Content("Leave theirs (t)"), id="take-theirs", variant="primary", compact=True)
        edit = "Edit both, merged (E)" if self._merges else "Edit the file (E)"
        yield Button(Content(edit), id="take-edit", compact=True)

    @on(Button.Pressed, "#take-mine")
    def action_take_mine(self) -> None:
        """Write mine."""
        self.dismiss(Way.MINE)

    @on(Button.Pressed, "#take-theirs")
    def action_close(self) -> None:
        """Leave theirs."""
        self.dismiss(Way.THEIRS)

    @on(Button.Pressed, "#take-edit")
    def action_take_edit(self) -> None:
        """Open the editor."""
        self.dismiss(Way.EDIT)

    def action_take_theirs(self) -> None:
        """Leave theirs."""
        self.action_close()


def line_of(view: View | None, error: Overtaken | ConflictError) -> int:
    """Return the line of a file at which what both changed stands now, from 1."""
    row = view.row(error.file) if view else None
    if row is None or isinstance(error, ConflictError):
        return 1
    start, _ = row.entry.document.span_of(error.path)
    return row.entry.document.source.position(start)[0]


def _value(value: object) -> Paragraph:
    if value is None:
        return Paragraph((Span("(nothing: it was taken away)", "quiet"),))
    return Paragraph((prose(str(value)),))
