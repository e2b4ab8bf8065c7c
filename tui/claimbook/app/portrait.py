"""A claim as the desk tells it: everything its record says, and what follows from it."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from claimbook.app.lettering import Line, Paragraph, Span, label, mark_words, prose
from claimbook.app.listed import Row
from claimbook.app.spoken import count, numbered, spoken
from claimbook.app.view import View
from claimbook.book.quotes import WHOLE, QuoteState
from claimbook.record.dates import PartialDate
from claimbook.record.summary import Summary
from claimbook.record.terms import Bearing
from claimbook.review.marks import Mark, rating_mark
from claimbook.review.origins import Origins, claim_origins
from claimbook.review.words import Flag

if TYPE_CHECKING:
    from claimbook.book.entry import Quoted
    from claimbook.record.model import Claim, Evidence, Link, Source, Verdict

_SIGNS = {Bearing.SUPPORTS: ("+", "good"), Bearing.REFUTES: ("−", "bad"), Bearing.CONTEXT: ("·", "quiet")}
_LOUD = (Flag.OVERDUE, Flag.QUOTE_BROKEN)
_GAP = Paragraph(())


def portrait(view: View, row: Row, words: Sequence[str] = ()) -> list[Paragraph]:
    """Tell a claim that can be read; `words` are those of the filter, to be marked."""
    claim, summary = row.entry.claim, row.summary
    if claim is None or summary is None:
        return []
    parts = [*_head(view, row, claim, summary), *_sources(view, row, claim, summary)]
    parts += [*evidence(claim), *_relations(claim), *_verdicts(view, claim), *_rest(row, claim)]
    return [part._replace(spans=mark_words(part.spans, words)) for part in parts] if words else parts


def _head(view: View, row: Row, claim: "Claim", summary: Summary) -> Iterator[Paragraph]:
    shown = row.mark(view.labels)
    yield Paragraph((prose(claim.claim, "strong"),))
    yield Paragraph(standing(claim, shown))
    facts = [str(claim.kind), *([", ".join(claim.about)] if claim.about else [])]
    facts += [f"due {spoken(claim.due)}"] if claim.due else []
    facts += [f"look again {spoken(claim.review_on)}"] if claim.review_on else []
    facts += [f"with {claim.assigned}"] if claim.assigned else []
    facts += [" ".join(f"#{tag}" for tag in claim.tags)] if claim.tags else []
    yield Paragraph((label(" · ".join(facts)),))
    if row.flags:
        yield Paragraph(tuple(_flags(row.flags)))
    del summary


def standing(claim: "Claim", shown: Mark) -> Line:
    """Say a claim's mark, and since when it holds."""
    line = [label(f"{shown.glyph} {shown.word.upper()}", shown.tone)]
    since = _since(claim.verdicts)
    if since is not None and shown.word != str(claim.standing):
        line.append(Span(f" since {spoken(since)}"))
    line.append(Span(f" · {claim.standing}", "quiet"))
    if claim.verdicts and claim.verdicts[-1].confidence:
        line.append(Span(f" · {claim.verdicts[-1].confidence} confidence", "quiet"))
    return tuple(line)


def _since(verdicts: Sequence["Verdict"]) -> PartialDate | None:
    """Return the moment from which the last verdicts that agree speak."""
    since = None
    for verdict in reversed(verdicts):
        if verdict.rating is not verdicts[-1].rating:
            break
        since = verdict.as_of or verdict.date
    return since


def _flags(flags: Sequence[Flag]) -> Iterator[Span]:
    for index, flag in enumerate(flags):
        gap = "  " if index else ""
        yield Span(f"{gap}! {_flag_words(flag)}", "bad" if flag in _LOUD else "mixed")


def _flag_words(flag: Flag) -> str:
    return str(flag).replace("-", " ")


def sources(view: View, row: Row) -> list[Paragraph]:
    """Tell where a claim was made, each quote with how it stands; nothing of a record that is broken."""
    claim, summary = row.entry.claim, row.summary
    return list(_sources(view, row, claim, summary)) if claim is not None and summary is not None else []


