"""The words in which review is asked and answers: standpoints, filters, flags, reasons."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from claimbook.record.summary import Summary


class Standpoint(NamedTuple):
    """What a claim is seen from."""

    today: date
    """The day."""
    names: Mapping[str, str] = {}
    """Other names, with the name that is meant."""


class Flag(StrEnum):
    """Something about a claim that wants to be seen."""

    OVERDUE = "overdue"
    CONTESTED = "contested"
    SINGLE_ORIGIN = "single-origin"
    THIN_EVIDENCE = "thin-evidence"
    QUOTE_BROKEN = "quote-broken"
    HEDGED = "hedged"


class Reason(StrEnum):
    """Why a claim wants a look, the weightiest first."""

    OVERDUE = "overdue"
    REVIEW_DAY = "review-day"
    QUOTE_BROKEN = "quote-broken"
    ARTICLE_CHANGED = "article-changed"
    NEW_EVIDENCE = "new-evidence"
    CONTESTED = "contested"
    THIN_EVIDENCE = "thin-evidence"
    CONTRADICTED = "contradicted"
    UNTOUCHED = "untouched"
    DUE_SOON = "due-soon"


class Why(NamedTuple):
    """A reason, with what it rests on."""

    reason: Reason
    """Which."""
    since: date | None
    """The first day on which it held, where the record tells; None where it does not."""
    detail: str
    """What makes it hold, in a few words."""


WEIGHTS = {reason: weight for weight, reason in enumerate(Reason)}
"""The place of each reason in their order, 0 for the weightiest."""


def rank(identifier: str, file: str, first: Why) -> tuple[int, date, str, str]:
    """Return what claims in the queue are sorted by; `first` is the weightiest reason of one."""
    return WEIGHTS[first.reason], first.since or date.max, identifier, file


Test = Callable[["Summary", Standpoint], bool]


class Term(NamedTuple):
    """One thing that a filter asks for."""

    name: str
    """The field that is looked at; empty for a word or a phrase, which may stand anywhere."""
    value: str
    """What is looked for, as it was written."""
    denied: bool
    """Whether it is to be absent."""
    test: Test
    """Tells whether a claim has it, whether or not that is denied."""

    def holds(self, summary: "Summary", seen_from: Standpoint) -> bool:
        """Tell whether a claim passes."""
        return self.test(summary, seen_from) is not self.denied


class Filter(NamedTuple):
    """A filter as it was parsed."""

    text: str = ""
    """The filter as it was written."""
    terms: tuple[Term, ...] = ()
    """What must all hold."""

    @property
    def words(self) -> tuple[str, ...]:
        """The words and phrases looked for, to be marked where they stand."""
        return tuple(term.value for term in self.terms if not term.name and not term.denied)

    def matches(self, summary: "Summary", seen_from: Standpoint) -> bool:
        """Tell whether a claim passes."""
        return all(term.holds(summary, seen_from) for term in self.terms)

    def select(self, summaries: "Iterable[Summary]", seen_from: Standpoint) -> "list[Summary]":
        """Return the claims that pass, in their order."""
        return [summary for summary in summaries if self.matches(summary, seen_from)]
