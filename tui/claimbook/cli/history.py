"""`claimbook undo` and `claimbook redo`."""

import click

from claimbook.book.saving import Draft
from claimbook.book.steps import Step
from claimbook.book.store import Store
from claimbook.cli.command import Command
from claimbook.cli.diffs import print_diff
from claimbook.cli.output import line, narrate, paint, print_json
from claimbook.cli.scene import book_root


@click.command(cls=Command, examples=["claimbook undo --dry-run"])
@click.option("--dry-run", is_flag=True, help="Print what it would do and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@click.pass_context
def undo(ctx: click.Context, *, dry_run: bool, as_json: bool) -> None:
    """Take back the last change that claimbook made, on the desk or by a command.

    It restores the bytes, and refuses when a file has moved on since.
    """
    _turn(ctx, "undo", dry_run=dry_run, as_json=as_json)


@click.command(cls=Command, examples=["claimbook redo --dry-run"])
@click.option("--dry-run", is_flag=True, help="Print what it would do and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@click.pass_context
def redo(ctx: click.Context, *, dry_run: bool, as_json: bool) -> None:
    """Do again what was undone last."""
    _turn(ctx, "redo", dry_run=dry_run, as_json=as_json)


def _turn(ctx: click.Context, action: str, *, dry_run: bool, as_json: bool) -> None:
    store = Store(book_root(ctx))
    step = store.peek_undo() if action == "undo" else store.peek_redo()
    if step is None:
        if as_json:
            print_json({"action": action, "title": None, "written": False, "files": []})
        _tell(store)
        narrate(f"There is nothing to {action}.")
        return
    if not dry_run:
        step = store.undo() if action == "undo" else store.redo()
    files = [change.file for change in step.changes]
    if as_json:
        print_json({"action": action, "title": step.title, "written": not dry_run, "files": files})
        return
    if dry_run:
        narrate(
            f"{action} would take back: {step.title}" if action == "undo" else f"redo would do: {step.title}"
        )
        print_diff(_drafts(step))
        return
    for file in files:
        line(paint(file))
    narrate(f"{'Undone' if action == 'undo' else 'Done again'}: {step.title}.")
    _tell(store)


def _tell(store: Store) -> None:
    for notice in store.notices:
        narrate(notice)


def _drafts(step: Step) -> list[Draft]:
    return [Draft(change.file, change.before, change.after) for change in step.next_changes]
