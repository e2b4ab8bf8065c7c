"""Bringing the index up to date for a command, with a word on how far it is where that takes a while."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from threading import Event, Thread

from claimbook.cli.ahead import Look
from claimbook.index.index import Index
from claimbook.index.watch import Watch
from claimbook.record.diagnostics import Diagnostic

_PATIENCE = 0.25
"""Seconds after which a person wants to see that something happens."""
_STEP = 0.05
"""Seconds from one word to the next."""


def brought_up(root: Path, ahead: Look | None = None, day: date | None = None) -> Index:
    """Return the index of a book, up to date; on a terminal, stderr says how far it is.

    `ahead` may have looked at the files already. With a day, what is read is held against the rules as of it
    in the same go.
    """
    index = Index(root)
    with _told() as watch:
        index.bring_up(watch, day, seen=(lambda: ahead.total(root)) if ahead else None)
    return index


def all_wrong(index: Index, today: date, files: Iterable[str] | None = None) -> list[Diagnostic]:
    """Return what is wrong with a book's files, or some of them; on a terminal, stderr says how far it is."""
    with _told() as watch:
        return index.findings(today, files, watch)


@contextmanager
def _told() -> Iterator[Watch]:
    """Provide something to watch work with, and tell of it as long as it goes on.

    Another thread tells, as some of the work takes long without a place to stop at.
    """
    watch, done = Watch(), Event()
    if not sys.stderr.isatty():
        yield watch
        return
    teller = Thread(target=_tell, args=(watch, done), daemon=True)
    teller.start()
    try:
        yield watch
    finally:
        done.set()
        teller.join()


def _tell(watch: Watch, done: Event) -> None:
    """Keep a line on stderr that is written over again and again, and is empty at the end."""
    shown, patience = 0, _PATIENCE
    with suppress(OSError):  # the terminal is gone: nobody is there to be told
        while not done.wait(patience):
            text = _words(watch)
            sys.stderr.write(f"\r{text:{shown}}")
            sys.stderr.flush()
            shown, patience = len(text), _STEP
        if shown:
            sys.stderr.write(f"\r{'':{shown}}\r")
            sys.stderr.flush()


def _words(watch: Watch) -> str:
    if not watch.wanted:
        return f"{watch.step} the files …"
    return f"{watch.step} … {watch.seen:,} of {watch.wanted:,} files"
