"""Whole commands, as processes of their own, that meet a kill or a fault at their n-th file call.

Run as a program it moves the point of failure forward until the command ends without meeting it, each time on
a fresh copy of a book: `python ordeal.py COMMAND FAULT FOLDER reading` prints as JSON how many calls were met
and what went against the promises. Processes are forked from this one, which has everything imported: what is
tried is all that a command does from its first look at the book to its exit code.
"""

import errno
import gc
import importlib
import io
import json
import os
import re
import shutil
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claimbook.book.disk import Disk
from claimbook.book.files import target_name
from claimbook.book.store import Store
from claimbook.cli import commands, main

ARTICLE = "2021-03-26-paper"
WHY = "No car came, as everybody saw."
_RECORD = """\
# yaml-language-server: $schema=.schema.json
claim: {claim}

kind: rumour

about: [Apple]

sources:
  - article: 2021-03-26-paper
    quote: Apple builds a car
    stance: relays

evidence:
  - url: https://example.org/first   # by hand
    publisher: First
    bearing: context
"""
_ARTICLE = "---\npublisher: The Paper\ndate: 2021-03-26\n---\nApple builds a car, and a wall with Magna.\n"
_VERDICT = "\nverdicts:\n  - date: 2026-11-20\n    rating: false\n    by: ann\n    why: No car came.\n"
BOOK = {
    "claims/car.yaml": _RECORD.format(claim="Apple builds a car."),
    "claims/wall.yaml": _RECORD.format(claim="Apple builds a wall.")
    + "\nrelations:\n  - to: car\n    as: follows\n",
    "claims/odd.yaml": _RECORD.format(claim="Apple builds a boat.").replace(
        "sources:", "status: open\n\nsources:"
    )
    + _VERDICT,
    "claims/spare.yaml": _RECORD.format(claim="Apple builds a plane."),
    "claims/.schema.json": "{}\n",
    f"seeds/{ARTICLE}.md": _ARTICLE,
    "typed.txt": "Another article, with a sentence that counts.\n",
    "base.yaml": _RECORD.format(claim="One."),
    "ours.yaml": _RECORD.format(claim="One.").replace("rumour", "fact"),
    "theirs.yaml": _RECORD.format(claim="One.").replace("[Apple]", "[Apple, Magna]"),
}
"""The book that commands are tried on, small so that every file call can be met."""

_MARK = "user.mark"
_READING = ("open", "fstat", "read", "close")
"""What commands begin with that read the book; the lock is reached for by another call."""

Files = dict[str, bytes]


@dataclass(frozen=True)
class Case:
    """A command and what is to be known of it."""

    words: tuple[str, ...]
    """The command line."""
    typed: str = ""
    """What a person typed that must not be lost when the command fails."""
    earlier: tuple[tuple[str, ...], ...] = ()
    """Commands that are run beforehand."""
    following: tuple[str, ...] = ("set", "spare", "x-next", "1")
    """The next command, that must work."""
    given: str | None = None
    """A file of the book that is given on standard input."""
    left: bool = False
    """Whether a process that was killed has left something behind."""

    @property
    def reads(self) -> bool:
        """Tell whether the command begins with reading the whole book."""
        return self.words[0] not in ("undo", "redo", "init", "schema", "merge-driver")


_PLACE = ("--publisher", "Mag", "--date", "2026-11", "--title", "Typed")
_JUDGE = ("verdict", "car", "false", "--why", WHY)
_NEW = ("new", "Apple builds a wall with Magna.", "--kind", "rumour", "--article", ARTICLE)
CASES = {
    "verdict": Case(_JUDGE, WHY),
    "set": Case(("set", "car", "notes", WHY), WHY),
    "remove": Case(("remove", "car", "evidence[0]")),
    "source": Case(("source", "car", "--article", ARTICLE, "--quote", "with Magna"), "with Magna"),
    "evidence": Case(
        (
            "evidence",
            "car",
            "--bearing",
            "refutes",
            "--url",
            "https://example.org/",
            "--note",
            WHY,
            *_PLACE[:4],
        ),
        WHY,
    ),
    "relate": Case(("relate", "car", "--to", "wall", "--as", "follows", "--note", WHY), WHY),
    "forecast": Case(("forecast", "car", "0.4", "--why", WHY), WHY),
    "new": Case((*_NEW, "--quote", "with Magna"), "Apple builds a wall with Magna."),
    "rename": Case(("rename", "car", "auto")),
    "article": Case(("article", "add", "typed.txt", *_PLACE)),
    "article-typed": Case(("article", "add", "-", *_PLACE), "Another article", given="typed.txt"),
    "check-fix": Case(("check", "--fix")),
    "undo": Case(("undo",), earlier=(_JUDGE,)),
    "redo": Case(("redo",), earlier=(_JUDGE, ("undo",))),
    "init": Case(("init", "new"), following=("init", "new")),
    "schema": Case(("schema", "--write")),
    "merge-driver": Case(("merge-driver", "base.yaml", "ours.yaml", "theirs.yaml", "x.yaml")),
    "recovery": Case(_JUDGE, WHY, left=True),
}
"""Every command that writes, and one that finds what a killed process left."""

