"""The careful ways with one file that reading and saving are made of. Bytes and paths, no YAML."""

import errno
import os
import re
import stat
from pathlib import Path

from claimbook.book.belongings import NOT_OFFERED, Belongings, give
from claimbook.book.disk import Disk
from claimbook.book.errors import MissingError, NotWritableError, UnreadableError, read_error, write_error

DISK = Disk()
"""The real one."""
LIMIT = 16 * 1024 * 1024
"""Bytes that a file may have unless the reader says otherwise."""

# An editor in the middle of saving leaves a file missing or empty for a while: vim for 9 ms.
_LOOKS = (0.0, 0.001, 0.002, 0.004, 0.008, 0.016)
_ONE_LOOK = (0.0,)
_AT_REST = 1.0
_WRITES = 1.0
_STEP = 0.002
_TEMPORARY = re.compile(r"\.(?P<target>.+)\.[0-9a-f]{12}\.claimbook", re.DOTALL)
_NO_LINKS = (errno.EPERM, errno.ENOSYS, errno.EOPNOTSUPP, errno.EMLINK)


class speaking_of:  # noqa: N801 (a context manager reads as a verb; a class is the quick kind)
    """Turn an OSError in the `with` block into a WriteError about this file."""

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError):
            raise write_error(self._name, error) from error


class closing:  # noqa: N801 (as above)
    """Close a descriptor at the end of the `with` block, whatever happens."""

    __slots__ = ("_disk", "_fd")

    def __init__(self, fd: int, *, disk: Disk) -> None:
        self._fd = fd
        self._disk = disk

    def __enter__(self) -> int:
        return self._fd

    def __exit__(self, *_: object) -> None:
        self._disk.close(self._fd)


def read(
    path: str | Path, *, limit: int = LIMIT, name: str = "", patient: bool = True, disk: Disk = DISK
) -> bytes:
    """Return what a regular file holds.

    A file that is missing, or empty and written to within the last second, may be one that an editor is
    just saving: it is looked at again, for 31 ms in all, before it is believed.

    Args:
        path: The file; symbolic links are followed.
        limit: The most bytes that are read.
        name: The path as an error is to show it.
        patient: Whether to look again.
        disk: The file calls.

    Raises:
        MissingError: There is no such file.
        UnreadableError: It is no regular file, has more bytes than `limit`, or the system refuses; or its
            name is no UTF-8, which could neither be shown nor written down, and which watchers cannot tell.
    """
    shown = name or os.fspath(path)
    if not _is_text(shown):
        raise UnreadableError(shown, f"The name of {shown} is no UTF-8", "Rename the file.")
    try:
        data = _look_until_settled(disk, os.fspath(path), limit, shown, _LOOKS if patient else _ONE_LOOK)
    except OSError as error:
        raise read_error(shown, error) from error
    if data is None:
        raise MissingError(shown)
    return data


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def read_or_none(
    path: str, *, name: str, disk: Disk, limit: int = LIMIT, patient: bool = True
) -> bytes | None:
    """Return what a regular file holds, or None where there is none; all else is as in `read`."""
    try:
        return read(path, limit=limit, name=name, patient=patient, disk=disk)
    except MissingError:
        return None


def _look_until_settled(
    disk: Disk, path: str, limit: int, name: str, pauses: tuple[float, ...]
) -> bytes | None:
    data = None
    for pause in pauses:
        if pause:
            disk.pause(pause)
        data, settled = _look(disk, path, limit, name)
        if settled:
            break
    return data


def _look(disk: Disk, path: str, limit: int, name: str) -> tuple[bytes | None, bool]:
    """Return the content, None if there is no file, and whether that can be believed at once."""
    try:
        # Without O_NONBLOCK, opening a named pipe would wait for somebody to write into it.
        fd = disk.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY)
    except (FileNotFoundError, NotADirectoryError):
        return None, False
    with closing(fd, disk=disk):
        status = disk.fstat(fd)
        data = _read_regular(disk, fd, status, limit, name)
    return data, bool(data) or disk.now() - status.st_mtime > _AT_REST


