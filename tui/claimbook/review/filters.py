"""The filter language: words, phrases, fields and ranges that a claim must all match.

Words are substrings. A word without capitals matches either case, and accents do not count, so that
`cooperatie` finds `coöperatie`. One table of fields is what is parsed and what the help shows.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from claimbook.record.dates import PartialDate
from claimbook.record.ratings import Rating, Status
from claimbook.record.shapes import nearest
from claimbook.record.summary import Summary
from claimbook.record.terms import Kind
from claimbook.review.flags import flags
from claimbook.review.origins import claim_origins
from claimbook.review.words import Filter, Flag, Standpoint, Term, Test


class FilterError(ValueError):
    """A filter that cannot be read."""

    def __init__(self, message: str, start: int, end: int) -> None:
        """Say what is wrong with the characters from `start` to `end` of the filter."""
        super().__init__(message)
        self.start = start
        """The first character that is wrong, 0-based."""
        self.end = end
        """The character after the last one."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field that a filter can ask for."""

    name: str
    """What stands before the colon."""
    help: str
    """What it looks at."""
    example: str
    """A use of it."""
    make: Callable[[str], Test]
    """Turns what stands after the colon into a test; raises ValueError with a sentence."""
    texts: Callable[[Summary], Iterable[str | None]] | None = None
    """The texts of which one must contain it, where it asks for that."""


_COMPARISON = re.compile(r"([<>]=?)(.*)", re.DOTALL)
_TOKEN = re.compile(
    r'(?P<not>(?:-|not:)*)(?:(?P<field>[A-Za-z]+):)?(?:"(?P<phrase>[^"]*)(?P<shut>"?)|(?P<bare>\S*))'
)
_DAY = timedelta(days=1)
_MAYBE_MARKS = re.compile("[^\x00-\u02ff]")
"""Characters among which the combining ones are; the first of those is U+0300."""


def parse(text: str) -> Filter:
    """Read a filter.

    Raises:
        FilterError: with the spot, and the nearest right word where there is one.
    """
    terms: list[Term] = []
    position = 0
    while match := re.compile(r"\S").search(text, position):
        token = _TOKEN.match(text, match.start())
        if token is None or token.end() == token.start():
            raise FilterError("this cannot be read", match.start(), len(text))
        position = token.end()
        terms.append(_term(token))
    return Filter(text, tuple(terms))


def fold(text: str, *, keep_case: bool = False) -> str:
    """Return the text without accents, and in one case unless that is to be kept."""
    if text.isascii():
        return text if keep_case else text.lower()
    apart = unicodedata.normalize("NFKD", text)
    bare = _MAYBE_MARKS.sub(lambda match: "" if unicodedata.combining(match[0]) else match[0], apart)
    return bare if keep_case else bare.casefold()


def _term(token: re.Match[str]) -> Term:
    name, value = token["field"], token["phrase"] if token["phrase"] is not None else token["bare"]
    denied = bool((token["not"] or "").replace("not:", "-").count("-") % 2)
    if token["phrase"] is not None and not token["shut"]:
        raise FilterError('close the phrase with "', token.start(), token.end())
    if name is None:
        return _word(value, token, denied=denied)
    known = _BY_NAME.get(name.lower())
    if known is None:
        if value.startswith("//"):  # a web address is a word
            return _word(f"{name}:{value}", token, denied=denied)
        guess = nearest(name, _BY_NAME)
        hint = f"did you mean {guess}:" if guess else f"there are {', '.join(_BY_NAME)}"
        message = f"there is no field {name}: {hint}, or put quotes around words with a colon"
        raise FilterError(message, token.start("field"), token.end("field"))
    if not value:
        raise FilterError(f"write what {name}: is to be, such as {known.example}", token.start(), token.end())
    try:
        return Term(known.name, value, denied, known.make(value))
    except ValueError as error:
        raise FilterError(str(error), token.end("field") + 1, token.end()) from None


def _word(value: str, token: re.Match[str], *, denied: bool) -> Term:
    if not value:
        raise FilterError("write a word here", token.start(), token.end())
    contains = _contains(value)
    return Term("", value, denied, lambda summary, _: contains(summary.words) or contains(summary.id))


def keeps_case(value: str) -> bool:
    """Tell whether a word is looked for with its capitals, because it has some."""
    return value != value.lower()


def _contains(value: str) -> Callable[[str], bool]:
    """Return the smart-case substring test."""
    keep_case = keeps_case(value)
    folded = fold(value, keep_case=keep_case)
    return lambda text: folded in fold(text, keep_case=keep_case)


def _texts(name: str, what: str, example: str, get: Callable[[Summary], Iterable[str | None]]) -> Field:
    """Return a field that asks for a text to contain something."""

    def make(value: str) -> Test:
        contains = _contains(value)
        return lambda summary, _: any(contains(text) for text in get(summary) if text)

    return Field(name, what, example, make, get)


def _choice(words: Iterable[str], get: Callable[[Summary], str | None]) -> Callable[[str], Test]:
    known = tuple(str(word) for word in words)

    def make(value: str) -> Test:
        wanted = value.lower().replace("-", " ")
        if wanted not in known:
            raise ValueError(_unknown(value, known))
        return lambda summary, _: get(summary) == wanted

    return make


