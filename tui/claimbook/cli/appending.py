"""Commands that append one item to a claim: `source`, `evidence`, `relate` and `forecast`."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from claimbook.app.preferences import load_preferences
from claimbook.book.refusals import Refused
from claimbook.cli.changing import DateType, claim_of, save
from claimbook.cli.command import Command
from claimbook.cli.completing import claim_ids
from claimbook.cli.parameters import ProbabilityType, WordType, claim_argument
from claimbook.cli.scene import open_scene
from claimbook.cli.sourcing import evidence_item, place_options, source_item, source_options
from claimbook.record.changes import Append
from claimbook.record.dates import PartialDate
from claimbook.record.terms import Bearing, Connection
from claimbook.review.adding import Unfit, relatable, still_open

_DRY_RUN = click.option("--dry-run", is_flag=True, help="Print the change and write nothing.")
_JSON = click.option("--json", "as_json", is_flag=True, help="For machines.")


@click.command(
    cls=Command,
    examples=[
        (
            "claimbook source xiaomi-own-brand --article 2021-03-26-want-xiaomi "
            '--quote "Er wordt dus geen dochtermerk opgezet" --via Reuters@2021-03-26 --dry-run'
        )
    ],
)
@claim_argument
@source_options
@_DRY_RUN
@_JSON
@click.pass_context
def source(ctx: click.Context, /, identifier: str, *, dry_run: bool, as_json: bool, **given: Any) -> None:
    """Add a place where the claim was made, with the article's words."""
    scene = open_scene(ctx)
    claim_of(scene, identifier)
    item = source_item(scene.book, given)
    title = f"source for {identifier}: {item.get('article') or item['url']}"
    save(scene, identifier, title, [Append(("sources",), item)], dry_run=dry_run, as_json=as_json)


@click.command(
    cls=Command,
    examples=[
        (
            "claimbook evidence ai-decides-car-choice --bearing refutes --url https://example.org/survey "
            '--publisher Example --date 2026-10 --note "Buyers name price first." --dry-run'
        )
    ],
)
@claim_argument
@click.option(
    "--bearing", required=True, type=WordType(Bearing, "bearing"), help="Which way it bears on the claim."
)
@place_options
@click.option("--seen", type=DateType(), help="When you read it; else today.")
@click.option("--archived", metavar="URL", help="The address of an archived copy.")
@_DRY_RUN
@_JSON
@click.pass_context
def evidence(
    ctx: click.Context,
    /,
    identifier: str,
    bearing: str,
    seen: PartialDate | None,
    *,
    dry_run: bool,
    as_json: bool,
    **given: Any,
) -> None:
    """Add something that bears on the claim's being true: an address, or a passage of an article."""
    scene = open_scene(ctx)
    claim_of(scene, identifier)
    read = seen or (PartialDate.of_day(scene.seen_from.today) if given["url"] else None)
    item = evidence_item(scene.book, given, bearing=bearing, seen=str(read) if read else None)
    title = f"evidence on {identifier}: {item.get('article') or item['url']}"
    save(scene, identifier, title, [Append(("evidence",), item)], dry_run=dry_run, as_json=as_json)


@click.command(
    cls=Command,
    examples=[
        (
            "claimbook relate huawei-car-plans --to baidu-car-plans --as part-of "
            '--note "One sentence names both." --dry-run'
        )
    ],
)
@claim_argument
@click.option("--to", "other", required=True, metavar="ID", shell_complete=claim_ids, help="The other one.")
@click.option(
    "--as",
    "connection",
    required=True,
    type=WordType(Connection, "relation"),
    help="What this claim is to the other one.",
)
@click.option("--note", help="Free text.")
@_DRY_RUN
@_JSON
@click.pass_context
def relate(
    ctx: click.Context,
    identifier: str,
    other: str,
    connection: str,
    note: str | None,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Say how a claim stands to another one of the book."""
    scene = open_scene(ctx)
    claim = claim_of(scene, identifier)
    scene.book.entry(other)
    with _refusing():
        relatable(claim, identifier, other, connection)
    item = {"to": other, "as": connection, **({"note": note} if note else {})}
    title = f"{identifier}: {connection} {other}"
    save(scene, identifier, title, [Append(("relations",), item)], dry_run=dry_run, as_json=as_json)


@click.command(
    cls=Command,
    examples=[
        'claimbook forecast ai-decides-car-choice 0.2 --why "Buyers have always named price." --dry-run'
    ],
)
@claim_argument
@click.argument("probability", metavar="P", type=ProbabilityType())
@click.option("--why", required=True, help="The reason.")
@click.option("--by", help="Who says so; else your name from the settings, or your log-in name.")
@click.option("--date", "said", type=DateType(), help="When it is said; else today.")
@_DRY_RUN
@_JSON
@click.pass_context
def forecast(
    ctx: click.Context,
    identifier: str,
    probability: str,
    why: str,
    by: str | None,
    said: PartialDate | None,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Say how likely a claim is while it is open: P from 0 to 1, or 60%."""
    scene = open_scene(ctx)
    claim = claim_of(scene, identifier)
    date = said or PartialDate.of_day(scene.seen_from.today)
    with _refusing():
        still_open(claim, date)
    if not why.strip():
        raise click.UsageError("--why: a forecast needs a reason.")
    signature = by or load_preferences()[0].signature
    item = {"date": str(date), "probability": probability, "by": signature, "why": why.strip()}
    title = f"forecast for {identifier}: {probability}"
    save(scene, identifier, title, [Append(("forecasts",), item)], dry_run=dry_run, as_json=as_json)


@contextmanager
def _refusing() -> Iterator[None]:
    """Refuse what the claim does not allow."""
    try:
        yield
    except Unfit as error:
        raise Refused(f"{error.said(lambda name: f'--{name}')} Nothing was written.") from None
