"""Beside peers: programs that do like work on like data, 10,000 of each, in the same run.

Where they come from: Taskwarrior and hledger are Debian's packages `taskwarrior` and `hledger`; Beancount,
papis and posting are PyPI's, best in an environment of their own, whose `bin` is given by `--peers`.
"""

import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from measure import by_turns, run, say
from opening import cold
from peerdata import journal, kept, ledger, library, tasks
from rows import Row, beside
from setting import PROGRAM, Setting

TITLE = "Beside peers"
_HOME = "commands"
_AHEAD = 1.0


class Peer(NamedTuple):
    """A peer's command, and ours that does the like."""

    name: str
    """What the peer's is called in the table."""
    ours: tuple[str, ...]
    """Our command."""
    warm: Callable[[], float]
    """Run the peer's where it knows its data already, and return the seconds."""
    cold: Callable[[], float] | None
    """The same where it does not; None where it has nothing to know, or is no Python program."""


def rows(setting: Setting) -> Iterator[Row]:
    """Run each peer that is installed, ours by turns with it."""
    number = setting.middle
    book, env = setting.book(number), setting.environment(_HOME)
    run([PROGRAM, "list"], cwd=book, env=env)
    for find in (_taskwarrior, _hledger, _beancount, _papis, _posting):
        peer = find(setting, number)
        if peer is None:
            continue
        say(f"beside {peer.name} ...")
        warm = partial(run, [PROGRAM, *peer.ours], cwd=book, env=env, codes=(0, 1))
        yield _row(peer, "warm", number, by_turns({"peer": peer.warm, "ours": warm}, setting.rounds))
        if peer.cold:
            afresh = partial(cold, setting, book, *peer.ours)
            yield _row(peer, "cold", number, by_turns({"peer": peer.cold, "ours": afresh}, setting.rounds))


def _row(peer: Peer, how: str, number: int, took: dict[str, list[float]]) -> Row:
    name = f"claimbook {' '.join(peer.ours)}, {number:,}, {how}"
    return beside(name, took["ours"], peer.name, took["peer"], ratio=_AHEAD)


def _must_tell(number: int, words: Sequence[str | Path], env: Mapping[str, str]) -> None:
    """See to it that a peer lists as much as it was given: one that finds nothing is quick.

    Raises:
        RuntimeError: where it does not.
    """
    done = subprocess.run(words, env=dict(env), capture_output=True, check=True)
    if done.stdout.count(b"\n") < number:
        raise RuntimeError(f"{words[0]} lists less than {number}: {done.stderr.decode()[-500:]}")


def _taskwarrior(setting: Setting, number: int) -> Peer | None:
    program = setting.peer("task")
    if program is None:
        return None
    place, env = setting.home("peers"), setting.environment("peers")
    (place / "taskrc").write_text("confirmation=off\nverbose=nothing\ndefaultwidth=120\n", encoding="utf-8")
    env |= {"TASKRC": str(place / "taskrc"), "TASKDATA": str(place / f"tasks-{number}")}
    source = kept(setting.place / f"tasks-{number}.json", tasks(number))

    def load(folder: Path) -> None:
        run([program, "import", source], cwd=place, env=env | {"TASKDATA": str(folder)})

    folder = Path(env["TASKDATA"])
    if not folder.exists():
        say("importing tasks ...")
        folder.mkdir()
        load(folder)
    _must_tell(number, [program, "list"], env)
    return Peer(
        f"`task list`, {number:,} tasks", ("list",), lambda: run([program, "list"], cwd=place, env=env), None
    )


def _hledger(setting: Setting, number: int) -> Peer | None:
    program = setting.peer("hledger")
    if program is None:
        return None
    file, env = (
        kept(setting.place / f"entries-{number}.journal", journal(number)),
        setting.environment("peers"),
    )
    words: list[str | Path] = [program, "check", "-f", file]
    return Peer(
        f"`hledger check`, {number:,} entries", ("check",), lambda: run(words, cwd=file.parent, env=env), None
    )


def _beancount(setting: Setting, number: int) -> Peer | None:
    program = setting.peer("bean-check")
    if program is None:
        return None
    file, env = (
        kept(setting.place / f"entries-{number}.beancount", ledger(number)),
        setting.environment("peers"),
    )
    run([program, file], cwd=file.parent, env=env)
    return Peer(
        f"`bean-check`, {number:,} entries",
        ("check",),
        lambda: run([program, file], cwd=file.parent, env=env),
        lambda: run([program, "--no-cache", file], cwd=file.parent, env=env),
    )


def _papis(setting: Setting, number: int) -> Peer | None:
    program = setting.peer("papis")
    if program is None:
        return None
    place, env = setting.home("papis"), setting.environment("papis")
    folder = kept(setting.place / f"documents-{number}", library(number))
    config = Path(env["XDG_CONFIG_HOME"]) / "papis" / "config"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text(f"[settings]\ndefault-library = bench\n\n[bench]\ndir = {folder}\n", encoding="utf-8")
    words: list[str | Path] = [program, "list", "--all"]

    def afresh() -> float:
        shutil.rmtree(place / "cache", ignore_errors=True)
        return run(words, cwd=place, env=env)

    _must_tell(number, words, env)
    return Peer(
        f"`papis list`, {number:,} documents", ("list",), lambda: run(words, cwd=place, env=env), afresh
    )


def _posting(setting: Setting, number: int) -> Peer | None:
    del number
    program = setting.peer("posting")
    if program is None:
        return None
    env = setting.environment("peers")
    return Peer(
        "`posting --help`", ("--help",), lambda: run([program, "--help"], cwd=setting.place, env=env), None
    )
