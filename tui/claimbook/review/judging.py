"""Giving a verdict, as changes to a record."""

from datetime import date

from claimbook.record.changes import Append, Change, SetField
from claimbook.record.dates import PartialDate
from claimbook.record.model import Claim
from claimbook.record.ratings import Rating, status_after
from claimbook.record.terms import Confidence


def verdict_changes(
    claim: Claim,
    *,
    rating: Rating,
    why: str,
    by: str,
    given: date | PartialDate,
    as_of: PartialDate | None = None,
    confidence: Confidence | None = None,
) -> list[Change]:
    """Return the changes that a verdict makes: one more entry, and the status that follows.

    A record that leaves its status out keeps leaving it out, as it then is what the verdicts say.

    Raises:
        ValueError: where the reason is empty.
    """
    if not why.strip():
        raise ValueError("a verdict needs a reason")
    entry = {
        "date": str(given),
        "as_of": str(as_of) if as_of else None,
        "rating": str(rating),
        "confidence": str(confidence) if confidence else None,
        "by": by or None,
        "why": why.strip(),
    }
    changes: list[Change] = [Append(("verdicts",), {key: value for key, value in entry.items() if value})]
    after = status_after(rating)
    if claim.status not in (None, after):
        changes.insert(0, SetField(("status",), str(after)))
    return changes
