"""Putting a claim aside, as changes to its record: until a day, for good, or as it stands."""

from collections.abc import Iterable
from datetime import date

from claimbook.record.changes import Append, Change, SetField
from claimbook.record.dates import PartialDate
from claimbook.record.model import Claim
from claimbook.record.ratings import Status, status_after
from claimbook.review.words import Reason, Why

ACCEPTABLE = tuple(
    reason
    for reason in Reason
    if reason not in (Reason.REVIEW_DAY, Reason.QUOTE_BROKEN, Reason.ARTICLE_CHANGED)
)
"""Reasons for being in the queue that `allow` can take away."""


def snooze_changes(claim: Claim, until: PartialDate) -> list[Change]:
    """Return the changes that keep a claim out of the queue until a day."""
    return [] if claim.review_on == until else [SetField(("review_on",), str(until))]


def shelve_changes(claim: Claim, why: str, today: date) -> list[Change]:
    """Return the changes that shelve a claim; a reason becomes the end of its notes."""
    if claim.status is Status.SHELVED:
        return []
    changes: list[Change] = [SetField(("status",), str(Status.SHELVED))]
    if why.strip():
        line = f"Shelved {today}: {why.strip()}"
        notes = f"{claim.notes.rstrip()}\n{line}\n" if claim.notes else line
        changes.append(SetField(("notes",), notes))
    return changes


def take_up_changes(claim: Claim) -> list[Change]:
    """Return the changes that take a claim from the shelf: its status is what the last verdict says."""
    if claim.status is not Status.SHELVED:
        return []
    return [SetField(("status",), str(status_after(claim.rating)))]


def acceptance_changes(claim: Claim, reasons: Iterable[Why]) -> list[Change]:
    """Return the changes that let stand what brought a claim into the queue, so that it does so no more."""
    names = dict.fromkeys(str(why.reason) for why in reasons if why.reason in ACCEPTABLE)
    return [Append(("allow",), name) for name in names if name not in claim.allow]
