"""An index that is open, and what becomes of it when it turns out to be damaged."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Self, TypeVar

from claimbook.book.settings import Settings
from claimbook.index.database import Busy, Patience, alone, connect, in_memory, made_anew
from claimbook.index.notes import article_facts, article_files, meta, settings_of
from claimbook.index.place import index_file, version
from claimbook.index.stamps import count

if TYPE_CHECKING:
    from claimbook.index.working import Ground

T = TypeVar("T")
P = ParamSpec("P")
S = TypeVar("S", bound="OpenIndex")

_TROUBLE = (sqlite3.Error, OSError, Busy, ValueError, TypeError, KeyError)
"""How it shows that an index is damaged, or that the disk does not take it."""

_HINDRANCES = frozenset(
    (
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOLFS,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_READONLY,
    )
)
"""What keeps us from using an index of which nothing is wrong."""

_AT_LEAST = 3.0
_A_FILE = 0.002
"""Seconds that one program waits for another: some, and more for each file, as reading them all takes."""


def surely(
    method: Callable[Concatenate[S, P], T],
) -> Callable[Concatenate[S, P], T]:
    """Have a method answer from an index made anew where this one is damaged, at last from one in memory.

    One that calls others so made answers as a whole from one index: where it has to, it begins again.
    """

    @wraps(method)
    def answer(self: S, /, *given: P.args, **named: P.kwargs) -> T:
        with self.lock:
            if self.answering:
                return method(self, *given, **named)
            self.answering = True
            try:
                return self.persist(lambda: method(self, *given, **named))
            finally:
                self.answering = False

    return answer


class InterruptedSearch(Exception):  # noqa: N818 - reads as what happened
    """A search that somebody else has ended."""


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
        self.answering = False
        """Whether it is about to answer."""
        self.cut = False
        """Whether a search is to end; who begins one takes that back."""
        self.closed = False
        """Whether it was closed."""
        self.is_new = False
        """Whether it was made anew, in memory, for this program alone."""
        self._again = False
        self._is_alone = False
        self._file: Path | None = index_file(root)
        self._open(connect)

    @property
    def kept(self) -> bool:
        """Whether it is kept on the disk."""
        return self._file is not None

    @property
    @surely
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
        """Close it, for good."""
        with self.lock:
            self.closed = True
            self._database.close()

    @property
    @surely
    def settings(self) -> Settings:
        """The book's settings."""
        return settings_of(self._database)

    @surely
    def ground(self) -> "Ground":
        """Return what facts about claims are derived on."""
        from claimbook.index.working import Ground

        database = self._database
        return Ground(self.root, article_files(database), article_facts(database), settings_of(database))

    def interrupt(self) -> None:
        """Have the search end that goes on in another thread; it raises InterruptedSearch there."""
        self.cut = True
        if self.kept:  # else others have the same database
            self._database.interrupt()

    @surely
    def at_once(self, question: Callable[[], T]) -> T:
        """Answer several questions from the index as it is at one moment, whatever other programs put in.

        Such as where claims are and what is there, or what the finder has and what still waits for it.
        """
        with self._one_moment():
            return question()

    @contextmanager
    def _one_moment(self) -> Iterator[None]:
        """See nothing of what other programs and threads put in meanwhile."""
        if self._database.in_transaction:
            yield
            return
        with self._database:
            self._database.execute("BEGIN")
            yield

    def persist(self, work: Callable[[], T]) -> T:
        """Do some work, again from the beginning where the index turns out to be of no use."""
        for _ in range(2):
            try:
                return work()
            except _TROUBLE as trouble:
                if getattr(trouble, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT:
                    raise InterruptedSearch from None
                if self.is_new or self.closed:  # then that is not what is the matter
                    raise
                self.begin_again(trouble)
        return work()

    def begin_again(self, trouble: Exception) -> None:
        """Make the index anew, on the disk or, if that is the trouble, in memory, and read the book."""
        from claimbook.index.updating import bring_up
        from claimbook.index.watch import Watch

        self._make_anew(on_disk=not self._again and not _is_hindrance(trouble))
        try:
            self._alone(lambda: bring_up(self._database, self.root, Watch()))
        except _TROUBLE:
            self._make_anew(on_disk=False)
            bring_up(self._database, self.root, Watch())

    def _make_anew(self, *, on_disk: bool) -> None:
        self.made += 1
        self._again = True
        with suppress(sqlite3.Error):
            self._database.close()
        if not on_disk:
            self._file = None
        self._open(made_anew)

    def _open(self, way: Callable[[Path, str, Patience], sqlite3.Connection]) -> None:
        """Open the database, in memory where it cannot be kept."""
        if self._file is not None:
            try:
                self._database = way(self._file, version(self.root), self._patience)
            except (sqlite3.Error, OSError, Busy):
                self._file = None
            else:
                return
        self._database, self.is_new = in_memory(version(self.root)), True

    def _patience(self) -> float:
        return _AT_LEAST + _A_FILE * count(self.root)

    def _alone(self, work: Callable[[], T]) -> T:
        """Do some work as the only program that changes the index; it may in turn have work done so."""
        if self._file is None or self._is_alone:
            return work()
        with alone(self._file, self._patience):
            self._is_alone = True
            try:
                return work()
            finally:
                self._is_alone = False


def _is_hindrance(trouble: Exception) -> bool:
    """Tell whether an index may well be sound, and only cannot be used now, or not be written."""
    if isinstance(trouble, sqlite3.Error):
        return getattr(trouble, "sqlite_errorcode", 0) & 0xFF in _HINDRANCES
    return isinstance(trouble, OSError | Busy)
