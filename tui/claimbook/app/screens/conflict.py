"""A change that met somebody else's: both texts side by side, and three ways out."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import Enum, auto
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button

from claimbook.app.keymap import bindings
from claimbook.app.lettering import Paragraph, Span, label, prose
from claimbook.app.screens.room import Dialog
from claimbook.app.view import View
from claimbook.app.widgets.toned import Paragraphs, Wrapped
from claimbook.book.errors import ConflictError
from claimbook.book.saving import Overtaken
from claimbook.record.refusal import spelled

_AROUND = 2
"""Lines of a file that are shown around those that differ."""


class Way(Enum):
    """How a conflict ends."""

    MINE = auto()
    """What the person said is written over what stands there."""
    THEIRS = auto()
    """What stands there stays, and nothing is written."""
    EDIT = auto()
    """The person's editor opens the file as it is now."""


class Side(Paragraphs):
    """One of the two texts."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("text")


class Conflict(Dialog[Way]):
    """Shows what was to be written beside what stands there now; Escape leaves theirs."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("conflict")
    CONTEXTS: ClassVar[tuple[str, ...]] = ("conflict", "dialog", "panes")

    def __init__(self, error: Overtaken | ConflictError) -> None:
        super().__init__()
        self._error = error

    def compose(self) -> ComposeResult:
        """Lay out both texts and the ways."""
        with Vertical(classes="dialog conflict"):
            yield Wrapped((label(_title(self._error), "strong"),), id="conflict-title")
            with Horizontal(id="conflict-sides"):
                yield Side(id="mine")
                yield Side(id="theirs")
            yield Wrapped((Span("Nothing is written yet.", "quiet"),), id="conflict-note")
            with Horizontal(classes="buttons"):
                yield Button(Content("Write mine (m)"), id="take-mine", compact=True)
                yield Button(Content("Leave theirs (t)"), id="take-theirs", variant="primary", compact=True)
                yield Button(Content("Edit the file (E)"), id="take-edit", compact=True)

    def on_mount(self) -> None:
        """Show both texts, and stand on the way that loses nothing that is written."""
        mine, theirs = _sides(self._error)
        self.query_one("#mine", Side).set_paragraphs((Paragraph((Span("Mine", "strong"),)), *mine))
        heading = Paragraph((Span("Theirs, in the file now", "strong"),))
        self.query_one("#theirs", Side).set_paragraphs((heading, *theirs))
        self.query_one("#take-theirs").focus()

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


def line_of(view: View | None, files: Sequence[str], error: Overtaken | ConflictError) -> int:
    """Return the line of a file at which what both changed stands now, from 1."""
    row = view.row(files[0]) if view else None
    if row is None or isinstance(error, ConflictError):
        return 1
    start, _ = row.entry.document.span_of(error.path)
    return row.entry.document.source.position(start)[0]


def _title(error: Overtaken | ConflictError) -> str:
    if isinstance(error, Overtaken):
        return f"Somebody else has changed `{spelled(error.path)}` since it was read."
    return f"{error.file} was changed by somebody else while it was being saved."


def _sides(error: Overtaken | ConflictError) -> tuple[list[Paragraph], list[Paragraph]]:
    if isinstance(error, Overtaken):
        return [_value(error.mine)], [_value(error.theirs)]
    mine, theirs = (
        (data or b"").decode(errors="replace").splitlines() for data in (error.wanted, error.found)
    )
    groups = list(SequenceMatcher(None, mine, theirs, autojunk=False).get_grouped_opcodes(_AROUND))
    return (
        [part for group in groups for part in _lines(mine, [(o[0], o[1], o[2]) for o in group])],
        [part for group in groups for part in _lines(theirs, [(o[0], o[3], o[4]) for o in group])],
    )


def _lines(text: Sequence[str], parts: Sequence[tuple[str, int, int]]) -> Iterator[Paragraph]:
    for tag, start, end in parts:
        for number in range(start, end):
            same = tag == "equal"
            lead = Span(f"{number + 1:4} {' ' if same else '▌'}", "quiet")
            yield Paragraph((lead, prose(text[number], "quiet" if same else "strong")), hang=6)
    yield Paragraph(())


def _value(value: object) -> Paragraph:
    if value is None:
        return Paragraph((Span("(nothing: it was taken away)", "quiet"),))
    return Paragraph((prose(str(value)),))
