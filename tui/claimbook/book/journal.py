"""The changes that claimbook made, newest last, so that they can be undone and redone across restarts.

An entry is one file in `.claimbook/journal/`, `<number>.<state>`: a line with the checksum of what follows, a
line of JSON with the title, the time and the files, then the bytes of every file before and after. The
state stands in the name, so that going from one to the next is a rename and never rewrites an entry:

    doing → done ⇄ undone, through `undoing` and `redoing`

An entry is there, as `doing`, before the first file of its step is touched, and becomes `done` before the
step is acknowledged. When a process was killed in between, the next writer compares the files with the entry
(`settle`) and gives it the state that is true.

Nothing here is synced to the medium, because no promise rests on it: a killed process loses nothing that
it handed to the system, and after a power cut what the files hold is right by itself, as each is synced by
its save. What a power cut can cost is the undo of the last seconds: an entry that did not reach the medium
is missing, or broken and found by its checksum. Two more waits for the disk would double the time of a save.

Numbers only grow. A new step removes the undone ones just before it is marked as done: by then they are
past redoing, whatever happens next.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress

from claimbook.book.changes import FileChange
from claimbook.book.disk import Disk
from claimbook.book.errors import BookFileError, MissingError, NotWritableError, read_error
from claimbook.book.files import closing, read, write_all
from claimbook.book.lock import FOLDER
from claimbook.book.steps import BrokenEntryError, Step, decode, encode, now

KEPT = 200
"""Steps that the journal keeps; older ones are removed from time to time."""

_FOLDER = f"{FOLDER}/journal"
_LIMIT = 1 << 30
_SWEEP = 16
_STATES = ("doing", "done", "undoing", "undone", "redoing", "broken")
_BETWEEN = ("doing", "undoing", "redoing")
_DONE = ("done", "undoing")
_UNDONE = ("undone", "redoing")


class Journal:
    """The entries of one book.

    Reading is safe at any time. Whoever changes entries holds the book's lock. `say` is called with a
    sentence about each entry that turns out to be broken: it costs itself and no other.
    Methods raise OSError and BookFileError where the disk fails.
    """

    def __init__(self, root: str, *, disk: Disk, say: Callable[[str], None]) -> None:
        self._folder = f"{root}/{_FOLDER}"
        self._disk = disk
        self._say = say
        self.newest = None
        self._undone: dict[int, str] = {}

    newest: int | None
    """The number of the newest entry if it is known, and known that none is undone; else `begin` looks."""

    def begin(self, title: str, changes: Sequence[FileChange]) -> Step:
        """Write down what is about to be done, before it is done."""
        self._undone = {}
        newest = self._newest() if self.newest is None else self.newest
        step = Step(newest + 1, title, now(self._disk.now()), tuple(changes))
        mode = 0o666
        for change in changes:
            mode &= change.belongings.narrowest if change.belongings else mode
        self.newest = step.number
        self._write(self._path(step.number, "doing"), encode(step), mode)
        return step

    def finish(self, step: Step) -> None:
        """Write down that a step is done, after which nothing that was undone before can be redone."""
        for number, state in self._undone.items():
            self._disk.unlink(self._path(number, state))
        self._undone = {}
        self.mark(step, "doing", "done")
        if step.number % _SWEEP == 0:
            self._sweep()

    def withdraw(self, step: Step) -> None:
        """Forget a step that was not done after all."""
        self._disk.unlink(self._path(step.number, "doing"))

    def mark(self, step: Step, old: str, new: str) -> None:
        """Take a step from one state to another."""
        self._disk.rename(self._path(step.number, old), self._path(step.number, new))

    def last_done(self) -> Step | None:
        """Return the step that an undo takes back, None if there is none."""
        states = self._states()
        return self._first(sorted((n for n in states if states[n] in _DONE), reverse=True), states)

    def next_undone(self) -> Step | None:
        """Return the step that a redo does again, None if there is none."""
        states = self._states()
        return self._first(sorted(n for n in states if states[n] in _UNDONE), states)

    def steps(self) -> Iterator[Step]:
        """Yield every step that is done, or undone and can be redone, the newest first."""
        states = self._states()
        for number in sorted(states, reverse=True):
            if states[number] in _DONE + _UNDONE and (step := self._load(number, states[number])):
                yield step

    def unsettled(self) -> list[tuple[int, str]]:
        """List the number and state of every entry that a killed process left between two states."""
        return sorted((n, state) for n, state in self._states().items() if state in _BETWEEN)

    def settle(self, number: int, state: str, current: Callable[[FileChange], bytes | None]) -> None:
        """Give an unsettled entry the state that is true.

        Args:
            number: The entry's number.
            state: The state that it was left in.
            current: Returns what the file of a change holds now; None if there is none.
        """
        try:
            step = self._read(number, state)
            now = {change.file: current(change) for change in step.changes}
        except (BrokenEntryError, NotWritableError):
            # A process that was killed while it wrote this had done nothing yet; a power cut may differ.
            self._say(f"The journal entry {_name(number, state)} is broken: no undo or redo for its step.")
            self._disk.rename(self._path(number, state), self._path(number, "broken"))
        else:
            self._settle(step, state, now)

    def _settle(self, step: Step, state: str, now: dict[str, bytes | None]) -> None:
        reached = [c.file for c in step.changes if now[c.file] == c.after]
        kept_back = [c.file for c in step.changes if now[c.file] != c.before]
        if state == "doing" and not reached:
            self.withdraw(step)
            return
        undone = not kept_back if state == "undoing" else not reached
        if state == "doing":
            self._newest()
            self.finish(step)
        else:
            self.mark(step, state, "undone" if undone else "done")
        if not undone and len(reached) < len(step.changes):
            self._say(
                f"“{step.title}” did not come to its end: {len(reached)} of {len(step.changes)} files "
                "hold the change. Undo takes it back."
            )

    def _sweep(self) -> None:
        """Remove the oldest entries; what cannot be removed now can be another time."""
        with suppress(BookFileError, OSError):
            states = self._states()
            for number in sorted(states)[:-KEPT]:
                self._disk.unlink(self._path(number, states[number]))

    def _newest(self) -> int:
        """Return the number of the newest entry, and remember those that the next step to be done ends."""
        states = self._states()
        self._undone = {n: state for n, state in states.items() if state in _UNDONE}
        return max(states, default=0)

    def _first(self, numbers: Iterable[int], states: dict[int, str]) -> Step | None:
        """Return the first step that can be had.

        An entry that is broken stays so, and is passed by. One that the disk does not give now may be had
        later: another step in its place would not be the one that is meant.
        """
        for number in numbers:
            if step := self._told(number, states[number]):
                return step
        return None

    def _load(self, number: int, state: str) -> Step | None:
        try:
            return self._told(number, state)
        except BookFileError as error:
            self._say(f"{error} There is no undo or redo for its step.")
        return None

    def _told(self, number: int, state: str) -> Step | None:
        try:
            return self._read(number, state)
        except BrokenEntryError:
            self._say(f"The journal entry {_name(number, state)} is broken: no undo or redo for its step.")
        except MissingError:
            pass  # it went to another state, or was removed, since the folder was listed
        return None

    def _read(self, number: int, state: str) -> Step:
        path, name = self._path(number, state), _name(number, state)
        data = read(path, limit=_LIMIT, name=name, disk=self._disk)
        return decode(number, data, undone=state in _UNDONE)

    def _states(self) -> dict[int, str]:
        try:
            names = self._disk.names(self._folder)
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise read_error(_FOLDER, error) from error
        parts = (name.partition(".") for name in names)
        return {
            int(number): state
            for number, _, state in parts
            if state in _STATES and number.isdigit() and f"{int(number):08}" == number
        }

    def _path(self, number: int, state: str) -> str:
        return f"{self._folder}/{_file(number, state)}"

    def _write(self, path: str, data: bytes, mode: int) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        try:
            fd = self._disk.open(path, flags, mode)
        except FileNotFoundError:
            self._disk.mkdir(self._folder)
            fd = self._disk.open(path, flags, mode)
        with ExitStack() as undoing:
            undoing.callback(self._drop, path)
            with closing(fd, disk=self._disk):
                write_all(fd, data, disk=self._disk)
            undoing.pop_all()

    def _drop(self, path: str) -> None:
        # What cannot be removed now is set aside by the next writer.
        with suppress(OSError):
            self._disk.unlink(path)


def _file(number: int, state: str) -> str:
    return f"{number:08}.{state}"


def _name(number: int, state: str) -> str:
    return f"{_FOLDER}/{_file(number, state)}"
