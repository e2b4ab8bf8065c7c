"""From the bytes of a claim file to what an index keeps of it: the costly part, which can run anywhere.

What comes of it is made of texts, numbers and tuples alone, so that it can be handed from process to process.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from claimbook.book.article import Article, read_article
from claimbook.book.book import digest_of
from claimbook.book.entry import Entry, load_entry, unread_entry
from claimbook.book.errors import BookFileError, MissingError
from claimbook.book.files import read
from claimbook.book.listing import stray
from claimbook.book.settings import Settings
from claimbook.index.diagnosing import write_diagnostic
from claimbook.index.facts import (
    PER_RULE,
    Checked,
    Derived,
    ordinal,
    ordinals,
    reason_row,
    write_list,
    write_summary,
)
from claimbook.index.question import FLAGS
from claimbook.record.diagnostics import Diagnostic, Severity
from claimbook.record.summary import ArticleFacts, Summary
from claimbook.review.checks import from_reading
from claimbook.review.checks.rule import RULES, Case, Finding, Rule
from claimbook.review.flags import flags, overdue_since
from claimbook.review.guessing import Ids
from claimbook.review.origins import number_of_origins
from claimbook.review.queue import reasons
from claimbook.review.similar import Likeness
from claimbook.text import is_plain

AMONG_OTHERS = ("unknown-claim", "similar-claim")
"""Rules that look at the other claims; they are held apart, when all claims are known."""

_NEVER = date.min
_BROKEN = (True, True, *(None,) * 11, 0, *(None,) * 8)
_ALONE = tuple(rule for rule in RULES.values() if rule.looks and rule.name not in AMONG_OTHERS)
_NUMBERS = {name: PER_RULE * number for number, name in enumerate(RULES, start=1)}


class Articles(Mapping[str, Article]):
    """The articles of a book, each read when it is first asked for; those that cannot be read are not in it.

    Such as one that could be when the index was brought up to date.
    """

    def __init__(self, root: Path, files: Mapping[str, str]) -> None:
        """Take the book's folder, and the articles' files by id."""
        self.refused: dict[str, str] = {}
        """Why the system did not let one be read, by id."""
        self._base = os.fspath(root)
        self._files = files
        self._read: dict[str, Article | None] = {}

    def __getitem__(self, identifier: str) -> Article:
        if identifier not in self._read:
            self._read[identifier] = self._load(identifier, self._files[identifier])
        found = self._read[identifier]
        if found is None:
            raise KeyError(identifier)
        return found

    def __iter__(self) -> Iterator[str]:
        return (identifier for identifier in self._files if identifier in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _load(self, identifier: str, file: str) -> Article | None:
        try:
            return read_article(read(f"{self._base}/{file}", name=file), file).article
        except BookFileError as error:
            self.refused[identifier] = str(error)
            return None


class Deriver:
    """Makes rows of claim files."""

    def __init__(
        self,
        root: Path,
        articles: Articles,
        facts: Mapping[str, ArticleFacts],
        settings: Settings,
        day: int | None = None,
    ) -> None:
        """Take the book's folder, its articles, what their front matter says, and its settings.

        With a day, files are held against the rules as of it, too, as they are read.
        """
        self._base = os.fspath(root)
        self._articles = articles
        self._facts = facts
        self._settings = settings
        self._day = day

    def read(self, file: str, known: bytes | None = None) -> Derived | bytes | None:
        """Return the row of a file as it is now, None where it is gone, `known` where that is its digest."""
        try:
            data: bytes | str = read(f"{self._base}/{file}", name=file)
        except MissingError:
            return None
        except BookFileError as error:
            data = str(error)
        if known is not None and digest_of(data) == known:
            return known
        if isinstance(data, str):
            return self._row(unread_entry(stray(file, "encoding", data), digest_of(data)))._replace(
                unread=True
            )
        return self.derive(file, data)

    def derive(self, file: str, data: bytes) -> Derived:
        """Return the row of a file that is known to hold these bytes."""
        entry = load_entry(file, data, self._articles, self._facts)
        row = self._row(entry)
        refused = self._refused(entry)
        if not refused:
            return row if self._day is None else _checked(row, self._check(entry, self._day))
        told = (_finding(-number, stray(file, "encoding", text)) for number, text in enumerate(refused, 1))
        return row._replace(findings=(*row.findings, *told), doubtful=True)

    def _refused(self, entry: Entry) -> list[str]:
        """Return why articles that a record names could not be read now."""
        if entry.summary is None or not self._articles.refused:
            return []
        refused = self._articles.refused
        return [refused[name] for name in _named(entry.summary) if name in refused]

    def check(self, file: str, asked: tuple[int, bytes]) -> Checked | None:
        """Hold a claim file, known by its digest, against the rules that look at it alone, as of a day.

        None where it is another one now, or an article that it names cannot be read.
        """
        day, digest = asked
        entry = self._entry(file, digest)
        return None if entry is None or self._refused(entry) else self._check(entry, day)

    def _check(self, entry: Entry, day: int) -> Checked:
        if entry.claim is None:
            return (), None, None
        case = _case(entry, self._articles, self._settings.names)
        found = list(_find(case))
        timed = [finding for _, finding in found if finding.timed]
        today = date.fromordinal(day)
        told = not any(finding.holds(today) for finding in timed)
        rows = _findings(case, (item for item in found if not (told and item[1].timed)))
        return tuple(rows), *(_days(timed) if told else (None, None))

    def unknown_claims(self, file: str, digest: bytes, known: Ids) -> list[tuple[Any, ...]] | None:
        """Return what is to be said of relations that lead to none of the claims known, likewise."""
        return self._among(file, digest, "unknown-claim", known)

    def likeness(self, file: str, digest: bytes, other: Likeness) -> list[tuple[Any, ...]] | None:
        """Return what is to be said of a claim that is like another one, likewise."""
        return self._among(file, digest, "similar-claim", Ids(), [other])

    def _among(
        self, file: str, digest: bytes, name: str, known: Ids, alike: Sequence[Likeness] = ()
    ) -> list[tuple[Any, ...]] | None:
        entry, rule = self._entry(file, digest), RULES[name]
        if entry is None:
            return None
        if entry.claim is None:
            return []
        if rule.severity is Severity.WARNING and name in entry.claim.allow:
            return []
        case = replace(
            _case(entry, self._articles, self._settings.names), claims=known, similar=lambda _: list(alike)
        )
        return list(_findings(case, ((rule, finding) for finding in rule.find(case))))

    def _entry(self, file: str, digest: bytes) -> Entry | None:
        try:
            data = read(f"{self._base}/{file}", name=file)
        except BookFileError:
            return None
        return load_entry(file, data, self._articles, self._facts) if digest_of(data) == digest else None

    def _row(self, entry: Entry) -> Derived:
        summary = entry.summary
        told = tuple(_finding(number, item) for number, item in enumerate(from_reading(entry)))
        if summary is None:
            return Derived(entry.file, entry.id, entry.digest, _BROKEN, None, "", (), (), (), (), told)
        names = self._settings.names
        return Derived(
            entry.file,
            entry.id,
            entry.digest,
            _columns(summary, names),
            write_summary(summary),
            summary.words,
            tuple({names.get(name, name): None for name in summary.about}),
            tuple((relation.to, relation.kind == "contradicts") for relation in summary.relations),
            _named(summary),
            tuple(reason_row(item) for item in reasons(summary, names, self._settings.patience, ())),
            told,
        )


def _checked(row: Derived, checked: Checked) -> Derived:
    """Put what the rules find into a row, and when to look again."""
    found, *days = checked
    return row._replace(columns=(*row.columns[:-2], *days), findings=(*row.findings, *found))


def _find(case: Case) -> Iterator[tuple[Rule, Finding]]:
    """Yield what the rules find that look at a claim alone, but for warnings that it allows."""
    allowed = set(case.claim.allow)
    for rule in _ALONE:
        if rule.severity is Severity.ERROR or rule.name not in allowed:
            for finding in rule.find(case):
                yield rule, finding


def finding_row(case: Case, rule: Rule, finding: Finding, number: int) -> tuple[Any, ...]:
    """Return a finding as the table `findings` has it, but for file and origin."""
    days = ordinal(finding.since), ordinal(finding.until)
    return _finding(_NUMBERS[rule.name] + number, rule.diagnostic(case, finding), *days)


def _findings(case: Case, found: Iterable[tuple[Rule, Finding]]) -> Iterator[tuple[Any, ...]]:
    return (finding_row(case, rule, finding, number) for number, (rule, finding) in enumerate(found))


def _finding(
    number: int, item: Diagnostic, since: int | None = None, until: int | None = None
) -> tuple[Any, ...]:
    body = write_diagnostic(item)
    return item.span.line, item.span.column, number, item.is_error, item.rule, since, until, body


def _case(entry: Entry, articles: Mapping[str, Article], names: Mapping[str, str]) -> Case:
    if entry.claim is None or entry.summary is None:
        raise ValueError(entry.file)
    return Case(entry, entry.claim, entry.summary, Ids(), articles, names, lambda _: [])


def _columns(summary: Summary, names: Mapping[str, str]) -> tuple[Any, ...]:
    on = sum(FLAGS[flag] for flag in flags(summary, _NEVER, names))
    since = overdue_since(summary)
    return (
        False,
        is_plain(summary.claim) and is_plain(summary.id),
        summary.kind.value,
        summary.status.value,
        summary.rating and summary.rating.value,
        summary.claim,
        None if summary.due is None else str(summary.due),
        *ordinals(summary.due),
        *ordinals(summary.judged),
        *ordinals(summary.review_on),
        on,
        ordinal(since),
        len(summary.articles),
        *number_of_origins(summary, names),
        write_list(summary.about),
        write_list(summary.tags),
        0,
        None,
    )


def _days(timed: Iterable[Finding]) -> tuple[int | None, int | None]:
    """Return the first day on which a timed finding begins to hold, and the last on which one ends."""
    timed = list(timed)
    since = [finding.since.toordinal() for finding in timed if finding.since is not None]
    until = [finding.until.toordinal() for finding in timed if finding.until is not None]
    return min(since, default=None), max(until, default=None)


def _named(summary: Summary) -> tuple[str, ...]:
    chains = (*summary.sources, *summary.evidence)
    return tuple({chain.article: None for chain in chains if chain.article})
