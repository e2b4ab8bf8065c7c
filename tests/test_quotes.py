"""A quote stands in its article, or it is told how it does not."""

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from claimbook.book.article import read_article
from claimbook.book.folded import fold
from claimbook.book.nearest import near_enough
from claimbook.book.quotes import MOST_PLACES, Found, Passage, Prepared, QuoteState, find

BOOK = Path(__file__).parent.parent
STANDS = (QuoteState.EXACT, QuoteState.SPACED, QuoteState.AMBIGUOUS)

NISSAN = "2021-02-apparata-nissan"
XIAOMI = "2021-03-26-want-xiaomi"


def article(identifier: str) -> Prepared:
    """Return the text of one of this book's articles."""
    read = read_article((BOOK / "seeds" / f"{identifier}.md").read_bytes(), identifier).article
    assert read is not None
    return read.prepared


def quoted() -> list[tuple[str, str]]:
    """Return the quotes of this book's claims with their articles."""
    paths = sorted((BOOK / "claims").rglob("[!.]*.yaml"))
    records = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in paths]
    parts = [part for record in records for part in (*record["sources"], *record.get("evidence", ()))]
    return [(part["article"], part["quote"]) for part in parts if "quote" in part]


class TestInThisBook:
    def test_its_quotes_stand_in_their_articles(self) -> None:
        quotes = quoted()
        assert len(quotes) >= 12
        for identifier, quote in quotes:
            found = find(article(identifier), quote)
            assert found.state in (QuoteState.EXACT, QuoteState.SPACED), quote
            assert found.score == 1

    def test_a_quote_with_curly_apostrophes_is_exact(self) -> None:
        text = article(XIAOMI)
        quote = "Die elektrische auto’s worden mogelijk aangeboden onder het eigen merk."
        found = find(text, quote)
        assert found.state is QuoteState.EXACT
        assert found.text == quote == text.text[found.start : found.end]
        assert found.passages == (Passage(found.start or 0, found.end or 0),)

    def test_the_same_quote_with_straight_ones_is_spaced(self) -> None:
        found = find(article(XIAOMI), "Die elektrische auto's worden mogelijk aangeboden")
        assert found.state is QuoteState.SPACED
        assert found.text == "Die elektrische auto’s worden mogelijk aangeboden"

    def test_a_quote_over_two_paragraphs_is_spaced(self) -> None:
        found = find(article(XIAOMI), "een kern van waarheid in zitten. Elektrische auto van Xiaomi")
        assert found.state is QuoteState.SPACED
        assert "zitten.\n\nElektrische" in found.text

    def test_a_name_is_ambiguous_until_its_neighbours_are_named(self) -> None:
        text = article(NISSAN)
        several = find(text, "Apple")
        assert several.state is QuoteState.AMBIGUOUS
        assert len(several.passages) == text.text.count("Apple")
        assert (several.start, several.end) == several.passages[0]
        assert find(text, "Apple", before="Tot nu toe is dit nog niet gelukt met").state is QuoteState.EXACT
        assert find(text, "Apple", after="stelt blijkbaar").text == "Apple"

    def test_a_quote_with_one_word_changed_shows_what_stands_there(self) -> None:
        found = find(article(NISSAN), "ze willen in 2025 een personenauto produceren")
        assert found.state is QuoteState.CHANGED
        assert found.text == "ze willen in 2024 een personenauto produceren"
        assert 0.9 < found.score < 1

    def test_what_another_article_says_is_gone(self) -> None:
        found = find(article(NISSAN), "Waarom BMW kiest voor Huawei (en niet voor Google of Apple)")
        assert found == Found(QuoteState.GONE, None, None, 0, (), "")