Before = Callable[[int, str], None]
_COUNTED = [
    name
    for name in vars(Disk)
    if not name.startswith("_") and name not in ("pause", "now", "boot", "may_write", "realpath")
]
_VARYING = re.compile(rb'[0-9a-f]{12}(?=\.claimbook)|(?<=Z-)[0-9a-f]{6}|(?<="pid": )[0-9]+')
CODES = {"ENOSPC": errno.ENOSPC, "EIO": errno.EIO, "EACCES": errno.EACCES, "EROFS": errno.EROFS}
FAULTS = (
    "kill",
    *CODES,
    *(f"{name}-lasting" for name in CODES),
    "short",
    "short-then-full",
    "mixed",
    "mixed-lasting",
)
"""What can happen at a file call; `mixed` is another error at each."""


def snapshot(root: Path) -> Files:
    """Return what a person has in a folder: neither the program's own files nor temporary ones."""
    found = (path for path in root.rglob("*") if path.is_file() and target_name(path.name) is None)
    named = {path.relative_to(root).as_posix(): path for path in found}
    return {
        name: path.read_bytes() for name, path in named.items() if not {".claimbook", ".git"} & {*path.parts}
    }


def lying(root: Path) -> dict[Path, bytes]:
    """Return the temporary files that lie about."""
    return {p: p.read_bytes() for p in root.rglob(".*.claimbook") if p.is_file()}


def make_book(case: Case, root: Path) -> None:
    """Lay down the book that a command starts from."""
    for name, text in BOOK.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
        _mark(root / name)
    for words in case.earlier:
        if run(root, words).code:
            raise AssertionError(words)
    if case.left:
        _leave_something(root)


def _mark(path: Path) -> None:
    """Give a file something besides its content, where the disk has room for that, which a save must keep."""
    if sys.platform == "linux":
        with suppress(OSError):
            os.setxattr(path, _MARK, b"kept")


def _marks(path: Path) -> bytes:
    if sys.platform == "linux":
        with suppress(OSError):
            return os.getxattr(path, _MARK)
    return b""


def _leave_something(root: Path) -> None:
    """Leave what killed processes leave: two temporary files and a step that is half undone."""
    for words in (("set", "wall", "due", "2025"), ("undo",)):
        run(root, words)
    journal = root / ".claimbook" / "journal"
    (journal / "00000001.undone").rename(journal / "00000001.undoing")
    (root / ".claimbook" / "lock").write_bytes(b"")
    (root / "claims" / ".car.yaml.0123456789ab.claimbook").write_bytes(b"somebody's work\n")
    (root / "claims" / ".wall.yaml.0123456789ab.claimbook").write_text(BOOK["claims/wall.yaml"])


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    """Its exit code; negative where a signal ended it."""
    out: str
    err: str
    trace: str
    """Its file calls, `r` for those that reading is made of, `w` for writes and `o` for others."""

    @property
    def calls(self) -> int:
        """The number of file calls that it made."""
        return len(self.trace)

    @property
    def done(self) -> bool:
        """Tell whether it said that the change is made; the check may find errors besides."""
        return self.code == 0 or (self.code == 1 and "mended;" in self.err)


def run(
    root: Path, words: Sequence[str], disk: Callable[[], None] = lambda: None, given: str | None = None
) -> Ended:
    """Run a command in a folder, in a process of its own whose file calls `disk` has changed."""
    names = [root.parent / f"{root.name}.{name}" for name in ("out", "err", "calls")]
    child = os.fork()
    if not child:
        _become(root, words, disk, given, names)
    status = os.waitpid(child, 0)[1]
    out, err, calls = (name.read_text(errors="replace") for name in names)
    return Ended(os.waitstatus_to_exitcode(status), out, err, calls)


