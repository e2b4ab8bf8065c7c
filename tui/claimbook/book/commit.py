"""Several files changed together, or none of them."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Protocol

from claimbook.book.changes import Creating, FileChange, Removing, Writing
from claimbook.book.disk import Disk
from claimbook.book.errors import BookFileError, ConflictError
from claimbook.book.files import speaking_of, sync_folder


class Record(Protocol):
    """What the journal does around a commit."""

    def begin(self, changes: Sequence[FileChange]) -> None:
        """Write down that the step is under way."""

    def finish(self) -> None:
        """Write down that the step is done."""

    def withdraw(self) -> None:
        """Write down that the step was not done."""


class Commit:
    """One step on its way into the files.

    The order is that of a save: each new version into a temporary file and onto the medium, the journal's
    entry, then one exchange after the other, each verified, then the folders onto the medium, the journal,
    and last of all the displaced versions away. Those are what a failure is taken back with, by the same
    exchange and without needing room; so they go after the folders are synced, not before.
    """

    def __init__(self, writings: Sequence[Writing], record: Record, *, disk: Disk) -> None:
        self._writings = sorted(writings, key=_rank)
        self._record = record
        self._disk = disk
        self._stuck = False
        self.untidy = True

    untidy: bool
    """Whether something may be left behind for the next writer to look at."""

    def run(self) -> None:
        """Make every change.

        Raises:
            BookFileError: One could not be made. The others are taken back; `changed` names those that
                could not be, because the disk does not take that either or somebody wrote over them.
        """
        try:
            with ExitStack() as back:
                self._prepare(back)
                self._apply(back)
                back.pop_all()
        except BookFileError as error:
            error.changed = tuple(w.change.file for w in self._writings if w.applied)
            self.untidy = self._stuck or not isinstance(error, ConflictError)
            raise
        for writing in self._writings:
            self._try(writing.tidy)
        self.untidy = self._stuck

    def _prepare(self, back: ExitStack) -> None:
        for writing in self._writings:
            back.callback(self._discard, writing)
            with speaking_of(writing.change.file):
                writing.prepare()

    def _apply(self, back: ExitStack) -> None:
        back.callback(self._withdraw)
        with speaking_of("the undo journal"):
            self._record.begin([writing.change for writing in self._writings])
        for writing in self._writings:
            back.callback(self._revert, writing)
            with speaking_of(writing.change.file):
                writing.apply()
        self._sync()
        with speaking_of("the undo journal"):
            self._record.finish()

    def _sync(self) -> None:
        folders = {folder: writing for writing in self._writings for folder in writing.folders}
        for folder, writing in folders.items():
            with speaking_of(writing.change.file):
                sync_folder(folder, disk=self._disk)

    def _revert(self, writing: Writing) -> None:
        if writing.applied:
            self._try(writing.revert)

    def _discard(self, writing: Writing) -> None:
        if not writing.applied:
            self._try(writing.tidy)

    def _withdraw(self) -> None:
        # With a file that could not be put back, the entry is what the step can be undone with.
        if any(writing.applied for writing in self._writings):
            self._stuck = True
        else:
            self._try(self._record.withdraw)

    def _try(self, action: Callable[[], None]) -> None:
        """Do what an error must not keep the rest from; the next writer does what is left over."""
        try:
            action()
        except (OSError, BookFileError):
            self._stuck = True


def _rank(writing: Writing) -> int:
    """Order the changes so that, wherever it breaks off, no content has gone before it is back."""
    if isinstance(writing, Creating):
        return 0
    return 2 if isinstance(writing, Removing) else 1