@pytest.mark.parametrize(
    ("text", "quote", "state"),
    [
        ("a b", "a b", QuoteState.EXACT),
        ("a  b", "a b", QuoteState.SPACED),
        ("a\r\n\tb", "a b", QuoteState.SPACED),
        ("a\u00a0b", "a b", QuoteState.SPACED),
        ("a b", "a\u2009\n b", QuoteState.SPACED),
        ("auto\u00admobiel", "automobiel", QuoteState.SPACED),
        ("auto\u200bmobiel", "automobiel", QuoteState.SPACED),
        ("automobiel", "auto\u200bmobiel", QuoteState.SPACED),
        ("‘a’ “b” „c‟ ‚d‛", "'a' \"b\" \"c\" 'd'", QuoteState.SPACED),
        ("'a' \"b\"", "’a‘ ”b“", QuoteState.SPACED),
        ("café", "cafe\u0301", QuoteState.SPACED),
        ("cafe\u0301", "café", QuoteState.SPACED),
        ("q\u0301\u0323.", "q\u0323\u0301", QuoteState.SPACED),
        ("각", unicodedata.normalize("NFD", "각"), QuoteState.SPACED),
        (unicodedata.normalize("NFD", "각가"), "각가", QuoteState.SPACED),
        ("10 \u212b", "10 Å", QuoteState.SPACED),
        ("nowhere", "now here", QuoteState.CHANGED),
        ("Apple", "apple", QuoteState.CHANGED),
        ("1–2 en meer", "1-2 en meer", QuoteState.CHANGED),
        ("en toen…", "en toen...", QuoteState.CHANGED),
        ("«ja» zei zij", '"ja" zei zij', QuoteState.CHANGED),
        ("x² en x", "x2 en x", QuoteState.CHANGED),
        ("een ﬁets kopen", "een fiets kopen", QuoteState.CHANGED),
    ],
)
def test_spaced_is_white_space_normal_form_and_curly_quotes_and_nothing_else(
    text: str, quote: str, state: QuoteState
) -> None:
    assert find(text, quote).state is state


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("het  café", "het cafe"),
        ("het  cafe\u0301", "het cafe"),
        ("het  q\u0301", "het q"),
        ("die  각", "die 가"),
    ],
)
def test_a_character_without_its_marks_is_another(text: str, quote: str) -> None:
    assert find(text, quote).state is QuoteState.CHANGED


@pytest.mark.parametrize("quote", ["uto", "elektrische aut", " auto ", "\nauto\n"])
def test_a_quote_may_cut_words_and_carry_white_space_around_it(quote: str) -> None:
    found = find("een elektrische auto.", quote)
    assert found.state is QuoteState.EXACT
    assert found.text == quote.strip()


@pytest.mark.parametrize("quote", ["", " ", "\n\t\u00a0", "\u200b \u200b", "[…]", " […] [...] "])
def test_a_quote_of_nothing_is_gone(quote: str) -> None:
    assert find("een elektrische auto.", quote).state is QuoteState.GONE


def test_in_an_empty_article_everything_is_gone() -> None:
    assert find("", "auto").state is QuoteState.GONE
    assert find(" \u200b\n", "auto").state is QuoteState.GONE


def test_one_exact_place_outweighs_those_that_are_spaced() -> None:
    found = find("De auto's. De auto’s.", "De auto’s")
    assert (found.state, found.start) == (QuoteState.EXACT, 11)


def test_places_may_overlap() -> None:
    found = find("banana", "ana")
    assert (found.state, found.passages) == (QuoteState.AMBIGUOUS, ((1, 4), (3, 6)))


class TestContext:
    TEXT = "Volgens Reuters ja.\n\nVolgens de  ‘Financial Times’ nee. Volgens\nReuters misschien."

    @pytest.mark.parametrize(
        ("before", "after", "start"),
        [
            (None, "Reuters ja", 0),
            ("ja.", None, 21),
            ("ja. ", " de", 21),
            (None, "de 'Financial", 21),
            ("Times' nee.", None, 55),
            ("nee", None, None),  # a full stop stands between
            (None, "ja", None),
            ("ja.", "Reuters", None),  # each fits another place
        ],
    )
    def test_words_directly_around_a_quote_pick_a_place(
        self, before: str | None, after: str | None, start: int | None
    ) -> None:
        found = find(self.TEXT, "Volgens", before, after)
        if start is None:
            assert found.state is QuoteState.AMBIGUOUS
            assert len(found.passages) == 3
        else:
            assert (found.state, found.start) == (QuoteState.EXACT, self.TEXT.index("Volgens", start))

    def test_they_pick_a_place_that_is_spaced(self) -> None:
        found = find("a  b c, a\tb d", "a b", after="d")
        assert (found.state, found.text) == (QuoteState.SPACED, "a\tb")

    def test_they_may_stand_without_white_space_between(self) -> None:
        assert find("(Apple) Apple", "Apple", before="(").start == 1

    def test_they_do_not_harm_a_quote_that_stands_once(self) -> None:
        assert find("een auto", "auto", before="geen", after="!").state is QuoteState.EXACT

    def test_those_that_fit_several_places_decide_nothing(self) -> None:
        assert find("a b a b", "b", before="a").state is QuoteState.AMBIGUOUS


