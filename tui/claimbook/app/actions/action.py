"""What an action of the desk is."""

from enum import StrEnum
from typing import NamedTuple


class Alone(StrEnum):
    """Why no command does what an action does."""

    PLACE = "moves on the screen"
    LOOK = "changes the view"
    PICK = "says what another action is for"
    TYPING = "helps to fill in a form"
    ANSWER = "answers what an action asks that has a command"
    OWN = "is kept in `settings.yaml`, for the desk"
    FRESH = "commands look at the files each time"
    DESK = "is the desk's own"


class Action(NamedTuple):
    """Something that a key does."""

    name: str
    """What settings call it; the binding's id."""
    keys: str
    """The keys, joined by commas."""
    label: str
    """A word or two for the footer and the palette."""
    group: str
    """The heading it stands under in help."""
    contexts: str
    """Where it works: names that screens and widgets ask for, joined by spaces."""
    sentence: str
    """What it does, for help and tooltips."""
    call: str = ""
    """The method that does it, as Textual writes it, where its name is another."""
    in_footer: bool = False
    """Whether the footer shows it."""
    twin: str = ""
    """The command that does the same; empty where there is none to have."""
    alone: Alone | None = None
    """Why there is none to have."""

    @property
    def method(self) -> str:
        """What Textual calls: `verdict` is `action_verdict`, `app.help` the app's."""
        return self.call or self.name.replace("-", "_")
