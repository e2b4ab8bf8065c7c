"""What happened to claims, in order: said, doubted, denied, borne out or not, judged, due."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from claimbook.record.dates import PartialDate
from claimbook.record.ratings import Rating
from claimbook.record.summary import Chain, LinkFacts, Summary
from claimbook.record.terms import Bearing, Certainty, Stance
from claimbook.review.origins import Names


class Happening(StrEnum):
    """What happened, in the order in which things of one day are told."""

    SAID = "said"
    DOUBTED = "doubted"
    DENIED = "denied"
    SUPPORTED = "supported"
    REFUTED = "refuted"
    CONTEXT = "context"
    FORECAST = "forecast"
    JUDGED = "judged"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a claim, or is to happen."""

    when: PartialDate
    """The day, month or year, as precisely as it is known."""
    happening: Happening
    """What happened."""
    summary: Summary
    """To which claim."""
    who: str | None
    """Who said it, published it or judged it; None where nobody is named."""
    via: tuple[str, ...]
    """Whom they have it from, nearest first; people who are not named in quotation marks."""
    detail: str
    """More of it in a few words; may be empty."""
    at: str
    """Where it stands in the record, such as `sources[0]`, `verdicts[1]` or `due`."""
    rating: Rating | None = None
    """How it was judged."""

    @property
    def order(self) -> tuple[date, int, int, str, str, int]:
        """What events are sorted by; see `timeline`."""
        first = self.when.last if self.happening is Happening.DUE else self.when.first
        days = 0 if self.happening is Happening.DUE else (self.when.last - self.when.first).days
        weight = list(Happening).index(self.happening)
        return first, -days, weight, self.summary.id, self.at.partition("[")[0], _number(self.at)


def timeline(summaries: Iterable[Summary], names: Mapping[str, str] | None = None) -> list[Event]:
    """Return what is known to have happened to claims, in order.

    A date known to the month or the year stands at its first day, before the days within it; a last day,
    `due`, stands at its end, when it can no longer come true. What falls on one day is told in the order of
    `Happening`, then by the claim's id and the place in its record.

    A verdict stands at the moment that it was judged for, with the day on which it was given beside it. The
    reports that a source names are told too, as said by whoever made them. Evidence stands at the day of its
    publication; evidence without one is left out, see `undated`. Passages of one article that carry a claim
    in the same way are told once.
    """
    meant = Names(names)
    found: dict[tuple[object, ...], Event] = {}
    for event in sorted((e for s in summaries for e in _events(s, meant)), key=lambda event: event.order):
        at = "" if event.at.startswith("sources") else event.at
        told = event.summary.file, event.when, event.happening, event.who, event.via, event.detail, at
        found.setdefault(told, event)
    return list(found.values())


def undated(summaries: Iterable[Summary]) -> int:
    """Return how many sources and pieces of evidence have no date to stand at."""
    return sum(chain.date is None for summary in summaries for chain in (*summary.sources, *summary.evidence))


def claims(events: Iterable[Event]) -> list[list[Event]]:
    """Return events by claim, those of the claim that was first heard of first; order is kept."""
    found: dict[str, list[Event]] = {}
    for event in events:
        found.setdefault(event.summary.file, []).append(event)
    return list(found.values())


def subjects(
    events: Iterable[Event], names: Mapping[str, str] | None = None
) -> dict[str | None, list[Event]]:
    """Return events by what their claims are about, by name; those about nothing in particular under None.

    An event stands under each of its subjects. Order is kept.
    """
    meant = Names(names)
    found: dict[str | None, list[Event]] = {}
    for event in events:
        about: set[str | None] = {meant.meant(name) for name in event.summary.about} or {None}
        for name in about:
            found.setdefault(name, []).append(event)
    return dict(sorted(found.items(), key=lambda item: (item[0] is None, (item[0] or "").casefold())))


def _events(summary: Summary, names: Names) -> Iterator[Event]:
    yield from _reports(summary, names)
    for source in summary.sources:
        if source.date is not None:
            yield _event(summary, source, source.date, _said(source), names)
    for item in summary.evidence:
        if item.date is not None and item.bearing is not None:
            yield _event(summary, item, item.date, _BORNE[item.bearing], names)
    for index, said in enumerate(summary.forecasts):
        told = f"{said.probability:.0%} likely"
        yield Event(said.date, Happening.FORECAST, summary, said.by, (), told, f"forecasts[{index}]")
    for index, verdict in enumerate(summary.verdicts):
        told = f"given {verdict.date}" if verdict.as_of else ""
        moment, at = verdict.as_of or verdict.date, f"verdicts[{index}]"
        yield Event(moment, Happening.JUDGED, summary, verdict.by, (), told, at, verdict.rating)
    if summary.due is not None:
        yield Event(summary.due, Happening.DUE, summary, None, (), "", "due")


def _event(summary: Summary, chain: Chain, when: PartialDate, what: Happening, names: Names) -> Event:
    """Tell the publication of a source or a piece of evidence."""
    who = names.meant(chain.publisher) if chain.publisher else chain.article
    via = tuple(_link(link, names) for link in chain.links or ())
    facts = [f"said by {names.meant(chain.by)}"] if chain.by else []
    facts += ["hedged"] if chain.certainty is Certainty.HEDGED else []
    return Event(when, what, summary, who, via, ", ".join(facts), chain.at)


def _reports(summary: Summary, names: Names) -> Iterator[Event]:
    """Tell the reports that sources name, each once, with whose word it is for them."""
    found: dict[tuple[PartialDate, Happening, str], list[Chain]] = {}
    for source in summary.sources:
        for link in source.links or ():
            if link.name is not None and link.report is not None:
                key = link.report, _said(source), names.meant(link.name)
                found.setdefault(key, []).append(source)
    for (report, happening, name), sources in found.items():
        telling = dict.fromkeys(source.publisher or source.article or "" for source in sources)
        has = "has" if len(telling) == 1 else "have"
        told = f"as {' and '.join(telling)} {has} it"
        yield Event(report, happening, summary, name, (), told, sources[0].at)


def _said(source: Chain) -> Happening:
    return _TAKEN.get(source.stance, Happening.SAID) if source.stance else Happening.SAID


def _link(link: LinkFacts, names: Names) -> str:
    return f"“{link.anonymous}”" if link.name is None else names.meant(link.name)


def _number(at: str) -> int:
    digits = at.partition("[")[2].rstrip("]")
    return int(digits) if digits else 0


_TAKEN = {Stance.DOUBTS: Happening.DOUBTED, Stance.DENIES: Happening.DENIED}
_BORNE = {
    Bearing.SUPPORTS: Happening.SUPPORTED,
    Bearing.REFUTES: Happening.REFUTED,
    Bearing.CONTEXT: Happening.CONTEXT,
}
