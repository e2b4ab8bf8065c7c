"""Bringing an index up to date with the files of its book.

Which files may have changed is told by their stamps; whether one has, by the digest of its bytes. What is
known of one claim depends on its file, the articles that it names, and the settings; what depends on other
claims too is worked out at the end, see `among.py`.
"""

import json
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimbook.book.brought import Changes
from claimbook.book.errors import MissingError, UnreadableError
from claimbook.book.files import read
from claimbook.book.listing import link_to_nowhere, stray
from claimbook.book.places import SETTINGS
from claimbook.book.settings import Settings
from claimbook.index.among import Affected, settle
from claimbook.index.diagnosing import write_diagnostic
from claimbook.index.facts import Derived
from claimbook.index.folders import Look
from claimbook.index.notes import (
    DOUBTED,
    OF_AN_ARTICLE,
    OF_THE_FOLDER,
    article_facts,
    article_files,
    has_doubts,
    insert_findings,
    meta,
    note,
    settings_of,
)
from claimbook.index.room import Room, first_place
from claimbook.index.stamps import count, is_settled, whole_total
from claimbook.index.watch import LeftError, Step, Watch
from claimbook.index.working import MANY, Asked, Crew, Ground, rows_of
from claimbook.index.writing import Writer
from claimbook.record.diagnostics import Diagnostic

if TYPE_CHECKING:
    from claimbook.book.book import Shelved

_A_COMMIT = 0.5
"""Seconds of work after which it is kept, so that little is lost where it is cut short."""
_A_SCREEN = 100
"""Claims that are kept at once where nothing was known, so that a desk has something to show."""
_BEFORE = -(1 << 40)
_GONE = -2
"""What a file that is not on the disk has for a stamp."""


def bring_up(database: sqlite3.Connection, root: Path, watch: Watch, day: date | None = None) -> Changes:
    """Hold a book's files against the index, take over what is new, and say what came of it.

    With a day, what is read is held against the rules as of it in the same go.

    Raises:
        LeftError: where it was ended from outside.
        sqlite3.Error: where the index does not take it.
    """
    return _Update(database, root, watch, day).run()


def take_over(database: sqlite3.Connection, root: Path, files: Iterable[str]) -> Changes | None:
    """Take over claim files that are known to the index, and no others; None where that is not enough."""
    return _Update(database, root, Watch()).run_on(list(files))


