"""Track records: who counts for what, how it is counted, and what is told of it."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimbook.record.summary import Summary
from claimbook.review.scoring import FEWEST, Said, Tally, brier, calibration, wilson
from claimbook.review.trackrecord import Record, Role, track_records
from claimbook.review.words import Standpoint
from conftest import Run
from facts import SEEN_FROM, TODAY, facts, source, verdict

Counts = dict[tuple[str, str], tuple[int, int, int]]


def counted(*summaries: Summary, today: date = TODAY, names: dict[str, str] | None = None) -> Counts:
    """Return what is scored, as true, false and mixed, by name and role; `~` marks hedged."""
    found: Counts = {}
    for record in track_records(summaries, Standpoint(today, names or {})):
        for role in Role:
            for hedged in (False, True):
                tally = record.tally(role, hedged=hedged)
                if tally.scored or tally.mixed:
                    key = record.name or "", f"{'~' * hedged}{role}"
                    found[key] = (tally.true, tally.false, tally.mixed)
    return found


def rated(rating: str, *sources: dict[str, Any], **record: Any) -> Summary:
    return facts(sources=list(sources), verdicts=[verdict(rating)], **record)


@pytest.mark.parametrize(
    ("true", "number", "low", "high"),
    [
        # Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17
        # (1998), table I, method 3: Wilson's score interval.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilsons_interval_has_the_values_that_are_known(
    true: int, number: int, low: float, high: float
) -> None:
    assert wilson(true, number) == pytest.approx((low, high), abs=0.00005)


@given(true=st.integers(0, 500), false=st.integers(0, 500))
def test_an_interval_holds_its_share_and_is_the_mirror_of_its_opposite(true: int, false: int) -> None:
    number = max(1, true + false)
    true = min(true, number)
    low, high = wilson(true, number)

    assert 0 <= low <= true / number <= high <= 1
    assert low < high
    assert wilson(number - true, number) == pytest.approx((1 - high, 1 - low))


@given(true=st.integers(0, 50), false=st.integers(0, 50))
def test_more_of_the_same_makes_an_interval_narrower(true: int, false: int) -> None:
    number = max(1, true + false)
    true = min(true, number)
    low, high = wilson(true, number)
    narrower_low, narrower_high = wilson(true * 4, number * 4)

    assert narrower_high - narrower_low < high - low


def test_under_five_there_is_no_share() -> None:
    few, enough = Tally(true=FEWEST - 1, mixed=9), Tally(true=FEWEST - 1, false=1)

    assert (few.scored, few.share, few.interval) == (4, None, None)
    assert (enough.scored, enough.share) == (5, 0.8)
    assert enough.interval == wilson(4, 5)


def test_an_original_report_counts_apart_from_a_relay() -> None:
    relayed = source("The Post", stance="relays", via=["Reuters", {"anonymous": "two people"}])

    assert counted(rated("mostly true", source(), relayed)) == {
        ("The Paper", "origin"): (1, 0, 0),
        ("The Post", "relay"): (1, 0, 0),
        ("Reuters", "origin"): (1, 0, 0),
    }


def test_whoever_stands_on_the_way_relays() -> None:
    chain = source(stance="relays", via=["Reuters", "Financial Times", {"anonymous": "people"}])

    assert counted(rated("false", chain)) == {
        ("The Paper", "relay"): (0, 1, 0),
        ("Reuters", "relay"): (0, 1, 0),
        ("Financial Times", "origin"): (0, 1, 0),
    }


def test_one_that_repeats_its_own_report_is_its_origin_and_no_relay() -> None:
    chain = source(stance="relays", via=["Reuters", "Reuters"])

    assert counted(rated("true", chain))["Reuters", "origin"] == (1, 0, 0)
    assert ("Reuters", "relay") not in counted(rated("true", chain))


def test_a_relay_of_unknown_origin_is_a_relay_and_first_hand_is_an_origin() -> None:
    assert counted(rated("true", source(stance="relays"))) == {("The Paper", "relay"): (1, 0, 0)}
    assert counted(rated("true", source(stance="relays", via=[]))) == {("The Paper", "origin"): (1, 0, 0)}


def test_three_passages_of_one_report_count_once() -> None:
    passages = [source(stance="relays", via=["Reuters"], quote=quote) for quote in ("a", "b", "c")]

    assert counted(rated("true", *passages))["Reuters", "origin"] == (1, 0, 0)


def test_other_names_are_the_one_that_is_meant() -> None:
    chains = [source(stance="relays", via=[name]) for name in ("GWM", "Great Wall Motor")]

    found = counted(rated("true", *chains), names={"gwm": "Great Wall Motor"})

    assert found["Great Wall Motor", "origin"] == (1, 0, 0)


@pytest.mark.parametrize(
    ("rating", "scores"),
    [
        ("true", (1, 0, 0)),
        ("mostly true", (1, 0, 0)),
        ("mixed", (0, 0, 1)),
        ("mostly false", (0, 1, 0)),
        ("false", (0, 1, 0)),
        ("unproven", None),
        ("ambiguous", None),
        ("void", None),
        ("outdated", None),
    ],
)
def test_only_ratings_on_the_scale_count(rating: str, scores: tuple[int, int, int] | None) -> None:
    assert counted(rated(rating, source())) == ({("The Paper", "origin"): scores} if scores else {})


@pytest.mark.parametrize("rating", ["true", "false"])
def test_a_source_that_denies_counts_inverted_and_one_that_doubts_not_at_all(rating: str) -> None:
    denied = rated(rating, source(stance="denies"), source("The Post", stance="doubts"))

    (score,) = counted(denied).values()
    assert score == ((0, 1, 0) if rating == "true" else (1, 0, 0))


def test_who_asserts_and_denies_the_same_is_right_once_and_wrong_once() -> None:
    assert counted(rated("true", source(), source(stance="denies"))) == {("The Paper", "origin"): (1, 1, 0)}


@pytest.mark.parametrize(
    ("due", "scored"), [("2026-11-20", True), ("2026-11-21", False), ("2026", False), (None, False)]
)
def test_a_prediction_counts_once_its_day_is_past(due: str | None, *, scored: bool) -> None:
    """An early success says nothing of those that may yet fail."""
    summary = rated("true", source(), kind="prediction", due=due)
    (record,) = track_records([summary], SEEN_FROM)

    assert bool(counted(summary)) is scored
    assert (record.not_due, record.unscored) == (0 if scored else 1, 0)


def test_a_rumour_with_a_last_day_waits_for_it_too() -> None:
    assert counted(rated("false", source(), due="2027")) == {}
    assert counted(rated("false", source(), due="2027"), today=date(2028, 1, 1))


def test_hedged_counts_apart_from_plain() -> None:
    hedged = source(certainty="hedged")

    assert counted(rated("true", hedged)) == {("The Paper", "~origin"): (1, 0, 0)}
    assert counted(rated("true", hedged, source())) == {("The Paper", "origin"): (1, 0, 0)}


@pytest.mark.parametrize(
    ("certainty", "fidelity", "of_the_origin"),
    [
        ("plain", "accurate", "origin"),
        ("hedged", "accurate", "~origin"),
        ("plain", "strengthened", "~origin"),
        ("hedged", "weakened", "origin"),
    ],
)
def test_how_sure_an_origin_was_is_not_what_an_article_made_of_it(
    certainty: str, fidelity: str, of_the_origin: str
) -> None:
    relayed = source(stance="relays", via=["Reuters"], certainty=certainty, fidelity=fidelity)

    found = counted(rated("true", relayed))

    assert ("Reuters", of_the_origin) in found
    assert ("The Paper", "relay" if certainty == "plain" else "~relay") in found


def test_a_distortion_is_nobodys_but_its_publishers() -> None:
    chain = source(stance="relays", via=["Reuters", "Hyundai"], by="Hyundai", fidelity="distorted")

    assert counted(rated("false", chain)) == {("The Paper", "relay"): (0, 1, 0)}


def test_a_claimant_counts_as_one_and_not_as_the_origin_too() -> None:
    chain = source(stance="relays", via=["Reuters", "BMW"], by="BMW")

    assert counted(rated("true", chain)) == {
        ("The Paper", "relay"): (1, 0, 0),
        ("Reuters", "relay"): (1, 0, 0),
        ("BMW", "claimant"): (1, 0, 0),
    }


def test_that_a_statement_was_made_counts_for_its_relays_alone() -> None:
    """Nissan gets no credit for having said what it said."""
    named = source(stance="relays", via=["Reuters", "Nissan"], by="Nissan")
    unsaid = source("The Post", stance="relays", via=["AFP", "Nissan"])
    unnamed = source("The Times", stance="relays", via=["Bloomberg", {"anonymous": "a spokeswoman"}])
    own = source("The Herald")

    assert counted(rated("true", named, unsaid, unnamed, own, kind="statement")) == {
        (name, "relay"): (1, 0, 0)
        for name in ("The Paper", "Reuters", "The Post", "AFP", "The Times", "Bloomberg", "The Herald")
    }


def test_what_does_not_count_is_counted_as_such() -> None:
    (record,) = track_records([facts("open"), rated("void", source())], SEEN_FROM)

    assert (record.name, record.not_due, record.unscored, record.weight) == ("The Paper", 0, 2, 0)


CLAIMS = st.lists(
    st.tuples(
        st.sampled_from(["true", "mixed", "false", "unproven"]),
        st.lists(
            st.builds(
                source,
                st.sampled_from([None, "The Post"]),
                stance=st.sampled_from(["asserts", "relays", "denies", "doubts"]),
                via=st.sampled_from([None, [], ["Reuters"], ["the post", "REUTERS"]]),
                certainty=st.sampled_from(["plain", "hedged"]),
            ),
            min_size=1,
            max_size=4,
        ),
    ),
    max_size=6,
)


@given(claims=CLAIMS, data=st.data())
def test_the_order_of_claims_and_sources_does_not_matter(
    claims: list[tuple[str, list[dict[str, Any]]]], data: st.DataObject
) -> None:
    drawn = [facts(f"c{i}", sources=s, verdicts=[verdict(r)]) for i, (r, s) in enumerate(claims)]
    mixed = [
        facts(f"c{i}", sources=data.draw(st.permutations(s)), verdicts=[verdict(r)])
        for i, (r, s) in enumerate(claims)
    ]

    assert folded(counted(*data.draw(st.permutations(mixed)))) == folded(counted(*drawn))


def folded(counts: Counts) -> Counts:
    return {(name.casefold(), role): score for (name, role), score in counts.items()}


def forecasters(*summaries: Summary) -> dict[str | None, list[Said]]:
    return {
        record.name: record.forecasts for record in track_records(summaries, SEEN_FROM) if record.forecasts
    }


def forecast(probability: float, day: str = "2026-01-01", by: str | None = "ann") -> dict[str, Any]:
    return {"date": day, "probability": probability, "by": by}


def test_a_brier_score_is_the_mean_square_of_the_misses() -> None:
    right = rated("true", source(), forecasts=[forecast(0.9), forecast(0.4, by="bob")])
    wrong = facts("other", verdicts=[verdict("mostly false")], forecasts=[forecast(0.5)])

    found = forecasters(right, wrong)

    assert brier(found["ann"]) == pytest.approx((0.1**2 + 0.5**2) / 2)
    assert brier(found["bob"]) == pytest.approx(0.6**2)
    assert brier([]) is None


def test_saying_it_often_does_not_weigh_more() -> None:
    said = [Said("a", 1.0, came_true=True)] * 9 + [Said("b", 1.0, came_true=False)]

    assert brier(said) == pytest.approx(0.5)


@given(
    st.lists(st.builds(Said, st.sampled_from("abc"), st.floats(0, 1), came_true=st.booleans()), min_size=1)
)
def test_a_brier_score_lies_between_the_best_and_the_worst(said: list[Said]) -> None:
    score = brier(said)
    table = calibration(said)

    assert score is not None
    assert 0 <= score <= 1
    assert sum(step.number for step in table) == len(said)
    for step in table:
        assert step.low - 1e-6 <= step.forecast <= step.high + 1e-6


def test_calibration_says_how_often_what_was_held_so_likely_came_true() -> None:
    said = [Said("a", 0.8, came_true=True), Said("b", 0.9, came_true=False), Said("c", 0.1, came_true=False)]

    low, high = calibration(said)

    assert (low.low, low.high, low.number, low.came_true) == (0, 0.2, 1, 0)
    assert (high.low, high.high, high.number, high.came_true) == (0.8, 1, 2, 0.5)
    assert high.forecast == pytest.approx(0.85)


def test_a_forecast_counts_if_it_was_given_before_the_claim_was_settled() -> None:
    verdicts = [
        *(verdict("true", "2026-01-05"), verdict("unproven", "2026-02-01")),
        *(verdict("mostly true", "2026-06-01"), verdict("true", "2026-07-01")),
    ]
    said = [forecast(0.5, "2026-02-02"), forecast(0.7, "2026-06-01"), forecast(1, "2026-06-02")]

    found = forecasters(facts(verdicts=verdicts, forecasts=said))

    assert [item.probability for item in found["ann"]] == [0.5, 0.7]


def test_forecasts_on_what_is_mixed_or_not_due_wait() -> None:
    assert not forecasters(rated("mixed", source(), forecasts=[forecast(0.5)]))
    assert not forecasters(rated("true", source(), forecasts=[forecast(0.5)], kind="prediction", due="2030"))


def test_a_forecast_by_nobody_is_not_lost() -> None:
    assert list(forecasters(rated("true", source(), forecasts=[forecast(0.5, by=None)]))) == [None]


def test_every_name_has_every_key_that_is_promised(claimbook: Run) -> None:
    names = json.loads(claimbook("track", "--json").out)["names"]

    reuters = next(row for row in names if row["name"] == "Reuters")
    assert set(reuters) == {
        *("name", "as_origin", "as_relay", "as_claimant", "not_due", "unscored"),
        *("brier", "forecasts", "calibration", "claims"),
    }
    tally = {"scored", "true", "false", "mixed", "share", "low", "high"}
    assert set(reuters["as_origin"]) == {*tally, "hedged"}
    assert set(reuters["as_origin"]["hedged"]) == tally
    assert len({row["name"] for row in names}) == len(names)


def test_the_shares_of_this_book_are_told_with_their_n_and_none_under_five(claimbook: Run) -> None:
    for row in json.loads(claimbook("track", "--json").out)["names"]:
        for role in ("as_origin", "as_relay", "as_claimant"):
            for tally in (row[role], row[role]["hedged"]):
                assert tally["scored"] == tally["true"] + tally["false"]
                assert (tally["share"] is None) == (tally["scored"] < FEWEST)
                assert (tally["low"] is None) == (tally["share"] is None)


def test_nissan_gets_no_credit_for_saying_what_it_said(claimbook: Run) -> None:
    (nissan,) = json.loads(claimbook("track", "Nissan", "--json").out)["names"]

    assert nissan["as_origin"]["scored"] == nissan["as_claimant"]["scored"] == 0
    assert "nissan-told-reuters-no-talks" in [claim["id"] for claim in nissan["claims"]]


def test_the_definitions_stand_where_the_numbers_are(claimbook: Run) -> None:
    out = claimbook("track").out

    assert "Wilson's 95 % interval; none where n is under 5" in out
    assert "A prediction, and whatever else has a last day" in out
    assert "Brier" not in out


def test_a_name_is_told_with_the_claims_that_it_rests_on(claimbook: Run) -> None:
    out = claimbook("track", "reuters").out

    assert "Reuters: 21 claims" in out
    assert any(
        line.split() == ["false", "xiaomi-great-wall-cooperation", "origin", "mostly", "false"]
        for line in out.splitlines()
    )


def test_forecasts_are_told_with_their_score_and_calibration(claimbook: Run, example: Path) -> None:
    path = example / "claims/xiaomi/xiaomi-own-brand.yaml"
    said = "forecasts:\n  - date: 2023-01-01\n    probability: 0.9\n    by: ann\n\nverdicts:"
    path.write_text(path.read_text().replace("verdicts:", said, 1))

    out = claimbook("track", "ann").out

    assert "ann: 1 forecast on 1 claim, Brier score 0.010" in out
    assert "held 80% to 100% likely: 1, on average 90%, and 1 of 1 came true" in out
    assert "Brier score  The mean square by which forecasts missed" in out
    assert not out.startswith("\n")
    (row,) = json.loads(claimbook("track", "ann", "--json").out)["names"]
    assert row["brier"] == pytest.approx(0.01)


def test_a_name_that_nobody_has_gets_the_nearest_one(claimbook: Run) -> None:
    result = claimbook("track", "Reutrs")

    assert (result.code, result.out) == (0, "")
    assert "Did you mean Reuters?" in result.err


def test_those_with_most_to_tell_stand_first() -> None:
    records = track_records([rated("true", source()), facts("b", sources=[source("Aaa")])], SEEN_FROM)

    assert [record.name for record in records] == ["The Paper", "Aaa"]
    assert isinstance(records[0], Record)