def _become(
    root: Path, words: Sequence[str], disk: Callable[[], None], given: str | None, names: list[Path]
) -> None:
    try:
        os.chdir(root)
        os.dup2(os.open(given or os.devnull, os.O_RDONLY), 0)
        for number, name in enumerate(names, 1):
            os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number if number < 3 else 9)
        sys.stdin, sys.stdout, sys.stderr = os.fdopen(0), os.fdopen(1, "w"), os.fdopen(2, "w")
        setattr(Disk, "now", lambda _: 1_800_000_000.0)  # noqa: B010 - mypy takes an assignment for an override
        disk()
        code = main.run(list(words))
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    finally:
        os._exit(99)


def quick_sync() -> None:
    """Do not sync, which no killed process misses."""
    setattr(Disk, "fsync", lambda *_: None)  # noqa: B010 - as above


def quick() -> None:
    """Neither sync nor wait."""
    quick_sync()
    setattr(Disk, "pause", lambda *_: None)  # noqa: B010 - as above


def counted(before: Before) -> Callable[[], None]:
    """Return what makes the file calls of a process tell their number and name before they are made."""

    def install() -> None:
        quick()
        for name in _COUNTED:
            setattr(Disk, name, _watched(name, getattr(Disk, name), before, calls))

    calls: list[str] = []
    return install


def _watched(name: str, real: Callable[..., Any], before: Before, calls: list[str]) -> Callable[..., Any]:
    def call(self: Disk, *args: Any, **options: Any) -> Any:
        calls.append(name)
        with suppress(OSError):
            os.write(9, b"r" if name in _READING else b"w" if name == "write" else b"o")
        if name == "close":  # a descriptor is closed even where closing says that it failed
            real(self, *args, **options)
        if name == "write":
            args = (args[0], _Short.cut(args[1], len(calls)))
        before(len(calls), name)
        return None if name == "close" else real(self, *args, **options)

    return call


