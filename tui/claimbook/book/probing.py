"""What the system under a book offers, found out by trying."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from claimbook.book.belongings import NOT_OFFERED
from claimbook.book.disk import Disk
from claimbook.book.files import DISK, closing
from claimbook.book.lock import FOLDER


def offers_exchange(root: Path, *, disk: Disk = DISK) -> bool:
    """Tell whether two names in a book can be exchanged in one step, which is what a save rests on.

    Two empty files are made for it in a hidden folder of their own, and removed.

    Raises:
        OSError: No files can be made in the book.
    """
    own = root / FOLDER
    with tempfile.TemporaryDirectory(prefix=".probe-", dir=own if own.is_dir() else root) as folder:
        names = [f"{folder}/{name}" for name in ("one", "other")]
        for name in names:
            with closing(disk.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL), disk=disk):
                pass
        try:
            disk.exchange(*names)
        except OSError as error:
            if error.errno not in NOT_OFFERED:
                raise
            return False
    return True


def watches_allowed() -> tuple[int, int] | None:
    """Return how many folders and how many programs may be watched; None where there is no such limit."""
    limits = Path("/proc/sys/fs/inotify")
    with suppress(OSError, ValueError):
        folders, programs = (
            int((limits / name).read_text(encoding="ascii"))
            for name in ("max_user_watches", "max_user_instances")
        )
        return folders, programs
    return None
