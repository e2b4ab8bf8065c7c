"""`claimbook doctor`: what is wrong with an installation or a book."""

import click

from claimbook.book.refusals import NoBook
from claimbook.cli.command import Command
from claimbook.cli.installation import look_at_installation
from claimbook.cli.output import line, narrate, paint, print_json
from claimbook.cli.scene import book_root
from claimbook.cli.soundness import look_at_book
from claimbook.cli.symptoms import Level, Symptom, odd

_TONES = {Level.OK: "good", Level.WARNING: "mixed", Level.ERROR: "bad"}
_SIGNS = {Level.OK: "✓ ok", Level.WARNING: "! warning", Level.ERROR: "✗ error"}


@click.command(cls=Command, examples=["claimbook doctor"])
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@click.pass_context
def doctor(ctx: click.Context, *, as_json: bool) -> None:
    """Look at the installation and the book, and say what is wrong and what to do.

    What records say is for `claimbook check`. The exit code is 1 where there is an error.
    """
    found = [*look_at_installation(), *_book(ctx)]
    errors = sum(symptom.level is Level.ERROR for symptom in found)
    warnings = sum(symptom.level is Level.WARNING for symptom in found)
    if as_json:
        rows = [
            {"part": item.part, "level": item.level, "message": item.message, "advice": item.advice or None}
            for item in found
        ]
        print_json({"errors": errors, "warnings": warnings, "findings": rows})
    else:
        for symptom in found:
            _print(symptom)
        narrate(f"{errors} errors, {warnings} warnings.")
    ctx.exit(1 if errors else 0)


def _book(ctx: click.Context) -> list[Symptom]:
    """Look at the book that is meant; outside of any, the installation is all there is."""
    try:
        root = book_root(ctx)
    except NoBook as error:
        if ctx.find_root().params["book"] is not None:
            raise
        return [odd("book", str(error), "")]
    return list(look_at_book(root))


def _print(symptom: Symptom) -> None:
    sign = _SIGNS[symptom.level]
    shown = paint(sign, _TONES[symptom.level]) + " " * (10 - len(sign))
    line(f"{shown} {symptom.part}: {paint(symptom.message)}")
    if symptom.advice:
        line(f"{'':11}{paint(symptom.advice, 'quiet')}")
