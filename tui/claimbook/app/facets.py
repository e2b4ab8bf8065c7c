"""What can be chosen at the side: claims of one status, with one flag, about one name, or broken."""

from collections.abc import Callable
from dataclasses import dataclass

from claimbook.app.agenda import Agenda
from claimbook.app.view import Row, View, meant
from claimbook.record.ratings import Status
from claimbook.record.summary import Summary
from claimbook.review.filters import Standpoint
from claimbook.review.flags import Flag
from claimbook.review.origins import Names
from claimbook.review.queue import Reason

_REASONS = {str(reason) for reason in Reason}
"""Flags that stand in the queue stand there only."""


@dataclass(frozen=True, slots=True)
class Facet:
    """A choice at the side; the default is all claims."""

    sort: str = ""
    """`queue`, `status`, `flag`, `about`, `from` or `broken`; empty for all."""
    value: str = ""
    """The reason, the status, the flag or the name; empty for all that is in the queue."""

    @classmethod
    def parse(cls, text: str) -> "Facet":
        """Read what `str()` wrote; anything else is all claims."""
        sort, _, value = text.partition(":")
        return cls(sort, value) if sort in ("queue", *_HOLDS) else cls()

    def __str__(self) -> str:
        return f"{self.sort}:{self.value}" if self.sort else ""

    def __bool__(self) -> bool:
        return bool(self.sort)

    @property
    def title(self) -> str:
        """Name it for a person."""
        if self.sort in ("about", "from"):
            return f"{self.sort} {self.value}"
        if self.sort == "queue":
            return f"to review: {self.value.replace('-', ' ')}" if self.value else "to review"
        return (self.value or self.sort).replace("-", " ")

    def holds(self, row: Row, seen_from: Standpoint, agenda: Agenda | None) -> bool:
        """Tell whether a row belongs to it; a broken one always does, as nobody can tell what it says."""
        if self.sort == "queue":
            return agenda is not None and agenda.holds(self.value, row.file)
        return row.summary is None or _HOLDS[self.sort](self.value, row, seen_from)


def facets(view: View, agenda: Agenda | None) -> list[tuple[str, list[tuple[Facet, int]]]]:
    """Return the choices there are, under headings, with how many claims each has."""
    tallies = view.tallies
    counts = agenda.counts if agenda else {}
    reasons = [(Facet("queue", reason), counts[reason]) for reason in Reason if counts.get(reason)]
    flags = [flag for flag in Flag if str(flag) not in _REASONS and tallies.flags[flag]]
    looks = [(Facet("flag", flag), tallies.flags[flag]) for flag in flags]
    if tallies.broken:
        looks.insert(0, (Facet("broken"), tallies.broken))
    statuses = [(Facet("status", str(status)), tallies.statuses[status]) for status in Status]
    names = sorted(tallies.about.items(), key=lambda item: (-item[1], item[0].casefold()))
    about = [(Facet("about", name), number) for name, number in names]
    return [("Queue", reasons), ("Status", statuses), ("Look at", looks), ("About", about)]


def is_from(summary: Summary, name: str, names: Names) -> bool:
    """Tell whether a name published a claim, passed it on, began it or is said to have stated it."""
    for source in summary.sources:
        carrying = (source.publisher, source.by, *(link.name for link in source.links or ()))
        if any(names.same(other, name) for other in carrying if other):
            return True
    return False


_HOLDS: dict[str, Callable[[str, Row, Standpoint], bool]] = {
    "": lambda _value, _row, _seen: True,
    "status": lambda value, row, _: row.summary is not None and row.summary.status == value,
    "flag": lambda value, row, _: value in row.flags,
    "about": lambda value, row, seen: (
        row.summary is not None and value in {meant(name, seen.names) for name in row.summary.about}
    ),
    "from": lambda value, row, seen: (
        row.summary is not None and is_from(row.summary, value, Names(seen.names))
    ),
    "broken": lambda _value, row, _: row.summary is None,
}
