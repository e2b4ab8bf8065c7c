"""The options that say where something was said, and what becomes of them in a record."""

from collections.abc import Mapping, Sequence
from typing import Any

import click

from claimbook.book.book import Book
from claimbook.cli.changing import DateType
from claimbook.cli.completing import article_ids
from claimbook.cli.parameters import Function, LinkType, WordType
from claimbook.record.terms import Certainty, Fidelity, Stance
from claimbook.review.adding import Unfit, place_values
from claimbook.review.composing import links_written, source_values

Given = Mapping[str, Any]
"""Options by name, as click has read them."""

_ANSWERS = ("article", "quote", "before", "after", "url", "publisher", "date", "translation")
_PLACE = (
    click.option(
        "--article",
        metavar="ID",
        shell_complete=article_ids,
        help="The article of the book it stands in.",
    ),
    click.option("--quote", help="The article's words, as they stand there; […] joins passages."),
    click.option("--before", help="Words directly before the quote, where it stands more than once."),
    click.option("--after", help="Words directly after it."),
    click.option("--url", help="The address, where the book does not hold the article."),
    click.option("--publisher", help="Who published it, beside --url."),
    click.option("--date", type=DateType(), help="When: a year, a month or a day."),
    click.option("--translation", help="The quote in your own language."),
    click.option(
        "--via",
        "links",
        multiple=True,
        type=LinkType(),
        help="Whom it has it from, nearest first: Reuters, Reuters@2021-03-26, anonymous:'three people'.",
    ),
    click.option("--first-hand", is_flag=True, help="It has it from nobody."),
    click.option("--note", help="Free text."),
)
_MANNER = (
    click.option("--stance", type=WordType(Stance, "stance"), help="asserts; with --via, relays."),
    click.option("--certainty", type=WordType(Certainty, "certainty"), default="plain", show_default=True),
    click.option("--by", help="Who is said to have stated it."),
    click.option(
        "--fidelity", type=WordType(Fidelity, "fidelity"), help="How it relays what it has from others."
    ),
)


def place_options(function: Function) -> Function:
    """Give a command the options that say where something stands and whom it is from."""
    return _with(function, _PLACE)


def source_options(function: Function) -> Function:
    """Give a command the options of a source."""
    return _with(function, (*_PLACE, *_MANNER))


def source_item(book: Book, given: Given) -> dict[str, Any]:
    """Return a source as it is to be written.

    Raises:
        UsageError: where options are missing or contradict each other.
        NoSuchClaim: where the book has no such article.
        Misquoted: where the quote does not stand in it.
    """
    return source_values(
        _place(book, given, needed=("publisher", "date")),
        stance=given["stance"],
        certainty=given["certainty"],
        via=_via(given),
        date=_text(given["date"]),
        by=given["by"],
        fidelity=given["fidelity"],
        note=given["note"],
    )


def evidence_item(book: Book, given: Given, *, bearing: str, seen: str | None) -> dict[str, Any]:
    """Return evidence as it is to be written; it raises what `source_item` does."""
    item = {
        **_place(book, given, needed=("publisher",)),
        "date": _text(given["date"]),
        "seen": seen,
        "archived": given["archived"],
        "bearing": bearing,
        "via": links_written(_via(given)),
        "note": given["note"],
    }
    return _said(item)


def _place(book: Book, given: Given, *, needed: Sequence[str]) -> dict[str, Any]:
    answers = {key: _text(given[key]) or "" for key in _ANSWERS}
    try:
        return place_values(book.article, answers, needed)
    except Unfit as error:
        raise click.UsageError(error.said(lambda name: f"--{name}")) from None


def _via(given: Given) -> list[dict[str, str]] | None:
    links: Sequence[dict[str, str]] = given["links"]
    if given["first_hand"] and links:
        raise click.UsageError("--via and --first-hand contradict each other.")
    return list(links) if links or given["first_hand"] else None


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _said(item: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in item.items() if value is not None}


def _with(function: Function, options: Sequence[Any]) -> Function:
    for option in reversed(options):
        function = option(function)
    return function