class _Short:
    """The call, if any, that takes half of what it is to write."""

    at = 0

    @classmethod
    def cut(cls, data: memoryview, number: int) -> memoryview:
        return data[: max(1, len(data) // 2)] if number == cls.at else data


def failure(fault: str, at: int) -> Before:
    """Return what happens before each call where the n-th is to meet a fault."""
    kind, _, rest = fault.partition("-")

    def before(number: int, name: str) -> None:
        if kind == "kill" and number == at:
            os.kill(os.getpid(), signal.SIGKILL)
        if kind == "short":
            _Short.at = at
            if rest and number > at and name in ("write", "write_at_start"):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        elif kind != "kill" and (number == at or (rest and number > at)):
            code = CODES.get(kind) or list(CODES.values())[at % len(CODES)]
            raise OSError(code, os.strerror(code))

    return before


class Ordeal:
    """One command that meets one fault, at every call."""

    def __init__(self, name: str, fault: str, folder: Path) -> None:
        self.case = CASES[name]
        self.fault = fault
        self.folder = folder
        self.start = folder / "start"
        self.wrong: list[str] = []
        self.outcomes: Counter[str] = Counter()
        self._proven: set[tuple[object, ...]] = set()
        make_book(self.case, self.start)
        self.old = snapshot(self.start)
        whole = self._copy("whole")
        self.normal = run(whole, self.case.words, counted(lambda *_: None), self.case.given)
        self.new = snapshot(whole)
        if self.normal.code or self.old == self.new:
            raise AssertionError(self.normal)

    def run(self, *, reading: bool) -> int:
        """Meet the fault at every call, those that read the book only if asked; return how many were met."""
        first = 1 if reading else len(self.normal.trace) - len(self.normal.trace.lstrip("r")) + 1
        for number in range(first, 2000):
            root = self._copy("now")
            disk = counted(failure(self.fault, number))
            ended = run(root, self.case.words, disk, self.case.given)
            self._judge(root, number, ended)
            if ended.calls < number:
                return number - first
            if not self.fault.startswith("short") or ended.trace[number - 1] == "w":
                self.outcomes[self._outcome(root, ended)] += 1
        raise AssertionError("the command never came to its end")

    def _outcome(self, root: Path, ended: Ended) -> str:
        """Say what a command that met a fault has left, and whether it told of it."""
        now = snapshot(root)
        left = "new" if now == self.new else "old" if now == self.old else "old and new"
        return f"{left}, refused aloud" if ended.code > 0 and not ended.done else left

    def _copy(self, name: str) -> Path:
        root = self.folder / name
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(self.start, root)
        return root

    def _judge(self, root: Path, number: int, ended: Ended) -> None:
        for sentence in (*self._whole(root, ended), *self._told(ended), *self._goes_on(root)):
            place = f"{' '.join(self.case.words[:2])}, {self.fault} at call {number}"
            self.wrong.append(f"{place}: {sentence} [{ended.code}: {ended.err.strip()[-300:]}]")

    def _whole(self, root: Path, ended: Ended) -> Iterator[str]:
        """Every file is old or new, all are new after success and old after a refusal."""
        now = snapshot(root)
        for name in {*now, *self.old}:
            if name in now and name in self.old and _marks(root / name) != _marks(self.start / name):
                yield f"{name} has lost its attributes"
        for name in {*now, *self.old, *self.new}:
            is_old, is_new = (now.get(name) == files.get(name) for files in (self.old, self.new))
            marked = name == "ours.yaml" and now[name].startswith(b"<<<<<<< ours\n")
            if not is_old and not is_new and not marked:
                yield f"{name} is neither old nor new"
            elif ended.done and not is_new and name not in ended.err:
                yield f"{name} is not new although that was acknowledged"
            elif (
                ended.code > 0
                and not ended.done
                and not is_old
                and not marked
                and name.removeprefix("new/") not in ended.err
            ):
                yield f"{name} is not as it was, and nobody says so"
        if ended.out and ended.code < 0 and now != self.new:
            yield "it was printed and is not there"

    def _told(self, ended: Ended) -> Iterator[str]:
        """A failure has its code and its sentence, and says how to find again what was typed."""
        if ended.code <= 0 or ended.done:
            return
        of_check = self.case.words[0] == "check"
        if ended.code not in ((1, 5, 6, 74) if of_check else (5, 6, 74)):
            yield "the exit code is another"
        if not any(
            os.strerror(code) in (ended.out if of_check else "") + ended.err for code in CODES.values()
        ):
            yield "the reason is not told"
        if self.case.typed not in ended.err and self.case.given is None:
            yield "what was typed is gone"
        if self.case.given and not self._kept(ended.err):
            yield "what was given is gone"

    def _kept(self, err: str) -> bool:
        match = re.search(r"is kept in (\S+):", err)
        if match is None:
            return False
        kept = Path(match[1])
        text = kept.read_text()
        kept.unlink()
        return self.case.typed in text

    def _goes_on(self, root: Path) -> Iterator[str]:
        """The next command works, loses nothing that lay about, and can be undone."""
        state = tuple(
            sorted(
                (_same(str(p.relative_to(root)).encode()), _same(p.read_bytes()))
                for p in root.rglob("*")
                if p.is_file()
            )
        )
        if state in self._proven:
            return
        before, about = snapshot(root), lying(root)
        ended = run(root, self.case.following, quick)
        if ended.code:
            if self.case.following != self.case.words or before != self.new:
                yield f"the next command fails: {ended.err}"
            return
        expected = self.new if self.case.following == self.case.words else before
        after = snapshot(root)
        if {n: d for n, d in after.items() if n != "claims/spare.yaml"} != {
            n: d for n, d in expected.items() if n != "claims/spare.yaml"
        } or (expected is before and after == before):
            yield "the next command does something else"
        kept = [path.read_bytes() for path in Store(root).recovered()]
        for path, data in about.items():
            target = path.with_name(target_name(path.name) or "")
            if data and data not in kept and not (target.is_file() and target.read_bytes() == data):
                yield f"{path.name} is lost"
        if any(path.is_relative_to(root / "claims") for path in lying(root)):
            yield "something still lies about"
        if expected is before:
            undone = run(root, ("undo",), quick)
            if undone.code or snapshot(root) != before:
                yield f"undo fails: {undone.err}"
        self._proven.add(state)


def _same(data: bytes) -> bytes:
    return _VARYING.sub(b"", data)


def warm_up(folder: Path) -> None:
    """Import all that a command may need, and run the usual ones once, so that processes start in no time."""
    for entry in commands.COMMANDS.values():
        importlib.import_module(f"claimbook.cli.{entry.place.partition(':')[0]}")
    make_book(Case(()), folder)
    home = Path.cwd()
    os.chdir(folder)
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        for words in (CASES["verdict"].words, ("undo",), ("list",)):
            main.run(list(words))
    os.chdir(home)
    gc.collect()
    gc.freeze()


def die(at: int, words: Sequence[str]) -> int:
    """Run a command in this process, which is killed at the n-th file call."""
    counted(failure("kill", at))()
    return main.run(list(words))


if __name__ == "__main__" and sys.argv[1] == "die":
    sys.exit(die(int(sys.argv[2]), sys.argv[3:]))
elif __name__ == "__main__":
    warm_up(Path(sys.argv[3]) / "warm")
    told = Ordeal(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
    met = told.run(reading=sys.argv[4] == "reading")
    figures = {"calls": told.normal.calls, "met": met, "outcomes": told.outcomes, "wrong": told.wrong}
    sys.stdout.write(json.dumps(figures))
