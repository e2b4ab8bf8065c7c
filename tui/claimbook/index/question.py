"""What the tables of an index are asked: conditions in SQL, and claims of one sort."""

from collections.abc import Sequence
from typing import NamedTuple

from claimbook.review.words import Flag

FLAGS = {flag: 1 << number for number, flag in enumerate(Flag)}
"""The bit of each flag; `overdue` is never set, as it depends on the day."""


class Question:
    """Conditions, and the tables that they speak of."""

    __slots__ = ("conditions", "grams", "tables", "values")

    def __init__(self, conditions: Sequence[str] = ()) -> None:
        """Begin with some conditions that have no values."""
        self.conditions = list(conditions)
        """What must all hold, in SQL."""
        self.values: list[object] = []
        """What stands for the question marks in it."""
        self.grams = ""
        """Trigrams that must be there, as FTS5 asks; empty where none are asked for."""
        self.tables: set[str] = set()
        """The finder's tables that are wanted: `words`, `texts`."""

    def add(self, condition: str, *values: object) -> None:
        """Ask for one more thing."""
        self.conditions.append(condition)
        self.values += values

    @property
    def searches(self) -> bool:
        """Whether it speaks of what claims that wait for the finder do not have yet."""
        return bool(self.grams or self.tables)

    def sql(self, what: str) -> tuple[str, list[object]]:
        """Return the whole question, for something about the claims, by place."""
        tables = ["claims"]
        values = list(self.values)
        conditions = list(self.conditions)
        if self.grams:
            tables.insert(0, "grams")
            conditions = ["grams MATCH ?", "claims.place = grams.rowid", *conditions]
            values.insert(0, self.grams)
        for table in sorted(self.tables):
            tables.append(table)
            conditions.append(f"{table}.place = claims.place")
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        order = "grams.rowid" if self.grams else "claims.place"
        sql = f"SELECT {what} FROM {' CROSS JOIN '.join(tables)}{where} ORDER BY {order}"  # noqa: S608 - our own words
        return sql, values


class Choice(NamedTuple):
    """Claims of one sort; the default is all."""

    sort: str = ""
    """`queue`, `status`, `flag`, `about`, `from` or `broken`; empty for all."""
    value: str = ""
    """The status, the flag, the reason (empty for any of them) or the name."""


EVERYTHING = Choice()
"""All claims."""
