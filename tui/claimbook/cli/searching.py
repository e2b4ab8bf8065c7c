"""`claimbook similar`: claims that say nearly what a sentence says."""

import click

from claimbook.cli.command import Command
from claimbook.cli.output import clip, line, narrate, pad, print_json, width
from claimbook.cli.scene import open_scene
from claimbook.review.similar import RELATED


@click.command(cls=Command, examples=['claimbook similar "Apple builds a car in 2024"'])
@click.argument("text", metavar="TEXT")
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, help="How many at most.")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@click.pass_context
def similar(ctx: click.Context, text: str, limit: int, *, as_json: bool) -> None:
    """Find claims that say nearly what a sentence says, the most like first.

    Likeness is the share of words that both have, rare words counting more.
    """
    scene = open_scene(ctx)
    found = scene.index.like(text, least=RELATED)[:limit]
    if as_json:
        from claimbook.cli.adding import likeness_json

        print_json({"text": text, "similar": [likeness_json(other) for other in found]})
        return
    widest = max((len(other.id) for other in found), default=0)
    for other in found:
        room = max(20, width() - widest - 8)
        line(f"{other.score:4.0%}  {pad(other.id, widest)}  {clip(other.claim, room)}")
    if not found:
        narrate("No claim is like it.")
