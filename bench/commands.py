"""Commands on a book that the index knows already, and the memory that they take."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from footprint import peak
from measure import by_turns, run, say
from rows import Row, beside
from setting import PROGRAM, Setting

TITLE = "Warm: commands"
COMMANDS = (("list",), ("queue",), ("check",))
"""What has a budget of time."""
OTHERS = (
    ("list", "assembly", "not:bank"),
    ("track",),
    ("timeline", "about:Harvik"),
    ("similar", "Harvik Bank builds a glass factory"),
)
"""What is measured for its memory besides, together with what is done to one claim."""
_HOME = "commands"
_FLOOR = "python -c 'import click, sqlite3' and stat of the files"
_STAT = """\
import click, os, sqlite3, sys
def scan(folder):
    with os.scandir(folder) as items:
        for item in items:
            if item.is_dir(follow_symlinks=False): scan(item.path)
            else: item.stat()
scan(sys.argv[1])
"""


def rows(setting: Setting) -> Iterator[Row]:
    """Run commands again and again, and the least that they can do by turns with them."""
    yield from _times(setting, setting.middle, ratio=1.5)
    if setting.largest != setting.middle:
        yield from _times(setting, setting.largest, ratio=None)
    yield from _memory(setting, setting.largest)


def _times(setting: Setting, number: int, *, ratio: float | None) -> Iterator[Row]:
    say(f"commands on {number:,} ...")
    book, env = setting.book(number), setting.environment(_HOME)
    for words in COMMANDS:  # so that the index knows it
        run([PROGRAM, *words], cwd=book, env=env, codes=(0, 1))
    calls = {" ".join(words): _running(book, env, words) for words in COMMANDS}
    took = by_turns(
        {"floor": lambda: run([sys.executable, "-c", _STAT, "."], cwd=book, env=env)} | calls, setting.rounds
    )
    for name in calls:
        yield beside(f"claimbook {name}, {number:,}", took[name], _FLOOR, took["floor"], ratio=ratio)


def _running(book: Path, env: dict[str, str], words: tuple[str, ...]) -> Callable[[], float]:
    return lambda: run([PROGRAM, *words], cwd=book, env=env, codes=(0, 1))


def _memory(setting: Setting, number: int) -> Iterator[Row]:
    say(f"memory of commands on {number:,} ...")
    book, env = setting.book(number), setting.environment(_HOME)
    claim = sorted((book / "claims").rglob("*.yaml"))[number // 2].stem
    one = [("show", claim), ("origins", claim), ("verdict", claim, "true", "--why", "measured", "--dry-run")]
    for words in (*COMMANDS, *OTHERS, *one):
        took, code = peak([PROGRAM, *words], cwd=book, env=env)
        if code not in {0, 1}:
            raise RuntimeError(f"claimbook {' '.join(words)} ended with {code}")
        name = " ".join(words).replace(claim, "ID")
        yield Row(
            f"memory of claimbook {name}, {number:,}", took, unit="MB", most=60 if number >= 100_000 else None
        )
