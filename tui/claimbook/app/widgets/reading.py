"""Where the words and sentences of a text begin and end, for a cursor that goes by them."""

import re
from bisect import bisect_right
from functools import cached_property

from claimbook.review.sentences import Sentence, split

_WORD = re.compile(r"\S+")
_FAR = 2000
"""Characters before a place that are searched for a word."""


class Reading:
    """A text, to be gone through by words and sentences; these are looked for when first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _sentences(self) -> list[Sentence]:
        return split(self._text)

    @cached_property
    def _begins(self) -> list[int]:
        return [sentence.start for sentence in self._sentences]

    def sentence_at(self, offset: int) -> tuple[int, int] | None:
        """Return the sentence that an offset stands in, or the one after it; None behind the last one."""
        index = max(0, bisect_right(self._begins, offset) - 1)
        found = next((one for one in self._sentences[index : index + 2] if one.end > offset), None)
        return (found.start, found.end) if found else None

    def sentence_before(self, offset: int) -> tuple[int, int] | None:
        """Return the sentence that begins before an offset, the nearest."""
        index = bisect_right(self._begins, offset - 1) - 1
        return self._sentences[index][:2] if index >= 0 else None

    def word_after(self, offset: int) -> int:
        """Return where the next word begins, the text's end where there is none."""
        within = _WORD.match(self._text, offset)
        found = _WORD.search(self._text, within.end() if within else offset)
        return found.start() if found else len(self._text)

    def word_end(self, offset: int) -> int:
        """Return the last character of the word at an offset, or of the next one where that is its last."""
        found = _WORD.search(self._text, offset + 1)
        return found.end() - 1 if found else len(self._text)

    def word_before(self, offset: int) -> int:
        """Return where the word that begins before an offset begins, 0 where there is none."""
        low = max(0, offset - _FAR)
        words = list(_WORD.finditer(self._text, low, offset))
        return words[-1].start() if words else low
