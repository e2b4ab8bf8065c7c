"""Track records: for each publisher, agency and claimant, how often what it said came true.

`DEFINITIONS` says how it is counted, in the words that are shown wherever a track record is. What each
definition keeps out: a relay's luck from whom it relays (original reports apart), a rating that is no answer
(only the scale), early failures and early successes (nothing before its day), the credit for saying it may be
so (hedged apart), and a percentage of next to nothing (none under five).
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import product
from typing import NamedTuple, overload

from claimbook.record.ratings import Rating
from claimbook.record.summary import Chain, Summary, VerdictFacts
from claimbook.record.terms import Certainty, Fidelity, Kind, Stance
from claimbook.review.origins import Names, ending
from claimbook.review.scoring import FEWEST, Said, Tally
from claimbook.review.words import Standpoint

DEFINITIONS = {
    "true, false": (
        "Rated true or mostly true, false or mostly false; mixed stands beside, other ratings do not count. "
        "The last verdict holds. A claim counts once for a name in a role."
    ),
    "origin": "The chain of who has it from whom ends there.",
    "relay": "It passed the claim on. That a statement was made counts for those who relayed it only.",
    "claimant": "It is said to have stated it.",
    "hedged": (
        "Every passage that carries it for the name hedges. For those whom an article has it from, one that "
        "it is noted to have strengthened counts as hedged, and one that it weakened as plain."
    ),
    "left out": (
        "A source that doubts a claim. Where one is noted as distorting what it has from somebody, only its "
        "publisher counts. A source that denies a claim is right where that is false."
    ),
    "not due": (
        "A prediction, and whatever else has a last day, counts once that day is past; a prediction without "
        "one never does."
    ),
    "share": f"Of n, true and false together, with Wilson's 95 % interval; none where n is under {FEWEST}.",
}
"""How it is counted, in the words that are shown."""

FORECAST_DEFINITIONS = {
    "Brier score": (
        "The mean square by which forecasts missed: 0 best, 1 worst, 0.25 for always saying 50 %. A "
        "reviewer's forecasts on one claim are averaged first. A forecast counts if its claim does and came "
        "out true or false, and if it was given no later than the verdict that settled it."
    ),
    "calibration": "Of what was held so likely, how much came true; every forecast counts once.",
}
"""How forecasts are counted."""


class Role(StrEnum):
    """What a name is to a claim."""

    ORIGIN = "origin"
    RELAY = "relay"
    CLAIMANT = "claimant"


class Outcome(StrEnum):
    """What came of something that was said."""

    TRUE = "true"
    FALSE = "false"
    MIXED = "mixed"
    NOT_DUE = "not due"
    UNSCORED = "unscored"


@dataclass(frozen=True, slots=True)
class Saying:
    """That a name said a claim, or denied it, in one role."""

    claim: str
    """The claim's id."""
    role: Role
    """In which role."""
    denied: bool
    """Whether it said the opposite."""
    hedged: bool
    """Whether it only said that it may be so."""
    outcome: Outcome
    """What came of it, for what was said: of a denial the opposite of the claim's rating."""


_WAYS = list(product(Role, (False, True), (False, True), Outcome))
_NUMBERS = {way: number for number, way in enumerate(_WAYS)}


