"""The timeline: what is told of a claim, where it stands, and how exactly."""

import json
from datetime import date
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from claimbook.review.timeline import Event, Happening, claims, subjects, timeline, undated
from conftest import Run
from facts import evidence, facts, source, verdict


def told(*events: Event) -> list[tuple[str, str, str | None]]:
    return [(str(event.when), str(event.happening), event.who) for event in events]


def test_a_claim_is_said_denied_borne_out_judged_and_due() -> None:
    summary = facts(
        sources=[source(), source("The Post", stance="denies", date="2021-03-27")],
        evidence=[evidence("refutes", "The Times", date="2022-01-01")],
        verdicts=[verdict("false", by="ann")],
        forecasts=[{"date": "2021-05", "probability": 0.25, "by": "bob"}],
        due="2024",
    )

    events = timeline([summary])

    assert told(*events) == [
        ("2021-03-26", "said", "The Paper"),
        ("2021-03-27", "denied", "The Post"),
        ("2021-05", "forecast", "bob"),
        ("2022-01-01", "refuted", "The Times"),
        ("2024", "due", None),
        ("2026-11-21", "judged", "ann"),
    ]
    assert [event.at for event in events] == [
        *("sources[0]", "sources[1]", "forecasts[0]", "evidence[0]", "due", "verdicts[0]")
    ]


def test_a_date_is_as_precise_as_it_is_known_and_stands_before_those_within_it() -> None:
    days = ["2021-04-01", "2021", "2021-04", "2021-01-01", "2021-05"]
    summary = facts(sources=[source(f"P{i}", date=day) for i, day in enumerate(days)])

    assert [str(event.when) for event in timeline([summary])] == [
        *("2021", "2021-01-01", "2021-04", "2021-04-01", "2021-05")
    ]


def test_what_is_due_in_a_year_stands_at_its_end() -> None:
    summary = facts(
        sources=[source(date="2024-12-31")], verdicts=[verdict("false", "2025-01-01")], due="2024"
    )

    assert [event.happening for event in timeline([summary])] == [
        *(Happening.SAID, Happening.DUE, Happening.JUDGED)
    ]


def test_a_verdict_stands_at_the_moment_it_was_judged_for() -> None:
    summary = facts(verdicts=[verdict("unproven", as_of="2021-03-26"), verdict("false")])

    judged = [event for event in timeline([summary]) if event.happening is Happening.JUDGED]

    assert [(str(event.when), event.rating, event.detail) for event in judged] == [
        ("2021-03-26", "unproven", "given 2026-11-21"),
        ("2026-11-21", "false", ""),
    ]


def test_a_report_that_several_name_is_told_once_with_whose_word_it_is() -> None:
    report = {"name": "Reuters", "report": "2021-03-25"}
    summary = facts(
        sources=[source(stance="relays", via=[report]), source("The Post", stance="relays", via=[report])]
    )

    first = timeline([summary])[0]

    assert (str(first.when), first.who) == ("2021-03-25", "Reuters")
    assert first.detail == "as The Paper and The Post have it"


def test_two_passages_that_carry_it_alike_are_told_once() -> None:
    alike = [source(quote="a"), source(quote="b")]

    assert len(timeline([facts(sources=alike)])) == 1
    assert len(timeline([facts(sources=[*alike, source(certainty="hedged")])])) == 2


def test_the_chain_is_told_by_the_names_that_are_meant() -> None:
    chain = source(stance="relays", via=["gwm", {"anonymous": "two people"}], by="GWM")

    (event,) = timeline([facts(sources=[chain])], {"GWM": "Great Wall Motor"})

    assert event.via == ("Great Wall Motor", "“two people”")
    assert event.detail == "said by Great Wall Motor"


def test_what_has_no_date_is_counted_and_not_lost() -> None:
    summary = facts(evidence=[evidence("supports"), evidence("context", date="2021")])

    assert [event.happening for event in timeline([summary])] == ["context", "said"]
    assert undated([summary]) == 1


