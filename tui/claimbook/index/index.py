"""The index of a book, as it is asked."""

import sys
from array import array
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from heapq import merge
from time import monotonic
from typing import TYPE_CHECKING

from claimbook.book.brought import Changes
from claimbook.index.lines import Layout, line_in_sql
from claimbook.index.lookups import Lookups
from claimbook.index.notes import asked, has_doubts, likenesses_known, meta
from claimbook.index.opening import InterruptedSearch, surely
from claimbook.index.question import EVERYTHING, Choice, Question
from claimbook.index.stamps import whole_total
from claimbook.index.telling import COLUMNS, LINE, Line, Listing, Queued
from claimbook.record.diagnostics import Diagnostic
from claimbook.review.words import Filter, Reason, Standpoint, Why, rank

if TYPE_CHECKING:
    from claimbook.index.watch import Watch

_REASONS = list(Reason)
_AFTER = "claims.place >= (SELECT place FROM claims WHERE file > ? ORDER BY file LIMIT 1)"
"""Asks for claims that come after a file, whether it is there or not: places are in the order of paths."""
_FEW = 500
"""Claims that are looked up one by one, rather than looked for among all."""
_INSTRUCTIONS = 2_000
"""Steps of SQLite's from one look at the clock to the next."""
Seen = Callable[[], int | None] | None
"""Returns the sum of the files' stamps where somebody has looked a moment ago, None else."""
_TRIALS = 3
"""How often files are looked at again that change while they are held against the rules."""


