"""The filter language, on the command line and in the desk."""

from datetime import date
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claimbook.record.summary import Summary
from claimbook.review.filters import FIELDS, FilterError, fold, parse
from claimbook.review.words import Filter, Standpoint
from summaries import evidence, named, relayed, summary, verdict

SEEN = Standpoint(date(2026, 11, 21), {"GWM": "Great Wall Motor"})

CAR = summary(
    "apple-car-2024",
    claim="Apple brengt in 2024 een coöperatie-auto uit.",
    kind="prediction",
    about=["Apple", "3M"],
    tags=["ev", "manufacturing"],
    status="settled",
    due="2024",
    review_on="2027-01",
    assigned="ann",
    sources=[
        relayed("want", named("Reuters", "2021-03-26"), quote="De iPhone-maker is naar verluidt bezig"),
        relayed("autowereld", named("Reuters", "2021-03-26"), note="Zie https://example.org/auto"),
    ],
    evidence=[evidence("refutes", "Bloomberg"), evidence("supports")],
    verdicts=[verdict("mostly false")],
)


def matches(text: str, claim: Summary = CAR) -> bool:
    return parse(text).matches(claim, SEEN)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "apple",
        "apple-car",
        "iphone bezig",
        "coop",
        "cooperatie",
        "coöp",
        '"naar verluidt"',
        "Apple",
        "not:huawei",
        "-huawei",
        '-"naar binnen"',
        "not:not:apple",
        "https://example.org/auto",
        "example.org",
        "reuters",
        "bloomberg",
        "id:car-2024",
        "kind:prediction",
        "KIND:Prediction",
        "status:settled",
        "rating:mostly-false",
        'rating:"mostly false"',
        "about:apple",
        "about:3m",
        "tag:ev",
        "article:auto",
        "publisher:want",
        "via:reuters",
        "assigned:ann",
        "due:2024",
        "due:2024-06",
        "due:..2024",
        "due:..2024-12-31",
        "due:2024..",
        "due:2023..2025",
        "due:..",
        "due:<2025",
        "due:<=2024",
        "due:>2023",
        "due:>=2024-01-01",
        "said:2021-03",
        "said:2021-04-15",
        "judged:2026..",
        "review:..2027-01",
        "is:contested",
        "is:single-origin",
        "origins:1",
        "origins:1..",
        "origins:..2",
        "not:due:2025",
        "-is:overdue",
        "-status:open kind:prediction apple",
    ],
)
def test_a_claim_passes(text: str) -> None:
    assert matches(text)


@pytest.mark.parametrize(
    "text",
    [
        "huawei",
        "apple huawei",
        '"verluidt naar"',
        "IPHONE",
        "BEZIG",
        "not:apple",
        "-apple",
        "not:not:huawei",
        "id:xiaomi",
        "kind:rumour",
        "status:open",
        "rating:false",
        "about:iphone",
        "tag:evs",
        "article:apparata",
        "publisher:mint",
        "via:ap",
        "assigned:bob",
        "due:2025",
        "due:..2024-06",
        "due:2024-06..",
        "due:2025..",
        "due:<2024",
        "due:>2024",
        "due:<=2024-11",
        "said:2020",
        "judged:..2025",
        "review:2026",
        "is:overdue",
        "is:hedged",
        "origins:2",
        "origins:2..",
        "origins:0",
        "not:due:2024",
    ],
)
def test_a_claim_does_not_pass(text: str) -> None:
    assert not matches(text)


def test_a_word_with_a_capital_minds_capitals() -> None:
    assert matches("iPhone")
    assert not matches("Iphone")
    assert matches("Coöperatie", summary(claim="Coöperatie"))
    assert not matches("Coöperatie", summary(claim="coöperatie"))


@pytest.mark.parametrize("field", ["due", "judged", "review"])
def test_a_date_that_is_missing_never_matches(field: str) -> None:
    plain = summary()

    for value in ("2024", "..2024", "2024..", ".."):
        assert not matches(f"{field}:{value}", plain)
        assert matches(f"not:{field}:{value}", plain)


