"""What happened to a claim, in words: the same on the desk and on the command line."""

from collections.abc import Mapping

from claimbook.review.marks import rating_mark
from claimbook.review.timeline import Event, Happening

TONES: Mapping[Happening, str] = {
    Happening.CONTEXT: "quiet",
    Happening.FORECAST: "unsure",
    Happening.DOUBTED: "mixed",
    Happening.SAID: "open",
    Happening.SUPPORTED: "good",
    Happening.REFUTED: "bad",
    Happening.DENIED: "bad",
    Happening.DUE: "unsure",
    Happening.JUDGED: "strong",
}
"""The tone of what happens, of those that `Mark` has; a single verdict may have its rating's instead."""


def words(event: Event, labels: Mapping[str, str]) -> str:
    """Tell an event: who has it from whom, or how it was judged and by whom, and more of it.

    Args:
        event: What happened.
        labels: The book's own words for ratings.
    """
    by = f"by {event.who}" if event.who else ""
    if event.rating is not None:
        facts = [rating_mark(event.rating, labels).word, by, event.detail]
    elif event.happening in (Happening.JUDGED, Happening.FORECAST):
        facts = [event.detail, by]
    else:
        facts = [" ← ".join(part for part in (event.who, *event.via) if part), event.detail]
    return ", ".join(fact for fact in facts if fact)
