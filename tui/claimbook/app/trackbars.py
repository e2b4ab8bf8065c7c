"""Track records, drawn: a share as a point in its interval, what is too little for one as marks."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from claimbook.app.lettering import Line, Paragraph, Span, label, pad
from claimbook.app.spoken import count
from claimbook.review.scoring import FEWEST, Bin, Tally, brier, calibration, wilson
from claimbook.review.trackrecord import DEFINITIONS, FORECAST_DEFINITIONS, Outcome, Record, Role, Saying

NOBODY = "(nobody named)"
"""How forecasts by nobody who is named are listed."""

_MARKS = {
    Outcome.TRUE: ("✓", "good"),
    Outcome.FALSE: ("✗", "bad"),
    Outcome.MIXED: ("◑", "mixed"),
    Outcome.NOT_DUE: ("…", "quiet"),
    Outcome.UNSCORED: ("–", "quiet"),
}
_MOST_TOLD = 500
"""Claims that are named under a row."""


class Order(StrEnum):
    """What rows are sorted by."""

    NUMBER = "number"
    NAME = "name"
    SHARE = "share"
    SURE = "lower end"

    @property
    def next(self) -> "Order":
        """The one after it, in a circle."""
        orders = list(Order)
        return orders[(orders.index(self) + 1) % len(orders)]


@dataclass(frozen=True, slots=True)
class TrackRow:
    """A name in one role, or its forecasts where there is no role."""

    record: Record
    """All that is known of the name."""
    role: Role | None
    """The role."""
    hedged: bool
    """Whether what it only said may be so is counted, or what it said plainly."""
    tally: Tally
    """How often it came true."""

    @property
    def name(self) -> str:
        """Whose it is."""
        return self.record.name or NOBODY

    @property
    def title(self) -> str:
        """What is counted."""
        if self.role is None:
            return "forecasts"
        return f"{self.role}, hedged" if self.hedged else str(self.role)

    @property
    def number(self) -> int:
        """How many outcomes there are; what the share rests on, or how many forecasts."""
        return self.tally.scored if self.role else len(self.record.forecasts)

    @property
    def sayings(self) -> list[Saying]:
        """What is counted in it, and what waits or cannot count."""
        return [item for item in self.record.sayings if item.role is self.role and item.hedged is self.hedged]


def track_rows(records: Iterable[Record], order: Order) -> list[TrackRow]:
    """Return a row for each role of each name in which there is something to tell, sorted."""
    found = [row for record in records for row in _rows_of(record)]
    return sorted(found, key=_KEYS[order])


def _rows_of(record: Record) -> Iterator[TrackRow]:
    for role in Role:
        for hedged in (False, True):
            tally = record.tally(role, hedged=hedged)
            if tally.scored or tally.mixed:
                yield TrackRow(record, role, hedged, tally)
    if record.forecasts:
        yield TrackRow(record, None, hedged=False, tally=Tally())


def _folded(row: TrackRow) -> tuple[str, int]:
    return row.name.casefold(), list(Role).index(row.role) if row.role else len(Role)


_KEYS: dict[Order, Callable[[TrackRow], tuple[float, tuple[str, int]]]] = {
    Order.NUMBER: lambda row: (-row.number, _folded(row)),
    Order.NAME: lambda row: (0.0, _folded(row)),
    Order.SHARE: lambda row: (-(row.tally.share if row.tally.share is not None else -1), _folded(row)),
    Order.SURE: lambda row: (-(row.tally.interval[0] if row.tally.interval else -1), _folded(row)),
}


def scale_line(cells: int) -> Line:
    """Draw the scale above the bars, from 0 to 100 %."""
    texts = [" "] * cells
    for text, place in (("0", 0), ("50", cells // 2), ("100 %", cells - 5)):
        if place < cells - 7 or text == "100 %":
            texts[place : place + len(text)] = text
    return (Span("".join(texts), "quiet"),)


def bar(row: TrackRow, cells: int) -> Line:
    """Draw a row's share in its interval; where there is no share, its outcomes one by one."""
    if row.role is None:
        return pad((Span("0 best, 1 worst", "quiet"),), cells)
    interval, share = row.tally.interval, row.tally.share
    if interval is None or share is None:
        return _outcomes(row, cells)
    low, high = (_cell(part, cells) for part in interval)
    return _on_a_track({**dict.fromkeys(range(low, high + 1), "▒"), _cell(share, cells): "█"}, cells)


def numbers(row: TrackRow) -> str:
    """Return the share and its interval in figures, or why there is none."""
    if row.role is None:
        score = brier(row.record.forecasts)
        return "" if score is None else f"Brier {score:.3f}"
    if row.tally.share is None or row.tally.interval is None:
        return f" n under {FEWEST}"
    low, high = row.tally.interval
    return f"{row.tally.share:4.0%} {100 * low:.0f}–{high:.0%}"


