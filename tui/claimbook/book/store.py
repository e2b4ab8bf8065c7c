"""The one way in which files of a book are changed: locked, verified, synced, and with an undo."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from claimbook.book import leftovers, lock
from claimbook.book.belongings import Belongings, belongings
from claimbook.book.changes import FileChange, writing
from claimbook.book.commit import Commit, Record
from claimbook.book.disk import Disk
from claimbook.book.errors import (
    BookFileError,
    ConflictError,
    MovedFile,
    MovedOnError,
    NothingToUndoError,
)
from claimbook.book.files import DISK, LIMIT, read, read_or_none, resolve, speaking_of
from claimbook.book.journal import Journal
from claimbook.book.steps import Step


class Transaction:
    """Changes to files that are made together when the `with` block ends, or not at all.

    The book is locked from its beginning to its end, so what `read` returns is what a change is made for.
    Paths are absolute or relative to the book. Nothing is written before the end, and nothing at all after
    an exception; then the files are looked at again, and a file that does not hold what was expected makes
    the block end in a ConflictError.
    """

    def __init__(self, root: str, *, disk: Disk) -> None:
        self._root = root
        self._disk = disk
        self._changes: dict[str, FileChange] = {}
        self._places: dict[str, tuple[str, str]] = {}
        self.step = None

    step: Step | None
    """What was done, once the block has ended; None where nothing had to be."""

    def targets(self) -> dict[str, FileChange]:
        """Return each file's real path and change; files that come out as they went in are left out."""
        return {path: change for path, change in self._changes.items() if change.before != change.after}

    def read(self, path: str | Path, *, limit: int = LIMIT) -> bytes | None:
        """Return what a file holds, or will hold when the block ends; None if there is no file.

        Raises:
            UnreadableError: As `files.read` does.
            NotWritableError: It lies outside of the book.
        """
        real, name = self._resolve(path)
        staged = self._changes.get(real)
        if staged:
            return staged.after
        return read_or_none(real, name=name, disk=self._disk, limit=limit)

    def replace(self, path: str | Path, new: bytes, expected: bytes | None) -> None:
        """Give a file other content; where `expected` is None, make a file that must not be there yet."""
        self._stage(path, expected, new)

    def create(self, path: str | Path, new: bytes) -> None:
        """Make a file that must not be there yet, and the folders that it lies in."""
        self._stage(path, None, new)

    def remove(self, path: str | Path, expected: bytes) -> None:
        """Remove a file."""
        self._stage(path, expected, None)

    def rename(self, old: str | Path, new: str | Path, expected: bytes) -> None:
        """Give a file another name, which must be free."""
        real, name = self._resolve(old)
        with speaking_of(name):
            have = self._belongings(real)
        self._stage(old, expected, None)
        self._stage(new, None, expected, have)

    def _stage(
        self, path: str | Path, before: bytes | None, after: bytes | None, have: Belongings | None = None
    ) -> None:
        real, name = self._resolve(path)
        staged = self._changes.get(real)
        if staged is None:
            self._changes[real] = FileChange(name, before, after, have)
        elif staged.after != before:
            raise ConflictError(name, expected=before, found=staged.after, wanted=after)
        else:
            self._changes[real] = replace(staged, after=after)

    def _resolve(self, path: str | Path) -> tuple[str, str]:
        key = os.fspath(path)
        if key not in self._places:
            self._places[key] = resolve(self._root, path, disk=self._disk)
        return self._places[key]

    def _belongings(self, path: str) -> Belongings | None:
        try:
            return belongings(path, self._disk.lstat(path), disk=self._disk)
        except FileNotFoundError:
            return None