def test_an_origin_that_may_be_one_or_two_is_neither_surely() -> None:
    unsure = summary(sources=[relayed("want", "Reuters"), relayed("autowereld")])

    assert not matches("origins:1", unsure)
    assert not matches("origins:2", unsure)
    assert matches("origins:1..2", unsure)


def test_the_names_of_the_book_count_for_origins() -> None:
    wall = summary(sources=[relayed("want", "GWM"), relayed("autowereld", "Great Wall Motor")])

    assert matches("origins:1 is:single-origin", wall)


def test_matching_keeps_the_order_of_claims() -> None:
    claims = [summary("b"), CAR, summary("a")]

    assert [claim.id for claim in parse("kind:rumour").select(claims, SEEN)] == ["b", "a"]


def test_the_words_to_mark_are_those_that_are_looked_for() -> None:
    found = parse('apple "naar verluidt" -huawei not:bmw kind:rumour https://example.org')

    assert found.words == ("apple", "naar verluidt", "https://example.org")
    assert found.text.startswith("apple")
    assert parse("") == Filter()


WRONG: dict[str, tuple[str, str]] = {
    "knd:rumour": ("knd", "did you mean kind:"),
    "apple knd:rumour": ("knd", "did you mean kind:"),
    "zzz:1": ("zzz", "there are id, kind, status"),
    "note:this": ("note", "put quotes around words with a colon"),
    "kind:rumor": ("rumor", "did you mean rumour?"),
    "kind:": ("kind:", "such as kind:rumour"),
    "due:": ("due:", "such as due:..2024"),
    "rating:pants": ("pants", "write one of true, mostly true"),
    "status:setled": ("setled", "did you mean settled?"),
    "is:overdu": ("overdu", "did you mean overdue?"),
    "due:soon": ("soon", "write a date as 2024"),
    "due:2024-13": ("2024-13", "there is no month 13"),
    "due:<": ("<", "write a date as 2024"),
    "due:<>2024": ("<>2024", "write a date as 2024"),
    "due:2025..2024": ("2025..2024", "this runs backwards: write 2024..2025"),
    "due:..soon": ("..soon", "write a date as 2024"),
    "origins:one": ("one", "write a number"),
    "origins:..": ("..", "write a number"),
    'about:"Great Wall': ('about:"Great Wall', 'close the phrase with "'),
    'apple "x': ('"x', 'close the phrase with "'),
    '""': ('""', "write a word here"),
    "-": ("-", "write a word here"),
    "not:": ("not:", "write a word here"),
    "a not: b": ("not:", "write a word here"),
}


@pytest.mark.parametrize("text", WRONG)
def test_a_filter_that_cannot_be_read_is_told_where_and_what_to_write(text: str) -> None:
    spot, message = WRONG[text]

    with pytest.raises(FilterError) as caught:
        parse(text)

    assert text[caught.value.start : caught.value.end] == spot
    assert message in str(caught.value)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_every_fields_example_can_be_read(field: Any) -> None:
    assert field.example.startswith(f"{field.name}:")
    assert field.help

    parse(field.example).matches(CAR, SEEN)
    parse(f"-{field.example} not:{field.example}").matches(summary(), SEEN)


PIECES = [
    "not:",
    "-",
    '"',
    " ",
    ":",
    "..",
    "<",
    ">=",
    "due:",
    "is:",
    "origins:",
    "kind",
    "2024",
    "é",
    "\n",
    "//",
]


@settings(max_examples=400)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=8).map("".join))
@example("due:<")
@example("origins:" + "9" * 5000)
def test_any_text_is_a_filter_or_an_error_with_a_spot(text: str) -> None:
    problem: FilterError | None = None
    found = Filter()
    try:
        found = parse(text)
    except FilterError as error:
        problem = error

    found.matches(CAR, SEEN)
    if problem is not None:
        assert 0 <= problem.start < problem.end <= len(text)
        assert str(problem)


@given(st.text(st.characters(exclude_characters='"', codec="utf-8"), min_size=1).filter(str.strip))
def test_a_phrase_finds_the_text_that_it_quotes(text: str) -> None:
    assert matches(f'"{text}"', summary(claim=f"x {text} y"))


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
