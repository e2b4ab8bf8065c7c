"""Looking at the files of a book without opening any: what is there, and what the system says of each.

A file's stamp is a number made of its path, its size, its inode and the times of its last changes. The sum of
all stamps is the book's: where it is what it was, no file has been touched. A file that was changed within a
few seconds before we read it could change once more and look the same, on file systems with coarse clocks:
such a file is given no stamp, and is read again by whoever looks next.
"""

import os
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from stat import S_ISREG
from zlib import crc32

from claimbook.book.places import ARTICLES, CLAIMS, SETTINGS, is_told
from claimbook.index.notes import meta

RACY = 3.0
"""Seconds since its last change within which a file is not to be trusted."""

_MASK = (1 << 63) - 1


def is_current(database: sqlite3.Connection, root: Path) -> bool:
    """Tell, from what the system says of the files, whether none has been touched."""
    known = meta(database, "total")
    return known is not None and known == whole_total(root)


def whole_total(root: Path) -> int:
    """Return the sum of all stamps, the settings' among them."""
    try:
        settings = stamp(SETTINGS, (root / SETTINGS).stat())
    except OSError:
        settings = int((root / SETTINGS).is_symlink())  # one that leads nowhere is worth a line
    return (total(root) + settings) & _MASK


def total(root: Path) -> int:
    """Return the sum of the stamps of all that lies in a book's folders, whatever it is.

    A folder that cannot be looked into counts too, as that is worth a line.
    """
    found = 0
    unlisted: list[str] = []
    for prefix, items in _folders(root, unlisted):
        begun = crc32(os.fsencode(prefix))
        for item in items:
            try:
                stat = item.stat()
            except OSError:
                if (stat_of_link := _link(item)) is None:  # it is gone again
                    continue
                stat = stat_of_link
            found += _number(crc32(item.name.encode("utf-8", "surrogateescape"), begun), stat)
    return (found + sum(1 + crc32(os.fsencode(folder)) for folder in unlisted)) & _MASK


def count(root: Path) -> int:
    """Count what lies in a book's folders, whatever it is."""
    return sum(len(items) for _, items in _folders(root, []))


def stamp(file: str, stat: os.stat_result) -> int:
    """Return a file's stamp, from 0 up, below 2**63."""
    return _number(crc32(os.fsencode(file)), stat)


def is_settled(stat: os.stat_result) -> bool:
    """Tell whether a file was last changed long enough ago for its stamp to be trusted."""
    return time.time() - max(stat.st_ctime, stat.st_mtime) > RACY


def _number(path: int, stat: os.stat_result) -> int:
    kind = S_ISREG(stat.st_mode)
    return hash((path, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino, kind)) & _MASK


def _folders(root: Path, unlisted: list[str]) -> Iterator[tuple[str, list[os.DirEntry[str]]]]:
    """Yield each folder, as its paths begin, with all but hidden names and folders in it; in no order.

    Folders that the system does not list, or that are passed over for their names, are added to `unlisted`.
    """
    base = os.fspath(root)
    waiting = [ARTICLES, CLAIMS]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(f"{base}/{folder}") as found:
                items = [item for item in found if item.name[0] != "."]
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError:
            unlisted.append(folder)
            continue
        inner = {item for item in items if item.is_dir(follow_symlinks=False)}
        for name in (f"{folder}/{item.name}" for item in inner):
            (waiting if is_told(name) else unlisted).append(name)
        yield f"{folder}/", [item for item in items if item not in inner] if inner else items


def _link(item: os.DirEntry[str]) -> os.stat_result | None:
    """Return what the system says of a link that leads nowhere, None where there is none."""
    try:
        return item.stat(follow_symlinks=False)
    except OSError:
        return None
