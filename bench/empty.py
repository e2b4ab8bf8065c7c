"""An empty Textual app, the least that any can do: what the desk's screens are measured against.

With the word `line` it also has a line to type in.
"""

import sys

from textual.app import App, ComposeResult
from textual.widgets import Static


class Empty(App[None]):
    """Shows one word."""

    def compose(self) -> ComposeResult:
        """Lay it out."""
        yield Static("ready")
        if "line" in sys.argv:
            from textual.widgets import Input  # noqa: PLC0415 - an empty app does not pay for it

            yield Input()


if __name__ == "__main__":
    Empty().run()
