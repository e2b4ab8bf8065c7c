"""The desk on a book that it knows already, in a terminal: what the largest book costs."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from unittest import mock

from claimbook.index.index import Index
from claimbook.review.filters import parse
from claimbook.text import visible
from deskdeeds import look, outside, verdict
from deskkeys import Hits, filters, moves, typing
from deskscreen import has_claims, open_desk, settle
from footprint import cpu, own_peak
from inventing import TODAY
from measure import Took, by_turns, say
from onscreen import Condition, Terminal, shows
from rows import Row, beside
from setting import Setting

TITLE = "Warm: the desk"
SMALL = 100
"""The book that a large one is to be as quick as."""
_EMPTY = Path(__file__).parent / "empty.py"
_FIRST, _SEEN = 5, 24
"""Rows that are held against what a filter is to find, and letters of each."""
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
        with _hits(setting, number) as many, _hits(setting, SMALL) as few:
            yield from filters(pair, {"large": many, "small": few}, empty, _PEER, number)
        yield typing(large, number)
        yield verdict(pair, _PEER, number)
        for terminal, size in ((large, number), (small, SMALL)):
            setting.mend(size)
            terminal.settle(1.0)
        yield outside(large, setting.book(number), number)
        yield look(large, setting.book(number), number)
        name = f"most memory of the desk with {number:,}, used as above"
        yield Row(name, own_peak(large.process), unit="MB", most=120 if number >= 100_000 else None)
        for terminal in pair.values():
            terminal.leave(_QUIT)


def _home(number: int) -> str:
    return f"desk-{number}"


@contextmanager
def _hits(setting: Setting, number: int) -> Iterator[Hits]:
    """Provide what the first rows are to say that a filter lists."""
    cache = setting.environment(_home(number))["XDG_CACHE_HOME"]
    with mock.patch.dict(os.environ, {"XDG_CACHE_HOME": cache}):
        index = Index(setting.book(number))

    def hits(text: str) -> list[str]:
        places = index.places(parse(text), TODAY, broken=True, most=_FIRST)
        return [visible(one.claim or "broken")[:_SEEN] for one in index.listings(places)]

    with closing(index):
        yield hits


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
            took = _painted(terminal, has_claims)
            settle(terminal)
            terminal.leave(_QUIT)
        return took

    def empty() -> float:
        with Terminal([sys.executable, _EMPTY], cwd=setting.place, env=env) as terminal:
            return _painted(terminal, shows("ready"))

    calls: dict[str, Callable[[], float]] = {
        "empty": empty,
        "large": lambda: desk(number),
        "small": lambda: desk(SMALL),
    }
    took = by_turns(calls, setting.rounds)
    name = f"first paint with claims on it, {number:,}"
    yield beside(name, took["large"], "the first paint of an empty Textual app", took["empty"], ratio=1.25)
    yield beside(name, took["large"], _PEER, took["small"])


def _painted(terminal: Terminal, condition: Condition) -> Took:
    """Wait for the first screen that shows something; what has been worked by then counts as its work."""
    seen = terminal.until(condition, timeout=900)
    return Took.of(seen - terminal.begun, cpu(terminal.process))
