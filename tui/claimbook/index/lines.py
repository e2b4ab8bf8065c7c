"""Lines of the list, laid out by SQLite as it reads: of most claims nothing but the line comes to Python."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from claimbook.index.telling import Line

_DUE = 10


class Layout(NamedTuple):
    """How a claim stands on a line."""

    standings: Mapping[tuple[str, str | None], str]
    """What is shown of each status with each rating of the last verdict, of all that there can be."""
    size: int
    """Cells for the id."""
    room: int
    """Cells for the sentence, which is cut where it is longer."""
    lay_out: Callable[[Line], str]
    """Makes a line of a claim that is not plain, whose cells are to be counted."""


def line_in_sql(layout: Layout) -> tuple[str, list[object]]:
    """Return what makes the line of a claim, in UTF-8, or gives the place of one that is not plain.

    With it come its values. Each character of a plain text takes one cell, and no blank follows another.
    """
    cut = "rtrim(substr(claims.claim, 1, ?), ' ') || '…'"
    standing, values = _standing(layout.standings)
    cells = (
        standing,
        "substr(claims.id || ?, 1, ?)",
        f"substr(ifnull(claims.due, '') || '{'':{_DUE}}', 1, {_DUE})",
        f"CASE WHEN length(claims.claim) <= ? THEN claims.claim ELSE {cut} END",
    )
    text = " || '  ' || ".join(cells)
    values += [" " * layout.size, layout.size, layout.room, max(0, layout.room - 1)]
    return f"CASE WHEN claims.plain THEN CAST({text} AS BLOB) ELSE claims.place END", values


def _standing(standings: Mapping[tuple[str, str | None], str]) -> tuple[str, list[object]]:
    """Return what tells the standing of a claim, with its values."""
    sql, values = "CASE claims.status", []
    for status in dict.fromkeys(status for status, _ in standings):
        rated = [(rating, text) for (one, rating), text in standings.items() if one == status and rating]
        sql += f" WHEN ? THEN CASE claims.rating{' WHEN ? THEN ?' * len(rated)} ELSE ? END"
        values += [status, *(part for pair in rated for part in pair), standings[status, None]]
    return f"{sql} END", list[object](values)
