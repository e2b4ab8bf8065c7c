"""What a command works on: the book, the day, the person."""

from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from claimbook.cli.output import narrate
from claimbook.cli.reading import brought_up
from claimbook.cli.where import day, root_of
from claimbook.index.index import Index
from claimbook.review.words import Standpoint

if TYPE_CHECKING:
    import click

    from claimbook.book.settings import Settings
    from claimbook.cli.ahead import Look
    from claimbook.index.indexed import IndexedBook

_A_DAY = len("2026-11-21")


class Scene:
    """A book that is open, seen from a day."""

    def __init__(self, index: Index, today: date) -> None:
        """Take the book's index, up to date, and the day."""
        self.index = index
        """What is known of the book without reading it."""
        self.settings: Settings = index.settings
        """The book's settings."""
        self.seen_from = Standpoint(today, self.settings.names)
        """The day, and other names."""
        self.notices: list[str] = []
        """What saves found."""

    @property
    def today(self) -> date:
        """The day."""
        return self.seen_from.today

    @cached_property
    def book(self) -> "IndexedBook":
        """The book itself, whose files are read as they are looked at."""
        from claimbook.index.indexed import IndexedBook

        book = IndexedBook(self.index.root, self.index)
        book.notices = self.notices
        return book


def book_root(ctx: "click.Context") -> Path:
    """Return the folder of the book that is meant.

    Raises:
        NoBook: where there is none.
    """
    return root_of(ctx.find_root().params["book"])


def open_scene(ctx: "click.Context", *, checks: bool = False) -> Scene:
    """Bring the index of the book that is meant up to date; at the command's end the scene is left.

    With `checks`, what is read is held against the rules in the same go.
    """
    scene = scene_of(book_root(ctx), ctx.find_root().obj, checks=checks)
    ctx.call_on_close(lambda: leave(scene))
    return scene


def scene_of(root: Path, ahead: "Look | None" = None, *, checks: bool = False) -> Scene:
    """Bring the index of a book up to date, whose files `ahead` may have looked at; see `open_scene`."""
    seen_on = day()
    return Scene(brought_up(root, ahead, seen_on if checks else None), seen_on)


def leave(scene: Scene) -> None:
    """Tell what saves found, and close the index."""
    for notice in scene.notices:
        narrate(notice)
    scene.index.close()
