"""What a file has besides its content, which a new version of it must have too: who may do what with it."""

import errno
import os
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from claimbook.book.disk import Disk

NOT_OFFERED = (errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP)
"""What a system answers that does not know a call."""

_OF_THE_CONTENT = ("security.ima", "security.evm")
_OF_THE_SYSTEM = ("security.", "trusted.")
_ACCESS_LISTS = "system."


class Belongings(NamedTuple):
    """Permissions, owner and extended attributes of a file; access lists (ACLs) are among the attributes."""

    mode: int
    """Its permission bits."""
    owner: tuple[int, int] | None = None
    """The numbers of its user and group, None where nobody has looked."""
    attributes: tuple[tuple[str, bytes], ...] = ()
    """Names and values, as the system lists them, without those that are made of the content."""

    @property
    def narrowest(self) -> int:
        """Return permission bits for a copy that has no access list; none but the owner's where there is one.

        The group's bits are then the most that the list allows to anybody, not what the group may do.
        """
        listed = any(name.startswith(_ACCESS_LISTS) for name, _ in self.attributes)
        return self.mode & 0o700 if listed else self.mode


def belongings(path: str, status: os.stat_result, *, disk: Disk) -> Belongings:
    """Return what a file has besides its content.

    Args:
        path: The file; a symbolic link is not followed.
        status: What `lstat` says of it.
        disk: The file calls.

    Raises:
        OSError: An attribute cannot be read, and so could not be kept.
    """
    owner = (status.st_uid, status.st_gid)
    return Belongings(status.st_mode & 0o777, owner, tuple(_attributes(path, disk)))


def give(fd: int, what: Belongings, *, disk: Disk) -> None:
    """Let an open new file have what another one has.

    Only the superuser may give files away: where the user cannot be kept but the group can, the file
    becomes the saver's, as it does with every editor that saves by rename.

    Raises:
        OSError: The group, the bits or an attribute cannot be kept; its text says which.
    """
    status = disk.fstat(fd)
    if what.owner not in (None, (status.st_uid, status.st_gid)):
        _give_owner(fd, what.owner or (-1, -1), disk)
    _give_attributes(fd, dict(what.attributes), disk)
    disk.chmod(fd, what.mode)


def _give_owner(fd: int, owner: tuple[int, int], disk: Disk) -> None:
    with suppress(PermissionError):
        disk.chown(fd, *owner)
        return
    with _keeping("group"):
        disk.chown(fd, -1, owner[1])


def _give_attributes(fd: int, wanted: dict[str, bytes], disk: Disk) -> None:
    # A folder may give its new files a list of its own (a default ACL), which would let more people in.
    for name in (name for name in _names(fd, disk) if name.startswith(_ACCESS_LISTS) and name not in wanted):
        with _keeping(_spoken(name)):
            disk.remove_attribute(fd, name)
    for name, value in wanted.items():
        with _keeping(_spoken(name)):
            try:
                disk.set_attribute(fd, name, value)
            except OSError as error:
                if not _is_excused(name, error):
                    raise


def _attributes(path: str, disk: Disk) -> Iterator[tuple[str, bytes]]:
    for name in _names(path, disk):
        if name in _OF_THE_CONTENT:
            continue
        with _keeping(_spoken(name)):
            try:
                yield name, disk.attribute(path, name)
            except OSError as error:
                if error.errno != errno.ENODATA and not _is_excused(name, error):
                    raise


def _names(file: str | int, disk: Disk) -> list[str]:
    try:
        return disk.attributes(file)
    except OSError as error:
        if error.errno in NOT_OFFERED:
            return []
        raise


def _is_excused(name: str, error: OSError) -> bool:
    """Tell whether an attribute is the system's own, which it lets only some programs touch."""
    return name.startswith(_OF_THE_SYSTEM) and error.errno in (errno.EPERM, errno.EACCES, errno.EOPNOTSUPP)


def _spoken(name: str) -> str:
    return "access list (ACL)" if name.startswith(_ACCESS_LISTS) else f"attribute {name}"


class _keeping:  # noqa: N801 (a context manager reads as a verb)
    """Say in an OSError what it is that could not be kept."""

    __slots__ = ("_what",)

    def __init__(self, what: str) -> None:
        self._what = what

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError):
            raise OSError(error.errno, f"its {self._what} cannot be kept: {error.strerror}") from error
