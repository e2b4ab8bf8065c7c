"""`claimbook article add`: take an article into the book, from a file, the web or standard input."""

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from claimbook.book.article import LARGEST_ARTICLE
from claimbook.book.errors import BookFileError, MissingError
from claimbook.book.files import read
from claimbook.book.intake import NewArticle, divided, new_article
from claimbook.book.refusals import BookError, Refused
from claimbook.book.saving import create_files
from claimbook.cli.changing import DateType, draft_json
from claimbook.cli.command import Command
from claimbook.cli.diffs import print_diff
from claimbook.cli.output import line, narrate, print_json
from claimbook.cli.scene import open_scene

_HTML = (".html", ".htm", ".xhtml")


@dataclass(frozen=True, slots=True)
class _Text:
    """What is to be taken in."""

    data: bytes
    """The article's text, byte for byte."""
    head: dict[str, Any]
    """What it says of itself, by front matter key."""
    given: bytes | None = None
    """All that came on standard input; None where it came from elsewhere."""


@click.command(
    cls=Command,
    examples=[
        (
            "printf 'Apple is winding down its car project.\\n' | "
            'claimbook article add - --publisher Example --date 2024-02-28 --title "Apple car"'
        ),
        "claimbook article add https://example.org/news/1 --publisher Example --date 2024-02",
    ],
)
@click.argument("place", metavar="FILE|URL|-")
@click.option("--publisher", help="Who published it.")
@click.option("--date", type=DateType(), help="When: a year, a month or a day.")
@click.option("--title", help="The headline.")
@click.option("--author", help="Who wrote it, as the article names them.")
@click.option("--lang", help="The language of the text: nl, en-GB.")
@click.option("--url", help="Where it was published.")
@click.option("--archived", metavar="URL", help="The address of an archived copy.")
@click.option("--id", "identifier", help="Its id; else one is made from date, publisher and title.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "html"]),
    help="What it is; else as it looks. Markdown is text.",
)
@click.option("--dry-run", is_flag=True, help="Print the file and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@click.pass_context
def add(
    ctx: click.Context,
    /,
    place: str,
    identifier: str | None,
    form: str | None,
    *,
    dry_run: bool,
    as_json: bool,
    **told: Any,
) -> None:
    """Take an article into the book, and print its id.

    Text and Markdown land as they are, byte for byte, below the front matter; of a page of HTML the article's
    text is taken, which needs the extra `fetch`. What the text says of itself is taken over where no option
    says otherwise. Nothing is fetched unless an address is given.
    """
    scene = open_scene(ctx)
    found = _take(place, form)
    head = {**found.head, **{key: str(value) for key, value in told.items() if value is not None}}
    with _keeping(found.given):
        _complete(head)
        made = new_article(scene.book, head, found.data, identifier=identifier)
        drafts = create_files(scene.book, f"article {made.id}", {made.file: made.data}, dry_run=dry_run)
    if as_json:
        facts = {"id": made.id, "file": made.file, "written": not dry_run}
        print_json({**facts, "changes": [draft_json(draft) for draft in drafts]})
    elif dry_run:
        print_diff(drafts)
    else:
        line(made.id)
    _narrate(made, found.head, told, dry_run=dry_run)


@contextmanager
def _keeping(given: bytes | None) -> Iterator[None]:
    """Keep a text that came on standard input, and may be nowhere else, where the book does not take it.

    What is refused for another reason than the disk is kept if somebody typed it.
    """
    try:
        yield
    except (BookFileError, OSError):
        if given is not None:
            narrate(_kept(given))
        raise
    except (BookError, click.UsageError):
        if given is not None and sys.stdin.isatty():
            narrate(_kept(given))
        raise


def _kept(typed: bytes) -> str:
    try:
        handle, name = tempfile.mkstemp(prefix="claimbook-article-", suffix=".txt")
        with os.fdopen(handle, "wb") as file:
            file.write(typed)
    except OSError as error:
        return f"The text could not be kept either ({error.strerror}): give it again from where it came."
    return f"The text that you gave is kept in {name}: give that in the place of -."


def _take(place: str, form: str | None) -> _Text:
    from claimbook.exchange.html import looks_like_html
    from claimbook.exchange.web import fetch, is_address

    if is_address(place):
        narrate(f"Fetching {place} …")
        page = fetch(place)
        html = page.is_html if form is None else form == "html"
        taken = (
            _from_html(page.data, page.charset)
            if html
            else _from_text(_as_utf8(page.data, page.charset), place, form)
        )
        return _Text(taken.data, {"url": place, **taken.head})
    data = _standard_input() if place == "-" else _file(place)
    looks = looks_like_html(data) or place.lower().endswith(_HTML)
    html = looks if form is None else form == "html"
    name = "standard input" if place == "-" else place
    taken = _from_html(data, None) if html else _from_text(data, name, form)
    return replace(taken, given=data if place == "-" else None)


def _file(place: str) -> bytes:
    try:
        return read(Path(place), limit=LARGEST_ARTICLE, name=place)
    except MissingError:
        raise click.UsageError(f"There is no file {place}.") from None


def _from_text(data: bytes, name: str, form: str | None) -> _Text:
    """Take a text as it is; front matter is divided from it unless the whole is said to be text."""
    if form == "text":
        return _Text(data, {})
    head, text = divided(data, name)
    return _Text(text, head)


def _from_html(data: bytes, charset: str | None) -> _Text:
    from claimbook.exchange.html import extract

    found = extract(data, charset)
    return _Text(found.text, dict(found.head))


def _as_utf8(data: bytes, charset: str | None) -> bytes:
    """Return what a server sent in another encoding as a book keeps it."""
    if charset is None or charset.lower().replace("_", "-") in ("utf-8", "utf8", "us-ascii"):
        return data
    try:
        return data.decode(charset).encode()
    except (LookupError, UnicodeError):
        raise Refused(
            f"The page says that it is written in {charset[:40]}, and is not: save its text as UTF-8 in a "
            "file, and add that. Nothing was written."
        ) from None


def _standard_input() -> bytes:
    data = sys.stdin.buffer.read(LARGEST_ARTICLE + 1)
    if len(data) > LARGEST_ARTICLE:
        raise Refused(f"An article has at most {LARGEST_ARTICLE:,} bytes. Nothing was written.")
    return data


def _complete(head: Mapping[str, Any]) -> None:
    missing = [f"--{key}" for key in ("publisher", "date") if not head.get(key)]
    if missing:
        raise click.UsageError(
            f"{' and '.join(missing)} missing: an article says who published it and when. "
            "A year or a month will do."
        )


def _narrate(made: NewArticle, said: Mapping[str, Any], told: Mapping[str, Any], *, dry_run: bool) -> None:
    taken = {key: value for key, value in said.items() if told.get(key) is None and key != "url"}
    if taken:
        facts = ", ".join(f"{key} {value}" for key, value in taken.items())
        narrate(f"As it says of itself: {facts}. See whether that is right.")
    if made.same_address:
        narrate(f"{made.same_address} is from the same address.")
    if not dry_run:
        narrate(
            f"{made.file} is written. Next: `claimbook new CLAIM --kind … --article {made.id} --quote …`; "
            "`claimbook undo` takes it back."
        )
