"""A book as the desk shows it, at one moment, handed from thread to thread.

What it is made of is small; claims are read from the index as they come in sight.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from claimbook.app.listed import Problems, Row, Rows, Shelf
from claimbook.index.index import Index
from claimbook.index.question import Choice
from claimbook.index.telling import Queued, Tallies
from claimbook.record.diagnostics import Diagnostic
from claimbook.review.words import Filter, Standpoint
from claimbook.text import one_line

if TYPE_CHECKING:
    from claimbook.book.article import Article
    from claimbook.book.entry import Entry


@dataclass(frozen=True, eq=False, repr=False)
class View:
    """A book at one moment."""

    root: Path
    """Its folder."""
    number: int
    """Which look at the book it comes from; it grows when anything in the book is other than before."""
    index: Index
    """What is known of the book, for the thread that shows it."""
    searched: Index
    """The same, for a thread that searches."""
    shelf: Shelf
    """Where claim files are read."""
    rows: Rows
    """All claim files, in the order of their paths."""
    broken: frozenset[str]
    """The claim files that cannot be read."""
    articles: Mapping[str, "Article"]
    """The articles that can be read, by id."""
    labels: Mapping[str, str]
    """The book's own words for ratings."""
    seen_from: Standpoint
    """The day, and other names."""
    tallies: Tallies
    """The counts that the sidebar shows."""
    problems: Problems
    """What is wrong with its files, by file and place, as far as it is known."""
    checked: bool
    """Whether every file has been held against the rules."""
    recalled: bool = False
    """Whether it is the book as it was known last, before anybody has looked at its files."""
    hasty: bool = False
    """Whether a claim is another already, and the counts are still those of before."""

    @property
    def partial(self) -> bool:
        """Whether the rows are only the first ones, for a moment."""
        return len(self.rows) < self.tallies.rows

    @property
    def errors(self) -> int:
        """How many of the problems are errors."""
        return self.tallies.errors

    @property
    def name(self) -> str:
        """The folder's name."""
        return one_line(self.root.resolve().name)

    @cached_property
    def queue(self) -> tuple[Queued, ...]:
        """The claims that want a look; it takes its time, so ask for it in a thread."""
        return tuple(self.index.queue(self.seen_from.today))

    def select(self, wanted: Filter, choice: Choice, most: int = -1) -> tuple[Rows, bool]:
        """Return the claims that a filter and a choice let pass, and broken ones, and whether that is all.

        With `most` it is so many of them at most, in haste.

        Raises:
            InterruptedSearch: where `searched` was interrupted.
        """
        broken = choice.sort != "queue"  # of what cannot be read nobody knows whether it belongs there
        day, haste = self.seen_from.today, most >= 0
        is_whole = self.searched.searchable  # by now: what becomes so only later may not be among them
        found = self.searched.places(wanted, day, choice, broken=broken, most=most, hasty=haste)
        whole = not haste or (is_whole and len(found) < most)
        return Rows(found, day, self.index, self.shelf), whole

    def glance(self, wanted: Filter, choice: Choice, most: int, within: float) -> tuple[Rows, bool]:
        """Return what `select` returns with `most`, here and now.

        Raises:
            InterruptedSearch: where it would take more than so many seconds.
        """
        day = self.seen_from.today
        found, whole = self.index.glance(wanted, day, choice, most, within)
        return Rows(found, day, self.index, self.shelf), whole

    def row(self, file: str) -> Row | None:
        """Return the row of a file, None where it is gone."""
        place = self.index.place_of(file)
        found = () if place is None else self.index.listings([place])
        return next((Row(one, self.seen_from.today, self.index, self.shelf) for one in found), None)

    def problems_of(self, file: str) -> list[Diagnostic]:
        """Return what is wrong with one file, errors first."""
        found = self.index.known_findings(self.seen_from.today, [file])
        return sorted(found, key=lambda item: not item.is_error)

    def quoting(self, article: str) -> "list[Entry]":
        """Return the claims that name an article, in the order of their files."""
        return [self.shelf.load(file) for file in self.index.quoting(article)]


def still_there(view: View, files: Iterable[str]) -> set[str]:
    """Return those of some claim files that the book still has."""
    return {file for file in files if view.index.place_of(file) is not None}


def meant(name: str, names: Mapping[str, str]) -> str:
    """Return the name that another name stands for."""
    return names.get(name, name)
