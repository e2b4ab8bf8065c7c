"""`claimbook article`: the articles of a book, and one of them with what claims quote from it."""

import os
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

import click

from claimbook.book.article import Article
from claimbook.cli.acquiring import add
from claimbook.cli.command import Command, Group
from claimbook.cli.finding import article_candidates
from claimbook.cli.listing import in_tone
from claimbook.cli.output import clip, line, narrate, pad, paint, print_json, width
from claimbook.cli.parameters import article_argument
from claimbook.cli.scene import Scene, open_scene
from claimbook.review.marks import mark
from claimbook.review.passages import Quotation, Stretch, quotations, stretches
from claimbook.text import visible

_STYLES = {
    "good": "green underline",
    "bad": "red underline",
    "mixed": "yellow underline",
    "unsure": "magenta underline",
    "open": "cyan underline",
    "quiet": "underline",
}
_HEAD = ("title", "publisher", "author", "date", "lang", "url", "archived")


@click.group(cls=Group)
def article() -> None:
    """Take articles into the book, list them, and show what claims quote from them."""


article.add_command(add)
article.add_command(article_candidates)


@article.command("list", cls=Command, short_help="List the articles.", examples=["claimbook article list"])
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@click.pass_context
def list_articles(ctx: click.Context, *, as_json: bool) -> None:
    """List the articles, with how many claims are drawn from each."""
    scene = open_scene(ctx)
    counted = Counter(name for summary in scene.index.summaries(words=False) for name in summary.articles)
    articles = sorted(scene.book.articles.values(), key=lambda item: (item.head.date, item.id))
    broken = [shelved for shelved in scene.book.shelf.values() if shelved.article is None]
    if as_json:
        faults = [{"file": item.file, "errors": len(item.diagnostics)} for item in broken]
        print_json(
            {
                "articles": [{**_facts(item), "claims": counted[item.id]} for item in articles],
                "broken": faults,
            }
        )
        return
    widest = max((len(item.id) for item in articles), default=0)
    for item in articles:
        _print_row(item, counted[item.id], widest)
    for shelved in broken:
        first = shelved.diagnostics[0]
        narrate(f"{first.place}: {first.message}")
    if not articles:
        narrate("This book has no articles yet: `claimbook article add` takes one in.")


@article.command(
    cls=Command,
    short_help="Show an article and what claims quote.",
    examples=["claimbook article show 2021-03-26-want-xiaomi"],
)
@article_argument
@click.option("--json", "as_json", is_flag=True, help="For machines: the text and the passages quoted.")
@click.pass_context
def show(ctx: click.Context, identifier: str, *, as_json: bool) -> None:
    """Show an article, with the words that claims quote marked, and the claims with their verdicts below.

    On a terminal marked words are underlined in the colour of the verdict, elsewhere they stand in ⟦ ⟧;
    the numbers after them are those of the claims.
    """
    scene = open_scene(ctx)
    shown = scene.book.article(identifier)
    quoting = quotations(scene.book, identifier)
    if as_json:
        passages = [_passage(shown, quotation) for quotation in quoting]
        print_json({**_facts(shown), "text": shown.text, "passages": passages})
        return
    _print_head(shown)
    numbers = _numbers(quoting)
    if sys.stdout.isatty() and not os.environ.get("NO_COLOR"):
        _print_styled(scene, shown, quoting, numbers)
    else:
        line(_bracketed(shown, quoting, numbers))
    _print_claims(scene, quoting, numbers)
    if shown.is_changed:
        narrate(f"{shown.file}: the text is not the one that its sha256 was made of; see `claimbook check`.")


def _facts(item: Article) -> dict[str, Any]:
    head = {key: getattr(item.head, key) for key in _HEAD}
    return {
        "id": item.id,
        "file": item.file,
        **{key: None if value is None else str(value) for key, value in head.items()},
        "sha256": item.sha256_now,
        "changed": item.is_changed,
        "characters": len(item.text),
    }