def test_events_are_parted_by_claim_and_by_subject() -> None:
    events = timeline(
        [
            facts("later", about=["Apple"], sources=[source("A", date="2022")]),
            facts("first", about=["Xiaomi", "apple"], sources=[source("A", date="2021")]),
            facts("none", sources=[source("A", date="2023")]),
        ]
    )

    parted = subjects(events, {"apple": "Apple"})

    assert [told[0].summary.id for told in claims(events)] == ["first", "later", "none"]
    assert {name: [event.summary.id for event in told] for name, told in parted.items()} == {
        "Apple": ["first", "later"],
        "Xiaomi": ["first"],
        None: ["none"],
    }
    assert list(parted) == ["Apple", "Xiaomi", None]


DAYS = st.one_of(
    st.dates(date(2020, 1, 1), date(2022, 12, 31)).map(lambda day: str(day)[: 4 + 3 * (day.day % 3)]),
)
RECORDS = st.builds(
    lambda said, seen, judged, due: {
        "sources": [source("A", date=day) for day in said],
        "evidence": [evidence("supports", date=day) for day in seen],
        "verdicts": [verdict("true", day) for day in judged],
        "due": due,
    },
    st.lists(DAYS, min_size=1, max_size=3),
    st.lists(DAYS, max_size=3),
    st.lists(DAYS, max_size=2),
    st.none() | DAYS,
)


@given(records=st.lists(RECORDS, max_size=4), data=st.data())
def test_the_order_is_that_of_time_whatever_the_order_of_the_claims(
    records: list[dict[str, Any]], data: st.DataObject
) -> None:
    summaries = [facts(f"c{i}", **record) for i, record in enumerate(records)]

    events = timeline(summaries)

    assert timeline(data.draw(st.permutations(summaries))) == events
    for one, other in pairwise(events):
        assert moment(one) <= moment(other)


def moment(event: Event) -> date:
    return event.when.last if event.happening is Happening.DUE else event.when.first


def test_the_great_wall_rumour_is_told_in_order(claimbook: Run) -> None:
    result = claimbook("timeline", "id:xiaomi-great-wall-cooperation")

    lines = [" ".join(line.split()) for line in result.out.splitlines()]
    assert (
        lines[0]
        == "2021-03-26 said xiaomi-great-wall-cooperation Reuters, as WANT and Autowereld.com have it"
    )
    assert "2021-03-26 refuted xiaomi-great-wall-cooperation Laohu8 ← Xu Jieyun" in lines
    assert lines[-1] == "2026-11-21 judged xiaomi-great-wall-cooperation ◔ mostly false, by desk"
    assert lines == sorted(lines, key=lambda line: line[:7])
    assert "for want of a date: 2 of" in result.err


def test_a_timeline_for_machines_has_the_day_as_it_is_known_and_its_ends(claimbook: Run) -> None:
    answer = json.loads(claimbook("timeline", "id:xiaomi-great-wall-cooperation", "--json").out)

    event = next(item for item in answer["events"] if item["date"] == "2021-04")
    assert (event["first"], event["last"]) == ("2021-04-01", "2021-04-30")
    assert set(event) == {
        *("date", "first", "last", "event", "id", "about", "who", "via", "rating", "detail", "at"),
    }
    assert answer["schema"] == 1
    assert answer["undated"] == 2


def test_one_line_of_time_for_each_subject_or_claim(claimbook: Run) -> None:
    by_subject = claimbook("timeline", "id:apple-nissan-talks", "--by", "subject").out
    by_claim = claimbook("timeline", "id:apple-nissan-talks", "--by", "claim").out

    assert by_subject.startswith("Apple\n")
    assert "\n\nNissan\n" in by_subject
    assert by_claim.startswith("apple-nissan-talks: Apple and Nissan held brief talks")
    assert "\n\napple-nissan-talks-below-senior-level: " in by_claim


def test_a_timeline_of_nothing_says_so(claimbook: Run) -> None:
    result = claimbook("timeline", "unfindable")

    assert (result.code, result.out) == (0, "")
    assert "No claim matches." in result.err


def test_all_that_this_book_knows_is_on_it(claimbook: Run) -> None:
    events = json.loads(claimbook("timeline", "--json").out)["events"]

    assert len({event["id"] for event in events}) == 84
    assert [event["id"] for event in events if event["event"] == "due"] == [
        *("xiaomi-great-wall-announcement", "xiaomi-great-wall-details-soon"),
        *("apple-car-2024", "apple-car-new-battery"),
        *("google-apple-gone-from-bmw", "huawei-assistant-leads-in-bmw"),
    ]
