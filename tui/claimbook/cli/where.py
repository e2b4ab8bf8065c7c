"""Where and when the program is started: the folder of the book that is meant, and the day."""

import os
from contextlib import suppress
from datetime import date
from pathlib import Path

from claimbook.book.places import CLAIMS, find_book
from claimbook.book.refusals import NoBook

_A_DAY = len("2026-11-21")


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
    told = os.environ.get("CLAIMBOOK_TODAY")
    if not told:
        return date.today()  # noqa: DTZ011 - as `today` says it, of whose module a list needs nothing else
    if len(told) == _A_DAY and told[7] == "-":  # and no week's day
        with suppress(ValueError):
            return date.fromisoformat(told)
    from claimbook.record.dates import today

    try:
        return today()
    except ValueError as error:
        import click

        raise click.UsageError(f"CLAIMBOOK_TODAY: {error}") from None
