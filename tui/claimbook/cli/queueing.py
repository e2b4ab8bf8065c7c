"""`claimbook queue`, and how what wants a look stands in the summary."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import click

from claimbook.cli.command import Command
from claimbook.cli.listing import chosen, narrate_broken, row
from claimbook.cli.output import lines, narrate, paint, print_json
from claimbook.cli.scene import Scene, open_scene
from claimbook.index.telling import Queued
from claimbook.review.words import Filter, Reason, Why

_TONES = {Reason.OVERDUE: "bad", Reason.QUOTE_BROKEN: "bad", Reason.ARTICLE_CHANGED: "bad"}


@click.command(
    "queue",
    cls=Command,
    filters=True,
    examples=["claimbook queue", "claimbook queue about:Apple status:open"],
)
@click.argument("filters", metavar="[FILTER]...", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@click.pass_context
def queue_claims(ctx: click.Context, filters: tuple[str, ...], *, as_json: bool) -> None:
    """List the claims that want a look, each once, with all reasons and since when they hold.

    The weightiest reason counts, in this order: overdue, review-day, quote-broken, article-changed,
    new-evidence, contested, thin-evidence, contradicted, untouched, due-soon. Among claims with the same one,
    it comes first where that has held longest.

    A reason that you have looked at goes into the claim's `allow`. A `review_on` in the future snoozes a
    claim: until then only a broken quote or a changed article brings it up.
    """
    scene = open_scene(ctx)
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
    lines(
        text
        for item in items
        for text in (row(item.listing, scene, id_width=widest), *map(_told, item.reasons))
    )


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
