"""New claims, and what is appended to them, through the command line: what lands in the files."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimbook.book.book import Book
from claimbook.book.drafting import new_claim
from claimbook.book.ids import problem_with
from claimbook.book.refusals import Refused
from claimbook.record.reading import read_record
from claimbook.record.refusal import EditRefused
from conftest import REPOSITORY, Result, Run

WANT = "2021-03-26-want-xiaomi"
BRAND = "claims/xiaomi/xiaomi-own-brand.yaml"
OPEN = "ai-decides-car-choice"
BAODING = (
    *("new", "Great Wall Motor is based in Baoding.", "--kind", "fact"),
    *("--article", WANT, "--quote", "is gevestigd in Baoding"),
)


def show(claimbook: Run, identifier: str) -> dict[str, object]:
    record: dict[str, object] = json.loads(claimbook("show", identifier, "--json").out)
    return record


def snapshot(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_a_new_claim_is_laid_out_as_records_are(claimbook: Run, example: Path) -> None:
    result = claimbook(
        *BAODING,
        *("--about", "Great Wall Motor", "--tags", "industry, china", "--folder", "great-wall"),
        *("--via", "Reuters@2021-03-26", "--via", "anonymous:three people", "--note", "In passing: no more."),
    )

    assert (result.code, result.out) == (0, "great-wall-motor-is-based-in-baoding\n"), result.err
    assert (example / "claims/great-wall/great-wall-motor-is-based-in-baoding.yaml").read_text() == (
        "# yaml-language-server: $schema=../.schema.json\n"
        "claim: Great Wall Motor is based in Baoding.\n\n"
        "kind: fact\n\n"
        "about: [Great Wall Motor]\n\n"
        "tags: [industry, china]\n\n"
        "status: open\n\n"
        "sources:\n"
        f"  - article: {WANT}\n"
        "    quote: is gevestigd in Baoding\n"
        "    stance: relays\n"
        "    certainty: plain\n"
        "    via:\n"
        "      - name: Reuters\n"
        "        report: 2021-03-26\n"
        "      - anonymous: three people\n"
        "    note: 'In passing: no more.'\n"
    )
    assert claimbook("check", "claims/great-wall/great-wall-motor-is-based-in-baoding.yaml").code == 0


def test_a_new_claim_can_be_undone(claimbook: Run, example: Path) -> None:
    before = snapshot(example / "claims")

    assert claimbook(*BAODING).code == 0
    assert claimbook("undo").code == 0

    assert snapshot(example / "claims") == before


def test_a_dry_run_prints_the_record_and_writes_nothing(claimbook: Run, example: Path) -> None:
    before = snapshot(example)

    result = claimbook(*BAODING, "--dry-run")

    assert "+claim: Great Wall Motor is based in Baoding." in result.out
    assert snapshot(example) == before


def test_a_new_claim_is_told_for_machines(claimbook: Run) -> None:
    answer = json.loads(claimbook(*BAODING, "--json").out)

    assert answer["id"] == "great-wall-motor-is-based-in-baoding"
    assert answer["file"] == "claims/great-wall-motor-is-based-in-baoding.yaml"
    assert answer["written"] is True
    assert answer["similar"] == []


def test_a_claim_much_like_another_is_named_and_what_to_do(claimbook: Run) -> None:
    quote = ("--article", WANT, "--quote", "Die elektrische auto’s worden mogelijk aangeboden")
    result = claimbook(
        "new", "Xiaomi's electric cars will bear Xiaomi's own brand.", "--kind", "rumour", *quote
    )

    assert result.code == 0
    assert "xiaomi-own-brand: Xiaomi's electric cars bear its own brand." in result.err
    assert (
        "claimbook relate xiaomis-electric-cars-will-bear-xiaomis-own-brand --to xiaomi-own-brand"
        in result.err
    )


def test_the_same_sentence_twice_gets_a_number(claimbook: Run) -> None:
    claimbook(*BAODING)

    assert claimbook(*BAODING).out == "great-wall-motor-is-based-in-baoding-2\n"


def test_what_was_said_elsewhere_needs_who_and_when(claimbook: Run) -> None:
    place = ("--url", "https://example.org/a")

    lacking = claimbook("new", "Acme does.", "--kind", "fact", *place)
    whole = claimbook(
        "new", "Acme does.", "--kind", "fact", *place, "--publisher", "The Paper", "--date", "2024-05"
    )

    assert lacking.code == 2
    assert "--publisher and --date" in lacking.err
    assert whole.code == 0
    assert show(claimbook, "acme-does")["sources"] == [
        {
            "url": "https://example.org/a",
            "publisher": "The Paper",
            "date": "2024-05",
            "stance": "asserts",
            "certainty": "plain",
        }
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("--article", WANT, "--quote", "is gevestigd in Shanghai"), 5, "is gevestigd in Baoding”, seeds/"),
        (("--article", WANT, "--quote", "Zebras grazen vredig bij Utrecht"), 5, "is nowhere in"),
        (("--article", WANT, "--quote", "Great Wall Motor"), 5, "stands 3 times"),
        (("--article", "2021-03-26-want-xiaom", "--quote", "x"), 4, f"did you mean {WANT}?"),
        (("--article", WANT), 2, "--quote is missing"),
        (("--url", "https://example.org", "--article", WANT), 2, "not both"),
        ((), 2, "Say where it stands"),
        (("--article", WANT, "--quote", "x", "--stance", "relay"), 2, "did you mean relays?"),
        (("--article", WANT, "--quote", "x", "--due", "2024-13"), 2, "there is no month 13"),
        (
            ("--article", WANT, "--quote", "x", "--via", "anonymus:two people"),
            2,
            "did you mean anonymous:two",
        ),
        (("--article", WANT, "--quote", "x", "--via", "Reuters@2021-13"), 2, "there is no month 13"),
        (("--article", WANT, "--quote", "x", "--via", " "), 2, "write a name"),
        (("--article", WANT, "--quote", "is gevestigd in Baoding", "--id", "../x"), 5, "may have only a-z"),
        (("--article", WANT, "--quote", "is gevestigd in Baoding", "--id", "apple-car-2024"), 5, "is taken"),
        (("--article", WANT, "--quote", "is gevestigd in Baoding", "--folder", "../.."), 5, "no folder for"),
        (("--url", "ftp://example.org", "--publisher", "A", "--date", "2024"), 5, "http:// or https://"),
        (
            ("--article", WANT, "--quote", "is gevestigd in Baoding", "--via", "A", "--first-hand"),
            2,
            "contradict each other",
        ),
    ],
)
def test_what_would_be_no_claim_is_refused_and_nothing_is_written(
    claimbook: Run, example: Path, arguments: tuple[str, ...], code: int, says: str
) -> None:
    before = snapshot(example)

    result = claimbook("new", "Great Wall Motor is based in Baoding.", "--kind", "fact", *arguments)

    assert (result.code, result.out) == (code, "")
    assert says in result.err
    assert snapshot(example) == before


def test_a_mistyped_kind_gets_the_nearest(claimbook: Run) -> None:
    result = claimbook("new", "x", "--kind", "rumor", "--article", WANT, "--quote", "x")

    assert result.code == 2
    assert "did you mean rumour?" in result.err


def test_words_around_a_quote_single_it_out(claimbook: Run) -> None:
    place = ("--article", WANT, "--quote", "Great Wall Motor", "--before", "samen met")

    assert claimbook("new", "Xiaomi knows somebody.", "--kind", "fact", *place, "--first-hand").code == 0

    assert show(claimbook, "xiaomi-knows-somebody")["sources"] == [
        {
            "article": WANT,
            "quote": "Great Wall Motor",
            "before": "samen met",
            "stance": "asserts",
            "certainty": "plain",
            "via": [],
        }
    ]


def test_a_quote_in_other_quotation_marks_is_written_as_the_article_has_it(claimbook: Run) -> None:
    place = ("--article", WANT, "--quote", "Die elektrische auto's worden mogelijk aangeboden")

    claimbook("new", "Xiaomi sells by itself.", "--kind", "rumour", *place)

    record = show(claimbook, "xiaomi-sells-by-itself")
    assert "elektrische auto’s" in str(record["sources"])
    assert record["quotes"][0]["state"] == "exact"  # type: ignore[index]


def appended(before: str, after: str) -> str:
    """Return what was put in at one place, and see that all else is as it was."""
    start = next(i for i in range(len(before) + 1) if before[: i + 1] != after[: i + 1])
    length = len(after) - len(before)
    for first in range(start, -1, -1):
        if before == after[:first] + after[first + length :] and (first == 0 or after[first - 1] == "\n"):
            return after[first : first + length]
    raise AssertionError("more has changed than one place")


def test_a_source_is_one_more_item(claimbook: Run, example: Path) -> None:
    before = (example / BRAND).read_text()

    result = claimbook(
        *(
            "source",
            "xiaomi-own-brand",
            "--article",
            WANT,
            "--quote",
            "Er wordt dus geen dochtermerk opgezet",
        ),
        *("--via", "Reuters", "--stance", "relays", "--certainty", "hedged"),
    )

    assert (result.code, result.out) == (0, f"{BRAND}\n"), result.err
    assert appended(before, (example / BRAND).read_text()) == (
        f"  - article: {WANT}\n"
        "    quote: Er wordt dus geen dochtermerk opgezet\n"
        "    stance: relays\n"
        "    certainty: hedged\n"
        "    via: [Reuters]\n"
    )


def test_a_source_whose_quote_is_not_there_is_refused(claimbook: Run, example: Path) -> None:
    before = snapshot(example)
    result = claimbook(
        "source", "xiaomi-own-brand", "--article", WANT, "--quote", "Er wordt dus geen submerk opgezet"
    )

    assert result.code == 5
    assert "geen dochtermerk opgezet" in result.err
    assert snapshot(example) == before


def test_evidence_says_when_it_was_read(claimbook: Run) -> None:
    arguments = ("--bearing", "refutes", "--url", "https://example.org/survey", "--publisher", "Example")

    assert claimbook("evidence", OPEN, *arguments, "--note", "Price: first.").code == 0

    evidence = show(claimbook, OPEN)["evidence"]
    assert isinstance(evidence, list)
    assert evidence[-1] == {
        "url": "https://example.org/survey",
        "publisher": "Example",
        "seen": "2026-11-21",
        "bearing": "refutes",
        "note": "Price: first.",
    }


def test_evidence_can_be_a_passage_of_an_article(claimbook: Run) -> None:
    place = ("--article", WANT, "--quote", "Er wordt dus geen dochtermerk opgezet")

    assert claimbook("evidence", OPEN, "--bearing", "context", *place).code == 0
    evidence = show(claimbook, OPEN)["evidence"]
    assert isinstance(evidence, list)
    assert evidence[-1]["quote"] == "Er wordt dus geen dochtermerk opgezet"
    assert "seen" not in evidence[-1]


def test_a_relation_is_to_a_claim_that_there_is(claimbook: Run) -> None:
    done = claimbook("relate", OPEN, "--to", "apple-car-2024", "--as", "depends-on")
    again = claimbook("relate", OPEN, "--to", "apple-car-2024", "--as", "depends on")
    missing = claimbook("relate", OPEN, "--to", "aple-car-2024", "--as", "follows")
    itself = claimbook("relate", OPEN, "--to", OPEN, "--as", "follows")
    odd = claimbook("relate", OPEN, "--to", "apple-car-2024", "--as", "partof")

    assert [result.code for result in (done, again, missing, itself, odd)] == [0, 5, 4, 5, 2]
    assert "did you mean apple-car-2024?" in missing.err
    assert "did you mean part of?" in odd.err
    assert show(claimbook, OPEN)["relations"] == [{"to": "apple-car-2024", "as": "depends on"}]


@pytest.mark.parametrize(
    ("written", "kept"), [("0.2", 0.2), ("60%", 0.6), ("1", 1.0), ("0", 0.0), ("33.3%", 0.333)]
)
def test_a_forecast_is_a_number_from_0_to_1(claimbook: Run, written: str, kept: float) -> None:
    result = claimbook("forecast", OPEN, written, "--why", "A hunch.")

    assert result.code == 0, result.err
    expected = {"date": "2026-11-21", "probability": kept, "by": "ann", "why": "A hunch."}
    assert show(claimbook, OPEN)["forecasts"] == [expected]


@pytest.mark.parametrize("written", ["1.5", "120%", "nan", "likely", "-0.1"])
def test_a_forecast_that_is_no_probability_is_refused(claimbook: Run, written: str) -> None:
    assert claimbook("forecast", OPEN, "--why", "A hunch.", "--", written).code == 2


def test_a_forecast_comes_before_the_verdict(claimbook: Run) -> None:
    late = claimbook("forecast", "apple-car-2024", "0.9", "--why", "I knew it.")
    in_time = claimbook("forecast", "apple-car-2024", "0.9", "--why", "I hoped.", "--date", "2023-01-01")

    assert late.code == 5
    assert "for what is still open" in late.err
    assert in_time.code == 0


def test_what_is_appended_can_be_told_for_machines_without_writing(claimbook: Run, example: Path) -> None:
    before = snapshot(example)

    answer = json.loads(claimbook("forecast", OPEN, "0.5", "--why", "x", "--dry-run", "--json").out)

    assert answer["written"] is False
    assert "probability: 0.5" in answer["changes"][0]["after"]
    assert snapshot(example) == before


def removed(claimbook: Run, *arguments: str) -> Result:
    return claimbook("remove", "apple-car-2024", *arguments)


def test_an_item_is_taken_out_and_nothing_else(claimbook: Run, example: Path) -> None:
    path = example / "claims/apple/apple-car-2024.yaml"
    before = path.read_text()

    assert removed(claimbook, "evidence[2]").code == 0

    gone = appended(path.read_text(), before)
    assert gone.startswith("  - url: https://www.ilounge.com/")
    assert claimbook("undo").code == 0
    assert path.read_text() == before


@pytest.mark.parametrize(
    ("path", "code", "says"),
    [
        ("verdicts[0]", 5, "never taken away"),
        ("verdicts", 5, "never taken away"),
        ("sources[0]", 5, "cannot do without `sources[0]`"),
        ("sources", 5, "cannot do without"),
        ("claim", 5, "cannot do without"),
        ("evidence[9]", 5, "`evidence` ends with `evidence[4]`"),
        ("evidence[0].quote", 5, "There is no `evidence[0].quote`"),
        ("evidence[0].bearing", 5, "bearing"),
        ("assigned", 5, "There is no `assigned`"),
        ("evidenc[0]", 2, "did you mean evidence?"),
    ],
)
def test_what_a_record_cannot_do_without_stays(
    claimbook: Run, example: Path, path: str, code: int, says: str
) -> None:
    before = snapshot(example / "claims")

    result = removed(claimbook, path)

    assert result.code == code
    assert says in result.err
    assert snapshot(example / "claims") == before


def test_set_refuses_a_quote_that_is_not_in_the_article(claimbook: Run, example: Path) -> None:
    before = snapshot(example)

    result = claimbook("set", "apple-car-2024", "sources[0].quote", "ze willen in 2025 een personenauto")

    assert result.code == 5
    assert "ze willen in 2024 een personenauto" in result.err
    assert snapshot(example) == before


def test_a_folder_that_is_there_may_have_any_name(claimbook: Run, example: Path) -> None:
    (example / "claims/Elections 2024").mkdir()

    assert claimbook(*BAODING, "--folder", "claims/Elections 2024/").code == 0
    assert claimbook(*BAODING, "--folder", "Elections 2025").code == 5

    (path,) = (example / "claims/Elections 2024").iterdir()
    assert path.name == "great-wall-motor-is-based-in-baoding.yaml"


TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="\ufeff\ufffe\uffff")
)


@given(sentence=TEXTS, note=TEXTS, about=st.lists(TEXTS, max_size=3), links=st.lists(TEXTS, max_size=2))
def test_a_new_record_says_what_was_given_or_is_refused(
    sentence: str, note: str, about: list[str], links: list[str]
) -> None:
    source = {"article": "a", "quote": "b", "via": [{"name": text} for text in links], "note": note}
    values = {"claim": sentence, "kind": "fact", "about": about, "sources": [source]}

    try:
        made = new_claim(Book(REPOSITORY), values)
    except (Refused, EditRefused):
        assert not all(text.strip() for text in (sentence, note, *about, *links))
        return

    claim = read_record(made.data, made.file).content
    assert claim is not None
    assert (claim.claim, claim.about, claim.sources[0].note) == (sentence, about, note)
    assert [link.name for link in claim.sources[0].via or ()] == links
    assert problem_with(made.id) is None
    assert made.file == f"claims/{made.id}.yaml"
