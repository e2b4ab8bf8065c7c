"""A book as the desk shows it: read once, never changed, handed from thread to thread."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from operator import is_
from pathlib import Path
from typing import NamedTuple, Self

from claimbook.book.article import Article
from claimbook.book.entry import Entry
from claimbook.book.settings import PATIENCE
from claimbook.record.diagnostics import Diagnostic
from claimbook.record.ratings import Status
from claimbook.record.summary import Summary
from claimbook.review.filters import Standpoint
from claimbook.review.flags import Flag
from claimbook.review.marks import BROKEN, Mark, mark
from claimbook.review.queue import Item, queue
from claimbook.text import one_line


class Row(NamedTuple):
    """A claim file, readable or broken, with the flags of the day."""

    entry: Entry
    """The file as it was read."""
    flags: tuple[Flag, ...]
    """What is worked out about the claim; empty where the record is broken."""

    @property
    def file(self) -> str:
        """The path relative to the book."""
        return self.entry.file

    @property
    def id(self) -> str:
        """The file's stem."""
        return self.entry.id

    @property
    def summary(self) -> Summary | None:
        """The facts; None where the record is broken."""
        return self.entry.summary

    def mark(self, labels: Mapping[str, str]) -> Mark:
        """Return how its standing is shown."""
        return BROKEN if self.summary is None else mark(self.summary, labels)


class Tallies(NamedTuple):
    """How many claims there are of each sort."""

    statuses: Counter[Status]
    """By status."""
    flags: Counter[Flag]
    """By flag."""
    about: Counter[str]
    """By company, person or thing, each under the name that is meant."""
    broken: int
    """Records that cannot be read."""


@dataclass(frozen=True)
class View:
    """A book at one moment."""

    root: Path
    """Its folder."""
    rows: tuple[Row, ...]
    """All claim files, in the order of their paths."""
    articles: Mapping[str, Article]
    """The articles that can be read, by id."""
    labels: Mapping[str, str]
    """The book's own words for ratings."""
    seen_from: Standpoint
    """The day, and other names."""
    problems: tuple[Diagnostic, ...]
    """What is wrong with its files, by file and place, as far as it is known."""
    checked: bool
    """Whether every file has been held against the rules."""
    patience: timedelta = PATIENCE
    """How long an open claim may lie untouched."""

    @property
    def name(self) -> str:
        """The folder's name."""
        return one_line(self.root.resolve().name)

    @cached_property
    def place(self) -> dict[str, int]:
        """Where each file stands among the rows."""
        return {row.file: index for index, row in enumerate(self.rows)}

    @cached_property
    def tallies(self) -> Tallies:
        """The counts that the sidebar shows."""
        return _count(self.rows, self.seen_from.names)

    @cached_property
    def queue(self) -> tuple[Item, ...]:
        """The claims that want a look; it takes its time, so ask for it in a thread."""
        return tuple(queue((row.summary for row in self.rows if row.summary), self.seen_from, self.patience))

    @cached_property
    def errors(self) -> int:
        """How many of the problems are errors."""
        return sum(item.is_error for item in self.problems)

    def counted(self) -> Self:
        """Work the counts out here and now, in the thread that calls, and return the view."""
        _ = self.place, self.tallies, self.errors
        return self

    def row(self, file: str) -> Row | None:
        """Return the row of a file, None where it is gone."""
        index = self.place.get(file)
        return None if index is None else self.rows[index]

    def problems_of(self, file: str) -> list[Diagnostic]:
        """Return what is wrong with one file, errors first."""
        found = [item for item in self.problems if item.file == file]
        return sorted(found, key=lambda item: not item.is_error)


def meant(name: str, names: Mapping[str, str]) -> str:
    """Return the name that another name stands for."""
    return names.get(name, name)


def same(found: Sequence[Summary], known: Sequence[Summary] | None) -> bool:
    """Tell whether facts are the very ones that something was worked out from before."""
    return known is not None and len(found) == len(known) and all(map(is_, found, known))


def _count(rows: Iterable[Row], names: Mapping[str, str]) -> Tallies:
    tallies = Tallies(Counter(), Counter(), Counter(), 0)
    broken = 0
    for row in rows:
        if row.summary is None:
            broken += 1
            continue
        tallies.statuses[row.summary.status] += 1
        tallies.flags.update(row.flags)
        tallies.about.update({meant(name, names) for name in row.summary.about})
    return tallies._replace(broken=broken)
