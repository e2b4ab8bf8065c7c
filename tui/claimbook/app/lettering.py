"""Lines of text in tones: measured in terminal cells, clipped, wrapped, with found words marked.

A tone is a name that a widget's style sheet gives a colour or a weight to; see `widgets/toned.py`.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len, chop_cells, set_cell_size

from claimbook.text import one_line, visible

LONGEST = 20_000
"""Characters of one text that the desk shows; the editor shows all of it."""

_WORD = re.compile(r"\S+")


class Span(NamedTuple):
    """A stretch of text in one tone."""

    text: str
    """The text."""
    tone: str = ""
    """The tone's name; empty for the plain one."""


Line = tuple[Span, ...]


class Paragraph(NamedTuple):
    """Text that is wrapped to the width there is."""

    spans: Line
    """What it says; line breaks in it are kept."""
    indent: int = 0
    """Cells left free before each line."""
    hang: int = 0
    """Further cells left free before each line but the first."""
    spot: str = ""
    """A name to find its first line by."""


def cells(line: Iterable[Span]) -> int:
    """Return how many terminal cells a line takes."""
    return sum(cell_len(span.text) for span in line)


def label(text: str, tone: str = "") -> Span:
    """Return somebody's text on one line, safe to show."""
    return Span(one_line(text), tone)


def prose(text: str, tone: str = "") -> Span:
    """Return somebody's text with its line breaks, safe to show, cut where it is very long."""
    safe = visible(text).expandtabs(4).strip("\n")
    if len(safe) > LONGEST:
        safe = f"{safe[:LONGEST]} … (and {len(safe) - LONGEST:,} characters more: E shows them all)"
    return Span(safe, tone)


def clip(line: Iterable[Span], width: int) -> Line:
    """Cut a line to a number of cells, with an ellipsis where something is cut."""
    spans = tuple(line)
    if cells(spans) <= width:
        return spans
    kept: list[Span] = []
    room = max(0, width - 1)
    for span in spans:
        needed = cell_len(span.text)
        if needed > room:
            kept.append(Span(set_cell_size(span.text, room).rstrip() + "…", span.tone))
            break
        kept.append(span)
        room -= needed
    return tuple(kept) if width > 0 else ()


def pad(line: Iterable[Span], width: int) -> Line:
    """Cut or fill a line to exactly so many cells."""
    cut = clip(line, width)
    return (*cut, Span(" " * (width - cells(cut))))


def between(left: Iterable[Span], right: Iterable[Span], width: int, fill: str = " ") -> Line:
    """Put one part at the left end and one at the right; the left one is cut where both do not fit."""
    end = clip(right, width)
    start = clip(left, max(0, width - cells(end) - 1)) if end else clip(left, width)
    gap = width - cells(start) - cells(end)
    return (*start, Span(fill * gap, "quiet"), *end)


def wrap(paragraph: Paragraph, width: int) -> Iterator[Line]:
    """Yield the lines of a paragraph, none wider than the width unless that leaves the indent no room."""
    text = "".join(span.text for span in paragraph.spans)
    start = 0
    first = True
    for part in text.split("\n"):
        for begin, end in _breaks(part, width, paragraph, first=first):
            lead = paragraph.indent + (0 if first else paragraph.hang)
            yield (Span(" " * lead), *_cut(paragraph.spans, start + begin, start + end))
            first = False
        start += len(part) + 1


def mark_words(line: Line, words: Sequence[str], tone: str = "match") -> Line:
    """Put the words of a filter that stand in a line into a tone, found as the filter finds them."""
    text = "".join(span.text for span in line)
    places = sorted(place for word in words for place in _places(text, word))
    marked: list[Span] = []
    position = 0
    for start, end in places:
        if start >= position:
            marked += _cut(line, position, start)
            marked += (Span(span.text, tone) for span in _cut(line, start, end))
            position = end
    return (*marked, *_cut(line, position, len(text))) if places else line


def _breaks(text: str, width: int, paragraph: Paragraph, *, first: bool) -> Iterator[tuple[int, int]]:
    """Yield where the lines of a text without line breaks begin and end."""
    room = _room(paragraph, width, first=first)
    begin = end = 0
    for begin_word, end_word in _words(text, max(4, width - paragraph.indent - paragraph.hang)):
        if end > begin and cell_len(text[begin:end_word]) > room:
            yield begin, end
            begin, room = begin_word, _room(paragraph, width, first=False)
        elif cell_len(text[begin:end_word]) > room:  # white space that leaves its word no room
            begin = begin_word
        end = end_word
    yield begin, end


def _words(text: str, room: int) -> Iterator[tuple[int, int]]:
    """Yield the words of a text, in pieces where one is wider than a line."""
    for match in _WORD.finditer(text):
        start = match.start()
        if len(match[0]) * 2 <= room or cell_len(match[0]) <= room:
            yield match.span()
            continue
        for piece in chop_cells(match[0], room):
            yield start, start + len(piece)
            start += len(piece)


def _room(paragraph: Paragraph, width: int, *, first: bool) -> int:
    return max(4, width - paragraph.indent - (0 if first else paragraph.hang))


def _cut(spans: Iterable[Span], start: int, end: int) -> Iterator[Span]:
    """Yield what stands between two offsets of a line."""
    position = 0
    for span in spans:
        low, high = max(start - position, 0), min(end - position, len(span.text))
        if low < high:
            yield Span(span.text[low:high], span.tone)
        position += len(span.text)


def _places(text: str, word: str) -> Iterator[tuple[int, int]]:
    """Yield where a word of a filter stands: smart case, accents not counted."""
    from claimbook.review.filters import fold

    keep_case = word != word.lower()
    needle = fold(word, keep_case=keep_case)
    folded, origin = _folded(text, keep_case=keep_case)
    at = folded.find(needle) if needle else -1
    while at >= 0:
        last = bisect_right(origin, origin[at + len(needle) - 1])
        yield origin[at], origin[last] if last < len(origin) else len(text)
        at = folded.find(needle, at + len(needle))


def _folded(text: str, *, keep_case: bool) -> tuple[str, list[int]]:
    """Fold a text, and say for each character of the result which one it comes from."""
    from claimbook.review.filters import fold

    parts = [fold(character, keep_case=keep_case) for character in text]
    origin = [index for index, part in enumerate(parts) for _ in part]
    return "".join(parts), origin
