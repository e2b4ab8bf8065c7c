"""`claimbook queue`, and how what wants a look stands in the summary."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from claimbook.cli.listing import chosen, narrate_broken, rows
from claimbook.cli.output import lines, narrate, paint, print_json
from claimbook.cli.scene import Scene
from claimbook.index.telling import Queued
from claimbook.review.words import Filter, Reason, Why

_TONES = {Reason.OVERDUE: "bad", Reason.QUOTE_BROKEN: "bad", Reason.ARTICLE_CHANGED: "bad"}


def print_queue(scene: Scene, filters: tuple[str, ...] = (), *, as_json: bool = False) -> None:
    """List the claims that want a look, all or those that match every filter."""
    wanted = chosen(filters)
    items = scene.index.at_once(lambda: _chosen(scene, wanted))
    narrate_broken(scene)
    if as_json:
        print_json({"items": map(_as_json, items)})
        return
    print_items(scene, items)
    if items:
        narrate(f"{_claims(len(items))}: {tally(items)}.")
    else:
        narrate("No claim that matches wants a look." if filters else "Nothing wants a look.")


def _chosen(scene: Scene, wanted: Filter) -> list[Queued]:
    items = scene.index.queue(scene.today)
    if not wanted.terms:
        return items
    places = set(scene.index.places(wanted, scene.today))
    return [item for item in items if item.listing.place in places]


def print_items(scene: Scene, items: Sequence[Queued]) -> None:
    """Print claims, each with its reasons below it."""
    widest = max((len(item.listing.id) for item in items), default=0)
    shown = rows((item.listing for item in items), scene, id_width=widest)
    lines(text for row, item in zip(shown, items, strict=True) for text in (row, *map(_told, item.reasons)))


def tally(items: Sequence[Queued]) -> str:
    """Say how many claims have each reason, in the order of weight."""
    counted = Counter(why.reason for item in items for why in item.reasons)
    return ", ".join(f"{counted[reason]} {reason}" for reason in Reason if counted[reason])


def _told(why: Why) -> str:
    since = f" since {why.since}" if why.since else ""
    word = paint(f"{why.reason}{since}", _TONES.get(why.reason, "mixed"))
    return f"    {word}: {paint(why.detail)}"


def _as_json(item: Queued) -> dict[str, Any]:
    return {
        "id": item.listing.id,
        "reasons": [
            {"reason": why.reason, "since": str(why.since) if why.since else None, "detail": why.detail}
            for why in item.reasons
        ],
    }


def _claims(number: int) -> str:
    return "1 claim wants a look" if number == 1 else f"{number} claims want a look"
