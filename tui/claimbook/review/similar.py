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
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class _Sentence:
    id: str
    claim: str
    words: frozenset[str]
    weight: float
    subjects: frozenset[str]


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


class Likenesses:
    """The claims of a book, ready to be searched for those that are like a sentence."""

    def __init__(self, summaries: Iterable[Sentenced], *, least: float = ALIKE) -> None:
        """Take the claims; `least` is the likeness from which a search finds them."""
        drafts = [(summary, words_of(summary.claim)) for summary in summaries]
        self._least = least
        self._claims_with = Counter(word for _, words in drafts for word in words)
        self._new = log(1 + max(len(drafts), 1))
        self._weights = {word: log(1 + len(drafts) / number) for word, number in self._claims_with.items()}
        self._sharing: dict[str, list[_Sentence]] = {}
        for summary, words in drafts:
            sentence = self._sentence(summary.id, summary.claim, words, summary.about)
            for word in self._telling(sentence):
                sharing = self._sharing.setdefault(word, [])
                if len(sharing) < MOST_SHARING:
                    sharing.append(sentence)

    def like(self, text: str, about: Iterable[str] = (), *, but: str | None = None) -> list[Likeness]:
        """Find the claims that are like a sentence, the most like first.

        Claims about other subjects are left out where both say what they are about. `but` is the id of a
        claim that is not looked for, such as the one that the sentence is of.
        """
        sought = self._sentence("", text, words_of(text), about)
        found = [
            Likeness(other.id, score, other.claim)
            for other in self._candidates(sought)
            if other.id != but and (score := self._score(sought, other)) >= self._least
        ]
        return sorted(found, key=lambda likeness: (-likeness.score, likeness.id))

    def _sentence(
        self, identifier: str, claim: str, words: frozenset[str], about: Iterable[str]
    ) -> _Sentence:
        kept = frozenset(sorted(words, key=self._rank)[:MOST_WORDS])
        subjects = frozenset(fold(subject) for subject in about)
        return _Sentence(identifier, claim, kept, self._total(kept), subjects)

    def _telling(self, sentence: _Sentence) -> Iterator[str]:
        """Yield the rarest words, until what is left weighs too little to make a likeness."""
        left = sentence.weight
        for word in sorted(sentence.words, key=self._rank):
            if left < self._least * sentence.weight - 1e-9:
                return
            yield word
            left -= self._weights.get(word, self._new)

    def _candidates(self, sought: _Sentence) -> Iterable[_Sentence]:
        return {
            other.id: other
            for word in self._telling(sought)
            for other in self._sharing.get(word, ())
            if not (sought.subjects and other.subjects) or sought.subjects & other.subjects
        }.values()

    def _score(self, one: _Sentence, other: _Sentence) -> float:
        shared = self._total(one.words & other.words)
        union = one.weight + other.weight - shared
        return min(1.0, shared / union) if union else 0.0

    def _total(self, words: Iterable[str]) -> float:
        return fsum(self._weights.get(word, self._new) for word in words)

    def _rank(self, word: str) -> tuple[int, str]:
        return self._claims_with[word], word


def unlinked(summary: Sentenced, found: Likenesses, linked: Mapping[str, frozenset[str]]) -> list[Likeness]:
    """Return the claims that are like one of the book and stand in no relation to it.

    `linked` has the ids that each claim points to with its relations.
    """
    mine = linked.get(summary.id, frozenset())
    return [
        other
        for other in found.like(summary.claim, summary.about, but=summary.id)
        if other.id not in mine and summary.id not in linked.get(other.id, frozenset())
    ]


def words_of(sentence: str) -> frozenset[str]:
    """Return what a sentence is compared by: its words, cut to their first letters."""
    text = _POSSESSIVE.sub("", fold(sentence[:_READ]))
    pairs = {first + second for run in _UNSPACED.findall(text) for first, second in pairwise(run)}
    return frozenset(pairs.union(word[:_STEM] for word in _WORD.findall(_UNSPACED.sub(" ", text))))
