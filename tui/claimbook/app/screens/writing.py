"""What every dialog has that one writes in: it asks before that is lost, and can be begun from a draft."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

from textual import on
from textual.widget import Widget
from textual.widgets import Button, Input, TextArea

from claimbook.app.drafts import Draft
from claimbook.app.lettering import Line
from claimbook.app.screens.question import ask
from claimbook.app.screens.room import Dialog
from claimbook.app.widgets.fields import Choice
from claimbook.app.widgets.ratings import Ratings
from claimbook.record.ratings import Rating

T = TypeVar("T")


class WritingDialog(Dialog[T]):
    """A dialog that one writes in."""

    def __init__(self, begun: Mapping[str, str] | None = None) -> None:
        """Take what stood in the fields when it was left, where it was begun before."""
        super().__init__()
        self._begun = begun or {}
        self._saving = False
        self._refused = False

    def fields(self) -> dict[str, Widget]:
        """Return the places to write and to choose, by the names that a draft has for them."""
        raise NotImplementedError

    def subject(self) -> tuple[str, tuple[str, ...]]:
        """Return which sort of draft this is, and what it is about."""
        raise NotImplementedError

    def take_up(self) -> None:
        """Put in what stood in the fields before."""
        for name, field in self.fields().items():
            if text := self._begun.get(name):
                _put(field, text)

    @property
    def unsaved(self) -> bool:
        """Whether something was typed that would be lost."""
        fields = self.fields().values()
        return any(_text(field).strip() for field in fields if isinstance(field, Input | TextArea))

    @property
    def drafts(self) -> list[Draft]:
        """What was typed, to be kept."""
        if not self.unsaved:
            return []
        sort, about = self.subject()
        return [Draft(sort, about, {name: _text(field) for name, field in self.fields().items()})]

    def _say(self, line: Line) -> None:
        """Say what would happen, or why it did not."""
        raise NotImplementedError

    def _refuse(self, line: Line) -> None:
        """Say why it was not saved, until something is typed: what comes from outside leaves that there."""
        self._refused = True
        self._say(line)

    @contextmanager
    def saving(self) -> Iterator[None]:
        """Keep the dialog open while it saves."""
        self._saving = True
        try:
            yield
        finally:
            self._saving = False

    @on(Button.Pressed, "#cancel")
    def action_close(self) -> None:
        """Close; ask first where something was typed."""
        if self._saving:
            return
        if not self.unsaved:
            self.dismiss(None)
            return
        question = ask("Close, and lose what you typed?", "Lose it", "Keep writing")
        self.app.push_screen(question, self._lose)

    def _lose(self, agreed: bool | None) -> None:  # noqa: FBT001 - the answer
        if agreed:
            self.dismiss(None)


def _text(field: Widget) -> str:
    if isinstance(field, TextArea):
        return field.text
    if isinstance(field, Ratings):
        return str(field.rating or "")
    return field.value if isinstance(field, Input | Choice) else ""


def _put(field: Widget, text: str) -> None:
    if isinstance(field, TextArea):
        field.text = text
        field.move_cursor(field.document.end)
    elif isinstance(field, Ratings) and text in list(Rating):
        field.remember(Rating(text))
    elif isinstance(field, Choice):
        field.take(text)
    elif isinstance(field, Input):
        field.value = text
