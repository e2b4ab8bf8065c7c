"""Looking at the folders of a book: the files to be read, and what is odd about what lies there."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from claimbook.book.listing import Listed, listed
from claimbook.book.places import ARTICLES, CLAIMS
from claimbook.record.diagnostics import Diagnostic

_ENDINGS = {ARTICLES: ".md", CLAIMS: ".yaml"}


@dataclass(slots=True)
class Look:
    """What was found in the folders."""

    files: dict[str, os.stat_result] = field(default_factory=dict)
    """The files to be read, articles first, in the order of their paths within each folder."""
    stray: list[Diagnostic] = field(default_factory=list)
    """What is wrong with names, and with things that are no files."""


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
