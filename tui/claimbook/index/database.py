"""Opening the file that an index is kept in, and doing without it where it cannot be kept.

A book's index is a link that leads to a database. One that is made anew gets a name of its own, and then the
link leads there: programs that have the old one open go on with it and end in peace, since SQLite, which
knows its files by their names, must never have one replaced under it.
"""

import fcntl
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from claimbook.index.tables import GRAMS, TABLES, VOCABULARY

A_MOMENT = 5.0
"""Seconds that SQLite waits for a program that is not ours and has locked an index."""
_PAGE = 16_384
"""Bytes that are read from an index at once."""
_STEP = 0.02

Patience = Callable[[], float]
"""Says how many seconds to wait for another program; asked when there is one to wait for."""


class Busy(Exception):  # noqa: N818 - reads as what is the matter
    """Another program has been bringing the index up to date for longer than it is worth waiting for."""


def connect(file: Path, version: str, patience: Patience) -> sqlite3.Connection:
    """Open an index, made anew where it is of another version, broken or missing.

    Raises:
        sqlite3.Error, OSError, Busy: where it cannot be kept there.
    """
    if connection := _open(file, version):
        return connection
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with alone(file, patience):
        return _open(file, version) or _fresh(file, version)  # somebody else may have made it meanwhile


def made_anew(file: Path, version: str, patience: Patience) -> sqlite3.Connection:
    """Open an empty index in the stead of what is there.

    Raises:
        sqlite3.Error, OSError, Busy: where it cannot be kept there.
    """
    with alone(file, patience):
        return _fresh(file, version)


def in_memory(version: str) -> sqlite3.Connection:
    """Open an index that is not kept."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    make_tables(connection, version)
    return connection


def make_tables(connection: sqlite3.Connection, version: str) -> None:
    """Lay out an empty index."""
    connection.execute("BEGIN")
    for statement in TABLES.split(";\n"):
        if statement.strip():
            connection.execute(statement)
    with suppress(sqlite3.OperationalError):  # an SQLite without trigrams: words are looked for one by one
        connection.execute(GRAMS)
        connection.execute(VOCABULARY)
    connection.execute("INSERT INTO meta VALUES ('version', ?)", (version,))
    connection.execute("COMMIT")


@contextmanager
def alone(file: Path, patience: Patience) -> Iterator[None]:
    """Be the only program that changes an index.

    Raises:
        Busy: where another one takes too long.
        OSError: where there can be no lock.
    """
    fd = os.open(file.with_suffix(".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _wait(fd, patience)
        yield
    finally:
        os.close(fd)


def _wait(fd: int, patience: Patience) -> None:
    until = None
    while True:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            until = until or time.monotonic() + patience()
            if time.monotonic() > until:
                raise Busy from None
            time.sleep(_STEP)
        else:
            return


def _fresh(file: Path, version: str) -> sqlite3.Connection:
    """Make an empty index, have the book's name lead to it, and delete what that led to before.

    It holds the words of a book, so nobody else may read it.
    """
    with suppress(OSError):
        file.parent.chmod(0o700)
    real = file.with_name(f"{file.stem}-{os.urandom(6).hex()}.sqlite")
    os.close(os.open(real, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    connection = _connection(real)
    make_tables(connection, version)
    link = real.with_suffix(".link")
    link.symlink_to(real.name)
    link.replace(file)
    for other in file.parent.glob(f"{file.stem}-*"):
        if not other.name.startswith(real.name):
            with suppress(OSError):
                other.unlink()
    return connection


def _open(file: Path, version: str) -> sqlite3.Connection | None:
    """Open an index that is there, None where it is of no use."""
    if not file.exists():
        return None
    connection = None
    try:
        connection = _connection(file)
        if connection.execute("SELECT value FROM meta WHERE key = 'version'").fetchone() == (version,):
            return connection
    except sqlite3.OperationalError as error:
        if "no such table" not in str(error):
            raise
    except sqlite3.DatabaseError:  # it is no database, or a damaged one
        pass
    if connection is not None:
        connection.close()
    return None


def _connection(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=A_MOMENT, isolation_level=None, check_same_thread=False)
    try:
        connection.execute(f"PRAGMA page_size = {_PAGE}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
    except sqlite3.Error:
        connection.close()
        raise
    return connection
