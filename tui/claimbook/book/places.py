"""Where a book is, and which files in its folders are claims and articles."""

import errno
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

CLAIMS = "claims"
ARTICLES = "seeds"
SETTINGS = "claimbook.yaml"
SCHEMA = "claims/.schema.json"

_PASSING = ("~", ".swp", ".swx", ".swo", ".tmp", ".bak", ".orig", ".rej")
"""Endings that editors and merges leave behind for a while."""


def find_book(start: "Path") -> "Path":
    """Return the nearest folder upwards that is a book.

    Raises:
        NoBook: where there is none.
    """
    for folder in (start, *start.parents):
        if (folder / CLAIMS).is_dir():
            return folder
    from claimbook.book.refusals import NoBook  # noqa: PLC0415 - few come here, and all come by

    raise NoBook(str(start))


def walk(root: "Path", top: str) -> Iterator[tuple[str, os.DirEntry[str] | OSError]]:
    """Yield what is in a folder of the book, in the order of paths, sub-folders included, not linked ones.

    Hidden names are passed over. Each comes with its path relative to the book; a folder that cannot be
    listed comes with the reason, and costs only itself.
    """
    waiting: list[tuple[str, os.DirEntry[str] | None]] = [(top, None)]
    while waiting:
        name, item = waiting.pop()
        if item is not None and not item.is_dir(follow_symlinks=False):
            yield name, item
            continue
        try:
            waiting += reversed(_inside(root, name))
        except OSError as error:
            yield name, error


def folders(root: "Path", top: str) -> Iterator[str]:
    """Yield the folders in which `walk` finds files, relative to the book, but for those it cannot list."""
    waiting = [top] if (root / top).is_dir() else []
    while waiting:
        name = waiting.pop()
        try:
            found = _inside(root, name)
        except OSError:
            continue
        yield name
        waiting += (inner for inner, item in found if item.is_dir(follow_symlinks=False))


def is_told(name: str) -> bool:
    """Tell whether a path is UTF-8, and so can be told to others."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _inside(root: "Path", name: str) -> list[tuple[str, os.DirEntry[str]]]:
    """List a folder, sorted, without hidden names; nothing where there is none.

    Raises:
        OSError: The system refuses, or the folder's name is no UTF-8, which watchers cannot tell.
    """
    if not is_told(name):
        raise OSError(errno.EILSEQ, "its name is no UTF-8")
    try:
        with os.scandir(root / name) as found:
            seen = sorted(found, key=_in_its_path)
    except (FileNotFoundError, NotADirectoryError):
        return []
    return [(f"{name}/{item.name}", item) for item in seen if not item.name.startswith(".")]


def passing(name: str) -> bool:
    """Tell whether a name looks like what an editor leaves for a while: `x.yaml~`, `4913`."""
    return name.endswith(_PASSING) or name.startswith("#") or name == "4913"


def _in_its_path(item: os.DirEntry[str]) -> str:
    """Return a name as paths have it: what is in a folder `a` comes after `a-b`, as a slash does."""
    return f"{item.name}/" if item.is_dir(follow_symlinks=False) else item.name
