"""What a book is held to, and what is found when it is."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache

from claimbook.book.book import Book
from claimbook.book.entry import Entry
from claimbook.record.diagnostics import Diagnostic, Severity
from claimbook.record.summary import Summary
from claimbook.review.checks import comparing, judging, quoting, sourcing, writing
from claimbook.review.checks.rule import RULES, Case, Finding, Rule
from claimbook.review.guessing import Ids
from claimbook.review.similar import Likeness, Likenesses, unlinked
from claimbook.review.words import Standpoint

Similar = Callable[[Summary], list[Likeness]]

__all__ = [
    "RULES",
    "Rule",
    "check",
    "check_entry",
    "comparing",
    "findings",
    "from_reading",
    "judging",
    "quoting",
    "sourcing",
    "writing",
]


def check(book: Book, seen_from: Standpoint, files: Iterable[str] | None = None) -> list[Diagnostic]:
    """Hold a book, or some of its files, against every rule, and return what is found by file and place.

    Findings of warnings that a record allows are left out.
    """
    wanted = None if files is None else set(files)
    claims = Ids(book.ids)
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
    claims = Ids(book.ids)
    stray = [item for item in book.stray if item.file == entry.file]
    return [*stray, *_check_entry(book, entry, claims, seen_from, _similar(book))]


def findings(case: Case) -> Iterator[tuple[Rule, Finding]]:
    """Yield what rules find in a record, whatever the day, but for warnings that the record allows."""
    allowed = set(case.claim.allow)
    for rule in RULES.values():
        if rule.severity is Severity.ERROR or rule.name not in allowed:
            for finding in rule.find(case):
                yield rule, finding


def from_reading(entry: Entry) -> Iterator[Diagnostic]:
    """Yield what reading a record brought up, but for warnings that the record allows."""
    allowed = set(entry.claim.allow) if entry.claim else ()
    return (item for item in entry.document.diagnostics if item.is_error or item.rule not in allowed)


def _check_entry(
    book: Book, entry: Entry, claims: Ids, seen_from: Standpoint, similar: Similar
) -> Iterator[Diagnostic]:
    yield from from_reading(entry)
    if entry.claim is not None and entry.summary is not None:
        case = Case(entry, entry.claim, entry.summary, claims, book.articles, seen_from.names, similar)
        for rule, finding in findings(case):
            if finding.holds(seen_from.today):
                yield rule.diagnostic(case, finding)


def _similar(book: Book) -> Similar:
    """Return a search for similar claims; what it needs is made when it is first asked."""

    @cache
    def known() -> tuple[Likenesses, dict[str, frozenset[str]]]:
        claims = {entry.id: entry.claim for entry in book.entries.values() if entry.claim}
        linked = {name: frozenset(item.to for item in claim.relations) for name, claim in claims.items()}
        return Likenesses(book.summaries), linked

    def similar(summary: Summary) -> list[Likeness]:
        likenesses, linked = known()
        return unlinked(summary.id, likenesses.like(summary.claim, summary.about, but=summary.id), linked)

    return similar
