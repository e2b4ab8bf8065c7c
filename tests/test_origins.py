"""How many independent origins a claim has: three articles that repeat one report are not three sources."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimbook.book.article import Article
from claimbook.record.dates import PartialDate
from claimbook.record.reading import read_record
from claimbook.record.summary import ArticleFacts, Chain, LinkFacts, Summary, summarize
from claimbook.record.terms import Bearing, Stance
from claimbook.review.origins import Origins, claim_origins, evidence_origins
from conftest import REPOSITORY
from summaries import anonymous, evidence, named, relayed, summary


def counted(*sources: dict[str, Any], names: dict[str, str] | None = None) -> tuple[int, int]:
    found = claim_origins(summary(sources=list(sources)), names)
    return found.least, found.most


def test_a_source_that_asserts_is_its_publishers_own() -> None:
    found = claim_origins(summary(sources=[{"article": "want"}]))

    assert (found.least, found.most) == (1, 1)
    assert [group.origin for group in found.groups] == ["WANT"]
    assert found.groups[0].why == "sources[0] is WANT's own."


def test_a_source_that_relays_nobody_knows_whom_has_an_unknown_origin() -> None:
    found = claim_origins(summary(sources=[relayed("want")]))

    assert found == Origins(1, 1, (), ("sources[0]",))


def test_the_origin_is_the_last_link() -> None:
    found = claim_origins(summary(sources=[relayed("want", "CNBC", "Reuters")]))

    assert [group.origin for group in found.groups] == ["Reuters"]


def test_no_links_mean_first_hand_whatever_the_stance() -> None:
    found = claim_origins(summary(sources=[{"article": "want", "stance": "relays", "via": []}]))

    assert [group.origin for group in found.groups] == ["WANT"]
    assert not found.unknown


@pytest.mark.parametrize("stance", ["doubts", "denies"])
def test_who_doubts_or_denies_a_claim_is_no_origin_of_it(stance: str) -> None:
    denial = {"article": "want", "stance": stance, "via": ["Great Wall Motor"]}

    assert counted(denial) == (0, 0)
    assert counted(denial, {"article": "apparata"}) == (1, 1)


def test_articles_that_repeat_one_report_are_one_origin() -> None:
    sources = [
        relayed(article, named("Reuters", "2021-03-26")) for article in ("want", "autowereld", "apparata")
    ]

    found = claim_origins(summary(sources=sources))

    assert (found.least, found.most) == (1, 1)
    assert found.groups[0].origin == "Reuters, 2021-03-26"
    assert found.groups[0].sources == ("sources[0]", "sources[1]", "sources[2]")
    assert "report of 2021-03-26" in found.groups[0].why


def test_anonymous_people_are_known_by_who_quotes_them_and_not_by_their_description() -> None:
    three = relayed("want", "Reuters", anonymous("three people"))
    within = relayed("autowereld", "Reuters", anonymous("sources within Xiaomi"))
    others = relayed("apparata", "Bloomberg", anonymous("three people"))

    assert counted(three, within) == (1, 1)
    assert counted(three, others) == (2, 2)


def test_anonymous_people_without_a_link_before_them_are_their_publishers() -> None:
    one = relayed("want", anonymous("an insider"))
    other = relayed("autowereld", anonymous("an insider"))

    assert counted(one, {"article": "want"}) == (1, 1)
    assert counted(one, other) == (2, 2)


def test_anonymous_people_keep_the_report_of_the_link_before_them_unless_they_name_their_own() -> None:
    march = relayed("want", named("Reuters", "2021-03-26"), anonymous("three people"))
    same = relayed("autowereld", "Reuters", anonymous("people", "2021-03-26"))
    april = relayed("apparata", named("Reuters", "2021-03-26"), anonymous("people", "2021-04-02"))

    assert counted(march, same) == (1, 1)
    assert counted(march, april) == (2, 2)


def test_two_reports_of_one_name_are_two_origins() -> None:
    one = relayed("want", named("Reuters", "2021-03-26"))
    other = relayed("autowereld", named("Reuters", "2021-03-30"))

    assert counted(one, other) == (2, 2)


def test_where_one_names_a_report_and_the_other_does_not_it_may_be_either() -> None:
    one = relayed("want", named("Reuters", "2021-03-26"))
    other = relayed("autowereld", "Reuters")

    found = claim_origins(summary(sources=[one, other]))

    assert (found.least, found.most) == (1, 2)
    assert "may mean the same report" in found.groups[0].why


def test_a_report_known_to_the_month_may_be_one_known_to_the_day() -> None:
    day = relayed("want", named("Reuters", "2021-03-26"))
    month = relayed("autowereld", named("Reuters", "2021-03"))
    another = relayed("apparata", named("Reuters", "2021-03-30"))

    assert counted(day, month) == (1, 2)
    assert counted(day, month, another) == (2, 3)


def test_each_unknown_origin_may_be_one_more() -> None:
    known = relayed("want", "Reuters")

    assert counted(known, relayed("autowereld")) == (1, 2)
    assert counted(known, relayed("autowereld"), relayed("apparata")) == (1, 3)
    assert counted(relayed("autowereld"), relayed("apparata")) == (1, 2)


def test_names_are_one_whatever_their_case_and_by_the_books_aliases() -> None:
    sources = [relayed("want", "GWM"), relayed("autowereld", "Great Wall Motor"), relayed("apparata", "gwm")]

    assert counted(*sources) == (2, 2)
    assert counted(*sources, names={"gwm": "Great Wall Motor"}) == (1, 1)


def test_evidence_counts_each_bearing_by_itself() -> None:
    seen = summary(
        evidence=[
            evidence("refutes", "Great Wall Motor"),
            evidence("refutes", "Great Wall Motor", publisher="Yiche"),
            evidence("refutes", publisher="TrendForce"),
            evidence("supports", publisher="TrendForce"),
            evidence("context", publisher="Mint"),
        ]
    )

    assert evidence_origins(seen, Bearing.REFUTES).most == 2
    assert evidence_origins(seen, "supports").most == 1
    assert evidence_origins(summary(), "supports") == Origins(0, 0)


def test_evidence_of_no_known_publisher_has_an_unknown_origin() -> None:
    found = evidence_origins(summary(evidence=[evidence("refutes", publisher=None)]), "refutes")

    assert found == Origins(1, 1, (), ("evidence[0]",))


def of_the_book(name: str) -> Summary:
    facts = {
        article.id: ArticleFacts(article.head.publisher, article.head.date)
        for article in (read_article_of_the_book(path.stem) for path in (REPOSITORY / "seeds").glob("*.md"))
    }
    (path,) = (REPOSITORY / "claims").rglob(f"{name}.yaml")
    claim = read_record(path.read_bytes(), path.name).content
    assert claim is not None
    return summarize(name, path.name, claim, facts)


def read_article_of_the_book(name: str) -> Article:
    from claimbook.book.article import read_article

    article = read_article((REPOSITORY / f"seeds/{name}.md").read_bytes(), f"seeds/{name}.md").article
    assert article is not None
    return article


def test_two_articles_of_this_book_on_great_wall_have_one_origin() -> None:
    cooperation = of_the_book("xiaomi-great-wall-cooperation")

    found = claim_origins(cooperation)

    assert len(cooperation.articles) == 2
    assert (found.least, found.most) == (1, 1)
    assert found.groups[0].origin == "Reuters, 2021-03-26"


links = st.builds(
    LinkFacts,
    st.sampled_from([None, "Reuters", "reuters", "Bloomberg", "GWM"]),
    st.just("people"),
    st.sampled_from(
        [None, PartialDate(2021), PartialDate(2021, 3), PartialDate(2021, 3, 26), PartialDate(2021, 4)]
    ),
)
chains = st.builds(
    Chain,
    at=st.just(""),
    publisher=st.sampled_from([None, "WANT", "Reuters", "Great Wall Motor"]),
    links=st.none() | st.lists(links, max_size=3).map(tuple),
    stance=st.sampled_from(Stance),
    bearing=st.none(),
    article=st.just("a"),
    date=st.none(),
)
NAMES = {"GWM": "Great Wall Motor"}


def of(sources: list[Chain]) -> Origins:
    from dataclasses import replace

    numbered = tuple(replace(chain, at=f"sources[{index}]") for index, chain in enumerate(sources))
    return claim_origins(replace(summary(), sources=numbered), NAMES)


@given(st.lists(chains, max_size=6))
def test_the_least_number_is_at_most_the_most(sources: list[Chain]) -> None:
    found = of(sources)
    carrying = [chain for chain in sources if chain.stance in (Stance.ASSERTS, Stance.RELAYS)]

    assert found.least <= found.most <= len(carrying)
    assert (found.least == 0) == (not carrying)
    placed = [place for group in found.groups for place in group.sources]
    assert len(placed) == len(set(placed))
    assert len(placed) + len(found.unknown) == len(carrying)
    assert all(group.why.endswith(".") for group in found.groups)


@given(st.lists(chains, max_size=6).flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_the_order_of_sources_does_not_matter(orders: tuple[list[Chain], list[Chain]]) -> None:
    one, other = (of(sources) for sources in orders)

    assert (one.least, one.most, len(one.unknown)) == (other.least, other.most, len(other.unknown))
    assert sorted(len(group.sources) for group in one.groups) == sorted(len(g.sources) for g in other.groups)


@given(st.lists(chains, max_size=5), chains)
def test_one_more_source_never_lowers_a_number(sources: list[Chain], one_more: Chain) -> None:
    before, after = of(sources), of([*sources, one_more])

    assert before.least <= after.least
    assert before.most <= after.most
