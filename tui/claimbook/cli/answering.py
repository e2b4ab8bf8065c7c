"""The commands that a whole book can be asked at once: `list`, `queue`, `check`.

How they answer is in modules that know nothing of click, as `whole` asks them too.
"""

import click

from claimbook.cli.checking import print_findings, print_rule
from claimbook.cli.command import Command
from claimbook.cli.listing import print_list
from claimbook.cli.queueing import print_queue
from claimbook.cli.scene import open_scene


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
    print_list(open_scene(ctx), filters, as_json=as_json)


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
    print_queue(open_scene(ctx), filters, as_json=as_json)


@click.command(cls=Command, examples=["claimbook check", "claimbook check --explain single-origin"])
@click.argument("files", metavar="[FILE]...", nargs=-1)
@click.option("--fix", is_flag=True, help="Mend what can be mended safely.")
@click.option("--dry-run", is_flag=True, help="With --fix, print the changes and write nothing.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="How to print findings.",
)
@click.option("--explain", metavar="RULE", help="Say what a rule asks, why, and what to do.")
@click.pass_context
def check(
    ctx: click.Context, files: tuple[str, ...], form: str, explain: str | None, *, fix: bool, dry_run: bool
) -> None:
    """Hold the book, or some of its files, against every rule.

    The exit code is 1 where there is an error; warnings do not count.
    """
    if explain is not None:
        print_rule(explain)
        return
    scene = open_scene(ctx, checks=not files)
    ctx.exit(1 if print_findings(scene, files, form, fix=fix, dry_run=dry_run) else 0)
