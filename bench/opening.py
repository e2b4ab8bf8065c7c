"""Opening a book that nothing is known of yet, against draining PyYAML's C parser over the same files."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from deskscreen import has_claims, is_ready, open_desk, tells_progress
from footprint import together
from measure import Took, by_turns, run, say, wait_until_quiet
from onscreen import Terminal, shows
from rows import Row, beside
from setting import PROGRAM, Setting

TITLE = "Cold: no index"
_DRAIN = Path(__file__).parent / "drain.py"
_EMPTY = Path(__file__).parent / "empty.py"
_PEER = "draining CSafeLoader's events, one core"
_PATIENCE = 0.3
"""Seconds after which a person is to see that something happens."""
_FEW = 3
"""How often the desk is opened on a book of more than 10,000."""


def rows(setting: Setting) -> Iterator[Row]:
    """Open books of 10,000 and 100,000, with a command and on the desk."""
    for number in [size for size in setting.sizes if size >= 10_000] or [setting.largest]:
        say(f"cold opening of {number:,} ...")
        yield _command(setting, number)
        yield from _desk(setting, number)
    yield from _progress(setting)


def _command(setting: Setting, number: int) -> Row:
    book = setting.book(number)
    took = by_turns(
        {"drain": lambda: drain(book), "list": lambda: cold(setting, book, "list")}, setting.rounds
    )
    return beside(f"claimbook list, {number:,}", took["list"], _PEER, took["drain"], ratio=1.0)


def _desk(setting: Setting, number: int) -> Iterator[Row]:
    """Open the desk cold: what is seen when, and the memory of all its processes."""
    seen: dict[str, list[float]] = {"claims": [], "ready": [], "drain": [], "memory": []}
    rounds = setting.rounds if number <= 10_000 else min(setting.rounds, _FEW)
    for _ in range(rounds):
        seen["drain"].append(drain(setting.book(number)))
        setting.forget("cold-desk")
        with open_desk(setting, number, "cold-desk") as terminal, together(terminal.process) as most:
            seen["claims"].append(terminal.until(has_claims, timeout=3_000) - terminal.begun)
            seen["ready"].append(terminal.until(is_ready, timeout=3_000) - terminal.begun)
            terminal.settle(0.5)
        seen["memory"].append(most[0])
    drained, times = median(seen["drain"]), f"{rounds} times"
    name = f"the desk, {number:,}: first claims"
    yield Row(name, median(seen["claims"]), _PEER, drained, ratio=1.0, note=times)
    name = f"the desk, {number:,}: all read and checked"
    yield Row(name, median(seen["ready"]), _PEER, drained, ratio=1.0, note=times)
    name = f"the desk, {number:,}: most memory of all its processes while it reads"
    yield Row(name, max(seen["memory"]), unit="MB", most=120 if number >= 100_000 else None)


def _progress(setting: Setting) -> Iterator[Row]:
    """Say how soon something is said, beside the least that must come before: a start."""
    number = setting.largest
    book, env = setting.book(number), setting.environment("cold-desk")
    took: dict[str, list[float]] = {"desk": [], "empty": [], "list": [], "version": []}
    for _ in range(setting.rounds):
        wait_until_quiet()
        setting.forget("cold-desk")
        with Terminal([sys.executable, _EMPTY], cwd=book, env=env) as terminal:
            took["empty"].append(terminal.until(shows("ready")) - terminal.begun)
        with open_desk(setting, number, "cold-desk", quiet=False) as terminal:
            seen = terminal.until(lambda one: tells_progress(one) or has_claims(one))
            took["desk"].append(seen - terminal.begun)
        took["version"].append(run([PROGRAM, "--version"], cwd=book, env=env))
        with Terminal([PROGRAM, "list"], cwd=book, env=env) as terminal:
            took["list"].append(terminal.until(shows(r"\S"), timeout=900) - terminal.begun)
    middle = {name: median(times) for name, times in took.items()}
    for ours, theirs, peer in (
        ("desk", "empty", "the first paint of an empty Textual app"),
        ("list", "version", "claimbook --version"),
    ):
        name = f"progress on the screen, {'the desk' if ours == 'desk' else 'claimbook list'}, {number:,}"
        yield Row(name, middle[ours], peer, middle[theirs], most=middle[theirs] + _PATIENCE)


def cold(setting: Setting, book: Path, *words: str) -> float:
    """Run a command of ours whose user has no cache, and return its seconds."""
    setting.forget("cold")
    return run([PROGRAM, *words], cwd=book, env=setting.environment("cold"), codes=(0, 1))


def drain(book: Path) -> float:
    """Drain PyYAML's C parser over the records of a book in a new process, and return the seconds of that."""
    done = subprocess.run([sys.executable, _DRAIN, book], capture_output=True, text=True, check=True)
    return Took.of(*map(float, done.stdout.split()))
