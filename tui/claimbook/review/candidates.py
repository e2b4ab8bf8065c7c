"""The sentences of an article that look like claims worth tracking, each with its reasons.

What is counted. A sentence has a reason for each kind of sign in it (`WEIGHTS`), once, however many signs
of the kind it has. Two points each: verbs of reporting, whom it is from, doubt and hearsay, a time to
come, plans; one of these makes a claim of a sentence. One point each: amounts, ranks and comparisons,
deeds, what something is, and names: what can be looked up. Points are taken off for what makes a sentence
less of a claim: a question (2), an exclamation, fewer than five words, a heading, words that speak to the
reader (1 each). A sentence of `THRESHOLD` points is suggested. The signs are the tables in `cues/`, those
of the article's `lang`, or all of them where it has none or another; a number is an amount, but for a year
after the article's, which is a time to come.

Where it comes from. The kinds are those that research on claim detection found to tell: quantities,
predictions, causes (Konstantinovskiy and others 2018, Full Fact's annotation scheme), numbers, names,
comparisons and verbs (Hassan and others 2017, ClaimBuster), and hedges and attribution, by which
newspapers mark hearsay. The weights are small whole numbers that were set by hand before anything was
measured; the threshold alone was chosen by measuring, see `bench/candidates.py`. That is four Dutch
articles, and whoever wrote the tables had read them: expect less elsewhere. A claim that is stated flatly
and without a name is not found. It suggests; a person decides.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import islice

from claimbook.book.article import Article
from claimbook.review.cuetables import Cues, Word, read_table, words_of
from claimbook.review.furniture import furniture
from claimbook.review.passages import Quotation
from claimbook.review.sentences import Form, Sentence, split

THRESHOLD = 2
"""Points that a sentence needs to be suggested."""
LONGEST = 2_000
"""Characters of a sentence, at most."""
MOST = 20_000
"""Sentences of an article that are looked at, the first ones, and half as many lines: a novel has fewer."""


class Sign(StrEnum):
    """What in a sentence says that it claims something; also the names of the tables' sections."""

    REPORTING = "reporting"
    ATTRIBUTION = "attribution"
    HEDGE = "hedge"
    AHEAD = "ahead"
    PLAN = "plan"
    NUMBER = "number"
    COMPARISON = "comparison"
    ACTION = "action"
    STATE = "state"
    NAME = "name"


WEIGHTS = {
    Sign.REPORTING: 2,
    Sign.ATTRIBUTION: 2,
    Sign.HEDGE: 2,
    Sign.AHEAD: 2,
    Sign.PLAN: 2,
    Sign.NUMBER: 1,
    Sign.COMPARISON: 1,
    Sign.ACTION: 1,
    Sign.STATE: 1,
    Sign.NAME: 1,
}
"""Points for each kind of sign."""

_LANGUAGES = ("nl", "en")
_FEW_WORDS = 5
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_AFTER_THIS_A_CAPITAL = re.compile(r"[:\"'“‘„«]\s?$")
_CLOSERS = "\"'”’»)]"


@dataclass(frozen=True, slots=True)
class Reason:
    """A sign that stands in a sentence."""

    sign: Sign
    """What kind it is of."""
    words: str
    """The words, as the text has them."""
    start: int
    """Their first code point in the article's text, 0-based."""
    end: int
    """The code point after their last."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of an article, and what makes a claim of it."""

    start: int
    """Its first code point in the article's text, 0-based."""
    end: int
    """The code point after its last."""
    text: str
    """The stretch of the article's text, character for character."""
    score: int
    """The points of its reasons, less what was taken off; it may be below 0."""
    reasons: tuple[Reason, ...]
    """Why, in the order of the class `Sign`."""


def candidates(article: Article, threshold: int = THRESHOLD) -> list[Candidate]:
    """Return the sentences of an article that are worth a look, in the article's order."""
    return [found for found in assess(article) if found.score >= threshold]


def assess(article: Article) -> list[Candidate]:
    """Return every sentence of an article that is no page furniture, in the article's order.

    What is longer than `LONGEST` is no sentence, and is left out; and what comes after `MOST` of them is not
    looked at, which bounds what a text can cost.
    """
    text = _beginning(article.text)
    sentences = split(text)
    away = furniture(text, sentences)
    kept = [one for one in sentences if one.block not in away and one.end - one.start <= LONGEST][:MOST]
    finder = _Finder(article, kept)
    return [finder.assess(sentence) for sentence in kept]


