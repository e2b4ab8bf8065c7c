"""A line to write in: text typed or pasted shows what it is, and acts on no terminal."""

import re

from textual import events
from textual.widgets import Input

from claimbook.text import visible


class Field(Input):
    """A line to write in."""

    def validate_value(self, value: str) -> str:
        """Show what is put in, by whatever way, for what it is. Textual asks for this."""
        return visible(value)

    def on_paste(self, event: events.Paste) -> None:
        """Take all lines that are pasted as one; Textual then hands the event to the field itself."""
        event.text = visible(re.sub(r"\s*[\r\n]\s*", " ", event.text.strip("\r\n")))
