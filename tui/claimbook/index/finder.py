"""What filters search: the words of claims, folded as the filter language folds them, and their trigrams.

It is made after everything else, bit by bit, since only searches need it; a claim that is not in it yet is
held against a filter one by one, so that an answer never depends on how far the work is.
"""

import sqlite3
from collections.abc import Iterator, Sequence

from claimbook.index.facts import ordinals, read_summary
from claimbook.index.notes import has_grams, settings_of
from claimbook.record.summary import Summary
from claimbook.review.filters import FIELDS, fold
from claimbook.review.origins import Names

GAP = "\x1f"
"""Stands between texts that are kept as one; no record has it, as it is a control character."""

A_TIME = 500
"""Claims that are taken in before anybody else gets a turn."""

COLUMNS = tuple(known.name for known in FIELDS if known.texts is not None)
"""The fields that are kept as texts."""


def take_in(database: sqlite3.Connection, most: int = A_TIME) -> int:
    """Take claims that wait into the finder, and return how many still wait."""
    with database:
        database.execute("BEGIN IMMEDIATE")
        sql = (
            "SELECT place, id, file, words, facts FROM waiting JOIN summaries USING (place) "
            "JOIN claims USING (place) LIMIT ?"
        )
        names = Names(settings_of(database).names)
        claims = [(place, read_summary(*row)) for place, *row in database.execute(sql, (most,)).fetchall()]
        _take_in(database, claims, names, grams=has_grams(database))
        (left,) = database.execute("SELECT count(*) FROM waiting").fetchone()
    return int(left)


def _take_in(
    database: sqlite3.Connection, claims: Sequence[tuple[int, Summary]], names: Names, *, grams: bool
) -> None:
    run = database.executemany
    words = [
        (place, _words(summary, keep_case=False), _words(summary, keep_case=True))
        for place, summary in claims
    ]
    run("INSERT INTO words VALUES (?, ?, ?)", words)
    if grams:
        run(
            "INSERT INTO grams (rowid, folded) VALUES (?, ?)", [(place, folded) for place, folded, _ in words]
        )
    texts = [
        (place, *_texts(summary, keep_case=False), *_texts(summary, keep_case=True))
        for place, summary in claims
    ]
    run(f"INSERT INTO texts VALUES (?{', ?' * 2 * len(COLUMNS)})", texts)  # noqa: S608 - our own columns
    run(
        "INSERT INTO said VALUES (?, ?, ?)",
        [
            (place, *days)
            for place, summary in claims
            for days in {ordinals(source.date) for source in summary.sources if source.date}
        ],
    )
    carried = [(place, name) for place, summary in claims for name in carriers(summary, names)]
    run("INSERT INTO carried VALUES (?, ?)", carried)
    known = [(place, *item) for place, summary in claims for item in words_known(summary)]
    run("INSERT INTO known VALUES (?, ?, ?)", known)
    run("DELETE FROM waiting WHERE place = ?", [(place,) for place, _ in claims])


def carriers(summary: Summary, names: Names) -> set[str]:
    """Return who published a claim, passed it on, began it or stated it, as names are compared."""
    found = (
        name
        for source in summary.sources
        for name in (source.publisher, source.by, *(link.name for link in source.links or ()))
    )
    return {names.meant(name).casefold() for name in found if name}


def words_known(summary: Summary) -> Iterator[tuple[str, str]]:
    """Yield what a claim may share with others, each with its sort: `tag`, `publisher` or `via`."""
    yield from (("tag", tag) for tag in summary.tags)
    for part in (*summary.sources, *summary.evidence):
        if part.publisher:
            yield "publisher", part.publisher
        for link in part.links or ():
            if link.name:
                yield "via", link.name + (f"@{link.report}" if link.report else "")


def spellings(folded: str, terms: Sequence[str]) -> str:
    """Return the trigram query for claims that have one of some trigrams, or all those of a text."""
    quoted = ['"' + term.replace('"', '""') + '"' for term in terms]
    return (" OR " if len(folded) < 3 else " AND ").join(quoted)


def trigrams(folded: str, most: int = 24) -> list[str]:
    """Return the trigrams of a text, each once; of a long one, those that it begins with."""
    return list(dict.fromkeys(folded[i : i + 3] for i in range(len(folded) - 2)))[:most]


def _words(summary: Summary, *, keep_case: bool) -> str:
    words, name = fold(summary.words, keep_case=keep_case), fold(summary.id, keep_case=keep_case)
    # Two more, so that the last characters begin trigrams too.
    return f"{words}{GAP}{name}{GAP}{GAP}"


def _texts(summary: Summary, *, keep_case: bool) -> Iterator[str]:
    for known in FIELDS:
        if known.texts is not None:
            yield GAP.join(fold(text, keep_case=keep_case) for text in known.texts(summary) if text)