class TestJoined:
    TEXT = "Xiaomi wil een auto. Niet nu, zegt Lei Jun. Maar later bouwt Xiaomi er toch een."

    @pytest.mark.parametrize("joint", [" […] ", "[...]", " [. . .] ", "\n[… ]\n"])
    def test_parts_that_stand_in_order_are_one_quote(self, joint: str) -> None:
        found = find(self.TEXT, f"Xiaomi wil een auto{joint}later bouwt{joint}toch een.")
        assert found.state is QuoteState.EXACT
        assert [self.TEXT[slice(*place)] for place in found.passages] == [
            "Xiaomi wil een auto",
            "later bouwt",
            "toch een.",
        ]
        assert (found.start, found.end) == (0, len(self.TEXT))
        assert found.text == "Xiaomi wil een auto […] later bouwt […] toch een."

    def test_one_part_that_is_spaced_makes_all_of_it_spaced(self) -> None:
        found = find(self.TEXT.replace(" ", "\n"), "wil een auto […] later")
        assert found.state is QuoteState.SPACED

    def test_parts_in_another_order_do_not_stand(self) -> None:
        assert find(self.TEXT, "Maar later bouwt […] Xiaomi wil een auto").state not in STANDS

    def test_parts_do_not_overlap(self) -> None:
        found = find("abcdefgh", "abcde […] defgh")
        assert found.state not in STANDS
        assert found.score < 1

    @pytest.mark.parametrize("quote", ["Xiaomi […] een.", "wil […] een", "wil […] a […] toch"])
    def test_a_part_that_can_be_read_in_two_places_is_ambiguous(self, quote: str) -> None:
        found = find(self.TEXT, quote)
        assert found.state is QuoteState.AMBIGUOUS
        assert len(found.passages) >= 2

    def test_the_place_of_one_part_can_settle_another(self) -> None:
        found = find("een twee een drie", "drie")
        assert found.state is QuoteState.EXACT
        assert find("een twee een drie", "twee […] een").passages == ((4, 8), (9, 12))

    def test_context_stands_before_the_first_and_after_the_last_part(self) -> None:
        found = find(self.TEXT, "Xiaomi […] een", before="bouwt", after=".")
        assert (found.state, found.text) == (QuoteState.EXACT, "Xiaomi […] een")
        assert found.end == len(self.TEXT) - 1

    def test_an_article_may_have_the_sign_itself(self) -> None:
        found = find("Hij zei: “Ja […] nee.” Ja, nee.", "Ja […] nee")
        assert (found.state, found.text, len(found.passages)) == (QuoteState.EXACT, "Ja […] nee", 1)

    def test_a_part_that_is_changed_is_shown_with_the_others(self) -> None:
        found = find(self.TEXT, "Xiaomi wil een auto […] Maar later koopt Xiaomi er toch een")
        assert found.state is QuoteState.CHANGED
        assert found.text == "Xiaomi wil een auto […] Maar later bouwt Xiaomi er toch een"
        assert len(found.passages) == 2

    def test_a_part_that_is_gone_takes_the_quote_with_it(self) -> None:
        quote = "Xiaomi wil een auto […] Volkswagen presenteert bestelbussen in Hannover"
        assert find(self.TEXT, quote).state is QuoteState.GONE


@pytest.mark.parametrize(
    "quote",
    [
        "Het bedrijf boekt een tijdje vooruitgang met technologie",  # a word left out
        "Het bedrijf boekt al een heel klein tijdje vooruitgang met technologie",  # words put in
        "Het bedrijf boekte al een tijdje vooruitgang met technologie",
        "HET BEDRIJF BOEKT AL EEN TIJDJE VOORUITGANG MET TECHNOLOGIE",
        "Dit bedrijf boekt al een tijdje vooruitgang met techniek",  # at both ends
        "boekt Het bedrijf al een tijdje vooruitgang met technologie",
    ],
)
def test_the_nearest_passage_begins_and_ends_with_whole_words(quote: str) -> None:
    found = find(article(NISSAN), quote)
    assert found.state is QuoteState.CHANGED
    assert found.text == "Het bedrijf boekt al een tijdje vooruitgang met technologie"
    assert near_enough(len(quote)) <= found.score < 1


