"""A few actions to choose from, by key or with the cursor."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from claimbook.app.actions import Action
from claimbook.app.keymap import bindings, keys_of
from claimbook.app.lettering import Line, Span, pad
from claimbook.app.screens.room import Dialog
from claimbook.app.widgets.rows import RowList
from claimbook.app.widgets.toned import Plain


class MenuList(RowList):
    """Actions, each with its key and its sentence."""

    ONE_CLICK = True

    def __init__(self, actions: Sequence[Action]) -> None:
        super().__init__(id="menu")
        self.actions = actions

    def line(self, index: int, width: int) -> Line:
        """Return the key, and what it does."""
        action = self.actions[index]
        lead = Span("▌" if index == self.cursor else " ", "strong")
        keys = pad((Span(keys_of(action, {}), "strong"),), 4)
        return pad((lead, *keys, Span(action.sentence)), width)


class Menu(Dialog[str]):
    """Answers with the name of the action that was chosen, None for none."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("adding")
    CONTEXTS: ClassVar[tuple[str, ...]] = ("adding", "list", "dialog")

    def __init__(self, title: str, actions: Sequence[Action]) -> None:
        super().__init__()
        self._title = title
        self._actions = actions

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        with Vertical(classes="dialog menu"):
            yield Plain((Span(self._title, "strong"),))
            yield MenuList(self._actions)

    def on_mount(self) -> None:
        """Stand on the first."""
        found = self.query_one(MenuList)
        found.show_rows(len(self._actions), 0)
        found.focus()

    @on(RowList.Chosen)
    def _choose(self, message: RowList.Chosen) -> None:
        self.dismiss(self._actions[message.rows.cursor].name)

    def action_add_what(self, name: str) -> None:
        """Choose by key."""
        self.dismiss(f"add-{name}")