class _Update:
    def __init__(
        self, database: sqlite3.Connection, root: Path, watch: Watch, day: date | None = None
    ) -> None:
        self.database = database
        self.root = root
        self.watch = watch
        self.day = None if day is None else day.toordinal()
        self.changes = Changes()
        self.affected = Affected()
        self.writer = Writer(database)
        self.trusted = True
        self.kept = time.monotonic()
        self.total: int | None = None

    def run(self) -> Changes:
        number = 0 if self._knows_claims() else count(self.root)
        with self.database, self._hands(number) as crew:
            self.total = whole_total(self.root)
            self.database.execute("BEGIN IMMEDIATE")
            look = Look(self.root)
            strays = self._settings()
            articles = dict(look.articles())
            stale = self._articles(articles)
            self.database.executemany(
                "UPDATE claims SET stamp = ? WHERE place = ?", [(DOUBTED, place) for place in stale]
            )
            if number:
                self._first_claims(look.claims(), number - len(articles), crew)
            else:
                self._claims(look.claims())
            self.trusted &= look.settled
            self._strays([*strays, *look.stray])
            self._settle()
        return self.changes

    def _knows_claims(self) -> bool:
        return self.database.execute("SELECT 1 FROM claims LIMIT 1").fetchone() is not None

    def _hands(self, number: int) -> AbstractContextManager[Crew | None]:
        """Have workers get ready while we look around, where so many files are to be read."""
        return Crew() if number >= MANY else nullcontext()

    def run_on(self, files: list[str]) -> Changes | None:
        with self.database:
            self.database.execute("BEGIN IMMEDIATE")
            done = self._take_over(files)
            if not done:
                self.database.rollback()
        return self.changes if done else None

    def _take_over(self, files: list[str]) -> bool:
        known = {}
        for file in files:
            row = self.database.execute("SELECT place, digest FROM claims WHERE file = ?", (file,)).fetchone()
            if row is None or not (self.root / file).is_file():
                return False
            known[file] = row
        ground = self._ground()
        for file, row in rows_of(ground, [(file, known[file][1]) for file in files]):
            if row is None:
                return False
            if not isinstance(row, bytes):
                self._take(known[file][0], None, Derived._make(row), known=True)
        self.writer.flush()
        if self.changes:
            note(self.database, "total", None)
            self._settle(whole=False)
        return True

    def _settings(self) -> list[Diagnostic]:
        """Read the settings where they are others than before; then everything is to be derived again."""
        with suppress(OSError):
            self.trusted &= is_settled((self.root / SETTINGS).stat())
        try:
            data: bytes | None = read(self.root / SETTINGS, name=SETTINGS)
        except MissingError:
            data = None
        except UnreadableError as error:
            self.trusted = False
            self._other_settings(b"?", Settings())
            return [stray(SETTINGS, "encoding", str(error))]
        if data is None:
            self._other_settings(b"", Settings())
            return [link_to_nowhere(SETTINGS)] if (self.root / SETTINGS).is_symlink() else []
        from claimbook.book.settingsfile import read_settings

        settings, wrong = read_settings(data, SETTINGS)
        self._other_settings(sha256(data).digest(), settings or Settings())
        return list(wrong)

    def _other_settings(self, digest: bytes, settings: Settings) -> None:
        known = meta(self.database, "settings_digest")
        if known == digest:
            return
        if known is not None:
            self.database.execute("UPDATE claims SET stamp = ?", (DOUBTED,))
        note(self.database, "settings_digest", digest)
        values = [
            dict(settings.names),
            settings.patience.days,
            dict(settings.labels),
            settings.organisation,
            settings.page_url,
            settings.people,
        ]
        note(self.database, "settings", json.dumps(values))

    def _articles(self, files: dict[str, int | None]) -> set[int]:
        """Take over articles, and return the places of the claims that are to be derived again for it."""
        known = {
            row[0]: row[1:] for row in self.database.execute("SELECT file, id, stamp, digest FROM articles")
        }
        before, touched = set(article_files(self.database)), set()
        for file in known.keys() - files.keys():
            self._drop_article(file)
            touched.add(known[file][0])
            self.changes.removed.append(file)
        for file, mark in files.items():
            _, old, digest = known.get(file, (None, None, None))
            if mark is None or mark != old:
                touched |= self._article(file, mark, digest)
        stale = self._quoting(touched)
        if before != set(article_files(self.database)):
            sql = "SELECT place FROM claims JOIN findings USING (file) WHERE rule = 'unknown-article'"
            stale |= {place for (place,) in self.database.execute(sql)}
        return stale

    def _article(self, file: str, mark: int | None, known: bytes | None) -> set[str]:
        """Read an article, and return its id if it is another than before."""
        from claimbook.book.book import read_shelved

        shelved = read_shelved(self.root, file)
        if shelved is None:
            return set()
        if _is_unread(shelved):
            self.trusted, mark = False, None
        if shelved.digest == known:
            self.database.execute("UPDATE articles SET stamp = ? WHERE file = ?", (mark, file))
            return set()
        (self.changes.added if known is None else self.changes.changed).append(file)
        self._drop_article(file)
        head = shelved.article.head if shelved.article else None
        values = (head.publisher, str(head.date)) if head else (None, None)
        changed = shelved.article is not None and shelved.article.is_changed
        row = (file, shelved.id, mark, shelved.digest, *values, changed)
        self.database.execute("INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        self._tell(shelved.diagnostics, OF_AN_ARTICLE, _BEFORE // 2)
        return {shelved.id}

    def _drop_article(self, file: str) -> None:
        self.database.execute("DELETE FROM articles WHERE file = ?", (file,))
        self.database.execute("DELETE FROM findings WHERE file = ? AND origin = ?", (file, OF_AN_ARTICLE))

    def _quoting(self, articles: Iterable[str]) -> set[int]:
        sql = "SELECT place FROM quoting WHERE article = ?"
        return {place for name in articles for (place,) in self.database.execute(sql, (name,))}

    def _claims(self, files: Iterator[tuple[str, int | None]]) -> None:
        """Take over the claim files that are not what they were; both come in order, and none is held."""
        asked: list[Asked] = []
        gone, places, marks = [], {}, {}
        sql = "SELECT file, place, stamp FROM claims ORDER BY place"
        for file, mark, row in _side_by_side(files, self.database.execute(sql)):
            if row is None:
                marks[file] = mark
                asked.append((file, None))
            elif mark == _GONE:
                gone.append((row[0], file))
            elif mark is None or mark != row[1]:
                marks[file], places[file] = mark, row[0]
                asked.append((file, None if row[1] == DOUBTED else self._digest(row[0])))
        for place, file in gone:
            self._remove(place, file)
            self.changes.removed.append(file)
        new = marks.keys() - places.keys()
        room = Room(self._places() if new else {}, new)
        self.watch.begin(Step.READING, len(asked))
        for file, row in rows_of(self._ground(), asked, left=lambda: self.watch.left):
            known = file in places
            self._answered(file, row, places[file] if known else room.place(file), marks[file], known=known)
        self._end()

    def _first_claims(self, files: Iterator[tuple[str, int | None]], number: int, crew: Crew | None) -> None:
        """Read the claim files of a book of which nothing is known, about so many, as they are listed."""
        self.affected.everything = True
        waiting: dict[str, tuple[int, int | None]] = {}

        def asked() -> Iterator[Asked]:
            for before, (file, mark) in enumerate(files):
                waiting[file] = first_place(before), mark
                yield file, None
            self.watch.wanted = self.watch.seen + len(waiting)

        self.watch.begin(Step.READING, number)
        for file, row in rows_of(self._ground(), asked(), left=lambda: self.watch.left, crew=crew):
            self._answered(file, row, *waiting.pop(file), known=False)
            if self.watch.seen == _A_SCREEN:
                self._keep()
        self._end()

    def _places(self) -> dict[str, int]:
        return dict(self.database.execute("SELECT file, place FROM claims"))

    def _digest(self, place: int) -> bytes:
        row = self.database.execute("SELECT digest FROM claims WHERE place = ?", (place,)).fetchone()
        return bytes(row[0])

    def _answered(self, file: str, row: Any, place: int, mark: int | None, *, known: bool) -> None:
        """Take over what a file says; what is done is kept now and then."""
        self.watch.seen += 1
        if isinstance(row, bytes):
            self.database.execute("UPDATE claims SET stamp = ? WHERE place = ?", (mark, place))
        elif row is not None:
            self._take(place, mark, Derived._make(row), known=known)
        elif known:
            self._remove(place, file)
            self.changes.removed.append(file)
        if time.monotonic() - self.kept > _A_COMMIT:
            self._keep()

    def _end(self) -> None:
        self.writer.flush()
        if self.watch.left:
            self._keep()
            raise LeftError

    def _take(self, place: int, mark: int | None, row: Derived, *, known: bool) -> None:
        """Put a file at a place, in the stead of what was known of it."""
        if known:
            if self._digest(place) != row.digest:
                self.changes.changed.append(row.file)
            self._remove(place, row.file)
        else:
            self.changes.added.append(row.file)
        self.trusted &= not row.unread
        self.writer.insert(place, DOUBTED if row.doubtful else None if row.unread else mark, row)
        if not self.affected.everything:
            self.affected.come(place, row)

    def _keep(self) -> None:
        """Commit what is done, and say that it is not all."""
        self.writer.flush()
        note(self.database, "unfinished", 1)
        note(self.database, "total", None)
        self.database.execute("COMMIT")
        self.database.execute("BEGIN IMMEDIATE")
        self.kept = time.monotonic()

    def _ground(self) -> Ground:
        database = self.database
        known = article_files(database), article_facts(database), settings_of(database)
        return Ground(self.root, *known, self.day)

    def _remove(self, place: int, file: str) -> None:
        self.affected.go(self.database, place)
        self.writer.remove(place, file)

    def _strays(self, found: list[Diagnostic]) -> None:
        """Replace what is to be said of the folders; of ids that stand twice it is said with the claims."""
        self.database.execute("DELETE FROM findings WHERE origin = ?", (OF_THE_FOLDER,))
        self._tell(found, OF_THE_FOLDER, _BEFORE)

    def _tell(self, found: Iterable[Diagnostic], origin: int, first: int) -> None:
        for number, item in enumerate(found, start=first):
            place = item.span.line, item.span.column, number
            row = (*place, item.is_error, item.rule, None, None, write_diagnostic(item))
            insert_findings(self.database, item.file, origin, [row])

    def _settle(self, *, whole: bool = True) -> None:
        if meta(self.database, "unfinished"):
            self.affected.everything = True
        settle(self.database, self.affected, self._ground)
        note(self.database, "tallies", None)
        note(self.database, "unfinished", None)
        if whole:
            trusted = self.trusted and not has_doubts(self.database)
            note(self.database, "total", self.total if trusted else None)


def _is_unread(shelved: "Shelved") -> bool:
    """Tell whether the system did not let us read an article, which may pass without a trace."""
    from claimbook.book.book import digest_of

    return shelved.article is None and shelved.digest == digest_of(shelved.diagnostics[0].message)


def _side_by_side(
    here: Iterable[tuple[str, int | None]], there: Iterable[tuple[str, int, int | None]]
) -> Iterator[tuple[str, int | None, tuple[int, int | None] | None]]:
    """Yield each file that is on the disk, in the index or in both, as both lists have them in order.

    With it come the stamp that it has now, and its place and the stamp that is known; None where it is new.
    """
    known = iter(there)
    row = next(known, None)
    for file, mark in here:
        while row is not None and row[0] < file:
            yield row[0], _GONE, row[1:]
            row = next(known, None)
        if row is not None and row[0] == file:
            yield file, mark, row[1:]
            row = next(known, None)
        else:
            yield file, mark, None
    while row is not None:
        yield row[0], _GONE, row[1:]
        row = next(known, None)
