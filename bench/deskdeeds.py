"""What changes files while the desk is open: a verdict given on it, and hands outside."""

import os
import re
import time
from pathlib import Path
from statistics import median

from deskkeys import Pair
from deskscreen import cursor, files_seen, tells_progress
from footprint import bytes_read, cpu
from measure import say, seconds
from onscreen import Terminal, shows
from rows import Row, figure


def verdict(pair: Pair, peer: str, number: int) -> Row:
    """Give verdicts on both desks, and wait until the list shows them; whoever asks puts the files back."""
    say("verdicts ...")
    took: dict[str, list[float]] = {which: [] for which in pair}
    for turn in range(5):
        for which, terminal in pair.items():
            took[which].append(_judged(terminal, f"Measured, {turn}."))
    ours, theirs = median(took["large"]), median(took["small"])
    note = f"5 times, the worst {figure(max(took['large']))}"
    return Row(
        f"a verdict on the desk, from ctrl+s until the list has it, {number:,}", ours, peer, theirs, note=note
    )


def _judged(terminal: Terminal, why: str) -> float:
    """Give the claim at the cursor another rating than it has; return the seconds from the last key on."""
    terminal.press("g")
    terminal.settle(0.3)
    terminal.until(cursor)
    key, word = ("5", "false") if re.search(r"\S true ", cursor(terminal)[0]) else ("1", "true")
    for keys in ("v", key, why):
        terminal.press(keys)
        terminal.settle(0.4)
    pressed = terminal.press("\x13")
    took = terminal.until(lambda one: any(re.search(rf"\S {word} ", line) for line in cursor(one))) - pressed
    terminal.settle(0.5)
    return took


def outside(terminal: Terminal, book: Path, number: int) -> Row:
    """Save a record from outside, as an editor does, and wait until the list shows it."""
    say("a change from outside ...")
    path = _at_the_top(terminal, book)[0]
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


def look(terminal: Terminal, book: Path, number: int) -> Row:
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


def _at_the_top(terminal: Terminal, book: Path) -> list[Path]:
    """Go to the beginning of the list, and return files whose claims are on the screen."""
    terminal.press("g")
    terminal.settle(0.3)
    return files_seen(terminal, book)
