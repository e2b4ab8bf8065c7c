"""The origins screen: who has a claim from whom, what counts as one origin, and the ways there and back."""

from pathlib import Path

from rich.cells import cell_len

from claimbook.app.family import origins_line
from claimbook.app.screens.origins import Origins
from claimbook.app.widgets.drawing import Drawing
from claimbook.app.widgets.toned import Wrapped
from claimbook.review.origins import Origins as Count
from desks import Opened, opened

RUMOUR = "xiaomi-great-wall-cooperation"


async def at(desk: Opened, identifier: str) -> None:
    desk.claims.move_to(desk.ids.index(identifier))
    await desk.press("O")
    await desk.until(lambda: isinstance(desk.app.screen, Origins) and "Comparing" not in tree(desk))


def tree(desk: Opened) -> str:
    return desk.app.screen.query_one(Drawing).text


async def test_a_claim_is_counted_and_drawn_from_its_origins_down_to_the_quotes(example: Path) -> None:
    async with opened(example) as desk:
        await at(desk, RUMOUR)
        drawn = tree(desk)

        assert "2 articles, 3 sources → ● 1 origin" in drawn
        assert "8 pieces → ●●●●● 5 origins" in drawn
        assert "Evidence for it     none yet" in drawn
        order = [
            "└─ Reuters, 2021-03-26  origin",
            "source 1, source 2 and source 3 go back to Reuters' report of 2021-03-26",
            "   ├─ WANT, 2021-03-26 (2021-03-26-want-xiaomi)",
            "   │  └─ source 1 relays, hedged, strengthened, from “three people”",
            "“Voor de productie van de elektrische auto’s",
            "   └─ Autowereld.com, 2021-04",
            "├─ Great Wall Motor  origin",
            "├─ IT Home  passed it on",
        ]
        places = [drawn.index(words) for words in order]
        assert places == sorted(places)
        assert "Xiaomi works together with Great Wall Motor" in desk.app.screen.query_one(Wrapped).text


def test_a_number_of_origins_is_drawn_as_an_interval() -> None:
    def drawn(least: int, most: int) -> str:
        return "".join(span.text for span in origins_line(Count(least, most)))

    assert drawn(1, 1) == "● 1 origin"
    assert drawn(2, 3) == "●●○ 2 to 3 origins"
    assert drawn(400, 500) == "●" * 20 + "… 400 to 500 origins"


async def test_the_next_claim_is_a_key_away_and_the_cursor_follows_back(example: Path) -> None:
    async with opened(example) as desk:
        await at(desk, "apple-approached-nissan")
        await desk.press("K")
        await desk.press("J", "J")
        third = desk.ids[2]
        assert "3 of 84" in desk.screen_text()

        await desk.press("escape")
        await desk.until(lambda: len(desk.app.screen_stack) == 1)
        assert desk.here == third
        assert desk.claims.has_focus


async def test_keys_scroll_the_tree_and_nothing_is_wider_than_the_screen(example: Path) -> None:
    async with opened(example, (80, 24)) as desk:
        await at(desk, RUMOUR)
        shown = desk.app.screen.query_one(Drawing)
        await desk.press("j", "j")
        assert shown.scroll_offset.y == 2
        await desk.press("G")
        assert "evidence 10" in desk.screen_text()
        assert all(cell_len(line) < 80 for line in tree(desk).splitlines())


async def test_articles_that_may_be_one_report_are_named_and_nothing_is_linked(example: Path) -> None:
    file = example / f"claims/xiaomi/{RUMOUR}.yaml"
    text = file.read_text()
    file.write_text(
        text.replace("      - name: Reuters\n        report: 2021-03-26\n", "      - name: Reuters\n", 1)
    )
    before = file.read_bytes()
    async with opened(example) as desk:
        await at(desk, RUMOUR)
        assert "May be linked, if you confirm it" in tree(desk)
    assert file.read_bytes() == before


async def test_a_chain_of_any_length_is_drawn(example: Path) -> None:
    names = ", ".join(f"Paper {number}" for number in range(2000))
    (example / "claims/aaa.yaml").write_text(
        "claim: It went round.\nkind: rumour\nsources:\n"
        f"  - {{url: 'https://example.org', publisher: Last, date: 2021, stance: relays, via: [{names}]}}\n"
    )
    async with opened(example, (80, 24)) as desk:
        await at(desk, "aaa")
        lines = tree(desk).splitlines()
        assert any("└─ Paper 0  passed it on" in line for line in lines)
        assert all(cell_len(line) < 80 for line in lines)


async def test_an_edit_from_outside_shows_and_a_broken_record_says_so(example: Path) -> None:
    file = example / f"claims/xiaomi/{RUMOUR}.yaml"
    async with opened(example) as desk:
        await at(desk, RUMOUR)
        file.write_text(file.read_text().replace("claim: ", "clam: ", 1))
        await desk.until(lambda: "BROKEN" in tree(desk))
        assert "did you mean `claim`?" in tree(desk)


async def test_names_that_look_like_markup_are_shown_as_they_are(example: Path) -> None:
    (example / "claims/aaa.yaml").write_text(
        "claim: '[/] [@click=app.quit]x[/]'\nkind: rumour\nsources:\n"
        "  - {url: 'https://example.org', publisher: '[/] \u202epaper', date: 2021, note: '[red]n[/]',"
        " via: ['[/b]', {anonymous: '[bold]people'}]}\n"
    )
    async with opened(example) as desk:
        await at(desk, "aaa")
        shown = desk.screen_text()
        assert "[/b]  origin" in shown
        assert "<U+202E>paper" in shown
        assert "“[bold]people”" in shown


async def test_an_empty_list_opens_no_origins(example: Path) -> None:
    async with opened(example) as desk:
        await desk.press("2")
        await desk.until(lambda: desk.claims.count == 0)
        await desk.press("O")
        assert len(desk.app.screen_stack) == 1
