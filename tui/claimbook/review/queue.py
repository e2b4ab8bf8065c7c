"""The review queue: every claim that wants a look, once, with all its reasons."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from claimbook.book.settings import PATIENCE
from claimbook.record.ratings import Rating, Status
from claimbook.record.summary import Chain, Summary
from claimbook.record.terms import Bearing, Connection
from claimbook.review.flags import contested, overdue_since, thin_evidence
from claimbook.review.origins import evidence_origins
from claimbook.review.words import Reason, Standpoint, Why, rank

SOON = timedelta(days=31)
"""How long before its last day a claim is due soon."""


class Standing(NamedTuple):
    """A reason, with the days on which it stands."""

    why: Why
    """The reason."""
    starts: date | None
    """The first day on which it stands; None for always."""
    ends: date | None
    """The first day on which it stands no longer; None for never."""

    def holds(self, today: date) -> bool:
        """Tell whether it stands on a day."""
        return (self.starts is None or self.starts <= today) and (self.ends is None or today < self.ends)


@dataclass(frozen=True, slots=True)
class Item:
    """A claim that wants a look."""

    summary: Summary
    """The claim."""
    reasons: tuple[Why, ...]
    """Why, the weightiest first; never empty."""

    @property
    def id(self) -> str:
        """The claim's id."""
        return self.summary.id


@dataclass(frozen=True, slots=True)
class _Case:
    summary: Summary
    names: Mapping[str, str]
    patience: timedelta
    against: Sequence[Summary]
    """Claims that contradict it."""

    @property
    def is_open(self) -> bool:
        """Whether somebody is still to settle it."""
        return self.summary.status in (Status.OPEN, Status.REVIEWING)

    @property
    def judged(self) -> date | None:
        """The last day on which the last verdict can have been given."""
        return self.summary.judged.last if self.summary.judged else None


_STAYING = (Reason.QUOTE_BROKEN, Reason.ARTICLE_CHANGED)
_ON_THE_SHELF = (Reason.REVIEW_DAY, *_STAYING)
_BOTH_WAYS = (Rating.MIXED, Rating.AMBIGUOUS)


def queue(summaries: Iterable[Summary], seen_from: Standpoint, patience: timedelta = PATIENCE) -> list[Item]:
    """Return every claim that wants a look, once, with all its reasons.

    Give it all claims of a book, since claims can contradict each other, and filter what comes back.

    The reasons, in order of weight:

    - overdue: open or under review, and its last day is past;
    - review-day: `review_on` has come and no verdict was given on that day or later;
    - quote-broken: there is a verdict, and a quote no longer stands in its article;
    - article-changed: the text of an article that it is drawn from was edited after it was added;
    - new-evidence: something that supports or refutes it was published, or seen, on a day wholly after that
      of the verdict; a verdict is taken to know what was seen on its day;
    - contested: evidence both ways, unless the verdict is `mixed` or `ambiguous`, which says just that;
    - thin-evidence: settled on evidence of one origin or of none;
    - contradicted: rated true or mostly true, and so is a claim that contradicts it;
    - untouched: open or under review, and `patience` has gone by since the last day that work left in the
      record (see `Summary.touched`), or, where there is none, since its latest source was published;
    - due-soon: open or under review, and its last day is within a month of 31 days.

    A reason that `allow` names was looked at and is left out, but for a broken quote and a changed article. A
    shelved claim comes back for its review day, a broken quote or a changed article only. A `review_on` in
    the future snoozes a claim: until its first day only a broken quote and a changed article bring it up,
    because they change what everything else was judged by.

    The order: by the weightiest reason of each claim, in the order above; then by how long that has held,
    the longest first and those of which it is not known last; then by id, and by file where an id stands
    twice. It does not depend on the order in which the claims come, and changes only when claims or the day
    do.
    """
    claims = list(summaries)
    against = opposed(claims)
    items = []
    for summary in claims:
        standing = reasons(summary, seen_from.names, patience, against[summary.id])
        if whys := tuple(item.why for item in standing if item.holds(seen_from.today)):
            items.append(Item(summary, whys))
    return sorted(items, key=lambda item: rank(item.id, item.summary.file, item.reasons[0]))


def opposed(claims: Iterable[Summary]) -> Mapping[str, list[Summary]]:
    """Return the claims held true that contradict each, whichever of the two says so; no others are kept.

    Claims that share an id count as the last of them.
    """
    known: dict[str, Summary | None] = {}
    pairs: set[tuple[str, str]] = set()
    for summary in claims:
        known[summary.id] = summary if _held_true(summary) else None
        for relation in summary.relations:
            if relation.kind is Connection.CONTRADICTS and relation.to != summary.id:
                pairs |= {(summary.id, relation.to), (relation.to, summary.id)}
    found: defaultdict[str, list[Summary]] = defaultdict(list)
    for one, other in sorted(pairs):
        if (against := known.get(other)) is not None:
            found[one].append(against)
    return found


