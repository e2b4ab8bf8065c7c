"""Dates known to the year, the month or the day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from claimbook.record.dates import PartialDate, today

days = st.dates()


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    day = draw(days)
    known = draw(st.integers(1, 3))
    return PartialDate(day.year, *(day.month, day.day)[: known - 1])


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2024-03-28", date(2024, 3, 28), date(2024, 3, 28)),
        ("0001", date(1, 1, 1), date(1, 12, 31)),
        ("9999-12", date(9999, 12, 1), date(9999, 12, 31)),
    ],
)
def test_a_date_has_a_first_and_a_last_day(text: str, first: date, last: date) -> None:
    day = PartialDate.parse(text)

    assert (day.first, day.last) == (first, last)
    assert str(day) == text


@given(partial_dates())
def test_what_is_written_is_read_again(day: PartialDate) -> None:
    assert PartialDate.parse(str(day)) == day
    assert day.first <= day.last
    assert day.overlaps(PartialDate(day.year))


@given(partial_dates(), partial_dates())
def test_dates_are_ordered_by_their_first_day_and_then_their_last(
    one: PartialDate, other: PartialDate
) -> None:
    assert (one < other) == ((one.first, one.last) < (other.first, other.last))
    assert (one == other) == ((one.first, one.last) == (other.first, other.last))
    assert sorted([one, other]) == sorted([other, one])


def test_a_month_stands_before_the_year_that_begins_with_it() -> None:
    texts = ["2025", "2024", "2024-01", "2024-01-01", "2024-02", "2023-12-31"]

    ordered = sorted(PartialDate.parse(text) for text in texts)

    assert [str(day) for day in ordered] == ["2023-12-31", "2024-01-01", "2024-01", "2024", "2024-02", "2025"]


@given(partial_dates(), partial_dates())
def test_dates_overlap_where_they_share_a_day(one: PartialDate, other: PartialDate) -> None:
    shared = max(one.first, other.first) <= min(one.last, other.last)

    assert one.overlaps(other) == other.overlaps(one) == shared


WRONG = {
    "2024-13": "there is no month 13, write one from 01 to 12",
    "2024-00": "there is no month 00",
    "2023-02-29": "2023-02 has 28 days, write one of them",
    "2024-04-31": "2024-04 has 30 days, write one of them",
    "2024-01-00": "2024-01 has 31 days, write one of them",
    "0000": "write one from 0001 to 9999",
    "2024-3": "write a date as 2024-03",
    "2024-3-8": "write a date as 2024-03-08",
    "2024/03/28": "write a date as 2024-03-28",
    "2024.03.28": "write a date as 2024-03-28",
    "28-03-2024": "write a date as 2024-03-28",
    "28/3/2024": "write a date as 2024-03-28",
    "05.05.2024": "write a date as 2024-05-05",
    "03/04/2024": "write a date as 2024, 2024-03 or 2024-03-28",
    "31/31/2024": "write a date as 2024, 2024-03 or 2024-03-28",
    "2024-03-28T10:00:00Z": "write a date as 2024-03-28",
    "2024-03-28 10:00": "write a date as 2024-03-28",
    "2024-03-28\n": "write a date as 2024, 2024-03 or 2024-03-28",
    " 2024": "write a date as 2024, 2024-03 or 2024-03-28",
    "202": "write a date as 2024, 2024-03 or 2024-03-28",
    "20240328": "write a date as 2024, 2024-03 or 2024-03-28",
    "-2024": "write a date as 2024, 2024-03 or 2024-03-28",
    "٢٠٢٤": "write a date as 2024, 2024-03 or 2024-03-28",
    "9" * 5000: "write a date as 2024, 2024-03 or 2024-03-28",
    "": "write a date as 2024, 2024-03 or 2024-03-28",
}


@pytest.mark.parametrize("text", WRONG)
def test_what_is_no_date_is_told_with_what_to_write(text: str) -> None:
    with pytest.raises(ValueError, match="write") as caught:
        PartialDate.parse(text)

    assert WRONG[text].split(", write")[0] in str(caught.value)


@given(st.text(max_size=25) | st.from_regex(r"[0-9]{1,4}[-/. ][0-9]{1,2}[-/. ][0-9]{1,4}.*", fullmatch=True))
def test_any_text_is_a_date_or_an_error_that_may_name_one(text: str) -> None:
    try:
        day = PartialDate.parse(text)
    except ValueError as error:
        guess = str(error).removeprefix("write a date as ")
        if guess != str(error) and " or " not in guess:
            assert str(PartialDate.parse(guess)) == guess
    else:
        assert str(day) == text


def test_a_day_needs_its_month() -> None:
    with pytest.raises(ValueError, match="a day 05 needs its month"):
        PartialDate.of(2024, None, 5)


def test_pydantic_reads_and_writes_dates_as_text() -> None:
    adapter = TypeAdapter(PartialDate)

    assert adapter.validate_python("2024-03") == PartialDate(2024, 3)
    assert adapter.validate_python(PartialDate(2024)) == PartialDate(2024)
    assert adapter.dump_json(PartialDate(2024, 3, 28)) == b'"2024-03-28"'


def test_today_is_the_day_that_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMBOOK_TODAY", "2026-11-21")
    assert today() == date(2026, 11, 21)

    monkeypatch.delenv("CLAIMBOOK_TODAY")
    assert isinstance(today(), date)


@pytest.mark.parametrize("told", ["tomorrow", "2026", "2026-02-30"])
def test_a_day_that_is_set_wrongly_is_named(told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMBOOK_TODAY", told)

    with pytest.raises(ValueError, match=f"CLAIMBOOK_TODAY reads `{told}`: .*write"):
        today()
