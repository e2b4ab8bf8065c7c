"""Summaries made of a few words, for tests of what is made of them."""

from datetime import date
from typing import Any

from claimbook.record.dates import PartialDate
from claimbook.record.model import Claim
from claimbook.record.summary import ArticleFacts, Summary, summarize
from claimbook.review.words import Standpoint

TODAY = date(2026, 11, 21)
SEEN_FROM = Standpoint(TODAY)
PAPER = ArticleFacts("The Paper", PartialDate.parse("2021-03-26"))


def facts(
    identifier: str = "a-claim", *, quotes_broken: int = 0, changed: bool = False, **record: Any
) -> Summary:
    """Return the facts of a record that is drawn from the article `paper` and says what is given."""
    content: dict[str, Any] = {"claim": "It is so.", "kind": "rumour", "sources": [source()], **record}
    articles = {"paper": PAPER._replace(changed=changed)}
    claim = Claim.model_validate(content)
    return summarize(identifier, f"claims/{identifier}.yaml", claim, articles, quotes_broken)


def source(publisher: str | None = None, **content: Any) -> dict[str, Any]:
    """Return a source: the article `paper`, or a page that somebody else published."""
    if publisher is None:
        return {"article": "paper", **content}
    return {"url": "https://example.org", "publisher": publisher, "date": "2021-03-26", **content}


def evidence(bearing: str, publisher: str = "The Post", **content: Any) -> dict[str, Any]:
    """Return a piece of evidence that was seen on 20 November 2026."""
    return {
        "url": "https://example.org",
        "publisher": publisher,
        "bearing": bearing,
        "seen": "2026-11-20",
        **content,
    }


def verdict(rating: str, day: str = "2026-11-21", **content: Any) -> dict[str, Any]:
    """Return a verdict."""
    return {"date": day, "rating": rating, "why": "Because.", **content}
