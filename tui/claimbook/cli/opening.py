"""`claimbook` without a terminal: the summary."""

from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from typing import Any

from claimbook.cli.output import line, paint, print_json
from claimbook.cli.queueing import print_items, tally
from claimbook.cli.reading import all_wrong, brought_up
from claimbook.cli.scene import Scene
from claimbook.cli.where import day, root_of
from claimbook.index.telling import Queued
from claimbook.record.ratings import Status
from claimbook.review.words import Flag, Reason
from claimbook.text import one_line

_SHOWN = 10
"""Claims that the summary tells of those that want a look."""


def print_summary(named: str | None, *, as_json: bool) -> None:
    """Print what a book has and what wants a look."""
    with closing(brought_up(root_of(named))) as index:
        scene = Scene(index, day())
        items = index.queue(scene.today)
        if as_json:
            print_json(_facts(scene, items))
        else:
            _print(scene, items)


def _facts(scene: Scene, items: Sequence[Queued]) -> dict[str, Any]:
    index = scene.index
    tallies = index.tallies(scene.today)
    reasons = Counter(why.reason for item in items for why in item.reasons)
    found = all_wrong(index, scene.today)
    errors = sum(item.is_error for item in found)
    return {
        "book": one_line(index.root.resolve().name),
        "articles": tallies.articles,
        "claims": tallies.claims,
        "broken": tallies.broken,
        "statuses": {str(status): tallies.statuses[status] for status in Status},
        "flags": {str(flag): tallies.flags[flag] for flag in Flag},
        "queue": {"items": len(items), "reasons": {str(reason): reasons[reason] for reason in Reason}},
        "errors": errors,
        "warnings": len(found) - errors,
    }


def _print(scene: Scene, items: Sequence[Queued]) -> None:
    facts = _facts(scene, items)
    line(paint(f"{facts['book']}: {facts['claims']} claims from {facts['articles']} articles", "strong"))
    line("  " + ", ".join(f"{number} {status}" for status, number in facts["statuses"].items() if number))
    found = ", ".join(f"{number} {flag}" for flag, number in facts["flags"].items() if number)
    line(f"  {found or 'nothing flagged'}")
    problems = [f"{facts[key]} {key}" for key in ("broken", "errors", "warnings") if facts[key]]
    line(f"  {', '.join(problems)}: see `claimbook check`" if problems else "  no problems")
    line()
    if not items:
        line("Nothing wants a look.")
        return
    line(paint(f"Wants a look: {len(items)} ({tally(items)})", "strong"))
    print_items(scene, items[:_SHOWN])
    if len(items) > _SHOWN:
        line(paint(f"… and {len(items) - _SHOWN} more: `claimbook queue`", "quiet"))