class Sayings(Sequence[Saying]):
    """What a name said, by claim: a number for each, as a large book has very many."""

    def __init__(self, ids: Sequence[str]) -> None:
        """Take the ids of all claims, by their numbers."""
        self._ids = ids
        self._said = array("L")

    def __len__(self) -> int:
        return len(self._said)

    @overload
    def __getitem__(self, index: int) -> Saying: ...
    @overload
    def __getitem__(self, index: slice) -> list[Saying]: ...
    def __getitem__(self, index: int | slice) -> Saying | list[Saying]:
        if isinstance(index, slice):
            return [self._saying(said) for said in self._said[index]]
        return self._saying(self._said[index])

    def add(self, claim: int, role: Role, outcome: Outcome, *, denied: bool, hedged: bool) -> None:
        """Take in one more, of the claim with that number."""
        self._said.append(claim * len(_WAYS) + _NUMBERS[role, denied, hedged, outcome])

    def sort(self) -> None:
        """Put them in the order of their claims' ids."""
        self._said = array("L", sorted(self._said, key=lambda said: self._ids[said // len(_WAYS)]))

    def _saying(self, said: int) -> Saying:
        claim, way = divmod(said, len(_WAYS))
        return Saying(self._ids[claim], *_WAYS[way])


@dataclass(slots=True)
class Record:
    """The track record of one name."""

    name: str | None
    """The name; None for forecasts by nobody who is named."""
    sayings: Sayings
    """All that it said, by claim."""
    forecasts: list[Said] = field(default_factory=list)
    """What it held likely as a reviewer, where the outcome is known."""

    def tally(self, role: Role, *, hedged: bool) -> Tally:
        """Count what it said in a role, plainly or hedged."""
        found = Counter(item.outcome for item in self.sayings if item.role is role and item.hedged is hedged)
        return Tally(*(found[outcome] for outcome in (Outcome.TRUE, Outcome.FALSE, Outcome.MIXED)))

    @property
    def not_due(self) -> int:
        """Claims whose day has not come."""
        return len({item.claim for item in self.sayings if item.outcome is Outcome.NOT_DUE})

    @property
    def unscored(self) -> int:
        """Claims that count in no role, as no rating on the scale was given or they were statements."""
        counted = {item.claim for item in self.sayings if item.outcome is not Outcome.UNSCORED}
        return len({item.claim for item in self.sayings} - counted)

    @property
    def weight(self) -> int:
        """How much there is to tell: everything scored, and forecasts."""
        scored = (Outcome.TRUE, Outcome.FALSE, Outcome.MIXED)
        return sum(item.outcome in scored for item in self.sayings) + len(self.forecasts)


def track_records(summaries: Iterable[Summary], seen_from: Standpoint) -> list[Record]:
    """Return the track record of everybody who said something, most to tell first, then by name."""
    names = Names(seen_from.names)
    found: dict[str | None, Record] = {}
    ids: list[str] = []
    for claim, summary in enumerate(summaries):
        ids.append(summary.id)
        for part, denied, hedged, came in _sayings(summary, names, seen_from.today):
            said = _record(found, part.name, ids).sayings
            said.add(claim, part.role, came, denied=denied, hedged=hedged)
        for by, forecast in _forecasts(summary, seen_from.today):
            _record(found, names.meant(by) if by else None, ids).forecasts.append(forecast)
    for record in found.values():
        record.sayings.sort()
        record.forecasts.sort(key=lambda said: said.claim)
    return sorted(found.values(), key=lambda record: (-record.weight, (record.name or "").casefold()))


def _record(found: dict[str | None, Record], name: str | None, ids: Sequence[str]) -> Record:
    """Return the record of a name; of its spellings the one that sorts first is shown."""
    key = name.casefold() if name else None
    if (record := found.get(key)) is None:
        record = found[key] = Record(name, Sayings(ids))
    if name and record.name:
        record.name = min(record.name, name)
    return record


def outcome(summary: Summary, today: date) -> Outcome:
    """Return what came of a claim, as of a day."""
    if summary.kind is Kind.PREDICTION and summary.due is None:
        return Outcome.NOT_DUE
    if summary.due is not None and summary.due.last >= today:
        return Outcome.NOT_DUE
    return _rated(summary.rating)


def _rated(rating: Rating | None) -> Outcome:
    if rating is None or not rating.on_scale:
        return Outcome.UNSCORED
    if rating is Rating.MIXED:
        return Outcome.MIXED
    return Outcome.TRUE if rating.side == "supports" else Outcome.FALSE


_OPPOSITE = {Outcome.TRUE: Outcome.FALSE, Outcome.FALSE: Outcome.TRUE}


def _sayings(summary: Summary, names: Names, today: date) -> Iterator[tuple["_Part", bool, bool, Outcome]]:
    """Yield what each name said of a claim, once in each role, whatever the number of passages.

    That is a part that it has in it, whether it denied it and hedged, and what came of it.
    """
    carried: dict[tuple[str, Role, bool], list[_Part]] = {}
    for source in summary.sources:
        if source.stance is Stance.DOUBTS:
            continue
        denied = source.stance is Stance.DENIES
        for part in _parts(source, names, statement=summary.kind is Kind.STATEMENT):
            carried.setdefault((part.name.casefold(), part.role, denied), []).append(part)
    came = outcome(summary, today)
    for (name, role, denied), parts in carried.items():
        if role is Role.RELAY and (name, Role.ORIGIN, denied) in carried:
            continue
        result = came if parts[0].scored else Outcome.UNSCORED
        if denied:
            result = _OPPOSITE.get(result, result)
        yield parts[0], denied, all(part.hedged for part in parts), result


class _Part(NamedTuple):
    """That one source carries a claim for a name."""

    name: str
    role: Role
    hedged: bool
    scored: bool = True


def _parts(source: Chain, names: Names, *, statement: bool) -> Iterator[_Part]:
    """Yield whom a source speaks for: its publisher, those on the way, the origin, the claimant."""
    end = ending(source, names)
    own = end is not None and end.own
    by = names.meant(source.by) if source.by else None
    hedged = source.certainty is Certainty.HEDGED
    if source.publisher and not (by and names.same(source.publisher, by)):
        role = Role.ORIGIN if own and not statement else Role.RELAY
        yield _Part(names.meant(source.publisher), role, hedged)
    if source.fidelity is Fidelity.DISTORTED:
        return
    hedged = source.fidelity is Fidelity.STRENGTHENED or (hedged and source.fidelity is not Fidelity.WEAKENED)
    for name, sort in _named(source):
        if not (by and names.same(name, by)):
            yield _link(names.meant(name), sort, hedged=hedged, statement=statement)
    if by:
        yield _Part(by, Role.CLAIMANT, hedged, scored=not statement)


class _Sort(StrEnum):
    """Where a name stands in a chain."""

    ON_THE_WAY = "on the way"
    QUOTES_UNNAMED = "quotes people it does not name"
    LAST = "last"


def _named(source: Chain) -> Iterator[tuple[str, _Sort]]:
    """Yield the names that a source has it from, nearest first, and where they stand."""
    links = source.links or ()
    last = max((index for index, link in enumerate(links) if link.name), default=-1)
    for index, link in enumerate(links):
        if link.name:
            end = _Sort.LAST if last == len(links) - 1 else _Sort.QUOTES_UNNAMED
            yield link.name, end if index == last else _Sort.ON_THE_WAY


def _link(name: str, sort: _Sort, *, hedged: bool, statement: bool) -> _Part:
    """Say what a name in a chain is to the claim.

    A statement is made by the last of the chain: whether it was made is for the others to get right.
    """
    if statement and sort is _Sort.LAST:
        return _Part(name, Role.ORIGIN, hedged, scored=False)
    relays = statement or sort is _Sort.ON_THE_WAY
    return _Part(name, Role.RELAY if relays else Role.ORIGIN, hedged)


def _forecasts(summary: Summary, today: date) -> Iterator[tuple[str | None, Said]]:
    """Yield the forecasts on a claim that came out, with who made them."""
    came = outcome(summary, today)
    settled = _settled(summary.verdicts)
    if came not in (Outcome.TRUE, Outcome.FALSE) or settled is None:
        return
    for said in summary.forecasts:
        if said.date.first <= settled:
            yield said.by, Said(summary.id, said.probability, came is Outcome.TRUE)


def _settled(verdicts: Sequence[VerdictFacts]) -> date | None:
    """Return when the claim was settled at the latest: by the first of its last verdicts on the scale."""
    settling = None
    for verdict in reversed(verdicts):
        if not verdict.rating.on_scale:
            break
        settling = verdict.date.last
    return settling
