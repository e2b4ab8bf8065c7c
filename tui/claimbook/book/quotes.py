"""Finding a quote in the text of its article.

A quote is a stretch of the text: it may begin and end within a word, and white space around it is not part of
it. `[…]` or `[...]` in it joins stretches that stand in that order without overlapping, unless the article
itself has those signs there. How it is found:

- exact: it stands once, each character the same code point. What else differs only in what folding takes away
  does not count against it: two places, one of which is exact, are one exact place.
- spaced: it does not stand exactly, and once when quote and text are folded (see `folded.py`: white space,
  Unicode normal form, curly against straight quotation marks, nothing else). It must not begin or end between
  a character and its marks: `cafe` is not in `café`, however that is encoded.
- ambiguous: it stands more than once, exactly or else folded. A joined quote does where any of its parts can
  be read in two places.
- changed: it does not stand, and something near it does: see `nearest.py`.
- gone: nothing near it stands, or there is nothing but white space in it.

`before` and `after` are words directly before and after the quote, folded, with or without white space
between. Where they single out one place, that is the one; where not, they decide nothing.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice, product

from claimbook.book.folded import Passage, Prepared, fold

__all__ = ["Found", "Passage", "Prepared", "QuoteState", "find"]

MOST_PLACES = 20
"""Places of an ambiguous quote that are told."""

_JOINT = re.compile(r"\[\s?(?:…|\.\s?\.\s?\.)\s?\]")
_MOST_SPLIT = 1000
"""Places in a row that begin or end within a character, after which a search gives up."""


class QuoteState(StrEnum):
    """How a quote is found in its article."""

    EXACT = "exact"
    """It stands once, character for character."""
    SPACED = "spaced"
    """It stands once but for white space, normal form, and curly or straight quotation marks."""
    AMBIGUOUS = "ambiguous"
    """It stands more than once."""
    CHANGED = "changed"
    """Something near it stands."""
    GONE = "gone"
    """Nothing near it stands."""


WHOLE = (QuoteState.EXACT, QuoteState.SPACED)
"""States of a quote that stands in its article."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where and how a quote stands in its article's text."""

    state: QuoteState
    """How it is found."""
    start: int | None
    """The first code point, 0-based; of the first place where it is ambiguous, None where it is gone."""
    end: int | None
    """The code point after the last."""
    score: float
    """How near it is to the quote: 1 where that stands, below 1 where it is changed, 0 where it is gone."""
    passages: tuple[Passage, ...]
    """The stretches of the text: one, or one for each part of a joined quote; each place if ambiguous."""
    text: str
    """What stands there, parts joined by ` […] `; empty where it is gone."""


_GONE = Found(QuoteState.GONE, None, None, 0, (), "")


def find(
    text: Prepared | str,
    quote: str,
    before: str | None = None,
    after: str | None = None,
    *,
    near: bool = True,
) -> Found:
    """Find a quote in an article's text; an article that is searched more than once is best prepared once.

    Without `near`, what does not stand is gone, and the nearest passage is not looked for.
    """
    prepared = text if isinstance(text, Prepared) else Prepared(text)
    words = quote.strip()
    if not (before or after) and (once := _once(prepared.text, words)):
        return once
    parts: tuple[str, ...] = ()
    for parts in _readings(words, brackets="[" in prepared.text):
        found = _standing(prepared, parts, fold(before) if before else "", fold(after) if after else "")
        if found is not None:
            return found
    return _nearest(prepared, parts) if parts and near else _GONE


def _once(text: str, words: str) -> Found | None:
    """Find words that stand exactly once, as nearly all quotes do; None where they may stand otherwise."""
    start = text.find(words) if words else -1
    if start < 0 or text.find(words, start + 1) >= 0:
        return None
    end = start + len(words)
    return Found(QuoteState.EXACT, start, end, 1, (Passage(start, end),), words)


def _readings(words: str, *, brackets: bool) -> Iterator[tuple[str, ...]]:
    """Yield what a quote may say: itself, if the text has brackets too, and the parts that its `[…]` join."""
    parts = tuple(part.strip() for part in _JOINT.split(words) if part.strip())
    is_joined = bool(parts) and parts != (words,)
    if words and (brackets or not is_joined):
        yield (words,)
    if is_joined:
        yield parts


@dataclass(frozen=True, slots=True)
class _Field:
    """A text that is searched, and the way from it to the article's."""

    text: str
    passage: Callable[[int, int], Passage | None]


