"""Changing a record and keeping every other byte, against ruamel.yaml's round trip of the same record."""

import io
import statistics
from collections.abc import Callable

from claimbook.record.changes import Append, Change, SetField
from claimbook.record.editing import apply
from claimbook.record.source import decode
from measure import median, records

VERDICT = {"date": "2026-11-21", "rating": "mixed", "by": "desk", "why": "Both sides have said so."}
CHANGES: tuple[tuple[str, tuple[Change, ...]], ...] = (
    ("set the status", (SetField(("status",), "reviewing"),)),
    ("append a verdict", (Append(("verdicts",), VERDICT),)),
    (
        "append a verdict and set the status",
        (Append(("verdicts",), VERDICT), SetField(("status",), "shelved")),
    ),
)


def rows() -> list[tuple[str, float, str, float]]:
    """Change a record of the book's median size, from its bytes to its new bytes, read back."""
    data = sorted(records(), key=len)[len(records()) // 2]
    theirs = _round_trip(data)
    if theirs is None:
        return []
    size, peer = f"{len(data) / 1024:.1f} KB", "ruamel.yaml's round trip"
    found = []
    for name, changes in CHANGES:
        took, peer_took = _by_turns(_change(data, changes), theirs)
        found.append((f"{name}, {size}", took, peer, peer_took))
    return found


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


if __name__ == "__main__":
    for name, ours, peer, theirs in rows():
        print(f"{name}: {ours * 1e3:.2f} ms; {peer}: {theirs * 1e3:.2f} ms; {theirs / ours:.1f} x faster")
