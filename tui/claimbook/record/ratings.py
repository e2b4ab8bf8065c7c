"""Ratings, their order and meaning, and the status that follows from them."""

from enum import StrEnum


class Rating(StrEnum):
    """What a verdict says of a claim; the first five are the scale, the others are never scored."""

    TRUE = "true"
    MOSTLY_TRUE = "mostly true"
    MIXED = "mixed"
    MOSTLY_FALSE = "mostly false"
    FALSE = "false"
    UNPROVEN = "unproven"
    AMBIGUOUS = "ambiguous"
    VOID = "void"
    OUTDATED = "outdated"

    @property
    def on_scale(self) -> bool:
        """Tell whether the rating is one of the five that are scored."""
        return self in SCALE

    @property
    def meaning(self) -> str:
        """Say in a few words when to give it."""
        return _MEANINGS[self]

    @property
    def side(self) -> str | None:
        """Name the bearing of the evidence that speaks for it: `supports`, `refutes` or None."""
        if self in (Rating.TRUE, Rating.MOSTLY_TRUE):
            return "supports"
        if self in (Rating.FALSE, Rating.MOSTLY_FALSE):
            return "refutes"
        return None


class Status(StrEnum):
    """Where a claim stands in the work."""

    OPEN = "open"
    REVIEWING = "reviewing"
    SETTLED = "settled"
    SHELVED = "shelved"


SCALE = (Rating.TRUE, Rating.MOSTLY_TRUE, Rating.MIXED, Rating.MOSTLY_FALSE, Rating.FALSE)

_MEANINGS = {
    Rating.TRUE: "it is so",
    Rating.MOSTLY_TRUE: "right in the main, off in a detail",
    Rating.MIXED: "partly right, partly wrong",
    Rating.MOSTLY_FALSE: "wrong in the main, right in a detail",
    Rating.FALSE: "it is not so",
    Rating.UNPROVEN: "looked, and found nothing decisive",
    Rating.AMBIGUOUS: "what happened is itself unclear",
    Rating.VOID: "badly posed, or its premise failed",
    Rating.OUTDATED: "overtaken by events",
}


def status_after(rating: Rating | None) -> Status:
    """Return the status that follows from the last verdict, None for no verdict."""
    return Status.OPEN if rating in (None, Rating.UNPROVEN) else Status.SETTLED


def status_agrees(status: Status, rating: Rating | None) -> bool:
    """Tell whether a written status may stand beside the last verdict.

    `reviewing` and `shelved` are anybody's to say; `open` and `settled` follow from the verdict.
    """
    return status in (Status.REVIEWING, Status.SHELVED) or status is status_after(rating)
