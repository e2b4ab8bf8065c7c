"""What a merge left to a person in a text: both versions, between conflict markers."""

from collections.abc import Iterator
from dataclasses import dataclass, field

_OURS, _BASE, _HALF, _THEIRS = "<<<<<<<", "|||||||", "=======", ">>>>>>>"


@dataclass(slots=True)
class Conflict:
    """One place where two versions stand."""

    line: int
    """The line of its first marker, from 1."""
    ours_name: str
    """What the first marker calls our side, such as `HEAD`."""
    theirs_name: str = ""
    """What the last marker calls theirs."""
    ours: list[str] = field(default_factory=list)
    """Our lines."""
    theirs: list[str] = field(default_factory=list)
    """Their lines."""
    ours_line: int = 0
    """The line that ours begins on."""
    theirs_line: int = 0
    """The line that theirs begins on."""


def conflicts(text: str) -> Iterator[Conflict]:
    """Yield every conflict of a text that has all its markers, in order."""
    found: Conflict | None = None
    part: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        shown = line.removesuffix("\r")
        marker, _, name = shown.partition(" ")
        if marker == _OURS:
            found = Conflict(number, name, ours_line=number + 1)
            part = found.ours
        elif found and marker == _BASE:
            part = []
        elif found and shown == _HALF and part is not found.theirs:
            found.theirs_line = number + 1
            part = found.theirs
        elif found and marker == _THEIRS:
            if found.theirs_line:
                found.theirs_name = name
                yield found
            found, part = None, []
        else:
            part.append(shown)
