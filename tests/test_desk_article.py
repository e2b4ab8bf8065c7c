"""The article screen: what claims quote is marked, and words become claims, exactly and in their place."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.widgets import Input

from claimbook.app.marking import Marking, extra_cells, pieces
from claimbook.app.screens.article import ArticlePanel, ArticleScreen
from claimbook.app.screens.articles import ArticleList, Articles
from claimbook.app.screens.newclaim import NewClaimDialog
from claimbook.app.screens.question import Question
from claimbook.app.typesetting import Typeset, shown
from claimbook.app.widgets.articletext import ArticleText
from claimbook.app.widgets.fields import Pad
from claimbook.app.widgets.toned import Wrapped
from claimbook.book.book import Book
from claimbook.book.entry import Entry
from claimbook.book.quotes import WHOLE
from desks import Opened, opened

NISSAN = "2021-02-apparata-nissan"
HEAD = b"---\npublisher: Example\ndate: 2021-03-26\n---\n"


def book(root: Path, text: str, *quotes: str) -> Path:
    """Make a book of one article, with a claim for each quote; a quote may say where in brackets it fails."""
    (root / "seeds").mkdir(parents=True)
    (root / "claims").mkdir()
    (root / "seeds/talk.md").write_bytes(HEAD + text.encode())
    for number, quote in enumerate(quotes):
        (root / f"claims/claim-{number}.yaml").write_text(
            f"claim: The claim of number {number}.\n\nkind: fact\n\nstatus: open\n\n"
            f"sources:\n  - article: talk\n    quote: {quote}\n    stance: asserts\n"
        )
    return root


async def reading(desk: Opened, identifier: str = "") -> ArticleText:
    """Open the article of a claim, or of the one at the cursor."""
    if identifier:
        desk.claims.move_to(desk.ids.index(identifier))
    await desk.press("a")
    await desk.until(lambda: isinstance(desk.app.screen, ArticleScreen))
    await desk.settle()
    return desk.app.screen.query_one(ArticleText)


def panel(desk: Opened) -> str:
    return desk.app.screen.query_one(ArticlePanel).text


def outcome(desk: Opened) -> str:
    return desk.app.screen.query_one("#new-outcome", Wrapped).text


async def begin_claim(desk: Opened, sentence: str) -> None:
    await desk.press("n")
    await desk.until(lambda: isinstance(desk.app.screen, NewClaimDialog) and desk.app.focused)
    await desk.write(sentence)


async def save(desk: Opened) -> None:
    await desk.press("ctrl+s")
    await desk.until(lambda: isinstance(desk.app.screen, ArticleScreen))


async def test_a_claims_article_opens_at_its_quote_and_tells_the_claim(example: Path) -> None:
    async with opened(example) as desk:
        text = await reading(desk, "apple-approached-nissan")

        assert "?een bericht dat de smartphone fabrikant" in desk.screen_text()
        assert "? UNPROVEN  Apple approached Nissan about a joint car project." in panel(desk)
        article = desk.app.view.articles[NISSAN] if desk.app.view else None
        assert article is not None
        assert article.text[text.cursor :].startswith("een bericht dat de smartphone")


async def test_keys_go_from_claim_to_claim_and_enter_goes_to_it_on_the_desk(example: Path) -> None:
    async with opened(example) as desk:
        await desk.press("slash")
        await desk.write("id:apple-approached-nissan")
        await desk.press("enter")
        await desk.until(lambda: desk.claims.count == 1)
        text = await reading(desk)
        places = [text.cursor]
        for key in ("]", "J", "]"):
            await desk.press({"]": "right_square_bracket"}.get(key, key))
            places.append(text.cursor)
        assert places == sorted(places)
        await desk.press("left_square_bracket", "K", "K")
        assert text.cursor == places[0]

        await desk.press("J", "J", "enter")
        await desk.until(lambda: len(desk.app.screen_stack) == 1 and desk.claims.count == 84)
        await desk.until(lambda: desk.here != "apple-approached-nissan")
        row = desk.claims.row
        assert row is not None
        assert NISSAN in [quoted.article for quoted in row.entry.quotes]


async def test_several_articles_are_offered_those_of_the_claim_first(example: Path) -> None:
    async with opened(example) as desk:
        desk.claims.move_to(desk.ids.index("xiaomi-great-wall-cooperation"))
        await desk.press("a")
        assert isinstance(desk.app.screen, Articles)
        listed = desk.app.screen.query_one(ArticleList)
        row = desk.claims.row
        assert row is not None
        own = {quoted.article for quoted in row.entry.quotes}
        assert {article.id for article in listed.articles[: len(own)]} == own
        assert "• the claim is drawn from these" in desk.screen_text()

        await desk.press("enter")
        await desk.until(lambda: isinstance(desk.app.screen, ArticleScreen))
        assert "Great Wall" in panel(desk)
        await desk.press("escape", "escape")
        assert len(desk.app.screen_stack) == 1


async def test_a_selected_sentence_becomes_a_record_with_its_words_exactly(tmp_path: Path) -> None:
    text = "Apple talks. “The car’s price,  she said, is 20.000 €”, wrote\nnobody else.\n"
    root = book(tmp_path / "b", text, "Apple talks.")
    async with opened(root) as desk:
        await reading(desk)
        await desk.press("w", "w", "s")
        await begin_claim(desk, "The car costs 20,000 euros.")
        assert "Writes claims/the-car-costs-20000-euros.yaml" in outcome(desk).replace("20-000", "20000")
        await save(desk)
        assert "▌" not in panel(desk)
        assert "The car costs 20,000 euros." in panel(desk)

    made = next(path for path in (root / "claims").iterdir() if "car-costs" in path.name)
    assert made.read_text().startswith("# yaml-language-server: $schema=.schema.json\nclaim: The car costs")
    entry = reread(root, made.stem)
    claim = entry.claim
    assert claim is not None
    assert claim.sources[0].quote == text[13:].rstrip()
    assert [quoted.found.state for quoted in entry.quotes if quoted.found] == ["exact"]
    assert (claim.kind, claim.sources[0].stance, claim.sources[0].before) == ("rumour", "asserts", None)


def reread(root: Path, identifier: str) -> Entry:
    opened_again = Book(root)
    opened_again.refresh()
    return opened_again.entry(identifier)


async def test_the_form_takes_kind_subjects_stance_chain_due_and_a_folder(tmp_path: Path) -> None:
    root = book(tmp_path / "b", "Apple builds a car in 2024.\n")
    async with opened(root) as desk:
        await desk.press("L", "enter")
        await desk.until(lambda: isinstance(desk.app.screen, ArticleScreen))
        await begin_claim(desk, "Apple builds a car.")
        await desk.press("tab", "right", "tab")
        await desk.write("Apple, Foxconn")
        await desk.press("tab", "tab", "right", "tab")
        await desk.write("Reuters@2021-03-26, anonymous:two people")
        await desk.press("tab")
        await desk.write("2024")
        await desk.press("tab")
        await desk.write("cars/apple-builds")
        assert "Writes claims/cars/apple-builds.yaml, open; talk relays it, hedged." in outcome(desk)
        await save(desk)

    assert (root / "claims/cars/apple-builds.yaml").read_text() == (
        "# yaml-language-server: $schema=../.schema.json\n"
        "claim: Apple builds a car.\n\nkind: prediction\n\nabout: [Apple, Foxconn]\n\nstatus: open\n\n"
        "due: 2024\n\nsources:\n  - article: talk\n    quote: Apple builds a car in 2024.\n"
        "    stance: relays\n    certainty: hedged\n    via:\n      - name: Reuters\n"
        "        report: 2021-03-26\n      - anonymous: two people\n"
    )


async def test_words_that_stand_twice_get_the_words_beside_them(tmp_path: Path) -> None:
    root = book(tmp_path / "b", "Apple says so today. Later Apple says so again. And Apple says so again.\n")
    async with opened(root) as desk:
        await desk.press("L", "enter")
        await desk.until(lambda: isinstance(desk.app.screen, ArticleScreen))
        await desk.press(*["w"] * 5, "v", *["w"] * 3)
        await begin_claim(desk, "Apple says so again.")
        await save(desk)
        await desk.until(lambda: "Apple says so again." in panel(desk))

    entry = reread(root, "apple-says-so-again")
    assert entry.claim is not None
    assert entry.claim.sources[0].quote == "Apple says so"
    assert entry.claim.sources[0].before == "Later"
    found = entry.quotes[0].found
    assert found is not None
    assert found.state in WHOLE
    assert found.start == 27


async def test_a_claim_much_like_one_that_is_there_is_named(example: Path) -> None:
    async with opened(example) as desk:
        await reading(desk, "apple-approached-nissan")
        await begin_claim(desk, "Apple approached Nissan about a joint car project.")
        assert "claims/apple-approached-nissan-about-a-joint-car-project.yaml" in outcome(desk)
        await save(desk)
        assert any("Much like it: apple-approached-nissan (" in notice for notice in desk.notices)


async def test_undo_takes_the_claim_away_again(tmp_path: Path) -> None:
    root = book(tmp_path / "b", "Apple builds a car.\n")
    async with opened(root) as desk:
        await desk.press("L", "enter")
        await begin_claim(desk, "Apple builds one.")
        await save(desk)
        assert (root / "claims/apple-builds-one.yaml").exists()
        await desk.press("u")
        await desk.until(lambda: not (root / "claims/apple-builds-one.yaml").exists())


async def test_what_is_wrong_in_the_form_is_said_and_nothing_is_written(tmp_path: Path) -> None:
    root = book(tmp_path / "b", "Apple builds a car.\n", "Apple builds")
    async with opened(root) as desk:
        await reading(desk)
        await desk.press("n")
        await desk.until(lambda: isinstance(desk.app.screen, NewClaimDialog) and desk.app.focused)
        await desk.press("ctrl+s")
        assert "Write the claim" in outcome(desk)
        await desk.write("Apple builds a car.")
        for field, typed, words in (
            ("via", "anonymus:people", "did you mean anonymous:people"),
            ("due", "soon", "Due: "),
            ("id", "claim-0", "taken"),
            ("id", "../x", "no folder"),
        ):
            box = desk.app.screen.query_one(f"#new-{field}", Input)
            box.value = typed
            await desk.press("ctrl+s")
            await desk.until(lambda words=words: words in outcome(desk))  # type: ignore[misc]
            box.value = ""
            await desk.settle()
        assert [path.name for path in (root / "claims").iterdir()] == ["claim-0.yaml"]

        await desk.press("escape")
        assert isinstance(desk.app.screen, Question)
        await desk.press("escape")
        assert desk.app.screen.query_one(Pad).text == "Apple builds a car."


async def test_nested_overlapping_and_equal_passages_each_begin_with_their_sign(tmp_path: Path) -> None:
    text = "One two three four five six seven.\n"
    root = book(tmp_path / "b", text, "One two three four", "two three", "four five six", "four five six")
    settled = root / "claims/claim-1.yaml"
    settled.write_text(
        settled.read_text().replace("open", "settled")
        + "\nverdicts:\n  - date: 2026-01-01\n    rating: false\n    why: No.\n"
    )
    async with opened(root) as desk:
        await reading(desk)
        assert "○One ✗two three⟧ ○○four⟧ five six seven." in desk.screen_text()
        await desk.press("w", "w")
        assert "✗ FALSE  The claim of number 1." in panel(desk)
        assert "also ○ OPEN  The claim of number 0." in panel(desk)


async def test_a_quote_that_is_broken_comes_last_and_says_so(tmp_path: Path) -> None:
    root = book(tmp_path / "b", "Apple builds a car.\n", "Apple builds", "Nobody whosoever flies to Mars")
    async with opened(root) as desk:
        await reading(desk)
        await desk.press("J")
        assert "its quote is gone" in panel(desk)
        assert "Nobody whosoever flies to Mars" in panel(desk)


async def test_candidates_come_and_go_with_their_reasons_and_become_claims(example: Path) -> None:
    async with opened(example) as desk:
        text = await reading(desk, "apple-approached-nissan")
        assert "◇" not in desk.screen_text()
        await desk.press("c", "g")
        await desk.until(lambda: "look like claims" in panel(desk) or "◇" in desk.screen_text())
        for _ in range(60):
            if "n makes a claim of it" in panel(desk):
                break
            await desk.press("J")
        assert "point" in panel(desk)
        assert "name: " in panel(desk) or "number: " in panel(desk)
        await desk.press("n")
        await desk.until(lambda: isinstance(desk.app.screen, NewClaimDialog))
        await desk.press("escape", "escape", "c")
        assert "◇" not in desk.screen_text()
        assert text.selection is None


async def test_the_mouse_selects(tmp_path: Path) -> None:
    root = book(tmp_path / "b", "Apple builds a car. Nobody buys it.\n")
    async with opened(root) as desk:
        await desk.press("L", "enter")
        text = desk.app.screen.query_one(ArticleText)
        await desk.pilot.mouse_down("#article-text", offset=(2, 0))
        await desk.pilot.hover("#article-text", offset=(13, 0))
        await desk.pilot.mouse_up("#article-text", offset=(13, 0))
        await desk.settle()
        assert text.selection == (0, 12)

        await desk.pilot.click("#article-text", offset=(25, 0), times=2)
        await desk.settle()
        assert text.selection == (20, 35)
        await desk.press("escape")
        assert text.selection is None


async def test_an_outside_edit_of_the_article_shows_and_a_lost_article_is_told(tmp_path: Path) -> None:
    root = book(tmp_path / "b", "Apple builds a car.\n", "Apple builds")
    async with opened(root) as desk:
        await reading(desk)
        (root / "seeds/talk.md").write_bytes(HEAD + b"Now Apple builds a car.\n")
        await desk.until(lambda: "Now ○Apple" in desk.screen_text())
        (root / "seeds/talk.md").unlink()
        await desk.until(lambda: "is gone from the book" in panel(desk))
        await desk.press("n", "s", "J", "c", "enter", "escape")
        assert len(desk.app.screen_stack) == 1


async def test_wide_joined_and_hidden_characters_are_shown_in_their_cells(tmp_path: Path) -> None:
    text = "小米汽车 says \u200bhi\x1b[31m to e\u0301te\u0301 and \U0001f469\u200d\U0001f4bb [b]bold[/b].\n"
    root = book(tmp_path / "b", text, "says")
    async with opened(root) as desk:
        shown_text = await reading(desk)
        line = next(line for line in desk.screen_text().splitlines() if "○says" in line)
        assert "小米汽车 ○says <U+200B>hi<U+001B>[31m to" in line
        assert "[b]bold[/b]" in line
        await desk.press("g", "l", "l")
        assert shown_text.cursor == 2
        await desk.press("dollar_sign", "v")
        strip = shown_text.render_line(0)
        assert strip.cell_length == shown_text.size.width


async def test_a_very_long_article_is_set_at_once_and_only_once_for_a_width(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paragraphs = "".join(f"Sentence {n} says that number {n} is a number.\n\n" for n in range(5000))
    one = "word " * 60_000
    root = book(tmp_path / "b", paragraphs + one, "number 4999 is a number")
    async with opened(root) as desk:
        made: list[int] = []
        real = Typeset.__init__

        def counting(self: Typeset, *given: object) -> None:
            made.append(1)
            real(self, *given)  # type: ignore[arg-type]

        monkeypatch.setattr(Typeset, "__init__", counting)
        text = await reading(desk)
        assert "number 4999" in desk.screen_text()
        before = len(made)
        await desk.press("G", "g", "ctrl+d", "J", "s", "n")
        assert len(made) == before <= 3
        assert text.line_count > 12_000


def marked(spans: list[tuple[int, int]]) -> list[Marking]:
    return [Marking(min(span), max(span), "✗", "bad", number) for number, span in enumerate(spans)]


ODD = st.text(st.sampled_from("ab  \n\r\t.小é\u0301\u200d\u200b\x1b\U0001f469")) | st.text()


@given(ODD, st.integers(8, 30), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=5))
def test_a_text_of_any_characters_is_set_in_lines_that_fit_and_leave_nothing_out(
    text: str, width: int, spans: list[tuple[int, int]]
) -> None:
    made = pieces(len(text), marked(spans))
    typeset = Typeset(text, width, extra_cells(made))
    assert "".join(text[piece.start : piece.end] for piece in made) == text

    end = 0
    for start, stop in typeset.lines:
        assert start >= end
        assert not text[end:start].strip(" \r\n")
        sizes = [size for _, size in typeset.clusters(start, stop)]
        words = text[start:stop].rstrip(" ")
        assert sum(sizes) <= width or len(sizes) == 1 or cell_len(shown(words)) <= width or max(sizes) > width
        end = stop
    assert not text[end:].strip("\r\n")


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=6))
def test_every_marking_begins_once_and_covers_what_it_says(spans: list[tuple[int, int]]) -> None:
    real = [marking for marking in marked(spans) if marking.start < marking.end]
    made = pieces(30, marked(spans))

    assert sorted(m for piece in made for m in piece.opening) == sorted(real)
    for marking in real:
        covered = [(p.start, p.end) for p in made if marking in p.over]
        assert (covered[0][0], covered[-1][1]) == (marking.start, marking.end)
