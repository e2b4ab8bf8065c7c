"""`claimbook list`, and how claims stand in a list."""

from typing import Any

import click

from claimbook.cli.command import Command
from claimbook.cli.output import clip, line, narrate, pad, paint, print_json, width
from claimbook.cli.scene import Scene, open_scene
from claimbook.record.summary import Summary
from claimbook.review.filters import FilterError, parse
from claimbook.review.flags import flags
from claimbook.review.marks import mark
from claimbook.review.origins import claim_origins


@click.command(
    "list",
    cls=Command,
    filters=True,
    examples=["claimbook list Xiaomi rating:true", "claimbook list is:single-origin not:about:Apple"],
)
@click.argument("filters", metavar="[FILTER]...", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@click.pass_context
def list_claims(ctx: click.Context, filters: tuple[str, ...], *, as_json: bool) -> None:
    """List claims, all or those that match every filter."""
    scene = open_scene(ctx)
    found = select(scene, filters)
    broken = scene.book.broken
    if as_json:
        faults = [{"file": entry.file, "errors": len(entry.errors)} for entry in broken]
        print_json({"claims": [_row(summary, scene) for summary in found], "broken": faults})
        return
    for summary in found:
        print_row(summary, scene, id_width=max((len(item.id) for item in found), default=0))
    narrate_broken(scene)
    if not found:
        narrate("No claim matches." if filters else "This book has no claims yet: `claimbook new` adds one.")


def narrate_broken(scene: Scene) -> None:
    """Name the records that cannot be read, and so are not in an answer."""
    for entry in scene.book.broken:
        first = entry.errors[0]
        narrate(f"{first.place}: {first.message}")


def select(scene: Scene, filters: tuple[str, ...]) -> list[Summary]:
    """Return the claims that match every filter word.

    Raises:
        UsageError: for a filter that cannot be read, with the spot marked.
    """
    # A shell took the quotes off a phrase: what holds a space was quoted.
    text = " ".join(_requoted(word) for word in filters)
    try:
        return parse(text).select(scene.book.summaries, scene.seen_from)
    except FilterError as error:
        marks = " " * error.start + "^" * max(1, error.end - error.start)
        raise click.UsageError(f"{error}\n  {text}\n  {marks}") from None


def print_row(summary: Summary, scene: Scene, *, id_width: int) -> None:
    """Print one claim on one line."""
    shown = mark(summary, scene.book.settings.labels)
    standing = pad(f"{shown.glyph} {shown.word}", 15)
    due = pad(str(summary.due or ""), 10)
    room = max(20, width() - 15 - id_width - 10 - 6)
    cells = [in_tone(standing, shown.tone), pad(summary.id, id_width), due, clip(summary.claim, room)]
    line("  ".join(cells).rstrip())


def in_tone(text: str, tone: str) -> str:
    """Colour a cell and not the spaces that fill it."""
    bare = text.rstrip()
    return paint(bare, tone) + " " * (len(text) - len(bare))


def _requoted(word: str) -> str:
    if any(c.isspace() for c in word) and '"' not in word:
        head, colon, tail = word.rpartition(":")
        return f'{head}{colon}"{tail}"'
    return word


def _row(summary: Summary, scene: Scene) -> dict[str, Any]:
    origins = claim_origins(summary, scene.seen_from.names)
    return {
        "id": summary.id,
        "file": summary.file,
        "claim": summary.claim,
        "kind": summary.kind,
        "status": summary.status,
        "rating": summary.rating,
        "due": str(summary.due) if summary.due else None,
        "about": list(summary.about),
        "tags": list(summary.tags),
        "articles": len(summary.articles),
        "origins": {"min": origins.least, "max": origins.most},
        "flags": [str(flag) for flag in flags(summary, scene.seen_from.today, scene.seen_from.names)],
    }