def test_a_changed_paragraph_is_found_whole() -> None:
    text = article(NISSAN)
    paragraph = max(text.text.split("\n"), key=len)
    words = paragraph.split()
    found = find(text, " ".join([*words[:20], "vermoedelijk", *words[26:]]))
    assert (found.state, found.text) == (QuoteState.CHANGED, paragraph)


def test_text_without_spaces_between_words_has_its_nearest_passage_too() -> None:
    text = "小米公司今天宣布将在北京建设一座汽车工厂，年产量三十万辆。"
    found = find(text, "宣布将在上海建设一座汽车工厂")
    assert (found.state, found.text) == (QuoteState.CHANGED, "宣布将在北京建设一座汽车工厂")


def test_a_nearest_passage_takes_characters_with_their_marks() -> None:
    text = unicodedata.normalize("NFD", "Hij dronk een café crème in Düsseldorf.")
    found = find(text, "een cafe creme in Dusseldorf")
    assert found.state is QuoteState.CHANGED
    assert unicodedata.normalize("NFC", found.text) == "een café crème in Düsseldorf"


LONG = {
    "a periodic quote in a periodic text": ("a" * 100_000, "a" * 50_000),
    "one other letter at its end": ("a" * 100_000, "a" * 5_000 + "b"),
    "at its beginning": ("a" * 100_000, "b" + "a" * 5_000),
    "in its middle": ("a" * 100_000, "a" * 2_500 + "b" + "a" * 2_500),
    "more than is compared": ("a" * 100_000, "a" * 50_000 + "b"),
    "another period": ("ab" * 50_000, "aab" * 3_000),
    "another period, short": ("ab" * 50_000, "a  b" * 20),
    "places within characters only": ("x\u0301" * 50_000, "x\u0301" * 5_000 + " x"),
    "marks in another order": ("e\u0301\u0323" * 30_000, "é" * 3_000),
    "more marks than are ordered": ("a" + "\u0301\u0323" * 50_000, "a" + "\u0323\u0301" * 40_000),
    "a field of white space": ("a b" + " " * 100_000 + "c", "b" + "\t" * 100_000 + "c"),
    "white space of no width": ("\u200b" * 100_000, "a" + "\u200b" * 100_000),
    "ten thousand parts": ("a" * 100_000, "a[…]" * 10_000),
    "parts without words": ("a" * 100_000, "[…]" * 10_000),
    "brackets": ("a" * 1_000, "[" * 100_000),
    "almost joints": ("a" * 1_000, "[ . " * 20_000),
    "signs of regular expressions": (".*+?()[]{}|\\^$" * 1_000, ".*+?()[]{}|\\^$" * 3),
    "a regular expression that explodes": ("a" * 10_000 + "!", "(a+)+$"),
    "punctuation": ("!?" * 50_000, "?!,;:" * 100),
    "one word over and over": ("word " * 20_000, "drow " * 1_900),
}


@pytest.mark.parametrize("case", LONG)
def test_texts_and_quotes_made_to_take_long_come_to_an_end(case: str) -> None:
    text, quote = LONG[case]
    found = find(text, quote, before="a", after="b")
    assert len(found.passages) <= max(MOST_PLACES, quote.count("[…]") + 1)


LETTERS = "ab ée\u0301q\u0323각가\u11a8’'“\"\n\u00a0\u200b.[…]"
texts = st.one_of(
    st.text(st.sampled_from(LETTERS), max_size=60), st.text(st.characters(codec="utf-8"), max_size=60)
)


@st.composite
def cut_texts(draw: st.DrawFn) -> tuple[str, int, int]:
    """Draw a text and a stretch of it with something in it."""
    text = draw(texts.filter(str.strip))
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    assume(text[start:end].strip())
    return text, start, end


