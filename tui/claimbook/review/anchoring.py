"""Making a quote of a stretch of an article: the words as they stand, and what else tells the place."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from claimbook.book.article import Article
from claimbook.book.folded import Passage
from claimbook.book.quotes import WHOLE, find
from claimbook.text import UNSAFE

MOST_WORDS = 40
"""Words of context that are tried on each side, one more each time."""

_FEW = 8
"""Words on one side that are tried before both sides are."""
_AROUND = 4000
"""Characters on each side that context is taken from."""
_WORD = re.compile(r"\S+")


class Anchored(NamedTuple):
    """A quote that means one place of its article and no other."""

    quote: str
    """The words."""
    before: str | None = None
    """Words directly before it, where the quote stands more than once."""
    after: str | None = None
    """Words directly after it, likewise."""

    @property
    def values(self) -> dict[str, str]:
        """What a record says of it; what is not needed is left out."""
        return {key: value for key, value in self._asdict().items() if value is not None}


def anchor(article: Article, start: int, end: int) -> Anchored | None:
    """Return the quote for a stretch of an article's text, 0-based offsets, white space around it left out.

    It is the text character for character; line ends that a record cannot hold are spaces. Where it stands
    more than once, the fewest words before or after it are added that single the place out, and where
    neither does, words on both sides. None where nothing is left, or nothing tells the place.
    """
    start, end = trimmed(article.text, start, end)
    quote = article.text[start:end]
    if UNSAFE.search(quote.replace("\r\n", "\n")) or "\r" in quote or "\t" in quote:
        quote = " ".join(quote.split())
    place = Passage(start, end)
    return next((one for one in _widened(article.text, place, quote) if _means(article, one, place)), None)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch of a text without the white space at its ends."""
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), max(start, end - len(words) + len(words.rstrip()))


def _means(article: Article, one: Anchored, place: Passage) -> bool:
    if not one.quote:
        return False
    found = find(article.prepared, one.quote, one.before, one.after, near=False)
    return found.state in WHOLE and found.passages == (place,)


def _widened(text: str, place: Passage, quote: str) -> Iterator[Anchored]:
    """Yield a quote with more and more around it."""
    lead = [match[0] for match in _WORD.finditer(text[max(0, place.start - _AROUND) : place.start])]
    tail = [match[0] for match in _WORD.finditer(text[place.end : place.end + _AROUND])]
    yield Anchored(quote)
    one_side = chain.from_iterable(((n, 0), (0, n)) for n in range(1, _FEW + 1))
    both_sides = ((n, n) for n in range(1, MOST_WORDS + 1))
    for left, right in chain(one_side, both_sides):
        before, after = " ".join(lead[-left:] if left else ()), " ".join(tail[:right])
        if (before or not left) and (after or not right):
            yield Anchored(quote, before or None, after or None)
