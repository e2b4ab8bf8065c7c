"""Opening a book that nothing is known of yet, against draining PyYAML's C parser over the same files."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from deskscreen import has_claims, is_ready, open_desk, tells_progress
from footprint import together
from measure import by_turns, run, say
from rows import Row
from setting import PROGRAM, Setting

TITLE = "Cold: no index"
_DRAIN = Path(__file__).parent / "drain.py"


def rows(setting: Setting) -> Iterator[Row]:
    """Open books of 10,000 and 100,000, with a command and on the desk."""
    for number in [size for size in setting.sizes if size >= 10_000] or [setting.largest]:
        yield from _command(setting, number)
        yield from _desk(setting, number)


def _command(setting: Setting, number: int) -> Iterator[Row]:
    say(f"cold opening of {number:,} ...")
    book = setting.book(number)
    took = by_turns(
        {"drain": lambda: drain(book), "list": lambda: cold(setting, book, "list")}, setting.rounds
    )
    name, peer = f"`claimbook list`, {number:,} records", "draining CSafeLoader's events, one core"
    yield Row(name, median(took["list"]), peer, median(took["drain"]), ratio=1.0, note=_spread(took["list"]))


def _desk(setting: Setting, number: int) -> Iterator[Row]:
    """Open the desk cold: what is seen when, and the memory of all its processes."""
    seen: dict[str, list[float]] = {"progress": [], "claims": [], "ready": [], "memory": []}
    rounds = setting.rounds if number <= 10_000 else min(setting.rounds, 3)
    for _ in range(rounds):
        setting.forget("cold-desk")
        with open_desk(setting, number, "cold-desk") as terminal, together(terminal.process) as most:
            seen["progress"].append(terminal.until(lambda one: tells_progress(one) or has_claims(one)))
            seen["claims"].append(terminal.until(has_claims, timeout=900))
            seen["ready"].append(terminal.until(is_ready, timeout=900))
            for name in ("progress", "claims", "ready"):
                seen[name][-1] -= terminal.begun
            terminal.settle(0.5)
        seen["memory"].append(most[0])
    drained = median(by_turns({"drain": lambda: drain(setting.book(number))}, rounds)["drain"])
    peer = "draining, as above"
    yield Row(f"the desk, {number:,}: something is said", median(seen["progress"]), note=_times(rounds))
    yield Row(
        f"the desk, {number:,}: first claims", median(seen["claims"]), peer, drained, note=_times(rounds)
    )
    yield Row(f"the desk, {number:,}: all read and checked", median(seen["ready"]), peer, drained, ratio=1.0)
    name = f"the desk, {number:,}: most memory of all its processes, while it reads"
    yield Row(name, max(seen["memory"]), unit="MB", most=120 if number >= 100_000 else None)


def cold(setting: Setting, book: Path, *words: str) -> float:
    """Run a command of ours whose user has no cache, and return its seconds."""
    setting.forget("cold")
    return run([PROGRAM, *words], cwd=book, env=setting.environment("cold"), codes=(0, 1))


def drain(book: Path) -> float:
    """Drain PyYAML's C parser over the records of a book in a new process, and return the seconds of that."""
    done = subprocess.run([sys.executable, _DRAIN, book], capture_output=True, text=True, check=True)
    return float(done.stdout)


def _spread(took: list[float]) -> str:
    return f"{took[0]:.1f}–{took[-1]:.1f} s, {_times(len(took))}"


def _times(number: int) -> str:
    return f"{number} times"
