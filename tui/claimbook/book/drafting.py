"""New claim records: the words they quote, the id they get, the folder they go to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from claimbook.book.article import Article
from claimbook.book.book import Book
from claimbook.book.ids import folded, problem_with, slug, unused
from claimbook.book.places import CLAIMS, SCHEMA
from claimbook.book.quotes import Found, QuoteState, find
from claimbook.book.refusals import Refused
from claimbook.record.reading import read_record
from claimbook.record.writing import render_record
from claimbook.text import one_line, visible

_SHOWN = 200
_PLACES = 4
_AROUND = 32


class Misquoted(Refused):
    """A quote that does not stand in its article, or stands there more than once."""

    def __init__(self, article: Article, quote: str, found: Found) -> None:
        """Say where the nearest passage is and what it says."""
        self.found = found
        """How the quote was looked for and what was found instead."""
        super().__init__(f"“{_shown(quote)}” {_complaint(article, found)} Nothing was written.")


@dataclass(frozen=True, slots=True)
class NewClaim:
    """A record that is to be written."""

    id: str
    """The id it gets."""
    file: str
    """Its path, relative to the book."""
    data: bytes
    """What the file is to hold."""


def words_in(article: Article, quote: str, before: str | None = None, after: str | None = None) -> str:
    """Return the words of an article that a quote means, as they are to stand in a record.

    Where the quote differs from them in nothing but white space, normal form or quotation marks, they are the
    article's own, unless these have line breaks or invisible characters: then the quote stays as it is given.

    Raises:
        Misquoted: where they do not stand there, or more than once.
    """
    found = find(article.prepared, quote, before, after)
    if found.state not in (QuoteState.EXACT, QuoteState.SPACED):
        raise Misquoted(article, quote, found)
    plain = visible(found.text) == found.text and "\n" not in found.text and "\t" not in found.text
    return found.text if found.state is QuoteState.SPACED and plain else quote.strip()


def new_claim(
    book: Book, values: Mapping[str, Any], *, identifier: str | None = None, folder: str = ""
) -> NewClaim:
    """Lay a new record out, with an id made from its sentence unless one is given.

    `values` are as they are written, by key; what is None or an empty list is left out. `folder` is one under
    `claims/`, which need not exist yet.

    Raises:
        Refused: where it would not be a record, or the id is unfit or taken.
        EditRefused: for values that no record can hold.
    """
    taken = book.ids
    wanted = checked_id(identifier, taken) if identifier else unused(slug(str(values["claim"])), taken)
    inner = _folder(book, folder)
    file = "/".join((CLAIMS, *inner, f"{wanted}.yaml"))
    schema = "../" * len(inner) + SCHEMA.rsplit("/", 1)[-1]
    said = {key: value for key, value in values.items() if value is not None and value != []}
    data = render_record(said, schema).encode()
    document = read_record(data, file)
    if wrong := next((item for item in document.diagnostics if item.is_error), None):
        raise Refused(f"{wrong.message} Nothing was written.")
    return NewClaim(wanted, file, data)


def checked_id(identifier: str, taken: Mapping[str, str]) -> str:
    """Return an id that is safe and free; `taken` has the files of those that are not, by id.

    Raises:
        Refused: with what to do instead.
    """
    if problem := problem_with(identifier):
        raise Refused(f"{problem} Nothing was written.")
    same = next((file for other, file in taken.items() if folded(other) == folded(identifier)), None)
    if same:
        message = f"The id {identifier} is taken, by {one_line(same)}: choose another."
        raise Refused(f"{message} Nothing was written.")
    return identifier


def _folder(book: Book, folder: str) -> list[str]:
    """Return the parts of a folder under `claims/`: one that is there, or one that may be on every system."""
    parts = [part for part in folder.split("/") if part]
    parts = parts[1:] if parts[:1] == [CLAIMS] else parts
    hidden = any(part.startswith(".") for part in parts)
    unsafe = any(problem_with(part.lower().replace("_", "-")) for part in parts)
    if hidden or (unsafe and not book.root.joinpath(CLAIMS, *parts).is_dir()):
        message = f"{one_line(folder)[:80]} is no folder for claims: write letters, digits and hyphens"
        raise Refused(f"{message}, such as cars or cars/apple. Nothing was written.")
    return parts


def _complaint(article: Article, found: Found) -> str:
    if found.state is QuoteState.AMBIGUOUS:
        lead = f"stands {len(found.passages)} times in {article.id} ({_places(article, found)})"
        return f"{lead}: lengthen it, or add the words that stand directly before or after it."
    if found.state is QuoteState.CHANGED and found.start is not None:
        line, column = article.position(found.start)
        lead = f"does not stand in {article.id}; the nearest passage ({found.score:.0%} alike) is"
        place = f"{article.file}:{line}:{column}"
        return f"{lead} “{_shown(found.text)}”, {place}: copy that, if it is what is meant."
    return f"is nowhere in {article.id}: copy the passage as it stands in {article.file}."


def _places(article: Article, found: Found) -> str:
    """Name the first places of a quote, each by its line and what stands before it there."""
    named = []
    for passage in found.passages[:_PLACES]:
        line, _ = article.position(passage.start)
        lead = article.text[max(0, passage.start - _AROUND) : passage.start].rsplit("\n", 1)[-1]
        words = one_line(lead.split(" ", 1)[-1] if passage.start > _AROUND and " " in lead else lead)
        named.append(f"line {line} after “{words}”" if words else f"line {line} at its beginning")
    more = len(found.passages) - len(named)
    return "; ".join([*named, f"and {more} more"] if more else named)


def _shown(text: str) -> str:
    shown = one_line(text)
    return shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"
