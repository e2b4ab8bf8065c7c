"""A long text in lines of a width: which characters stand in which line, and in which cell.

Lines are pairs of offsets in the text, so that nothing is copied; a text of plain characters is set by
searching for spaces alone, and only the rest is measured character by character.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping

from rich.cells import cell_len

from claimbook.text import UNSAFE, visible

_NARROW = re.compile(r"[ -~\xa0-\xac\xae-\u017f‒-―‘-‟•…€]*")
"""Characters that take a cell each, and are shown as they are."""
_JOINER = "\u200d"
_TAB = " " * 4


def shown(text: str) -> str:
    """Return a part of a line as it is shown."""
    return visible(text).replace("\t", _TAB)


class Typeset:
    """A text, set to a width."""

    def __init__(self, text: str, width: int, extra: Mapping[int, int] | None = None) -> None:
        """Set a text; `extra` are cells that go to signs beside a character, by its offset."""
        self.text = text
        self._width = max(8, width)
        self._extra = extra or {}
        self._offsets = sorted(self._extra)
        self.lines: list[tuple[int, int]] = []
        """The first character of each line and the one after its last, 0-based."""
        for start, end in _paragraphs(text):
            self.lines += self._set(start, end)
        self._starts = [start for start, _ in self.lines]

    def line_of(self, offset: int) -> int:
        """Return the number of the line that an offset stands in, from 0."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def column_of(self, offset: int) -> int:
        """Return how many cells of its line stand before a character and the signs before that."""
        start, end = self.lines[self.line_of(offset)]
        return sum(size for at, size in self.clusters(start, end) if at < offset)

    def offset_at(self, line: int, column: int) -> int:
        """Return the character that a cell of a line belongs to, or the line's last."""
        start, end = self.lines[max(0, min(line, len(self.lines) - 1))]
        last, position = start, 0
        for at, size in self.clusters(start, end):
            if position > column:
                break
            last, position = at, position + size
        return last

    def clusters(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the offset of each character that stands for itself, and the cells that it takes.

        Marks over a letter, and what is joined to another sign, belong to the character before them.
        """
        text, extra, at = self.text, self._extra, start
        while at < end:
            after = at + 1
            if " " <= text[at] <= "~" and (after >= end or text[after] < "\u0300"):
                yield at, 1 + extra.get(at, 0)
            else:
                after = self.next(at, end)
                signs = sum(extra.get(index, 0) for index in range(at, after))
                yield at, cell_len(shown(text[at:after])) + signs
            at = after

    def next(self, offset: int, end: int | None = None) -> int:
        """Return where the character after the one at an offset begins."""
        stop = len(self.text) if end is None else end
        after = offset + 1
        while after < stop and self._continues(after):
            after += 1
        return min(after, stop)

    def before(self, offset: int) -> int:
        """Return where the character before an offset begins."""
        at = offset - 1
        while at > 0 and self._continues(at):
            at -= 1
        return max(at, 0)

    def _continues(self, at: int) -> bool:
        character = self.text[at]
        if character < "\u0300":
            return False
        joined = character == _JOINER or self.text[at - 1] == _JOINER
        return joined or (not UNSAFE.match(character) and cell_len(character) == 0)

    def _set(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the lines of a paragraph."""
        while True:
            cut = self._cut(start, end)
            yield start, cut
            start = _past_spaces(self.text, cut, end)
            if start >= end:
                return

    def _cut(self, start: int, end: int) -> int:
        """Return where the line that begins at an offset ends."""
        window = min(end, start + self._width + 1)
        if self._has_signs(start, window) or not _NARROW.fullmatch(self.text, start, window):
            return self._measured(start, end)
        if end - start <= self._width:
            return end
        cut = self.text.rfind(" ", start, window)
        return cut if self.text[start:cut].strip() else start + self._width

    def _measured(self, start: int, end: int) -> int:
        """Measure each character; wide ones may begin a line without a space before them."""
        used, cut, after_space = 0, start, False
        for at, size in self.clusters(start, end):
            is_space = self.text[at] == " "
            if used + size > self._width and not is_space and at > start:
                return cut if self.text[start:cut].strip() else at
            is_wide = size > 1 and self.text[at] > "\u1100"
            if (is_space and not after_space) or is_wide:
                cut = at
            after_space = is_space
            used += size
        return end

    def _has_signs(self, start: int, end: int) -> bool:
        first = bisect_left(self._offsets, start)
        return first < len(self._offsets) and self._offsets[first] < end


def _past_spaces(text: str, at: int, end: int) -> int:
    while at < end and text[at] == " ":
        at += 1
    return at


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the lines of a text begin and end as they were written."""
    start = 0
    stop = len(text.rstrip("\r\n"))
    while start <= stop:
        end = text.find("\n", start, stop)
        end = stop if end < 0 else end
        yield start, end - (end > start and text[end - 1] == "\r")
        start = end + 1
