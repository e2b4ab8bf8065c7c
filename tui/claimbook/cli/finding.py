"""`claimbook article candidates`: the sentences of an article that look like claims."""

import textwrap
from collections.abc import Iterator

import click

from claimbook.cli.command import Command
from claimbook.cli.output import lines, narrate, paint, print_json, width
from claimbook.cli.parameters import article_argument
from claimbook.cli.scene import open_scene
from claimbook.review.candidates import THRESHOLD, Candidate, candidates, claims_in
from claimbook.review.passages import quotations


@click.command(
    "candidates",
    cls=Command,
    examples=[
        "claimbook article candidates 2021-03-26-want-xiaomi",
        "claimbook article candidates 2021-02-apparata-nissan --new",
    ],
)
@article_argument
@click.option(
    "--points",
    type=int,
    default=THRESHOLD,
    show_default=True,
    help="Points that a sentence needs: fewer for more of them.",
)
@click.option("--new", is_flag=True, help="Only sentences that no claim quotes yet.")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@click.pass_context
def article_candidates(ctx: click.Context, identifier: str, *, points: int, new: bool, as_json: bool) -> None:
    """Find sentences of an article that look like claims, with the reasons; you decide.

    Each stands with its line and column in the file. Two points each: words of reporting, whom it is from,
    hedges, times to come, plans. One each: numbers, ranks, deeds, what something is, names. In Dutch and
    English. Of an article of more than 20,000 sentences, the first 20,000 are looked at.
    """
    book = open_scene(ctx).book
    article = book.article(identifier)
    quoting = quotations(book, article.id)
    found = [(one, claims_in(one.start, one.end, quoting)) for one in candidates(article, points)]
    told = [(one, claims) for one, claims in found if not (new and claims)]
    if as_json:
        rows = [_as_json(one, claims, *article.position(one.start)) for one, claims in told]
        print_json({"article": article.id, "file": article.file, "candidates": rows})
        return
    lines("\n".join(_lines(one, claims, *article.position(one.start))) for one, claims in told)
    without = sum(not claims for _, claims in found)
    noun = "sentence looks like a claim" if len(found) == 1 else "sentences look like claims"
    narrate(f"{len(found)} {noun}; no claim quotes {without} of them yet.")


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


def _lines(one: Candidate, claims: list[str], line_number: int, column: int) -> Iterator[str]:
    room = min(width(), 100)
    place = f"{line_number}:{column}"
    reasons = "; ".join(f"{reason.sign}: {_in_short(reason.words)}" for reason in one.reasons)
    first, *rest = textwrap.wrap(paint(one.text), room - 9, break_on_hyphens=False) or [""]
    yield f"{place:<8} {first}"
    for text in rest:
        yield f"{'':9}{text}"
    for text in textwrap.wrap(paint(reasons), room - 11, break_on_hyphens=False):
        yield f"{'':11}{paint(text, 'quiet')}"
    if claims:
        yield f"{'':11}{paint('quoted by ' + ', '.join(claims), 'quiet')}"
    yield ""


def _in_short(words: str) -> str:
    """Return a few words as they are, and of a verb that comes apart its ends."""
    first, *between, last = words.split() if " " in words else (words, "")
    return f"{first} … {last}" if len(between) > 2 else words
