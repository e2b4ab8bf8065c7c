"""Where a claim comes from, drawn: how many origins there are, then who has it from whom as trees."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from claimbook.app.lettering import Line, Paragraph, Span, label, pad, prose, wrap
from claimbook.app.listed import Row
from claimbook.app.spoken import count, numbered
from claimbook.app.view import View
from claimbook.record.summary import Summary
from claimbook.review.lineage import Lineage, Node, Sort, lineages, others
from claimbook.review.origins import Origins
from claimbook.review.suggestions import Suggestion

_TITLES = {"claim": "The claim", "supports": "Evidence for it", "refutes": "Evidence against it"}
_TONES = {Sort.ORIGIN: "strong", Sort.UNKNOWN: "unsure", Sort.PASSAGE: "quiet"}
_WORDS = {Sort.ORIGIN: "origin", Sort.LINK: "passed it on"}
_MOST_DOTS = 20
_TITLE = 20
"""Cells for the name of a side."""
_NARROWEST = 30
"""Cells that a text has at least, however deep in the tree it stands."""
_LONGEST = 240
"""Characters of somebody's words that the tree shows; the claim's own page has them whole."""


class Family(NamedTuple):
    """All that the drawing tells of one claim."""

    summary: Summary
    """The claim's facts."""
    sides: Sequence[Lineage]
    """The claim and both sides of its evidence."""
    beside: Sequence[Node]
    """Sources that are no origin, as they doubt or deny it."""


def family(view: View, row: Row) -> Family | None:
    """Return where a claim comes from, None where its record is broken."""
    claim, summary = row.entry.claim, row.summary
    if claim is None or summary is None:
        return None
    return Family(summary, lineages(claim, summary, view.seen_from.names), others(claim, summary))


def origins_line(origins: Origins) -> Line:
    """Draw the number of origins as an interval: `●● 2 origins`, `●●○ 2 to 3 origins`."""
    least, most = origins.least, origins.most
    sure = min(least, _MOST_DOTS)
    perhaps = min(most - least, _MOST_DOTS - sure)
    more = "…" if most > _MOST_DOTS else ""
    number = count(least, "origin") if least == most else f"{least} to {count(most, 'origin')}"
    return (Span("●" * sure, "strong"), Span("○" * perhaps + more, "unsure"), Span(f" {number}", "strong"))


def drawing(told: Family, hints: Sequence[Suggestion] | None, width: int) -> Iterator[Line]:
    """Draw a claim's origins; `hints` is None while they are still looked for."""
    yield from _counts(told, width)
    for side in told.sides:
        if side.pieces:
            yield from _heading(_TITLES[side.side], side.origins, width)
            yield from _tree(side.roots, width)
    if told.beside:
        yield from _heading("Not counted, as they doubt or deny it", None, width)
        yield from _tree(told.beside, width)
    yield from _hints(hints, width)


def _counts(told: Family, width: int) -> Iterator[Line]:
    """Say what there is of each side, and how many origins that leaves."""
    for side in told.sides:
        title = pad((Span(_TITLES[side.side], "strong"),), _TITLE)
        yield from wrap(Paragraph((*title, *_count(side, told.summary)), hang=_TITLE), width)
    yield ()
    key = "● an origin   ○ may be one more, or one of the others: the record does not say which"
    yield from wrap(Paragraph((Span(key, "quiet"),)), width)


def _count(side: Lineage, summary: Summary) -> Line:
    if not side.pieces:
        what = "no source makes it" if side.side == "claim" else "none yet: e on the desk adds it"
        return (Span(what, "quiet"),)
    articles = len(summary.articles) if side.side == "claim" else 0
    parts = [count(articles, "article")] if articles else []
    parts += [count(side.pieces, "source" if side.side == "claim" else "piece")]
    return (Span(", ".join(parts)), Span(" → "), *origins_line(side.origins))


def _heading(text: str, origins: Origins | None, width: int) -> Iterator[Line]:
    number = () if origins is None else (Span("  "), *origins_line(origins))
    yield ()
    yield from wrap(Paragraph((Span(text, "strong"), *number)), width)


def _tree(roots: Iterable[Node], width: int) -> Iterator[Line]:
    """Draw nodes and all below them; by hand and not by recursion, as chains may be of any length."""
    roots = list(roots)
    waiting = [(node, "", node is roots[-1]) for node in reversed(roots)]
    while waiting:
        node, lead, last = waiting.pop()
        head, below = lead + ("└─ " if last else "├─ "), lead + ("   " if last else "│  ")
        yield from _node(node, head, below, width)
        deeper = below[-max(0, width - _NARROWEST) :]
        waiting += ((child, deeper, child is node.below[-1]) for child in reversed(node.below))


def _node(node: Node, head: str, below: str, width: int) -> Iterator[Line]:
    """Draw one node: its name, then why it is one origin, or its words."""
    rest = below + ("│ " if node.below else "  ")
    room = max(_NARROWEST - 5, width - len(rest))
    word = _WORDS.get(node.sort, "")
    title = (
        label(numbered(node.text), _TONES.get(node.sort, "")),
        Span(f"  {word}" if word else "", "quiet"),
    )
    for index, line in enumerate(wrap(Paragraph(title), room)):
        yield (Span(head if index == 0 else rest, "quiet"), *line)
    for line in wrap(Paragraph(_note(node), hang=1 if node.quoted else 0), room) if node.note else ():
        yield (Span(rest, "quiet"), *line)


def _note(node: Node) -> Line:
    if node.quoted:
        return (Span("“"), prose(_short(node.note)), Span("”"))
    ours = node.sort in (Sort.ORIGIN, Sort.UNKNOWN)
    return (prose(numbered(node.note), "quiet") if ours else prose(_short(node.note)),)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rsplit(" ", 1)[0] + "…"


def _hints(hints: Sequence[Suggestion] | None, width: int) -> Iterator[Line]:
    if hints is None:
        yield ()
        yield (Span("Comparing its articles …", "quiet"),)
        return
    if hints:
        yield from _heading("May be linked, if you confirm it: E opens the record", None, width)
    for hint in hints:
        yield from wrap(Paragraph((Span("? ", "unsure"), label(numbered(hint.why))), hang=2), width)
