"""Looking at the files of a book without opening any: what is there, and what the system says of each.

A file's stamp is a number made of its path, its size, its inode and the times of its last changes. The sum of
all stamps is the book's: where it is what it was, no file has been touched. A file that was changed within a
few seconds before we read it could change once more and look the same, on file systems with coarse clocks:
such a file is given no stamp, and is read again by whoever looks next.
"""

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISREG
from zlib import crc32

from claimbook.book.listing import Listed, listed
from claimbook.book.places import ARTICLES, CLAIMS
from claimbook.record.diagnostics import Diagnostic

RACY = 3.0
"""Seconds since its last change within which a file is not to be trusted."""

_MASK = (1 << 63) - 1
_ENDINGS = {ARTICLES: ".md", CLAIMS: ".yaml"}


@dataclass(slots=True)
class Look:
    """What was found in the folders."""

    files: dict[str, os.stat_result] = field(default_factory=dict)
    """The files to be read, articles first, in the order of their paths within each folder."""
    stray: list[Diagnostic] = field(default_factory=list)
    """What is wrong with names, and with things that are no files."""


def total(root: Path) -> int:
    """Return the sum of the stamps of all that lies in a book's folders, whatever it is."""
    found = 0
    for top in _ENDINGS:
        for file, stat in _everything(root, top):
            found += stamp(file, stat)
    return found & _MASK


def count(root: Path) -> int:
    """Count what lies in a book's folders, whatever it is."""
    return sum(1 for top in _ENDINGS for _ in _everything(root, top))


def stamp(file: str, stat: os.stat_result) -> int:
    """Return a file's stamp, from 0 up, below 2**63."""
    facts = (crc32(os.fsencode(file)), stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino)
    return hash((*facts, S_ISREG(stat.st_mode))) & _MASK


def is_settled(stat: os.stat_result) -> bool:
    """Tell whether a file was last changed long enough ago for its stamp to be trusted."""
    return time.time() - max(stat.st_ctime, stat.st_mtime) > RACY


def look(root: Path) -> Look:
    """List the files of a book, and what is odd about what lies there."""
    found = Look()
    for top, ending in _ENDINGS.items():
        for item in listed(root, top, ending):
            if isinstance(item, Listed):
                found.files[item.file] = item.stat
            else:
                found.stray.append(item)
    return found


def _everything(root: Path, top: str) -> Iterator[tuple[str, os.stat_result]]:
    """Yield all but hidden names, quickly and in no order; of links what they lead to, or else themselves."""
    base = os.fspath(root)
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        try:
            items = os.scandir(f"{base}/{folder}")
        except OSError:
            continue
        with items:
            for item in items:
                name = item.name
                if name[0] == ".":
                    continue
                if item.is_dir(follow_symlinks=False):
                    waiting.append(f"{folder}/{name}")
                    continue
                with suppress(OSError):  # it is gone again
                    yield f"{folder}/{name}", _stat(item)


def _stat(item: os.DirEntry[str]) -> os.stat_result:
    try:
        return item.stat()
    except OSError:
        return item.stat(follow_symlinks=False)