@given(cut_texts())
def test_any_stretch_of_any_text_is_found_in_it(cut: tuple[str, int, int]) -> None:
    text, start, end = cut
    quote = text[start:end].strip()
    found = find(text, text[start:end])
    places = [at for at in range(len(text)) if text.startswith(quote, at)]
    assert found.state is (QuoteState.EXACT if len(places) == 1 else QuoteState.AMBIGUOUS)
    assert [place.start for place in found.passages] == places
    assert found.text == text[found.start : found.end] == quote
    assert found.score == 1


def _whole(text: str, at: int) -> bool:
    """Tell whether no character and its marks stand on either side of an offset."""
    return not re.match("\u200b*[\u0301\u0323\u11a8]", text[at:])


RESPELLINGS: dict[str, Callable[[str], str]] = {
    "white space": lambda text: re.sub(r"\s+", " \t\n", text),
    "no-break space": lambda text: re.sub(r"\s+", "\u00a0", text),
    "zero-width space": lambda text: text.replace("\u200b", ""),
    "NFC": lambda text: unicodedata.normalize("NFC", text),
    "NFD": lambda text: unicodedata.normalize("NFD", text),
    "straight": lambda text: text.translate(str.maketrans("’‘“”", "''\"\"")),
    "curly": lambda text: text.translate(str.maketrans("'\"", "’“")),
}


@given(
    st.text(st.sampled_from(LETTERS.replace("[…]", "")), min_size=1, max_size=60),
    st.data(),
    st.lists(st.sampled_from(sorted(RESPELLINGS)), min_size=1, max_size=3),
)
def test_a_stretch_that_is_spelled_otherwise_is_found(
    text: str, data: st.DataObject, ways: list[str]
) -> None:
    edges = [at for at in range(len(text) + 1) if _whole(text, at)]
    start, end = sorted((data.draw(st.sampled_from(edges)), data.draw(st.sampled_from(edges))))
    quote = text[start:end] or text
    for way in ways:
        quote = RESPELLINGS[way](quote)
    assume(fold(quote))
    found = find(text, quote)
    assert found.state in STANDS
    for place in found.passages:
        assert fold(text[slice(*place)]) == fold(quote)


@given(cut_texts(), st.data())
def test_a_stretch_with_a_letter_changed_never_stands(cut: tuple[str, int, int], data: st.DataObject) -> None:
    text, start, end = cut
    text = text.replace("ж", "a")
    at = data.draw(st.integers(start, end - 1))
    quote = text[start:at] + "ж" + text[at + 1 : end]
    assume("[…]" not in quote)
    found = find(text, quote)
    assert found.state in (QuoteState.CHANGED, QuoteState.GONE)
    assert found.score < 1


@given(texts, texts, texts | st.none(), texts | st.none())
def test_whatever_is_sought_the_answer_holds_together(
    text: str, quote: str, before: str | None, after: str | None
) -> None:
    found = find(text, quote, before, after)
    assert 0 <= found.score <= 1
    assert (found.score == 1) is (found.state in STANDS)
    if found.state is QuoteState.GONE:
        assert (found.start, found.end, found.passages, found.text) == (None, None, (), "")
        return
    assert found.start is not None
    assert found.end is not None
    assert 0 <= found.start < found.end <= len(text)
    assert all(0 <= place.start < place.end <= len(text) for place in found.passages)
    if found.state is QuoteState.SPACED:
        assert "".join(fold(text[slice(*place)]) for place in found.passages) in _readings(quote)


def _readings(quote: str) -> list[str]:
    """Return a quote folded, and the parts of a joined one put together."""
    parts = re.split(r"\[…\]", quote)
    return [fold(quote), "".join(fold(part) for part in parts)]


@given(texts)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(texts)
def test_the_way_back_from_folded_text_leads_where_it_came_from(text: str) -> None:
    prepared = Prepared(text)
    folded = prepared.folded
    assert len(prepared.lowered) == len(folded)
    for at in range(len(folded)):
        place = prepared.passage(at, at + 1)
        if place is not None and folded[at] != " ":
            assert fold(text[slice(*place)]) == folded[at]


def test_an_article_is_folded_once_and_only_when_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    text = article(XIAOMI)
    assert find(text, "Leestijd: 2 minuten").state is QuoteState.EXACT
    assert "_folding" not in vars(text)
    assert find(text, "Leestijd:  2 minuten").state is QuoteState.SPACED
    monkeypatch.setattr("claimbook.book.folded._pattern", None)
    assert text.folded
