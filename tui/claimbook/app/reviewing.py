"""A claim under review, told: how it stands and why it is here, and what to do when there is none."""

from collections import Counter
from collections.abc import Iterable, Iterator

from claimbook.app.lettering import Line, Paragraph, Span, label, prose
from claimbook.app.listed import Row
from claimbook.app.portrait import heading, standing
from claimbook.app.spoken import count, spoken
from claimbook.app.view import View
from claimbook.record.dates import PartialDate
from claimbook.record.model import Claim
from claimbook.record.terms import Bearing
from claimbook.review.words import Reason, Why

ABOUT_EVIDENCE = {Reason.NEW_EVIDENCE, Reason.CONTESTED, Reason.THIN_EVIDENCE}
"""Reasons for which the evidence is what one looks at first."""


def told(view: View, row: Row, claim: Claim, reasons: Iterable[Why], *, done: bool, brief: bool) -> Line:
    """Say the claim, how it stands, and why it is here.

    Args:
        view: The book.
        row: The claim's row.
        claim: The claim.
        reasons: Why it is here.
        done: Whether it has been dealt with in this review.
        brief: Whether the evidence is counted here, as it is not in sight.
    """
    lead = Span("✓ dealt with just now · ", "good") if done else Span("")
    facts = [str(claim.kind), *claim.about[:3], *([f"due {spoken(claim.due)}"] if claim.due else [])]
    if brief:
        sides = Counter(part.bearing for part in claim.evidence)
        facts.append(f"evidence +{sides[Bearing.SUPPORTS]} −{sides[Bearing.REFUTES]}")
    more: list[Span] = []
    for why in reasons:
        more += [Span("\n! ", "mixed"), *_reason(why)]
    if claim.settles_when:
        more += [Span("\nSettles when: ", "quiet"), label(claim.settles_when)]
    mark = standing(claim, row.mark(view.labels))
    tail = label(" · ".join(facts), "quiet")
    return (lead, label(claim.claim, "strong"), Span("\n"), *mark, Span(" · ", "quiet"), tail, *more)


def before(claim: Claim) -> Iterator[Paragraph]:
    """Tell the last verdict."""
    if claim.verdicts:
        last = claim.verdicts[-1]
        yield from heading("Last verdict", f"  {last.rating}, {spoken(last.date)}")
        yield Paragraph((prose(last.why),), indent=2)


def end(total: int, done: int) -> Iterator[Paragraph]:
    """Say that there is nothing, or nothing more, and what to do next."""
    if total:
        yield Paragraph((Span("That was the last one.", "strong"),))
        yield Paragraph(())
        yield Paragraph((Span(f"{count(done, 'claim')} dealt with, {total - done} passed over."),))
        yield Paragraph((Span("b goes back to the one before, u undoes, Esc goes to the desk."),))
        return
    yield Paragraph((Span("Nothing wants a look.", "strong"),))
    yield Paragraph(())
    come = (
        "Claims come here by themselves: when they are due, on the day they were snoozed to, "
        "when a quote breaks or new evidence comes."
    )
    yield Paragraph((Span(come),))
    yield Paragraph((Span("Esc goes back to the desk; there 1 lists what is open, and v judges any claim."),))


def _reason(why: Why) -> Iterator[Span]:
    since = f" since {spoken(PartialDate.of_day(why.since))}" if why.since else ""
    yield Span(f"{str(why.reason).replace('-', ' ')}{since}: ", "mixed")
    yield label(why.detail)
