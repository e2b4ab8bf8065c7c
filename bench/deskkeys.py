"""Keys on the desk: pressed on a large book and a small one by turns, timed until the screen has answered."""

import re
import time
from collections.abc import Callable, Iterator, Mapping
from statistics import median

from deskscreen import ROW, cursor
from footprint import cpu
from measure import Took
from onscreen import Condition, Terminal, shows
from rows import Row, beside, figure

WORDS = ("assembly", "reykjavik", "möglicherweise", "zzxqy", "e", "ba", "bank motors")
"""What is typed into the filter: common, accented, rare, absent, one letter, two letters, two words."""
_MOVES = (
    ("cursor down", "j", "", 15),
    ("page down", "\x1b[6~", "\x1b[5~", 7),
    ("end of the list", "G", "g", 5),
)
"""A name, the key, what takes it back, and how often."""
_AT_ONCE, _WORST = 0.016, 0.05
_PACE = 0.04
"""Seconds from one key to the next of somebody who types without a pause."""

Pair = dict[str, Terminal]
Hits = Callable[[str], list[str]]
"""What stands in the first rows that a filter lists."""


def moves(pair: Pair, peer: str, number: int) -> Iterator[Row]:
    """Move the cursor on both desks."""
    for name, key, back, times in _MOVES:
        took: dict[str, list[float]] = {which: [] for which in pair}
        for _ in range(times):
            for which, terminal in pair.items():
                took[which].append(_moved(terminal, key))
                if back:
                    _moved(terminal, back)
        yield beside(f"{name}, {number:,}", took["large"], peer, took["small"], most=_AT_ONCE)


def filters(pair: Pair, hits: Mapping[str, Hits], empty: Terminal, peer: str, number: int) -> Iterator[Row]:
    """Write filters on both desks, letter by letter, and letters into an empty app."""
    took: dict[str, list[float]] = {which: [] for which in (*pair, "empty")}
    slow: dict[float, str] = {}
    for word in WORDS:
        for terminal in pair.values():
            _press(terminal, "/")
        for text in (word[:end] for end in range(1, len(word) + 1)):
            for which, terminal in pair.items():
                if text[-1] in " -":  # lists the same as before
                    _press(terminal, text[-1])
                else:
                    took[which].append(_listed(terminal, text, hits[which](text)))
            slow[took["large"][-1]] = text
            if text[-1] != " ":
                took["empty"].append(_echoed(empty, text[-1]))
        for terminal in pair.values():
            _clear(terminal)
    name = f"a key in the filter: results, {number:,}"
    yield beside(name, took["large"], peer, took["small"], most=_AT_ONCE)
    name, note = f"a key in the filter: the worst, {number:,}", f"at “{slow[max(slow)]}”"
    yield Row(name, max(slow), peer, max(took["small"]), most=_WORST, note=note)
    echo = "the echo of a key in an empty Textual app"
    yield beside(f"a key in the filter: results, {number:,}", took["large"], echo, took["empty"])


def typing(terminal: Terminal, number: int) -> Row:
    """Type words without a pause; a letter must show at once, whatever is being searched."""
    found: list[float] = []
    for word in ("assembly plant", "reykjavik", "engineers"):
        _press(terminal, "/")
        for text in (word[:end] for end in range(1, len(word) + 1)):
            pressed = terminal.press(text[-1])
            if text[-1] != " ":
                found.append(terminal.until(shows(rf"/ ?{re.escape(text)}")) - pressed)
            while time.perf_counter() < pressed + _PACE:
                terminal.settle(0.005, timeout=0.01)
        terminal.settle(0.5)
        _clear(terminal)
    name = f"typing {1 / _PACE:.0f} keys a second into the filter: a letter shows, the worst, {number:,}"
    return Row(name, max(found), most=_WORST, note=f"median {figure(median(found))}, {len(found)} keys")


def _moved(terminal: Terminal, key: str) -> Took:
    before = cursor(terminal)
    return _answered(terminal, key, lambda one: cursor(one) not in ([], before))


def _listed(terminal: Terminal, text: str, hits: list[str]) -> Took:
    """Type the last letter of a text, and wait until it shows above what it finds."""

    def is_answer(one: Terminal) -> bool:
        listed = [line for line in one.lines if ROW.search(line)]
        if len(listed) < len(hits) or bool(listed) != bool(hits):
            return False
        is_written = any(line.partition("│")[2].strip() == f"/{text}" for line in one.lines)
        return is_written and all(hit in line for hit, line in zip(hits, listed, strict=False))

    return _answered(terminal, text[-1], is_answer)


def _echoed(terminal: Terminal, letter: str) -> Took:
    before = terminal.lines
    return _answered(terminal, letter, lambda one: one.lines != before)


def _answered(terminal: Terminal, key: str, condition: Condition) -> Took:
    """Press a key; return the seconds until the screen answers, and the work until the program rests."""
    working, pressed = cpu(terminal.process), terminal.press(key)
    took = terminal.until(condition) - pressed
    terminal.settle(0.1)
    return Took.of(took, cpu(terminal.process) - working)


def _press(terminal: Terminal, key: str) -> None:
    terminal.press(key)
    terminal.settle(0.3)


def _clear(terminal: Terminal) -> None:
    _press(terminal, "\x15")  # to the beginning of the line
    _press(terminal, "\r")
    _press(terminal, "g")  # a claim that stays listed would be kept in sight
    terminal.until(cursor)
    terminal.settle(0.3)
