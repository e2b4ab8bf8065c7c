"""What is worked out about a claim and never written."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimbook.record.dates import PartialDate
from claimbook.record.ratings import Rating, Status
from claimbook.review.flags import flags
from claimbook.review.words import Flag
from summaries import evidence, relayed, summary, verdict

TODAY = date(2026, 11, 21)


def flagged(flag: Flag, today: date = TODAY, **said: Any) -> bool:
    return flag in flags(summary(**said), today)


def test_a_plain_claim_has_no_flags() -> None:
    assert flags(summary(), TODAY) == ()


@pytest.mark.parametrize(
    ("due", "last"),
    [("2024", date(2024, 12, 31)), ("2024-02", date(2024, 2, 29)), ("2024-03-28", date(2024, 3, 28))],
)
def test_a_claim_is_overdue_from_the_day_after_its_last(due: str, last: date) -> None:
    assert not flagged(Flag.OVERDUE, last, due=due)
    assert flagged(Flag.OVERDUE, last + timedelta(days=1), due=due)


@pytest.mark.parametrize("status", Status)
def test_only_what_is_open_or_in_review_can_be_overdue(status: Status) -> None:
    assert flagged(Flag.OVERDUE, due="2024", status=str(status)) == (
        status in (Status.OPEN, Status.REVIEWING)
    )


def test_a_status_left_out_is_overdue_by_what_the_verdicts_say() -> None:
    assert flagged(Flag.OVERDUE, due="2024", verdicts=[verdict("unproven")])
    assert not flagged(Flag.OVERDUE, due="2024", verdicts=[verdict("false")])


@given(st.dates(), st.dates())
def test_overdue_never_changes_back_as_days_go_by(due: date, today: date) -> None:
    claim = summary(due=str(PartialDate.of_day(due)))

    assert (Flag.OVERDUE in flags(claim, today)) == (due < today)


def test_evidence_both_ways_is_contested() -> None:
    assert flagged(Flag.CONTESTED, evidence=[evidence("supports"), evidence("refutes")])
    assert not flagged(
        Flag.CONTESTED, evidence=[evidence("supports"), evidence("context"), evidence("supports")]
    )


def test_two_sources_that_repeat_one_report_are_a_single_origin() -> None:
    repeated = [relayed("want", "Reuters"), relayed("autowereld", "Reuters")]

    assert flagged(Flag.SINGLE_ORIGIN, sources=repeated)
    assert not flagged(Flag.SINGLE_ORIGIN, sources=repeated[:1])
    assert not flagged(Flag.SINGLE_ORIGIN, sources=[*repeated, relayed("apparata", "Bloomberg")])


def test_an_origin_that_nobody_knows_may_be_a_second_one() -> None:
    assert not flagged(Flag.SINGLE_ORIGIN, sources=[relayed("want", "Reuters"), relayed("autowereld")])


def test_the_names_of_the_book_count_for_origins() -> None:
    claim = summary(sources=[relayed("want", "GWM"), relayed("autowereld", "Great Wall Motor")])

    assert Flag.SINGLE_ORIGIN not in flags(claim, TODAY)
    assert Flag.SINGLE_ORIGIN in flags(claim, TODAY, {"GWM": "Great Wall Motor"})


def test_a_verdict_that_rests_on_one_origin_is_thin() -> None:
    one = [evidence("refutes", "Reuters"), evidence("refutes", "Reuters", publisher="AP")]
    said: dict[str, Any] = {"verdicts": [verdict("mostly false")]}

    assert flagged(Flag.THIN_EVIDENCE, **said)
    assert flagged(Flag.THIN_EVIDENCE, evidence=one, **said)
    assert flagged(Flag.THIN_EVIDENCE, evidence=[*one, evidence("supports", "Bloomberg")], **said)
    assert not flagged(Flag.THIN_EVIDENCE, evidence=[*one, evidence("refutes", "Bloomberg")], **said)


@pytest.mark.parametrize("rating", Rating)
def test_only_a_verdict_with_a_side_can_be_thin(rating: Rating) -> None:
    assert flagged(Flag.THIN_EVIDENCE, verdicts=[verdict(str(rating))]) == (rating.side is not None)


def test_a_claim_that_is_not_settled_is_not_thin() -> None:
    assert not flagged(Flag.THIN_EVIDENCE, verdicts=[verdict("false")], status="reviewing")


def test_a_quote_that_is_not_found_is_a_flag() -> None:
    assert Flag.QUOTE_BROKEN in flags(summary(quotes_broken=1), TODAY)


def test_a_claim_is_hedged_where_all_who_carry_it_hedge() -> None:
    hedged = relayed("want", certainty="hedged")
    denied = {"article": "autowereld", "stance": "denies"}

    assert flagged(Flag.HEDGED, sources=[hedged, denied])
    assert not flagged(Flag.HEDGED, sources=[hedged, relayed("autowereld")])
    assert not flagged(Flag.HEDGED, sources=[denied])


def test_flags_stand_in_the_order_of_their_class() -> None:
    found = flags(
        summary(
            quotes_broken=1,
            due="2024",
            sources=[
                relayed("want", "Reuters", certainty="hedged"),
                relayed("want", "Reuters", certainty="hedged"),
            ],
            evidence=[evidence("supports"), evidence("refutes")],
        ),
        TODAY,
    )

    assert list(found) == [flag for flag in Flag if flag is not Flag.THIN_EVIDENCE]
