"""`claimbook rename`: another id for a claim."""

import click

from claimbook.book.renaming import Renaming, rename_claim
from claimbook.cli.changing import draft_json
from claimbook.cli.command import Command
from claimbook.cli.diffs import print_diff
from claimbook.cli.output import line, narrate, paint, print_json
from claimbook.cli.parameters import claim_argument
from claimbook.cli.scene import open_scene


@click.command(cls=Command, examples=["claimbook rename apple-car-2024 apple-car-in-2024 --dry-run"])
@claim_argument
@click.argument("new", metavar="NEW")
@click.option("--dry-run", is_flag=True, help="Print what would change and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@click.pass_context
def rename(ctx: click.Context, identifier: str, new: str, *, dry_run: bool, as_json: bool) -> None:
    """Give a claim another id: its file moves, and the relations of other claims follow, as one step."""
    scene = open_scene(ctx)
    done = rename_claim(scene.book, identifier, new, dry_run=dry_run)
    if as_json:
        changes = [draft_json(draft) for draft in done.drafts]
        facts = {"id": new, "file": done.new, "was": done.old, "left_alone": list(done.left_alone)}
        print_json({**facts, "written": not dry_run, "changes": changes})
        return
    if dry_run:
        line(paint(f"rename from {done.old}"))
        line(paint(f"rename to {done.new}"))
        print_diff(done.drafts)
    else:
        line(new)
    _narrate(done, identifier, dry_run=dry_run)


def _narrate(done: Renaming, identifier: str, *, dry_run: bool) -> None:
    pointing = [draft.file for draft in done.drafts if draft.file != done.old]
    claims = "1 claim that points" if len(pointing) == 1 else f"{len(pointing)} claims that point"
    if not dry_run:
        narrate(f"{done.old} is now {done.new}; {claims} to it followed. `claimbook undo` takes it back.")
    for file in done.left_alone:
        narrate(f"{file} may name {identifier} too and was left alone: mend it by hand.")