class Store:
    """The files of one book, and the history of the changes that claimbook made to them.

    Creating one touches nothing; the folder `.claimbook` is made by the first change. `notices` is filled as
    things are found that a person should know of and that stop nothing: versions recovered after a crash,
    broken journal entries. Objects are good for one thread at a time; the lock holds between threads that
    have one each, as it does between processes.
    """

    def __init__(self, root: str | Path, *, disk: Disk = DISK, patience: float = lock.PATIENCE) -> None:
        self.root = Path(disk.realpath(os.fspath(root)))
        self.notices = []
        self._root = os.fspath(self.root)
        self._disk = disk
        self._patience = patience
        self._journal = Journal(self._root, disk=disk, say=self._say)

    root: Path
    """The book's folder, its real path."""
    notices: list[str]
    """Sentences for the person; whoever shows them empties the list."""

    def read(self, path: str | Path, *, limit: int = LIMIT) -> bytes:
        """Return what a file holds, without lock and without writing anything; errors are `files.read`'s."""
        return read(self.root / path, limit=limit, name=os.fspath(path), disk=self._disk)

    @contextmanager
    def transaction(self, title: str) -> Iterator[Transaction]:
        """Change files together, as one step of the history.

        Args:
            title: What is done, in words, as undo will name it.

        Raises:
            ConflictError: A file holds something else than was expected, or exists already.
            NotWritableError: A file is read-only, is no regular file, or lies outside of the book.
            LockedError: Another process is writing and does not come to an end.
            DiskError: The disk does not take it.
            UnreadableError: What stands in a file's place cannot be read.
        """
        with self._writing() as held:
            transaction = Transaction(self._root, disk=self._disk)
            yield transaction
            if targets := transaction.targets():
                record = _Doing(self._journal, title)
                self._commit(targets, record, held)
                transaction.step = record.step
                held.newest_step = self._journal.newest

    def undo(self) -> Step:
        """Take back the newest step that is done, and return it.

        A file that holds already what it held before the step is left as it is.

        Raises:
            NothingToUndoError: No step is done.
            MovedOnError: A file was changed after the step; nothing is written.
            WriteError, UnreadableError: As for `transaction`.
        """
        with self._writing() as held:
            step = self._journal.last_done()
            if step is None:
                raise NothingToUndoError("undo")
            self._turn(step, held)
        return replace(step, undone=True)

    def redo(self) -> Step:
        """Do the step again that was undone last, and return it; errors are those of `undo`."""
        with self._writing() as held:
            step = self._journal.next_undone()
            if step is None:
                raise NothingToUndoError("redo")
            self._turn(step, held)
        return replace(step, undone=False)

    def peek_undo(self) -> Step | None:
        """Return the step that `undo` would take back, None if there is none; nothing is written."""
        return self._journal.last_done()

    def peek_redo(self) -> Step | None:
        """Return the step that `redo` would do again, None if there is none; nothing is written."""
        return self._journal.next_undone()

    def history(self) -> Iterator[Step]:
        """Yield the steps that are done, or undone and can be redone, newest first; nothing is written."""
        return self._journal.steps()

    def recover(self) -> None:
        """Look for what killed processes left in the book, as the first write after a crash does anyway."""
        with self._writing() as held:
            if not held.abandoned:
                held.untidy = not self._recover()

    def leftovers(self) -> list[Path]:
        """List temporary files that killed processes left, without touching them.

        Raises:
            OSError: A folder cannot be listed.
        """
        return [Path(leftover) for leftover, _ in leftovers.find(self._root, disk=self._disk)]

    def recovered(self) -> list[Path]:
        """List the versions of files that were recovered after crashes, until somebody removes them."""
        return leftovers.recovered(self.root)

    @contextmanager
    def _writing(self) -> Iterator[lock.Held]:
        with lock.hold(self._root, disk=self._disk, patience=self._patience) as held:
            if held.abandoned:
                held.untidy = not self._recover()
            self._journal.newest = held.newest_step
            yield held

    def _turn(self, step: Step, held: lock.Held) -> None:
        action = "redo" if step.undone else "undo"
        targets = self._still_to_do(action, step)
        self._commit(targets, _Turning(self._journal, step), held)

    def _still_to_do(self, action: str, step: Step) -> dict[str, FileChange]:
        moved, targets = [], {}
        for change in step.next_changes:
            path, _ = resolve(self._root, change.file, disk=self._disk)
            now = self._current(change)
            if now == change.before:
                targets[path] = change
            elif now != change.after:
                moved.append(MovedFile(change.file, now, change.after))
        if moved:
            raise MovedOnError(action, step.title, tuple(moved))
        return targets

    def _current(self, change: FileChange) -> bytes | None:
        path, name = resolve(self._root, change.file, disk=self._disk)
        may_be_missing = change.before is None or change.after is None
        return read_or_none(path, name=name, patient=not may_be_missing, disk=self._disk)

    def _commit(self, targets: dict[str, FileChange], record: Record, held: lock.Held) -> None:
        writings = [writing(self._disk, path, change, self._keep) for path, change in targets.items()]
        commit = Commit(writings, record, disk=self._disk)
        held.newest_step = None
        try:
            commit.run()
        finally:
            held.untidy = held.untidy or commit.untidy

    def _recover(self) -> bool:
        """Return whether everything that was left is looked after; what is not stops nothing."""
        unsettled: list[tuple[int, str]] = []
        found: list[tuple[str, str]] = []
        done = [
            self._attempt(lambda: unsettled.extend(self._journal.unsettled())),
            self._attempt(lambda: found.extend(leftovers.find(self._root, disk=self._disk))),
        ]
        done += [self._attempt(partial(self._journal.settle, *entry, self._current)) for entry in unsettled]
        done += [self._attempt(partial(self._recover_one, *leftover)) for leftover in found]
        return all(done)

    def _recover_one(self, leftover: str, target: str) -> None:
        if kept := leftovers.recover(self._root, leftover, target, disk=self._disk):
            self._say(kept.sentence)

    def _keep(self, leftover: str, target: str) -> None:
        self._say(leftovers.keep(self._root, leftover, target, disk=self._disk).sentence)

    def _attempt(self, action: Callable[[], None]) -> bool:
        try:
            action()
        except (OSError, BookFileError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            self._say(f"What an earlier save left behind stays where it is: {reason}")
            return False
        return True

    def _say(self, sentence: str) -> None:
        if sentence not in self.notices:
            self.notices.append(sentence)


class _Doing:
    """The journal around a step that is done for the first time."""

    def __init__(self, journal: Journal, title: str) -> None:
        self._journal = journal
        self._title = title
        self.step: Step | None = None

    def begin(self, changes: Sequence[FileChange]) -> None:
        self.step = self._journal.begin(self._title, changes)

    def finish(self) -> None:
        if self.step is not None:
            self._journal.finish(self.step)

    def withdraw(self) -> None:
        if self.step is not None:
            self._journal.withdraw(self.step)


class _Turning:
    """The journal around a step that is undone or redone."""

    def __init__(self, journal: Journal, step: Step) -> None:
        self._journal = journal
        self._step = step
        self._states = ("undone", "redoing", "done") if step.undone else ("done", "undoing", "undone")
        self._begun = False

    def begin(self, changes: Sequence[FileChange]) -> None:
        del changes  # they are those of the step, or fewer
        start, between, _ = self._states
        self._journal.mark(self._step, start, between)
        self._begun = True

    def finish(self) -> None:
        _, between, end = self._states
        self._journal.mark(self._step, between, end)

    def withdraw(self) -> None:
        if self._begun:
            start, between, _ = self._states
            self._journal.mark(self._step, between, start)
