"""Claims that say nearly the same: looked for when somebody asks, and kept until a claim says something else.

How alike two claims are depends on how rare their words are in the whole book, so that another sentence
anywhere, another subject, relation or id, means to look at all of them again.
"""

import json
import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from claimbook.index.notes import OF_LIKENESS, insert_or_doubt, likenesses_known, meta, note
from claimbook.index.watch import Step, Watch
from claimbook.index.working import Ground
from claimbook.review.similar import Likeness, Likenesses, unlinked

Alike = tuple[int, str, float, str]
"""The place of a claim, and of the one with a smaller id that it is like: its id, how like, its sentence."""


class Sentence(NamedTuple):
    """What likeness is judged by."""

    id: str
    """The claim's id."""
    claim: str
    """Its sentence."""
    about: tuple[str, ...]
    """What it is about."""


def look_for_likenesses(database: sqlite3.Connection, watch: Watch) -> tuple[int, list[Alike]]:
    """Return what claims are alike, and what `keep_likenesses` knows by whether that still holds.

    It takes its time, and nobody need wait for it.
    """
    with database:
        database.execute("BEGIN")
        basis, linked = _basis(database), _linked(database)
        sql = "SELECT place FROM claims WHERE NOT broken ORDER BY place"
        places = array("q", (place for (place,) in database.execute(sql)))
        known = Likenesses(sentences(database))
    found = []
    watch.begin(Step.COMPARING, len(places))
    for place, (identifier, alike) in zip(places, known.all_alike(), strict=True):
        watch.seen += 1
        earlier = [other for other in unlinked(identifier, alike, linked) if other.id < identifier]
        if earlier:
            found.append((place, earlier[0].id, earlier[0].score, earlier[0].claim))
    return basis, found


def keep_likenesses(
    database: sqlite3.Connection, ground: Callable[[], Ground], basis: int, found: Iterable[Alike]
) -> None:
    """Keep what was found and say so of each claim, unless something else is said by now."""
    if likenesses_known(database) or basis != _basis(database):
        return
    found = list(found)
    with database:
        database.execute("BEGIN IMMEDIATE")
        database.executemany("INSERT INTO alike VALUES (?, ?, ?, ?)", found)
        tell_likenesses(database, ground, {place for place, *_ in found})
        note(database, "likenesses", 1)
        note(database, "tallies", None)


def forget_likenesses(database: sqlite3.Connection) -> None:
    """Forget what is known, as it may not hold any more."""
    note(database, "likenesses", None)
    note(database, "basis", _basis(database) + 1)
    database.execute("DELETE FROM alike")
    database.execute("DELETE FROM findings WHERE rule = 'similar-claim' AND origin = ?", (OF_LIKENESS,))


def _basis(database: sqlite3.Connection) -> int:
    return meta(database, "basis") or 0


def tell_likenesses(
    database: sqlite3.Connection, ground: Callable[[], Ground], places: Iterable[int]
) -> None:
    """Say what is known of the likeness of some claims, at their spots in the files."""
    sql = (
        "SELECT place, file, digest, alike.id, score, alike.claim FROM alike JOIN claims USING (place) "
        "WHERE place = ?"
    )
    rows = [row for place in sorted(places) for row in database.execute(sql, (place,))]
    if rows:
        deriver = ground().deriver()
        for place, file, digest, *likeness in rows:
            found = deriver.likeness(file, digest, Likeness(*likeness))
            insert_or_doubt(database, place, file, OF_LIKENESS, found)


def sentences(database: sqlite3.Connection) -> Iterator[Sentence]:
    """Yield what likeness is judged by, of all claims that can be read, in order."""
    sql = "SELECT id, claim, about FROM claims WHERE NOT broken ORDER BY place"
    for identifier, claim, about in database.execute(sql):
        yield Sentence(identifier, claim, tuple(json.loads(about)))


def _linked(database: sqlite3.Connection) -> dict[str, frozenset[str]]:
    """Return the ids that claims point to; of claims with the same id it is those of the last one."""
    targets: defaultdict[int, set[str]] = defaultdict(set)
    for place, target in database.execute("SELECT place, target FROM relations"):
        targets[place].add(target)
    linked: dict[str, frozenset[str]] = {}
    for place, identifier in database.execute("SELECT place, id FROM claims WHERE NOT broken ORDER BY place"):
        if place in targets or identifier in linked:
            linked[identifier] = frozenset(targets.get(place, ()))
    return linked
