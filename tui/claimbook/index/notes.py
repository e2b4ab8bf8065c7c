"""Small things to ask an index and to tell it: its own notes, the settings, the articles, what is wrong."""

import json
import re
import sqlite3
from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from claimbook.book.settings import Settings

if TYPE_CHECKING:
    from claimbook.record.summary import ArticleFacts

_SURROGATE = re.compile("[\ud800-\udfff]")

OF_THE_FOLDER, OF_AN_ARTICLE, OF_A_FILE, AMONG_CLAIMS, OF_LIKENESS = range(5)
"""What a finding is of, as the table has it."""

DOUBTED = -1
"""The stamp of a claim that is to be derived again; no file has it."""


def meta(database: sqlite3.Connection, key: str) -> Any:
    """Return one of the index's own notes, None where it is not there."""
    found = database.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return None if found is None else found[0]


def note(database: sqlite3.Connection, key: str, value: object) -> None:
    """Write one of the index's own notes."""
    database.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))


def asked(text: str) -> str:
    """Return a text to ask the tables for; where they cannot hold it, one that nothing is called."""
    return "\0" if _SURROGATE.search(text) else text


def doubt(database: sqlite3.Connection, place: int) -> None:
    """Have a claim derived again when the index is next brought up to date, whatever its file holds then."""
    sql = "UPDATE claims SET stamp = ?, check_from = NULL, check_until = NULL WHERE place = ?"
    database.execute(sql, (DOUBTED, place))
    note(database, "total", None)


def has_doubts(database: sqlite3.Connection) -> bool:
    """Tell whether a claim is to be derived again."""
    return database.execute("SELECT 1 FROM claims WHERE stamp = -1 LIMIT 1").fetchone() is not None


def likenesses_known(database: sqlite3.Connection) -> bool:
    """Tell whether it is known which claims are alike."""
    return bool(meta(database, "likenesses"))


def settings_of(database: sqlite3.Connection) -> Settings:
    """Return the book's settings as they were read last."""
    text = meta(database, "settings")
    if text is None:
        return Settings()
    names, days, labels, organisation, page_url, people = json.loads(text)
    return Settings(names, timedelta(days=days), labels, organisation, page_url, tuple(people))


def article_facts(database: sqlite3.Connection) -> "dict[str, ArticleFacts]":
    """Return what the front matter of the articles that can be read says, by id."""
    from claimbook.record.dates import PartialDate
    from claimbook.record.summary import ArticleFacts

    rows = database.execute(
        "SELECT id, publisher, date, changed FROM articles WHERE date NOT NULL ORDER BY file"
    )
    return {
        name: ArticleFacts(publisher, PartialDate.parse(day), bool(changed))
        for name, publisher, day, changed in rows
    }


def article_files(database: sqlite3.Connection) -> dict[str, str]:
    """Return the files of the articles that can be read, by id."""
    return dict(database.execute("SELECT id, file FROM articles WHERE date NOT NULL ORDER BY file"))


def insert_findings(
    database: sqlite3.Connection, file: str, origin: int, rows: Iterable[tuple[Any, ...]]
) -> None:
    """Add what is wrong with a file; rows as `Row.findings` has them."""
    values = [(file, *row[:3], origin, *row[3:]) for row in rows]
    if values:
        database.executemany("INSERT INTO findings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)


def insert_or_doubt(
    database: sqlite3.Connection, place: int, file: str, origin: int, rows: Iterable[tuple[Any, ...]] | None
) -> None:
    """Add what is wrong with a claim; without rows, its file was another one by then."""
    if rows is None:
        doubt(database, place)
    else:
        insert_findings(database, file, origin, rows)


def has_grams(database: sqlite3.Connection) -> bool:
    """Tell whether the finder knows trigrams here."""
    return database.execute("SELECT 1 FROM sqlite_master WHERE name = 'grams'").fetchone() is not None
