"""Two desks, commands and somebody with an editor, all on one book at once.

Run as a program, `python editors.py FOLDER STYLE SAVES` prints as JSON what became of every edit. The desks
are keepers (what a desk does with its book, without its screens) in processes of their own. The editor looks
once more at the file right before it saves, as editors do that warn of changes, and saves in one of these
styles:

- `rename`: a new file, put in the place of the old one
- `backup`: the old file moved away, a new one written under its name, as vim does
- `in-place`: the file emptied and written again
- `in-place-slowly`: likewise, in two writes, with everybody else in between
- `vim`: vim itself, its own look at the file included
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import ordeal
from claimbook.app.keeper import REFUSALS, Keeper
from claimbook.book.store import Store
from claimbook.cli import main
from claimbook.record.changes import Append
from claimbook.record.model import Claim
from ordeal import Case, make_book

FILE = "claims/spare.yaml"
_SOURCE = {"url": "https://e.org/", "publisher": "Paper", "date": "2026-11", "stance": "relays"}
_RESTS = 0.02
"""Seconds that each of the programs rests after a save, at most, as people do for longer."""
_THINKS = 0.006
"""Seconds that the editor rests, at most."""


@dataclass
class Saved:
    """A save of the editor."""

    word: str
    """The word that it put into the file."""
    text: bytes
    """All that it wrote."""
    begun: float
    """When it looked at the file for the last time."""
    ended: float
    """When it had written."""


def desk(root: Path, name: str) -> Iterator[str]:
    """Append to a claim as a desk does, and yield the word of each save that was acknowledged."""
    keeper = Keeper(root)
    keeper.look()
    for number in count():
        word = f"{name}n{number}"
        item = {**_SOURCE, "note": f"Because {word}."}

        def append(_: Claim, item: dict[str, str] = item) -> list[Append]:
            return [Append(("sources",), item)]

        with suppress(*REFUSALS):
            keeper.change([FILE], "Source", append)
            yield word


def commands(root: Path, name: str) -> Iterator[str]:
    """Run commands, and yield the word of each that was acknowledged."""
    os.chdir(root)
    for number in count():
        word = f"{name}n{number}"
        if main.run(["forecast", "spare", "0.4", "--why", f"Because {word}."]) == 0:
            yield word


def start(work: Callable[[Path, str], Iterator[str]], root: Path, name: str) -> int:
    """Start a program that notes what it has saved, and when it began to and had, until it is ended."""
    child = os.fork()
    if child:
        return child
    try:
        note = os.open(root.parent / f"{name}.saves", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        for number in (0, 1, 2):
            os.dup2(os.open(os.devnull, os.O_RDWR), number)
        ordeal.quick_sync()
        chance = random.Random(name)  # noqa: S311 - moments, not secrets
        begun = time.monotonic()
        for word in work(root, name):
            os.write(note, f"{word} {begun} {time.monotonic()}\n".encode())
            time.sleep(chance.uniform(0, _RESTS))
            begun = time.monotonic()
    finally:
        os._exit(99)


def edited(path: Path, word: str) -> tuple[bytes, bytes] | None:
    """Return the file and what an editor makes of it; None where the file is not whole just now."""
    with suppress(FileNotFoundError):
        before = path.read_bytes()
        if before.startswith(b"# yaml") and before.endswith(b"\n"):
            return before, before + f"# {word}\n".encode()
    return None


def _rename(path: Path, data: bytes) -> None:
    draft = path.with_name(f"{path.name}.tmp")
    draft.write_bytes(data)
    draft.replace(path)


def _backup(path: Path, data: bytes) -> None:
    path.replace(path.with_name(f"{path.name}~"))
    path.write_bytes(data)


def _in_place(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def _in_place_slowly(path: Path, data: bytes) -> None:
    with path.open("wb", buffering=0) as file:
        file.write(data[: len(data) // 2])
        time.sleep(0.01)
        file.write(data[len(data) // 2 :])


STYLES = {
    "rename": _rename,
    "backup": _backup,
    "in-place": _in_place,
    "in-place-slowly": _in_place_slowly,
}


def save(path: Path, style: str, word: str) -> Saved | None:
    """Save a file with one more line as an editor does; None where it has changed meanwhile."""
    if style == "vim":
        return _save_with_vim(path, word)
    texts = edited(path, word)
    if texts is None:
        return None
    time.sleep(0.002)
    begun = time.monotonic()
    if edited(path, word) != texts:
        return None
    STYLES[style](path, texts[1])
    return Saved(word, texts[1], begun, time.monotonic())


def _save_with_vim(path: Path, word: str) -> Saved | None:
    """Have vim save, by turns in place and with the old file moved away; it asks where the file has changed.

    Nobody answers, so it does not save then. It says that it has saved by a file.
    """
    told = path.parent.parent.parent / "vim.saved"
    told.unlink(missing_ok=True)
    way = "set writebackup backupcopy=no" if int(word[4:-1]) % 2 else "set nowritebackup"
    done = f"if !&modified | call writefile([], '{told}') | endif"
    words = [c for command in (way, f"normal! Go# {word}", "write", done, "quit!") for c in ("-c", command)]
    begun = time.monotonic()
    subprocess.run(
        ["vim", "-es", "-u", "NONE", "-i", "NONE", "-n", *words, str(path)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return Saved(word, b"", begun, time.monotonic()) if told.exists() else None


@dataclass
class Outcome:
    """What became of everything that was saved."""

    hand: int
    """Saves of the editor."""
    programs: int
    """Acknowledged saves of the desks and commands."""
    hand_lost: list[str]
    """Words of the editor's that are nowhere."""
    hand_recovered: int
    """Words of the editor's that are not in the file, but in a version that was kept and spoken of."""
    programs_lost: list[str]
    """Words of the programs' that are nowhere, and that no save of the editor wrote over."""
    written_over: int
    """Words of the programs' that the editor wrote over between its look at the file and its save."""


