"""The review queue: who is in it, why, since when, and in which order."""

import json
import subprocess
import sys
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimbook.record.summary import Summary
from claimbook.review.queue import Item, queue
from claimbook.review.words import Reason, Standpoint
from conftest import Run
from facts import SEEN_FROM, TODAY, evidence, facts, source, verdict

Record = dict[str, Any]

TWO_SIDES = [evidence("supports", "A"), evidence("refutes", "B")]
GREAT_WALL = "claims/xiaomi/xiaomi-great-wall-cooperation.yaml"


def reasons(summary: Summary, today: date = TODAY) -> dict[Reason, date | None]:
    items = queue([summary], Standpoint(today))
    return {why.reason: why.since for item in items for why in item.reasons}


def worked_on(**record: Any) -> Summary:
    """Return an open claim on which there was work the day before."""
    return facts(evidence=[evidence("context")], **record)


def test_a_claim_that_nothing_is_the_matter_with_is_not_in_it() -> None:
    assert reasons(worked_on()) == {}


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("2026-11-20", {Reason.OVERDUE: date(2026, 11, 21)}),
        ("2026-11-21", {Reason.DUE_SOON: date(2026, 10, 21)}),
        ("2026-10", {Reason.OVERDUE: date(2026, 11, 1)}),
        ("2026-11", {Reason.DUE_SOON: date(2026, 10, 30)}),
        ("2026-12-22", {Reason.DUE_SOON: date(2026, 11, 21)}),
        ("2026-12-23", {}),
        ("2026", {}),
        ("2025", {Reason.OVERDUE: date(2026, 1, 1)}),
    ],
)
def test_a_claim_is_due_soon_for_a_month_and_overdue_from_the_day_after(
    due: str, expected: dict[Reason, date]
) -> None:
    assert reasons(worked_on(due=due)) == expected


def test_what_is_settled_or_shelved_is_never_overdue() -> None:
    settled = facts(due="2024", verdicts=[verdict("mixed")], evidence=[evidence("supports")])

    assert reasons(settled) == {}
    assert reasons(facts(due="2024", status="shelved")) == {}


def test_a_review_day_lasts_until_a_verdict_is_given() -> None:
    record: Record = {"review_on": "2026-11-01", "evidence": [evidence("context")]}

    assert reasons(facts(**record)) == {Reason.REVIEW_DAY: date(2026, 11, 1)}
    assert Reason.REVIEW_DAY in reasons(facts(verdicts=[verdict("unproven", "2026-10-31")], **record))
    assert reasons(facts(verdicts=[verdict("unproven", "2026-11-01")], **record)) == {}


def test_a_review_day_brings_back_what_was_shelved() -> None:
    assert reasons(facts(status="shelved", review_on="2026-11")) == {Reason.REVIEW_DAY: date(2026, 11, 1)}


def test_a_future_review_day_snoozes_all_but_a_broken_quote_and_a_changed_article() -> None:
    record: Record = {"due": "2024", "verdicts": [verdict("unproven", "2026-01-01")], "evidence": TWO_SIDES}
    awake = facts(quotes_broken=1, changed=True, **record)
    snoozing = facts(quotes_broken=1, changed=True, review_on="2026-12", **record)

    assert set(reasons(awake)) == {
        *(Reason.OVERDUE, Reason.QUOTE_BROKEN, Reason.ARTICLE_CHANGED, Reason.NEW_EVIDENCE),
        Reason.CONTESTED,
    }
    assert list(reasons(snoozing)) == [Reason.QUOTE_BROKEN, Reason.ARTICLE_CHANGED]
    assert set(reasons(snoozing, date(2026, 12, 1))) > {Reason.REVIEW_DAY, Reason.OVERDUE}


def test_a_quote_counts_as_broken_under_a_verdict() -> None:
    assert reasons(facts(quotes_broken=1, evidence=[evidence("context")])) == {}
    assert Reason.QUOTE_BROKEN in reasons(facts(quotes_broken=1, verdicts=[verdict("unproven")]))


