"""Pairs of realistic edits of one record, made by two people at once, and what should come of each.

An edit is a change as a person makes it. Two edits conflict truly where both say something else of one value,
or where one takes away what the other changes; all others should merge, and the result says both.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claimbook.record.changes import Append, Change, Remove, SetField
from claimbook.record.editing import apply
from claimbook.record.model import Claim
from claimbook.record.reading import read_record
from claimbook.record.refusal import EditRefused
from claimbook.record.source import SourceText

_WORDS = ("plans", "rumour", "supply", "prices", "range", "design", "launch", "plant")
_VALUES: dict[str, tuple[str, ...]] = {
    "kind": ("rumour", "prediction", "statement", "opinion"),
    "status": ("open", "reviewing", "shelved"),
    "due": ("2025", "2026-03", "2027"),
    "assigned": ("ann", "bob"),
    "review_on": ("2027-01-01", "2027-06"),
    "notes": ("Ask the reporter.", "Look at the filing once more.\nIt may be another one."),
    "claim": ("Apple sells a car in 2024.", "Apple makes a car by 2024."),
    "settles_when": ("A car is for sale.", "A car is shown, or the year ends."),
}
_PARTS: dict[str, dict[str, tuple[str, ...]]] = {
    "sources": {
        "stance": ("asserts", "relays"),
        "certainty": ("plain", "hedged"),
        "fidelity": ("accurate", "weakened", "distorted"),
        "note": ("See the last paragraph.", "In the headline too."),
    },
    "evidence": {
        "bearing": ("supports", "context"),
        "seen": ("2026-11-20", "2026-11-19"),
        "note": ("Read again.", "Says so at the end."),
    },
}


@dataclass(frozen=True)
class Edit:
    """What one person does to a record."""

    changes: tuple[Change, ...]
    """The changes; the text is changed by them as claimbook does, and as a careful person would."""


def edit(claim: Claim, who: str, chance: random.Random) -> Edit:
    """Return one to three changes as people make them to such a record."""
    kinds: Sequence[Callable[[], Change | None]] = (
        lambda: Append(("verdicts",), _verdict(who, chance)),
        lambda: Append(("evidence",), _evidence(who, chance)),
        lambda: _set_field(chance),
        lambda: _set_part(claim, chance),
        lambda: Append(("tags",), chance.choice(_WORDS)),
        lambda: Append(("about",), chance.choice(("Magna", "Foxconn", "Hyundai"))),
        lambda: _remove_part(claim, chance),
    )
    made = [chance.choices(kinds, (5, 5, 6, 6, 2, 1, 1))[0]() for _ in range(chance.choice((1, 1, 2, 3)))]
    chosen: dict[tuple[Any, ...], Change] = {}
    for change in made:
        if change is None or any(_touch(change.path, path) for path in chosen):
            continue
        if not _changes_nothing(claim, change):
            chosen[change.path] = change
    return Edit(tuple(sorted(chosen.values(), key=lambda c: isinstance(c, Remove))))


def _changes_nothing(claim: Claim, change: Change) -> bool:
    """Tell whether a record says already what a change would have it say."""
    value: Any = claim.model_dump(mode="json", by_alias=True)
    for step in change.path:
        value = value[step] if isinstance(step, int) else value.get(step)
    if isinstance(change, Append):
        return change.item in (value or [])
    return isinstance(change, SetField) and value == change.value


def _verdict(who: str, chance: random.Random) -> dict[str, str]:
    rating = chance.choice(("true", "mixed", "false", "unproven"))
    return {
        "date": "2026-11-21",
        "rating": rating,
        "by": who,
        "why": f"So {who} says, of the {_word(chance)}.",
    }


def _evidence(who: str, chance: random.Random) -> dict[str, str]:
    address = f"https://example.org/{who}/{_word(chance)}"
    return {"url": address, "publisher": "Example", "bearing": chance.choice(("supports", "refutes"))}


def _word(chance: random.Random) -> str:
    return chance.choice(_WORDS)


def _set_field(chance: random.Random) -> Change:
    key = chance.choice(list(_VALUES))
    return SetField((key,), chance.choice(_VALUES[key]))


def _set_part(claim: Claim, chance: random.Random) -> Change | None:
    key = chance.choice(list(_PARTS))
    items = getattr(claim, key)
    if not items:
        return None
    field = chance.choice(list(_PARTS[key]))
    return SetField((key, chance.randrange(len(items)), field), chance.choice(_PARTS[key][field]))


def _remove_part(claim: Claim, chance: random.Random) -> Change | None:
    return Remove(("evidence", chance.randrange(len(claim.evidence)))) if len(claim.evidence) > 1 else None


def _touch(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    """Tell whether two paths are of one value, or one within the other; appending touches no item."""
    return one[: len(other)] == other or other[: len(one)] == one


def conflict(one: Edit, other: Edit) -> bool:
    """Tell whether two edits truly conflict."""
    return any(_conflict(a, b) for a in one.changes for b in other.changes)


def _conflict(one: Change, other: Change) -> bool:
    if isinstance(one, Append) or isinstance(other, Append):
        return False
    return one != other and _touch(one.path, other.path)


def applied(text: str, made: Edit) -> str | None:
    """Return a record's text with an edit, None where it changes nothing or cannot be made."""
    try:
        after = apply(SourceText("", text), made.changes)
    except EditRefused:
        return None
    if after == text or read_record(after.encode(), "").content is None:
        return None
    return after


@dataclass(frozen=True)
class Pair:
    """Two people's versions of one record."""

    base: str
    ours: str
    theirs: str
    edits: tuple[Edit, Edit]

    @property
    def conflicts(self) -> bool:
        """Tell whether the two truly conflict."""
        return conflict(*self.edits)


def pairs(records: Sequence[Path], number: int, seed: int) -> list[Pair]:
    """Make pairs of edits of records that are there."""
    chance = random.Random(seed)  # noqa: S311 - no secrets
    made: list[Pair] = []
    while len(made) < number:
        base = chance.choice(records).read_text()
        claim = read_record(base.encode(), "").content
        if claim is None:
            continue
        edits = edit(claim, "ann", chance), edit(claim, "bob", chance)
        ours, theirs = (applied(base, one) for one in edits)
        if ours and theirs and ours != theirs:
            made.append(Pair(base, ours, theirs, edits))
    return made


def says_both(pair: Pair, merged: str) -> bool:
    """Tell whether a merged record says what either edit says and all else as it was."""
    expected, found = (_content(text) for text in (_both(pair), merged))
    return expected is not None and expected == found


def _both(pair: Pair) -> str:
    """Make both edits one after the other; items are taken away last, so that places stay."""
    one, other = pair.edits
    changes = [c for c in (*one.changes, *other.changes) if not isinstance(c, Remove)]
    gone = {c.path: c for c in (*one.changes, *other.changes) if isinstance(c, Remove)}
    last = sorted(gone.values(), key=lambda c: c.path[1:], reverse=True)
    added: list[Change] = []
    for change in (*changes, *last):
        if change not in added:
            added.append(change)
    return apply(SourceText("", pair.base), added)


def _content(text: str) -> Any:
    claim = read_record(text.encode(), "").content
    return None if claim is None else claim.model_dump(mode="json")