def _cell(share: float, cells: int) -> int:
    return min(int(share * cells), cells - 1)


def _on_a_track(drawn: dict[int, str], cells: int) -> Line:
    """Draw over a track with its middle marked."""
    track = ["·"] * cells
    track[_cell(0.5, cells)] = "┊"
    spans: list[Span] = []
    for place, plain in enumerate(track):
        glyph = drawn.get(place, plain)
        tone = "strong" if glyph in "█○◉" else "open" if glyph == "▒" else "quiet"
        if spans and spans[-1].tone == tone:
            spans[-1] = Span(spans[-1].text + glyph, tone)
        else:
            spans.append(Span(glyph, tone))
    return tuple(spans)


def _outcomes(row: TrackRow, cells: int) -> Line:
    tally = row.tally
    counted = ((Outcome.TRUE, tally.true), (Outcome.FALSE, tally.false), (Outcome.MIXED, tally.mixed))
    spans = [Span(_MARKS[outcome][0] * number, _MARKS[outcome][1]) for outcome, number in counted if number]
    return pad(spans, cells)


def told(row: TrackRow, cells: int, sentence: Callable[[str], str]) -> Iterator[Paragraph]:
    """Tell what a row rests on, claim by claim; `sentence` returns that of the claim with an id."""
    yield Paragraph(
        (label(row.name, "strong"), Span(f" as {row.title}" if row.role else " as forecaster", "strong"))
    )
    if row.role is None:
        yield from _forecasts(row.record, cells)
        return
    found = row.sayings
    for item in found[:_MOST_TOLD]:
        glyph, tone = _MARKS[item.outcome]
        lead = Span(f"{glyph} {item.outcome}, denied it" if item.denied else f"{glyph} {item.outcome}", tone)
        told = (Span("  "), label(sentence(item.claim)), Span(" "), label(f"· {item.claim}", "quiet"))
        yield Paragraph((*pad((lead,), max(11, len(lead.text))), *told), hang=13)
    if len(found) > _MOST_TOLD:
        yield Paragraph((Span(f"… and {len(found) - _MOST_TOLD:,} more", "quiet"),))
    if row.record.not_due or row.record.unscored:
        rest = f"In all roles {row.record.not_due} not due and {row.record.unscored} that do not count."
        yield Paragraph((Span(rest, "quiet"),))


def _forecasts(record: Record, cells: int) -> Iterator[Paragraph]:
    """Draw how often what was held so likely came true."""
    claims = len({said.claim for said in record.forecasts})
    score = brier(record.forecasts)
    number = f"{count(len(record.forecasts), 'forecast')} on {count(claims, 'claim')}"
    yield Paragraph((Span(f"{number}, Brier score {score:.3f}" if score is not None else number),))
    cells = max(10, cells - 9)
    yield Paragraph((Span("held likely  ", "quiet"), *scale_line(cells)))
    for step in calibration(record.forecasts):
        yield Paragraph((Span(f"{f'{100 * step.low:.0f} to {step.high:.0%}':11}  "), *_step(step, cells)))
    key = f"○ held likely on average, █ came true, ◉ both, ▒ 95 % interval; none where n is under {FEWEST}"
    yield Paragraph((Span(key, "quiet"),))


def _step(step: Bin, cells: int) -> Line:
    """Draw one step of the calibration: what was held likely, and what came of it with its interval."""
    true = round(step.came_true * step.number)
    drawn: dict[int, str] = {}
    if step.number >= FEWEST:
        low, high = (_cell(part, cells) for part in wilson(true, step.number))
        drawn = {**dict.fromkeys(range(low, high + 1), "▒"), _cell(step.came_true, cells): "█"}
    held = _cell(step.forecast, cells)
    drawn[held] = "◉" if drawn.get(held) == "█" else "○"
    return (*_on_a_track(drawn, cells), Span(f"  {true} of {step.number} true"))


def definitions(*, forecasts: bool) -> Iterator[Paragraph]:
    """State how it is counted."""
    yield Paragraph(())
    yield Paragraph((Span("How it is counted", "strong"),))
    for term, text in {**DEFINITIONS, **(FORECAST_DEFINITIONS if forecasts else {})}.items():
        yield Paragraph((*pad((Span(term, "quiet"),), 13), Span(" "), Span(text)), hang=14)


def has_forecasts(rows: Sequence[TrackRow]) -> bool:
    """Tell whether any row is about forecasts."""
    return any(row.role is None for row in rows)
