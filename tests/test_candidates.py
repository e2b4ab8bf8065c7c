"""The passage finder: exact sentences, page furniture left out, and a reason for each suggestion."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimbook.book.article import Article, ArticleHead
from claimbook.book.book import Book
from claimbook.book.quotes import QuoteState, find
from claimbook.record.dates import PartialDate
from claimbook.review.candidates import (
    THRESHOLD,
    WEIGHTS,
    Candidate,
    Sign,
    assess,
    candidates,
    claims_in,
)
from claimbook.review.cuetables import Cues, read_table, words_of
from claimbook.review.furniture import furniture
from claimbook.review.passages import quotations
from claimbook.review.sentences import Form, split
from conftest import REPOSITORY, Run

WANT = "2021-03-26-want-xiaomi"

PIECES = st.sampled_from(
    [
        "Apple",
        "dr.",
        "J.",
        "zou",
        "in 2024",
        "“",
        "”",
        ".",
        "!",
        "?",
        "…",
        ":",
        "\n",
        "\n\n",
        " ",
        "- ",
        "# ",
        "3. ",
    ]
)
TEXTS = st.text() | st.lists(PIECES | st.text(max_size=6), max_size=30).map(" ".join)


def article(text: str, *, lang: str | None = "nl", date: str = "2021-03") -> Article:
    head = ArticleHead(publisher="WANT", date=PartialDate.parse(date), lang=lang)
    return Article("a", "seeds/a.md", head, text, 5, "")


def sentences(text: str) -> list[str]:
    return [text[one.start : one.end] for one in split(text)]


def signs(text: str, *, lang: str | None = "nl", date: str = "2021-03") -> dict[str, str]:
    (one,) = assess(article(text, lang=lang, date=date))
    return {str(reason.sign): reason.words for reason in one.reasons}


@given(TEXTS)
def test_sentences_stand_where_they_say_and_lose_nothing(text: str) -> None:
    end = 0
    for one in split(text):
        assert end <= one.start < one.end
        assert text[one.start : one.end] == text[one.start : one.end].strip()
        assert not set(text[end : one.start].strip()) - set("-*+•‣▪◦–—·>#.)0123456789")
        end = one.end
    assert not text[end:].strip()


@given(TEXTS)
def test_a_quote_filled_from_a_sentence_is_exact(text: str) -> None:
    for one in split(text):
        found = find(text, text[one.start : one.end])
        assert found.state in (QuoteState.EXACT, QuoteState.AMBIGUOUS)
        if found.state is QuoteState.EXACT:
            assert (found.start, found.end) == (one.start, one.end)


@given(TEXTS, st.sampled_from(["nl", "en", "fr", None]))
def test_a_candidate_is_a_stretch_of_the_text_with_its_reasons_in_it(text: str, lang: str | None) -> None:
    found = assess(article(text, lang=lang))

    for one in found:
        assert text[one.start : one.end] == one.text
        for reason in one.reasons:
            assert one.start <= reason.start < reason.end <= one.end
            assert text[reason.start : reason.end] == reason.words
        assert len({reason.sign for reason in one.reasons}) == len(one.reasons)
        assert one.score <= sum(WEIGHTS[reason.sign] for reason in one.reasons)
    assert candidates(article(text, lang=lang)) == [one for one in found if one.score >= THRESHOLD]


@pytest.mark.parametrize(
    "parts",
    [
        ["Dat zegt dr. Jansen van de KU Leuven.", "Hij was erbij."],
        ["Zij werkt i.s.m. Huawei aan apps.", "Dat kan m.b.t. China."],
        ["J.P. Morgan koopt het bedrijf.", "De prijs is 3.5 miljard."],
        ["Dat zei J. de Vries.", "Niemand sprak hem tegen."],
        ["Zij bouwen auto's, telefoons, enz. in China.", "Ook bijv. Apple doet dat."],
        ["“Wij stoppen ermee.”", "Dat zei de topman."],
        ["‘Stoppen jullie?’ vroeg de krant.", "Ja."],
        ["De plannen (die er al jaren zijn.)", "Meer is er niet."],
        ["Wat nu?", "Niemand weet het!", "Of toch…", "iPhone is een merk."],
        ["The U.S. Congress met Apple Inc. Chief Executive Tim Cook.", "He spoke."],
        ["Yahoo! is a company.", "It has approx. 500 people."],
        ["He said so, e.g. Monday.", "“No,” she said."],
    ],
)
def test_a_sentence_ends_where_it_ends(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts


def test_a_text_that_is_wrapped_by_hand_has_whole_sentences() -> None:
    text = (
        "A headline of its own\n\n"
        "Apple is said to be working on a car that drives itself and that\n"
        "will be for sale in 2024. Nissan said that it is not in talks with\n"
        "the company.\n"
        "A new thought begins here.\n"
    )

    assert sentences(text) == [
        "A headline of its own",
        "Apple is said to be working on a car that drives itself and that\nwill be for sale in 2024.",
        "Nissan said that it is not in talks with\nthe company.",
        "A new thought begins here.",
    ]


def test_headings_and_items_of_lists_are_known() -> None:
    text = "# Plannen\n\nTussenkop\n\nVast staat:\n- een auto\n• een step\n1. een kart\n\n> Zij zegt nee.\r\n"

    assert [(text[one.start : one.end], one.form) for one in split(text)] == [
        ("Plannen", Form.HEADING),
        ("Tussenkop", Form.HEADING),
        ("Vast staat:", Form.PROSE),
        ("een auto", Form.ITEM),
        ("een step", Form.ITEM),
        ("een kart", Form.ITEM),
        ("Zij zegt nee.", Form.PROSE),
    ]


@pytest.mark.parametrize(
    ("sign", "dutch", "english"),
    [
        (Sign.REPORTING, "het bedrijf maakte gisteren de plannen bekend", "the firm denied it"),
        (Sign.ATTRIBUTION, "volgens ingewijden is het rond", "according to people it is done"),
        (Sign.HEDGE, "er zou een auto komen", "it is reportedly done"),
        (Sign.HEDGE, "er komt naar verluidt een auto", "it may be done"),
        (Sign.HEDGE, "er komt vermoedelijk een auto", "it is allegedly done"),
        (Sign.AHEAD, "er komt binnenkort een auto", "a car comes next year"),
        (Sign.AHEAD, "er komt over drie jaar een auto", "a car comes within two years"),
        (Sign.AHEAD, "er komt in 2024 een auto", "a car comes in 2024"),
        (Sign.PLAN, "zij zijn van plan te bouwen", "they are in talks about it"),
        (Sign.NUMBER, "er kwamen 300 auto’s", "there were 300 cars"),
        (Sign.NUMBER, "er kwamen miljoenen auto’s", "there were millions of cars"),
        (Sign.COMPARISON, "het is het grootste merk ter wereld", "it is the largest of them"),
        (Sign.ACTION, "zij brachten vorig jaar een kart uit", "they launched a kart"),
        (Sign.STATE, "het telt veel mensen", "it is a maker of cars"),
        (Sign.NAME, "daar bouwt men bij Xiaomi aan", "there is a car from Xiaomi"),
    ],
)
def test_every_sign_is_known_in_both_languages(sign: Sign, dutch: str, english: str) -> None:
    assert sign in signs(f"{dutch}.", lang="nl")
    assert sign in signs(f"{english}.", lang="en-GB")
    assert sign in signs(f"{dutch}.", lang=None)
    assert sign in signs(f"{english}.", lang="fr")


def test_the_tables_of_the_article_s_language_are_used() -> None:
    assert "hedge" not in signs("Er zou een auto komen.", lang="en")


def test_a_year_is_ahead_of_an_article_or_only_a_number() -> None:
    assert signs("Het komt in 2024.", date="2021-03")["ahead"] == "2024"
    assert signs("Het komt in 2024.", date="2024-12")["number"] == "2024"


def test_a_name_is_told_from_the_first_word_of_a_sentence() -> None:
    assert "name" not in signs("Dat was het dan wel.")
    assert signs("Daar bouwt Great Wall Motor aan.")["name"] == "Great Wall Motor"
    assert signs("Dat doet iRobot.")["name"] == "iRobot"


def test_questions_and_words_to_the_reader_count_for_less() -> None:
    def score(text: str) -> int:
        (one,) = assess(article(text))
        return one.score

    assert score("Zou er misschien een auto komen?") == score("Er zou misschien een auto komen.") - 2
    assert score("Er zou misschien een auto voor je komen.") == score("Er zou misschien een auto komen.") - 1


def test_page_furniture_is_never_suggested() -> None:
    page = """Apple wil een auto bouwen

