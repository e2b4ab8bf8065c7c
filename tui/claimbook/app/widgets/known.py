"""A line that completes what is written from what the book has."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.suggester import Suggester

from claimbook.app.keymap import bindings
from claimbook.app.widgets.field import Field
from claimbook.review.filters import fold
from claimbook.text import visible


class KnownField(Field):
    """Shows the nearest thing known as one writes; the right arrow takes it, down and up go through all."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("known")

    def __init__(
        self,
        known: Sequence[str],
        hint: str = "",
        *,
        several: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        self._known = tuple(known)
        self._several = several
        self._asked = ""
        self._offered: str | None = None
        suggester = _Known(self) if known else None
        super().__init__(id=id, compact=True, placeholder=hint, suggester=suggester, select_on_focus=False)

    def matches(self, text: str) -> list[str]:
        """Return what is known and goes on from a text, or else holds it, in the order of the names."""
        wanted = fold(self._last(text)[1], keep_case=False)
        begun = [name for name in self._known if fold(name, keep_case=False).startswith(wanted)]
        others = [name for name in self._known if wanted in fold(name, keep_case=False)]
        return list(dict.fromkeys([*begun, *others]))

    def action_next_known(self) -> None:
        """Write the next thing that is known."""
        self._go(1)

    def action_known_before(self) -> None:
        """Write the one before."""
        self._go(-1)

    def completed(self, text: str, name: str) -> str:
        """Return a text with its last part completed to a name."""
        return self._last(text)[0] + visible(name)

    def _go(self, by: int) -> None:
        if self.value != self._offered:
            self._asked = self.value
        found = self.matches(self._asked)
        if not found:
            return
        names = [self.completed(self._asked, name) for name in found]
        place = names.index(self.value) + by if self.value in names else (0 if by > 0 else -1)
        self._offered = names[place % len(names)]
        self.value = self._offered
        self.cursor_position = len(self.value)

    def _last(self, text: str) -> tuple[str, str]:
        """Part a text from what is being written now."""
        head, comma, tail = text.rpartition(",") if self._several else ("", "", text)
        room = tail[: len(tail) - len(tail.lstrip())]
        return f"{head}{comma}{room}", tail.lstrip()


class _Known(Suggester):
    """Suggests the first name that goes on from what is written."""

    def __init__(self, field: KnownField) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._field = field

    async def get_suggestion(self, value: str) -> str | None:
        """Return the whole line as it would be. Textual asks for this."""
        names = (self._field.completed(value, name) for name in self._field.matches(value))
        return next((name for name in names if name.startswith(value) and name != value), None)
