"""An index that is open, and what becomes of it when it turns out to be damaged."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from pathlib import Path
from threading import RLock
from typing import Concatenate, ParamSpec, Self, TypeVar

from claimbook.book.settings import Settings
from claimbook.index.database import Busy, alone, connect, in_memory, throw_away
from claimbook.index.notes import article_facts, article_files, meta, settings_of
from claimbook.index.place import index_file
from claimbook.index.updating import Watch, bring_up
from claimbook.index.working import Ground

T = TypeVar("T")
P = ParamSpec("P")
S = TypeVar("S", bound="OpenIndex")

_DAMAGE = (sqlite3.Error, OSError, Busy, ValueError, TypeError, KeyError)
"""How it shows that an index is damaged, or that the disk does not take it."""


def surely(
    method: Callable[Concatenate[S, P], T],
) -> Callable[Concatenate[S, P], T]:
    """Have a method answer from an index made anew where this one is damaged, at last from one in memory."""

    @wraps(method)
    def answer(self: S, /, *given: P.args, **named: P.kwargs) -> T:
        with self.lock:
            for _ in range(2):
                try:
                    return method(self, *given, **named)
                except _DAMAGE:
                    if self.is_new:  # then that is not what is the matter
                        raise
                    self.begin_again()
            return method(self, *given, **named)

    return answer


class OpenIndex:
    """The tables of a book's index.

    Where they cannot be kept, or are found to be damaged, they are made anew, at last in memory; no answer
    depends on that.
    """

    def __init__(self, root: Path) -> None:
        """Open the index of a book, as it was left."""
        self.lock = RLock()
        """Held while it answers, as it may be asked by two threads where it is in memory."""
        self.root = root
        """The book's folder."""
        self.made = 0
        """How often it was made anew since it was opened: then other ones of the book are out of date."""
        self.is_new = False
        """Whether it was made anew, in memory, for this program alone."""
        self._again = False
        self._file: Path | None = index_file(root)
        try:
            self._database = connect(self._file)
        except (sqlite3.Error, OSError, Busy):
            self._hold_in_memory()

    @property
    def kept(self) -> bool:
        """Whether it is kept on the disk."""
        return self._file is not None

    @property
    def known(self) -> bool:
        """Whether the book was read before, so that it has something to tell."""
        return meta(self._database, "settings") is not None

    def another(self) -> Self:
        """Return an index of the same book for another thread; this one itself where it is not kept."""
        return type(self)(self.root) if self.kept else self

    @contextmanager
    def aside(self) -> Iterator[Self]:
        """Provide an index of the same book for the thread that asks, for a while."""
        other = self.another()
        try:
            yield other
        finally:
            if other is not self:
                other.close()

    def close(self) -> None:
        """Close it."""
        self._database.close()

    @property
    def settings(self) -> Settings:
        """The book's settings."""
        return settings_of(self._database)

    @surely
    def ground(self) -> Ground:
        """Return what facts about claims are derived on."""
        database = self._database
        return Ground(self.root, article_files(database), article_facts(database), settings_of(database))

    def begin_again(self) -> None:
        """Make the index anew, on the disk or, if it just was, in memory, and read the book into it."""
        self._make_anew()
        try:
            self._alone(lambda: bring_up(self._database, self.root, Watch()))
        except _DAMAGE:
            self._hold_in_memory()
            bring_up(self._database, self.root, Watch())

    def _make_anew(self) -> None:
        self.made += 1
        with suppress(sqlite3.Error):
            self._database.close()
        try:
            if self._file is None or self._again:
                raise OSError  # noqa: TRY301 - once is enough
            self._again = True
            throw_away(self._file)
            self._database = connect(self._file)
        except (sqlite3.Error, OSError, Busy):
            self._hold_in_memory()

    def _hold_in_memory(self) -> None:
        self._file, self._database, self.is_new = None, in_memory(), True

    def _alone(self, work: Callable[[], T]) -> T:
        if self._file is None:
            return work()
        with alone(self._file):
            return work()
