"""One entry of the journal, as a value and as bytes."""

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from claimbook.book.belongings import Belongings
from claimbook.book.changes import FileChange

_MAGIC = "claimbook-step-1"


@dataclass(frozen=True, slots=True)
class Step:
    """One change to the book as a person sees it: one or more files, done and undone together."""

    number: int
    """Its place among all steps; a later step has a larger one."""
    title: str
    """What was done, in words."""
    time: datetime
    """When, in UTC, to the second."""
    changes: tuple[FileChange, ...]
    """The files before and after the step was done."""
    undone: bool = False
    """Whether it is undone at present."""

    @property
    def files(self) -> tuple[str, ...]:
        """Name the files, relative to the book."""
        return tuple(change.file for change in self.changes)

    @property
    def next_changes(self) -> tuple[FileChange, ...]:
        """Return what undo, or redo where it is undone, does to the files."""
        return self.changes if self.undone else tuple(change.inverse for change in self.changes)


class BrokenEntryError(ValueError):
    """A journal entry that does not say what it should."""


def encode(step: Step) -> bytes:
    """Return the entry of a step: a line with a checksum, a line of JSON, and the bytes of the files."""
    head = {
        "title": step.title,
        "time": step.time.isoformat(),
        "files": [[c.file, _size(c.before), _size(c.after), _told(c.belongings)] for c in step.changes],
    }
    parts = [json.dumps(head).encode(), b"\n"]
    parts += [data for c in step.changes for data in (c.before, c.after) if data is not None]
    rest = b"".join(parts)
    return _seal(rest) + rest


def decode(number: int, data: bytes, *, undone: bool) -> Step:
    """Return the step of an entry.

    Args:
        number: The step's number, which the entry has in its name.
        data: The entry.
        undone: Whether the step is undone, which the entry has in its name too.

    Raises:
        BrokenEntryError: It is cut short, was changed, or is no entry at all.
    """
    rest = data[data.find(b"\n") + 1 :]
    if data[: len(data) - len(rest)] != _seal(rest):
        raise BrokenEntryError
    line, _, blobs = rest.partition(b"\n")
    try:
        head = json.loads(line)
        changes = tuple(_changes(head["files"], blobs))
        return Step(number, str(head["title"]), datetime.fromisoformat(head["time"]), changes, undone)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BrokenEntryError from error


def now(seconds: float) -> datetime:
    """Return the time of a step that is made so many seconds after 1970 began."""
    return datetime.fromtimestamp(int(seconds), UTC)


def _seal(rest: bytes) -> bytes:
    return f"{_MAGIC} {zlib.crc32(rest):08x}\n".encode()


def _size(data: bytes | None) -> int | None:
    return None if data is None else len(data)


def _changes(files: list[list[object]], blobs: bytes) -> Iterator[FileChange]:
    place = 0
    for file, before, after, have in files:
        start, place = place, place + _length(before)
        middle, place = place, place + _length(after)
        yield FileChange(
            str(file),
            None if before is None else blobs[start:middle],
            None if after is None else blobs[middle:place],
            _belongings(have),
        )
    if place != len(blobs):
        raise BrokenEntryError


def _told(have: Belongings | None) -> list[object] | None:
    if have is None:
        return None
    return [have.mode, have.owner, {name: value.hex() for name, value in have.attributes if _is_ours(name)}]


def _belongings(told: Any) -> Belongings | None:
    if told is None or isinstance(told, int):
        return None if told is None else Belongings(told)
    mode, owner, attributes = told
    values = tuple((name, bytes.fromhex(value)) for name, value in attributes.items() if _is_ours(name))
    return Belongings(mode & 0o777, (int(owner[0]), int(owner[1])) if owner else None, values)


def _is_ours(name: str) -> bool:
    """Tell an attribute that a person gives from one of the system's, which no entry may ask for."""
    return name.startswith(("user.", "system.posix_acl_access"))


def _length(size: object) -> int:
    if size is None:
        return 0
    if not isinstance(size, int) or size < 0:
        raise BrokenEntryError
    return size
