"""Reading a whole book for a command, with a word on how far it is where that takes a while."""

import sys
import time
from collections.abc import Iterator
from pathlib import Path

from claimbook.book.book import Book

_PATIENCE = 0.3
"""Seconds after which a person wants to see that something happens."""
_STEP = 50
"""Files from one word to the next."""


class ToldBook(Book):
    """A book that says on stderr how many files it has read, where a person sits there and it takes long."""

    def __init__(self, root: Path) -> None:
        """Take the folder; the clock runs from here."""
        super().__init__(root)
        self._begun = time.monotonic()
        self._count = 0
        self._shown = ""

    @classmethod
    def open(cls, root: Path) -> "ToldBook":
        """Read a whole book, and leave the line clean."""
        book = cls(root)
        book.refresh()
        book.show("")
        return book

    def show(self, text: str) -> None:
        """Put a text in the place of the one before."""
        if text or self._shown:
            sys.stderr.write(f"\r{text:{len(self._shown)}}" + ("" if text else "\r"))
            sys.stderr.flush()
        self._shown = text

    def _files(self, top: str, ending: str) -> Iterator[tuple[str, bytes | str]]:
        told = sys.stderr.isatty()
        for item in super()._files(top, ending):
            self._count += 1
            if told and self._count % _STEP == 0 and time.monotonic() - self._begun > _PATIENCE:
                self.show(f"Reading … {self._count:,} files")
            yield item
