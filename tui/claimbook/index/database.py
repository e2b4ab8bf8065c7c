"""Opening the file that an index is kept in, and doing without it where it cannot be kept."""

import fcntl
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from claimbook.index.place import version
from claimbook.index.tables import GRAMS, TABLES, VOCABULARY

PATIENCE = 60.0
"""Seconds that one program waits for another one that is bringing the same index up to date."""
_STEP = 0.02
_PARTS = ("", "-wal", "-shm")


class Busy(Exception):  # noqa: N818 - reads as what is the matter
    """Another program has been bringing the index up to date for longer than anybody waits."""


def connect(file: Path) -> sqlite3.Connection:
    """Open an index, made anew where it is of another version, broken or missing.

    Raises:
        sqlite3.Error, OSError: where it cannot be kept there.
    """
    if file.exists() and (connection := _open(file)):
        return connection
    file.parent.mkdir(parents=True, exist_ok=True)
    with alone(file):
        if file.exists() and (connection := _open(file)):  # somebody else has made it meanwhile
            return connection
        throw_away(file)
        connection = _connection(file)
        make_tables(connection)
        return connection


def in_memory() -> sqlite3.Connection:
    """Open an index that is not kept."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    make_tables(connection)
    return connection


def throw_away(file: Path) -> None:
    """Delete an index; programs that have it open go on with what they have."""
    for part in _PARTS:
        with suppress(FileNotFoundError):
            Path(f"{file}{part}").unlink()


def make_tables(connection: sqlite3.Connection) -> None:
    """Lay out an empty index."""
    connection.execute("BEGIN")
    for statement in TABLES.split(";\n"):
        if statement.strip():
            connection.execute(statement)
    with suppress(sqlite3.OperationalError):  # an SQLite without trigrams: words are looked for one by one
        connection.execute(GRAMS)
        connection.execute(VOCABULARY)
    connection.execute("INSERT INTO meta VALUES ('version', ?)", (version(),))
    connection.execute("COMMIT")


@contextmanager
def alone(file: Path, waited: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Be the only program that changes an index; `waited` is called again and again while another one does.

    Raises:
        Busy: where the other one takes too long.
        OSError: where there can be no lock.
    """
    fd = os.open(file.with_suffix(".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    until = time.monotonic() + PATIENCE
    try:
        while True:
            try:
                fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise Busy from None
                time.sleep(_STEP)
                waited()
        yield
    finally:
        os.close(fd)


def _open(file: Path) -> sqlite3.Connection | None:
    """Open an index that is there, None where it is of no use."""
    connection = None
    try:
        connection = _connection(file)
        if connection.execute("SELECT value FROM meta WHERE key = 'version'").fetchone() == (version(),):
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
    connection = sqlite3.connect(file, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    return connection
