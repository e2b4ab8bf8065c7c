"""What a book is held to, and what is found when it is."""

from collections.abc import Callable, Iterable
from functools import cache

from claimbook.book.book import Book
from claimbook.book.entry import Entry
from claimbook.record.diagnostics import Diagnostic, Severity
from claimbook.record.summary import Summary
from claimbook.review.checks import comparing, judging, quoting, sourcing, writing
from claimbook.review.checks.rule import RULES, Case, Rule
from claimbook.review.filters import Standpoint
from claimbook.review.similar import Likeness, Likenesses, unlinked

Similar = Callable[[Summary], list[Likeness]]

__all__ = ["RULES", "Rule", "check", "check_entry", "comparing", "judging", "quoting", "sourcing", "writing"]


def check(book: Book, seen_from: Standpoint, files: Iterable[str] | None = None) -> list[Diagnostic]:
    """Hold a book, or some of its files, against every rule, and return what is found by file and place.

    Findings of warnings that a record allows are left out.
    """
    wanted = None if files is None else set(files)
    claims = {entry.id: entry.file for entry in book.entries.values()}
    similar = _similar(book)
    found = [*book.stray, *(item for shelved in book.shelf.values() for item in shelved.diagnostics)]
    for entry in book.entries.values():
        if wanted is None or entry.file in wanted:
            found += _check_entry(book, entry, claims, seen_from, similar)
    if wanted is not None:
        found = [item for item in found if item.file in wanted]
    return sorted(found, key=lambda item: (item.file, item.span.line, item.span.column))


def check_entry(book: Book, entry: Entry, seen_from: Standpoint) -> list[Diagnostic]:
    """Hold one claim file against every rule."""
    claims = {other.id: other.file for other in book.entries.values()}
    stray = [item for item in book.stray if item.file == entry.file]
    return [*stray, *_check_entry(book, entry, claims, seen_from, _similar(book))]


def _check_entry(
    book: Book, entry: Entry, claims: dict[str, str], seen_from: Standpoint, similar: Similar
) -> list[Diagnostic]:
    found = list(entry.document.diagnostics)
    if entry.claim is None or entry.summary is None:
        return found
    case = Case(entry, entry.claim, entry.summary, claims, book.articles, seen_from, similar)
    for rule in RULES.values():
        found += rule.run(case)
    allowed = set(entry.claim.allow)
    return [item for item in found if item.severity is Severity.ERROR or item.rule not in allowed]


def _similar(book: Book) -> Similar:
    """Return a search for similar claims; what it needs is made when it is first asked."""

    @cache
    def known() -> tuple[Likenesses, dict[str, frozenset[str]]]:
        claims = {entry.id: entry.claim for entry in book.entries.values() if entry.claim}
        linked = {name: frozenset(item.to for item in claim.relations) for name, claim in claims.items()}
        return Likenesses(book.summaries), linked

    return lambda summary: unlinked(summary, *known())
