"""`claimbook export`: claims for other programs, on stdout or in a new file."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from claimbook.book.entry import Entry
from claimbook.cli.command import Command
from claimbook.cli.listing import select
from claimbook.cli.output import narrate
from claimbook.cli.scene import Scene, open_scene

MANY = 1_000
"""Claims from which on progress is shown."""
_NAMED = 5


@click.command(
    cls=Command,
    filters=True,
    examples=[
        "claimbook export --format csv about:Xiaomi",
        "claimbook export --format json --output claims.json",
        "claimbook export --format claimreview --page-url 'https://example.org/{id}' --organisation Desk",
    ],
)
@click.argument("filters", metavar="[FILTER]...", nargs=-1)
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "csv", "claimreview"]),
    required=True,
    help="json: whole records; csv: a row a claim; claimreview: JSON-LD of the claims with a verdict.",
)
@click.option("--output", metavar="FILE", help="A new file; else stdout.")
@click.option("--page-url", metavar="URL", help="claimreview: a claim's page, with its id as {id}.")
@click.option("--organisation", metavar="NAME", help="claimreview: who publishes the verdicts.")
@click.pass_context
def export(
    ctx: click.Context,
    filters: tuple[str, ...],
    *,
    form: str,
    output: str | None,
    page_url: str | None,
    organisation: str | None,
) -> None:
    """Write claims in a format of other programs, all or those that match every filter."""
    if form != "claimreview" and (page_url or organisation):
        raise click.UsageError("--page-url and --organisation go with --format claimreview.")
    scene = open_scene(ctx)
    entries = [scene.book.entries[summary.file] for summary in select(scene, filters)]
    if form == "claimreview":
        entries, pieces = _reviews(scene, entries, organisation, page_url)
    elif form == "csv":
        from claimbook.exchange import as_csv

        pieces = as_csv.pieces(_watched(entries), scene.seen_from)
    else:
        from claimbook.exchange import as_json

        pieces = as_json.pieces(_watched(entries), scene.book.broken)
    _deliver(pieces, output, scene)
    for entry in scene.book.broken:
        narrate(f"{entry.errors[0].place}: left out, this record cannot be read.")
    if output:
        narrate(f"{len(entries):,} {'claim' if len(entries) == 1 else 'claims'} in {output}.")


def _reviews(
    scene: Scene, entries: Sequence[Entry], organisation: str | None, page_url: str | None
) -> tuple[list[Entry], Iterator[str]]:
    """Return the records that have a verdict, and their reviews; say which others there are."""
    from claimbook.exchange import claimreview

    settings = scene.settings
    judged = [entry for entry in entries if entry.claim is not None and entry.claim.verdicts]
    by = claimreview.desk(
        organisation or settings.organisation,
        page_url or settings.page_url,
        labels=settings.labels,
        people=settings.people,
        several=len(judged) > 1,
    )
    without = [entry.id for entry in entries if entry.claim is not None and not entry.claim.verdicts]
    _tell("left out, because nobody has given a verdict", without)
    long = [entry.id for entry in judged if entry.claim is not None and claimreview.is_long(entry.claim)]
    _tell(f"as long as {claimreview.ADVISED_LENGTH} characters or longer, where Google advises less", long)
    return judged, claimreview.pieces(_watched(judged), scene.book.articles, by)


def _tell(what: str, identifiers: Sequence[str]) -> None:
    if identifiers:
        more = f" and {len(identifiers) - _NAMED:,} more" if len(identifiers) > _NAMED else ""
        count = "1 claim is" if len(identifiers) == 1 else f"{len(identifiers):,} claims are"
        narrate(f"{count} {what}: {', '.join(identifiers[:_NAMED])}{more}.")


def _watched(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Yield records, and show on the terminal how far that is if there are many."""
    if len(entries) < MANY or not sys.stderr.isatty():
        yield from entries
        return
    with click.progressbar(entries, label="Writing claims", file=sys.stderr) as bar:
        yield from bar


def _deliver(pieces: Iterable[str], output: str | None, scene: Scene) -> None:
    if output:
        from claimbook.exchange.delivery import deliver

        deliver(pieces, Path(output), scene.book.root)
        return
    # The formats have their own line ends, which text streams change on some systems.
    sys.stdout.flush()
    for piece in pieces:
        sys.stdout.buffer.write(piece.encode(errors="backslashreplace"))
    sys.stdout.buffer.flush()
