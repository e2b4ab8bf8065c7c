"""Finding where a value stands in a text that is laid out as claimbook writes, without its nodes."""

import re

from claimbook.record.layout import END, LINE, length
from claimbook.record.nodes import Path

_Extent = tuple[int, int]


def located(text: str, path: Path, *, key: bool = False) -> _Extent | None:
    """Return the extent of the value at a path, or of its key, as `Document.span_of` has it.

    The text is one that `laid_out` has read. None where only its nodes can tell.
    """
    if "\r" in text:
        return None
    outline = _Outline()
    for line in LINE.finditer(text + END + "\n"):
        if not line[2] and not line[3]:
            break
        outline.add(line)
        if path in (outline.keys if key else outline.values):
            break
    for count in range(len(path), -1, -1):
        place = path[:count]
        block = outline.values.get(place)
        if block and count < len(path) and text[block[0]] in "[{":
            return None
        known = outline.keys if key and count and isinstance(path[count - 1], str) else outline.values
        if place in known:
            return known[place]
    return None


class _Outline:
    """Where the keys and values of a text stand, as far as its lines were added."""

    def __init__(self) -> None:
        self.keys: dict[Path, _Extent] = {}
        """The extents of the keys."""
        self.values: dict[Path, _Extent | None] = {}
        """The extents of the values, of blocks that of their first words; None where it is not known."""
        self._column = 0
        self._here: Path = ()
        self._next = 0
        self._is_list = False
        self._outside: list[tuple[int, Path, int, bool]] = []
        self._awaiting: Path | None = ()

    def add(self, line: re.Match[str]) -> None:
        """Add the next line."""
        self._move(line)
        if line[2]:
            path = (*self._here, self._next)
            self._next += 1
            if not line[3]:
                self.values[path] = _extent(line)
                return
            self.values[path] = line.span(3)
            self._enter(path, self._column + 2, is_list=False)
        path = (*self._here, line[3])
        self.keys[path] = line.span(3)
        if not (line[4] or line[5]) and line[7][:1] in ("", "#"):
            self._awaiting = path
        else:
            self.values[path] = _extent(line)

    def _move(self, line: re.Match[str]) -> None:
        """Go where a line belongs: into what the line above began, or back."""
        column = len(line[1])
        if self._awaiting is not None:
            self.values[self._awaiting] = _head(line)
            self._enter(self._awaiting, column, is_list=bool(line[2]))
            self._awaiting = None
        while column < self._column or (self._is_list and not line[2]):
            self._column, self._here, self._next, self._is_list = self._outside.pop()

    def _enter(self, path: Path, column: int, *, is_list: bool) -> None:
        self._outside.append((self._column, self._here, self._next, self._is_list))
        self._column, self._here, self._next, self._is_list = column, path, 0, is_list


def _head(line: re.Match[str]) -> _Extent | None:
    """Return the extent of the first words of the block that a line begins."""
    if line[3]:
        return line.start(2) if line[2] else line.start(3), line.end(3)
    words = None if line[7] and line[7][0] in "[{" else _extent(line)
    return words and (line.start(2), words[1])


def _extent(line: re.Match[str]) -> _Extent | None:
    """Return the extent of the value on a line; of a text below it only its node can tell."""
    if line[5]:
        return None
    return line.span(4) if line[4] else (line.start(7), line.start(7) + length(line[7]))
