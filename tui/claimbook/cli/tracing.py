"""`claimbook origins`: who has a claim from whom, drawn as a tree."""

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

import click

from claimbook.cli.command import Command
from claimbook.cli.output import line, paint, print_json, style, width
from claimbook.cli.parameters import claim_argument
from claimbook.cli.scene import open_scene
from claimbook.record.summary import Summary
from claimbook.review.lineage import Lineage, Node, Sort, lineages, others
from claimbook.review.origins import Origins
from claimbook.review.suggestions import Suggestion, suggestions

_TITLES = {"claim": "The claim", "supports": "Evidence for it", "refutes": "Evidence against it"}
_TONES = {Sort.ORIGIN: "strong", Sort.UNKNOWN: "unsure"}
_LONGEST_QUOTE = 160
_WIDEST = 110
_DEEPEST = 60
"""Cells that a tree is indented by at most; what is deeper stands there too."""


@click.command(cls=Command, examples=["claimbook origins xiaomi-great-wall-cooperation"])
@claim_argument
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@click.pass_context
def origins(ctx: click.Context, identifier: str, *, as_json: bool) -> None:
    """Draw who has a claim from whom, and count how many origins that leaves.

    A count such as 1 to 2 is an interval: the first number if everything that may be one origin is one, the
    second if everything that may be apart is apart. Below it may stand what to look at: nothing is linked by
    itself.
    """
    scene = open_scene(ctx)
    entry = scene.book.whole(identifier)
    if entry.claim is None or entry.summary is None:
        return
    names = scene.seen_from.names
    sides = lineages(entry.claim, entry.summary, names)
    texts = {name: article.text for name, article in scene.book.articles.items()}
    hints = suggestions(entry.summary, texts, names)
    if as_json:
        print_json(_as_json(entry.summary, sides, hints))
        return
    _print(entry.summary, sides)
    _print_others(others(entry.claim, entry.summary))
    _print_hints(hints)


def _as_json(summary: Summary, sides: Sequence[Lineage], hints: Sequence[Suggestion]) -> dict[str, Any]:
    return {
        "id": summary.id,
        "articles": len(summary.articles),
        **{side.side: _side_json(side.origins) for side in sides},
        "suggestions": [{"sources": list(hint.sources), "why": hint.why} for hint in hints],
    }


def _side_json(found: Origins) -> dict[str, Any]:
    groups = [
        {"origin": group.origin, "sources": list(group.sources), "why": group.why} for group in found.groups
    ]
    return {"min": found.least, "max": found.most, "groups": groups, "unknown": list(found.unknown)}


def _print(summary: Summary, sides: Sequence[Lineage]) -> None:
    for part in _wrapped(summary.claim, 0):
        line(paint(part, "strong"))
    for side in sides:
        if side.pieces or side.side == "claim":
            line()
            line(paint(f"{_TITLES[side.side]}: {_count(side, summary)}", "strong"))
            _print_nodes(side.roots, "")
    missing = [_TITLES[side.side].lower() for side in sides if not side.pieces and side.side != "claim"]
    if missing:
        line()
        line(paint(f"No {' and no '.join(missing)}.", "quiet"))


def _count(side: Lineage, summary: Summary) -> str:
    """Say what there is, and how many origins it leaves."""
    if side.side == "claim":
        parts = [_number(len(summary.articles), "article")] if summary.articles else []
        parts += [_number(side.pieces, "source")]
    else:
        parts = [_number(side.pieces, "piece")]
    least, most = side.origins.least, side.origins.most
    return (
        f"{', '.join(parts)}, {_number(least, 'origin') if least == most else f'{least} to {most} origins'}"
    )


def _print_others(nodes: Sequence[Node]) -> None:
    if nodes:
        line()
        line(paint("Not counted, as they doubt or deny it", "strong"))
        _print_nodes(nodes, "")


def _print_hints(hints: Sequence[Suggestion]) -> None:
    if hints:
        line()
        line(paint("May be linked, if you confirm it", "strong"))
    for hint in hints:
        first, *rest = _wrapped(hint.why, 2)
        line(f"? {first}")
        for part in rest:
            line(f"  {part}")


def _print_nodes(nodes: Sequence[Node], indent: str) -> None:
    """Print a tree, without recursion, as a chain may have any number of links."""
    waiting = _in_line(nodes, indent)
    while waiting:
        node, indent, last = waiting.pop()
        below = indent + ("   " if last else "│  ") if len(indent) < _DEEPEST else indent
        texts = list(_texts(node, len(below)))
        line(f"{indent}{'└─' if last else '├─'} {texts[0]}")
        inner = "│  " if node.below else "   "
        for text in texts[1:]:
            line(f"{below}{inner if node.note else ''}{text}")
        waiting += _in_line(node.below, below)


def _in_line(nodes: Sequence[Node], indent: str) -> list[tuple[Node, str, bool]]:
    return [(node, indent, node is nodes[-1]) for node in reversed(nodes)]


def _texts(node: Node, indent: int) -> Iterator[str]:
    """Yield a node's own line, and the lines of its note."""
    yield paint(node.text, _TONES.get(node.sort, ""))
    if node.note:
        note = f"“{_short(node.note)}”" if node.quoted else _short(node.note, of_ours=node.sort)
        for part in _wrapped(note, indent + 3):
            yield style(part, "" if node.quoted else "quiet")


def _short(text: str, *, of_ours: Sort | None = None) -> str:
    """Cut words to the length of a line or two; why sources are one origin is told whole."""
    if of_ours in (Sort.ORIGIN, Sort.UNKNOWN) or len(text) <= _LONGEST_QUOTE:
        return text
    return text[: _LONGEST_QUOTE - 1].rsplit(" ", 1)[0] + "…"


def _wrapped(text: str, indent: int) -> list[str]:
    room = max(20, min(width(), _WIDEST) - indent)
    return textwrap.wrap(paint(text), room, break_on_hyphens=False, break_long_words=False) or [""]


def _number(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