def _read_regular(disk: Disk, fd: int, status: os.stat_result, limit: int, name: str) -> bytes:
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableError(name, f"{name} is {_kind(status.st_mode)}, not a file")
    if status.st_size > limit:
        what = f"{name} has {status.st_size:,} bytes, more than the {limit:,} that are read"
        raise UnreadableError(name, what, "Split it, or move it out of the book.")
    return _read_all(disk, fd, status.st_size)


def _read_all(disk: Disk, fd: int, size: int) -> bytes:
    """Read so many bytes; what a growing file has beyond them comes with the next look at it."""
    data = disk.read(fd, size + 1)
    while 0 < len(data) < size:
        more = disk.read(fd, size - len(data))
        if not more:
            break
        data += more
    return data


def _kind(mode: int) -> str:
    for test, words in (
        (stat.S_ISREG, "a file"),
        (stat.S_ISDIR, "a folder"),
        (stat.S_ISLNK, "a symbolic link"),
        (stat.S_ISFIFO, "a named pipe"),
        (stat.S_ISSOCK, "a socket"),
    ):
        if test(mode):
            return words
    return "a device"


def resolve(root: str, path: str | Path, *, disk: Disk) -> tuple[str, str]:
    """Return the real place of a file in a book, and its name relative to the book, `/` between the parts.

    Symbolic links are followed: the file that a save replaces is the one that the link leads to.

    Args:
        root: The book's folder, its real path.
        path: A path relative to the book, or an absolute one.
        disk: The file calls.

    Raises:
        NotWritableError: It leads out of the book, into a hidden folder, or nowhere at all.
    """
    given = os.fspath(path)
    try:
        with speaking_of(given):
            real = disk.realpath(os.path.join(root, given))  # noqa: PTH118 (a Path takes longer than the save)
    except ValueError as error:
        raise NotWritableError(given, f"{given} cannot be the name of a file") from error
    if not real.startswith(root.rstrip(os.sep) + os.sep):
        raise NotWritableError(given, f"{given} leads out of the book, to {real}", "Edit it where it is.")
    name = real[len(root.rstrip(os.sep)) + 1 :].replace(os.sep, "/")
    if any(part.startswith(".") for part in name.split("/")[:-1]):
        raise NotWritableError(given, f"{given} leads into a hidden folder, {name}")
    return real, name


def may_replace(path: str, name: str, *, disk: Disk) -> os.stat_result:
    """Return what stands at a path if it is a regular file that may be written.

    A rename needs no permission on the file that it puts an end to, and the superuser needs none for
    anything: so the permission bits are looked at here.

    Raises:
        NotWritableError: It is no regular file, or read-only.
        FileNotFoundError: There is none.
    """
    status = disk.lstat(path)
    if not stat.S_ISREG(status.st_mode):
        raise NotWritableError(name, f"{name} is {_kind(status.st_mode)}, not a file")
    if not (status.st_mode & stat.S_IWUSR and disk.may_write(path)):
        raise NotWritableError(name, f"{name} is read-only", "Allow writing (chmod u+w) and try again.")
    return status


def may_fill(folder: str, name: str, *, disk: Disk) -> None:
    """Make sure that names in a folder may be changed.

    Raises:
        NotWritableError: It is no folder, or read-only.
        FileNotFoundError: There is none.
    """
    status = disk.stat(folder)
    if not stat.S_ISDIR(status.st_mode):
        raise NotWritableError(name, f"{name} cannot lie in {_kind(status.st_mode)}")
    if not (status.st_mode & stat.S_IWUSR and disk.may_write(folder)):
        what = f"{name} lies in a read-only folder"
        raise NotWritableError(name, what, "Allow writing there (chmod u+w) and try again.")


