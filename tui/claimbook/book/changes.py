"""Three ways in which a file goes from one version to another: replaced, created, removed.

Each is made in steps that can be taken back, so that several files change together or not at all:
`prepare` looks and writes what takes room, `apply` makes the change visible in one step and verifies what it
displaced, `revert` exchanges it back, `tidy` removes what is no longer needed. What a hand editor puts in
between is found by `apply` in the displaced bytes, put back, and raised as a ConflictError.
"""

import os
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

from claimbook.book.belongings import Belongings, belongings
from claimbook.book.disk import Disk
from claimbook.book.errors import ConflictError
from claimbook.book.files import (
    exchange,
    give_name,
    holds,
    may_fill,
    may_replace,
    read_or_none,
    temporary_name,
    write_new,
)


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file before and after."""

    file: str
    """Its path, relative to the book, `/` between the parts."""
    before: bytes | None
    """What it holds before; None if there is no file."""
    after: bytes | None
    """What it holds after; None if there is no file."""
    belongings: Belongings | None = None
    """What it has besides its content where there was a file, so that it can be made again as it was."""

    @property
    def inverse(self) -> "FileChange":
        """Return the change that takes this one back."""
        return replace(self, before=self.after, after=self.before)


class Writing(ABC):
    """A change on its way into a file.

    All methods raise BookFileError or OSError. A process may be killed between any two calls: the file then
    holds its old or its new version, and `leftovers` finds what else lies there.
    """

    def __init__(self, disk: Disk, path: str, change: FileChange, keep: Callable[[str, str], None]) -> None:
        self.disk = disk
        self.path = path
        self.change = change
        self.folder = os.path.dirname(path)  # noqa: PTH120 (a Path takes longer than the save)
        self.folders = {self.folder}
        self.applied = False
        self._keep = keep
        self._temporary: str | None = None

    disk: Disk
    """The file calls."""
    path: str
    """The file's real place."""
    change: FileChange
    """What is to become of it."""
    folders: set[str]
    """Folders in which names change."""
    applied: bool
    """Whether the file holds the new version and the old one can still be put back."""

    @abstractmethod
    def prepare(self) -> None:
        """Refuse what is not safe, and write the new version beside the file."""

    @abstractmethod
    def apply(self) -> None:
        """Put the new version in the file's place, and verify what was displaced."""

    @abstractmethod
    def revert(self) -> None:
        """Put the old version back, unless somebody has written over the new one since."""

    def tidy(self) -> None:
        """Remove the temporary file: the old version after a success, the new one after a failure."""
        if self._temporary is not None:
            temporary, self._temporary = self._temporary, None
            with suppress(FileNotFoundError):
                self.disk.unlink(temporary)

    def conflict(self) -> ConflictError:
        """Return the refusal that carries what the file holds now."""
        change = self.change
        found = read_or_none(self.path, name=change.file, disk=self.disk)
        return ConflictError(change.file, expected=change.before, found=found, wanted=change.after)

    def _check(self) -> None:
        """Look whether the file may be written and holds what is expected, and what else it has."""
        try:
            status = may_replace(self.path, self.change.file, disk=self.disk)
        except FileNotFoundError:
            # An editor may be in the middle of saving: the conflict takes its time to look again.
            raise self.conflict() from None
        may_fill(self.folder, self.change.file, disk=self.disk)
        if read_or_none(self.path, name=self.change.file, disk=self.disk) != self.change.before:
            raise self.conflict()
        self.change = replace(self.change, belongings=belongings(self.path, status, disk=self.disk))

    def _look_once_more(self) -> None:
        """Refuse a hand edit that came while the new version went to the medium, or is just being written.

        Verifying what is displaced would find it too; but until it is back, an editor that reads the file
        would find our version and build on that.
        """
        if not holds(self.path, self.change.before or b"", self.change.file, disk=self.disk):
            raise self.conflict()

    def _verify(self, displaced: str) -> None:
        """Take the change back if what it displaced is not what was expected."""
        if not holds(displaced, self.change.before or b"", self.change.file, disk=self.disk):
            self.revert()
            raise self.conflict()

    def _write_beside(self) -> None:
        self._temporary = temporary_name(self.path)
        like, data = self.change.belongings, self.change.after or b""
        write_new(self._temporary, data, mode=0o666, like=like, disk=self.disk)

    def _take_temporary(self) -> str:
        """Return the temporary file's path and leave it to the caller.

        Until somebody has looked what it holds it is not ours to remove: after an error it stays, to be
        recovered.
        """
        temporary, self._temporary = self._temporary, None
        return temporary or ""

    def _give_back(self, temporary: str) -> None:
        """Put a file back in its place, or, where there is a new one by now, with the recovered ones."""
        try:
            kept = give_name(temporary, self.path, disk=self.disk)
        except FileExistsError:
            self._keep(temporary, self.path)
        else:
            self._temporary = temporary if kept else self._temporary


