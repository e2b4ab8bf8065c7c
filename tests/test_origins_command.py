"""`claimbook origins`: the tree, the counts and their ends, the reasons in words, and what it suggests."""

import json
from itertools import product
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from claimbook.book.book import Book
from claimbook.record.dates import PartialDate
from claimbook.record.summary import Summary
from claimbook.record.terms import Bearing
from claimbook.review.origins import claim_chains, claim_origins, evidence_origins, most_origins
from claimbook.review.suggestions import FEWEST_RUNS, MUCH, shared_text, suggestions
from conftest import Run
from facts import evidence, facts, source

GREAT_WALL = "xiaomi-great-wall-cooperation"
REPORT = {"name": "Reuters", "report": "2021-03-26"}


def relayed(publisher: str | None = None, *via: Any, **said: Any) -> dict[str, Any]:
    return source(publisher, stance="relays", **({"via": list(via)} if via else {}), **said)


def test_great_wall_has_two_articles_and_one_origin(claimbook: Run) -> None:
    answer = json.loads(claimbook("origins", GREAT_WALL, "--json").out)

    assert answer["articles"] == 2
    assert (answer["claim"]["min"], answer["claim"]["max"]) == (1, 1)
    (group,) = answer["claim"]["groups"]
    assert group["origin"] == "Reuters, 2021-03-26"
    assert group["sources"] == ["sources[0]", "sources[1]", "sources[2]"]
    assert "go back to Reuters' report of 2021-03-26" in group["why"]
    assert "“three people” and “sources within Xiaomi”" in group["why"]


def test_the_answer_for_machines_has_every_key_that_is_promised(claimbook: Run) -> None:
    answer = json.loads(claimbook("origins", GREAT_WALL, "--json").out)

    assert set(answer) == {"schema", "id", "articles", "claim", "supports", "refutes", "suggestions"}
    for side in ("claim", "supports", "refutes"):
        assert set(answer[side]) == {"min", "max", "groups", "unknown"}
    assert (answer["supports"]["min"], answer["supports"]["max"]) == (0, 0)
    assert (answer["refutes"]["min"], answer["refutes"]["max"]) == (5, 5)


def test_the_tree_leads_from_the_origin_to_the_passages(claimbook: Run) -> None:
    lines = claimbook("origins", GREAT_WALL).out.splitlines()

    assert lines[0].startswith("Xiaomi works together with Great Wall Motor")
    assert "The claim: 2 articles, 3 sources, 1 origin" in lines
    assert "└─ Reuters, 2021-03-26" in lines
    assert "   ├─ WANT, 2021-03-26 (2021-03-26-want-xiaomi)" in lines
    assert "      └─ sources[2] relays, plain, accurate, from “sources within Xiaomi”" in lines
    assert "            “Xiaomi concrete samenwerkingsplannen heeft met Great Wall Motor Company”" in lines
    assert "Evidence against it: 8 pieces, 5 origins" in lines
    assert "No evidence for it." in lines


def test_whoever_passed_it_on_stands_between(claimbook: Run) -> None:
    _, _, tree = claimbook("origins", "apple-car-2024").out.partition("└─ Reuters, 2020-12-21\n")

    assert tree.startswith(
        "   └─ Reuters, 2021-02-15\n      └─ Apparata.nl, 2021-02-15 (2021-02-apparata-nissan)"
    )


def test_an_unknown_origin_is_said_to_be_one(claimbook: Run) -> None:
    out = claimbook("origins", "baidu-car-plans").out

    assert "└─ from nobody knows whom" in out
    assert "1 article, 1 source, 1 origin" in out


def test_every_group_of_this_whole_book_says_why_and_nothing_is_suggested(example: Path) -> None:
    book = Book.open(example)
    texts = {name: article.text for name, article in book.articles.items()}

    for summary in book.summaries:
        sides = [claim_origins(summary), *(evidence_origins(summary, side) for side in Bearing)]
        for group in (group for side in sides for group in side.groups):
            assert group.why.endswith(".")
            assert all(place in group.why for place in group.sources)
        assert not suggestions(summary, texts)