def _flag(value: str) -> Test:
    wanted = value.lower()
    if wanted not in list(Flag):
        raise ValueError(_unknown(value, [str(flag) for flag in Flag]))
    return lambda summary, seen_from: wanted in flags(summary, seen_from.today, seen_from.names)


def _unknown(value: str, known: Iterable[str]) -> str:
    guess = nearest(value, known)
    return f"did you mean {guess}?" if guess else f"write one of {', '.join(known)}"


def _dates(get: Callable[[Summary], Iterable[PartialDate | None]]) -> Callable[[str], Test]:
    def make(value: str) -> Test:
        wanted = read_range(value)
        return lambda summary, _: any(wanted.holds(day) for day in get(summary) if day is not None)

    return make


@dataclass(frozen=True, slots=True)
class Range:
    """The days between which the first and the last day of a date must lie, inclusive."""

    first_from: date = date.min
    """The earliest that the first day may be."""
    first_to: date = date.max
    """The latest that the first day may be."""
    last_from: date = date.min
    """The earliest that the last day may be."""
    last_to: date = date.max
    """The latest that the last day may be."""
    empty: bool = False
    """Whether no date at all lies in it."""

    def holds(self, day: PartialDate) -> bool:
        """Tell whether a date lies in it."""
        within = self.first_from <= day.first <= self.first_to and self.last_from <= day.last <= self.last_to
        return within and not self.empty


def read_range(value: str) -> Range:
    """Read `2024`, `2024..`, `..2024`, `2023..2024`, `<2024`, `<=2024`, `>2024` or `>=2024`.

    Raises:
        ValueError: with a sentence that says what is wrong.
    """
    if match := _COMPARISON.fullmatch(value):
        return _comparison(match[1], PartialDate.parse(match[2]))
    if ".." not in value:
        bound = PartialDate.parse(value)
        return Range(first_to=bound.last, last_from=bound.first)
    low, _, high = value.partition("..")
    first = PartialDate.parse(low).first if low else date.min
    last = PartialDate.parse(high).last if high else date.max
    if first > last:
        raise ValueError(f"this runs backwards: write {high}..{low}")
    return Range(first_from=first, last_to=last)


def _comparison(sign: str, bound: PartialDate) -> Range:
    """Compare the whole of a date, which may be a year, with the whole of the bound."""
    if sign == "<":
        return Range(last_to=bound.first - _DAY) if bound.first > date.min else Range(empty=True)
    if sign == "<=":
        return Range(last_to=bound.last)
    if sign == ">":
        return Range(first_from=bound.last + _DAY) if bound.last < date.max else Range(empty=True)
    return Range(first_from=bound.first)


def read_origins(value: str) -> tuple[int, int | None]:
    """Read how many origins are wanted, `1` or `2..`, as the least and the most number.

    Raises:
        ValueError: with a sentence that says what is wrong.
    """
    low, dots, high = value.partition("..")
    if not all(part.isdecimal() for part in (low, high) if part) or not (low or high):
        raise ValueError("write a number, such as origins:1 or origins:2..")
    least = int(low) if low else 0
    return least, int(high) if high else None if dots else least


def _origins(value: str) -> Test:
    least, most = read_origins(value)

    def test(summary: Summary, seen_from: Standpoint) -> bool:
        count = claim_origins(summary, seen_from.names)
        return count.least >= least and (most is None or count.most <= most)

    return test


FIELDS = (
    _texts("id", "the claim's id", "id:apple-car", lambda s: [s.id]),
    Field("kind", "rumour, prediction, denial …", "kind:rumour", _choice(Kind, lambda s: s.kind)),
    Field("status", "open, reviewing, settled, shelved", "status:open", _choice(Status, lambda s: s.status)),
    Field("rating", "the last verdict's", "rating:mostly-false", _choice(Rating, lambda s: s.rating)),
    _texts("about", "the companies and people", "about:Xiaomi", lambda s: s.about),
    _texts("tag", "the subjects", "tag:ev", lambda s: s.tags),
    _texts("article", "the articles it is drawn from", "article:want", lambda s: s.articles),
    _texts(
        "publisher",
        "who published its sources",
        "publisher:WANT",
        lambda s: [source.publisher for source in s.sources],
    ),
    _texts(
        "via",
        "whom its sources have it from",
        "via:Reuters",
        lambda s: [link.name for source in s.sources for link in source.links or ()],
    ),
    _texts("assigned", "who looks after it", "assigned:ann", lambda s: [s.assigned]),
    Field("due", "the last moment it can come true", "due:..2024", _dates(lambda s: [s.due])),
    Field(
        "said",
        "when its sources said it",
        "said:2021-03",
        _dates(lambda s: [source.date for source in s.sources]),
    ),
    Field("judged", "when the last verdict was given", "judged:2026..", _dates(lambda s: [s.judged])),
    Field("review", "when to look again", "review:..2027-01", _dates(lambda s: [s.review_on])),
    Field("is", ", ".join(Flag), "is:overdue", _flag),
    Field("origins", "how many independent origins", "origins:1", _origins),
)
"""Every field, in the order in which help shows them."""

_BY_NAME = {known.name: known for known in FIELDS}
