"""What is to be said of a claim because of other claims.

Ids that stand twice, relations that lead nowhere, verdicts that contradict each other: worked out after each
change, where the change can make a difference. Claims that say nearly the same are looked for in `alike.py`.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from claimbook.book.listing import twin
from claimbook.book.settings import Settings
from claimbook.index.alike import forget_likenesses, tell_likenesses
from claimbook.index.diagnosing import write_diagnostic
from claimbook.index.facts import Derived, read_summary, reason_row
from claimbook.index.notes import AMONG_CLAIMS, insert_findings, insert_or_doubt, settings_of
from claimbook.index.working import Ground
from claimbook.record.summary import Summary
from claimbook.review.guessing import Ids
from claimbook.review.queue import opposed, reasons
from claimbook.review.words import WEIGHTS, Reason

_TWINS = -(1 << 39)
_OPPONENTS = (
    "SELECT target FROM relations JOIN claims USING (place) WHERE id = ?1 AND contradicts "
    "UNION SELECT id FROM relations JOIN claims USING (place) WHERE target = ?1 AND contradicts"
)
_ALL_OPPONENTS = (
    "SELECT id FROM relations JOIN claims USING (place) WHERE contradicts "
    "UNION SELECT target FROM relations WHERE contradicts"
)
_AT_A_TIME = 200
"""Claims whose opponents are held at once."""

_CLAIM, _ABOUT = 5, 18
"""Where these stand among the columns of a row."""

_Likeness = tuple[str, str | None, str | None, frozenset[str]]


@dataclass(slots=True)
class Affected:
    """Which claims came, went, or say something else."""

    everything: bool = False
    """Whether all are to be looked at, because earlier work was cut short."""
    places: set[int] = field(default_factory=set)
    """The places of claims that are new or say something else."""
    _came: set[str] = field(default_factory=set)
    _went: set[str] = field(default_factory=set)
    _before: dict[int, _Likeness] = field(default_factory=dict)
    _otherwise: bool = False
    _opposed: set[str] = field(default_factory=set)
    """The ids of claims that one which went contradicted."""

    def go(self, database: sqlite3.Connection, place: int) -> None:
        """Take notice of a claim that is about to go."""
        sql = "SELECT id, claim, about FROM claims WHERE place = ?"
        identifier, claim, about = database.execute(sql, (place,)).fetchone()
        relations = list(
            database.execute("SELECT target, contradicts FROM relations WHERE place = ?", (place,))
        )
        self._went.add(identifier)
        self._before[place] = identifier, claim, about, frozenset(target for target, _ in relations)
        self._opposed.update(target for target, contradicts in relations if contradicts)

    def come(self, place: int, row: Derived) -> None:
        """Take notice of a claim that has come."""
        self.places.add(place)
        self._came.add(row.id)
        targets = frozenset(target for target, _ in row.relations)
        now = row.id, row.columns[_CLAIM], row.columns[_ABOUT], targets
        self._otherwise |= self._before.pop(place, None) != now

    @property
    def ids(self) -> bool:
        """Tell whether there may be other ids than before."""
        return self.everything or self._came != self._went

    def twins(self, database: sqlite3.Connection) -> bool:
        """Tell whether other files may have an id in common, or such files were among those that came."""
        if self.ids:
            return True
        sql = "SELECT count(*) FROM claims WHERE folded_id = ?"
        return any(database.execute(sql, (name.casefold(),)).fetchone()[0] > 1 for name in self._came)

    @property
    def likenesses(self) -> bool:
        """Tell whether other claims may be alike."""
        return self.everything or self._otherwise or bool(self._before)

    def contradictions(self, database: sqlite3.Connection) -> set[str]:
        """Return the ids of claims that other claims may contradict than before."""
        if self.everything:
            return {name for (name,) in database.execute(_ALL_OPPONENTS)}
        changed = self._came | self._went
        return changed | self._opposed | {other for name in changed for other in _opponents(database, name)}


def settle(database: sqlite3.Connection, affected: Affected, ground: Callable[[], Ground]) -> None:
    """Work out anew what the claims that changed can have changed."""
    if affected.twins(database):
        _twins(database)
    _unknown(database, affected, ground)
    _contradictions(database, affected.contradictions(database), everything=affected.everything)
    if affected.likenesses:
        forget_likenesses(database)
    else:
        tell_likenesses(database, ground, affected.places)


def summaries_at(database: sqlite3.Connection, places: Iterable[int]) -> Iterator[Summary]:
    """Yield the summaries of the claims at some places that can be read, in order, without free text."""
    sql = "SELECT id, file, '', facts FROM summaries JOIN claims USING (place) WHERE place = ?"
    for place in sorted(places):
        row = database.execute(sql, (place,)).fetchone()
        if row is not None:
            yield read_summary(*row)


def _twins(database: sqlite3.Connection) -> None:
    database.execute("DELETE FROM findings WHERE rule = 'duplicate-id' AND origin = ?", (AMONG_CLAIMS,))
    sql = (
        "SELECT folded_id, file FROM claims WHERE folded_id IN "
        "(SELECT folded_id FROM claims GROUP BY folded_id HAVING count(*) > 1) ORDER BY place"
    )
    first: dict[str, str] = {}
    for number, (folded, file) in enumerate(database.execute(sql).fetchall(), start=_TWINS):
        other = first.setdefault(folded, file)
        if other != file:
            found = twin(file, other)
            row = (1, 1, number, found.is_error, found.rule, None, None, write_diagnostic(found))
            insert_findings(database, file, AMONG_CLAIMS, [row])


def _unknown(database: sqlite3.Connection, affected: Affected, ground: Callable[[], Ground]) -> None:
    """Say which relations lead to no claim; the guesses at what was meant depend on all ids."""
    sql = (
        "SELECT DISTINCT place, file, digest FROM relations JOIN claims USING (place) "
        "WHERE target NOT IN (SELECT id FROM claims)"
    )
    dangling = database.execute(sql).fetchall() if affected.ids or affected.places else []
    if affected.ids:
        database.execute("DELETE FROM findings WHERE rule = 'unknown-claim' AND origin = ?", (AMONG_CLAIMS,))
    wanted = [row for row in dangling if affected.ids or row[0] in affected.places]
    if wanted:
        known = Ids(dict(database.execute("SELECT id, file FROM claims ORDER BY place")))
        deriver = ground().deriver()
        for place, file, digest in wanted:
            insert_or_doubt(database, place, file, AMONG_CLAIMS, deriver.unknown_claims(file, digest, known))


def _contradictions(database: sqlite3.Connection, ids: set[str], *, everything: bool) -> None:
    """Say of claims with some ids which of them others contradict, a few at a time."""
    if everything:
        database.execute("DELETE FROM reasons WHERE weight = ?", (WEIGHTS[Reason.CONTRADICTED],))
    settings, ordered = settings_of(database), sorted(ids)
    for first in range(0, len(ordered), _AT_A_TIME):
        wanted = set(ordered[first : first + _AT_A_TIME])
        _contradicted(database, wanted, settings)


def _contradicted(database: sqlite3.Connection, wanted: set[str], settings: Settings) -> None:
    weight = WEIGHTS[Reason.CONTRADICTED]
    near = wanted | {other for name in wanted for other in _opponents(database, name)}
    place_of = {file: place for name in near for file, place in _called(database, name)}
    found = list(summaries_at(database, place_of.values()))
    against = opposed(found)
    for name in wanted:
        for _, place in _called(database, name):
            database.execute("DELETE FROM reasons WHERE place = ? AND weight = ?", (place, weight))
    for summary in found:
        if summary.id not in wanted or not against[summary.id]:
            continue
        for item in reasons(summary, settings.names, settings.patience, against[summary.id]):
            if item.why.reason is Reason.CONTRADICTED:
                row = (place_of[summary.file], *reason_row(item))
                database.execute("INSERT INTO reasons VALUES (?, ?, ?, ?, ?, ?)", row)


def _opponents(database: sqlite3.Connection, name: str) -> list[str]:
    """Return the ids that contradict one, or that it contradicts."""
    return [other for (other,) in database.execute(_OPPONENTS, (name,))]


def _called(database: sqlite3.Connection, name: str) -> list[tuple[str, int]]:
    """Return the files with an id, and their places."""
    return database.execute("SELECT file, place FROM claims WHERE id = ?", (name,)).fetchall()