@pytest.mark.parametrize(
    ("dates", "since"),
    [
        ({"seen": "2026-11-10"}, None),
        ({"seen": "2026-11-11"}, date(2026, 11, 11)),
        ({"date": "2026-11-12", "seen": None}, date(2026, 11, 12)),
        ({"date": "2020-01-01", "seen": "2026-11-15"}, date(2026, 11, 15)),
        ({"date": "2026-11", "seen": None}, None),
        ({"date": "2026-12", "seen": None}, date(2026, 12, 1)),
        ({"seen": None}, None),
    ],
)
def test_evidence_is_new_if_its_date_or_its_being_seen_is_wholly_after_the_verdict(
    dates: Record, since: date | None
) -> None:
    judged = [verdict("mixed", "2026-11-10", as_of="2021-03-26")]

    found = reasons(facts(verdicts=judged, evidence=[evidence("supports", **dates)]))

    assert found == ({Reason.NEW_EVIDENCE: since} if since else {})


def test_context_is_no_new_evidence_and_without_a_verdict_nothing_is_new() -> None:
    assert reasons(facts(verdicts=[verdict("mixed", "2026-01-01")], evidence=[evidence("context")])) == {}
    assert reasons(facts(evidence=[evidence("supports")])) == {}


def test_evidence_both_ways_is_contested_unless_the_verdict_says_just_that() -> None:
    both: Record = {"evidence": TWO_SIDES}

    assert reasons(facts(**both)) == {Reason.CONTESTED: date(2026, 11, 20)}
    assert Reason.CONTESTED in reasons(facts(verdicts=[verdict("mostly true")], **both))
    assert reasons(facts(verdicts=[verdict("mixed")], **both)) == {}
    assert reasons(facts(verdicts=[verdict("ambiguous")], **both)) == {}


def test_a_verdict_on_one_origin_or_none_is_thin() -> None:
    one = [evidence("refutes", via=["Reuters"]), evidence("refutes", "B", via=["Reuters"])]
    two = [evidence("refutes", "A"), evidence("refutes", "B")]

    assert reasons(facts(verdicts=[verdict("false")], evidence=one)) == {Reason.THIN_EVIDENCE: TODAY}
    assert reasons(facts(verdicts=[verdict("false")])) == {Reason.THIN_EVIDENCE: TODAY}
    assert reasons(facts(verdicts=[verdict("false")], evidence=two)) == {}


@pytest.mark.parametrize("reason", ["contested", "thin-evidence", "untouched", "overdue", "due-soon"])
def test_what_is_allowed_was_looked_at(reason: str) -> None:
    records: dict[str, Record] = {
        "contested": {"evidence": TWO_SIDES},
        "thin-evidence": {"verdicts": [verdict("true")]},
        "untouched": {},
        "overdue": {"due": "2024", "evidence": [evidence("context")]},
        "due-soon": {"due": "2026-11", "evidence": [evidence("context")]},
    }

    assert list(reasons(facts(**records[reason]))) == [reason]
    assert reasons(facts(allow=[reason], **records[reason])) == {}


def test_nobody_can_allow_a_broken_quote() -> None:
    summary = facts(quotes_broken=1, verdicts=[verdict("unproven")], allow=["quote-broken"])

    assert list(reasons(summary)) == [Reason.QUOTE_BROKEN]


