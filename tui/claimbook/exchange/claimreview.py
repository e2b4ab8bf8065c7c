"""Verdicts as ClaimReview, the JSON-LD by which a fact check is known to programs.

The rules are those of Google's "Fact check (ClaimReview) structured data" and of schema.org; Google shows
it less and less in its search and reads it for its Fact Check Explorer. Required: the claim, the address
of the page that has the review, and a rating with `alternateName`; without a page nothing is written.
Recommended, and written where the record knows it: who publishes the review, its day, and the claim's own
author, day, first appearance and other appearances. The three numbers stand only beside ratings on the
scale, from 1, false, to 5, true: `ratingValue` lies between `worstRating`, at least 1, and a larger
`bestRating`, and an `unproven` lies nowhere between. Days are as precise as they are known.

The claim's author is who is said to have stated it (`by`), or else whose report or article it comes from.
It comes from the earliest report or source, if that is certainly not later than the others and had it from
nobody, or says more than whom it had it from: what an article adds is not to be laid at its source's door.
What cannot be told is left out, as Google asks. What comes out is an array with an object for each review,
each whole for its own page: one page, one ClaimReview. It is safe inside a script element, see
`escaping.py`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit

from claimbook.book.article import Article
from claimbook.book.entry import Entry
from claimbook.book.refusals import Refused
from claimbook.exchange.escaping import safe_json
from claimbook.record.dates import PartialDate
from claimbook.record.model import Claim, Source, Verdict
from claimbook.record.ratings import Rating
from claimbook.record.terms import Fidelity, Stance

ADVISED_LENGTH = 75
"""Characters of a claim that Google asks to stay below, because longer ones wrap on a telephone."""

POINTS = {
    Rating.FALSE: 1,
    Rating.MOSTLY_FALSE: 2,
    Rating.MIXED: 3,
    Rating.MOSTLY_TRUE: 4,
    Rating.TRUE: 5,
}
"""The ratings on the scale, as Google numbers such a scale."""


_OWN_WORDS = (Fidelity.STRENGTHENED, Fidelity.DISTORTED)


@dataclass(frozen=True, slots=True)
class Desk:
    """Who publishes the reviews, and where."""

    organisation: str
    """The organisation that stands behind the verdicts."""
    page: str
    """The address of a review's page, with `{id}` where the claim's id stands."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """The book's own words for ratings."""
    people: frozenset[str] = frozenset()
    """Names that are people's; all others are taken for organisations'."""


@dataclass(frozen=True, slots=True)
class _Work:
    """Something that a claim appears in."""

    content: Mapping[str, Any]
    date: PartialDate | None
    author: str | None
    """Whose claim it is, if this is where the claim comes from."""


def desk(
    organisation: str | None,
    page: str | None,
    *,
    labels: Mapping[str, str],
    people: Iterable[str],
    several: bool,
) -> Desk:
    """Hold what a person said against the rules.

    Raises:
        Refused: where there is no organisation or no page, or the page's address will not do.
    """
    if not page:
        raise Refused(
            "A ClaimReview points to the page that shows the review, and none is named: add "
            "`--page-url https://example.org/checks/{id}`, or `page_url:` to claimbook.yaml. "
            "Nothing was written."
        )
    if not organisation or not organisation.strip():
        raise Refused(
            "A ClaimReview names who publishes the review: add `--organisation NAME`, or `organisation:` to "
            "claimbook.yaml. Nothing was written."
        )
    if wrong := _wrong_with(page, several=several):
        raise Refused(f"The page's address {wrong} Nothing was written.")
    return Desk(organisation.strip(), page, labels, frozenset(people))


def pieces(entries: Iterable[Entry], articles: Mapping[str, Article], by: Desk) -> Iterator[str]:
    """Write an array of reviews, one for each record that has a verdict, piece by piece."""
    comma = ""
    yield "["
    for entry in entries:
        if entry.claim is not None and entry.claim.verdicts:
            yield f"{comma}\n{safe_json(review(entry.id, entry.claim, articles, by))}"
            comma = ","
    yield "\n]\n"


def review(identifier: str, claim: Claim, articles: Mapping[str, Article], by: Desk) -> dict[str, Any]:
    """Return one review, of a claim with a verdict."""
    last = claim.verdicts[-1]
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": by.page.replace("{id}", quote(identifier, safe="", errors="surrogateescape")),
        "claimReviewed": claim.claim,
        "datePublished": str(last.date),
        "author": {"@type": "Organization", "name": by.organisation},
        "reviewRating": _rating(last, by.labels),
        "itemReviewed": _claim(claim, articles, by),
    }


