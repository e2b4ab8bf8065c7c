"""Measuring: calls and programs, by turns with what they are measured against, when the machine is quiet."""

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Self

REPOSITORY = Path(__file__).parent.parent
_QUIET = 0.7
"""The share of both cores that must be idle before a measurement begins."""
_PATIENCE = 6.0
"""Seconds to wait for that; then it is measured all the same, and the results say so."""


class Took(float):
    """Seconds from start to end, which know the seconds of work in them, of all cores."""

    work: float

    @classmethod
    def of(cls, seconds: float, work: float) -> Self:
        """Join both."""
        took = cls(seconds)
        took.work = work
        return took


waits = {"rounds": 0, "waited": 0, "busy": 0}
"""How many rounds there were, how many had to wait, and before how many it never became quiet."""


def median(call: Callable[[], object], times: int = 7, *, rounds: int = 1) -> float:
    """Return the median of several measurements of so many calls each, in seconds per call."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        for _ in range(rounds):
            call()
        found.append((time.perf_counter() - start) / rounds)
    return statistics.median(found)


def by_turns(calls: Mapping[str, Callable[[], float]], times: int = 5) -> dict[str, list[float]]:
    """Make several calls by turns, each of which returns its seconds, and return these, smallest first.

    Other work on the machine then weighs on all of them alike.
    """
    found: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(times):
        wait_until_quiet()
        for name, call in calls.items():
            found[name].append(call())
    return {name: sorted(seconds) for name, seconds in found.items()}


def seconds(call: Callable[[], object]) -> float:
    """Return how long a call takes."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def run(
    words: Sequence[str | Path], *, cwd: Path, env: Mapping[str, str], codes: Sequence[int] = (0,)
) -> float:
    """Run a program, its output thrown away, and return its seconds from start to end.

    What it returns is `Took`.

    Raises:
        RuntimeError: where it ends with a code that it is not to end with.
    """
    before, start = _children(), time.perf_counter()
    done = subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env=dict(env),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    took = time.perf_counter() - start
    if done.returncode not in codes:
        told = done.stderr.decode(errors="replace")[-500:]
        raise RuntimeError(f"{' '.join(map(str, words))} ended with {done.returncode}: {told}")
    return Took.of(took, _children() - before)


def wait_until_quiet() -> None:
    """Wait until nobody else works on the machine, but not for ever."""
    waits["rounds"] += 1
    until = time.monotonic() + _PATIENCE
    if _idle() >= _QUIET:
        return
    waits["waited"] += 1
    while time.monotonic() < until:
        if _idle(0.4) >= _QUIET:
            return
    waits["busy"] += 1


def say(text: str) -> None:
    """Tell on stderr what is being done."""
    print(text, file=sys.stderr, flush=True)


def records() -> list[bytes]:
    """Return the bytes of every record of this repository's book."""
    return [path.read_bytes() for path in sorted((REPOSITORY / "claims").rglob("*.yaml"))]


def _children() -> float:
    """Return the seconds that programs which have ended worked."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _idle(span: float = 0.1) -> float:
    """Return the share of all cores that was idle for a moment; 1 where the system does not tell."""
    try:
        before = _ticks()
        time.sleep(span)
        after = _ticks()
    except OSError:
        return 1.0
    whole = sum(after) - sum(before)
    return (after[3] + after[4] - before[3] - before[4]) / whole if whole else 1.0


def _ticks() -> list[int]:
    return [
        int(word) for word in Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0].split()[1:9]
    ]