def test_claims_that_contradict_each_other_and_are_both_held_true_are_both_in_it() -> None:
    grounds = [evidence("supports", "A"), evidence("supports", "B")]
    one = facts("one", verdicts=[verdict("true", "2026-11-20")], evidence=grounds)
    other = facts(
        "other",
        verdicts=[verdict("mostly true")],
        evidence=grounds,
        relations=[{"to": "one", "as": "contradicts"}],
    )
    refuted = facts("refuted", relations=[{"to": "one", "as": "contradicts"}], verdicts=[verdict("mixed")])

    found = queue([one, other, refuted], SEEN_FROM)

    assert [(item.id, [why.reason for why in item.reasons]) for item in found] == [
        ("one", [Reason.CONTRADICTED]),
        ("other", [Reason.CONTRADICTED]),
    ]
    assert found[0].reasons[0].since == TODAY
    assert found[0].reasons[0].detail == "rated true, and so is other"


def test_an_open_claim_is_untouched_once_patience_has_gone_by() -> None:
    seen = facts(evidence=[evidence("context", seen="2026-08-23")])
    forecast = {"date": "2026-09-30", "probability": 0.5}

    assert reasons(seen, date(2026, 11, 21)) == {}
    assert reasons(seen, date(2026, 11, 22)) == {Reason.UNTOUCHED: date(2026, 11, 22)}
    assert reasons(facts(evidence=[evidence("context", seen="2026-08-01")], forecasts=[forecast])) == {}
    assert reasons(facts(verdicts=[verdict("unproven", "2026-09")])) == {}


def test_a_claim_on_which_no_work_is_on_record_is_as_old_as_its_latest_source() -> None:
    fresh = source("The Post", date="2026-11-01")

    assert list(reasons(facts())) == [Reason.UNTOUCHED]
    assert reasons(facts(sources=[source(), fresh])) == {}


def test_the_book_says_how_long_is_too_long() -> None:
    summary = facts(evidence=[evidence("context", seen="2026-11-10")])

    assert queue([summary], SEEN_FROM, timedelta(days=7))
    assert not queue([summary], SEEN_FROM, timedelta(days=14))


RECORDS = st.fixed_dictionaries(
    {},
    optional={
        "due": st.sampled_from(["2024", "2026-11", "2026-12-01", "2030"]),
        "review_on": st.sampled_from(["2026-01-01", "2026-10", "2027"]),
        "evidence": st.sampled_from([TWO_SIDES, TWO_SIDES[:1], [evidence("context", seen="2026-01-01")]]),
        "verdicts": st.sampled_from(
            [[verdict("true", "2026-06-01")], [verdict("unproven", "2026-01-01")], [verdict("mixed")]]
        ),
        "relations": st.sampled_from([[{"to": "c0", "as": "contradicts"}]]),
        "allow": st.sampled_from([["contested"], ["untouched"]]),
        "quotes_broken": st.sampled_from([1, 2]),
    },
)


@given(records=st.lists(RECORDS, max_size=8), data=st.data())
def test_the_order_does_not_depend_on_that_of_the_claims(records: list[Record], data: st.DataObject) -> None:
    claims = [facts(f"c{i}", **record) for i, record in enumerate(records)]
    shuffled = data.draw(st.permutations(claims))

    assert queue(shuffled, SEEN_FROM) == queue(claims, SEEN_FROM)


@given(records=st.lists(RECORDS, max_size=8))
def test_each_claim_is_there_once_with_its_reasons_by_weight_and_the_weightiest_first(
    records: list[Record],
) -> None:
    found = queue([facts(f"c{i}", **record) for i, record in enumerate(records)], SEEN_FROM)

    assert len({item.id for item in found}) == len(found)
    assert all(weights(item) == sorted(set(weights(item))) for item in found)
    assert [weights(item)[0] for item in found] == sorted(weights(item)[0] for item in found)
    for first, second in pairwise(found):
        if weights(first)[0] == weights(second)[0]:
            assert rank(first) < rank(second)


def weights(item: Item) -> list[int]:
    return [list(Reason).index(why.reason) for why in item.reasons]


def rank(item: Item) -> tuple[date, str]:
    return item.reasons[0].since or date.max, item.id