class Replacing(Writing):
    """A file gets other content; whatever else it has stays."""

    def prepare(self) -> None:
        """Refuse what is not safe, and write the new version beside the file."""
        self._check()
        self._write_beside()

    def apply(self) -> None:
        """Exchange the two versions, and verify what was displaced."""
        try:
            self._look_once_more()
            self._exchange()
        except FileNotFoundError:
            raise self.conflict() from None
        self.applied = True
        self._verify(self._temporary or "")

    def revert(self) -> None:
        """Exchange them again, unless somebody has written over the new version since."""
        try:
            self._exchange()
        except FileNotFoundError:
            # Somebody has taken the new version away, which leaves the place to the old one.
            self._give_back(self._take_temporary())
            self.applied = False
            return
        self.applied = False
        temporary = self._take_temporary()
        if holds(temporary, self.change.after or b"", self.change.file, disk=self.disk):
            self._temporary = temporary
        else:
            self._keep(exchange(temporary, self.path, disk=self.disk), self.path)

    def _exchange(self) -> None:
        self._temporary = exchange(self._temporary or "", self.path, disk=self.disk)


class Creating(Writing):
    """A file appears where there was none, its folders with it."""

    def __init__(self, disk: Disk, path: str, change: FileChange, keep: Callable[[str, str], None]) -> None:
        super().__init__(disk, path, change, keep)
        self._made: list[str] = []

    def prepare(self) -> None:
        """Refuse what is not safe, and write the file under a temporary name."""
        self._refuse_existing()
        self._make_folders()
        may_fill(self.folder, self.change.file, disk=self.disk)
        self._write_beside()

    def apply(self) -> None:
        """Let the file appear under its own name, never over another one."""
        try:
            kept = give_name(self._temporary or "", self.path, disk=self.disk)
        except FileExistsError:
            raise self.conflict() from None
        self.applied = True
        self._temporary = self._temporary if kept else None

    def revert(self) -> None:
        """Take the file away again, unless somebody has written over it since."""
        spare = temporary_name(self.path)
        try:
            self.disk.rename(self.path, spare)
        except FileNotFoundError:
            self.applied = False
            return
        self.applied = False
        if holds(spare, self.change.after or b"", self.change.file, disk=self.disk):
            self.disk.unlink(spare)
        else:
            self._give_back(spare)

    def tidy(self) -> None:
        """Remove the temporary name and, after a failure, the folders that were made."""
        super().tidy()
        while self._made and not self.applied:
            self.disk.rmdir(self._made.pop())

    def _refuse_existing(self) -> None:
        try:
            self.disk.lstat(self.path)
        except (FileNotFoundError, NotADirectoryError):
            return
        raise self.conflict()

    def _make_folders(self) -> None:
        missing = []
        folder = self.folder
        while not self._is_there(folder):
            missing.append(folder)
            folder = os.path.dirname(folder)  # noqa: PTH120 (as above)
        if missing:
            may_fill(folder, self.change.file, disk=self.disk)
        for name in reversed(missing):
            self.folders.add(folder)
            self.disk.mkdir(name)
            self._made.append(name)
            folder = name

    def _is_there(self, folder: str) -> bool:
        try:
            self.disk.stat(folder)
        except FileNotFoundError:
            return False
        return True


class Removing(Writing):
    """A file goes away."""

    def prepare(self) -> None:
        """Refuse what is not safe."""
        self._check()

    def apply(self) -> None:
        """Take the file out of its place, and verify what was taken."""
        temporary = temporary_name(self.path)
        try:
            self._look_once_more()
            self.disk.rename(self.path, temporary)
        except FileNotFoundError:
            raise self.conflict() from None
        self._temporary = temporary
        self.applied = True
        self._verify(temporary)

    def revert(self) -> None:
        """Put the file back, unless there is a new one by now."""
        self._give_back(self._take_temporary())
        self.applied = False


def writing(disk: Disk, path: str, change: FileChange, keep: Callable[[str, str], None]) -> Writing:
    """Return the way from `change.before` to `change.after` for the file at a real path.

    Args:
        disk: The file calls.
        path: The file's real place.
        change: Its versions, not both of them None.
        keep: Called with a left-over and its target's path where a version would otherwise be lost.
    """
    if change.before is None:
        return Creating(disk, path, change, keep)
    if change.after is None:
        return Removing(disk, path, change, keep)
    return Replacing(disk, path, change, keep)
