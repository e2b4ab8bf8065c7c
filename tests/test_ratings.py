"""Ratings, and the status that follows from them."""

import pytest

from claimbook.record.ratings import SCALE, Rating, Status, status_after, status_agrees


def test_five_ratings_are_on_the_scale_and_ordered() -> None:
    assert [str(rating) for rating in SCALE] == ["true", "mostly true", "mixed", "mostly false", "false"]
    assert [rating for rating in Rating if rating.on_scale] == list(SCALE)


@pytest.mark.parametrize("rating", Rating)
def test_every_rating_has_a_meaning_of_a_few_words(rating: Rating) -> None:
    assert 1 < len(rating.meaning.split()) < 9


@pytest.mark.parametrize(
    ("rating", "side"),
    [
        (Rating.TRUE, "supports"),
        (Rating.MOSTLY_TRUE, "supports"),
        (Rating.MIXED, None),
        (Rating.MOSTLY_FALSE, "refutes"),
        (Rating.FALSE, "refutes"),
        (Rating.VOID, None),
    ],
)
def test_a_rating_rests_on_one_side_of_the_evidence(rating: Rating, side: str | None) -> None:
    assert rating.side == side


@pytest.mark.parametrize("rating", [None, *Rating])
def test_only_no_verdict_and_unproven_leave_a_claim_open(rating: Rating | None) -> None:
    follows = status_after(rating)

    assert (follows is Status.OPEN) == (rating in (None, Rating.UNPROVEN))
    assert [status for status in Status if status_agrees(status, rating)] == [
        status for status in Status if status in (follows, Status.REVIEWING, Status.SHELVED)
    ]
