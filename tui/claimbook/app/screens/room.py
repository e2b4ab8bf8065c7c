"""What every screen of the desk has: a way to the desk, and the places whose keys work in it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.binding import BindingType
from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen

from claimbook.app.keymap import bindings
from claimbook.app.view import View
from claimbook.app.widgets.toned import TONE_CLASSES

if TYPE_CHECKING:
    from claimbook.app.app import Desk
    from claimbook.app.drafts import Draft

T = TypeVar("T")

WIDE = 110
"""Cells from which there is room for more side by side."""
_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]
_SHORT = [(0, "-short"), (20, "-tall")]


class Room(Screen[None], inherit_bindings=False):
    """A screen that shows the book, and follows it as it changes."""

    COMPONENT_CLASSES: ClassVar[set[str]] = TONE_CLASSES
    CONTEXTS: ClassVar[tuple[str, ...]] = ()
    """The places in the table of actions whose keys work here, its own first."""

    HORIZONTAL_BREAKPOINTS = _BREAKPOINTS

    @property
    def desk(self) -> "Desk":
        """The app."""
        return cast("Desk", self.app)

    def on_mount(self) -> None:
        """Follow the book from now on."""
        self.desk.view_changed.subscribe(self, self.show_view)
        if self.desk.view is not None:
            self.show_view(self.desk.view)

    def owners(self) -> dict[str, DOMNode]:
        """Say whose actions the palette offers here, by place."""
        return {self.CONTEXTS[0]: self, "everywhere": self.app}

    def tell(self, sentence: str) -> None:
        """Say that something was done."""
        self.desk.notify(sentence)

    def turn_back_to(self, files: Sequence[str]) -> None:
        """Show what was undone or done again, where this is shown one at a time."""

    @property
    def unsaved(self) -> str:
        """What was typed here and would be lost, to be asked about; empty where nothing was."""
        return ""

    @property
    def drafts(self) -> "Sequence[Draft]":
        """What was typed here and is not saved, to be kept when the desk is ended from outside."""
        return ()

    def show_view(self, view: View) -> None:
        """Show the book as it is now."""
        raise NotImplementedError


class Dialog(ModalScreen[T], inherit_bindings=False):
    """A screen over another; Escape closes it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("dialog", "panes")
    COMPONENT_CLASSES: ClassVar[set[str]] = TONE_CLASSES
    CONTEXTS: ClassVar[tuple[str, ...]] = ("dialog", "panes")
    """The places in the table of actions whose keys work here."""

    HORIZONTAL_BREAKPOINTS = _BREAKPOINTS
    VERTICAL_BREAKPOINTS = _SHORT

    @property
    def desk(self) -> "Desk":
        """The app."""
        return cast("Desk", self.app)

    @property
    def drafts(self) -> "Sequence[Draft]":
        """What was typed here and is not saved, to be kept when the desk is ended from outside."""
        return ()

    def action_close(self) -> None:
        """Close without an answer."""
        self.dismiss(None)