Door Ann Jansen
Gepubliceerd: 3 mei 2021
Leestijd: 2 minuten

Apple zou volgens Reuters in 2024 een auto willen bouwen. Het bedrijf ontkent dat.

Lees ook: Samsung zou een vouwbare telefoon willen maken

Nissan bouwt in 2025 mogelijk een fabriek voor miljoenen batterijen

De auto zou volgens Reuters een nieuwe batterij krijgen.

Foto: Apple (via Reuters)

Schrijf je in voor onze nieuwsbrief en mis niets van wat Apple zou willen!
"""
    kept = {one.text for one in assess(article(page))}

    assert kept == {
        "Apple wil een auto bouwen",
        "Apple zou volgens Reuters in 2024 een auto willen bouwen.",
        "Het bedrijf ontkent dat.",
        "De auto zou volgens Reuters een nieuwe batterij krijgen.",
    }


def test_an_article_about_newsletters_is_an_article() -> None:
    text = (
        "De nieuwsbrief van de krant had volgens de uitgever in 2020 ruim dertigduizend lezers, en in dat "
        "jaar kwamen er nog eens tienduizend bij, zodat er meer lezers van de nieuwsbrief waren dan van de "
        "krant zelf, die er al honderd jaar is."
    )

    assert candidates(article(text))


@pytest.mark.parametrize("name", ["any", "nl", "en"])
def test_every_entry_of_a_table_finds_itself(name: str) -> None:
    for section, entries in read_table(name).items():
        for entry in entries:
            text = entry.replace("_", "woord").replace("…", "en nog wat").replace("*", "")
            assert section in {cue.kind for cue in Cues([name]).find(words_of(text))}, entry


@pytest.mark.parametrize("name", ["any", "nl", "en", "furniture", "abbreviations"])
def test_tables_are_tidy(name: str) -> None:
    for section, entries in read_table(name).items():
        assert len(set(entries)) == len(entries), section
        for entry in entries:
            assert entry == entry.lower()
            assert name == "abbreviations" or not set(entry.split()[0][:2]) & set("*_…")


@pytest.mark.parametrize("name", ["nl", "en"])
def test_a_table_has_every_sign_but_names_and_says_where_it_is_from(name: str) -> None:
    text = (REPOSITORY / f"tui/claimbook/review/cues/{name}.txt").read_text(encoding="utf-8")

    assert {str(sign) for sign in Sign} - {"name"} <= set(read_table(name))
    for before in text.split("\n[")[:-1]:
        assert before.splitlines()[-1].startswith("# ")


def test_most_of_what_this_book_tracks_is_suggested_and_its_furniture_is_not() -> None:
    book = Book.open(REPOSITORY)
    quoted = {name: quotations(book, name) for name in book.articles}
    found = [(name, one) for name, text in book.articles.items() for one in candidates(text)]
    right = [one for name, one in found if claims_in(one.start, one.end, quoted[name])]

    assert len(right) / len(found) > 0.8
    for name, text in book.articles.items():
        away = furniture(text.text, split(text.text))
        for sentence in split(text.text):
            assert sentence.block not in away or not claims_in(sentence.start, sentence.end, quoted[name])


def test_a_claim_quotes_a_sentence_that_it_shares_a_character_with() -> None:
    book = Book.open(REPOSITORY)
    (one,) = (one for one in candidates(book.articles[WANT]) if "naar verluidt" in one.text)
    quoted = quotations(book, WANT)

    assert claims_in(one.start, one.end, quoted) == ["xiaomi-great-wall-cooperation"]
    assert claims_in(one.end, one.end + 1, quoted) == []


def test_the_command_prints_place_reasons_and_claims(claimbook: Run, example: Path) -> None:
    answer = json.loads(claimbook("article", "candidates", WANT, "--json").out)

    assert answer["schema"] == 1
    lines = (example / f"seeds/{WANT}.md").read_text(encoding="utf-8").split("\n")
    for one in answer["candidates"]:
        assert lines[one["line"] - 1][one["column"] - 1 :].startswith(one["text"])
        assert set(one) == {"line", "column", "start", "end", "text", "score", "reasons", "claims"}
    printed = claimbook("article", "candidates", WANT)
    assert "hedge: naar verluidt" in printed.out
    assert "quoted by xiaomi-great-wall-cooperation" in printed.out


def test_the_command_can_leave_out_what_is_quoted_and_ask_for_more(claimbook: Run) -> None:
    def found(*options: str) -> list[dict[str, object]]:
        answer = json.loads(claimbook("article", "candidates", WANT, "--json", *options).out)
        return list(answer["candidates"])

    assert 0 < len(found("--new")) < len(found()) < len(found("--points", "1"))
    assert all(one["claims"] == [] for one in found("--new"))


def test_an_unknown_article_gets_the_nearest_one(claimbook: Run) -> None:
    result = claimbook("article", "candidates", "2021-03-26-want-xiaom")

    assert result.code == 4
    assert f"did you mean {WANT}?" in result.err


def test_an_article_s_control_characters_never_reach_the_terminal(claimbook: Run, example: Path) -> None:
    path = example / "seeds/nasty.md"
    path.write_text("---\npublisher: X\ndate: 2021\nlang: nl\n---\nEr zou \x1b[31m\u202e een auto komen.\n")

    for options in ((), ("--json",)):
        result = claimbook("article", "candidates", "nasty", *options)
        assert result.code == 0
        assert not set("\x1b\u202e") & set(result.out + result.err)


def test_the_order_of_reasons_is_the_same_every_time() -> None:
    (one,) = assess(article("Volgens Reuters zou Apple in 2024 drie auto's willen maken."))

    assert isinstance(one, Candidate)
    assert [reason.sign for reason in one.reasons] == [
        Sign.ATTRIBUTION,
        Sign.HEDGE,
        Sign.AHEAD,
        Sign.PLAN,
        Sign.NUMBER,
        Sign.NAME,
    ]