@dataclass(frozen=True, slots=True)
class _Needle:
    """Words to search for, with what may stand directly around them."""

    words: str
    around: tuple[tuple[str, str], ...] = (("", ""),)

    def places(self, field: _Field, start: int, stop: int) -> Iterator[tuple[int, Passage]]:
        """Yield where the words stand between two offsets of a field: there, and in the article."""
        ways = [self._places(field, start, stop, *around) for around in self.around]
        if len(ways) == 1:
            return ways[0]
        return iter(sorted({place for way in ways for place in islice(way, MOST_PLACES)}))

    def _places(
        self, field: _Field, start: int, stop: int, before: str, after: str
    ) -> Iterator[tuple[int, Passage]]:
        needle, split = before + self.words + after, 0
        at = field.text.find(needle, max(start - len(before), 0), stop + len(after))
        while at >= 0 and split < _MOST_SPLIT:
            begin = at + len(before)
            passage = field.passage(begin, begin + len(self.words))
            split = 0 if passage else split + 1
            if passage:
                yield begin, passage
            at = field.text.find(needle, at + 1, stop + len(after))


def _standing(prepared: Prepared, parts: Sequence[str], before: str, after: str) -> Found | None:
    """Find parts that stand in the text, exactly or folded; None where they do not."""
    literal = _Field(prepared.text, Passage)
    if before or after:
        needles = _with_context([fold(part) for part in parts], before, after)
        first, others = _search(_folded(prepared), needles)
        if first and not others:
            same = all(prepared.text[slice(*place)] == part for place, part in zip(first, parts, strict=True))
            return _found(prepared, QuoteState.EXACT if same else QuoteState.SPACED, first)
    state = QuoteState.EXACT
    first, others = _search(literal, [_Needle(part) for part in parts])
    if not first:
        state = QuoteState.SPACED
        first, others = _search(_folded(prepared), [_Needle(fold(part)) for part in parts])
    if others:
        places = sorted([Passage(first[0].start, first[-1].end), *others])
        return _found(prepared, QuoteState.AMBIGUOUS, places)
    return _found(prepared, state, first) if first else None


def _folded(prepared: Prepared) -> _Field:
    return _Field(prepared.folded, prepared.passage)


def _search(field: _Field, needles: Sequence[_Needle]) -> tuple[list[Passage], list[Passage]]:
    """Find needles in order: the first reading, and from where to where each other one goes.

    There is another one if, and only if, some needle stands again between its own place and the next one's.
    """
    if not all(needle.words for needle in needles):
        return [], []
    offsets: list[int] = []
    first: list[Passage] = []
    end = 0
    for needle in needles:
        offset, passage = next(needle.places(field, end, len(field.text)), (0, None))
        if passage is None:
            return [], []
        offsets.append(offset)
        first.append(passage)
        end = offset + len(needle.words)
    return first, list(islice(_others(field, needles, offsets, first), MOST_PLACES - 1))


def _others(
    field: _Field, needles: Sequence[_Needle], offsets: Sequence[int], first: Sequence[Passage]
) -> Iterator[Passage]:
    last = len(needles) - 1
    for index, needle in enumerate(needles):
        stop = offsets[index + 1] if index < last else len(field.text)
        for _, passage in needle.places(field, offsets[index] + 1, stop):
            start = passage.start if index == 0 else first[0].start
            yield Passage(start, passage.end if index == last else first[-1].end)


def _with_context(parts: Sequence[str], before: str, after: str) -> list[_Needle]:
    """Make needles of which the first has `before` before it and the last `after` after it."""
    leads = (before, f"{before} ") if before else ("",)
    trails = (after, f" {after}") if after else ("",)
    if len(parts) == 1:
        return [_Needle(parts[0], tuple(product(leads, trails)))]
    inner = [_Needle(part) for part in parts[1:-1]]
    return [
        _Needle(parts[0], tuple((lead, "") for lead in leads)),
        *inner,
        _Needle(parts[-1], tuple(("", trail) for trail in trails)),
    ]


def _nearest(prepared: Prepared, parts: Sequence[str]) -> Found:
    from claimbook.book.nearest import nearest  # noqa: PLC0415 - wanted only when something is wrong

    near = nearest(prepared, parts)
    return _found(prepared, QuoteState.CHANGED, near[1], near[0]) if near else _GONE


def _found(prepared: Prepared, state: QuoteState, places: Sequence[Passage], score: float = 1) -> Found:
    start, end = min(place.start for place in places), max(place.end for place in places)
    if state is QuoteState.AMBIGUOUS:
        start, end = places[0]
    told = places[:1] if state is QuoteState.AMBIGUOUS else places
    text = " […] ".join(prepared.text[slice(*place)] for place in told)
    return Found(state, start, end, score, tuple(places), text)
