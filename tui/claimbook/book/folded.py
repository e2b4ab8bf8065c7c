"""A text as quotes are compared with it: folded, with the way back to where everything stood.

Two texts that fold alike differ in nothing but

- white space: a run of it is one space, and `U+00AD`, `U+200B`, `U+2060` and `U+FEFF`, white space of no
  width, are nothing;
- Unicode normal form: each character with the marks that belong to it is in NFC;
- quotation marks and apostrophes: curly and low ones are straight.

Letters, case, digits, dashes and all other signs stay what they are.
"""

import re
import unicodedata
from array import array
from bisect import bisect_right
from functools import cache, cached_property
from typing import NamedTuple

_NO_WIDTH = "\u00ad\u200b\u2060\ufeff"
_SPACE = rf"(?P<space>[^\S ][\s{_NO_WIDTH}]*| [\s{_NO_WIDTH}]+|[{_NO_WIDTH}][\s{_NO_WIDTH}]*)"
_STRAIGHT = {**dict.fromkeys("‘’‚‛ʼ", "'"), **dict.fromkeys("“”„‟", '"')}

_MOST_MARKS = 30
"""Marks on one character that are put in order (UAX 15's limit for text that can be streamed): normalizing
takes time with the square of their number. A character with more is compared as it is written."""


class Passage(NamedTuple):
    """A stretch of an article's text."""

    start: int
    """Its first code point, 0-based."""
    end: int
    """The code point after its last."""


class Prepared:
    """A text ready to be searched many times: folded once, when that is first needed.

    In the folded text everything is either as it was, moved by a known number of characters, or part of a
    unit that was replaced as a whole: a run of white space, or a character with its marks.
    """

    def __init__(self, text: str) -> None:
        """Hold a text; the work is done later."""
        self.text = text
        """The text as it is."""

    @cached_property
    def folded(self) -> str:
        """The folded text."""
        return self._folding[0]

    @cached_property
    def lowered(self) -> str:
        """The folded text in lower case, of the same length."""
        lowered = self.folded.lower()
        if len(lowered) == len(self.folded):
            return lowered
        return "".join(low if len(low := char.lower()) == 1 else char for char in self.folded)

    def passage(self, start: int, end: int) -> Passage | None:
        """Return where a stretch of the folded text stands; None where it begins or ends within a unit."""
        return None if self._splits(start) or self._splits(end) else self.widest(start, end)

    def widest(self, start: int, end: int) -> Passage:
        """Return where a stretch of the folded text stands, units that it touches taken whole."""
        _, folded_at, text_at = self._folding
        first = bisect_right(folded_at, start) - 1
        last = bisect_right(folded_at, end - 1) - 1
        begin = text_at[first] if first % 2 else text_at[first] + start - folded_at[first]
        stop = text_at[last + 1] if last % 2 else text_at[last] + end - folded_at[last]
        return Passage(begin, stop)

    def _splits(self, offset: int) -> bool:
        _, folded_at, _ = self._folding
        part = bisect_right(folded_at, offset) - 1
        return part % 2 == 1 and folded_at[part] != offset

    @cached_property
    def _folding(self) -> "tuple[str, array[int], array[int]]":
        """The folded text, and where its parts, by turns kept and replaced, begin in it and in the text."""
        pieces: list[str] = []
        folded_at, text_at = array("Q", [0]), array("Q", [0])
        done = length = 0
        for match in _pattern(self.text).finditer(self.text):
            start, end = match.span()
            unit = _replacement(match)
            length += start - done
            pieces += (self.text[done:start], unit)
            folded_at.extend((length, length + len(unit)))
            text_at.extend((start, end))
            length += len(unit)
            done = end
        pieces.append(self.text[done:])
        return _straightened("".join(pieces)), folded_at, text_at


def fold(text: str) -> str:
    """Return a text folded, without white space around it."""
    return Prepared(text).folded.strip()


def _straightened(text: str) -> str:
    if not text.isascii():
        for curly, straight in _STRAIGHT.items():
            text = text.replace(curly, straight)
    return text


def _replacement(match: re.Match[str]) -> str:
    unit = match[0]
    if match.lastgroup == "space":
        return " " if unit.strip(_NO_WIDTH) else ""
    if len(unit) > 1 + _MOST_MARKS:
        return unit
    return unicodedata.normalize("NFC", "".join(char for char in unit if char not in _NO_WIDTH))


def _pattern(text: str) -> re.Pattern[str]:
    """Match the units of a text that folding replaces, looking only for characters that it has."""
    if text.isascii():
        return re.compile(_SPACE)
    chars = sorted(char for char in set(text) if char > "\u00ff")
    marks = re.escape("".join(char for char in chars if _is_mark(char)))
    others = re.escape("".join(char for char in chars if not _is_mark(char) and _is_rewritten(char)))
    some = rf"(?:[{_NO_WIDTH}]*[{marks}])+" if any(char in text for char in _NO_WIDTH) else f"[{marks}]+"
    branches = [rf"[^\s{_NO_WIDTH}{marks}]?{some}"] if marks else []
    branches += [f"[{others}]"] if others else []
    return re.compile("|".join([*branches, _SPACE]))


@cache
def _is_mark(char: str) -> bool:
    """Tell whether a character belongs to the one before it.

    These are the combining marks, vowels and finals of decomposed Hangul, and the joiners.
    """
    return (
        unicodedata.category(char)[0] == "M"
        or "\u1160" <= char <= "\u11ff"
        or "\ud7b0" <= char <= "\ud7ff"
        or char in "\u200c\u200d"
    )


@cache
def _is_rewritten(char: str) -> bool:
    return not char.isspace() and unicodedata.normalize("NFC", char) != char
