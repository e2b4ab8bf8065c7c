"""What is marked in an article: the passages that claims quote, and sentences worth a look."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from rich.cells import cell_len

CANDIDATE = "◇"
"""The sign before a sentence that looks like a claim."""
_CLOSING = "⟧"


class Marking(NamedTuple):
    """A stretch that is marked for some reason."""

    start: int
    """Its first character, 0-based."""
    end: int
    """The character after its last."""
    glyph: str
    """The sign that stands before it."""
    tone: str
    """The tone of the sign and of the words."""
    stop: int
    """The number of what it belongs to."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Consecutive characters that are marked alike."""

    start: int
    """The first character, 0-based."""
    end: int
    """The character after the last."""
    over: tuple[Marking, ...]
    """What marks them, the innermost last."""
    opening: tuple[Marking, ...]
    """What begins here, the outermost first; a sign for each stands before the first character."""
    closing: tuple[Marking, ...]
    """What ends here while something else goes on or begins: the outermost, with a sign after it."""


def pieces(length: int, markings: Iterable[Marking]) -> list[Piece]:
    """Divide a text of some length wherever its markings change; all of it, in order."""
    real = sorted(
        (m for m in markings if 0 <= m.start < m.end <= length), key=lambda m: (m.start, -m.end, m.stop)
    )
    begins: dict[int, list[Marking]] = {}
    ends: dict[int, list[Marking]] = {}
    for marking in real:
        begins.setdefault(marking.start, []).append(marking)
        ends.setdefault(marking.end, []).append(marking)
    made: list[Piece] = []
    active: list[Marking] = []
    for start, end in pairwise(sorted({0, length, *begins, *ends})):
        active = [m for m in active if m.end > start] + begins.get(start, [])
        inner = tuple(sorted(active, key=lambda m: m.start - m.end))
        closing = [m for m in ends.get(end, []) if _goes_on(m, inner) or end in begins]
        made.append(Piece(start, end, inner, tuple(begins.get(start, ())), tuple(closing[-1:])))
    return made


def extra_cells(parts: Sequence[Piece]) -> dict[int, int]:
    """Return the cells that signs take beside characters, by the characters' offsets."""
    cells: dict[int, int] = {}
    for part in parts:
        for at, signs in ((part.start, opening(part)), (part.end - 1, closing(part))):
            if signs:
                cells[at] = cells.get(at, 0) + sum(cell_len(text) for text, _ in signs)
    return cells


def opening(part: Piece) -> list[tuple[str, str]]:
    """Return the signs before a piece, each with its tone."""
    return [(marking.glyph, marking.tone) for marking in part.opening]


def closing(part: Piece) -> list[tuple[str, str]]:
    """Return the signs after a piece, each with its tone."""
    return [(_CLOSING, marking.tone) for marking in part.closing]


def _goes_on(one: Marking, over: Iterable[Marking]) -> bool:
    """Tell whether something else that marks the same place ends later."""
    return any(other.end > one.end for other in over)
