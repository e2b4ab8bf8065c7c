"""The facts of one record that lists, filters and counts answer from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from claimbook.record.dates import PartialDate
from claimbook.record.ratings import Rating, Status
from claimbook.record.terms import Bearing, Certainty, Connection, Fidelity, Kind, Stance

if TYPE_CHECKING:
    from dataclasses import dataclass as _unchanging

    from claimbook.record.model import Claim, Evidence, Link, Source
else:

    def _unchanging(*, frozen: bool, slots: bool) -> Callable[[type], type]:
        """Make a dataclass that mypy alone keeps from changing.

        A check while the program runs would take a third of the time of gathering a record's facts.
        """
        return dataclass(slots=slots, unsafe_hash=frozen)


class LinkFacts(NamedTuple):
    """One link in the chain of who has it from whom."""

    name: str | None
    """An agency, a paper, a company, a person; None for people who stay anonymous."""
    anonymous: str | None
    """The words that describe people who are not named."""
    report: PartialDate | None
    """The day, month or year of the report that is meant."""


class ArticleFacts(NamedTuple):
    """What a record takes from an article's front matter."""

    publisher: str
    """Who published it."""
    date: PartialDate
    """When."""
    changed: bool = False
    """Whether its text is another than the one its `sha256` was made of."""


class VerdictFacts(NamedTuple):
    """What a verdict says, without its reason."""

    date: PartialDate
    """When the reviewer gave it."""
    as_of: PartialDate | None
    """The moment it is judged for, where that is not the day it was given."""
    rating: Rating
    """What the claim was found to be."""
    by: str | None
    """The reviewer."""


class ForecastFacts(NamedTuple):
    """What a reviewer held likely."""

    date: PartialDate
    """When it was said."""
    probability: float
    """How likely the claim was held to be, from 0 to 1."""
    by: str | None
    """The reviewer."""


class RelationFacts(NamedTuple):
    """How the claim stands to another one."""

    to: str
    """The other claim's id."""
    kind: Connection
    """What this claim is to it."""


@_unchanging(frozen=True, slots=True)
class Chain:
    """Who has it from whom, for one source or one piece of evidence."""

    at: str
    """Where it stands in the record: `sources[0]`."""
    publisher: str | None
    """Who published it, where that is known."""
    links: tuple[LinkFacts, ...] | None
    """Whom it has it from, nearest first; empty for first hand, None where nothing is said."""
    stance: Stance | None
    """What a source does with the claim; None for evidence."""
    bearing: Bearing | None
    """What evidence does to the claim; None for a source."""
    article: str | None
    """The id of the article, where the book holds it."""
    date: PartialDate | None
    """When it was published, where that is known."""
    certainty: Certainty | None = None
    """Whether a source says so plainly or hedges; None for evidence."""
    by: str | None = None
    """Who is said to have stated it, the claimant."""
    fidelity: Fidelity | None = None
    """How a source relays its own source, where that was looked at."""
    seen: PartialDate | None = None
    """When we read a piece of evidence."""


@_unchanging(frozen=True, slots=True)
class Summary:
    """What is to be known of a claim without reading its record again; nothing in it depends on the day."""

    id: str
    """The file's stem."""
    file: str
    """The path relative to the book."""
    claim: str
    """The sentence that is judged."""
    kind: Kind
    """What sort of statement it is."""
    status: Status
    """Where it stands, written or as it follows."""
    rating: Rating | None
    """The rating of the last verdict."""
    judged: PartialDate | None
    """When the last verdict was given."""
    due: PartialDate | None
    """The last moment it can still come true."""
    review_on: PartialDate | None
    """When to look again."""
    about: tuple[str, ...]
    """What it is about."""
    tags: tuple[str, ...]
    """Its subjects."""
    assigned: str | None
    """Who looks after it."""
    sources: tuple[Chain, ...]
    """Where the claim was made."""
    evidence: tuple[Chain, ...]
    """What bears on it."""
    hedged: bool
    """Whether every source that carries the claim hedges."""
    quotes_broken: int
    """Quotes that are neither exact nor spaced."""
    words: str
    """All free text of the record, for searching."""
    verdicts: tuple[VerdictFacts, ...] = ()
    """Judgements in order; the last one holds."""
    forecasts: tuple[ForecastFacts, ...] = ()
    """What reviewers held likely while it was open."""
    relations: tuple[RelationFacts, ...] = ()
    """How it stands to other claims."""
    allow: tuple[str, ...] = ()
    """Warnings that were looked at and accepted, by rule name."""
    articles_changed: tuple[str, ...] = ()
    """The ids of articles whose text was edited after it was added, of those that it quotes."""

    @property
    def touched(self) -> PartialDate | None:
        """The latest day on which somebody is known to have worked on it; None where the record has none.

        Work leaves these dates in a record: of verdicts, of forecasts, and when evidence was seen.
        """
        seen = [item.seen for item in self.evidence if item.seen is not None]
        days = [*seen, *(verdict.date for verdict in self.verdicts), *(said.date for said in self.forecasts)]
        return max(days, key=lambda day: (day.last, day.first), default=None)

    @property
    def articles(self) -> tuple[str, ...]:
        """The ids of the articles that it is drawn from, each once, in order."""
        return tuple(dict.fromkeys(source.article for source in self.sources if source.article))


