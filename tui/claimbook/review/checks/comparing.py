"""Whether claims of the book can be told apart."""

from collections.abc import Iterator

from claimbook.review.checks.rule import Case, Finding, warning
from claimbook.text import one_line


@warning
def similar_claim(case: Case) -> Iterator[Finding]:
    """A proposition has one record.

    Two claims share most of their words and stand in no relation. If they are the same proposition, keep
    one and move the sources of the other there; if not, say with `claimbook relate` how they hang together:
    what somebody intends and what then happens are two claims. It is said of the one whose id comes later.
    """
    earlier = [other for other in case.similar(case.summary) if other.id < case.summary.id]
    if earlier:
        other = earlier[0]
        message = (
            f"This is much like {other.id} ({other.score:.0%}): “{_short(other.claim)}”. "
            "Merge the two, relate them, or allow it."
        )
        yield Finding(message, ("claim",))


def _short(text: str) -> str:
    shown = one_line(text)
    return shown if len(shown) <= 100 else shown[:99] + "…"
