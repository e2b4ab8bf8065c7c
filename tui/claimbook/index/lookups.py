"""Looking up in an index what is at a place, under a file or under an id."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from claimbook.index.notes import AMONG_CLAIMS, OF_A_FILE, OF_THE_FOLDER, article_files, asked, meta, note
from claimbook.index.opening import OpenIndex, surely
from claimbook.index.question import FLAGS
from claimbook.index.telling import COLUMNS, Broken, Detail, Listing, Tallies
from claimbook.record.ratings import Rating, Status
from claimbook.review.words import Flag, Reason

if TYPE_CHECKING:
    from claimbook.record.diagnostics import Diagnostic
    from claimbook.record.summary import Summary
    from claimbook.review.similar import Likeness

_A_PAGE = 500
_REASONS = list(Reason)


class Lookups(OpenIndex):
    """Answers that need no filter and no rule."""

    @surely
    def detail(self, place: int) -> Detail | None:
        """Return more of the claim at a place; None where it is gone by now."""
        sql = "SELECT kind, about, tags, articles, least, most FROM claims WHERE place = ? AND NOT broken"
        row = self._database.execute(sql, (place,)).fetchone()
        if row is None:
            return None
        kind, about, tags, *numbers = row
        return Detail(kind, json.loads(about), json.loads(tags), *numbers)

    @surely
    def listings(self, places: Iterable[int]) -> list[Listing]:
        """Return claims as they stand in a list, by their places; those that are gone are left out."""
        sql = f"SELECT {COLUMNS} FROM claims WHERE place = ?"  # noqa: S608 - our own words
        rows = (self._database.execute(sql, (place,)).fetchone() for place in places)
        return [Listing(*row) for row in rows if row is not None]

    def summaries(self, places: Iterable[int] | None = None, *, words: bool = True) -> "Iterator[Summary]":
        """Yield the facts of all claims that can be read, in order, or of those at some places.

        Without `words` the free text, which is most of them, is left empty.
        """
        if places is not None:
            for place in places:
                yield from self._facts(words, "place = ?", place)
            return
        last = ""
        while page := self._facts(words, "file > ? ORDER BY file LIMIT ?", last, _A_PAGE):
            yield from page
            last = page[-1].file

    @surely
    def _facts(self, words: bool, condition: str, *values: object) -> "list[Summary]":  # noqa: FBT001
        from claimbook.index.facts import read_summary

        columns = f"id, file, {'words' if words else repr('')}, facts"
        sql = f"SELECT {columns} FROM summaries JOIN claims USING (place) WHERE "  # noqa: S608 - our own words
        return [read_summary(*row) for row in self._database.execute(sql + condition, values)]

    @surely
    def like(self, text: str, about: Iterable[str] = (), *, least: float | None = None) -> "list[Likeness]":
        """Return the claims that are like a sentence, the most like first; see `Likenesses.like`.

        `least` is the likeness from which they are found, `ALIKE` if not said.
        """
        from claimbook.index.alike import sentences
        from claimbook.review.similar import ALIKE, find_like

        with self._one_moment():
            least = ALIKE if least is None else least
            return find_like(text, lambda: sentences(self._database), about, least=least)

    @surely
    def sentence_of(self, identifier: str) -> str:
        """Return the sentence of the claim with an id; nothing where there is none that can be read."""
        sql = "SELECT claim FROM claims WHERE id = ? AND NOT broken ORDER BY place DESC"
        row = self._database.execute(sql, (asked(identifier),)).fetchone()
        return str(row[0]) if row else ""

    @surely
    def ratings(self) -> dict[str, Rating | None]:
        """Return the rating of the last verdict on each claim that can be read, by id."""
        sql = "SELECT id, rating FROM claims WHERE NOT broken ORDER BY place"
        return {name: rating and Rating(rating) for name, rating in self._database.execute(sql)}

    @surely
    def broken(self) -> list[Broken]:
        """Return the records that cannot be read, with what keeps them from it."""
        sql = "SELECT file, id FROM claims WHERE broken = 1 ORDER BY place"
        return [Broken(file, name, self._errors(file)) for file, name in self._database.execute(sql)]

    @surely
    def broken_files(self) -> list[str]:
        """Return the files of the records that cannot be read, in order."""
        return [
            file
            for (file,) in self._database.execute("SELECT file FROM claims WHERE broken = 1 ORDER BY place")
        ]

    @surely
    def place_of(self, file: str) -> int | None:
        """Return the place of a claim file, None where there is none."""
        row = self._database.execute("SELECT place FROM claims WHERE file = ?", (asked(file),)).fetchone()
        return None if row is None else int(row[0])

    @surely
    def files_of(self, identifier: str) -> list[str]:
        """Return the files that have an id, in order."""
        sql = "SELECT file FROM claims WHERE id = ? ORDER BY place"
        return [file for (file,) in self._database.execute(sql, (asked(identifier),))]

    @surely
    def like_named(self, identifier: str) -> list[str]:
        """Return the files whose id is this one, or differs from it only in case, in order."""
        sql = "SELECT file FROM claims WHERE folded_id = ? ORDER BY place"
        return [file for (file,) in self._database.execute(sql, (asked(identifier).casefold(),))]

    @surely
    def files_at(self, places: Sequence[int]) -> list[str]:
        """Return the files at some places, in order; where they are all, or many, that takes one look."""
        if len(places) < _A_PAGE:
            return [one.file for one in self.listings(places)]
        wanted = set(places)
        rows = self._database.execute("SELECT place, file FROM claims ORDER BY place")
        return [file for place, file in rows if place in wanted]

    @surely
    def quoted(self) -> Counter[str]:
        """Count the claims that name each article."""
        return Counter(dict(self._database.execute("SELECT article, count(*) FROM quoting GROUP BY article")))

    @surely
    def known_words(self, sort: str) -> list[str]:
        """Return what claims already have of a sort, the commonest first: `tag`, `publisher` or `via`."""
        from claimbook.index.finder import words_known

        rows = self._database.execute(
            "SELECT text, count(*) FROM known WHERE sort = ? GROUP BY text", (sort,)
        )
        counted = Counter(dict(rows))
        places = [
            place for (place,) in self._database.execute("SELECT place FROM waiting LIMIT ?", (_A_PAGE,))
        ]
        for summary in self.summaries(places):
            counted.update(text for kind, text in words_known(summary) if kind == sort)
        return [text for text, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0]))]

    @surely
    def ids(self) -> dict[str, str]:
        """Return the ids of all claim files, each with the last file that has it."""
        return dict(self._database.execute("SELECT id, file FROM claims ORDER BY place"))

    @surely
    def files(self) -> list[str]:
        """Return all claim files, in order."""
        return [file for (file,) in self._database.execute("SELECT file FROM claims ORDER BY place")]

    @surely
    def articles(self) -> dict[str, str]:
        """Return the files of the articles that can be read, by id."""
        return article_files(self._database)

    @surely
    def article_files(self) -> list[str]:
        """Return all article files, in order."""
        return [file for (file,) in self._database.execute("SELECT file FROM articles ORDER BY file")]

    @surely
    def quoting(self, article: str) -> list[str]:
        """Return the claim files that name an article, in order."""
        sql = "SELECT file FROM quoting JOIN claims USING (place) WHERE article = ? ORDER BY place"
        return [file for (file,) in self._database.execute(sql, (asked(article),))]

    @surely
    def pointing(self, identifier: str) -> list[str]:
        """Return the claim files with a relation to an id, in order."""
        sql = "SELECT DISTINCT file FROM relations JOIN claims USING (place) WHERE target = ? ORDER BY place"
        return [file for (file,) in self._database.execute(sql, (asked(identifier),))]

    @surely
    def stray(self) -> "list[Diagnostic]":
        """Return what is wrong with names, settings, and things that are no records."""
        from claimbook.index.diagnosing import read_diagnostic

        sql = (
            "SELECT file, body FROM findings WHERE origin = ? OR (rule = 'duplicate-id' AND origin = ?) "
            "ORDER BY number"
        )
        return [read_diagnostic(*row) for row in self._database.execute(sql, (OF_THE_FOLDER, AMONG_CLAIMS))]

    def _errors(self, file: str) -> "tuple[Diagnostic, ...]":
        from claimbook.index.diagnosing import read_diagnostic

        sql = "SELECT file, body FROM findings WHERE file = ? AND origin = ? AND error ORDER BY number"
        return tuple(read_diagnostic(*row) for row in self._database.execute(sql, (file, OF_A_FILE)))

    @surely
    def tallies(self, today: date) -> Tallies:
        """Count the claims of each sort as of a day; it is counted once, until something changes."""
        known = meta(self._database, "tallies")
        if known is not None and known.startswith(f"{today} "):
            return Tallies.unpack(known.partition(" ")[2])
        counted = self.counted(today)
        with suppress(sqlite3.OperationalError):  # another program is writing just now
            note(self._database, "tallies", f"{today} {counted.packed()}")
        return counted

    @surely
    def counted(self, today: date) -> Tallies:
        """Count the claims of each sort as of a day, as far as they are known now, and keep nothing of it."""

        def one(sql: str, *values: object) -> int:
            return int(self._database.execute(sql, values).fetchone()[0])

        statuses: Counter[Status] = Counter()
        flags: Counter[Flag] = Counter()
        sql = "SELECT status, flags, count(*) FROM claims WHERE broken = 0 GROUP BY status, flags"
        for status, bits, number in self._database.execute(sql):
            statuses[Status(status)] += number
            flags.update({flag: number for flag, bit in FLAGS.items() if bits & bit})
        sql = "SELECT count(*) FROM claims WHERE overdue_since NOT NULL AND overdue_since <= ?"
        flags[Flag.OVERDUE] = one(sql, today.toordinal())
        sql = "SELECT name, count(*) FROM about GROUP BY name"
        articles = one("SELECT count(DISTINCT id) FROM articles WHERE date NOT NULL")
        broken = one("SELECT count(*) FROM claims WHERE broken = 1")
        claims = statuses.total()
        files = claims + broken + one("SELECT count(*) FROM articles")
        about = Counter(dict(self._database.execute(sql)))
        standing = "FROM reasons WHERE ifnull(starts, 0) <= ? AND ? < ifnull(ends, 9999999)"
        days = (today.toordinal(), today.toordinal())
        queued = one(f"SELECT count(DISTINCT place) {standing}", *days)
        rows = self._database.execute(f"SELECT weight, count(*) {standing} GROUP BY weight", days)
        reasons = Counter({_REASONS[weight]: number for weight, number in rows})
        known = "FROM findings WHERE ifnull(since, 0) <= ? AND ? < ifnull(until, 9999999)"
        wrong = dict(self._database.execute(f"SELECT error, count(*) {known} GROUP BY error", days))
        return Tallies(
            claims,
            broken,
            articles,
            files,
            statuses,
            +flags,
            queued,
            reasons,
            about,
            errors=wrong.get(1, 0),
            warnings=wrong.get(0, 0),
        )
