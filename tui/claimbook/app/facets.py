"""What can be chosen at the side: claims of one status, with one flag, about one name, or broken."""

from typing import NamedTuple

from claimbook.app.view import View
from claimbook.index.question import Choice
from claimbook.record.ratings import Status
from claimbook.review.words import Flag, Reason

_SORTS = ("queue", "status", "flag", "about", "from", "broken")
_REASONS = {str(reason) for reason in Reason}
"""Flags that stand in the queue stand there only."""


class Facet(NamedTuple):
    """A choice at the side; the default is all claims."""

    sort: str = ""
    """`queue`, `status`, `flag`, `about`, `from` or `broken`; empty for all."""
    value: str = ""
    """The reason, the status, the flag or the name; empty for all that is in the queue."""

    @classmethod
    def parse(cls, text: str) -> "Facet":
        """Read what `str()` wrote; anything else is all claims."""
        sort, _, value = text.partition(":")
        return cls(sort, value) if sort in _SORTS else cls()

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

    @property
    def choice(self) -> Choice:
        """What the index is asked for."""
        return Choice(self.sort, self.value)


def facets(view: View) -> list[tuple[str, list[tuple[Facet, int]]]]:
    """Return the choices there are, under headings, with how many claims each has."""
    tallies = view.tallies
    counts = tallies.reasons
    reasons = [(Facet("queue", reason), counts[reason]) for reason in Reason if counts[reason]]
    flags = [flag for flag in Flag if str(flag) not in _REASONS and tallies.flags[flag]]
    looks = [(Facet("flag", flag), tallies.flags[flag]) for flag in flags]
    if tallies.broken:
        looks.insert(0, (Facet("broken"), tallies.broken))
    statuses = [(Facet("status", str(status)), tallies.statuses[status]) for status in Status]
    names = sorted(tallies.about.items(), key=lambda item: (-item[1], item[0].casefold()))
    about = [(Facet("about", name), number) for name, number in names]
    return [("Queue", reasons), ("Status", statuses), ("Look at", looks), ("About", about)]
