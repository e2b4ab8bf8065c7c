"""What a save that was killed leaves behind, and how none of it is lost.

A temporary file is named after its target (`files.temporary_name`). It holds the version that was about to
be written, the one that was just displaced, or a hand edit that came in between. If its target holds the
same, or if it is empty, it is removed; else it is moved to `.claimbook/recovered/`, where it stays until
somebody removes it, under the path of its target with the time in its name.
"""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePath

from claimbook.book.disk import Disk
from claimbook.book.errors import BookFileError
from claimbook.book.files import read, read_or_none, target_name, write_new
from claimbook.book.lock import FOLDER

_RECOVERED = f"{FOLDER}/recovered"


@dataclass(frozen=True, slots=True)
class Recovered:
    """A version of a file that a save left behind and that is not what the file holds."""

    file: str
    """The file, relative to the book."""
    kept_as: str
    """Where the version is now, relative to the book."""

    @property
    def sentence(self) -> str:
        """Say what was found, where it is, and what to do."""
        return (
            f"A save of {self.file} was cut short or crossed by another; "
            f"a version that would have been lost is in {self.kept_as}. "
            "Compare the two, then remove that one."
        )


def find(root: str, *, disk: Disk) -> Iterator[tuple[str, str]]:
    """Yield each left-over of a book and the path of its target.

    Hidden folders and links are passed by, and folders that this user may not look into: no save of theirs
    was there.

    Raises:
        OSError: A folder cannot be listed for another reason.
    """
    folders = [root]
    while folders:
        folder = folders.pop()
        for name, is_folder in _scan(folder, disk):
            if is_folder and not name.startswith("."):
                folders.append(f"{folder}/{name}")
            elif (target := target_name(name)) and _is_file(f"{folder}/{name}", disk):
                yield f"{folder}/{name}", f"{folder}/{target}"


def recover(root: str, leftover: str, target: str, *, disk: Disk) -> Recovered | None:
    """Remove a left-over that its target makes superfluous, or keep it with the recovered versions.

    Returns:
        What was kept, None if nothing was.

    Raises:
        BookFileError, OSError: It can be neither removed nor moved; it stays.
    """
    name = _relative(target, root)
    data = read(leftover, name=name, patient=False, disk=disk)
    if not data or data == _target_data(target, name, disk):
        disk.unlink(leftover)
        return None
    return keep(root, leftover, target, disk=disk)


def keep(root: str, leftover: str, target: str, *, disk: Disk) -> Recovered:
    """Move a version of a file that nobody else has to the recovered ones.

    Raises:
        BookFileError, OSError: It cannot be moved; it stays.
    """
    name = _relative(target, root)
    place = PurePath(name)
    time = datetime.fromtimestamp(disk.now(), UTC).strftime("%Y%m%dT%H%M%SZ")
    folder = PurePath(_RECOVERED, place.parent).as_posix()
    kept_as = f"{folder}/{place.stem}.{time}-{os.urandom(3).hex()}{place.suffix}"
    _make_folders(root, folder, disk)
    _move(leftover, f"{root}/{kept_as}", name, disk)
    return Recovered(name, kept_as)


def recovered(root: str | Path) -> list[Path]:
    """List the recovered versions of a book, as paths, the oldest first within each file."""
    return sorted(path for path in Path(root, _RECOVERED).rglob("*") if path.is_file())


def _relative(path: str, root: str) -> str:
    return PurePath(path).relative_to(root).as_posix()


def _scan(folder: str, disk: Disk) -> list[tuple[str, bool]]:
    try:
        return disk.scan(folder)
    except FileNotFoundError:
        return []
    except PermissionError:
        if disk.may_write(folder):
            raise
        return []
    except OSError as error:
        if error.errno != errno.ENAMETOOLONG:  # so deep that no save of ours was there either
            raise
        return []


def _is_file(path: str, disk: Disk) -> bool:
    return stat.S_ISREG(disk.lstat(path).st_mode)


def _target_data(target: str, name: str, disk: Disk) -> bytes | None:
    with suppress(BookFileError):
        return read_or_none(target, name=name, patient=False, disk=disk)
    return None


def _make_folders(root: str, folder: str, disk: Disk) -> None:
    path = root
    for part in folder.split("/"):
        path = f"{path}/{part}"
        with suppress(FileExistsError):
            disk.mkdir(path)


def _move(leftover: str, kept_as: str, name: str, disk: Disk) -> None:
    try:
        disk.rename(leftover, kept_as)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        write_new(kept_as, read(leftover, name=name, disk=disk), mode=0o600, disk=disk)
        disk.unlink(leftover)
