"""Days as people write them."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimbook.record.dates import PartialDate
from claimbook.review.when import read_ahead, read_when

DAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027", "2027"),
        ("2027-03", "2027-03"),
        ("2027-03-01", "2027-03-01"),
        ("28 Mar 2024", "2024-03-28"),
        ("1. december 2024", "2024-12-01"),
        ("Sept 2024", "2024-09"),
        ("today", "2026-11-21"),
        ("Tomorrow", "2026-11-22"),
        ("yesterday", "2026-11-20"),
        ("+10d", "2026-12-01"),
        ("+2w", "2026-12-05"),
        ("2 weeks", "2026-12-05"),
        ("in 3 months", "2027-02-21"),
        ("+3m", "2027-02-21"),
        ("1 year", "2027-11-21"),
        ("2 weeks ago", "2026-11-07"),
        ("next month", "2026-12-21"),
    ],
)
def test_a_day_is_read_as_it_is_written(text: str, day: str) -> None:
    assert str(read_when(text, DAY)) == day


def test_a_month_after_the_last_of_january_is_the_last_of_february() -> None:
    assert str(read_when("+1m", date(2027, 1, 31))) == "2027-02-28"


@pytest.mark.parametrize(
    "text", ["", "soon", "2027-13", "30 Feb 2027", "ma 2027", "9 foo 2027", "+", "+9999y"]
)
def test_what_is_no_day_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(ValueError, match=r"write|there is no"):
        read_when(text, DAY)


@pytest.mark.parametrize("text", ["2026", "2026-11", "today", "yesterday", "2020-01-01"])
def test_what_has_begun_is_not_ahead(text: str) -> None:
    with pytest.raises(ValueError, match="has begun already"):
        read_ahead(text, DAY)


@given(st.text())
def test_any_text_is_a_date_or_a_sentence(text: str) -> None:
    with suppress(ValueError):
        found = read_when(text, DAY)
        assert PartialDate.parse(str(found)) == found


@given(st.dates(date(1, 1, 1), date(9999, 12, 31)))
def test_what_is_written_down_is_read_back(day: date) -> None:
    assert read_when(str(PartialDate.of_day(day)), DAY) == PartialDate.of_day(day)
