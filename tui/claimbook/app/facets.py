"""What can be chosen at the side: claims of one status, with one flag, about one name, or broken."""

from dataclasses import dataclass

from claimbook.app.view import View
from claimbook.index.selecting import Choice
from claimbook.record.ratings import Status
from claimbook.review.flags import Flag

_SORTS = ("status", "flag", "about", "from", "broken")


@dataclass(frozen=True, slots=True)
class Facet:
    """A choice at the side; the default is all claims."""

    sort: str = ""
    """`status`, `flag`, `about`, `from` or `broken`; empty for all."""
    value: str = ""
    """The status, the flag or the name."""

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
        return (self.value or self.sort).replace("-", " ")

    @property
    def choice(self) -> Choice:
        """What the index is asked for."""
        return Choice(self.sort, self.value)


def facets(view: View) -> list[tuple[str, list[tuple[Facet, int]]]]:
    """Return the choices there are, under headings, with how many claims each has."""
    tallies = view.tallies
    looks = [(Facet("flag", flag), tallies.flags[flag]) for flag in Flag if tallies.flags[flag]]
    if tallies.broken:
        looks.insert(0, (Facet("broken"), tallies.broken))
    statuses = [(Facet("status", str(status)), tallies.statuses[status]) for status in Status]
    names = sorted(tallies.about.items(), key=lambda item: (-item[1], item[0].casefold()))
    about = [(Facet("about", name), number) for name, number in names]
    return [("Status", statuses), ("Look at", looks), ("About", about)]
