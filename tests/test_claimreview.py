"""ClaimReview: held against the documented rules, and read back out of a page."""

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimbook.exchange import claimreview
from claimbook.exchange.escaping import safe_json
from claimbook.record.model import Claim
from claimbook.record.ratings import Rating
from conftest import Run

PAGE = "https://desk.example/checks/{id}"
REVIEW = ("export", "--format", "claimreview", "--page-url", PAGE, "--organisation", "Claim Desk")
DESK = claimreview.Desk("Claim Desk", PAGE)

NASTY = st.text(st.sampled_from("<>&!-/scriptSCRIPT\"' \n\u2028\u2029\x1b\u202e")) | st.text()


class Page(HTMLParser):
    """A page as a browser reads it: what stands in its script elements, and what else there is."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.others: list[str] = []
        self._inside = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - HTMLParser's way
        self._inside = tag == "script"
        if self._inside:
            self.scripts.append("")
        else:
            self.others.append(tag)

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - HTMLParser's way
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.scripts[-1] += data
        else:
            self.others.append(data)


def hold_to_the_rules(review: dict[str, Any]) -> None:
    """Hold a review against Google's table of required and recommended properties."""
    assert review["@context"] == "https://schema.org"
    assert review["@type"] == "ClaimReview"
    assert review["claimReviewed"]
    assert review["url"].startswith("https://")
    assert review["author"]["@type"] == "Organization"
    assert review["author"]["name"]
    rating = review["reviewRating"]
    assert rating["@type"] == "Rating"
    assert rating["alternateName"]
    numbers = [rating.get(key) for key in ("worstRating", "ratingValue", "bestRating")]
    if any(number is not None for number in numbers):
        worst, value, best = numbers
        assert 1 <= worst <= value <= best
        assert worst < best
    item = review["itemReviewed"]
    assert item["@type"] == "Claim"
    authors = item.get("author", [])
    for author in authors if isinstance(authors, list) else [authors]:
        assert author["@type"] in ("Organization", "Person")
        assert author["name"]
    appearances = item.get("appearance", [])
    for work in [*(appearances if isinstance(appearances, list) else [appearances])]:
        assert work["@type"] == "CreativeWork"
        assert set(work) > {"@type"}


def record(**fields: Any) -> Claim:
    known: dict[str, Any] = {
        "claim": "Xiaomi builds cars.",
        "kind": "rumour",
        "sources": [{"url": "https://a.example/1", "publisher": "A", "date": "2021-03-26"}],
        "verdicts": [{"date": "2026-11-21", "rating": "false", "why": "It does not."}],
    }
    return Claim.model_validate(known | fields)


def item(*sources: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = claimreview.review("a", record(sources=list(sources)), {}, DESK)["itemReviewed"]
    return found


def source(name: str = "A", date: str = "2021-03-26", **fields: Any) -> dict[str, Any]:
    return {"url": f"https://{name.lower()}.example/", "publisher": name, "date": date, **fields}


def test_every_review_of_this_book_holds_to_the_documented_rules(claimbook: Run) -> None:
    result = claimbook(*REVIEW)

    reviews = json.loads(result.out)
    judged = [
        row for row in json.loads(claimbook("list", "--json").out)["claims"] if row["rating"] is not None
    ]
    assert [review["url"] for review in reviews] == [PAGE.replace("{id}", row["id"]) for row in judged]
    for review in reviews:
        hold_to_the_rules(review)


def test_a_claim_without_a_verdict_is_left_out_with_the_reason(claimbook: Run) -> None:
    result = claimbook(*REVIEW, "id:ai-decides-car-choice")

    assert json.loads(result.out) == []
    assert "1 claim is left out, because nobody has given a verdict: ai-decides-car-choice" in result.err


@pytest.mark.parametrize("rating", list(Rating))
def test_only_ratings_on_the_scale_have_numbers(rating: Rating) -> None:
    claim = record(verdicts=[{"date": "2026-11-21", "rating": str(rating), "why": "So."}])

    found = claimreview.review("a", claim, {}, DESK)

    hold_to_the_rules(found)
    assert ("ratingValue" in found["reviewRating"]) == rating.on_scale
    assert found["reviewRating"]["alternateName"].lower() == rating
    assert found["reviewRating"]["ratingExplanation"] == "So."


def test_the_truer_a_rating_the_more_points_it_has() -> None:
    points = [claimreview.POINTS[rating] for rating in (Rating.FALSE, Rating.MIXED, Rating.TRUE)]

    assert points == [1, 3, 5]
    assert set(claimreview.POINTS) == {rating for rating in Rating if rating.on_scale}


def test_the_book_s_own_words_name_the_rating(claimbook: Run, example: Path) -> None:
    (example / "claimbook.yaml").write_text(
        f"labels:\n  'false': not so\norganisation: Claim Desk\npage_url: {PAGE}\n"
    )

    (review,) = json.loads(claimbook("export", "--format", "claimreview", "id:apple-car-2024").out)

    assert review["reviewRating"]["alternateName"] == "Not so"
    assert review["author"]["name"] == "Claim Desk"
    assert review["url"] == "https://desk.example/checks/apple-car-2024"


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ((), "none is named: add `--page-url"),
        (("--page-url", PAGE), "add `--organisation NAME`"),
        (("--page-url", PAGE, "--organisation", "  "), "add `--organisation NAME`"),
        (("--page-url", "desk.example/{id}", "--organisation", "D"), "begins with http:// or https://"),
        (("--page-url", "javascript://desk.example/{id}", "--organisation", "D"), "begins with http://"),
        (("--page-url", "https://desk.example/{id} x", "--organisation", "D"), "no spaces"),
        (("--page-url", "https://{id}.example/", "--organisation", "D"), "after the host"),
        (("--page-url", "https://desk.example/{id}/{day}", "--organisation", "D"), "no other braces"),
        (("--page-url", "https://desk.example/checks", "--organisation", "D"), "is the same for all"),
        (("--page-url", "https://[desk/{id}", "--organisation", "D"), "cannot be read"),
    ],
)
def test_a_review_without_page_or_publisher_is_refused_with_the_reason(
    claimbook: Run, options: tuple[str, ...], says: str
) -> None:
    result = claimbook("export", "--format", "claimreview", *options)

    assert (result.code, result.out) == (5, "")
    assert says in result.err


