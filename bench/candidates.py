"""The passage finder: how well it finds what this repository's own claims quote, and how long it takes.

The reference is every passage that a claim in `claims/` draws from an article. A sentence is rightly
suggested if a claim quotes something of it; recall is the share of such sentences, and of the passages,
that are suggested. The claims are those that seemed worth tracking: a wrongly suggested sentence may still
be a claim, only a trivial one. Two sentences in three are quoted, so that suggesting all of them scores
well too; it stands first in the table. F0.5 counts precision more than recall, because what is not
suggested still stands in the article for everybody to read, and a list of suggestions that are none is not
read at all.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from claimbook.book.article import Article
from claimbook.book.book import Book
from claimbook.book.folded import Passage
from claimbook.review.candidates import THRESHOLD, assess
from claimbook.review.cuetables import read_table
from claimbook.review.sentences import split
from measure import REPOSITORY, median
from rows import Row
from setting import Setting

TITLE = "Finding sentences worth tracking"

THRESHOLDS = (1, 2, 3, 4)
_BETA = 0.5


class Counts(NamedTuple):
    """What a way of suggesting makes of some articles."""

    suggested: int
    right: int
    quoted: int
    found: int
    passages: int

    @property
    def precision(self) -> float:
        """The share of the suggested sentences that are quoted."""
        return self.right / self.suggested if self.suggested else 0

    @property
    def recall(self) -> float:
        """The share of the quoted sentences that are suggested."""
        return self.right / self.quoted if self.quoted else 0

    def f(self, beta: float) -> float:
        """The weighted harmonic mean of both (van Rijsbergen)."""
        below = beta**2 * self.precision + self.recall
        return (1 + beta**2) * self.precision * self.recall / below if below else 0


class Case(NamedTuple):
    """An article with the passages that claims quote from it."""

    article: Article
    sentences: Sequence[Passage]
    passages: Sequence[Passage]


Way = Callable[[Case], Iterable[Passage]]


def rows(setting: Setting) -> list[Row]:
    """Measure how long the sentences of this book's articles take."""
    del setting
    articles = [case.article for case in _cases()]
    pattern = _one_pattern()

    def find() -> None:
        for article in articles:
            assess(article)

    def search() -> None:
        for article in articles:
            for _ in pattern.finditer(article.text):
                pass

    name = f"candidates of {len(articles)} articles, {sum(len(a.text) for a in articles) // 1000} KB"
    return [Row(name, median(find), "one regular expression of all cues", median(search))]


def figures(setting: Setting) -> list[str]:
    """Measure how well it finds what claims quote; return a table and what it says of unseen articles."""
    del setting
    cases = _cases()
    every = _count(cases, lambda case: case.sentences)
    ways: list[tuple[str, Way]] = [("every sentence", lambda case: case.sentences)]
    ways += [("all but page furniture", _suggesting(-99))]
    ways += [(_name(points), _suggesting(points)) for points in THRESHOLDS]
    held_out = _sum(_count([case], _suggesting(_best([c for c in cases if c is not case]))) for case in cases)
    reference = (
        f"{every.suggested} sentences, {every.quoted} of them quoted by claims, {every.passages} passages"
    )
    return [
        f"The passage finder on {len(cases)} articles: {reference}.",
        "",
        "| suggested | sentences | precision | recall | passages found | F1 | F0.5 |",
        "|---|---|---|---|---|---|---|",
        *(_line(name, _count(cases, way)) for name, way in ways),
        _line("points chosen on three articles, measured on the fourth", held_out),
    ]


def _cases() -> list[Case]:
    book = Book.open(Path(REPOSITORY))
    quoted = [
        quote for entry in book.entries.values() for quote in entry.quotes if quote.path[0] == "sources"
    ]
    return [
        Case(
            article,
            [Passage(sentence.start, sentence.end) for sentence in split(article.text)],
            [
                passage
                for quote in quoted
                if quote.article == article.id and quote.found
                for passage in quote.found.passages
            ],
        )
        for article in book.articles.values()
    ]


def _suggesting(points: int) -> Way:
    return lambda case: [Passage(one.start, one.end) for one in assess(case.article) if one.score >= points]


def _best(cases: Sequence[Case]) -> int:
    return max(THRESHOLDS, key=lambda points: _count(cases, _suggesting(points)).f(_BETA))


def _count(cases: Sequence[Case], way: Way) -> Counts:
    return _sum(_count_one(case, list(way(case))) for case in cases)


def _count_one(case: Case, chosen: Sequence[Passage]) -> Counts:
    return Counts(
        suggested=len(chosen),
        right=_touching(chosen, case.passages),
        quoted=_touching(case.sentences, case.passages),
        found=_touching(case.passages, chosen),
        passages=len(case.passages),
    )


def _touching(ones: Sequence[Passage], others: Sequence[Passage]) -> int:
    """Count the stretches that share a character with one of some others."""
    return sum(any(one.start < other.end and other.start < one.end for other in others) for one in ones)


def _sum(counts: Iterable[Counts]) -> Counts:
    return Counts(*(sum(column) for column in zip(*counts, strict=True)))


def _name(points: int) -> str:
    return f"{points} {'point' if points == 1 else 'points'} or more" + (
        " (ours)" if points == THRESHOLD else ""
    )


def _line(name: str, counts: Counts) -> str:
    shares = (counts.precision, counts.recall, counts.found / counts.passages, counts.f(1), counts.f(_BETA))
    return f"| {name} | {counts.suggested} | {' | '.join(f'{share:.2f}' for share in shares)} |"


def _one_pattern() -> re.Pattern[str]:
    words = [word for table in ("any", "nl") for section in read_table(table).values() for word in section]
    forms = (re.escape(word).replace(r"\*", r"\w*").replace("…", r"(?:\w+\W+){0,8}?") for word in words)
    return re.compile(rf"\b(?:{'|'.join(forms)})\b", re.IGNORECASE)
