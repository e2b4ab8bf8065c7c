"""Looking at the files of a book without opening any: what is there, and what the system says of each.

A file's stamp is a number made of its path, its size, its inode and the times of its last changes. The sum of
all stamps is the book's: where it is what it was, no file has been touched. A file that was changed within a
few seconds before we read it could change once more and look the same, on file systems with coarse clocks:
such a file is given no stamp, and is read again by whoever looks next.
"""

import os
import time
from collections.abc import Iterator
from zlib import crc32

from claimbook.book.places import ARTICLES, CLAIMS, SETTINGS, is_told

RACY = 3.0
"""Seconds since its last change within which a file is not to be trusted."""

_MASK = (1 << 63) - 1
_KIND, _FILE = 0o170000, 0o100000
"""Where the system's word has the kind of a thing, and what a file is, as `stat.S_ISREG` asks for each."""
_DOT = ord(".")


def whole_total(root: str | os.PathLike[str]) -> int:
    """Return the sum of all stamps, the settings' among them."""
    settings = f"{os.fspath(root)}/{SETTINGS}"
    try:
        found = stamp(SETTINGS, os.stat(settings))  # noqa: PTH116 - pathlib may not be there yet
    except OSError:
        found = int(os.path.islink(settings))  # noqa: PTH114 - one that leads nowhere is worth a line
    return (total(root) + found) & _MASK


def total(root: str | os.PathLike[str]) -> int:
    """Return the sum of the stamps of all that lies in a book's folders, whatever it is.

    A folder that cannot be looked into counts too, as that is worth a line.
    """
    found = 0
    unlisted: list[bytes] = []
    for prefix, items in _folders(root, unlisted):
        begun = crc32(prefix)
        for item in items:
            try:
                stat = item.stat()
            except OSError:
                if (stat_of_link := _link(item)) is None:  # it is gone again
                    continue
                stat = stat_of_link
            found += _number(crc32(item.name, begun), stat)
    return (found + sum(1 + crc32(folder) for folder in unlisted)) & _MASK


def count(root: str | os.PathLike[str]) -> int:
    """Count what lies in a book's folders, whatever it is."""
    return sum(len(items) for _, items in _folders(root, []))


def stamp(file: str, stat: os.stat_result) -> int:
    """Return a file's stamp, from 0 up, below 2**63."""
    return _number(crc32(os.fsencode(file)), stat)


def is_settled(stat: os.stat_result) -> bool:
    """Tell whether a file was last changed long enough ago for its stamp to be trusted."""
    return time.time() - max(stat.st_ctime, stat.st_mtime) > RACY


def _number(path: int, stat: os.stat_result) -> int:
    kind = stat.st_mode & _KIND == _FILE
    return hash((path, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino, kind)) & _MASK


def _folders(
    root: str | os.PathLike[str], unlisted: list[bytes]
) -> Iterator[tuple[bytes, list[os.DirEntry[bytes]]]]:
    """Yield each folder, as its paths begin, with all but hidden names and folders in it; in no order.

    Folders that the system does not list, or that are passed over for their names, are added to `unlisted`.
    Names are bytes, which is how the system has them: there are many, and nobody reads them.
    """
    base = os.fsencode(root)
    waiting = [os.fsencode(ARTICLES), os.fsencode(CLAIMS)]
    while waiting:
        folder = waiting.pop()
        items = []
        try:
            with os.scandir(b"%b/%b" % (base, folder)) as found:
                for item in found:
                    if item.name[0] == _DOT:
                        continue
                    if item.is_dir(follow_symlinks=False):
                        inner = b"%b/%b" % (folder, item.name)
                        (waiting if is_told(os.fsdecode(inner)) else unlisted).append(inner)
                    else:
                        items.append(item)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError:
            unlisted.append(folder)
            continue
        yield folder + b"/", items


def _link(item: os.DirEntry[bytes]) -> os.stat_result | None:
    """Return what the system says of a link that leads nowhere, None where there is none."""
    try:
        return item.stat(follow_symlinks=False)
    except OSError:
        return None
