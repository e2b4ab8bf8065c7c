"""Summaries and diagnostics as JSON, compact and quickly read: the form in which an index keeps them."""

import json
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from claimbook.record.dates import PartialDate
from claimbook.record.ratings import Rating, Status
from claimbook.record.summary import (
    Chain,
    ForecastFacts,
    LinkFacts,
    RelationFacts,
    Summary,
    VerdictFacts,
)
from claimbook.record.terms import Bearing, Certainty, Connection, Fidelity, Kind, Stance
from claimbook.review.queue import Standing
from claimbook.review.words import WEIGHTS

PER_RULE = 1_000_000
"""Numbers that each rule has for its findings, so that they stand in the order of the rules."""

_parse = lru_cache(maxsize=4096)(PartialDate.parse)
_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


Checked = tuple[tuple[tuple[Any, ...], ...], int | None, int | None]
"""Findings as `Derived.findings` has them, and when to look again: from one day on, and before another."""


class Derived(NamedTuple):
    """What an index keeps of a claim file."""

    file: str
    """The path relative to the book."""
    id: str
    """The file's stem."""
    digest: bytes
    """SHA-256 of the bytes."""
    columns: tuple[Any, ...]
    """The values of the table `claims` from `broken` on."""
    facts: str | None
    """The summary; None where the record is broken."""
    words: str
    """All free text of the record."""
    about: tuple[str, ...]
    """The names that are meant by what it is about, each once."""
    relations: tuple[tuple[str, bool], ...]
    """The ids that it points to, and whether it contradicts them."""
    quoting: tuple[str, ...]
    """The articles that it names, each once."""
    reasons: tuple[tuple[Any, ...], ...]
    """Why it wants a look: weight, since, first day, day after the last one, detail."""
    findings: tuple[tuple[Any, ...], ...]
    """What is wrong with it: line, column, number, error, rule, since, until, and the diagnostic."""
    unread: bool = False
    """Whether the system did not let us read it, which may pass without a trace."""
    doubtful: bool = False
    """Whether it did not let us read an article that it names, so that it is to be derived again."""


def write_summary(summary: Summary) -> str:
    """Return a summary's facts but for its id, its file and its words, which have columns of their own."""
    return _dump(
        [
            summary.claim,
            summary.kind,
            summary.status,
            summary.rating,
            _date(summary.judged),
            _date(summary.due),
            _date(summary.review_on),
            summary.about,
            summary.tags,
            summary.assigned,
            [_chain(chain) for chain in summary.sources],
            [_chain(chain) for chain in summary.evidence],
            summary.hedged,
            summary.quotes_broken,
            [(_date(said.date), _date(said.as_of), said.rating, said.by) for said in summary.verdicts],
            [(_date(said.date), said.probability, said.by) for said in summary.forecasts],
            summary.relations,
            summary.allow,
            summary.articles_changed,
        ]
    )


def read_summary(identifier: str, file: str, words: str, text: str) -> Summary:
    """Return the summary that `write_summary` wrote."""
    (claim, kind, status, rating, judged, due, review_on, about, tags, assigned, sources, evidence, hedged,
     broken, verdicts, forecasts, relations, allow, changed) = json.loads(text)  # fmt: skip
    return Summary(
        id=identifier,
        file=file,
        claim=claim,
        kind=Kind(kind),
        status=Status(status),
        rating=None if rating is None else Rating(rating),
        judged=day_of(judged),
        due=day_of(due),
        review_on=day_of(review_on),
        about=tuple(about),
        tags=tuple(tags),
        assigned=assigned,
        sources=tuple(_read_chain(f"sources[{i}]", chain) for i, chain in enumerate(sources)),
        evidence=tuple(_read_chain(f"evidence[{i}]", chain) for i, chain in enumerate(evidence)),
        hedged=hedged,
        quotes_broken=broken,
        words=words,
        verdicts=tuple(
            VerdictFacts(_parse(day), day_of(as_of), Rating(said), by) for day, as_of, said, by in verdicts
        ),
        forecasts=tuple(ForecastFacts(_parse(day), likely, by) for day, likely, by in forecasts),
        relations=tuple(RelationFacts(to, Connection(sort)) for to, sort in relations),
        allow=tuple(allow),
        articles_changed=tuple(changed),
    )


def reason_row(item: Standing) -> tuple[Any, ...]:
    """Return a reason as the table `reasons` has it, but for the claim's place."""
    why = item.why
    since = why.since and why.since.isoformat()
    return WEIGHTS[why.reason], since, ordinal(item.starts), ordinal(item.ends), why.detail


def day_of(text: str | None) -> PartialDate | None:
    """Return the date that was written."""
    return None if text is None else _parse(text)


def ordinals(day: PartialDate | None) -> tuple[int | None, int | None]:
    """Return the first and the last day that a date can mean."""
    return (None, None) if day is None else (day.first.toordinal(), day.last.toordinal())


def ordinal(day: date | None) -> int | None:
    """Return a day as a number."""
    return None if day is None else day.toordinal()


def write_list(values: Sequence[Any]) -> str:
    """Return a list of texts as JSON."""
    return _dump(values)


def _date(day: PartialDate | None) -> str | None:
    return None if day is None else str(day)


def _chain(chain: Chain) -> list[Any]:
    links = chain.links and [(link.name, link.anonymous, _date(link.report)) for link in chain.links]
    return [
        chain.publisher,
        links,
        chain.stance,
        chain.bearing,
        chain.article,
        _date(chain.date),
        chain.certainty,
        chain.by,
        chain.fidelity,
        _date(chain.seen),
    ]


def _read_chain(at: str, values: list[Any]) -> Chain:
    publisher, links, stance, bearing, article, day, certainty, by, fidelity, seen = values
    return Chain(
        at=at,
        publisher=publisher,
        links=None
        if links is None
        else tuple(LinkFacts(name, anonymous, day_of(report)) for name, anonymous, report in links),
        stance=None if stance is None else Stance(stance),
        bearing=None if bearing is None else Bearing(bearing),
        article=article,
        date=day_of(day),
        certainty=None if certainty is None else Certainty(certainty),
        by=by,
        fidelity=None if fidelity is None else Fidelity(fidelity),
        seen=day_of(seen),
    )
