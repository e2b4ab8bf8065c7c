"""What can go wrong with the files of a book; each error owns its sentence."""

import errno
from typing import NamedTuple


class BookFileError(Exception):
    """A file of the book that could not be read or written.

    `str()` says what happened, what was kept, and what to do. Names in it are somebody else's text: they go
    through `visible()` on their way to a screen.
    """

    file: str
    """The file it is about, relative to the book, or as the caller named it."""
    changed: tuple[str, ...]
    """Files that hold a new version although the change as a whole failed; nearly always none."""

    def __init__(self, file: str, what: str, advice: str = "") -> None:
        super().__init__(file, what, advice)
        self.file = file
        self.changed = ()
        self._what = what
        self._advice = advice

    @property
    def kept(self) -> str:
        """Say what became of the files, as the end of the first sentence."""
        if not self.changed:
            return ""
        return f"; already changed and impossible to put back: {', '.join(self.changed)}"

    def __str__(self) -> str:
        return " ".join(part for part in (f"{self._what}{self.kept}.", self._advice) if part)


class UnreadableError(BookFileError):
    """A file that is there and cannot be read: no regular file, too large, not allowed, or a bad disk."""


class MissingError(BookFileError):
    """A file that is not there, also after a second look."""

    def __init__(self, file: str) -> None:
        super().__init__(file, f"{file} is not there")


class WriteError(BookFileError):
    """A change to files that was not made."""

    @property
    def kept(self) -> str:
        """Say that nothing was written, or what could not be put back."""
        return super().kept or "; nothing was written"


class RefusedError(WriteError):
    """A change that was not made because it would not have been safe."""


class NotWritableError(RefusedError):
    """A file that may not be written, or may not be replaced."""


class DiskError(WriteError):
    """A change that the disk did not take: full, failing, gone."""


class ConflictError(RefusedError):
    """A file that does not hold what the change was made for; both texts are here, to merge or to ask."""

    expected: bytes | None
    """What the change was made for; None if there was to be no file."""
    found: bytes | None
    """What the file holds now, somebody else's work; None if there is no file."""
    wanted: bytes | None
    """What the file would have held; None if it would have been removed."""

    def __init__(
        self, file: str, *, expected: bytes | None, found: bytes | None, wanted: bytes | None
    ) -> None:
        super().__init__(file, _conflict(file, expected, found), "Look at what is there and try again.")
        self.expected = expected
        self.found = found
        self.wanted = wanted


class LockedError(RefusedError):
    """A book in which another claimbook is writing and does not come to an end."""

    holder: str
    """Who holds the lock: process number and command, as that process wrote them down."""

    def __init__(self, file: str, holder: str) -> None:
        super().__init__(file, f"The book is locked by {holder}", "Wait until that one is done, or end it.")
        self.holder = holder


class MovedFile(NamedTuple):
    """A file that changed after the step that was to be taken back."""

    file: str
    """Its path, relative to the book."""
    now: bytes | None
    """What it holds; None if it is gone."""
    would_be: bytes | None
    """What it would have become; None if it would have been removed."""


class MovedOnError(RefusedError):
    """A step that cannot be undone or redone because files changed after it."""

    files: tuple[MovedFile, ...]
    """Each file that has moved on, with both texts."""
    title: str
    """The step that it is about."""

    def __init__(self, action: str, title: str, files: tuple[MovedFile, ...]) -> None:
        names = ", ".join(moved.file for moved in files)
        advice = "Compare both texts and change the file by hand."
        super().__init__(files[0].file, f"Cannot {action} “{title}”: {names} changed since", advice)
        self.files = files
        self.title = title


class NothingToUndoError(RefusedError):
    """An undo or redo where the journal holds no step for it."""

    def __init__(self, action: str) -> None:
        super().__init__("", f"There is nothing to {action}")


def write_error(file: str, error: OSError) -> WriteError:
    """Put an error of the system into the sentence of a NotWritableError or a DiskError."""
    reason = error.strerror or type(error).__name__
    if error.errno in _NOT_ALLOWED:
        advice = "See who may write there, and on what it lies."
        return NotWritableError(file, f"{file} may not be written ({reason})", advice)
    return DiskError(file, f"{file} could not be written ({reason})", _ADVICE.get(error.errno or 0, ""))


def read_error(file: str, error: OSError) -> UnreadableError:
    """Put an error of the system into the sentence of an UnreadableError."""
    return UnreadableError(file, f"{file} cannot be read ({error.strerror or type(error).__name__})")


_NOT_ALLOWED = (errno.EACCES, errno.EPERM, errno.EROFS)
_ADVICE = {
    errno.ENOSPC: "Make room on the disk and try again.",
    errno.EDQUOT: "Make room in your quota and try again.",
    errno.EIO: "The disk may be failing: look after your backups.",
}


def _conflict(file: str, expected: bytes | None, found: bytes | None) -> str:
    if expected is None:
        return f"{file} exists already"
    return f"{file} changed on disk meanwhile" if found is not None else f"{file} is gone meanwhile"
