"""Room to write in, and words to choose from; for a line to write in see `field.py`."""

from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import TextArea

from claimbook.app.keymap import bindings
from claimbook.app.lettering import Line, Span, cells
from claimbook.app.widgets.toned import Plain
from claimbook.text import visible


class Pad(TextArea):
    """Room for a few sentences; Tab leaves it."""

    def load_text(self, text: str) -> None:
        """Show what is put in for what it is."""
        super().load_text(visible(text))

    def on_paste(self, event: events.Paste) -> None:
        """Show what is pasted for what it is; Textual then hands the event to the field itself.

        Terminals paste a line break as the Enter key would send it.
        """
        event.text = visible(event.text.replace("\r\n", "\n").replace("\r", "\n"))


class Reason(Pad):
    """Room for a reason: Enter ends it, as most reasons are a sentence."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("reason")

    def on_key(self, event: events.Key) -> None:
        """Leave Enter to the screen, where Textual writes a line break."""
        if event.key == "enter":
            event.prevent_default()

    def action_new_line(self) -> None:
        """Begin another line."""
        self.insert("\n")


class Choice(Plain, can_focus=True):
    """One of a few words, taken with the arrow keys or the mouse."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("choice")

    class Changed(Message):
        """Another word was taken."""

    def __init__(self, words: tuple[str, ...], id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__((), id=id)
        self._words = words
        self._index = 0
        self._first = 0

    @property
    def value(self) -> str:
        """The word taken."""
        return self._words[self._index]

    def on_mount(self) -> None:
        """Show the words."""
        self._show()

    def take(self, word: str) -> None:
        """Take a word, if it is one of them."""
        if word in self._words:
            self._take(self._words.index(word))

    def action_word_before(self) -> None:
        """Take the word before."""
        self._take(max(0, self._index - 1))

    def action_next_word(self) -> None:
        """Take the next word."""
        self._take(min(len(self._words) - 1, self._index + 1))

    def on_click(self, event: events.Click) -> None:
        """Take the word under the mouse."""
        position = cells(self._lead)
        for index, word in list(enumerate(self._words))[self._first :]:
            position += cell_len(word) + 3
            if event.x < position:
                self._take(index)
                return

    def on_resize(self) -> None:
        """Keep the word taken in sight."""
        self._show()

    def _take(self, index: int) -> None:
        if index != self._index:
            self._index = index
            self._show()
            self.post_message(self.Changed())

    @property
    def _lead(self) -> Line:
        """What stands before the first word in sight, where others are left of it."""
        return (Span("… ", "quiet"),) if self._first else ()

    def _show(self) -> None:
        self._first = 0
        while self._first < self._index and self._end() > self.size.width:
            self._first += 1
        line = self._lead
        for index, word in list(enumerate(self._words))[self._first :]:
            taken = index == self._index
            line += (Span(f"[{word}]", "strong") if taken else Span(f" {word} ", "quiet"), Span(" "))
        self.set_lines(line)

    def _end(self) -> int:
        """Return where the word taken ends, with room for a sign that there are more."""
        shown = self._words[self._first : self._index + 1]
        more = 2 if self._index + 1 < len(self._words) else -1
        return cells(self._lead) + sum(cell_len(word) + 3 for word in shown) + more