def crowd(folder: Path, style: str, saves: int) -> Outcome:
    """Have everybody save at once, until the editor has saved so often."""
    root = folder / "book"
    make_book(Case(()), root)
    names = {"desk1": desk, "desk2": desk, "command": commands}
    running = [start(work, root, name) for name, work in names.items()]
    by_hand: list[Saved] = []
    chance = random.Random(style)  # noqa: S311 - moments, not secrets
    for number in count():
        if len(by_hand) == saves:
            break
        time.sleep(chance.uniform(0, _THINKS))
        if saved := save(root / FILE, style, f"hand{number}n"):
            by_hand.append(saved)
    for child in running:
        os.kill(child, signal.SIGTERM)
        os.waitpid(child, 0)
    store = Store(root)
    store.recover()
    text = (root / FILE).read_text()
    kept = "".join(path.read_text() for path in store.recovered())
    return _compare(by_hand, _noted(folder, names), text, kept)


def _noted(folder: Path, names: Iterable[str]) -> list[tuple[str, float]]:
    lines = [line for name in names for line in (folder / f"{name}.saves").read_text().splitlines()]
    return [(line.split()[0], float(line.split()[1])) for line in lines]


def _compare(by_hand: list[Saved], noted: list[tuple[str, float]], text: str, kept: str) -> Outcome:
    lost = [saved.word for saved in by_hand if f"# {saved.word}\n" not in text]
    missing = [(word, begun) for word, begun in noted if f"{word}." not in text]
    over = [word for word, begun in missing if any(_wrote_over(saved, word, begun) for saved in by_hand)]
    return Outcome(
        hand=len(by_hand),
        programs=len(noted),
        hand_lost=[word for word in lost if f"# {word}\n" not in kept],
        hand_recovered=sum(f"# {word}\n" in kept for word in lost),
        programs_lost=[word for word, _ in missing if word not in over and f"{word}." not in kept],
        written_over=len(over),
    )


def _wrote_over(saved: Saved, word: str, begun: float) -> bool:
    """Tell whether a save of the editor's took the place of one that it had not seen."""
    return saved.ended >= begun and (not saved.text or f"{word}.".encode() not in saved.text)


if __name__ == "__main__":
    place = Path(sys.argv[1])
    ordeal.warm_up(place / "warm")
    sys.stdout.write(json.dumps(vars(crowd(place, sys.argv[2], int(sys.argv[3])))))