def test_one_review_may_have_a_page_of_its_own(claimbook: Run) -> None:
    page = "https://desk.example/the-apple-car"

    result = claimbook(
        *("export", "--format", "claimreview", "--page-url", page, "--organisation", "D", "id:apple-car-2024")
    )

    assert json.loads(result.out)[0]["url"] == page


def test_an_odd_id_is_no_part_of_an_address() -> None:
    found = claimreview.review('../a?b#c"<', record(), {}, DESK)

    assert found["url"] == "https://desk.example/checks/..%2Fa%3Fb%23c%22%3C"


def test_a_claim_first_appears_where_it_was_made() -> None:
    found = item(source("A", "2021-03"), source("B", "2021-02-15", via=[]))

    assert found["firstAppearance"]["url"] == "https://b.example/"
    assert found["appearance"]["url"] == "https://a.example/"
    assert found["author"] == {"@type": "Organization", "name": "B"}
    assert found["datePublished"] == "2021-02-15"


def test_a_report_that_sources_relay_comes_before_them() -> None:
    via = [{"name": "Reuters", "report": "2021-03-26"}, {"anonymous": "three people"}]

    found = item(source("A", stance="relays", via=via), source("B", "2021-04", stance="relays", via=via))

    assert found["firstAppearance"] == {
        "@type": "CreativeWork",
        "author": {"@type": "Organization", "name": "Reuters"},
        "datePublished": "2021-03-26",
    }
    assert found["author"]["name"] == "Reuters"
    assert [work["publisher"]["name"] for work in found["appearance"]] == ["A", "B"]


def test_whoever_is_said_to_have_stated_it_is_the_author_and_may_be_a_person() -> None:
    claim = record(sources=[source(stance="relays", by="Lei Jun")])
    desk = claimreview.Desk("Claim Desk", PAGE, people=frozenset(["Lei Jun"]))

    found = claimreview.review("a", claim, {}, desk)["itemReviewed"]

    assert found["author"] == {"@type": "Person", "name": "Lei Jun"}


@pytest.mark.parametrize("fidelity", ["strengthened", "distorted"])
def test_what_an_article_adds_is_not_laid_at_its_source_s_door(fidelity: str) -> None:
    via = [{"name": "Reuters", "report": "2021-03-25"}]

    found = item(source(stance="relays", by="Nissan", via=via, fidelity=fidelity))

    assert found["author"]["name"] == "A"
    assert found["firstAppearance"]["publisher"]["name"] == "A"


def test_what_cannot_be_told_is_left_out() -> None:
    hearsay = item(source(stance="relays"))
    no_order = item(source("A", "2021-03"), source("B", "2021-03-26"))
    denied = item(source(stance="denies"))

    assert set(hearsay) == {"@type", "appearance"}
    assert set(no_order) == {"@type", "appearance"}
    assert set(denied) == {"@type"}


@given(NASTY)
def test_reviews_are_safe_in_a_script_element(text: str) -> None:
    for value in (text, f"</script><img src=x>{text}", f"<!--<script>{text}", f"]]>{text}\u2028\u2029"):
        written = safe_json([{"claimReviewed": value}])
        page = Page(f'<script type="application/ld+json">{written}</script>')

        assert page.others == []
        assert json.loads(page.scripts[0]) == [{"claimReviewed": value}]
        assert not set("<>&\u2028\u2029\x1b\u202e") & set(written)


def test_a_hostile_record_stays_in_its_script_element(claimbook: Run, example: Path) -> None:
    path = example / "claims/apple/apple-car-2024.yaml"
    path.write_text(
        path.read_text().replace("A passenger", "</ScRiPt><script>alert(1)</script><!-- A passenger")
    )

    result = claimbook(*REVIEW, "id:apple-car-2024")
    page = Page(f'<script type="application/ld+json">{result.out}</script>')

    assert (len(page.scripts), page.others) == (1, [])
    assert "alert(1)" in json.loads(page.scripts[0])[0]["claimReviewed"]
