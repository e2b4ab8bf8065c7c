"""What a command works on: the book, the day, the person."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from claimbook.book.book import Book
from claimbook.book.places import CLAIMS, find_book
from claimbook.book.refusals import NoBook
from claimbook.cli.output import narrate
from claimbook.cli.reading import ToldBook
from claimbook.record.dates import today
from claimbook.review.filters import Standpoint


@dataclass(frozen=True, slots=True)
class Scene:
    """A book that is open, seen from a day."""

    book: Book
    """The book."""
    seen_from: Standpoint
    """The day, and other names."""


def book_root(ctx: click.Context) -> Path:
    """Return the folder of the book that is meant.

    Raises:
        NoBook: where there is none.
    """
    return root_of(ctx.find_root().obj)


def root_of(named: str | None) -> Path:
    """Return the folder that `--book` names, or the nearest book upwards."""
    if named is None:
        return find_book(Path.cwd())
    folder = Path(named)
    if not (folder / CLAIMS).is_dir():
        raise NoBook(named)
    return folder


def open_scene(ctx: click.Context) -> Scene:
    """Read the book that is meant."""
    book = ToldBook.open(book_root(ctx))
    ctx.call_on_close(lambda: _tell(book))
    return Scene(book, Standpoint(day(), book.settings.names))


def _tell(book: Book) -> None:
    for notice in book.notices:
        narrate(notice)


def day() -> date:
    """Return today, as the environment may set it."""
    try:
        return today()
    except ValueError as error:
        raise click.UsageError(f"CLAIMBOOK_TODAY: {error}") from None