def temporary_name(target: str) -> str:
    """Return a fresh name beside a file that hides, is no YAML, and tells which file it belongs to."""
    folder, name = os.path.split(target)
    return f"{folder}{os.sep}.{name}.{os.urandom(6).hex()}.claimbook"


def target_name(name: str) -> str | None:
    """Return the name of the file that a temporary one belongs to, None if it is no temporary name."""
    found = _TEMPORARY.fullmatch(name)
    return found["target"] if found else None


def write_new(path: str, data: bytes, *, mode: int, disk: Disk, like: Belongings | None = None) -> None:
    """Write a file that is not there yet, and return when it is on the medium.

    Args:
        path: Where; FileExistsError if something is there.
        data: All it is to hold. A write that takes less is continued.
        mode: Its permission bits, less the umask.
        like: What it gets instead, which may be another file's.
        disk: The file calls.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    with closing(disk.open(path, flags, 0o600 if like else mode), disk=disk) as fd:
        write_all(fd, data, disk=disk)
        if like is not None:
            give(fd, like, disk=disk)
        disk.fsync(fd)


def write_all(fd: int, data: bytes, *, disk: Disk) -> None:
    """Write every byte, in as many pieces as the system takes them."""
    rest = memoryview(data)
    while rest:
        taken = disk.write(fd, rest)
        if not taken:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        rest = rest[taken:]


def holds(path: str, data: bytes, name: str, *, disk: Disk) -> bool:
    """Tell whether a regular file holds exactly these bytes, and nobody is about to write to it.

    An editor that writes in place may have it open: then its end is waited for. Of a file that was taken out
    of its place, and that nobody opens any more, the answer holds once and for all.

    Raises:
        NotWritableError: It is held open for longer than an editor takes to save.
    """
    with closing(disk.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW), disk=disk) as fd:
        _wait_for_writers(fd, name, disk)
        status = disk.fstat(fd)
        alike = stat.S_ISREG(status.st_mode) and status.st_size == len(data)
        return alike and _read_all(disk, fd, len(data)) == data


def _wait_for_writers(fd: int, name: str, disk: Disk) -> None:
    waited = 0.0
    while disk.written_to(fd):
        if waited >= _WRITES:
            advice = "Save it there, close it, and try again."
            raise NotWritableError(name, f"{name} is being written by another program", advice)
        disk.pause(_STEP)
        waited += _STEP


def exchange(temporary: str, target: str, *, disk: Disk) -> str:
    """Put a temporary file in the place of its target, so that no reader ever finds the target missing.

    Where the system cannot exchange names, the target gets a second name and is then renamed over. What an
    editor puts in its place between these two calls, some microseconds, would be lost: exchanging is not
    the quicker way but the safe one.

    Returns:
        Where the displaced file is now.
    """
    try:
        disk.exchange(temporary, target)
    except OSError as error:
        if error.errno not in NOT_OFFERED:
            raise
        return _exchange_by_link(temporary, target, disk)
    return temporary


def _exchange_by_link(temporary: str, target: str, disk: Disk) -> str:
    spare = temporary_name(target)
    disk.link(target, spare)
    try:
        disk.rename(temporary, target)
    except OSError:
        disk.unlink(spare)
        raise
    return spare


def give_name(temporary: str, target: str, *, disk: Disk) -> bool:
    """Let a file appear under a name that must be free, FileExistsError if it is not.

    Returns:
        Whether the file still has its temporary name too.
    """
    try:
        disk.link(temporary, target)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        disk.rename_new(temporary, target)
        return False
    return True


def sync_folder(folder: str, *, disk: Disk) -> None:
    """Return when the names in a folder are on the medium, where its file system knows how."""
    with closing(disk.open(folder, os.O_RDONLY | os.O_DIRECTORY), disk=disk) as fd:
        try:
            disk.fsync(fd)
        except OSError as error:
            if error.errno not in NOT_OFFERED:
                raise
