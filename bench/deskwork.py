"""The desk on a book that it knows already, in a terminal: what the largest book costs."""

import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from deskkeys import filters, moves, typing
from deskscreen import files_seen, has_claims, open_desk, settle, tells_progress
from footprint import bytes_read, cpu, own_peak
from measure import by_turns, say, seconds
from rows import Row, figure
from setting import Setting
from terminal import Terminal, shows

TITLE = "Warm: the desk"
SMALL = 100
"""The book that a large one is to be as quick as."""
_EMPTY = Path(__file__).parent / "empty.py"
_QUIT = "\x1b\x11"
_PEER = f"the same with {SMALL}"


def rows(setting: Setting) -> Iterator[Row]:
    """Open a large book and a small one side by side, and work on both by turns."""
    number = setting.largest
    for size in (number, SMALL):
        say(f"warming the desk on {size:,} ...")
        _warm(setting, size)
    yield from _paint(setting, number)
    say(f"keys on the desk, {number:,} beside {SMALL} ...")
    env = setting.environment("desk")
    with (
        open_desk(setting, number, _home(number)) as large,
        open_desk(setting, SMALL, _home(SMALL)) as small,
        Terminal([sys.executable, _EMPTY, "line"], cwd=setting.place, env=env) as empty,
    ):
        pair = {"large": large, "small": small}
        for terminal in pair.values():
            settle(terminal)
        empty.until(shows("ready"))
        yield from moves(pair, _PEER, number)
        yield from filters(pair, empty, _PEER, number)
        yield typing(large, number)
        yield _outside(large, setting.book(number), number)
        yield _look(large, setting.book(number), number)
        name = f"most memory of the desk with {number:,}, used as above"
        yield Row(name, own_peak(large.process), unit="MB", most=120 if number >= 100_000 else None)
        for terminal in pair.values():
            terminal.leave(_QUIT)


def _home(number: int) -> str:
    return f"desk-{number}"


def _warm(setting: Setting, number: int) -> None:
    """Have the desk read a book and leave what it knows in the cache."""
    with open_desk(setting, number, _home(number), quiet=False) as terminal:
        settle(terminal)
        terminal.leave(_QUIT)


def _paint(setting: Setting, number: int) -> Iterator[Row]:
    """Start the desk again and again, and an empty app by turns with it."""
    say("first paint ...")
    env = setting.environment("desk")

    def desk(size: int) -> float:
        with open_desk(setting, size, _home(size), quiet=False) as terminal:
            took = terminal.until(has_claims, timeout=900) - terminal.begun
            settle(terminal)
            terminal.leave(_QUIT)
        return took

    def empty() -> float:
        with Terminal([sys.executable, _EMPTY], cwd=setting.place, env=env) as terminal:
            return terminal.until(shows("ready")) - terminal.begun

    calls: dict[str, Callable[[], float]] = {
        "empty": empty,
        "large": lambda: desk(number),
        "small": lambda: desk(SMALL),
    }
    took = by_turns(calls, setting.rounds)
    large, small, least = (median(took[name]) for name in ("large", "small", "empty"))
    note = f"{setting.rounds} times, {figure(took['large'][0])}–{figure(took['large'][-1])}"
    name = f"first paint with claims on it, {number:,}"
    yield Row(name, large, "the first paint of an empty Textual app", least, ratio=1.25, note=note)
    yield Row(name, large, _PEER, small)


def _outside(terminal: Terminal, book: Path, number: int) -> Row:
    """Save a record from outside, as an editor does, and wait until the list shows it."""
    say("a change from outside ...")
    terminal.press("g")
    terminal.settle(0.3)
    path = files_seen(terminal, book)[0]
    data = path.read_bytes()
    took = []
    try:
        for turn in range(7):
            word = f"Benchmark number {turn}"
            changed = re.sub(rb"^claim: ", f"claim: {word} ".encode(), data, count=1, flags=re.MULTILINE)
            saved = _save(path, changed)
            took.append(terminal.until(shows(rf"[▌ ][• ]\S [a-z ]+ {word} ")) - saved)
            terminal.settle(0.5)
    finally:
        _save(path, data)
        terminal.settle(1.0)
    note = f"7 times, the worst {figure(max(took))}"
    return Row(f"a file changed outside is on the screen, {number:,}", median(took), most=0.3, note=note)


def _save(path: Path, data: bytes) -> float:
    """Replace a file, and return when that was done."""
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.write_bytes(data)
    temporary.replace(path)
    return time.perf_counter()


def _look(terminal: Terminal, book: Path, number: int) -> Row:
    """Have the desk hold all files against the disk, and see how long it works and what it reads."""
    say("files held against the disk ...")
    took: dict[str, list[float]] = {"ours": [], "scan": []}
    read = []
    for _ in range(5):
        before = bytes_read(terminal.process)
        took["ours"].append(_works(terminal, terminal.press("\x1b[15~")))
        read.append(bytes_read(terminal.process) - before)
        took["scan"].append(seconds(lambda: scan(book)))
    name = f"all files held against the disk, {number:,}"
    note = f"5 times, {median(read) / 1e6:.1f} MB read"
    return Row(
        name, median(took["ours"]), "os.scandir and stat of them", median(took["scan"]), ratio=2.0, note=note
    )


def _works(terminal: Terminal, since: float) -> float:
    """Return the seconds from a moment until the desk works no more, for three tenths of a second."""
    last, known = since, cpu(terminal.process)
    while (now := time.perf_counter()) - last < 0.3 or tells_progress(terminal):
        terminal.settle(0.004, timeout=0.01)
        worked = cpu(terminal.process)
        if worked - known > 0.0015:
            last = now
        known = worked
    return last - since


def scan(folder: Path | str) -> int:
    """Look at every file below a folder, and return how many there are."""
    count = 0
    with os.scandir(folder) as items:
        for item in items:
            if item.is_dir(follow_symlinks=False):
                count += scan(item.path)
            else:
                item.stat()
                count += 1
    return count