def _beginning(text: str) -> str:
    """Return a text up to twice `MOST` lines."""
    last = next(islice(re.finditer("\n", text), 2 * MOST - 1, None), None)
    return text[: last.end()] if last else text


def claims_in(start: int, end: int, quoting: Iterable[Quotation]) -> list[str]:
    """Return the ids of the claims that quote something of a stretch, each once, in the order of the text."""
    return list(
        dict.fromkeys(
            quotation.summary.id
            for quotation in quoting
            if any(at.start < end and start < at.end for at in quotation.passages)
        )
    )


class _Finder:
    """Looks for signs in the sentences of one article."""

    def __init__(self, article: Article, sentences: Sequence[Sentence]) -> None:
        self._text = article.text
        self._year = article.head.date.year
        self._cues = _cues(_languages(article.head.lang))
        self._names = self._all_names(sentences)

    def assess(self, sentence: Sentence) -> Candidate:
        """Return a sentence with its score."""
        words = self._words(sentence)
        cues = list(self._cues.find(words, once=True))
        reasons: dict[Sign, Reason] = {}
        for cue in cues:
            if cue.kind in WEIGHTS:
                self._add(reasons, Sign(cue.kind), cue.start, cue.end)
        for at, word in enumerate(words):
            if word.text[0].isdecimal():
                self._add(reasons, self._sign_of_number(word), word.start, word.end)
            if Sign.NAME not in reasons and self._is_name(word):
                self._add(reasons, Sign.NAME, word.start, self._end_of_name(words, at))
        speaks = any(cue.kind == "address" for cue in cues)
        score = sum(WEIGHTS[sign] for sign in reasons) - self._taken_off(sentence, words) - speaks
        found = tuple(reasons[sign] for sign in Sign if sign in reasons)
        return Candidate(
            sentence.start, sentence.end, self._text[sentence.start : sentence.end], score, found
        )

    def _add(self, reasons: dict[Sign, Reason], sign: Sign, start: int, end: int) -> None:
        reasons.setdefault(sign, Reason(sign, self._text[start:end], start, end))

    def _taken_off(self, sentence: Sentence, words: Sequence[Word]) -> int:
        last = self._text[max(sentence.start, sentence.end - 4) : sentence.end].rstrip(_CLOSERS)[-1:]
        is_heading = sentence.form is Form.HEADING
        return 2 * (last == "?") + (last == "!") + (len(words) < _FEW_WORDS) + is_heading

    def _words(self, sentence: Sentence) -> list[Word]:
        return words_of(self._text, sentence.start, sentence.end)

    def _sign_of_number(self, word: Word) -> Sign:
        is_ahead = _YEAR.fullmatch(word.text) and int(word.text) > self._year
        return Sign.AHEAD if is_ahead else Sign.NUMBER

    def _is_name(self, word: Word) -> bool:
        return self._text[word.start : word.end] in self._names

    def _end_of_name(self, words: Sequence[Word], at: int) -> int:
        while at + 1 < len(words) and self._is_name(words[at + 1]):
            if self._text[words[at].end : words[at + 1].start] != " ":
                break
            at += 1
        return words[at].end

    def _all_names(self, sentences: Sequence[Sentence]) -> frozenset[str]:
        """Return the words with a capital that the grammar does not ask for, anywhere in the article."""
        return frozenset(
            self._text[word.start : word.end]
            for sentence in sentences
            if sentence.form is not Form.HEADING
            for at, word in enumerate(self._words(sentence))
            if self._has_capital(word, is_first=at == 0)
        )

    def _has_capital(self, word: Word, *, is_first: bool) -> bool:
        spelled = self._text[word.start : word.end]
        if spelled == word.text and spelled.isascii():  # most words, and at once
            return False
        if len(spelled) < 2 or word.text in read_table("en")["calendar"]:
            return False
        if any(char.isupper() for char in spelled[1:]):
            return True
        before = self._text[max(0, word.start - 2) : word.start]
        return spelled[0].isupper() and not is_first and not _AFTER_THIS_A_CAPITAL.search(before)


def _languages(tag: str | None) -> tuple[str, ...]:
    language = (tag or "").replace("_", "-").partition("-")[0].lower()
    return (language,) if language in _LANGUAGES else _LANGUAGES


@cache
def _cues(languages: tuple[str, ...]) -> Cues:
    return Cues(["any", *languages])
