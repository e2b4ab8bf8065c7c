"""Writing what is known of claim files into the tables, many rows at a time."""

import sqlite3
from collections import defaultdict
from typing import Any

from claimbook.index.facts import Derived
from claimbook.index.notes import OF_A_FILE, has_grams
from claimbook.index.tables import OF_A_CLAIM

_MOST = 4_000
"""Rows that wait before they are written."""


class Writer:
    """Puts claim files into an index, and takes them out of it."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Take the index; see `flush`."""
        self._database = database
        self._grams = has_grams(database)
        self._waiting: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
        self._number = 0

    def insert(self, place: int, stamp: int | None, row: Derived) -> None:
        """Put a claim file at a place where there is none."""
        add = self._add
        add("claims", [(place, row.file, row.id, row.id.casefold(), stamp, row.digest, *row.columns)])
        if row.facts is not None:
            add("summaries", [(place, row.facts, row.words)])
            add("waiting", [(place,)])
        add("about", [(place, name) for name in row.about])
        add("relations", [(place, *item) for item in row.relations])
        add("quoting", [(place, name) for name in row.quoting])
        add("reasons", [(place, *item) for item in row.reasons])
        add("findings", [(row.file, *item[:3], OF_A_FILE, *item[3:]) for item in row.findings])
        if self._number > _MOST:
            self.flush()

    def remove(self, place: int, file: str) -> None:
        """Take a claim file out, but for what is known of its likeness to others."""
        run = self._database.execute
        words = run("SELECT folded FROM words WHERE place = ?", (place,)).fetchone()
        if words is not None and self._grams:
            run("INSERT INTO grams (grams, rowid, folded) VALUES ('delete', ?, ?)", (place, *words))
        for table in ("claims", *OF_A_CLAIM):
            run(f"DELETE FROM {table} WHERE place = ?", (place,))  # noqa: S608 - our own names
        run("DELETE FROM findings WHERE file = ? AND origin >= ?", (file, OF_A_FILE))

    def flush(self) -> None:
        """Write what waits."""
        for table, rows in self._waiting.items():
            marks = ", ".join("?" * len(rows[0]))
            self._database.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 - our own
        self._waiting.clear()
        self._number = 0

    def _add(self, table: str, rows: list[tuple[Any, ...]]) -> None:
        if rows:
            self._waiting[table] += rows
            self._number += len(rows)
