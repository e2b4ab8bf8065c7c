"""`claimbook edit`: the person's own editor, then the check."""

import sys

import click

from claimbook.app.editor import run_editor
from claimbook.cli.command import Command
from claimbook.cli.output import narrate, print_diagnostics
from claimbook.cli.parameters import claim_argument
from claimbook.cli.scene import open_scene
from claimbook.review.checks import check_entry


@click.command(cls=Command, examples=["claimbook edit apple-car-2024"])
@claim_argument
@click.option("--line", "at_line", type=click.IntRange(1), default=1, help="The line to open it at.")
@click.pass_context
def edit(ctx: click.Context, identifier: str, at_line: int) -> None:
    """Open a claim in $VISUAL or $EDITOR, then check it, and offer to go back to what is wrong.

    A broken record can be opened too. The exit code is 6 if it is broken afterwards.
    """
    scene = open_scene(ctx)
    file = scene.book.entry(identifier).file
    while True:
        run_editor(scene.book.root / file, at_line)
        scene.book.refresh()
        entry = scene.book.entries.get(file)
        if entry is None:
            narrate(f"{file} is gone.")
            return
        found = check_entry(scene.book, entry, scene.seen_from)
        print_diagnostics(found)
        errors = [item for item in found if item.is_error]
        if not errors:
            narrate(f"{file} is in order." if not found else f"{file} can be read.")
            return
        at_line = errors[0].span.line
        if not sys.stdin.isatty() or not click.confirm("Back to the first error?", default=True, err=True):
            ctx.exit(6 if entry.claim is None else 1)
