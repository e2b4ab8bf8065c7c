"""Claims that say nearly the same, found without holding every claim against every other.

Two sentences are as like as the share of their words that both have, each word weighed by how rare it is in
the book (weighted Jaccard, 0 to 1). Words are compared without case and accents and by their first letters,
so that `builds` and `building` are one; a script that puts no spaces between words is taken by pairs of
characters.

Sentences that are at least so much alike share one of their rarest words, those without which the rest of the
sentence would weigh too little (Chaudhuri, Ganti and Kaushik, "A primitive operator for similarity joins",
2006). Only claims that share one of these are compared, and of those that share a word only the first
`MOST_SHARING`: a search compares with at most `MOST_WORDS * MOST_SHARING` claims however many there are, and
building takes time with the length of all sentences. Where more share a word than that, some may be missed.
"""

import re
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import fsum, log
from typing import Protocol

from claimbook.review.filters import fold

ALIKE = 0.4
"""From here on two claims may be one proposition, and somebody should look."""

RELATED = 0.2
"""From here on a claim is worth showing to somebody who looks for its like."""

MOST_WORDS = 48
"""Words of a sentence that are compared, the rarest ones; hardly a claim has more."""

MOST_SHARING = 64
"""Claims that are compared because of one word that they share."""

_READ = 2_000
_STEM = 6
_SLACK = 1e-9
_WORD = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile("['’‘ʼ]s\\b")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]{2,}")


@dataclass(frozen=True, slots=True)
class Likeness:
    """A claim that is like another one."""

    id: str
    """Its id."""
    score: float
    """How like, above 0 to 1."""
    claim: str
    """Its sentence."""


class Sentenced(Protocol):
    """What likeness is judged by: a summary, or less."""

    @property
    def id(self) -> str:
        """The claim's id."""

    @property
    def claim(self) -> str:
        """Its sentence."""

    @property
    def about(self) -> Sequence[str]:
        """What it is about."""


class _Words:
    """How rare each word is in the book, and what follows from that for a sentence."""

    def __init__(self, claims_with: Mapping[str, int], claims: int, least: float) -> None:
        self._claims_with = claims_with
        self._least = least
        self._new = log(1 + max(claims, 1))
        self._weights = {word: log(1 + claims / number) for word, number in claims_with.items()}

    def kept(self, words: Iterable[str]) -> list[str]:
        """Return the words of a sentence that are compared, the rarest first."""
        return sorted(words, key=self._rank)[:MOST_WORDS]

    def total(self, words: Iterable[str]) -> float:
        """Return what words weigh together."""
        return fsum(self._weights.get(word, self._new) for word in words)

    def telling(self, kept: Iterable[str], weight: float) -> Iterator[str]:
        """Yield the rarest words, until what is left weighs too little to make a likeness."""
        left, enough = weight, self._least * weight - _SLACK
        for word in kept:
            if left < enough:
                return
            yield word
            left -= self._weights.get(word, self._new)

    def bounds(self, weight: float) -> tuple[float, float]:
        """Return between which weights sentences are that can be alike to one that weighs so much."""
        return self._least * weight - _SLACK, weight / self._least + _SLACK

    def likeness(self, shared: Iterable[str], weights: float) -> float:
        """Return how alike two sentences are that share some words and weigh so much, added up."""
        both = self.total(shared)
        union = weights - both
        return min(1.0, both / union) if union else 0.0

    def _rank(self, word: str) -> tuple[int, str]:
        return self._claims_with.get(word, 0), word


