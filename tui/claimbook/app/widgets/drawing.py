"""A drawing that is made anew for each width, to be scrolled with the keyboard."""

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.geometry import Size

from claimbook.app.keymap import bindings
from claimbook.app.lettering import Line
from claimbook.app.widgets.toned import Paragraphs

Maker = Callable[[int], Iterable[Line]]
"""Draws lines of at most so many cells."""


class Drawing(Paragraphs):
    """Lines that somebody draws for the width there is."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("text")

    def __init__(self, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, classes=classes)
        self._make: Maker = lambda _: ()

    @property
    def text(self) -> str:
        """All that it shows, line by line."""
        return "\n".join("".join(span.text for span in line) for line in self._lines)

    def draw(self, make: Maker, *, keep_place: bool = False) -> None:
        """Draw something else, from the top unless the place is to be kept."""
        self._make = make
        self._wrap()
        if not keep_place:
            self.scroll_to(y=0, animate=False)
        self.refresh()

    def _wrap(self) -> None:
        width = self._wrapped_to = self.size.width
        # The scrollbar's cell stays free, so that its coming and going draws nothing anew.
        self._lines = list(self._make(width - 1)) if width > 1 else []
        self.virtual_size = Size(width, len(self._lines))