def summarize(
    identifier: str, file: str, claim: "Claim", articles: Mapping[str, ArticleFacts], quotes_broken: int = 0
) -> Summary:
    """Gather a record's facts; `articles` has those of the articles by id."""
    sources = tuple(_source(i, source, articles) for i, source in enumerate(claim.sources))
    evidence = tuple(_evidence(i, item, articles) for i, item in enumerate(claim.evidence))
    carrying = [s for s in claim.sources if s.stance in (Stance.ASSERTS, Stance.RELAYS)]
    return Summary(
        id=identifier,
        file=file,
        claim=claim.claim,
        kind=claim.kind,
        status=claim.standing,
        rating=claim.rating,
        judged=claim.verdicts[-1].date if claim.verdicts else None,
        due=claim.due,
        review_on=claim.review_on,
        about=tuple(claim.about),
        tags=tuple(claim.tags),
        assigned=claim.assigned,
        sources=sources,
        evidence=evidence,
        hedged=bool(carrying) and all(source.certainty == "hedged" for source in carrying),
        quotes_broken=quotes_broken,
        words=_words(claim),
        verdicts=tuple(VerdictFacts(item.date, item.as_of, item.rating, item.by) for item in claim.verdicts),
        forecasts=tuple(ForecastFacts(item.date, item.probability, item.by) for item in claim.forecasts),
        relations=tuple(RelationFacts(relation.to, relation.as_) for relation in claim.relations),
        allow=tuple(claim.allow),
        articles_changed=_changed([*sources, *evidence], articles),
    )


def _changed(chains: list[Chain], articles: Mapping[str, ArticleFacts]) -> tuple[str, ...]:
    cited = dict.fromkeys(chain.article for chain in chains if chain.article)
    return tuple(name for name in cited if (article := articles.get(name)) and article.changed)


def _source(index: int, source: "Source", articles: Mapping[str, ArticleFacts]) -> Chain:
    article = articles.get(source.article or "")
    return Chain(
        at=f"sources[{index}]",
        publisher=source.publisher or (article.publisher if article else None),
        links=_links(source.via),
        stance=source.stance,
        bearing=None,
        article=source.article,
        date=source.date or (article.date if article else None),
        certainty=source.certainty,
        by=source.by,
        fidelity=source.fidelity,
    )


def _evidence(index: int, item: "Evidence", articles: Mapping[str, ArticleFacts]) -> Chain:
    article = articles.get(item.article or "")
    return Chain(
        at=f"evidence[{index}]",
        publisher=item.publisher or (article.publisher if article else None),
        links=_links(item.via),
        stance=None,
        bearing=item.bearing,
        article=item.article,
        date=item.date or (article.date if article else None),
        seen=item.seen,
    )


def _links(via: "list[Link] | None") -> tuple[LinkFacts, ...] | None:
    return None if via is None else tuple([LinkFacts(link.name, link.anonymous, link.report) for link in via])


def _names(via: "list[Link] | None") -> list[str | None]:
    return [link.name or link.anonymous for link in via or ()]


def _words(claim: "Claim") -> str:
    texts = [claim.claim, *claim.about, *claim.tags, claim.settles_when, claim.due_said, claim.notes]
    for source in claim.sources:
        texts += [source.quote, source.translation, source.by, source.publisher, source.note]
        texts += _names(source.via)
    for item in claim.evidence:
        texts += [item.quote, item.translation, item.publisher, item.note, *_names(item.via)]
    texts += [relation.note for relation in claim.relations]
    texts += [forecast.why for forecast in claim.forecasts]
    texts += [verdict.why for verdict in claim.verdicts]
    return "\n".join(filter(None, texts))
