"""Claims that say nearly the same: found as surely as by comparing all, and said once."""

import json
from datetime import date
from itertools import combinations
from math import fsum, log
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from claimbook.book.book import Book
from claimbook.record.model import Claim
from claimbook.record.summary import Summary, summarize
from claimbook.review.checks import check
from claimbook.review.similar import ALIKE, MOST_SHARING, MOST_WORDS, RELATED, Likenesses, find_like, words_of
from claimbook.review.words import Standpoint
from conftest import REPOSITORY, Run

WORDS = st.sampled_from(
    ["acme", "opens", "plant", "delft", "2027", "in", "a", "builds", "cars", "not", "talks"]
)
SENTENCES = st.lists(st.lists(WORDS, min_size=1, max_size=9).map(" ".join), min_size=1, max_size=20)


def summaries(sentences: list[str], about: tuple[str, ...] = ()) -> list[Summary]:
    return [summary(f"c{number:04}", sentence, about) for number, sentence in enumerate(sentences)]


def summary(identifier: str, sentence: str, about: tuple[str, ...] = ()) -> Summary:
    claim = Claim.model_validate(
        {"claim": sentence, "kind": "fact", "about": list(about), "sources": [{"article": "a", "quote": "b"}]}
    )
    return summarize(identifier, f"claims/{identifier}.yaml", claim, {})


def plainly(sentences: list[str], least: float) -> set[tuple[int, int]]:
    """Compare all with all, as the definition says."""
    sets = [words_of(sentence) for sentence in sentences]
    weights = {
        word: log(1 + len(sets) / sum(word in words for words in sets)) for word in frozenset().union(*sets)
    }

    def total(words: frozenset[str]) -> float:
        return fsum(weights[word] for word in words)

    return {
        (one, other)
        for one, other in combinations(range(len(sets)), 2)
        if total(sets[one] & sets[other]) >= least * (total(sets[one] | sets[other])) + 1e-6
    }


@given(SENTENCES, st.sampled_from([RELATED, ALIKE, 0.7, 1.0 - 1e-3]))
def test_none_is_missed_that_comparing_all_would_find(sentences: list[str], least: float) -> None:
    claims = summaries(sentences)
    known = Likenesses(claims, least=least)

    found = {
        (int(claim.id[1:]), int(other.id[1:]))
        for claim in claims
        for other in known.like(claim.claim, but=claim.id)
    }

    for one, other in plainly(sentences, least):
        assert {(one, other), (other, one)} <= found


@given(SENTENCES)
def test_likeness_is_a_share_and_goes_both_ways(sentences: list[str]) -> None:
    claims = summaries(sentences)
    known = Likenesses(claims, least=RELATED)

    scores = {
        (claim.id, other.id): other.score
        for claim in claims
        for other in known.like(claim.claim, but=claim.id)
    }

    assert all(0 < score <= 1 for score in scores.values())
    assert all(scores[other, one] == score for (one, other), score in scores.items())


@given(
    st.lists(
        st.tuples(SENTENCES.map(" ".join), st.sampled_from([(), ("Acme",), ("Delft", "Acme")])), max_size=90
    ),
    SENTENCES.map(" ".join),
    st.sampled_from([(), ("acme",), ("Other",)]),
    st.sampled_from([RELATED, ALIKE, 0.7, 1.0 - 1e-3]),
)
def test_one_search_that_holds_nothing_finds_what_one_among_claims_at_hand_finds(
    told: list[tuple[str, tuple[str, ...]]], text: str, about: tuple[str, ...], least: float
) -> None:
    claims = [summary(f"c{number % 80:04}", *each) for number, each in enumerate(told)]

    assert find_like(text, lambda: claims, about, least=least) == Likenesses(claims, least=least).like(
        text, about
    )


def test_a_search_compares_with_a_bounded_number_however_many_are_alike() -> None:
    known = Likenesses(summaries(["Acme opens a plant in Delft in 2027."] * 5000))

    found = known.like("Acme opens a plant in Delft in 2027.")

    assert 0 < len(found) <= MOST_WORDS * MOST_SHARING
    assert found[0].score == 1


def test_case_accents_endings_and_signs_do_not_count() -> None:
    known = Likenesses(summaries(["Acme’s coöperation with Delft is planned.", "Something else entirely."]))

    assert [other.id for other in known.like("ACME cooperation, with delft; is planned")] == ["c0000"]


def test_scripts_without_spaces_are_compared_too() -> None:
    known = Likenesses(summaries(["小米与长城汽车合作生产电动汽车", "苹果取消了汽车项目"]))

    assert [other.id for other in known.like("小米和长城汽车合作生产电动车")] == ["c0000"]


def test_the_same_words_about_another_subject_are_another_claim() -> None:
    claims = [
        summary("baidu", "In April 2021 Baidu has plans for cars.", ("Baidu",)),
        summary("huawei", "In April 2021 Huawei has plans for cars.", ("Huawei",)),
    ]

    known = Likenesses(claims)

    assert known.like(claims[0].claim, ["Baidu"], but="baidu") == []
    assert [other.id for other in known.like(claims[0].claim, but="baidu")] == ["huawei"]


def test_similar_lists_the_most_like_first(claimbook: Run) -> None:
    answer = json.loads(claimbook("similar", "Apple builds a car in 2024", "--json").out)

    rows = answer["similar"]
    assert rows[0]["id"] == "apple-wants-car-2024"
    assert "apple-car-2024" in [row["id"] for row in rows]
    assert [row["score"] for row in rows] == sorted((row["score"] for row in rows), reverse=True)
    assert "apple-wants-car-2024" in claimbook("similar", "Apple builds a car in 2024").out


def test_what_is_like_nothing_is_no_error(claimbook: Run) -> None:
    result = claimbook("similar", "zzz")

    assert (result.code, result.out) == (0, "")
    assert "No claim is like it" in result.err


def warned(root: Path) -> list[tuple[str, str]]:
    found = check(Book.open(root), Standpoint(date(2026, 11, 21)))
    return [(item.file, item.message) for item in found if item.rule == "similar-claim"]


def twin(example: Path, change: tuple[str, str] = ("", "")) -> Path:
    path = example / "claims/xiaomi/xiaomi-own-brand.yaml"
    copy = path.with_name("xiaomi-own-name.yaml")
    copy.write_text(path.read_text().replace(*change) if change[0] else path.read_text())
    return copy


def test_the_check_names_two_records_of_one_proposition_once(example: Path) -> None:
    twin(example)

    ((file, message),) = warned(example)

    assert file == "claims/xiaomi/xiaomi-own-name.yaml"
    assert "much like xiaomi-own-brand (100%)" in message


def test_it_is_silent_where_the_two_are_related_either_way_or_it_is_allowed(example: Path) -> None:
    for key in (
        "relations:\n  - to: xiaomi-own-brand\n    as: same as\n",
        "allow: [similar-claim]\n",
    ):
        copy = twin(example)
        text = "".join(part for part in copy.read_text().split("relations:\n")[:1])
        copy.write_text(f"{text.rstrip()}\n\n{key}")
        assert warned(example) == []


def test_no_two_claims_of_this_repository_are_one_proposition() -> None:
    assert warned(REPOSITORY) == []
