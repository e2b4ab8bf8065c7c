"""Where the index of a book is kept, and of which program and version it is."""

import os
import sqlite3
import sys
from functools import cache
from pathlib import Path
from zlib import crc32

import platformdirs

from claimbook import __version__

FORM = 1
"""The form of the tables; it grows when they change."""


def index_file(root: Path) -> Path | None:
    """Return where a book's index is kept: in the cache folder, under a name made of the book's place.

    None where there is no such folder: without a home, its path would lead to where the person stands.
    """
    place = os.fsencode(root.resolve())
    key = f"{crc32(place):08x}{crc32(place, len(place)):08x}"
    folder = platformdirs.user_cache_path("claimbook", appauthor=False)
    return folder / "index" / f"{key}.sqlite" if folder.is_absolute() else None


@cache
def version(root: Path) -> str:
    """Return what the facts in an index depend on besides the files: the book, this program, Python, SQLite.

    The book's place is in it whole, as the name of the file is only made of it. The program is known by its
    source files too, so that what a developer changes takes effect.
    """
    folder = Path(__file__).parent.parent
    mark, length = 0, 0
    for room in ("record", "book", "review", "review/checks", "index"):
        with os.scandir(folder / room) as items:
            found = sorted((item.name, item.stat()) for item in items if item.name.endswith(".py"))
        for name, stat in found:
            mark = crc32(f"{name}:{stat.st_mtime_ns}:{stat.st_size};".encode(), mark)
            length += stat.st_size
    program = f"{FORM} {__version__} {mark:08x} {length}"
    return f"{program} {sys.version} {sqlite3.sqlite_version} {os.fspath(root.resolve())!a}"
