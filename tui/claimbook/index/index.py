"""The index of a book, as it is asked."""

import json
import sqlite3
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import wraps
from heapq import merge
from pathlib import Path
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar

from claimbook.book.listing import Changes
from claimbook.book.settings import Settings
from claimbook.index.alike import Sentence, look_for_likenesses, sentences
from claimbook.index.database import Busy, alone, connect, in_memory, throw_away
from claimbook.index.facts import read_diagnostic, read_summary
from claimbook.index.finder import take_in
from claimbook.index.notes import (
    AMONG_CLAIMS,
    OF_A_FILE,
    OF_THE_FOLDER,
    article_facts,
    article_files,
    insert_findings,
    meta,
    settings_of,
)
from claimbook.index.place import index_file
from claimbook.index.room import NoRoomError
from claimbook.index.selecting import FLAGS, ask
from claimbook.index.updating import Watch, bring_up, is_current, take_over
from claimbook.index.working import Ground
from claimbook.record.diagnostics import Diagnostic
from claimbook.record.ratings import Rating, Status
from claimbook.record.summary import Summary
from claimbook.review.filters import Filter
from claimbook.review.flags import Flag
from claimbook.review.queue import Reason, Why, rank

T = TypeVar("T")
P = ParamSpec("P")

_DAMAGE = (sqlite3.Error, OSError, Busy, ValueError, TypeError, KeyError)
"""How it shows that an index is damaged, or that the disk does not take it."""
_A_PAGE = 500

_REASONS = list(Reason)
_LISTING = (
    "claims.place, claims.file, claims.id, claims.claim, claims.status, claims.rating, claims.due, "
    "claims.plain, claims.broken, claims.flags, claims.overdue_since"
)


class Listing(NamedTuple):
    """A claim file, as it stands in a list."""

    place: int
    """Its place in the index."""
    file: str
    """The path relative to the book."""
    id: str
    """The file's stem."""
    claim: str | None
    """The sentence that is judged; None where the record is broken."""
    status: Status | None
    """Where it stands, None where the record is broken."""
    rating: Rating | None
    """The rating of the last verdict."""
    due: str | None
    """The last moment it can still come true, as it is written."""
    plain: bool
    """Whether id and sentence are shown as they are, a cell for each character."""
    broken: bool
    """Whether the record cannot be read."""
    bits: int
    """The flags that do not depend on the day, a bit each."""
    overdue_since: int | None
    """The first day on which it is overdue, as an ordinal."""

    def flags(self, today: date) -> tuple[Flag, ...]:
        """Return its flags as of a day, in the order of the class."""
        late = self.overdue_since is not None and self.overdue_since <= today.toordinal()
        bits = self.bits | (FLAGS[Flag.OVERDUE] if late else 0)
        return tuple(flag for flag, bit in FLAGS.items() if bits & bit)


class Row(NamedTuple):
    """A claim, as a line of the list tells it."""

    plain: bool
    """Whether id and sentence are shown as they are, a cell for each character."""
    status: str
    """Where it stands."""
    rating: str | None
    """The rating of the last verdict."""
    id: str
    """The file's stem."""
    claim: str
    """The sentence that is judged."""
    due: str | None
    """The last moment it can still come true, as it is written."""


class Detail(NamedTuple):
    """More of a claim, as machines are told."""

    kind: str
    """What sort of statement it is."""
    about: list[str]
    """What it is about."""
    tags: list[str]
    """Its subjects."""
    articles: int
    """How many articles it is drawn from."""
    least: int
    """The least number of origins."""
    most: int
    """The most."""


class Broken(NamedTuple):
    """A record that cannot be read."""

    file: str
    """The path relative to the book."""
    id: str
    """The file's stem."""
    errors: tuple[Diagnostic, ...]
    """What keeps it from being read; never empty."""


class Queued(NamedTuple):
    """A claim that wants a look."""

    listing: Listing
    """The claim."""
    reasons: tuple[Why, ...]
    """Why, the weightiest first."""


@dataclass(frozen=True, slots=True)
class Tallies:
    """How many claims there are of each sort."""

    claims: int
    """All that can be read."""
    broken: int
    """Records that cannot be read."""
    articles: int
    """Articles that can be read."""
    files: int
    """Claim files and article files, whether they can be read or not."""
    statuses: Counter[Status]
    """By status."""
    flags: Counter[Flag]
    """By flag, as of the day."""
    about: Counter[str]
    """By company, person or thing, each under the name that is meant."""


