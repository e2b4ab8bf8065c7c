"""Bringing the index up to date for a command, with a word on how far it is where that takes a while."""

import sys
import time
from pathlib import Path

from claimbook.index.index import Index
from claimbook.index.watch import Watch

_PATIENCE = 0.3
"""Seconds after which a person wants to see that something happens."""
_STEP = 0.05
"""Seconds from one word to the next."""


def brought_up(root: Path) -> Index:
    """Return the index of a book, up to date; on a terminal, stderr says how many files were read."""
    index = Index(root)
    told = _Told()
    index.bring_up(Watch(told=told.tell) if sys.stderr.isatty() else Watch())
    told.show("")
    return index


class _Told:
    """A line on stderr that is written over again and again, and is empty at the end."""

    def __init__(self) -> None:
        self._next = time.monotonic() + _PATIENCE
        self._shown = ""

    def tell(self, watch: Watch) -> None:
        now = time.monotonic()
        if now > self._next:
            self._next = now + _STEP
            self.show(f"Reading … {watch.seen:,} of {watch.wanted:,} files")

    def show(self, text: str) -> None:
        if text or self._shown:
            sys.stderr.write(f"\r{text:{len(self._shown)}}" + ("" if text else "\r"))
            sys.stderr.flush()
        self._shown = text
