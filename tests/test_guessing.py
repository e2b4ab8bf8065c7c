"""Guessing which claim was meant, at a cost that does not grow with the book."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimbook.record.shapes import nearest
from claimbook.review import guessing
from claimbook.review.guessing import MOST, Ids

ids = st.text("abc-", min_size=1, max_size=5)


@given(known=st.lists(ids, unique=True, max_size=40), wrong=ids)
def test_in_a_small_book_the_guess_is_the_nearest_of_all_ids_in_whatever_order(
    known: list[str], wrong: str
) -> None:
    guess = Ids(dict.fromkeys(known, "")).nearest(wrong)

    assert guess == nearest(wrong, sorted(known))
    assert guess == Ids(dict.fromkeys(reversed(known), "")).nearest(wrong)


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("claim-1234-about-crs", "claim-1234-about-cars"),
        ("clam-7777-about-cars-7777", "claim-7777-about-cars-7777"),
        ("claim-00500-abuot", None),
    ],
)
def test_in_a_large_book_a_guess_looks_at_a_few_ids(
    wrong: str, meant: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = Ids({f"claim-{number}-about-cars{f'-{number}' * (number % 2)}": "" for number in range(20_000)})
    looked: list[int] = []

    def counting(word: str, among: list[str]) -> str | None:
        looked.append(len(among))
        return nearest(word, among)

    monkeypatch.setattr(guessing, "nearest", counting)
    guess = known.nearest(wrong)

    assert guess == meant or meant is None
    assert known.nearest(wrong) == guess
    assert len(looked) == 1
    assert looked[0] <= 2 * MOST
