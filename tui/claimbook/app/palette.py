"""The actions of a screen as the command palette offers them."""

from collections.abc import Iterator
from functools import partial

from textual.app import SystemCommand

from claimbook.app.keymap import actions_in
from claimbook.app.screens.room import Room


def commands(screen: Room) -> Iterator[SystemCommand]:
    """Yield the actions that a screen and the app have, from the table."""
    for context, node in screen.owners().items():
        for action in actions_in([context]):
            run = partial(screen.app.run_action, action.method, node)
            yield SystemCommand(action.label, action.sentence, run)
