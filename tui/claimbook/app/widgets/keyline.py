"""The line at the bottom: the keys that work here, each with a word for what it does."""

from collections.abc import Iterator
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.screen import Screen
from textual.strip import Strip

from claimbook.app.widgets.toned import Toned
from claimbook.text import visible

_A_TURN = 4
"""Cells that one turn of the mouse's wheel moves it, where not all keys fit."""


class Offer(NamedTuple):
    """A key that works."""

    key: str
    """The key, as Textual names it."""
    shown: str
    """The key, as people say it."""
    word: str
    """What it does, in a word or two."""
    sentence: str
    """What it does."""

    @property
    def width(self) -> int:
        """How many cells it takes."""
        return cell_len(self.shown) + 1 + cell_len(self.word)


class KeyLine(Toned):
    """Tells the keys that work where the focus is; a click on one is as good as the key.

    It is one widget that draws one line. Textual's own makes a widget of each key, anew whenever the focus
    moves, which takes as long as all else that is on the screen.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-line--key", "key-line--word", "key-line--lit"}

    def __init__(self) -> None:
        super().__init__()
        self._offers: tuple[Offer, ...] | None = None
        self._lit: Offer | None = None
        self._left = 0

    def on_mount(self) -> None:
        """Follow the keys that work."""
        self.screen.bindings_updated_signal.subscribe(self, self._look_again)

    def on_unmount(self) -> None:
        """Follow them no more."""
        self.screen.bindings_updated_signal.unsubscribe(self)

    @property
    def offers(self) -> tuple[Offer, ...]:
        """The keys that are told, from left to right."""
        if self._offers is None:
            self._offers = tuple(self._found())
        return self._offers

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Take one row. Textual asks for this."""
        del container, viewport, width
        return 1

    def render_line(self, y: int) -> Strip:
        """Draw the line. Textual asks for this."""
        ground = Style(bgcolor=self.rich_style.bgcolor)
        segments = [] if y else [part for offer in self.offers for part in self._drawn(offer, ground)]
        return Strip(segments).crop_extend(self._left, self._left + self.size.width, ground)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Light the key that the mouse is on, and have its sentence ready."""
        self._light(self._at(event.x))

    def on_leave(self) -> None:
        """Light none."""
        self._light(None)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Do what the key does."""
        offer = self._at(event.x)
        if offer is not None:
            self.app.simulate_key(offer.key)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Show what is further to the right."""
        self._shift(event, _A_TURN)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Show what is further to the left."""
        self._shift(event, -_A_TURN)

    def on_resize(self) -> None:
        """Keep the line from hanging over at its end."""
        self._left = min(self._left, self._most)

    def _look_again(self, screen: Screen[object]) -> None:
        if screen.app.app_focus and screen is self.screen:
            found = tuple(self._found())
            if found != self._offers:
                self._offers, self._lit = found, None
                self._left = min(self._left, self._most)
                self.refresh()

    def _found(self) -> Iterator[Offer]:
        """Yield what is to be told, once for each action."""
        told: set[str] = set()
        for _, binding, _, tooltip in self.screen.active_bindings.values():
            if binding.show and binding.action not in told:
                told.add(binding.action)
                shown = visible(self.app.get_key_display(binding))
                yield Offer(binding.key, shown, binding.description, tooltip)

    def _drawn(self, offer: Offer, ground: Style) -> Iterator[Segment]:
        key, word = (self.get_component_rich_style(f"key-line--{part}") for part in ("key", "word"))
        if offer == self._lit:
            lit = Style(bgcolor=self.get_component_rich_style("key-line--lit").bgcolor)
            key, word = key + lit, word + lit
        yield Segment(offer.shown, key)
        yield Segment(f" {offer.word}", word)
        yield Segment(" ", ground)

    def _at(self, x: int) -> Offer | None:
        """Return the key at a cell of the line, None where there is none."""
        start = -self._left
        for offer in self.offers:
            if start <= x < start + offer.width:
                return offer
            start += offer.width + 1
        return None

    def _light(self, offer: Offer | None) -> None:
        if offer != self._lit:
            self._lit = offer
            self.tooltip = Content(offer.sentence) if offer else None
            self.refresh()

    @property
    def _most(self) -> int:
        """How far it can be moved to the left."""
        return max(0, sum(offer.width + 1 for offer in self.offers) - self.size.width)

    def _shift(self, event: events.MouseEvent, by: int) -> None:
        left = max(0, min(self._left + by, self._most))
        if left != self._left:
            self._left = left
            event.stop()
            self.refresh()
