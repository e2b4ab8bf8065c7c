"""Where a book is, and which files in its folders are claims and articles."""

import os
from collections.abc import Iterator
from pathlib import Path

from claimbook.book.refusals import NoBook

CLAIMS = "claims"
ARTICLES = "seeds"
SETTINGS = "claimbook.yaml"
SCHEMA = "claims/.schema.json"

_PASSING = ("~", ".swp", ".swx", ".swo", ".tmp", ".bak", ".orig", ".rej")
"""Endings that editors and merges leave behind for a while."""


def find_book(start: Path) -> Path:
    """Return the nearest folder upwards that is a book.

    Raises:
        NoBook: where there is none.
    """
    for folder in (start, *start.parents):
        if (folder / CLAIMS).is_dir():
            return folder
    raise NoBook(str(start))


def walk(root: Path, top: str, unlisted: list[tuple[str, OSError]]) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield what is in a folder of the book, sorted, sub-folders included, links to folders not followed.

    Hidden names are passed over. Each comes with its path relative to the book. Folders that the
    system does not list are added to `unlisted`, with its error.
    """
    try:
        found = sorted(os.scandir(root / top), key=lambda item: item.name)
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        unlisted.append((top, error))
        return
    for item in found:
        if item.name.startswith("."):
            continue
        name = f"{top}/{item.name}"
        if item.is_dir(follow_symlinks=False):
            yield from walk(root, name, unlisted)
        else:
            yield name, item


def passing(name: str) -> bool:
    """Tell whether a name looks like what an editor leaves for a while: `x.yaml~`, `4913`."""
    return name.endswith(_PASSING) or name.startswith("#") or name == "4913"
