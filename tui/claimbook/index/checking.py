"""Holding claims against the rules that look at one alone; what they find is kept, with its days."""

import sqlite3
from collections.abc import Mapping

from claimbook.index.facts import PER_RULE
from claimbook.index.notes import OF_A_FILE, doubt, insert_findings, note
from claimbook.index.watch import Step, Watch
from claimbook.index.working import Ground, checks_of


def check(
    database: sqlite3.Connection,
    ground: Ground,
    wanted: Mapping[str, tuple[int, bytes]],
    day: int,
    watch: Watch,
) -> None:
    """Hold claim files, given with their places and digests, against the rules as of a day."""
    asked = [(file, (day, digest)) for file, (_, digest) in wanted.items()]
    with database:
        database.execute("BEGIN IMMEDIATE")
        note(database, "tallies", None)
        watch.begin(Step.CHECKING, len(asked))
        for file, checked in checks_of(ground, asked):
            watch.seen += 1
            place, _ = wanted[file]
            if checked is None:
                doubt(database, place)
                continue
            rows, since, until = checked
            sql = "DELETE FROM findings WHERE file = ? AND origin = ? AND number >= ?"
            database.execute(sql, (file, OF_A_FILE, PER_RULE))
            insert_findings(database, file, OF_A_FILE, rows)
            sql = "UPDATE claims SET check_from = ?, check_until = ? WHERE place = ?"
            database.execute(sql, (since, until, place))
