"""Measuring a call, and the records it is measured on."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent


def median(call: Callable[[], object], times: int = 7, *, rounds: int = 1) -> float:
    """Return the median of several measurements of so many calls each, in seconds per call."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        for _ in range(rounds):
            call()
        found.append((time.perf_counter() - start) / rounds)
    return statistics.median(found)


def records() -> list[bytes]:
    """Return the bytes of every record of this repository's book."""
    return [path.read_bytes() for path in sorted((REPOSITORY / "claims").rglob("*.yaml"))]
