"""`claimbook new`: a record for a claim."""

from collections.abc import Sequence
from typing import Any

import click

from claimbook.book.drafting import NewClaim, new_claim
from claimbook.book.saving import create_files
from claimbook.cli.changing import DateType, draft_json
from claimbook.cli.command import Command
from claimbook.cli.diffs import print_diff
from claimbook.cli.output import line, narrate, print_json
from claimbook.cli.parameters import WordType
from claimbook.cli.scene import open_scene
from claimbook.cli.sourcing import source_item, source_options
from claimbook.record.dates import PartialDate
from claimbook.record.terms import Kind
from claimbook.review.composing import claim_values, items
from claimbook.review.similar import Likeness


@click.command(
    cls=Command,
    examples=[
        (
            'claimbook new "Great Wall Motor is based in Baoding." --kind fact --about "Great Wall Motor" '
            '--article 2021-03-26-want-xiaomi --quote "is gevestigd in Baoding" --folder great-wall'
        ),
        (
            'claimbook new "Xiaomi sells a car in Europe by 2027." --kind prediction --due 2027 '
            "--url https://example.org/xiaomi --publisher Example --date 2025-03 --via Reuters@2025-03-18 "
            "--via anonymous:'two people' --certainty hedged --dry-run"
        ),
    ],
)
@click.argument("sentence", metavar="CLAIM")
@click.option("--kind", required=True, type=WordType(Kind, "kind"), help="What sort of statement it is.")
@source_options
@click.option("--about", multiple=True, help="Whom and what it is about; several are separated by commas.")
@click.option("--tags", multiple=True, help="Subjects; several are separated by commas.")
@click.option("--due", type=DateType(), help="The last moment it can come true: a year, a month or a day.")
@click.option("--due-said", help="The words that --due was read from.")
@click.option("--settles-when", help="What would decide it.")
@click.option("--notes", help="Free text on the claim.")
@click.option("--id", "identifier", help="Its id; else one is made from the sentence.")
@click.option("--folder", default="", metavar="NAME", help="A folder under claims/.")
@click.option("--dry-run", is_flag=True, help="Print the record and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@click.pass_context
def new(
    ctx: click.Context,
    /,
    sentence: str,
    kind: str,
    about: Sequence[str],
    tags: Sequence[str],
    due: PartialDate | None,
    due_said: str | None,
    settles_when: str | None,
    notes: str | None,
    identifier: str | None,
    folder: str,
    *,
    dry_run: bool,
    as_json: bool,
    **source: Any,
) -> None:
    """Add a claim with the source that makes it, and print its id.

    CLAIM is the sentence that is judged: one proposition that can be understood without the article.
    Claims of the book that are much like it are named.
    """
    scene = open_scene(ctx)
    subjects = items(about)
    values = claim_values(
        sentence,
        kind,
        source_item(scene.book, source),
        about=subjects,
        tags=items(tags),
        due=str(due) if due else None,
        due_said=due_said,
        settles_when=settles_when,
        notes=notes,
    )
    made = new_claim(scene.book, values, identifier=identifier, folder=folder)
    similar = scene.index.like(sentence, subjects)
    drafts = create_files(scene.book, f"new claim {made.id}", {made.file: made.data}, dry_run=dry_run)
    if as_json:
        changes = [draft_json(draft) for draft in drafts]
        print_json({**_facts(made, similar), "written": not dry_run, "changes": changes})
        return
    if dry_run:
        print_diff(drafts)
    else:
        line(made.id)
        narrate(f"{made.file} is written. `claimbook undo` takes it back.")
    _warn(similar, made.id)


def _facts(made: NewClaim, similar: Sequence[Likeness]) -> dict[str, Any]:
    return {"id": made.id, "file": made.file, "similar": [likeness_json(other) for other in similar]}


def likeness_json(likeness: Likeness) -> dict[str, Any]:
    """Return a similar claim as JSON."""
    return {"id": likeness.id, "score": round(likeness.score, 4), "claim": likeness.claim}


def _warn(similar: Sequence[Likeness], identifier: str) -> None:
    if not similar:
        return
    narrate("Much like it:")
    for other in similar[:5]:
        narrate(f"  {other.score:4.0%}  {other.id}: {other.claim}")
    nearest = similar[0].id
    narrate(
        f"Where it is the same proposition, undo this and add its source: `claimbook source {nearest} …`."
    )
    narrate(f"Else say how they hang together: `claimbook relate {identifier} --to {nearest} --as …`.")
