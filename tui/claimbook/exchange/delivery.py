"""Writing what is exported to a file of its own: whole or not at all, and never over another."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from claimbook.book.disk import Disk
from claimbook.book.files import DISK, closing, give_name, speaking_of, temporary_name, write_all
from claimbook.book.places import ARTICLES, CLAIMS
from claimbook.book.refusals import Refused
from claimbook.text import one_line


def deliver(pieces: Iterable[str], file: Path, book: Path, *, disk: Disk = DISK) -> None:
    """Write pieces of text to a new file in UTF-8; it appears when it is complete.

    Raises:
        Refused: where something is there already, or the place is the book's own.
        WriteError: where the system does not let it be written.
    """
    target = Path(os.path.abspath(file))  # noqa: PTH100 - a link stays the place that was named
    name = one_line(str(file))
    real = target.parent.resolve()
    if any(real.is_relative_to((book / own).resolve()) for own in (ARTICLES, CLAIMS)):
        raise Refused(f"{name} lies among the book's own files: choose another place. Nothing was written.")
    if os.path.lexists(target):
        raise Refused(f"{name} is there already: choose another name, or delete it. Nothing was written.")
    temporary = temporary_name(str(target))
    with speaking_of(name):
        try:
            _fill(temporary, pieces, disk)
            give_name(temporary, str(target), disk=disk)
        finally:
            with suppress(FileNotFoundError):
                disk.unlink(temporary)


def _fill(path: str, pieces: Iterable[str], disk: Disk) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    with closing(disk.open(path, flags, 0o666), disk=disk) as fd:
        for piece in pieces:
            write_all(fd, piece.encode(errors="backslashreplace"), disk=disk)
        disk.fsync(fd)
