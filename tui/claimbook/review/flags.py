"""What is worked out about a claim and never written: overdue, contested and their like."""

from collections.abc import Mapping
from datetime import date, timedelta

from claimbook.record.ratings import Status
from claimbook.record.summary import Summary
from claimbook.record.terms import Bearing
from claimbook.review.origins import claim_chains, evidence_chains, most_origins
from claimbook.review.words import Flag


def flags(summary: Summary, today: date, names: Mapping[str, str] | None = None) -> tuple[Flag, ...]:
    """Return the flags of a claim as of a day, in the order of the class."""
    tests = {
        Flag.OVERDUE: overdue(summary, today),
        Flag.CONTESTED: contested(summary),
        Flag.SINGLE_ORIGIN: len(summary.sources) > 1 and most_origins(claim_chains(summary), names) == 1,
        Flag.THIN_EVIDENCE: thin_evidence(summary, names),
        Flag.QUOTE_BROKEN: summary.quotes_broken > 0,
        Flag.HEDGED: summary.hedged,
    }
    return tuple(flag for flag, holds in tests.items() if holds)


def overdue(summary: Summary, today: date) -> bool:
    """Tell whether the last day has gone by and nobody has settled it."""
    since = overdue_since(summary)
    return since is not None and since <= today


def overdue_since(summary: Summary) -> date | None:
    """Return the first day on which it is overdue unless somebody settles it; None where it never is."""
    waiting = summary.status in (Status.OPEN, Status.REVIEWING)
    if not waiting or summary.due is None or summary.due.last == date.max:
        return None
    return summary.due.last + timedelta(days=1)


def contested(summary: Summary) -> bool:
    """Tell whether there is evidence both ways."""
    bearings = {item.bearing for item in summary.evidence}
    return {Bearing.SUPPORTS, Bearing.REFUTES} <= bearings


def thin_evidence(summary: Summary, names: Mapping[str, str] | None = None) -> bool:
    """Tell whether a settled claim's verdict rests on evidence of one origin, or of none."""
    if summary.status is not Status.SETTLED or summary.rating is None or summary.rating.side is None:
        return False
    return most_origins(evidence_chains(summary, summary.rating.side), names) <= 1
