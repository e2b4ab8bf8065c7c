"""Where and when the program is started: the folder of the book that is meant, and the day."""

from datetime import date
from pathlib import Path

from claimbook.book.places import CLAIMS, find_book
from claimbook.book.refusals import NoBook
from claimbook.record.dates import today


def root_of(named: str | None) -> Path:
    """Return the folder that `--book` names, or the nearest book upwards.

    Raises:
        NoBook: where there is none.
    """
    if named is None:
        return find_book(Path.cwd())
    folder = Path(named)
    if not (folder / CLAIMS).is_dir():
        raise NoBook(named)
    return folder


def day() -> date:
    """Return today, as the environment may set it.

    Raises:
        UsageError: where it sets what is no day.
    """
    try:
        return today()
    except ValueError as error:
        import click

        raise click.UsageError(f"CLAIMBOOK_TODAY: {error}") from None
