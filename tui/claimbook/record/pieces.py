"""Replacements upon replacements in a text, told as replacements in the first one."""

from collections.abc import Iterable

from claimbook.record.diagnostics import TextEdit


def spliced(text: str, edits: Iterable[TextEdit]) -> str:
    """Return a text with replacements made, which are in order and do not overlap."""
    made, position = [], 0
    for edit in edits:
        made += [text[position : edit.start], edit.text]
        position = edit.end
    return "".join([*made, text[position:]])


class Pieces:
    """A text as what is left of its first version, and what was put between."""

    def __init__(self, text: str) -> None:
        """Begin with the whole text."""
        self.first = text
        self._parts: list[tuple[int, int, str]] = [(0, len(text), "")]

    def text(self) -> str:
        """Return the text as it is now."""
        return "".join(added or self.first[start:end] for start, end, added in self._parts)

    def splice(self, edits: Iterable[TextEdit]) -> None:
        """Make replacements in the text as it is now.

        Raises:
            ValueError: where two of them overlap.
        """
        position = 0
        made: list[tuple[int, int, str]] = []
        for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
            made += self._cut(position, edit.start)
            if edit.text:
                made.append((0, 0, edit.text))
            position = edit.end
        self._parts = [*made, *self._cut(position, None)]

    def edits(self) -> list[TextEdit]:
        """Return the replacements in the first text that make the one of now."""
        found: list[TextEdit] = []
        position, added = 0, ""
        for start, end, text in [*self._parts, (len(self.first), len(self.first), "")]:
            if text:
                added += text
                continue
            if added or start > position:
                found.append(TextEdit(position, start, added))
            position, added = end, ""
        return found

    def _cut(self, start: int, end: int | None) -> list[tuple[int, int, str]]:
        """Return the parts between two offsets of the text as it is now."""
        if end is not None and end < start:
            raise ValueError("replacements overlap")
        found, position = [], 0
        for first, last, added in self._parts:
            size = len(added) or last - first
            low = max(start - position, 0)
            high = size if end is None else min(end - position, size)
            if low < high:
                found.append((0, 0, added[low:high]) if added else (first + low, first + high, ""))
            position += size
        return found