def test_the_queue_of_this_book_is_worth_going_through(claimbook: Run) -> None:
    items = json.loads(claimbook("queue", "--json").out)["items"]

    assert 0 < len(items) < 30
    assert {why["reason"] for item in items for why in item["reasons"]} == {"contested", "thin-evidence"}


def test_an_edit_of_an_article_and_a_broken_quote_bring_settled_claims_back(
    claimbook: Run, example: Path
) -> None:
    article = example / "seeds/2021-03-26-want-xiaomi.md"
    article.write_text(
        article.read_text().replace("werkt het bedrijf naar verluidt samen", "werkt het samen")
    )

    items = json.loads(claimbook("queue", "article:2021-03-26-want-xiaomi", "--json").out)["items"]

    first = items[0]
    assert first["id"] == "xiaomi-great-wall-cooperation"
    assert [why["reason"] for why in first["reasons"]] == ["quote-broken", "article-changed"]
    assert {why["reason"] for item in items for why in item["reasons"]} >= {"article-changed"}


def test_snoozing_is_a_review_day_in_the_future(claimbook: Run) -> None:
    claim = "chinese-brands-own-technology"
    assert claim in claimbook("queue").out

    assert claimbook("set", claim, "review_on", "2027-01").code == 0

    assert claim not in claimbook("queue").out


def test_reasons_are_told_with_what_they_rest_on(claimbook: Run) -> None:
    result = claimbook("queue", "id:apple-car-2024")

    claim, reason = result.out.splitlines()
    assert claim.startswith("✗ false          apple-car-2024  2024        A passenger car")
    assert reason.startswith("    thin-evidence since 2026-11-21: ")
    assert reason.endswith("all evidence that it is false goes back to Bloomberg, 2024-02-27")
    assert "1 claim wants a look: 1 thin-evidence." in result.err


def test_a_filter_never_hides_what_a_claim_contradicts(claimbook: Run, example: Path) -> None:
    path = example / "claims/xiaomi/xiaomi-own-brand.yaml"
    text = path.read_text().replace(
        "relations:\n", "relations:\n  - to: xiaomi-no-sub-brand\n    as: contradicts\n"
    )
    path.write_text(text)

    for claim, other in (
        ("xiaomi-own-brand", "xiaomi-no-sub-brand"),
        ("xiaomi-no-sub-brand", "xiaomi-own-brand"),
    ):
        (item,) = json.loads(claimbook("queue", f"id:{claim}", "--json").out)["items"]
        assert [(why["reason"], other in why["detail"]) for why in item["reasons"]] == [
            ("contradicted", True)
        ]


def test_an_empty_queue_says_so(claimbook: Run) -> None:
    result = claimbook("queue", "unfindable")

    assert (result.code, result.out) == (0, "")
    assert "wants a look" in result.err


def test_the_summary_says_what_is_due_and_why(claimbook: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMBOOK_TODAY", "2028-07-01")

    result = claimbook()

    assert "Wants a look: " in result.out
    assert "overdue since 2028-07-01: it was due by 2028-06-30" in result.out
    assert json.loads(claimbook("--json").out)["queue"]["reasons"]["overdue"] == 2


@pytest.mark.parametrize("command", ["queue", "track", "timeline"])
def test_records_that_cannot_be_read_are_named_beside_the_answer(
    claimbook: Run, example: Path, command: str
) -> None:
    (example / GREAT_WALL).write_text("claim: [\n")

    for arguments in ((command,), (command, "--json")):
        result = claimbook(*arguments)
        assert result.code == 0
        assert GREAT_WALL in result.err


@pytest.mark.parametrize(
    "module", ["queue", "origins", "suggestions", "lineage", "trackrecord", "scoring", "timeline"]
)
def test_what_answers_from_facts_needs_neither_pydantic_nor_yaml(module: str) -> None:
    heavy = {"pydantic", "yaml", "click", "textual", "rich"}
    probe = (
        f"import sys, claimbook.review.{module}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    )

    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)

    assert not heavy & set(done.stdout.split())
