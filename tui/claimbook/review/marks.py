"""How a claim's standing is shown: a glyph, a word and a tone, never one of them alone."""

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from claimbook.record.ratings import Rating, Status


class Judged(Protocol):
    """What a mark is made from: a summary, or less."""

    @property
    def status(self) -> Status | None:
        """Where it stands; None where the record cannot be read."""

    @property
    def rating(self) -> Rating | None:
        """The rating of the last verdict."""


class Mark(NamedTuple):
    """A standing, as it is shown."""

    glyph: str
    """One character, one cell wide."""
    word: str
    """The rating or the status, or the book's own word for it."""
    tone: str
    """`good`, `bad`, `mixed`, `unsure`, `open` or `quiet`: what a theme gives a colour to."""


_RATINGS = {
    Rating.TRUE: ("✓", "good"),
    Rating.MOSTLY_TRUE: ("◕", "good"),
    Rating.MIXED: ("◑", "mixed"),
    Rating.MOSTLY_FALSE: ("◔", "bad"),
    Rating.FALSE: ("✗", "bad"),
    Rating.UNPROVEN: ("?", "unsure"),
    Rating.AMBIGUOUS: ("≈", "unsure"),
    Rating.VOID: ("∅", "quiet"),
    Rating.OUTDATED: ("»", "quiet"),
}
_STATUSES = {
    Status.OPEN: ("○", "open"),
    Status.REVIEWING: ("…", "open"),
    Status.SHELVED: ("–", "quiet"),
    Status.SETTLED: ("·", "quiet"),
}
BROKEN = Mark("!", "broken", "bad")
"""A record that cannot be read."""


def rating_mark(rating: Rating, labels: Mapping[str, str] | None = None) -> Mark:
    """Return the mark of a rating; `labels` has the book's own words."""
    glyph, tone = _RATINGS[rating]
    return Mark(glyph, (labels or {}).get(rating, str(rating)), tone)


def mark(claim: Judged, labels: Mapping[str, str] | None = None) -> Mark:
    """Return the mark of a claim: its rating, or its status where that says more."""
    if claim.status is None:
        return BROKEN
    return mark_of(claim.status, claim.rating, labels)


def mark_of(status: str, rating: str | None, labels: Mapping[str, str] | None = None) -> Mark:
    """Return the mark of a status and the rating of the last verdict."""
    if rating is not None and status in (Status.SETTLED, Status.OPEN):
        return rating_mark(Rating(rating), labels)
    glyph, tone = _STATUSES[Status(status)]
    return Mark(glyph, (labels or {}).get(status, str(status)), tone)
