"""What happened to claims, drawn on a line of cells: a day is a point, a month or a year a stretch."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from claimbook.app.lettering import Line, Paragraph, Span, label
from claimbook.app.lettering import cells as cells_of
from claimbook.app.spoken import spoken
from claimbook.app.timescale import Scale, Stretch
from claimbook.review.marks import rating_mark
from claimbook.review.telling import TONES, words
from claimbook.review.timeline import Event, Happening


class Sign(NamedTuple):
    """How something that happens is drawn."""

    glyph: str
    """One character, one cell wide."""
    tone: str
    """What a theme gives a colour to."""


_GLYPHS = {
    Happening.CONTEXT: "·",
    Happening.FORECAST: "%",
    Happening.DOUBTED: "◇",
    Happening.SAID: "●",
    Happening.SUPPORTED: "+",
    Happening.REFUTED: "−",
    Happening.DENIED: "◆",
    Happening.DUE: "┥",
    Happening.JUDGED: "✓",
}
SIGNS = {happening: Sign(glyph, TONES[happening]) for happening, glyph in _GLYPHS.items()}
"""From what gives way in a cell to what takes it; a verdict is drawn with its rating's glyph."""

_WEIGHT = {happening: weight for weight, happening in enumerate(SIGNS)}
_BLOCKS = " ▁▂▃▄▅▆▇█"
_OPEN = Sign("┈", "quiet")
_TODAY = Sign("│", "quiet")
_NOTHING = Sign(" ", "")


def axis(scale: Scale, cells: int, today: date) -> tuple[Line, Line]:
    """Draw the axis: what the ticks say, and the ruler under it with today marked."""
    texts, ruler = [" "] * cells, ["─"] * cells
    free = 0
    for tick in scale.ticks(cells):
        ruler[tick.cell] = "┬"
        if tick.cell >= free and tick.cell + len(tick.text) <= cells:
            texts[tick.cell : tick.cell + len(tick.text)] = tick.text
            free = tick.cell + len(tick.text) + 1
    now = scale.cell(today)
    if 0 <= now < cells:
        ruler[now] = "▼"
    return (Span("".join(texts)),), (Span("".join(ruler), "quiet"),)


def happenings(
    events: Iterable[Event], scale: Scale, cells: int, today: date, labels: Mapping[str, str]
) -> Line:
    """Draw what happened to one claim: a glyph for each, the weightiest where several fall into a cell."""
    grid = [_NOTHING] * cells
    found = sorted(events, key=lambda event: _WEIGHT[event.happening])
    _put(grid, [scale.cell(today)], _TODAY)
    _put(grid, _open(found, scale, cells), _OPEN)
    for event in found:
        stretch, sign = scale.stretch(event.when), _sign(event, labels)
        if stretch.first != stretch.last:
            _put(grid, _within(stretch, cells), Sign("━", sign.tone))
    places = [(_place(event, scale), _sign(event, labels)) for event in found]
    for place, sign in places:
        _put(grid, [place], sign)
    _beyond(grid, [place for place, _ in places])
    return _spans(grid)


def density(events: Iterable[Event], scale: Scale, cells: int) -> Line:
    """Draw how many claims were said when, as blocks; the highest is the most in one cell."""
    said: defaultdict[int, set[str]] = defaultdict(set)
    for event in events:
        if event.happening is Happening.SAID:
            said[_place(event, scale)].add(event.summary.file)
    number = {place: len(files) for place, files in said.items() if 0 <= place < cells}
    most = max(number.values(), default=1)
    grid = [_NOTHING] * cells
    for place, claims in number.items():
        grid[place] = Sign(_BLOCKS[-(-claims * (len(_BLOCKS) - 1) // most)], "open")
    _beyond(grid, said)
    return _spans(grid)


def legend(width: int, *, by_subject: bool) -> list[Line]:
    """Say what the glyphs mean, in lines between whose words nothing is broken."""
    told = [(SIGNS[happening].glyph, str(happening), SIGNS[happening].tone) for happening in Happening]
    told = [
        ("✓◑✗", word, tone) if word == Happening.JUDGED else (glyph, word, tone) for glyph, word, tone in told
    ]
    told += [("━", "day not known", "quiet"), ("┈", "between", "quiet"), ("▼", "today", "quiet")]
    told += [("‹ ›", "more beyond", "quiet"), *([("▂█", "claims said", "quiet")] if by_subject else [])]
    lines: list[list[Span]] = [[]]
    for glyph, word, tone in told:
        item = Span(f" {glyph} {word} ", tone)
        if cells_of((*lines[-1], item)) > width:
            lines.append([])
        lines[-1].append(item)
    return [tuple(line) for line in lines]


def told(event: Event, labels: Mapping[str, str], *, whose: bool) -> Paragraph:
    """Tell an event in words; `whose` says to name its claim."""
    glyph, tone = _sign(event, labels)
    lead = (Span(f"{spoken(event.when):>11}  "), Span(f"{glyph} {event.happening:<10}", tone))
    claim = (label(f"· {event.summary.id}", "quiet"),) if whose else ()
    return Paragraph((*lead, label(words(event, labels)), Span(" "), *claim), hang=25)


def _sign(event: Event, labels: Mapping[str, str]) -> Sign:
    if event.rating is None:
        return SIGNS[event.happening]
    shown = rating_mark(event.rating, labels)
    return Sign(shown.glyph, shown.tone)


def _place(event: Event, scale: Scale) -> int:
    """Return the cell of an event's glyph: a last day stands at the end of its stretch."""
    stretch = scale.stretch(event.when)
    return stretch.last if event.happening is Happening.DUE else stretch.middle


def _open(events: Sequence[Event], scale: Scale, cells: int) -> Iterable[int]:
    """Return the cells between the first thing that happened and the last."""
    places = [_place(event, scale) for event in events]
    return _within(Stretch(min(places), max(places)), cells) if places else ()


def _within(stretch: Stretch, cells: int) -> range:
    return range(max(0, stretch.first), min(cells, stretch.last + 1))


def _put(grid: list[Sign], places: Iterable[int], sign: Sign) -> None:
    for place in places:
        if 0 <= place < len(grid):
            grid[place] = sign


def _beyond(grid: list[Sign], places: Iterable[int]) -> None:
    """Mark the ends beyond which something happened."""
    places = list(places)
    if grid and any(place < 0 for place in places):
        grid[0] = Sign("‹", "strong")
    if grid and any(place >= len(grid) for place in places):
        grid[-1] = Sign("›", "strong")


def _spans(grid: Iterable[Sign]) -> Line:
    return tuple(_joined(grid))


def _joined(grid: Iterable[Sign]) -> Iterator[Span]:
    for tone, signs in groupby(grid, key=lambda sign: sign.tone):
        yield Span("".join(sign.glyph for sign in signs), tone)
