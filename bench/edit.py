"""Changing a record and keeping every other byte, against ruamel.yaml's round trip of the same record."""

import io
import statistics
from collections.abc import Callable, Iterator

from claimbook.record.changes import Append, Change, SetField
from claimbook.record.editing import apply
from claimbook.record.source import decode
from measure import median, records, say, wait_until_quiet
from rows import Row
from setting import Setting

TITLE = "Changing the text of a record"
_AHEAD = 0.1

VERDICT = {"date": "2026-11-21", "rating": "mixed", "by": "desk", "why": "Both sides have said so."}
CHANGES: tuple[tuple[str, tuple[Change, ...]], ...] = (
    ("set the status", (SetField(("status",), "reviewing"),)),
    ("append a verdict", (Append(("verdicts",), VERDICT),)),
    (
        "append a verdict and set the status",
        (Append(("verdicts",), VERDICT), SetField(("status",), "shelved")),
    ),
)


def rows(setting: Setting) -> Iterator[Row]:
    """Change a record of the book's median size, from its bytes to its new bytes, read back."""
    del setting
    data = sorted(records(), key=len)[len(records()) // 2]
    theirs = _round_trip(data)
    if theirs is None:
        say("left out: ruamel.yaml is not installed")
        return
    wait_until_quiet()
    for name, changes in CHANGES:
        took, peer_took = _by_turns(_change(data, changes), theirs)
        named = f"{name}, {len(data) / 1024:.1f} KB"
        yield Row(named, took, "ruamel.yaml's round trip", peer_took, ratio=_AHEAD)


def _by_turns(ours: Callable[[], object], theirs: Callable[[], object]) -> tuple[float, float]:
    """Measure two calls by turns, so that other work on the machine weighs on both; return the medians."""
    pairs = [(median(ours, 1, rounds=10), median(theirs, 1)) for _ in range(15)]
    return statistics.median(one for one, _ in pairs), statistics.median(other for _, other in pairs)


def _change(data: bytes, changes: tuple[Change, ...]) -> Callable[[], bytes]:
    def change() -> bytes:
        source, _ = decode(data, "record.yaml")
        return source.to_bytes(apply(source, changes))

    return change


def _round_trip(data: bytes) -> Callable[[], str] | None:
    try:
        from ruamel.yaml import YAML  # noqa: PLC0415 - a peer that may be missing
    except ImportError:
        return None

    def round_trip() -> str:
        yaml = YAML()
        yaml.preserve_quotes = True
        out = io.StringIO()
        yaml.dump(yaml.load(data), out)
        return out.getvalue()

    return round_trip