def reasons(
    summary: Summary, names: Mapping[str, str], patience: timedelta, against: Sequence[Summary]
) -> Iterator[Standing]:
    """Yield the reasons for which a claim wants a look on some day, the weightiest first; see `queue`.

    `against` are the claims held true that contradict it, whichever of the two says so.
    """
    case = _Case(summary, names, patience, against)
    snoozed = summary.review_on.first if summary.review_on else None
    for reason, find in _FINDERS.items():
        if (found := find(case)) is None or _hidden(summary, reason):
            continue
        starts = found.starts
        if snoozed is not None and reason not in _STAYING:
            starts = max(starts or snoozed, snoozed)
        yield Standing(Why(reason, found.since, found.detail), starts, found.ends)


def _hidden(summary: Summary, reason: Reason) -> bool:
    if reason in _STAYING:
        return False
    shelved = summary.status is Status.SHELVED and reason not in _ON_THE_SHELF
    return shelved or reason in summary.allow


class _Found(NamedTuple):
    since: date | None
    detail: str
    starts: date | None = None
    ends: date | None = None


Found = _Found | None


def _overdue(case: _Case) -> Found:
    since = overdue_since(case.summary)
    return None if since is None else _Found(since, f"it was due by {case.summary.due}", since)


def _review_day(case: _Case) -> Found:
    day = case.summary.review_on
    if day is None or (case.judged is not None and case.judged >= day.first):
        return None
    return _Found(day.first, f"to be looked at again on {day}", day.first)


def _quote_broken(case: _Case) -> Found:
    number = case.summary.quotes_broken
    if not number or case.summary.rating is None:
        return None
    detail = f"{_number(number, 'quote')} not as the article has it, under the verdict {case.summary.rating}"
    return _Found(None, detail)


def _article_changed(case: _Case) -> Found:
    changed = case.summary.articles_changed
    return _Found(None, f"{_list(changed)} was edited after it was added") if changed else None


def _new_evidence(case: _Case) -> Found:
    judged = case.judged
    if judged is None:
        return None
    fresh = {
        item.at: day
        for item in case.summary.evidence
        if item.bearing is not Bearing.CONTEXT and (day := _came(item)) is not None and day > judged
    }
    if not fresh:
        return None
    detail = f"{_list(tuple(fresh))} newer than the verdict of {case.summary.judged}"
    return _Found(min(fresh.values()), detail)


def _contested(case: _Case) -> Found:
    if not contested(case.summary) or case.summary.rating in _BOTH_WAYS:
        return None
    sides = [
        [item for item in case.summary.evidence if item.bearing is bearing]
        for bearing in (Bearing.SUPPORTS, Bearing.REFUTES)
    ]
    days = [[day for item in side if (day := _came(item)) is not None] for side in sides]
    since = max(min(side) for side in days) if all(days) else None
    return _Found(since, f"{len(sides[0])} for, {len(sides[1])} against")


def _thin_evidence(case: _Case) -> Found:
    rating = case.summary.rating
    if rating is None or rating.side is None or not thin_evidence(case.summary, case.names):
        return None
    found = evidence_origins(case.summary, rating.side, case.names)
    if found.groups:
        return _Found(case.judged, f"all evidence that it is {rating} goes back to {found.groups[0].origin}")
    what = "of unknown origin" if found.unknown else "none"
    return _Found(case.judged, f"the evidence that it is {rating} is {what}")


def _contradicted(case: _Case) -> Found:
    if not _held_true(case.summary):
        return None
    if not case.against:
        return None
    days = [summary.judged.last for summary in (*case.against, case.summary) if summary.judged]
    detail = f"rated {case.summary.rating}, and so is {_list([other.id for other in case.against])}"
    return _Found(max(days, default=None), detail)


def _untouched(case: _Case) -> Found:
    if not case.is_open:
        return None
    said = [source.date.last for source in case.summary.sources if source.date]
    last = case.summary.touched.last if case.summary.touched else max(said, default=None)
    if last is None or (date.max - last) <= case.patience:
        return None
    what = f"nothing since {case.summary.touched}" if case.summary.touched else "no work on it is on record"
    since = last + case.patience + timedelta(days=1)
    return _Found(since, what, since)


def _due_soon(case: _Case) -> Found:
    due = case.summary.due
    if due is None or not case.is_open:
        return None
    soon = due.last - min(SOON, due.last - date.min)
    return _Found(soon, f"due by {due}", soon, overdue_since(case.summary))


_FINDERS: dict[Reason, Callable[[_Case], Found]] = {
    Reason.OVERDUE: _overdue,
    Reason.REVIEW_DAY: _review_day,
    Reason.QUOTE_BROKEN: _quote_broken,
    Reason.ARTICLE_CHANGED: _article_changed,
    Reason.NEW_EVIDENCE: _new_evidence,
    Reason.CONTESTED: _contested,
    Reason.THIN_EVIDENCE: _thin_evidence,
    Reason.CONTRADICTED: _contradicted,
    Reason.UNTOUCHED: _untouched,
    Reason.DUE_SOON: _due_soon,
}


def _came(item: Chain) -> date | None:
    """Return the first day on which evidence can have come before us: as it was seen, or else published."""
    days = [day.first for day in (item.seen, item.date) if day is not None]
    return max(days, default=None)


def _held_true(summary: Summary) -> bool:
    return summary.rating is not None and summary.rating.side == Bearing.SUPPORTS


def _number(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _list(words: Sequence[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
