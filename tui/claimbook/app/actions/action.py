"""What an action of the desk is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Action:
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
    """The command that does the same."""

    @property
    def method(self) -> str:
        """What Textual calls: `verdict` is `action_verdict`, `app.help` the app's."""
        return self.call or self.name.replace("-", "_")
