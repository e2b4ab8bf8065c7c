"""One claim file of a book: what it says, what is wrong with it, and how its quotes fare."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

from claimbook.book.article import Article
from claimbook.book.quotes import Found, QuoteState, find
from claimbook.record.diagnostics import Diagnostic
from claimbook.record.model import Claim, Evidence, Source
from claimbook.record.nodes import Path
from claimbook.record.quick import quick_record
from claimbook.record.reading import Document, read_record
from claimbook.record.source import SourceText
from claimbook.record.summary import ArticleFacts, Summary, summarize

WHOLE = (QuoteState.EXACT, QuoteState.SPACED)
"""States of a quote that stands in its article."""

MOST_SEARCHES = 50
"""Quotes of one record whose nearest passage is looked for, which bounds what a hostile record can cost."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote of a record, looked up in its article."""

    path: Path
    """The source or evidence that quotes: `("sources", 0)`."""
    article: str
    """The article's id."""
    found: Found | None
    """Where the quote stands; None where the book does not hold the article."""

    @property
    def at(self) -> str:
        """The path as people write it: `sources[0]`."""
        return f"{self.path[0]}[{self.path[1]}]"


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim file as it was read."""

    id: str
    """The file's stem."""
    file: str
    """The path relative to the book, with forward slashes."""
    digest: bytes
    """SHA-256 of the bytes."""
    document: Document[Claim]
    """The text and what it says."""
    quotes: tuple[Quoted, ...] = ()
    """The quotes that it draws from articles."""
    summary: Summary | None = None
    """Its facts; None where the record is broken."""

    @property
    def claim(self) -> Claim | None:
        """What the record says; None where it is broken."""
        return self.document.content

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """What keeps the record from being read."""
        return tuple(item for item in self.document.diagnostics if item.is_error)


class Facts(NamedTuple):
    """What lists, filters and counts need of a claim file."""

    digest: bytes
    """SHA-256 of the bytes."""
    summary: Summary
    """What the record says, without its text."""
    quotes: tuple[Quoted, ...]
    """The quotes that it draws from articles."""


def load_entry(
    file: str, data: bytes, articles: Mapping[str, Article], facts: Mapping[str, ArticleFacts]
) -> Entry:
    """Read a claim file and look its quotes up; `facts` are what the articles' front matter says."""
    claim = quick_record(data)
    document = read_record(data, file) if claim is None else Document.unopened(data, file, claim)
    digest = sha256(data).digest()
    if document.content is None:
        return Entry(_stem(file), file, digest, document)
    quotes, summary = _gather(file, document.content, articles, facts)
    return Entry(_stem(file), file, digest, document, quotes, summary)


def quick_facts(
    file: str, data: bytes, articles: Mapping[str, Article], facts: Mapping[str, ArticleFacts]
) -> Facts | None:
    """Gather what lists need of a claim file, and keep nothing else of it.

    None where the file has anything unusual in it: `load_entry` has to look at it then.
    """
    claim = quick_record(data)
    if claim is None:
        return None
    quotes, summary = _gather(file, claim, articles, facts)
    return Facts(sha256(data).digest(), summary, quotes)


def _gather(
    file: str, claim: Claim, articles: Mapping[str, Article], facts: Mapping[str, ArticleFacts]
) -> tuple[tuple[Quoted, ...], Summary]:
    quotes = looked_up(claim, articles)
    broken = sum([quote.found is None or quote.found.state not in WHOLE for quote in quotes])
    return quotes, summarize(_stem(file), file, claim, facts, broken)


def _stem(file: str) -> str:
    return file.rsplit("/", 1)[-1].removesuffix(".yaml")


def unread_entry(problem: Diagnostic, digest: bytes) -> Entry:
    """Return the entry of a file that is there and cannot be read, so that it does not vanish."""
    document: Document[Claim] = Document(SourceText(problem.file, ""), None, None, (problem,))
    return Entry(_stem(problem.file), problem.file, digest, document)


def looked_up(claim: Claim, articles: Mapping[str, Article]) -> tuple[Quoted, ...]:
    """Look up the quotes that a record draws from articles."""
    found: list[Quoted] = []
    parts: tuple[tuple[str, Sequence[Source | Evidence]], ...] = (
        ("sources", claim.sources),
        ("evidence", claim.evidence),
    )
    astray = 0
    for key, items in parts:
        for index, part in enumerate(items):
            if part.article is None or part.quote is None:
                continue
            place = None
            if article := articles.get(part.article):
                near = astray < MOST_SEARCHES
                place = find(article.prepared, part.quote, part.before, part.after, near=near)
                astray += place.score < 1
            found.append(Quoted((key, index), part.article, place))
    return tuple(found)
