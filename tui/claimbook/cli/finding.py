"""`claimbook article candidates`: the sentences of an article that look like claims."""

import textwrap

import click

from claimbook.cli.command import Command
from claimbook.cli.output import line, narrate, paint, print_json, width
from claimbook.cli.scene import open_scene
from claimbook.review.candidates import Candidate, candidates, claims_in, quoted_passages


@click.command(
    "candidates",
    cls=Command,
    examples=[
        "claimbook article candidates 2021-03-26-want-xiaomi",
        "claimbook article candidates 2021-02-apparata-nissan --new",
    ],
)
@click.argument("identifier", metavar="ID")
@click.option("--new", is_flag=True, help="Only sentences that no claim quotes yet.")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@click.pass_context
def article_candidates(ctx: click.Context, identifier: str, *, new: bool, as_json: bool) -> None:
    """Find sentences of an article that look like claims, with the reasons; you decide.

    Each stands with its line and column in the file. What is counted: words of reporting, whom it is from,
    hedges, times to come, plans, numbers, ranks, deeds and names, in Dutch and English.
    """
    book = open_scene(ctx).book
    article = book.article(identifier)
    quoted = quoted_passages(book.entries.values(), article.id)
    found = [(one, claims_in(one.start, one.end, quoted)) for one in candidates(article)]
    told = [(one, claims) for one, claims in found if not (new and claims)]
    if as_json:
        rows = [_as_json(one, claims, *article.position(one.start)) for one, claims in told]
        print_json({"article": article.id, "file": article.file, "candidates": rows})
        return
    for one, claims in told:
        _print(one, claims, *article.position(one.start))
    without = sum(not claims for _, claims in found)
    narrate(f"{len(found)} sentences look like claims; no claim quotes {without} of them yet.")


def _as_json(one: Candidate, claims: list[str], line_number: int, column: int) -> dict[str, object]:
    reasons = [
        {"reason": str(reason.sign), "words": reason.words, "start": reason.start, "end": reason.end}
        for reason in one.reasons
    ]
    return {
        "line": line_number,
        "column": column,
        "start": one.start,
        "end": one.end,
        "text": one.text,
        "score": one.score,
        "reasons": reasons,
        "claims": claims,
    }


def _print(one: Candidate, claims: list[str], line_number: int, column: int) -> None:
    room = min(width(), 100)
    place = f"{line_number}:{column}"
    first, *rest = textwrap.wrap(paint(one.text), room - 9, break_on_hyphens=False) or [""]
    line(f"{place:<8} {first}")
    reasons = "; ".join(f"{reason.sign}: {reason.words}" for reason in one.reasons)
    standing = f"quoted by {', '.join(claims)}" if claims else "no claim quotes it"
    for text in rest:
        line(f"{'':9}{text}")
    for text in textwrap.wrap(f"{paint(reasons)} · {standing}", room - 11, break_on_hyphens=False):
        line(f"{'':11}{paint(text, 'quiet')}")
    line()