def test_a_source_that_denies_it_stands_apart(claimbook: Run, example: Path) -> None:
    path = example / f"claims/xiaomi/{GREAT_WALL}.yaml"
    denial = (
        "  - url: https://example.org\n    publisher: The Post\n    date: 2021-03-27\n"
        "    stance: denies\n    via: [Great Wall Motor]\n    note: There were no talks.\n"
    )
    path.write_text(path.read_text().replace("\nevidence:", f"{denial}\nevidence:"))

    out = claimbook("origins", GREAT_WALL).out

    assert "3 sources, 1 origin" in out
    _, _, apart = out.partition("Not counted, as they doubt or deny it\n")
    assert apart.startswith(
        "└─ Great Wall Motor\n   └─ The Post, 2021-03-27\n      └─ sources[3] denies, plain"
    )


def test_controls_in_a_quote_never_reach_the_terminal(claimbook: Run, example: Path) -> None:
    path = example / f"claims/xiaomi/{GREAT_WALL}.yaml"
    path.write_text(path.read_text().replace("[IT Home, Great", "[\u2067IT Home, Great"))

    result = claimbook("origins", GREAT_WALL)

    assert "<U+2067>IT Home" in result.out
    assert "\u2067" not in result.out


def test_a_claim_that_is_not_there_gets_the_nearest_one(claimbook: Run) -> None:
    result = claimbook("origins", "xiaomi-great-wall-coperation")

    assert result.code == 4
    assert GREAT_WALL in result.err


def test_the_day_and_the_agency_suggest_one_report() -> None:
    sources = [relayed(None, REPORT), relayed("The Post", "Reuters"), relayed("The Times", "Bloomberg")]

    (found,) = suggestions(facts(sources=sources), {})

    assert found.sources == ("sources[0]", "sources[1]")
    assert "`report: 2021-03-26`" in found.why


def test_another_day_or_another_report_suggests_nothing() -> None:
    later = relayed("The Post", "Reuters", date="2021-04-02")
    other = relayed("The Post", {"name": "Reuters", "report": "2021-03-29"})

    assert not suggestions(facts(sources=[relayed(None, REPORT), later]), {})
    assert not suggestions(facts(sources=[relayed(None, REPORT), other]), {})


def test_a_name_in_an_article_of_that_day_suggests_where_it_is_from() -> None:
    silent, told = relayed(), relayed("The Post", REPORT)
    first_hand = source(stance="relays", via=[])

    (found,) = suggestions(facts(sources=[silent, told]), {"paper": "So writes Reuters."})

    assert set(found.sources) == {"sources[0]", "sources[1]"}
    assert not suggestions(facts(sources=[silent, told]), {"paper": "So writes Reutersen."})
    assert not suggestions(facts(sources=[first_hand, told]), {"paper": "So writes Reuters."})


def test_evidence_is_compared_with_evidence_of_its_side_only() -> None:
    dated = evidence("supports", "A", via=[REPORT])
    bare: dict[str, Any] = {"publisher": "B", "via": ["Reuters"], "date": "2021-03-26"}

    (found,) = suggestions(facts(evidence=[dated, evidence("supports", **bare)]), {})

    assert found.sources == ("evidence[0]", "evidence[1]")
    assert not suggestions(facts(evidence=[dated, evidence("refutes", **bare)]), {})


WORDS = [f"word{number}" for number in range(400)]


def test_text_in_common_is_counted_by_runs_of_words() -> None:
    text = " ".join(WORDS[:200])
    half = " ".join([*WORDS[:100], *WORDS[200:300]])

    assert shared_text(text, text.upper()) == 1
    assert 0.45 < shared_text(text, half) < 0.5
    assert shared_text(text, " ".join(WORDS[200:])) == 0
    assert shared_text(text, " ".join(WORDS[:FEWEST_RUNS])) == 0


@given(st.lists(st.sampled_from(WORDS[:9]), max_size=60), st.lists(st.sampled_from(WORDS[:9]), max_size=60))
def test_text_in_common_is_the_same_from_both_sides(one: list[str], other: list[str]) -> None:
    share = shared_text(" ".join(one), " ".join(other))

    assert 0 <= share <= 1
    assert share == shared_text(" ".join(other), " ".join(one))