def _passage(item: Article, quotation: Quotation) -> dict[str, Any]:
    summary, found = quotation.summary, quotation.quoted.found
    start = found.start if found else None
    row, column = (None, None) if start is None else item.position(start)
    spans = [{"start": passage.start, "end": passage.end} for passage in quotation.passages]
    return {
        "claim": summary.id,
        "at": quotation.quoted.at,
        "status": summary.status,
        "rating": summary.rating,
        "state": str(found.state) if found else None,
        "score": found.score if found else None,
        "line": row,
        "column": column,
        "start": start,
        "end": found.end if found else None,
        "spans": spans,
    }


def _print_row(item: Article, claims: int, widest: int) -> None:
    publisher = clip(item.head.publisher, 20)
    cells = [pad(item.id, widest), pad(str(item.head.date), 10), f"{claims:4}", pad(publisher, 20)]
    room = max(20, width() - widest - 10 - 4 - 20 - 8)
    line("  ".join([*cells, clip(item.head.title or "", room)]).rstrip())


def _print_head(item: Article) -> None:
    line(paint(item.head.title or item.id, "strong"))
    who = [item.head.publisher, item.head.author, str(item.head.date)]
    line(paint(" · ".join(part for part in who if part)))
    if item.head.url:
        line(paint(item.head.url, "quiet"))
    line(paint(item.file, "quiet"))
    line()


def _numbers(quoting: list[Quotation]) -> dict[str, int]:
    """Number the claims in the order in which the text comes to them."""
    numbers: dict[str, int] = {}
    for quotation in quoting:
        numbers.setdefault(quotation.summary.id, len(numbers) + 1)
    return numbers


def _divided(
    item: Article, quoting: list[Quotation], numbers: dict[str, int]
) -> Iterator[tuple[Stretch, str, str]]:
    """Yield each stretch of the text with its words and the numbers of its claims, safe to print."""
    for stretch in stretches(len(item.text), quoting):
        marks = ",".join(str(numbers[claim]) for claim in stretch.claims)
        yield stretch, visible(item.text[stretch.start : stretch.end]), marks


def _bracketed(item: Article, quoting: list[Quotation], numbers: dict[str, int]) -> str:
    pieces = (f"⟦{words}⟧{marks}" if marks else words for _, words, marks in _divided(item, quoting, numbers))
    return "".join(pieces).rstrip("\n")


def _print_styled(scene: Scene, item: Article, quoting: list[Quotation], numbers: dict[str, int]) -> None:
    from rich.console import Console
    from rich.text import Text

    tones = {q.summary.id: mark(q.summary, scene.settings.labels).tone for q in quoting}
    text = Text()
    for stretch, words, marks in _divided(item, quoting, numbers):
        text.append(words, _STYLES[tones[stretch.claims[0]]] if marks else "")
        if marks:
            text.append(f"[{marks}]", "dim")
    text.rstrip()
    Console(width=min(width(), 100), highlight=False, color_system="standard").print(text, markup=False)


def _print_claims(scene: Scene, quoting: list[Quotation], numbers: dict[str, int]) -> None:
    line()
    line(paint(f"Claims: {len(numbers)}", "strong"))
    claims = {quotation.summary.id: quotation.summary for quotation in quoting}
    widest = max((len(identifier) for identifier in claims), default=0)
    for identifier, number in numbers.items():
        summary = claims[identifier]
        shown = mark(summary, scene.settings.labels)
        standing = f"{shown.glyph} {shown.word}"
        room = max(20, width() - widest - 15 - 9)
        cells = [f"{number:3}", in_tone(pad(standing, 15), shown.tone), pad(identifier, widest)]
        line("  ".join([*cells, clip(summary.claim, room)]))
    for quotation in quoting:
        if not quotation.stands:
            state = quotation.quoted.found.state if quotation.quoted.found else "gone"
            narrate(f"{quotation.summary.id}: {quotation.quoted.at} is not marked, as its quote is {state}.")