class Likenesses:
    """The claims of a book, ready to be searched for those that are like a sentence."""

    def __init__(self, summaries: Iterable[Sentenced], *, least: float = ALIKE) -> None:
        """Take the claims; `least` is the likeness from which a search finds them."""
        self._least = least
        self._ids: list[str] = []
        self._claims: list[str] = []
        self._subjects: list[frozenset[str]] = []
        self._kept: list[tuple[str, ...]] = []
        claims_with: Counter[str] = Counter()
        same: dict[str, str] = {}
        for summary in summaries:
            self._ids.append(summary.id)
            self._claims.append(summary.claim)
            self._subjects.append(_subjects(tuple(summary.about)))
            words = words_of(summary.claim)
            claims_with.update(words)
            self._kept.append(tuple([same.setdefault(word, word) for word in words]))
        self._words = _Words(claims_with, len(self._ids), least)
        self._weights = array("d")
        self._sharing: dict[str, array[int]] = {}
        for number, found in enumerate(self._kept):
            self._share(number, found)

    def _share(self, number: int, found: Iterable[str]) -> None:
        kept = self._words.kept(found)
        weight = self._words.total(kept)
        self._kept[number] = tuple(kept)
        self._weights.append(weight)
        for word in self._words.telling(kept, weight):
            sharing = self._sharing.setdefault(word, array("L"))
            if len(sharing) < MOST_SHARING:
                sharing.append(number)

    def like(self, text: str, about: Iterable[str] = (), *, but: str | None = None) -> list[Likeness]:
        """Find the claims that are like a sentence, the most like first.

        Claims about other subjects are left out where both say what they are about. `but` is the id of a
        claim that is not looked for, such as the one that the sentence is of.
        """
        kept = self._words.kept(words_of(text))
        return self._like(kept, self._words.total(kept), _subjects(tuple(about)), but)

    def all_alike(self) -> Iterator[tuple[str, list[Likeness]]]:
        """Yield each claim's id, in the order in which they came, with the claims that are like it."""
        each = zip(self._kept, self._weights, self._subjects, self._ids, strict=True)
        for kept, weight, subjects, identifier in each:
            yield identifier, self._like(kept, weight, subjects, identifier)

    def _like(
        self, kept: Sequence[str], weight: float, subjects: frozenset[str], but: str | None
    ) -> list[Likeness]:
        weights, about, low, high = self._weights, self._subjects, *self._words.bounds(weight)
        sharing = [self._sharing.get(word, ()) for word in self._words.telling(kept, weight)]
        candidates = {
            other
            for others in sharing
            for other in others
            if low <= weights[other] <= high
            and not (subjects and about[other] and subjects.isdisjoint(about[other]))
        }
        sought, found = frozenset(kept), {}
        for other in sorted(candidates):
            score = self._words.likeness(sought.intersection(self._kept[other]), weight + weights[other])
            if score >= self._least and self._ids[other] != but:
                found[self._ids[other]] = Likeness(self._ids[other], score, self._claims[other])
        return sorted(found.values(), key=_most_first)


def find_like(
    text: str, claims: Callable[[], Iterable[Sentenced]], about: Iterable[str] = (), *, least: float = ALIKE
) -> list[Likeness]:
    """Return what `Likenesses(claims(), least=least).like(text, about)` returns, holding next to nothing.

    It goes through all claims twice: once to count words, and once for those that share one with the text.
    """
    sought, subjects = words_of(text), _subjects(tuple(about))
    claims_with: Counter[str] = Counter()
    holders: dict[str, array[int]] = {word: array("L") for word in sought}
    number = 0
    for number, claim in enumerate(claims(), 1):
        found = words_of(claim.claim)
        claims_with.update(found)
        for word in found & sought:
            holders[word].append(number)
    words = _Words(claims_with, number, least)
    kept = words.kept(sought)
    weight = words.total(kept)
    room = dict.fromkeys(words.telling(kept, weight), MOST_SHARING)
    scores: dict[str, Likeness] = {}
    candidates = {number for word in room for number in holders[word]}
    for number, claim in enumerate(claims() if candidates else (), 1):
        if number not in candidates:
            continue
        others = words.kept(words_of(claim.claim))
        theirs = words.total(others)
        shared = [word for word in words.telling(others, theirs) if room.get(word)]
        for word in shared:
            room[word] -= 1
        others_about = _subjects(tuple(claim.about))
        if shared and not (subjects and others_about and subjects.isdisjoint(others_about)):
            score = words.likeness(sought.intersection(others), weight + theirs)
            if score >= least:
                scores[claim.id] = Likeness(claim.id, score, claim.claim)
    return sorted(scores.values(), key=_most_first)


def unlinked(
    identifier: str, found: Iterable[Likeness], linked: Mapping[str, frozenset[str]]
) -> list[Likeness]:
    """Return those of the claims that are like a claim of the book which stand in no relation to it.

    `linked` has the ids that each claim points to with its relations.
    """
    mine = linked.get(identifier, frozenset())
    return [
        other
        for other in found
        if other.id not in mine and identifier not in linked.get(other.id, frozenset())
    ]


def words_of(sentence: str) -> frozenset[str]:
    """Return what a sentence is compared by: its words, cut to their first letters."""
    text = _POSSESSIVE.sub("", fold(sentence[:_READ]))
    if text.isascii():
        return frozenset([word[:_STEM] for word in _WORD.findall(text)])
    pairs = {first + second for run in _UNSPACED.findall(text) for first, second in pairwise(run)}
    return frozenset(pairs.union(word[:_STEM] for word in _WORD.findall(_UNSPACED.sub(" ", text))))


@lru_cache(maxsize=4096)
def _subjects(about: tuple[str, ...]) -> frozenset[str]:
    return frozenset(fold(subject) for subject in about)


def _most_first(likeness: Likeness) -> tuple[float, str]:
    return -likeness.score, likeness.id
