"""What lies in the folders of a book: the files that are read, and what is no such file."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG

from claimbook.book.ids import problem_with
from claimbook.book.places import passing, walk
from claimbook.record.diagnostics import Diagnostic, Severity, Span
from claimbook.text import one_line, visible

_SURROGATE = re.compile("[\ud800-\udfff]")
"""How Python has the bytes of a name that is not UTF-8."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A file that is to be read."""

    file: str
    """The path relative to the book."""
    stat: os.stat_result
    """What the system says of it."""


def listed(root: Path, top: str, ending: str) -> Iterator[Listed | Diagnostic]:
    """Yield the files of a folder that end so, sorted, and what is wrong with what else lies there."""
    for file, item in walk(root, top):
        if isinstance(item, OSError):
            message = f"This folder cannot be looked into ({item.strerror}): allow that, or move it away."
            yield stray(told(file), "encoding", message)
            continue
        if passing(item.name):
            continue
        if (shown := told(file)) != file:
            yield stray(shown, "unsafe-id", "This name is not UTF-8, so it is not read: rename it.")
            continue
        try:
            stat = item.stat()
        except OSError as error:
            yield stray(file, "encoding", f"This cannot be looked at ({error.strerror}): mend or delete it.")
            continue
        if not S_ISREG(stat.st_mode):
            yield stray(file, "odd-id", "This is no file: it is left alone.", odd=True)
        elif not item.name.endswith(ending):
            yield stray(file, "odd-id", f"This is not read: a file here ends in {ending}.", odd=True)
        else:
            if problem := problem_with(item.name.removesuffix(ending)):
                yield stray(file, "unsafe-id", problem)
            yield Listed(file, stat)


def told(file: str) -> str:
    """Return a path as it can be told of: one that is not UTF-8 as it is shown, every other as it is."""
    return visible(file) if _SURROGATE.search(file) else file


def link_to_nowhere(file: str) -> Diagnostic:
    """Return what is to be said of a link where a file would be."""
    return stray(file, "encoding", "This link leads nowhere: mend or delete it.")


def stray(file: str, rule: str, message: str, *, odd: bool = False) -> Diagnostic:
    """Return what is to be said of a file as a whole."""
    severity = Severity.WARNING if odd else Severity.ERROR
    return Diagnostic(file, Span(1, 1, 1, 1), severity, rule, message, "")


def twin(file: str, other: str) -> Diagnostic:
    """Return what is to be said of a claim file whose id an earlier file has too."""
    message = f"{one_line(other)} has this id too: rename one of the two."
    return stray(file, "duplicate-id", message)
