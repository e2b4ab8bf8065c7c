"""One claim file of a book: what it says, what is wrong with it, and how its quotes fare."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from claimbook.book.article import Article
from claimbook.book.quotes import WHOLE, Found, find
from claimbook.record.diagnostics import Diagnostic
from claimbook.record.model import Claim, Evidence, Source
from claimbook.record.nodes import Path
from claimbook.record.quick import quick_record
from claimbook.record.reading import Document, read_record
from claimbook.record.source import SourceText
from claimbook.record.summary import ArticleFacts, Summary, summarize

MOST_SEARCHES = 50
"""Quotes of one record whose nearest passage is looked for, which bounds what a hostile record can cost."""
MOST_SEARCHED = 4_000_000
"""Characters of articles that are gone through for them, which bounds it where articles are long."""


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


def load_entry(
    file: str, data: bytes, articles: Mapping[str, Article], facts: Mapping[str, ArticleFacts]
) -> Entry:
    """Read a claim file and look its quotes up; `facts` are what the articles' front matter says.

    Its nodes are built when its document is first asked for them.
    """
    quick = quick_record(data)
    document = read_record(data, file) if quick is None else Document.unopened(data, file, quick)
    claim, digest = document.content, sha256(data).digest()
    if claim is None:
        return Entry(_stem(file), file, digest, document)
    quotes = looked_up(claim, articles)
    broken = sum(quote.found is None or quote.found.state not in WHOLE for quote in quotes)
    summary = summarize(_stem(file), file, claim, facts, broken)
    return Entry(_stem(file), file, digest, document, quotes, summary)


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
    astray = searched = 0
    for key, items in parts:
        for index, part in enumerate(items):
            if part.article is None or part.quote is None:
                continue
            place = None
            if article := articles.get(part.article):
                near = astray < MOST_SEARCHES and searched < MOST_SEARCHED
                place = find(article.prepared, part.quote, part.before, part.after, near=near)
                if place.score < 1:
                    astray += 1
                    searched += len(article.text)
            found.append(Quoted((key, index), part.article, place))
    return tuple(found)