def _sources(view: View, row: Row, claim: "Claim", summary: Summary) -> Iterator[Paragraph]:
    origins = claim_origins(summary, view.seen_from.names)
    yield from heading(f"{_where_from(summary)} → {_how_many(origins)}")
    for group in origins.groups:
        yield Paragraph((label(numbered(group.why), "quiet"),), indent=2)
    if origins.unknown:
        places = ", ".join(numbered(at) for at in origins.unknown)
        yield Paragraph((label(f"{places}: from nobody knows whom.", "quiet"),), indent=2)
    quotes = {quoted.at: quoted for quoted in row.entry.quotes}
    for index, source in enumerate(claim.sources):
        yield from _source(view, index, source, quotes.get(f"sources[{index}]"))


def _where_from(summary: Summary) -> str:
    articles = len(summary.articles)
    others = sum(1 for source in summary.sources if source.article is None)
    parts = [count(articles, "article")] if articles else []
    parts += [count(others, "page")] if others else []
    return " and ".join(parts)


def _how_many(origins: Origins) -> str:
    if origins.least == origins.most:
        return count(origins.least, "origin")
    return f"{origins.least} to {origins.most} origins"


def _source(view: View, index: int, source: "Source", quoted: "Quoted | None") -> Iterator[Paragraph]:
    number = f"{index + 1}. "
    facts = [f"{source.stance}", *(["hedged"] if source.certainty == "hedged" else [])]
    facts += [f"said by {source.by}"] if source.by else []
    facts += [str(source.fidelity)] if source.fidelity else []
    place = label(_published(view, source), "strong")
    chain = label(_chain(source.via)) if source.via else Span("")
    line = (Span(number, "quiet"), place, _spaced(chain), Span(f", {', '.join(facts)}", "quiet"))
    yield Paragraph(line, hang=len(number))
    if source.quote:
        quote = (Span("“"), prose(source.quote), Span("”"), *_state(source, quoted))
        yield Paragraph(quote, indent=len(number), hang=1)
    if source.translation:
        yield Paragraph((prose(f"= {source.translation}", "quiet"),), indent=len(number), hang=2)
    yield from _nearest(quoted, len(number))
    for address in filter(None, (source.url,)):
        yield Paragraph((label(address, "quiet"),), indent=len(number))
    if source.note:
        yield Paragraph((prose(source.note),), indent=len(number))


def _spaced(span: Span) -> Span:
    return Span(f" {span.text}", span.tone) if span.text else span


def _published(view: View, source: "Source") -> str:
    if source.article is None:
        return f"{source.publisher} {spoken(source.date)}" if source.date else str(source.publisher)
    article = view.articles.get(source.article)
    if article is None:
        return f"{source.article} (not in the book)"
    return f"{article.head.publisher} {spoken(source.date or article.head.date)}"


def _state(source: "Source", quoted: "Quoted | None") -> Iterator[Span]:
    """Say how a quote stands in its article; nothing is said of one that stands exactly."""
    if source.article is None:
        return
    if quoted is None or quoted.found is None:
        yield Span("  ✗ its article is not in the book", "bad")
    elif quoted.found.state is QuoteState.SPACED:
        yield Span("  ✓ but for spacing", "quiet")
    elif quoted.found.state is QuoteState.AMBIGUOUS:
        times = len(quoted.found.passages)
        yield Span(f"  ! stands {times} times: add before or after", "bad")
    elif quoted.found.state not in WHOLE:
        yield Span(f"  ✗ quote {quoted.found.state}", "bad")


def _nearest(quoted: "Quoted | None", indent: int) -> Iterator[Paragraph]:
    found = quoted.found if quoted else None
    if found is not None and found.state is QuoteState.CHANGED:
        lead = Span(f"the article has, {found.score:.0%} alike: ", "bad")
        yield Paragraph((lead, Span("“"), prose(found.text), Span("”")), indent=indent)


