"""Every action of the desk, in one table: bindings, footer, help, palette and remapping come from it."""

from claimbook.app.actions.action import Action
from claimbook.app.actions.answering import ANSWERING
from claimbook.app.actions.claims import CLAIMS
from claimbook.app.actions.finding import FINDING
from claimbook.app.actions.moving import MOVING
from claimbook.app.actions.reading import READING

__all__ = ["ACTIONS", "Action"]

ACTIONS: tuple[Action, ...] = (*CLAIMS, *FINDING, *READING, *MOVING, *ANSWERING)
"""Every action, in the order in which footer and help show them."""