class Index(Lookups):
    """What is known of a book, brought up to date when it is told to be.

    It is for one thread at a time; another thread opens another one.
    """

    @surely
    def bring_up(
        self, watch: "Watch | None" = None, day: date | None = None, *, seen: Seen = None
    ) -> Changes:
        """Hold the book's files against it, take over what is new, and say what came of it.

        With a day, what is read is held against the rules as of it in the same go, as `check` does.

        Raises:
            LeftError: where `watch` ended it.
        """
        if self._is_current(seen):
            return Changes()
        from claimbook.index.room import NoRoomError
        from claimbook.index.updating import bring_up
        from claimbook.index.watch import Watch

        watch = watch or Watch()
        try:
            return self._alone(lambda: bring_up(self._database, self.root, watch, day))
        except NoRoomError:
            self._make_anew(on_disk=True)
            return self._alone(lambda: bring_up(self._database, self.root, watch, day))

    def _is_current(self, seen: Seen) -> bool:
        """Tell, from what the system says of the files, whether none has been touched."""
        known = meta(self._database, "total")
        if known is None:
            return False
        total = seen() if seen else None
        return bool(known == (whole_total(self.root) if total is None else total))

    @surely
    def take_over(self, files: Sequence[str]) -> Changes | None:
        """Take over claim files that it knows; None where more may have changed than these."""
        from claimbook.index.updating import take_over

        return self._alone(lambda: take_over(self._database, self.root, files))

    @surely
    def take_in(self) -> int:
        """Make some more claims searchable, and return how many are not yet."""
        if not self._database.execute("SELECT 1 FROM waiting").fetchone():
            return 0
        from claimbook.index.finder import take_in

        return self._alone(lambda: take_in(self._database))

    @surely
    def places(
        self,
        wanted: Filter,
        today: date,
        choice: Choice = EVERYTHING,
        *,
        broken: bool = False,
        most: int = -1,
        hasty: bool = False,
    ) -> "array[int]":
        """Return the places of claims that a filter and a choice let pass, in order, `most` of them.

        With `broken`, records that cannot be read are among them. In haste, claims that wait for the finder
        are left out, and so may be some that belong there.

        Raises:
            InterruptedSearch: where another thread has ended it, see `interrupt`.
        """
        with self._one_moment():
            found = self._places(wanted, today, choice, most, hasty=hasty)
            if not broken:
                return found
            sql = "SELECT place FROM claims WHERE broken = 1 ORDER BY place LIMIT ?"
            others = [place for (place,) in self._database.execute(sql, (most,))]
        if not others:
            return found
        both = array("q", merge(found, others))
        return both if most < 0 else both[:most]

    def glance(
        self, wanted: Filter, today: date, choice: Choice, most: int, within: float
    ) -> tuple["array[int]", bool]:
        """Return the first places as `places` does in haste, broken ones among them, and whether that is all.

        Raises:
            InterruptedSearch: where it would take more than so many seconds.
        """
        until = monotonic() + within
        if not self.lock.acquire(blocking=False):  # it is in memory, and at work for somebody else
            raise InterruptedSearch
        try:
            self._database.set_progress_handler(lambda: monotonic() > until, _INSTRUCTIONS)
            is_whole, broken = self.searchable, choice.sort != "queue"
            found = self.places(wanted, today, choice, broken=broken, most=most, hasty=True)
            return found, is_whole and len(found) < most
        finally:
            self._database.set_progress_handler(None, 0)
            self.lock.release()

    @surely
    def rows(self, wanted: Filter, today: date, after: str = "", most: int = -1) -> list[Line]:
        """Return the claims that a filter lets pass, in order, as lines of the list tell them.

        They are `most` of those that come after a file.
        """
        with self._one_moment():
            question = self._ask(wanted, today)
            if question is None or (question.searches and self._waits()):
                found = self.listings(self._places(wanted, today, EVERYTHING, -1))
                told = [one for one in found if one.file > after]
                return [_line(one) for one in (told if most < 0 else told[:most])]
            if after:
                question.add(_AFTER, after)
            sql, values = question.sql(LINE)
            return self._database.execute(f"{sql} LIMIT ?", (*values, most)).fetchall()

    @surely
    def lines(self, layout: Layout, after: str = "", most: int = -1) -> tuple[list[bytes], str]:
        """Return a line for each claim that can be read, in UTF-8 and in order.

        They are `most` of those that come after a file; where they are as many, the last one's file is told.
        """
        made, values = line_in_sql(layout)
        question = Question(["NOT claims.broken"])
        if after:
            question.add(_AFTER, after)
        with self._one_moment():
            sql, asked_for = question.sql(made)
            found = self._database.execute(f"{sql} LIMIT ?", (*values, *asked_for, most)).fetchall()
            odd = self._odd([place for (place,) in found if isinstance(place, int)])
            file = ""
            if len(found) == most:
                sql, _ = question.sql("claims.file")
                (file,) = self._database.execute(f"{sql} LIMIT 1 OFFSET ?", (*asked_for, most - 1)).fetchone()
        told = [layout.lay_out(odd[one]).encode() if isinstance(one, int) else one for (one,) in found]
        return told, file

    def _odd(self, places: Sequence[int]) -> dict[int, Line]:
        """Return the claims that are not plain between the first and the last of some places."""
        if len(places) > _FEW:
            where, values = "NOT broken AND NOT plain AND place BETWEEN ? AND ?", [places[0], places[-1]]
        else:
            where, values = f"place IN ({', '.join('?' * len(places))})", list(places)
        found = self._database.execute(f"SELECT {LINE} FROM claims WHERE {where}", values)  # noqa: S608
        return {row[-1]: row for row in found}

    @surely
    def widest(self, wanted: Filter, today: date) -> int:
        """Return how long the longest id is of the claims that a filter lets pass."""
        question = self._ask(wanted, today)
        if question is None or (question.searches and self._waits()):
            return max((len(row[3]) for row in self.rows(wanted, today)), default=0)
        sql, values = question.sql("length(claims.id) AS length")
        found = self._database.execute(f"SELECT max(length) FROM ({sql})", values)  # noqa: S608 - our own words
        return found.fetchone()[0] or 0

    @surely
    def findings(
        self, today: date, files: Iterable[str] | None = None, watch: "Watch | None" = None
    ) -> list[Diagnostic]:
        """Return what is wrong with the book's files on a day, or with some of them, by file and place."""
        wanted = None if files is None else sorted(set(map(asked, files)))
        for _ in range(_TRIALS):
            self.check(today, wanted, watch=watch)
            self.compare(watch)
            with self._one_moment():
                if self._is_settled(today, wanted):
                    return self.known_findings(today, wanted)
            self.bring_up(watch, today)
        return self._alone(lambda: self._findings_alone(today, wanted, watch))

    def _is_settled(self, today: date, files: Sequence[str] | None) -> bool:
        """Tell whether all is known that is wrong; another program may have taken over other files since."""
        if not likenesses_known(self._database) or has_doubts(self._database):
            return False
        return not self._unchecked(today, files, 1)

    def _findings_alone(
        self, today: date, files: Sequence[str] | None, watch: "Watch | None"
    ) -> list[Diagnostic]:
        """Return what is wrong while no other program takes anything over."""
        self.check(today, files, watch=watch)
        self.compare(watch)
        return self.known_findings(today, files)

    @surely
    def known_findings(self, today: date, wanted: Sequence[str] | None = None) -> list[Diagnostic]:
        """Return as much of `findings` as is known, and do nothing for it."""
        from claimbook.index.diagnosing import read_diagnostic

        day = today.toordinal()
        sql = (
            "SELECT file, body FROM findings WHERE ifnull(since, 0) <= ? AND ? < ifnull(until, 9999999)"
            "{} ORDER BY file, line, column, number"
        )
        if wanted is None:
            return [read_diagnostic(*row) for row in self._database.execute(sql.format(""), (day, day))]
        some = sql.format(" AND file = ?")
        found = (self._database.execute(some, (day, day, file)) for file in wanted)
        return [read_diagnostic(*row) for rows in found for row in rows]

    @property
    @surely
    def compared(self) -> bool:
        """Whether it is known which claims are alike."""
        return likenesses_known(self._database)

    @surely
    def compare(self, watch: "Watch | None" = None) -> None:
        """Look which claims are alike, unless that is known."""
        if likenesses_known(self._database):
            return
        from claimbook.index.alike import keep_likenesses, look_for_likenesses
        from claimbook.index.watch import Watch

        found = look_for_likenesses(self._database, watch or Watch())
        self._alone(lambda: keep_likenesses(self._database, self.ground, *found))

    @surely
    def problems(self, today: date) -> "array[int]":
        """Return the numbers of the findings that are known, by file and place."""
        day = today.toordinal()
        sql = (
            "SELECT rowid AS place FROM findings WHERE ifnull(since, 0) <= ? AND ? < ifnull(until, 9999999) "
            "ORDER BY file, line, column, number"
        )
        return self._all(sql, (day, day))

    @surely
    def finding(self, number: int) -> Diagnostic | None:
        """Return a finding by its number, None where it is no more."""
        from claimbook.index.diagnosing import read_diagnostic

        row = self._database.execute("SELECT file, body FROM findings WHERE rowid = ?", (number,)).fetchone()
        return None if row is None else read_diagnostic(*row)

    @surely
    def queue(self, today: date) -> list[Queued]:
        """Return every claim that wants a look on a day, once, with all its reasons; see `review.queue`."""
        day = today.toordinal()
        sql = (
            f"SELECT {COLUMNS}, reasons.weight, reasons.since, reasons.detail FROM reasons "  # noqa: S608
            "JOIN claims USING (place) WHERE ifnull(starts, 0) <= ? AND ? < ifnull(ends, 9999999) "
            "ORDER BY reasons.place, weight"
        )
        found: dict[int, tuple[Listing, list[Why]]] = {}
        for *row, weight, since, detail in self._database.execute(sql, (day, day)):
            place = row[0]
            if place not in found:
                found[place] = Listing(*row), []
            why = Why(_REASONS[weight], since and date.fromisoformat(since), detail)
            found[place][1].append(why)
        items = [Queued(listing, tuple(whys)) for listing, whys in found.values()]
        return sorted(items, key=lambda item: rank(item.listing.id, item.listing.file, item.reasons[0]))

    def _places(
        self, wanted: Filter, today: date, choice: Choice, most: int, *, hasty: bool = False
    ) -> "array[int]":
        question = self._ask(wanted, today, choice)
        if question is None:
            return self._one_by_one("summaries", wanted, today, choice, most)
        sql, values = question.sql("claims.place")
        found = self._all(sql, values) if most < 0 else self._some(sql, values, most)
        if question.searches and self._waits() and not hasty:
            both = merge(found, self._one_by_one("waiting", wanted, today, choice, most))
            found = array("q", both) if most < 0 else array("q", both)[:most]
        return found

    def _ask(self, wanted: Filter, today: date, choice: Choice = EVERYTHING) -> Question | None:
        if not wanted.terms and choice == EVERYTHING:
            return Question(["NOT claims.broken"])
        from claimbook.index.selecting import ask

        return ask(self._database, wanted, today, choice)

    def _some(self, sql: str, values: Sequence[object], most: int) -> "array[int]":
        return array("q", (place for (place,) in self._database.execute(f"{sql} LIMIT ?", (*values, most))))

    def _all(self, sql: str, values: Sequence[object]) -> "array[int]":
        """Gather all in one step of SQLite's, during which other threads may work; no object for each."""
        joined = f"SELECT group_concat(printf('%016x', place), '') FROM ({sql})"  # noqa: S608 - our own words
        (text,) = self._database.execute(joined, values).fetchone()
        found = array("q", bytes.fromhex(text or ""))
        if sys.byteorder == "little":
            found.byteswap()
        return found

    def _one_by_one(self, table: str, wanted: Filter, today: date, choice: Choice, most: int) -> "array[int]":
        """Hold claims against a filter without the finder."""
        from claimbook.index.selecting import ask_for_choice, chosen

        names = self.settings.names
        seen_from, is_chosen = Standpoint(today, names), chosen(choice, names)
        question = Question([f"claims.place IN (SELECT place FROM {table})"])  # noqa: S608 - our own words
        if choice.sort != "from":
            ask_for_choice(choice, today, names, question)
        found: array[int] = array("q")
        for place in self._all(*question.sql("claims.place")):
            if self.cut:
                raise InterruptedSearch
            if any(is_chosen(one) and wanted.matches(one, seen_from) for one in self.summaries([place])):
                found.append(place)
                if len(found) == most:
                    break
        return found

    @property
    @surely
    def searchable(self) -> bool:
        """Whether all claims are in the finder."""
        return not self._waits()

    def _waits(self) -> bool:
        return self._database.execute("SELECT 1 FROM waiting LIMIT 1").fetchone() is not None

    @surely
    def check(
        self,
        today: date,
        files: Iterable[str] | None = None,
        most: int = -1,
        watch: "Watch | None" = None,
    ) -> int:
        """Hold claims against the rules where that is to be done, `most` of them; say how many are left."""
        if self._unchecked(today, files, 1):
            self._alone(lambda: self._check(today, files, most, watch))
        return self.unchecked(today)

    def _check(self, today: date, files: Iterable[str] | None, most: int, watch: "Watch | None") -> None:
        from claimbook.index.checking import check
        from claimbook.index.watch import Watch

        rows = self._unchecked(today, files, most)
        wanted = {file: (place, digest) for file, place, digest in rows}
        check(self._database, self.ground(), wanted, today.toordinal(), watch or Watch())

    def _unchecked(self, today: date, files: Iterable[str] | None, most: int) -> list[tuple[str, int, bytes]]:
        """Return claims that are to be held against the rules, `most` of them where no files are given."""
        day = today.toordinal()
        sql = "SELECT file, place, digest FROM claims WHERE (check_from <= ? OR check_until > ?)"
        if files is None:
            return self._database.execute(f"{sql} ORDER BY place LIMIT ?", (day, day, most)).fetchall()
        one = f"{sql} AND file = ?"
        return [row for file in files for row in self._database.execute(one, (day, day, file))]

    @surely
    def unchecked(self, today: date) -> int:
        """Return how many claims are still to be held against the rules."""
        day = today.toordinal()
        sql = "SELECT count(*) FROM claims WHERE check_from <= ? OR check_until > ?"
        return int(self._database.execute(sql, (day, day)).fetchone()[0])


def _line(one: Listing) -> Line:
    return one.plain, one.status or "", one.rating, one.id, one.claim or "", one.due, one.place
