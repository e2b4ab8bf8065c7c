"""The lock of a book: one process writes at a time.

The system releases a flock when its holder ends, however it ends, so a lock is never stuck. What is written
in the lock file is only for reading: who holds it, and whether the last holder left in good order. A holder
that was killed, or that went down with the machine, did not; then the next one looks for what it left.
"""

import json
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass

from claimbook.book.disk import Disk
from claimbook.book.errors import BookFileError, LockedError, NotWritableError
from claimbook.book.files import closing, may_fill, read, speaking_of, write_all

FOLDER = ".claimbook"
"""The folder in a book that is the program's own."""
PATIENCE = 5.0
"""Seconds that a writer waits for another one."""

_NAME = f"{FOLDER}/lock"
_STEP = 0.004
_SIZE = 1024
_COMMAND = 72


@dataclass(slots=True)
class Held:
    """A lock while it is held."""

    abandoned: bool
    """Whether the last holder may have left something behind."""
    untidy: bool
    """Whether this one leaves something behind, so that the next one looks."""
    newest_step: int | None = None
    """The journal's newest entry, if that is done and none is undone: then hundreds need no listing."""


@contextmanager
def hold(root: str, *, disk: Disk, patience: float = PATIENCE) -> Iterator[Held]:
    """Hold the lock of a book; the folder `.claimbook`, which git ignores, is made where it is missing.

    Raises:
        LockedError: Somebody else held it for `patience` seconds; the sentence says who.
        WriteError: The folder or the lock file cannot be written.
    """
    with speaking_of(_NAME):
        _make_folder(root, disk)
        fd = _acquire(f"{root}/{_NAME}", disk, patience)
    held = Held(abandoned=True, untidy=True)
    try:
        with speaking_of(_NAME):
            _take_over(held, _read_note(fd, disk), disk)
            if held.abandoned:
                _ignore_folder(root, disk)
            _write_note(fd, {"boot": disk.boot(), "pid": os.getpid(), "command": _command()}, disk)
        yield held
    finally:
        _release(fd, held, disk)


def holder(root: str, *, disk: Disk) -> str | None:
    """Name the process that is writing in a book, None where none is; nothing is written for it.

    Raises:
        NotWritableError: Something else than a file has the lock's name.
        OSError: The lock file cannot be looked at.
    """
    path = f"{root}/{_NAME}"
    try:
        fd = disk.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return None
    with closing(fd, disk=disk):
        _only_file(fd, disk)
        try:
            disk.flock(fd)
        except BlockingIOError:
            return _holder(path, disk)
    return None


def _take_over(held: Held, note: dict[str, object], disk: Disk) -> None:
    held.abandoned = held.untidy = "pid" in note or note.get("boot") != disk.boot()
    newest = note.get("newest")
    if isinstance(newest, int) and newest >= 0 and not held.abandoned:
        held.newest_step = newest


def _release(fd: int, held: Held, disk: Disk) -> None:
    # Without the note the next holder looks for left-overs in vain: no reason to fail a save that is done.
    with suppress(OSError):
        if not held.untidy:
            _write_note(fd, {"boot": disk.boot(), "newest": held.newest_step}, disk)
    with suppress(OSError):
        disk.close(fd)


def _make_folder(root: str, disk: Disk) -> None:
    folder = f"{root}/{FOLDER}"
    try:
        status = disk.lstat(folder)
    except FileNotFoundError:
        may_fill(root, FOLDER, disk=disk)
        with suppress(FileExistsError):
            disk.mkdir(folder)
        return
    if not stat.S_ISDIR(status.st_mode):
        raise NotWritableError(FOLDER, f"{FOLDER} is no folder", "Move it away and try again.")


def _ignore_folder(root: str, disk: Disk) -> None:
    with suppress(FileExistsError):
        fd = disk.open(f"{root}/{FOLDER}/.gitignore", os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        with closing(fd, disk=disk):
            write_all(fd, b"*\n", disk=disk)


def _acquire(path: str, disk: Disk, patience: float) -> int:
    """Return the locked descriptor of the file that has the lock's name."""
    while True:
        # Without O_NONBLOCK, reading from a named pipe would wait for somebody to write into it.
        fd = disk.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK)
        with ExitStack() as closing:
            closing.callback(disk.close, fd)
            status = _only_file(fd, disk)
            _wait(fd, path, disk, patience)
            if _is_still(status, path, disk):
                closing.pop_all()
                return fd


def _wait(fd: int, path: str, disk: Disk, patience: float) -> None:
    waited = 0.0
    while True:
        try:
            disk.flock(fd)
        except BlockingIOError:
            if waited >= patience:
                raise LockedError(_NAME, _holder(path, disk)) from None
            disk.pause(_STEP)
            waited += _STEP
        else:
            return


def _only_file(fd: int, disk: Disk) -> os.stat_result:
    status = disk.fstat(fd)
    if not stat.S_ISREG(status.st_mode):
        raise NotWritableError(_NAME, f"{_NAME} is no file", "Move it away and try again.")
    return status


def _is_still(status: os.stat_result, path: str, disk: Disk) -> bool:
    """Tell whether the lock file was not removed while we waited, by `git clean` for example."""
    try:
        return os.path.samestat(status, disk.stat(path))
    except FileNotFoundError:
        return False


def _holder(path: str, disk: Disk) -> str:
    with suppress(BookFileError):
        note = _parse(read(path, name=_NAME, disk=disk))
        if "pid" in note:
            return f"process {note['pid']} ({note.get('command')})"
    return "another process"


def _read_note(fd: int, disk: Disk) -> dict[str, object]:
    return _parse(disk.read(fd, _SIZE))


def _parse(data: bytes) -> dict[str, object]:
    try:
        note = json.loads(data or b"{}")
    except (ValueError, RecursionError):
        return {}
    return note if isinstance(note, dict) else {}


def _write_note(fd: int, note: dict[str, object], disk: Disk) -> None:
    disk.write_at_start(fd, json.dumps(note).encode().ljust(_SIZE - 1) + b"\n")


def _command() -> str:
    return " ".join(["claimbook", *sys.argv[1:]])[:_COMMAND]
