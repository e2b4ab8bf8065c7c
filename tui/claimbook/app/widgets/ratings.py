"""The nine ratings, each with its key and its meaning."""

from collections.abc import Mapping
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import BindingType
from textual.message import Message

from claimbook.app.keymap import bindings
from claimbook.app.lettering import Line, Span, label, pad
from claimbook.app.widgets.toned import Plain
from claimbook.record.ratings import Rating
from claimbook.review.marks import rating_mark

_ALL = tuple(Rating)


class Ratings(Plain, can_focus=True):
    """Takes a rating by its number; shows only the one taken while one writes elsewhere."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("rating")

    class Taken(Message):
        """A rating was taken by its number or with the mouse."""

    class Typed(Message):
        """Somebody began to write the reason, quicker than the focus moves."""

        def __init__(self, character: str) -> None:
            self.character = character
            super().__init__()

    def __init__(self, labels: Mapping[str, str]) -> None:
        super().__init__(id="ratings")
        self._labels = labels
        self.rating: Rating | None = None
        """The rating taken, None where none is yet."""

    def on_mount(self) -> None:
        """Show the ratings."""
        self._show()

    def on_focus(self) -> None:
        """Show them all, once Textual has taken note of the focus."""
        self.call_next(self._show)

    def on_blur(self) -> None:
        """Make room for the rest."""
        self.call_next(self._show)

    def remember(self, rating: Rating | None = None) -> None:
        """Take no rating, or one that was taken before, without a word."""
        self.rating = rating
        self._show()

    def action_rate(self, index: int) -> None:
        """Take a rating by its place, from 0."""
        self.rating = _ALL[index]
        self._show()
        self.post_message(self.Taken())

    def action_down(self) -> None:
        """Take the next one."""
        self._step(1)

    def action_up(self) -> None:
        """Take the one before."""
        self._step(-1)

    def on_key(self, event: events.Key) -> None:
        """Hand letters on to the reason; numbers are ratings, by their bindings."""
        if event.character and event.is_printable and not event.character.isdecimal():
            event.stop()
            self.post_message(self.Typed(event.character))

    def on_click(self, event: events.Click) -> None:
        """Take the rating under the mouse."""
        if self._whole and event.y < len(_ALL):
            self.action_rate(event.y)

    @property
    def _whole(self) -> bool:
        return self.has_focus or self.rating is None or self.screen.has_class("-wide")

    def _step(self, by: int) -> None:
        index = _ALL.index(self.rating) + by if self.rating else (0 if by > 0 else len(_ALL) - 1)
        self.rating = _ALL[max(0, min(index, len(_ALL) - 1))]
        self._show()
        self.post_message(self.Taken())

    def _show(self) -> None:
        shown = _ALL if self._whole or self.rating is None else (self.rating,)
        self.set_lines(*(self._row(rating) for rating in shown))

    def _row(self, rating: Rating) -> Line:
        taken = rating is self.rating
        shown = rating_mark(rating, self._labels)
        number = _ALL.index(rating) + 1
        lead = Span("▌" if taken else " ", "strong")
        width = max(cell_len(self._labels.get(word, word)) for word in _ALL) + 4
        word = pad((label(f"{shown.glyph} {shown.word}", shown.tone),), width)
        return (lead, Span(f"{number} ", "strong"), *word, Span(rating.meaning, "" if taken else "quiet"))
