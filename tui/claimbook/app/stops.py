"""What there is to stop at in an article: the quotes of claims, and candidates; and what is told of each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from claimbook.app.lettering import Paragraph, Span, label, prose
from claimbook.app.listed import Row
from claimbook.app.marking import CANDIDATE, Marking
from claimbook.app.spoken import count
from claimbook.app.view import View
from claimbook.book.article import Article
from claimbook.review.candidates import Candidate, claims_in
from claimbook.review.passages import Quotation, quotations_in

DOUBTFUL = "!"
"""The sign before what a quote may mean that does not stand, or stands more than once."""
_OFFERED = 4
"""Claims told in a line each, beside the one that is told whole."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A place to stop at."""

    start: int | None
    """Its first character, 0-based; None for a quote that nothing in the text is near to."""
    end: int | None
    """The character after its last."""
    row: Row | None = None
    """The claim that quotes it; None for a candidate."""
    quotation: Quotation | None = None
    """The quote; None for a candidate."""
    candidate: Candidate | None = None
    """The sentence that looks like a claim."""

    def is_like(self, other: "Stop") -> bool:
        """Tell whether another stop is this one, in another reading of the book."""
        return self.key == other.key

    @property
    def key(self) -> tuple[object, ...]:
        """What it is, whatever stands around it."""
        if self.row is None or self.quotation is None:
            return (self.start, self.end)
        return (self.row.file, self.quotation.quoted.path)


def stops_in(view: View, article: Article, suggested: Iterable[Candidate] = ()) -> list[Stop]:
    """Return what to stop at in an article, in the order of its text; quotes that stand nowhere come last."""
    quoting = quotations_in(view.quoting(article.id), article.id)
    found = [_quoted(view, quotation) for quotation in quoting]
    found += [
        Stop(one.start, one.end, candidate=one)
        for one in suggested
        if not claims_in(one.start, one.end, quoting)
    ]
    return sorted(found, key=_place)


def markings(stops: Sequence[Stop], labels: Mapping[str, str]) -> Iterator[Marking]:
    """Yield what is to be marked: the passages of quotes, or what is nearest to them, and candidates."""
    for number, stop in enumerate(stops):
        if stop.row is not None and stop.quotation is not None:
            shown, found = stop.row.mark(labels), stop.quotation.quoted.found
            sign = (shown.glyph, shown.tone) if stop.quotation.stands else (DOUBTFUL, "bad")
            for passage in found.passages if found else ():
                yield Marking(passage.start, passage.end, *sign, number)
        elif stop.start is not None and stop.end is not None:
            yield Marking(stop.start, stop.end, CANDIDATE, "", number)


def told(view: View, stops: Sequence[Stop], here: int, also: Sequence[int]) -> Iterator[Paragraph]:
    """Tell a stop, and name the others at the same place."""
    stop = stops[here]
    if stop.candidate is not None:
        yield from _candidate(stop.candidate)
    elif stop.row is not None and stop.quotation is not None:
        yield from _claim(view, stop.row, stop.quotation)
    yield from named(view, [stops[number] for number in also if number != here], "also ")


def named(view: View, stops: Iterable[Stop], lead: str) -> Iterator[Paragraph]:
    """Name the claims of stops in a line each, each claim once."""
    rows = list({stop.row.file: stop.row for stop in stops if stop.row is not None}.values())
    for row in rows[:_OFFERED]:
        yield Paragraph((Span(lead, "quiet"), *_named(view, row)), hang=len(lead))
    if len(rows) > _OFFERED:
        yield Paragraph((Span(f"and {len(rows) - _OFFERED} more", "quiet"),))


def within(stops: Iterable[Stop], start: int, end: int) -> list[Stop]:
    """Return the stops whose quotes share words with a stretch of the text."""
    return [
        stop
        for stop in stops
        if stop.quotation and any(one.start < end and start < one.end for one in stop.quotation.passages)
    ]


def overview(stops: Sequence[Stop]) -> Iterator[Paragraph]:
    """Say what is marked in an article, and what is not."""
    quoted = [stop for stop in stops if stop.quotation is not None]
    lost = sum(1 for stop in quoted if stop.quotation and not stop.quotation.stands)
    suggested = len(stops) - len(quoted)
    claims = len({stop.row.file for stop in quoted if stop.row})
    if not quoted:
        yield Paragraph(
            (Span("No claim quotes this article yet: s selects a sentence, n makes a claim of it."),)
        )
    else:
        yield Paragraph(
            (Span(f"{count(claims, 'claim')}, {count(len(quoted), 'quote')}. ] goes to the next."),)
        )
    if lost:
        words = f"✗ {count(lost, 'quote')} cannot be found: {DOUBTFUL} marks what is near."
        yield Paragraph((Span(words, "bad"),))
    if suggested:
        words = f"{CANDIDATE} {count(suggested, 'sentence')} that no claim quotes look like claims."
        yield Paragraph((Span(words),))


def _quoted(view: View, quotation: Quotation) -> Stop:
    found = quotation.quoted.found
    row = view.row(quotation.summary.file)
    return Stop(found.start if found else None, found.end if found else None, row, quotation)


def _place(stop: Stop) -> tuple[bool, int, int]:
    return stop.start is None, stop.start or 0, -(stop.end or 0)


def _claim(view: View, row: Row, quotation: Quotation) -> Iterator[Paragraph]:
    claim = row.entry.claim
    if claim is None:
        return
    yield Paragraph(_named(view, row), hang=2)
    for path, source in enumerate(claim.sources):
        if quotation.quoted.path == ("sources", path):
            facts = [str(source.stance), *(["hedged"] if source.certainty == "hedged" else [])]
            yield Paragraph((Span(", ".join(facts), "quiet"),), indent=2)
    if quotation.quoted.path[0] == "evidence":
        yield Paragraph((Span("as evidence", "quiet"),), indent=2)
    found = quotation.quoted.found
    if not quotation.stands and found is not None:
        where = f": {DOUBTFUL} marks what it may mean" if found.start is not None else ""
        yield Paragraph((Span(f"✗ its quote is {found.state}{where}.", "bad"),), indent=2)
        quote = (
            claim.sources[int(quotation.quoted.path[1])].quote
            if quotation.quoted.path[0] == "sources"
            else ""
        )
        yield Paragraph((Span("“"), prose(quote or found.text), Span("”")), indent=2)


def _named(view: View, row: Row) -> tuple[Span, ...]:
    shown = row.mark(view.labels)
    sentence = row.summary.claim if row.summary else row.id
    return (label(f"{shown.glyph} {shown.word.upper()}", shown.tone), Span("  "), label(sentence, "strong"))


def _candidate(one: Candidate) -> Iterator[Paragraph]:
    lead = Span(f"{CANDIDATE} {count(one.score, 'point')}", "strong")
    reasons = "; ".join(f"{reason.sign}: {reason.words}" for reason in one.reasons)
    yield Paragraph((lead, Span("  n makes a claim of it", "quiet")))
    yield Paragraph((label(reasons),), indent=2)