def _chain(via: "Sequence[Link] | None") -> str:
    return " ".join(f"← {_link(link)}" for link in via or ())


def _link(link: "Link") -> str:
    named = link.name or link.anonymous or ""
    return f"{named} ({spoken(link.report)})" if link.report else named


def evidence(claim: "Claim") -> Iterator[Paragraph]:
    """Tell the evidence: how much for and against, then each piece."""
    number = {bearing: sum(item.bearing is bearing for item in claim.evidence) for bearing in Bearing}
    counts = f"+ {number[Bearing.SUPPORTS]}  − {number[Bearing.REFUTES]}  · {number[Bearing.CONTEXT]}"
    yield from heading("Evidence", f"  {counts}")
    if not claim.evidence:
        yield Paragraph((Span("None yet.", "quiet"),), indent=2)
    for item in claim.evidence:
        yield from _piece(item)


def _piece(item: "Evidence") -> Iterator[Paragraph]:
    sign, tone = _SIGNS[item.bearing]
    facts = [item.publisher or item.article or "", *([spoken(item.date)] if item.date else [])]
    place = label(" ".join(facts), "strong")
    chain = label(_chain(item.via)) if item.via else Span("")
    word = Span(f", {item.bearing}", "quiet")
    yield Paragraph((Span(f"{sign} ", tone), place, _spaced(chain), word), hang=2)
    if item.quote:
        yield Paragraph((Span("“"), prose(item.quote), Span("”")), indent=2, hang=1)
    if item.translation:
        yield Paragraph((prose(f"= {item.translation}", "quiet"),), indent=2, hang=2)
    if item.note:
        yield Paragraph((prose(item.note),), indent=2)
    if item.url:
        yield Paragraph((label(item.url, "quiet"),), indent=2)


def _relations(claim: "Claim") -> Iterator[Paragraph]:
    if claim.relations:
        yield from heading("Relations")
    for relation in claim.relations:
        note = _spaced(prose(relation.note, "quiet")) if relation.note else Span("")
        line = (Span(f"{relation.as_} "), label(relation.to, "strong"), note)
        yield Paragraph(line, indent=2, hang=2)


def _verdicts(view: View, claim: "Claim") -> Iterator[Paragraph]:
    yield from heading("Verdicts", f"  {len(claim.verdicts)}, newest first" if claim.verdicts else "")
    if not claim.verdicts:
        yield Paragraph((Span("None yet: v gives one.", "quiet"),), indent=2)
    for verdict in reversed(claim.verdicts):
        shown = rating_mark(verdict.rating, view.labels)
        facts = [f"as of {spoken(verdict.as_of)}"] if verdict.as_of else []
        facts += [f"{verdict.confidence} confidence"] if verdict.confidence else []
        facts += [f"given {spoken(verdict.date)}", *([f"by {verdict.by}"] if verdict.by else [])]
        mark = label(f"{shown.glyph} {shown.word}", shown.tone)
        yield Paragraph((mark, label(", " + ", ".join(facts), "quiet")), hang=2)
        yield Paragraph((prose(verdict.why),), indent=2)


def _rest(row: Row, claim: "Claim") -> Iterator[Paragraph]:
    for name, text in (("Settles when", claim.settles_when), ("Notes", claim.notes)):
        if text:
            yield from heading(name)
            yield Paragraph((prose(text),), indent=2)
    for forecast in claim.forecasts:
        by = f" by {forecast.by}" if forecast.by else ""
        told = label(f"Forecast {spoken(forecast.date)}{by}: {forecast.probability:.0%}")
        yield Paragraph((told, _spaced(prose(forecast.why or "", "quiet"))))
    yield _GAP
    yield Paragraph((label(row.file, "quiet"),))


def heading(text: str, more: str = "") -> Iterator[Paragraph]:
    """Yield a heading with room above it."""
    yield _GAP
    yield Paragraph((label(text, "strong"), Span(more, "quiet")))
