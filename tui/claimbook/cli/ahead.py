"""Looking at the files of a book while the program starts.

What the index knows is believed where the system says of each file what it said last time, and asking the
system takes as long as all else that a command does. So a process of its own asks from the first moment on,
on the other core. A thread would not do, as Python lets no other one run while it lists folders and asks what
the system says of what is in them.
"""

import os
import sys
from collections.abc import Sequence
from time import monotonic
from typing import TYPE_CHECKING

from claimbook.book.places import CLAIMS

if TYPE_CHECKING:
    from pathlib import Path

_ASKING = frozenset(
    (
        *("list", "show", "similar", "check", "queue", "origins", "track", "timeline", "export"),
        *("new", "source", "evidence", "relate", "forecast", "verdict", "set", "remove", "rename"),
    )
)
"""The commands that begin with bringing the index up to date."""
_FRESH = 2.0
"""Seconds for which what was seen is of use: a command may have waited for a person meanwhile."""


class Look:
    """A look at a book's files that another process takes, or none at all."""

    def __init__(self, root: str = "", process: int = 0, pipe: int = -1) -> None:
        """Take the book's folder, and the process with the pipe through which it tells what it saw."""
        self._root = root
        self._process = process
        self._pipe = pipe
        self._begun = monotonic()

    def total(self, root: "Path") -> int | None:
        """Return the sum of the stamps of a book's files, once; None where nobody has looked at them."""
        if not self._process or os.fspath(root) != self._root or monotonic() - self._begun > _FRESH:
            return None
        told = os.read(self._pipe, 8)
        self._part()
        return int.from_bytes(told, "little") if len(told) == 8 else None

    def close(self) -> None:
        """End the process, whose answer nobody waits for any more."""
        if not self._process:
            return
        from signal import SIGKILL

        os.kill(self._process, SIGKILL)
        self._part()

    def _part(self) -> None:
        os.close(self._pipe)
        os.waitpid(self._process, 0)
        self._process = 0


def asking(words: Sequence[str]) -> bool:
    """Tell whether the words of a command line ask a book for something."""
    _, rest = parted(words)
    return bool(rest) and rest[0] in _ASKING


def look(words: Sequence[str]) -> Look:
    """Begin to look at the files of the book that is meant, where that can be done meanwhile."""
    named, _ = parted(words)
    root = named or _nearest()
    if not root or sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2:
        return Look()
    reading, writing = os.pipe()
    try:
        process = os.fork()
    except OSError:  # there are too many processes
        os.close(reading)
        os.close(writing)
        return Look()
    if not process:
        _tell(root, writing)
    os.close(writing)
    return Look(root, process, reading)


def _tell(root: str, pipe: int) -> None:
    """Look at the files, tell what was seen, and end the process without anything that its parent would do.

    Whatever goes wrong, nothing is told, and the parent looks for itself.
    """
    try:
        os.closerange(0, 3)
        from claimbook.index.stamps import whole_total

        os.write(pipe, whole_total(root).to_bytes(8, "little"))
    finally:
        os._exit(0)


def _nearest() -> str:
    """Return what `find_book` will find; where that is something else, nobody asks for what was seen."""
    folder = os.getcwd()  # noqa: PTH109 - pathlib comes later
    while folder != "/" and not os.path.isdir(f"{folder}/{CLAIMS}"):  # noqa: PTH112
        folder = os.path.dirname(folder)  # noqa: PTH120
    return folder


def parted(words: Sequence[str]) -> tuple[str | None, Sequence[str]]:
    """Return the book that a command line begins with, None where it names none, and the other words."""
    if len(words) > 1 and words[0] == "--book":
        return words[1], words[2:]
    if words and words[0].startswith("--book="):
        return words[0].partition("=")[2], words[1:]
    return None, words
