"""Looking at the folders of a book: the files to be read, and what is odd about what lies there."""

from dataclasses import dataclass, field
from pathlib import Path

from claimbook.book.listing import Listed, listed
from claimbook.book.places import ARTICLES, CLAIMS
from claimbook.index.stamps import is_settled, stamp
from claimbook.record.diagnostics import Diagnostic

Marks = dict[str, int | None]
"""The stamps of files; None for a file that is not to be trusted yet."""


@dataclass(slots=True)
class Look:
    """What was found in the folders."""

    articles: Marks = field(default_factory=dict)
    """The articles, in the order of their paths."""
    claims: Marks = field(default_factory=dict)
    """The claim files, in the order of their paths."""
    stray: list[Diagnostic] = field(default_factory=list)
    """What is wrong with names, and with things that are no files."""


def look(root: Path) -> Look:
    """List the files of a book, and what is odd about what lies there."""
    found = Look()
    for top, ending, marks in ((ARTICLES, ".md", found.articles), (CLAIMS, ".yaml", found.claims)):
        for item in listed(root, top, ending):
            if isinstance(item, Listed):
                marks[item.file] = stamp(item.file, item.stat) if is_settled(item.stat) else None
            else:
                found.stray.append(item)
    return found
