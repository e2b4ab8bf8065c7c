"""Eight writers on one book, of whom one after the other is killed at a random moment.

Run as a program, `python writers.py FOLDER KILLS SEED` prints as JSON what became of that. A writer runs one
command after the other, and tells on a pipe of each that was acknowledged, by a word of its own.
"""

import json
import os
import random
import select
import signal
import sys
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

import ordeal
from claimbook.book.book import Book
from claimbook.book.store import Store
from claimbook.cli import main
from claimbook.record.reading import read_record
from ordeal import BOOK, Case, lying, make_book, run

WRITERS = 8
CLAIMS = 8
_LONGEST = 0.06
"""Seconds between two kills, at most; a command takes about half of it."""

Words = tuple[str, ...]
_WHERE = ("--publisher", "Paper", "--date", "2026-11")
COMMANDS: tuple[Callable[[str, str], Words], ...] = (
    lambda claim, word: ("verdict", claim, "unproven", "--why", f"Because {word}."),
    lambda claim, word: ("forecast", claim, "0.4", "--why", f"Because {word}."),
    lambda claim, word: ("relate", claim, "--to", "spare", "--as", "follows", "--note", f"Because {word}."),
    lambda claim, word: ("set", claim, f"x-{word}", word),
    lambda _, word: ("new", f"The {word} flies.", "--kind", "fact", "--url", "https://e.org/", *_WHERE),
)
"""What a writer does; each leaves its word in a file."""


def make(root: Path) -> None:
    """Lay down a book of claims that all writers write to."""
    make_book(Case(()), root)
    for number in range(CLAIMS):
        text = BOOK["claims/spare.yaml"].replace("plane", f"plane {number}")
        (root / "claims" / f"c{number}.yaml").write_text(text)


def write_on(root: Path, name: str, chance: random.Random, acknowledge: int) -> None:
    """Run commands until somebody puts an end to it."""
    os.chdir(root)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)
    for number in count():
        word = f"{name}n{number}"
        claim = f"c{chance.randrange(CLAIMS)}"
        if main.run(list(chance.choice(COMMANDS)(claim, word))) == 0:
            os.write(acknowledge, f"{word}\n".encode())


class Battle:
    """The writers, and what they have acknowledged."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        self.chance = random.Random(seed)  # noqa: S311 - moments, not secrets
        self.reading, self.writing = os.pipe()
        self.running: list[int] = []
        self.started = count()
        self.said = b""
        self.wrong: list[str] = []

    def start(self) -> None:
        """Start one more writer."""
        number = next(self.started)
        child = os.fork()
        if not child:
            try:
                chance = random.Random(number)  # noqa: S311 - as above
                ordeal.quick_sync()
                write_on(self.root, f"w{number}", chance, self.writing)
            finally:
                os._exit(99)
        self.running.append(child)

    def kill(self) -> None:
        """Kill one of them at a random moment."""
        self.listen(self.chance.uniform(0, _LONGEST))
        victim = self.running.pop(self.chance.randrange(len(self.running)))
        os.kill(victim, signal.SIGKILL)
        if not os.WIFSIGNALED(os.waitpid(victim, 0)[1]):
            self.wrong.append("a writer ended by itself")

    def listen(self, seconds: float) -> None:
        """Take down what is acknowledged during some time."""
        end = time.monotonic() + seconds
        while select.select([self.reading], [], [], max(0.0, end - time.monotonic()))[0]:
            self.said += os.read(self.reading, 65536)

    def look(self) -> None:
        """See that every file is whole at any moment."""
        for path in (self.root / "claims").glob("*.yaml"):
            data = path.read_bytes()
            if read_record(data, path.name).content is None or not data.endswith(b"\n"):
                self.wrong.append(f"{path.name} is not whole: {data[-200:]!r}")

    def end(self) -> int:
        """Kill all that are left, look for what was acknowledged, and return how much that is."""
        for child in self.running:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        self.listen(0)
        ended = run(self.root, ("set", "spare", "x-next", "1"))
        if ended.code:
            self.wrong.append(f"the next command fails: {ended.err}")
        if lying(self.root):
            self.wrong.append(f"something lies about: {list(lying(self.root))}")
        self.look()
        words = self.said.decode().split()
        text = "".join(entry.document.source.text for entry in Book.open(self.root).entries.values())
        self.wrong += [f"{word} was acknowledged and is not there" for word in words if word not in text]
        if Store(self.root).undo().title != "set x-next of spare":
            self.wrong.append("undo takes back something else")
        return len(words)


def fight(root: Path, kills: int, seed: int) -> dict[str, object]:
    """Have eight writers write, and kill so many of them."""
    battle = Battle(root, seed)
    for _ in range(WRITERS):
        battle.start()
    for number in range(kills):
        battle.kill()
        battle.start()
        if number % 20 == 0:
            battle.look()
    acknowledged = battle.end()
    recovered = len(Store(root).recovered())
    return {"acknowledged": acknowledged, "recovered": recovered, "wrong": battle.wrong}


if __name__ == "__main__":
    place = Path(sys.argv[1])
    ordeal.warm_up(place / "warm")
    make(place / "book")
    sys.stdout.write(json.dumps(fight(place / "book", int(sys.argv[2]), int(sys.argv[3]))))
