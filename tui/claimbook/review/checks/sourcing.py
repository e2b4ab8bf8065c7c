"""How much a claim, and the verdict on it, rest on."""

from collections import Counter
from collections.abc import Iterator

from claimbook.record.ratings import Rating
from claimbook.record.terms import Bearing, Stance
from claimbook.review.checks.rule import Case, Finding, warning
from claimbook.review.flags import contested as is_contested
from claimbook.review.origins import (
    claim_origins,
    evidence_chains,
    evidence_origins,
    most_origins,
    number_of_origins,
)


@warning
def single_origin(case: Case) -> Iterator[Finding]:
    """Several sources go back to more than one origin.

    Three articles that repeat one report are one source. Nothing is wrong with the record: it is what a
    reader of the claim should know. Allow it once it has been looked at.
    """
    if len(case.claim.sources) < 2 or number_of_origins(case.summary, case.names)[1] != 1:
        return
    origins = claim_origins(case.summary, case.names)
    why = origins.groups[0].why if origins.groups else "Nobody knows whose."
    message = f"The {len(case.claim.sources)} sources have one origin: {why}"
    yield Finding(message, ("sources",), about_key=True)


@warning
def unknown_origin(case: Case) -> Iterator[Finding]:
    """A source that relays says whom it has it from.

    Add `via:` with the agency, paper or people that it names; `via: []` says that it is first hand.
    """
    for index, source in enumerate(case.claim.sources):
        if source.stance is Stance.RELAYS and source.via is None:
            message = "This source relays the claim and nobody knows from whom: add `via:`."
            yield Finding(message, ("sources", index, "stance"))


@warning
def verdict_without_evidence(case: Case) -> Iterator[Finding]:
    """A verdict on the scale has evidence on its side.

    `true` wants something that supports the claim, `false` something that refutes it, `mixed` either.
    """
    rating = case.claim.rating
    if rating is None or not rating.on_scale:
        return
    sides = (rating.side,) if rating.side else ("supports", "refutes")
    if not any(item.bearing in sides for item in case.claim.evidence):
        message = (
            f"The verdict is `{rating}` and no evidence {_either(sides)} the claim: add what decided it."
        )
        yield Finding(message, ("verdicts", len(case.claim.verdicts) - 1, "rating"))


@warning
def thin_evidence(case: Case) -> Iterator[Finding]:
    """A verdict rests on evidence of more than one origin.

    One outlet, or several that repeat one, may be wrong together. Look for another, or allow it where there
    can be no other: a company's own word on its own plans.
    """
    rating = case.claim.rating
    if rating is None or rating.side is None or not case.claim.verdicts or rating is Rating.MIXED:
        return
    if most_origins(evidence_chains(case.summary, rating.side), case.names) == 1:
        origins = evidence_origins(case.summary, rating.side, case.names)
        why = origins.groups[0].why if origins.groups else "Nobody knows whose it is."
        message = f"All evidence for the verdict `{rating}` has one origin: {why}"
        yield Finding(message, ("evidence",), about_key=True)


@warning
def contested(case: Case) -> Iterator[Finding]:
    """Evidence points one way.

    There is evidence for and against: the verdict's reason should say why one side weighs more.
    """
    if is_contested(case.summary):
        count = Counter(item.bearing for item in case.claim.evidence)
        message = (
            f"Evidence points both ways, {count[Bearing.SUPPORTS]} for and {count[Bearing.REFUTES]} against: "
            "say in the verdict why one side weighs more, and allow it."
        )
        yield Finding(message, ("evidence",), about_key=True)


def _either(sides: tuple[str, ...]) -> str:
    return " or ".join(sides)
