"""Whether status, verdicts and dates agree with one another."""

from collections.abc import Iterator
from itertools import pairwise

from claimbook.record.changes import SetField
from claimbook.record.dates import PartialDate
from claimbook.record.diagnostics import Fix
from claimbook.record.editing import EditRefused, edits
from claimbook.record.model import Claim
from claimbook.record.nodes import Path
from claimbook.record.ratings import Status, status_after, status_agrees
from claimbook.record.terms import Kind
from claimbook.review.checks.rule import Case, Finding, error, warning
from claimbook.review.flags import overdue_since


@error
def status_mismatch(case: Case) -> Iterator[Finding]:
    """The written status agrees with the last verdict.

    A verdict on the scale, `ambiguous`, `void` or `outdated` means `settled`; none, or `unproven`, means
    `open`. `reviewing` and `shelved` are anybody's to say. The fix sets the status, never the verdict.
    """
    status, rating = case.claim.status, case.claim.rating
    if status is None or status_agrees(status, rating):
        return
    wanted = status_after(rating)
    reason = f"the last verdict is `{rating}`" if rating else "there is no verdict"
    message = (
        f"The status is `{status}` and {reason}: set it to `{wanted}`, or add the verdict that is missing."
    )
    try:
        fix = Fix(f"set status to {wanted}", tuple(edits(case.entry.document.source, [_status(wanted)])))
    except EditRefused:
        fix = None
    yield Finding(message, ("status",), fix=fix)


@error
def verdict_order(case: Case) -> Iterator[Finding]:
    """Verdicts stand in the order in which they were given.

    The last one holds, so one that was given earlier must not stand after it. Dates known only to the year or
    the month count only if they are wholly earlier.
    """
    verdicts = case.claim.verdicts
    for index, (before, after) in enumerate(pairwise(verdicts), start=1):
        if after.date.last < before.date.first:
            message = f"This verdict of {after.date} stands after one of {before.date}: put them in order."
            yield Finding(message, ("verdicts", index, "date"))


@warning
def overdue(case: Case) -> Iterator[Finding]:
    """A claim whose day has gone by is settled.

    Its last moment is past and it is still open: look what came of it, and give a verdict.
    """
    since = overdue_since(case.summary)
    if since is not None:
        message = f"It was due by {case.claim.due} and is still {case.summary.status}: give a verdict."
        yield Finding(message, ("due",), since=since)


@warning
def prediction_without_due(case: Case) -> Iterator[Finding]:
    """A prediction says by when it can still come true.

    Without `due` it never falls due and counts in nobody's track record. Where the source names no date,
    allow it, or write the date by which you will judge it and say so in `notes`.
    """
    dropped = case.summary.status is Status.SHELVED
    if case.claim.kind is Kind.PREDICTION and case.claim.due is None and not dropped:
        message = "This prediction has no `due`: add the last moment it can come true, or allow it."
        yield Finding(message, ("kind",))


@warning
def future_date(case: Case) -> Iterator[Finding]:
    """No date of what has happened lies in the future.

    Most such dates are slips of the pen.
    """
    for path, value in _past_dates(case.claim):
        if value is not None:
            yield Finding(f"The date {value} lies in the future: mend it.", path, until=value.first)


def _status(wanted: Status) -> SetField:
    return SetField(("status",), str(wanted))


def _past_dates(claim: Claim) -> Iterator[tuple[Path, PartialDate | None]]:
    """Yield the dates of what has happened, each with its path."""
    for index, source in enumerate(claim.sources):
        yield ("sources", index, "date"), source.date
    for index, item in enumerate(claim.evidence):
        yield ("evidence", index, "date"), item.date
        yield ("evidence", index, "seen"), item.seen
    for index, verdict in enumerate(claim.verdicts):
        yield ("verdicts", index, "date"), verdict.date
        yield ("verdicts", index, "as_of"), verdict.as_of
    for index, forecast in enumerate(claim.forecasts):
        yield ("forecasts", index, "date"), forecast.date