def is_long(claim: Claim) -> bool:
    """Tell whether a claim is longer than Google advises."""
    return len(claim.claim) >= ADVISED_LENGTH


def _wrong_with(page: str, *, several: bool) -> str | None:
    try:
        parts = urlsplit(page)
    except ValueError:
        return "cannot be read as one."
    plain = page.isascii() and page.isprintable() and not set(page) & set(' "<>\\^`|')
    if parts.scheme not in ("http", "https") or not parts.hostname or not plain:
        return "must be a whole one that begins with http:// or https:// and has no spaces."
    if "{id}" in parts.netloc or set(page.replace("{id}", "")) & set("{}"):
        return "may have `{id}` after the host, and no other braces."
    if several and "{id}" not in page:
        return "is the same for all: put `{id}` where the claim's id belongs, after a # if they share a page."
    return None


def _rating(verdict: Verdict, labels: Mapping[str, str]) -> dict[str, Any]:
    word = labels.get(verdict.rating, str(verdict.rating))
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": word[:1].upper() + word[1:]}
    if verdict.rating in POINTS:
        rating |= {"ratingValue": POINTS[verdict.rating], "bestRating": 5, "worstRating": 1}
    return rating | {"ratingExplanation": verdict.why}


def _claim(claim: Claim, articles: Mapping[str, Article], by: Desk) -> dict[str, Any]:
    carrying = [source for source in claim.sources if source.stance in (Stance.ASSERTS, Stance.RELAYS)]
    works = [_work(source, articles.get(source.article or "")) for source in carrying]
    reports = [report for source in carrying for report in _reports(source, by)]
    first = _first([*reports, *works])
    names = {source.by: None for source in carrying if source.by and source.fidelity not in _OWN_WORDS}
    if not names and first and first.author:
        names[first.author] = None
    item: dict[str, Any] = {"@type": "Claim"}
    if names:
        item["author"] = _one_or_all([_somebody(name, by) for name in names])
    if first:
        item |= {"datePublished": str(first.date), "firstAppearance": first.content}
    others = [work.content for work in works if first is None or work.content != first.content]
    if others:
        item["appearance"] = _one_or_all([work for at, work in enumerate(others) if work not in others[:at]])
    return item


def _work(source: Source, article: Article | None) -> _Work:
    """Return the article or page that a source is."""
    head = article.head if article else None
    publisher = source.publisher or (head.publisher if head else None)
    date = source.date or (head.date if head else None)
    url = source.url or (head.url if head else None)
    content = {
        "@type": "CreativeWork",
        "headline": head.title if head else None,
        "url": url,
        "publisher": {"@type": "Organization", "name": publisher} if publisher else None,
        "datePublished": str(date) if date else None,
    }
    is_first_hand = source.via == [] or (source.via is None and source.stance is Stance.ASSERTS)
    is_own = is_first_hand or source.fidelity in _OWN_WORDS
    known = {key: value for key, value in content.items() if value is not None}
    return _Work(known, date, publisher if is_own else None)


def _reports(source: Source, by: Desk) -> list[_Work]:
    """Return the dated reports that a source has it from, the farthest first.

    The claim is the farthest one's, whether it has a report of its own or the one before it tells what it
    said. People who stay anonymous are known through that one alone. A source that says more than its report
    did has its words from nobody.
    """
    if source.fidelity in _OWN_WORDS:
        return []
    named = [(link.name, link.report) for link in reversed(source.via or ()) if link.name]
    dated = [(name, report) for name, report in named if report]
    return [
        _Work(
            {"@type": "CreativeWork", "author": _somebody(name, by), "datePublished": str(report)},
            report,
            named[0][0] if at == 0 else None,
        )
        for at, (name, report) in enumerate(dated)
    ]


def _first(works: Sequence[_Work]) -> _Work | None:
    """Return the work that the claim comes from, certainly not later than any other; None if none is.

    One that has the claim from nobody knows whom is not where it began.
    """
    dated = [(work, work.date) for work in works if work.date]
    if not dated or len(dated) < len(works):
        return None
    earliest = min(date.last for _, date in dated)
    first = next(work for work, date in dated if date.last == earliest)
    others = (date.first for work, date in dated if work.content != first.content)
    return first if first.author and all(earliest <= other for other in others) else None


def _somebody(name: str, by: Desk) -> dict[str, str]:
    return {"@type": "Person" if name in by.people else "Organization", "name": name}


def _one_or_all(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values