def _surely(
    method: Callable[Concatenate["Index", P], T],
) -> Callable[Concatenate["Index", P], T]:
    """Have a method answer from an index made anew where this one is damaged, at last from one in memory."""

    @wraps(method)
    def answer(self: "Index", /, *given: P.args, **named: P.kwargs) -> T:
        for _ in range(2):
            try:
                return method(self, *given, **named)
            except _DAMAGE:
                if self.is_new:  # then that is not what is the matter
                    raise
                self.begin_again()
        return method(self, *given, **named)

    return answer


class Index:
    """What is known of a book, brought up to date when it is told to be.

    Where it cannot be kept, or is found to be damaged, it is made anew, at last in memory; no answer depends on
    that. It is for one thread at a time; another thread asks another one, see `again`.
    """

    def __init__(self, root: Path) -> None:
        """Open the index of a book, as it was left."""
        self.root = root
        """The book's folder."""
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

    def close(self) -> None:
        """Close it."""
        self._database.close()

    @_surely
    def bring_up(self, watch: Watch | None = None) -> Changes:
        """Hold the book's files against it, take over what is new, and say what came of it.

        Raises:
            LeftError: where `watch` ended it.
        """
        watch = watch or Watch()
        if is_current(self._database, self.root):
            return Changes()
        try:
            return self._alone(lambda: bring_up(self._database, self.root, watch))
        except NoRoomError:
            self._make_anew()
            return self._alone(lambda: bring_up(self._database, self.root, watch))

    @_surely
    def take_over(self, files: Sequence[str]) -> Changes | None:
        """Take over claim files that it knows; None where more may have changed than these."""
        return self._alone(lambda: take_over(self._database, self.root, files))

    @_surely
    def take_in(self) -> int:
        """Make some more claims searchable, and return how many are not yet."""
        if not self._database.execute("SELECT 1 FROM waiting").fetchone():
            return 0
        return self._alone(lambda: take_in(self._database))

    @property
    def settings(self) -> Settings:
        """The book's settings."""
        return settings_of(self._database)

    @_surely
    def places(self, wanted: Filter, today: date, *, broken: bool = False, most: int = -1) -> "array[int]":
        """Return the places of claims that a filter lets pass, in order, `most` of them.

        With `broken`, records that cannot be read are among them.
        """
        found = self._places(wanted, today, most)
        if not broken:
            return found
        sql = "SELECT place FROM claims WHERE broken ORDER BY place LIMIT ?"
        others = [place for (place,) in self._database.execute(sql, (most,))]
        if not others:
            return found
        both = array("q", merge(found, others))
        return both if most < 0 else both[:most]

    @_surely
    def listings(self, places: Iterable[int]) -> list[Listing]:
        """Return claims as they stand in a list, by their places; those that are gone are left out."""
        sql = f"SELECT {_LISTING} FROM claims WHERE place = ?"  # noqa: S608 - our own words
        rows = (self._database.execute(sql, (place,)).fetchone() for place in places)
        return [_listing(row) for row in rows if row is not None]

    @_surely
    def rows(self, wanted: Filter, today: date) -> list[Row]:
        """Return the claims that a filter lets pass as a line of the list tells them, in order."""
        question = ask(self._database, wanted, today)
        if question is None or (question.searches and self._waits()):
            found = self.listings(self._places(wanted, today, -1))
            return [
                Row(one.plain, one.status or "", one.rating, one.id, one.claim or "", one.due)
                for one in found
            ]
        sql, values = question.sql(", ".join(f"claims.{name}" for name in Row._fields))
        return [Row._make(row) for row in self._database.execute(sql, values)]

    @_surely
    def detail(self, place: int) -> Detail:
        """Return more of the claim at a place."""
        sql = "SELECT kind, about, tags, articles, least, most FROM claims WHERE place = ?"
        kind, about, tags, *numbers = self._database.execute(sql, (place,)).fetchone()
        return Detail(kind, json.loads(about), json.loads(tags), *numbers)

    def summaries(self, places: Iterable[int] | None = None) -> Iterator[Summary]:
        """Yield the facts of all claims that can be read, in order, or of those at some places."""
        if places is not None:
            for place in places:
                yield from self._facts("place = ?", place)
            return
        last = ""
        while page := self._facts("file > ? ORDER BY file LIMIT ?", last, _A_PAGE):
            yield from page
            last = page[-1].file

    @_surely
    def _facts(self, condition: str, *values: object) -> list[Summary]:
        sql = "SELECT id, file, words, facts FROM summaries JOIN claims USING (place) WHERE "
        return [read_summary(*row) for row in self._database.execute(sql + condition, values)]

    @_surely
    def sentences(self) -> list[Sentence]:
        """Return what likeness is judged by, of all claims that can be read, in order."""
        return [sentence for _, sentence in sentences(self._database)]

    @_surely
    def ratings(self) -> dict[str, Rating | None]:
        """Return the rating of the last verdict on each claim that can be read, by id."""
        sql = "SELECT id, rating FROM claims WHERE NOT broken ORDER BY place"
        return {name: rating and Rating(rating) for name, rating in self._database.execute(sql)}

    @_surely
    def broken(self) -> list[Broken]:
        """Return the records that cannot be read, with what keeps them from it."""
        sql = "SELECT file, id FROM claims WHERE broken ORDER BY place"
        return [Broken(file, name, self._errors(file)) for file, name in self._database.execute(sql)]

    @_surely
    def place_of(self, file: str) -> int | None:
        """Return the place of a claim file, None where there is none."""
        row = self._database.execute("SELECT place FROM claims WHERE file = ?", (file,)).fetchone()
        return None if row is None else int(row[0])

    @_surely
    def files_of(self, identifier: str) -> list[str]:
        """Return the files that have an id, in order."""
        sql = "SELECT file FROM claims WHERE id = ? ORDER BY place"
        return [file for (file,) in self._database.execute(sql, (identifier,))]

    @_surely
    def like_named(self, identifier: str) -> list[str]:
        """Return the files whose id is this one, or differs from it only in case, in order."""
        sql = "SELECT file FROM claims WHERE folded_id = ? ORDER BY place"
        return [file for (file,) in self._database.execute(sql, (identifier.casefold(),))]

    @_surely
    def ids(self) -> dict[str, str]:
        """Return the ids of all claim files, each with the last file that has it."""
        return dict(self._database.execute("SELECT id, file FROM claims ORDER BY place"))

    @_surely
    def files(self) -> list[str]:
        """Return all claim files, in order."""
        return [file for (file,) in self._database.execute("SELECT file FROM claims ORDER BY place")]

    @_surely
    def articles(self) -> dict[str, str]:
        """Return the files of the articles that can be read, by id."""
        return article_files(self._database)

    @_surely
    def article_files(self) -> list[str]:
        """Return all article files, in order."""
        return [file for (file,) in self._database.execute("SELECT file FROM articles ORDER BY file")]

    @_surely
    def quoting(self, article: str) -> list[str]:
        """Return the claim files that name an article, in order."""
        sql = "SELECT file FROM quoting JOIN claims USING (place) WHERE article = ? ORDER BY place"
        return [file for (file,) in self._database.execute(sql, (article,))]

    @_surely
    def pointing(self, identifier: str) -> list[str]:
        """Return the claim files with a relation to an id, in order."""
        sql = "SELECT DISTINCT file FROM relations JOIN claims USING (place) WHERE target = ? ORDER BY place"
        return [file for (file,) in self._database.execute(sql, (identifier,))]

    @_surely
    def findings(self, today: date, files: Iterable[str] | None = None) -> list[Diagnostic]:
        """Return what is wrong with the book's files on a day, or with some of them, by file and place."""
        self._look_closely(today)
        day = today.toordinal()
        sql = (
            "SELECT file, body FROM findings WHERE ifnull(since, 0) <= ? AND ? < ifnull(until, 9999999)"
            "{} ORDER BY file, line, column, number"
        )
        if files is None:
            return [read_diagnostic(*row) for row in self._database.execute(sql.format(""), (day, day))]
        some = sql.format(" AND file = ?")
        found = (self._database.execute(some, (day, day, file)) for file in sorted(set(files)))
        return [read_diagnostic(*row) for rows in found for row in rows]

    @_surely
    def stray(self) -> list[Diagnostic]:
        """Return what is wrong with names, settings, and things that are no records."""
        sql = (
            "SELECT file, body FROM findings WHERE origin = ? OR (rule = 'duplicate-id' AND origin = ?) "
            "ORDER BY number"
        )
        return [read_diagnostic(*row) for row in self._database.execute(sql, (OF_THE_FOLDER, AMONG_CLAIMS))]

    @_surely
    def queue(self, today: date) -> list[Queued]:
        """Return every claim that wants a look on a day, once, with all its reasons; see `review.queue`."""
        day = today.toordinal()
        sql = (
            f"SELECT {_LISTING}, reasons.weight, reasons.since, reasons.detail FROM reasons "  # noqa: S608
            "JOIN claims USING (place) WHERE ifnull(starts, 0) <= ? AND ? < ifnull(ends, 9999999) "
            "ORDER BY reasons.place, weight"
        )
        found: dict[int, tuple[Listing, list[Why]]] = {}
        for *row, weight, since, detail in self._database.execute(sql, (day, day)):
            place = row[0]
            if place not in found:
                found[place] = _listing(row), []
            why = Why(_REASONS[weight], since and date.fromisoformat(since), detail)
            found[place][1].append(why)
        items = [Queued(listing, tuple(whys)) for listing, whys in found.values()]
        return sorted(items, key=lambda item: rank(item.listing.id, item.listing.file, item.reasons[0]))

    @_surely
    def tallies(self, today: date) -> Tallies:
        """Count the claims of each sort as of a day."""

        def one(sql: str, *values: object) -> int:
            return int(self._database.execute(sql, values).fetchone()[0])

        statuses: Counter[Status] = Counter()
        flags: Counter[Flag] = Counter()
        sql = "SELECT status, flags, count(*) FROM claims WHERE NOT broken GROUP BY status, flags"
        for status, bits, number in self._database.execute(sql):
            statuses[Status(status)] += number
            flags.update({flag: number for flag, bit in FLAGS.items() if bits & bit})
        sql = "SELECT count(*) FROM claims WHERE overdue_since NOT NULL AND overdue_since <= ?"
        flags[Flag.OVERDUE] = one(sql, today.toordinal())
        sql = "SELECT name, count(*) FROM about GROUP BY name"
        articles = one("SELECT count(*) FROM articles WHERE date NOT NULL")
        broken = one("SELECT count(*) FROM claims WHERE broken")
        claims = statuses.total()
        files = claims + broken + one("SELECT count(*) FROM articles")
        about = Counter(dict(self._database.execute(sql)))
        return Tallies(claims, broken, articles, files, statuses, +flags, about)

    @_surely
    def ground(self) -> Ground:
        """Return what facts about claims are derived on."""
        database = self._database
        return Ground(self.root, article_files(database), article_facts(database), settings_of(database))

    def _places(self, wanted: Filter, today: date, most: int) -> "array[int]":
        question = ask(self._database, wanted, today)
        if question is None:
            return self._one_by_one("summaries", wanted, today, most)
        sql, values = question.sql("claims.place")
        rows = self._database.execute(f"{sql} LIMIT ?", (*values, most))
        found = array("q", (place for (place,) in rows))
        if question.searches and self._waits():
            both = merge(found, self._one_by_one("waiting", wanted, today, most))
            found = array("q", both) if most < 0 else array("q", both)[:most]
        return found

    def _one_by_one(self, table: str, wanted: Filter, today: date, most: int) -> "array[int]":
        """Hold claims against a filter without the finder."""
        from claimbook.review.filters import Standpoint  # noqa: PLC0415

        seen_from = Standpoint(today, self.settings.names)
        found: array[int] = array("q")
        sql = f"SELECT place FROM {table} ORDER BY place"  # noqa: S608 - our own words
        for (place,) in self._database.execute(sql).fetchall():
            if any(wanted.matches(summary, seen_from) for summary in self.summaries([place])):
                found.append(place)
                if len(found) == most:
                    break
        return found

    def _waits(self) -> bool:
        return self._database.execute("SELECT 1 FROM waiting LIMIT 1").fetchone() is not None

    def _errors(self, file: str) -> tuple[Diagnostic, ...]:
        sql = "SELECT file, body FROM findings WHERE file = ? AND origin = ? AND error ORDER BY number"
        return tuple(read_diagnostic(*row) for row in self._database.execute(sql, (file, OF_A_FILE)))

    def _look_closely(self, today: date) -> None:
        """Work out what is left for when somebody asks: likenesses, and what holds on some days."""
        self._alone(lambda: look_for_likenesses(self._database, self.ground))
        day = today.toordinal()
        sql = "SELECT file FROM claims WHERE timed_since <= ? OR timed_until > ? ORDER BY place"
        files = [file for (file,) in self._database.execute(sql, (day, day))]
        if files:
            self._alone(lambda: self._tell_timed(files))

    def _tell_timed(self, files: Sequence[str]) -> None:
        deriver = self.ground().deriver()
        self._database.execute("BEGIN IMMEDIATE")
        for file in files:
            insert_findings(self._database, file, OF_A_FILE, deriver.timed(file))
            sql = "UPDATE claims SET timed_since = NULL, timed_until = NULL WHERE file = ?"
            self._database.execute(sql, (file,))
        self._database.execute("COMMIT")

    def _alone(self, work: Callable[[], T]) -> T:
        if self._file is None:
            return work()
        with alone(self._file):
            return work()

    def begin_again(self) -> None:
        """Make the index anew, on the disk or, where it was just made, in memory, and read the book into it."""
        self._make_anew()
        try:
            self._alone(lambda: bring_up(self._database, self.root, Watch()))
        except _DAMAGE:
            self._hold_in_memory()
            bring_up(self._database, self.root, Watch())

    def _make_anew(self) -> None:
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


def _listing(row: Sequence[Any]) -> Listing:
    # Words as the table has them are as good as the enumerations' own: they are equal, and hash alike.
    return Listing(*row)
