"""Facts of claims, made for tests from as little as they need to say."""

from typing import Any

from claimbook.record.dates import PartialDate
from claimbook.record.model import Claim
from claimbook.record.summary import ArticleFacts, Summary, summarize

ARTICLES = {
    "want": ArticleFacts("WANT", PartialDate(2021, 3, 26)),
    "autowereld": ArticleFacts("Autowereld", PartialDate(2021, 4)),
    "apparata": ArticleFacts("Apparata", PartialDate(2021, 2)),
}


def summary(identifier: str = "a-claim", *, quotes_broken: int = 0, **said: Any) -> Summary:
    """Return the facts of a claim that says no more than is given."""
    record = {"claim": "Apple builds a car.", "kind": "rumour", "sources": [{"article": "want"}], **said}
    claim = Claim.model_validate(record)
    return summarize(identifier, f"claims/{identifier}.yaml", claim, ARTICLES, quotes_broken)


def relayed(article: str, *via: Any, **said: Any) -> dict[str, Any]:
    """Return a source that relays what others said; without any of these, nobody knows whose it is."""
    return {"article": article, "stance": "relays", **({"via": list(via)} if via else {}), **said}


def anonymous(words: str, report: str | None = None) -> dict[str, str]:
    return {"anonymous": words, **({"report": report} if report else {})}


def named(name: str, report: str | None = None) -> dict[str, str]:
    return {"name": name, **({"report": report} if report else {})}


def evidence(bearing: str, *via: Any, publisher: str | None = "Mint") -> dict[str, Any]:
    """Return a piece of evidence, by default its publisher's own."""
    said: dict[str, Any] = {"url": "https://example.org", "bearing": bearing, "publisher": publisher}
    return {**said, "via": list(via)} if via else said


def verdict(rating: str) -> dict[str, str]:
    return {"date": "2026-11-21", "rating": rating, "why": "Because."}
