"""A disk that fails, dies, or lets somebody in at the n-th file call, and the operations that meet it.

Run as a program, it kills a process before every file call of an operation, one after the other:
`python faults.py OPERATION FOLDER` leaves one book for each in the folder.
"""

import errno
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from claimbook.book.disk import Disk
from claimbook.book.store import Store

OLD = b"claim: Apple builds a car.\n"
NEW = OLD + b"kind: rumour\n"
A, B, C, D, E = (f"claims/{name}.yaml" for name in ("a", "b", "sub/c", "d", "e"))

Files = dict[str, bytes]
Before = Callable[[int, str], None]


class QuickDisk(Disk):
    """A disk that neither syncs, which no killed process misses, nor waits."""

    def fsync(self, fd: int) -> None:
        del fd

    def pause(self, seconds: float) -> None:
        del seconds


@contextmanager
def full_disk() -> Iterator[None]:
    """Let no file of a book take a byte."""

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with patch.object(Disk, "write", full):
        yield


def quick(root: Path) -> Store:
    """Return the store of a book, on a quick disk."""
    return Store(root, disk=QuickDisk())


class WatchedDisk(QuickDisk):
    """Tell `before` the number and the name of each file call before it is made."""

    def __init__(self, before: Before = lambda *_: None) -> None:
        self.before = before
        self.calls: list[str] = []


def _watched(name: str) -> Callable[..., Any]:
    real = getattr(QuickDisk, name)

    def call(self: WatchedDisk, *args: Any, **options: Any) -> Any:
        self.calls.append(name)
        if name == "close":  # a descriptor is closed even where closing says that it failed
            real(self, *args, **options)
        self.before(len(self.calls), name)
        return None if name == "close" else real(self, *args, **options)

    return call


for _name in vars(Disk):
    if not _name.startswith("_") and _name not in ("pause", "now", "boot", "may_write", "realpath"):
        setattr(WatchedDisk, _name, _watched(_name))


class PlainDisk(WatchedDisk):
    """A disk that cannot exchange two names."""

    def exchange(self, one: str, other: str) -> None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), one, None, other)


def failing(code: int, at: int, *, lasting: bool) -> Before:
    """Make the n-th call fail, and with `lasting` every one after it."""

    def before(number: int, name: str) -> None:
        del name
        if number == at or (lasting and number > at):
            raise OSError(code, os.strerror(code))

    return before


def make_book(root: Path) -> Path:
    """Make a book with three claims."""
    (root / "claims").mkdir(parents=True)
    for name in (A, B, D):
        (root / name).write_bytes(OLD)
    return root


def files(root: Path) -> Files:
    """Return every file of a book but what is hidden."""
    found = (path for path in root.rglob("*") if path.is_file())
    named = {path.relative_to(root).as_posix(): path for path in found}
    return {name: path.read_bytes() for name, path in named.items() if "/." not in f"/{name}"}


def leftovers(root: Path) -> dict[Path, bytes]:
    """Return the temporary files that lie in a book."""
    return {path: path.read_bytes() for path in root.rglob(".*.claimbook") if path.is_file()}


def replace(store: Store) -> None:
    with store.transaction("replace") as change:
        change.replace(A, NEW, OLD)


def create(store: Store) -> None:
    with store.transaction("create") as change:
        change.create(C, NEW)


def remove(store: Store) -> None:
    with store.transaction("remove") as change:
        change.remove(A, OLD)


def rename(store: Store) -> None:
    with store.transaction("rename") as change:
        change.rename(A, E, OLD)


def bulk(store: Store) -> None:
    with store.transaction("bulk") as change:
        change.replace(A, NEW, OLD)
        change.replace(B, NEW, OLD)
        change.create(C, NEW)
        change.rename(D, E, OLD)


def undo(store: Store) -> None:
    store.undo()


def redo(store: Store) -> None:
    store.redo()


OPERATIONS: dict[str, tuple[tuple[Callable[[Store], None], ...], Callable[[Store], None]]] = {
    "first": ((), replace),
    "replace": ((create,), replace),
    "create": ((), create),
    "remove": ((), remove),
    "rename": ((), rename),
    "bulk": ((), bulk),
    "undo": ((bulk,), undo),
    "redo": ((bulk, undo), redo),
    "recover": ((), replace),
}
"""By name: what is done to a book beforehand, and the operation."""


def prepare(name: str, root: Path) -> Callable[[Store], None]:
    """Make the book that an operation starts from, and return the operation."""
    earlier, operation = OPERATIONS[name]
    make_book(root)
    for step in earlier:
        step(quick(root))
    if name == "recover":
        _leave_something(root)
    return operation


def _leave_something(root: Path) -> None:
    """Leave what processes leave that are killed: two temporary files and a half-done step."""
    bulk(quick(root))
    quick(root).undo()
    journal = root / ".claimbook" / "journal"
    (journal / "00000001.undone").rename(journal / "00000001.undoing")
    (root / ".claimbook" / "lock").write_bytes(b"")
    (root / "claims" / ".a.yaml.0123456789ab.claimbook").write_bytes(b"somebody's work\n")
    (root / "claims" / ".b.yaml.0123456789ab.claimbook").write_bytes(OLD)


class DeadlyDisk(WatchedDisk):
    """A disk that ends the process at the n-th call, in the middle of it where it is a write."""

    def __init__(self, at: int) -> None:
        super().__init__(lambda number, name: _die() if number == at and name != "write" else None)
        self.at = at

    def write(self, fd: int, data: memoryview) -> int:
        self.calls.append("write")
        if len(self.calls) == self.at:
            os.write(fd, data[: len(data) // 2])
            _die()
        return os.write(fd, data)


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def kill_everywhere(name: str, folder: Path) -> None:
    """Leave a book for each file call of an operation, made by a process that was killed at it."""
    operation = prepare(name, folder / "start")
    for number in range(1, 1000):
        root = folder / f"{number:03}"
        shutil.copytree(folder / "start", root)
        child = os.fork()
        if not child:
            operation(Store(root, disk=DeadlyDisk(number)))
            os._exit(0)
        if os.waitpid(child, 0)[1] == 0:
            return


if __name__ == "__main__":
    kill_everywhere(sys.argv[1], Path(sys.argv[2]))
