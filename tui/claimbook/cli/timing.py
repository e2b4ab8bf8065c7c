"""`claimbook timeline`: what was said, denied, borne out, judged and due, in order."""

from collections.abc import Iterator, Sequence
from typing import Any

import click

from claimbook.cli.command import Command
from claimbook.cli.listing import narrate_broken, select
from claimbook.cli.output import clip, line, narrate, pad, paint, print_json, style, width
from claimbook.cli.scene import Scene, open_scene
from claimbook.review.marks import rating_mark
from claimbook.review.telling import TONES as EVENT_TONES
from claimbook.review.telling import words
from claimbook.review.timeline import Event, claims, subjects, timeline, undated


@click.command(
    "timeline",
    cls=Command,
    filters=True,
    examples=[
        "claimbook timeline id:xiaomi-great-wall-cooperation",
        "claimbook timeline --by subject tag:ev",
    ],
)
@click.argument("filters", metavar="[FILTER]...", nargs=-1)
@click.option(
    "--by",
    type=click.Choice(["date", "claim", "subject"]),
    default="date",
    help="One line of time, or several.",
)
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@click.pass_context
def show_timeline(ctx: click.Context, filters: tuple[str, ...], by: str, *, as_json: bool) -> None:
    """Tell what was said, denied, supported, refuted and judged, and what is due, in order.

    Dates are as precise as they are known: 2021-04 is some day in that month and stands before the days in
    it, while what is due in 2024 stands at the end of that year. A verdict stands at the moment it was judged
    for. Filters choose the claims, not the events.
    """
    scene = open_scene(ctx)
    found = list(select(scene, filters))
    names = scene.seen_from.names
    events = timeline(found, names)
    narrate_broken(scene)
    if as_json:
        print_json({"events": map(_as_json, events), "undated": undated(found)})
        return
    _print(scene, events, by)
    if not events:
        narrate("No claim matches." if filters else "This book has no claims yet: `claimbook new` adds one.")
    if missing := undated(found):
        narrate(f"Not shown, for want of a date: {missing} of the sources and pieces of evidence.")


def _print(scene: Scene, events: Sequence[Event], by: str) -> None:
    """Print one line of time, or one for each claim or subject."""
    size = max((len(event.summary.id) for event in events), default=0) if by != "claim" else 0
    for index, (head, told) in enumerate(_groups(scene, events, by)):
        if head:
            line("\n" * bool(index) + paint(head, "strong"))
        for event in told:
            line(_told(scene, event, size))


def _groups(scene: Scene, events: Sequence[Event], by: str) -> Iterator[tuple[str, Sequence[Event]]]:
    if by == "date":
        yield "", events
    elif by == "subject":
        for name, told in subjects(events, scene.seen_from.names).items():
            yield name or "About nothing in particular", told
    else:
        for told in claims(events):
            yield f"{told[0].summary.id}: {told[0].summary.claim}", told


def _told(scene: Scene, event: Event, size: int) -> str:
    """Tell an event on one line; `size` is the width of the ids, 0 where they are not told."""
    word = style(f"{event.happening:9}", EVENT_TONES[event.happening])
    cells = [f"{event.when!s:10}", word, *([pad(event.summary.id, size)] if size else [])]
    room = max(20, width() - 23 - (size + 2 if size else 0))
    return "  ".join([*cells, clip(_words(scene, event), room)]).rstrip()


def _words(scene: Scene, event: Event) -> str:
    labels = scene.settings.labels
    glyph = f"{rating_mark(event.rating, labels).glyph} " if event.rating else ""
    return glyph + words(event, labels)


def _as_json(event: Event) -> dict[str, Any]:
    return {
        "date": str(event.when),
        "first": event.when.first.isoformat(),
        "last": event.when.last.isoformat(),
        "event": event.happening,
        "id": event.summary.id,
        "about": list(event.summary.about),
        "who": event.who,
        "via": list(event.via),
        "rating": event.rating,
        "detail": event.detail or None,
        "at": event.at,
    }