def test_articles_that_share_much_text_are_suggested_and_nothing_is_written(
    claimbook: Run, example: Path
) -> None:
    want = example / "seeds/2021-03-26-want-xiaomi.md"
    (example / "seeds/copy.md").write_text(
        "---\npublisher: The Copy\ndate: 2021-03-27\n---\n" + want.read_text().split("---\n", 2)[2]
    )
    path = example / f"claims/xiaomi/{GREAT_WALL}.yaml"
    path.write_text(path.read_text().replace("\nevidence:", "  - article: copy\n\nevidence:"))
    before = {file: file.read_bytes() for file in example.rglob("*") if file.is_file()}

    result = claimbook("origins", GREAT_WALL)

    assert "4 sources, 2 origins" in result.out
    told = " ".join(result.out.partition("May be linked, if you confirm it\n")[2].split())
    assert "2021-03-26-want-xiaomi and copy share 100% of their text" in told
    assert {file: file.read_bytes() for file in example.rglob("*") if file.is_file()} == before
    assert 0 < MUCH < 1


REPORTS = [None, "2021", "2021-03", "2021-03-26", "2021-03-27", "2021-04"]
LINKS = st.builds(
    lambda name, report: {"name": name, **({"report": report} if report else {})},
    st.sampled_from(["Reuters", "REUTERS", "GWM", "Great Wall Motor"]),
    st.sampled_from(REPORTS),
)
SOURCES = st.lists(
    st.builds(
        lambda link, unnamed: relayed(None, link, *([{"anonymous": unnamed}] if unnamed else [])),
        LINKS,
        st.sampled_from([None, "three people", "sources within"]),
    )
    | st.just(relayed()),
    min_size=1,
    max_size=5,
)
NAMES = {"gwm": "Great Wall Motor"}


@given(SOURCES)
def test_the_ends_are_those_of_all_ways_to_tell_origins_apart(sources: list[dict[str, Any]]) -> None:
    """Every report known to less than the day may be any within it, and every unknown origin any other."""
    summary = facts(sources=sources)
    found = claim_origins(summary, NAMES)

    known = {
        (NAMES.get(link.name.casefold(), link.name).casefold(), link.report)
        for chain in summary.sources
        for link in (chain.links or ())[:1]
        if link.name
    }
    unknown = sum(chain.links is None for chain in summary.sources)

    assert found.least == max(1, fewest(known))
    assert found.most == len(known) + unknown == most_origins(claim_chains(summary), NAMES)


def fewest(known: set[tuple[str, PartialDate | None]]) -> int:
    """Try every way to take what is known less well for what is known better, and count what remains."""
    choices = [
        [other for other in known if other[0] == name and (report is None or within(other[1], report))]
        for name, report in known
    ]
    return min((len(set(way)) for way in product(*choices)), default=0)


def within(one: PartialDate | None, other: PartialDate) -> bool:
    return one is not None and other.first <= one.first <= one.last <= other.last


@given(SOURCES, st.data())
def test_the_ends_do_not_depend_on_order_and_grouping(
    sources: list[dict[str, Any]], data: st.DataObject
) -> None:
    """Sources that repeat one that is there change neither end, in whatever order they come."""
    named = [source for source in sources if "via" in source]
    repeated = data.draw(st.lists(st.sampled_from(named), max_size=3)) if named else []
    shuffled = data.draw(st.permutations([*sources, *repeated]))

    assert ends(facts(sources=shuffled)) == ends(facts(sources=sources))


def ends(summary: Summary) -> tuple[int, int]:
    found = claim_origins(summary, NAMES)
    return found.least, found.most


def test_a_chain_of_thousands_is_drawn(claimbook: Run, example: Path) -> None:
    links = "".join(f"      - name: n{number}\n" for number in range(3000))
    (example / "claims/long.yaml").write_text(
        "claim: A thing.\nkind: fact\nsources:\n  - url: https://example.org/x\n    publisher: P\n"
        f"    date: 2024\n    stance: relays\n    via:\n{links}"
    )

    result = claimbook("origins", "long")

    assert result.code == 0, result.err
    assert "n0" in result.out
