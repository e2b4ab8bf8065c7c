"""A question that has one answer besides no."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button

from claimbook.app.keymap import bindings
from claimbook.app.lettering import Paragraph, prose
from claimbook.app.screens.room import Dialog
from claimbook.app.widgets.toned import Paragraphs


class Question(Dialog[bool]):
    """Asks; True means yes, and Escape no."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("question")
    CONTEXTS: ClassVar[tuple[str, ...]] = ("dialog", "question", "panes")

    def __init__(self, told: list[Paragraph], yes: str, no: str) -> None:
        super().__init__()
        self._told = told
        self._words = (yes, no)

    def compose(self) -> ComposeResult:
        """Lay out the text and both answers."""
        yes, no = self._words
        with Vertical(classes="dialog question"):
            yield Paragraphs(id="question-text")
            with Horizontal(classes="buttons"):
                yield Button(Content(f"{yes} (enter)"), id="yes", variant="primary", compact=True)
                yield Button(Content(f"{no} (esc)"), id="no", compact=True)

    def on_mount(self) -> None:
        """Show the text, and stand on yes."""
        self.query_one(Paragraphs).set_paragraphs(self._told)
        self.query_one("#yes").focus()

    @on(Button.Pressed, "#yes")
    def action_agree(self) -> None:
        """Answer yes."""
        self.dismiss(True)  # noqa: FBT003 - the answer

    @on(Button.Pressed, "#no")
    def action_close(self) -> None:
        """Answer no."""
        self.dismiss(False)  # noqa: FBT003 - the answer


def ask(text: str, yes: str, no: str) -> Question:
    """Make a question of a plain sentence."""
    return Question([Paragraph((prose(text),))], yes, no)
