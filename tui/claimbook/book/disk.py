"""The file calls through which a book is written, in one object that a test can replace."""

# One method is one call to the system, where pathlib may make several.
# ruff: noqa: PTH102, PTH104, PTH106, PTH108, PTH116, PTH208

import contextlib
import errno
import fcntl
import functools
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

_AT_FDCWD = -100
_RENAME_NOREPLACE = 1
_RENAME_EXCHANGE = 2


class Disk:
    """Make file calls, one a method, and let whatever they raise through.

    Whoever writes in a book takes one of these and calls nothing else, so that a test can count the calls,
    make the n-th one fail, end the process at it, or let somebody edit a file just before it.
    Paths are strings; errors are OSError.
    """

    def open(self, path: str, flags: int, mode: int = 0o666) -> int:
        """Open a file and return its descriptor; `mode`, less the umask, is for a file that this makes."""
        return os.open(path, flags, mode)

    def close(self, fd: int) -> None:
        """Close a descriptor."""
        os.close(fd)

    def read(self, fd: int, size: int) -> bytes:
        """Read at most so many bytes."""
        return os.read(fd, size)

    def write(self, fd: int, data: memoryview) -> int:
        """Write some of the bytes, not always all of them, and return how many."""
        return os.write(fd, data)

    def write_at_start(self, fd: int, data: bytes) -> int:
        """Write over the first bytes of a file and return how many."""
        return os.pwrite(fd, data, 0)

    def fsync(self, fd: int) -> None:
        """Return when the file or folder is on the medium."""
        os.fsync(fd)

    def fstat(self, fd: int) -> os.stat_result:
        """Say what an open file is."""
        return os.fstat(fd)

    def stat(self, path: str) -> os.stat_result:
        """Say what a path leads to."""
        return os.stat(path)

    def lstat(self, path: str) -> os.stat_result:
        """Say what stands at a path, a symbolic link as itself."""
        return os.lstat(path)

    def realpath(self, path: str) -> str:
        """Follow every symbolic link in a path; what does not exist stays as it is named."""
        return os.path.realpath(path)

    def may_write(self, path: str) -> bool:
        """Tell whether the system would let this user write there."""
        return os.access(path, os.W_OK)

    def chmod(self, fd: int, mode: int) -> None:
        """Set the permission bits of an open file."""
        os.fchmod(fd, mode)

    def chown(self, fd: int, uid: int, gid: int) -> None:
        """Give an open file to another user and group."""
        os.fchown(fd, uid, gid)

    def attributes(self, file: str | int) -> list[str]:
        """List the names of a file's extended attributes, none where Python does not know of any.

        A path's last part is not followed; EOPNOTSUPP where the file system has none.
        """
        if sys.platform != "linux":
            return []
        return os.listxattr(file, follow_symlinks=isinstance(file, int))

    def attribute(self, path: str, name: str) -> bytes:
        """Read an extended attribute of a file; ENODATA where it has none of this name."""
        if sys.platform != "linux":
            raise OSError(errno.ENODATA, os.strerror(errno.ENODATA), path)
        return os.getxattr(path, name, follow_symlinks=False)

    def set_attribute(self, fd: int, name: str, value: bytes) -> None:
        """Give an open file an extended attribute."""
        if sys.platform == "linux":
            os.setxattr(fd, name, value)

    def remove_attribute(self, fd: int, name: str) -> None:
        """Take an extended attribute from an open file."""
        if sys.platform == "linux":
            os.removexattr(fd, name)

    def link(self, old: str, new: str) -> None:
        """Give a file one more name, never over an existing one."""
        os.link(old, new)

    def rename(self, old: str, new: str) -> None:
        """Rename, over whatever has the new name."""
        os.rename(old, new)

    def rename_new(self, old: str, new: str) -> None:
        """Rename, never over an existing file; ENOSYS or EINVAL where the system does not offer that."""
        _renameat2(old, new, _RENAME_NOREPLACE)

    def exchange(self, one: str, other: str) -> None:
        """Exchange two names in one step; ENOSYS or EINVAL where the system does not offer that."""
        _renameat2(one, other, _RENAME_EXCHANGE)

    def unlink(self, path: str) -> None:
        """Remove a name."""
        os.unlink(path)

    def mkdir(self, path: str) -> None:
        """Make a folder."""
        os.mkdir(path)

    def rmdir(self, path: str) -> None:
        """Remove an empty folder."""
        os.rmdir(path)

    def names(self, folder: str) -> list[str]:
        """List what stands in a folder."""
        return os.listdir(folder)

    def scan(self, folder: str) -> list[tuple[str, bool]]:
        """List what stands in a folder, and whether each is a folder itself; a link to one is not."""
        with os.scandir(folder) as found:
            return [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in found]

    def written_to(self, fd: int) -> bool:
        """Tell whether somebody has a file open for writing that is open for reading here.

        False where the system does not tell: it does on Linux, on local disks, of one's own files.
        """
        return _is_written_to(fd)

    def flock(self, fd: int) -> None:
        """Lock an open file for us alone, or raise BlockingIOError at once; closing it unlocks."""
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def pause(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)

    def now(self) -> float:
        """Say the time, in seconds since 1970."""
        return time.time()

    def boot(self) -> str:
        """Name the time since the machine was started, empty where the system has no name for it."""
        return _boot()


@functools.cache
def _boot() -> str:
    with contextlib.suppress(OSError):
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    return ""


def _is_written_to(fd: int) -> bool:
    """Ask for a lease that nobody who writes lets us have, and give it back."""
    if sys.platform != "linux":
        return False
    try:
        # Whoever opens the file meanwhile has us told by a signal; this one, unlike the usual, ends nobody.
        fcntl.fcntl(fd, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(fd, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except OSError as error:
        return error.errno == errno.EAGAIN
    fcntl.fcntl(fd, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    return False


def _renameat2(old: str, new: str, flags: int) -> None:
    call, last_error = _renameat2_call()
    if call is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), old)
    if call(_AT_FDCWD, os.fsencode(old), _AT_FDCWD, os.fsencode(new), flags) != 0:
        code = last_error()
        raise OSError(code, os.strerror(code), old, None, new)


@functools.cache
def _renameat2_call() -> tuple[Any, Callable[[], int]]:
    """Find the C library's renameat2 (Linux only); ctypes loads with the first write and not before."""
    import ctypes  # noqa: PLC0415 (commands that only read do without)

    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is not None:
        call.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)
    return call, ctypes.get_errno
