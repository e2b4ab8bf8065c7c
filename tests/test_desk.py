"""The desk: its list, the claim at the cursor, the filter, the side, and the ways between them."""

from pathlib import Path

import pytest

from claimbook.app.screens.problems import Problems
from claimbook.app.widgets.detail import Detail
from claimbook.app.widgets.filterline import FilterLine
from claimbook.app.widgets.sidebar import Sidebar
from desks import opened


def break_record(root: Path) -> None:
    file = root / "claims/apple/apple-car-2024.yaml"
    file.write_text(file.read_text().replace("claim: A", "clam: A", 1))


async def test_a_desk_lists_every_claim_and_tells_the_one_at_the_cursor(example: Path) -> None:
    async with opened(example) as desk:
        files = sorted(path.relative_to(example).as_posix() for path in (example / "claims").rglob("*.yaml"))

        assert [row.file for row in desk.claims.rows] == files
        assert desk.here == "apple-approached-nissan"
        assert "Apple approached Nissan about a joint car project." in desk.detail


async def test_a_claim_is_told_with_its_origins_quotes_evidence_and_verdicts(example: Path) -> None:
    async with opened(example) as desk:
        await desk.press("slash")
        await desk.write("id:xiaomi-great-wall-cooperation")
        await desk.until(lambda: desk.here == "xiaomi-great-wall-cooperation")
        await desk.until(lambda: "Xiaomi, Great Wall Motor" in desk.detail)

        for words in (
            "◔ MOSTLY FALSE since 26 Mar 2021",
            "rumour · Xiaomi, Great Wall Motor",
            "2 articles → 1 origin",
            "source 1, source 2 and source 3 go back to Reuters",
            "“Voor de productie van de elektrische auto’s werkt het bedrijf naar verluidt samen",
            "← Reuters (26 Mar 2021) ← three people",
            "hedged",
            "Evidence  + 0  − 8  · 2",
            "Verdicts  6, newest first",
            "Great Wall denied even talks",
            "A filing, an announcement or a car shows who builds it.",
        ):
            assert words in desk.detail, words
        told = desk.detail.index
        assert told("Great Wall denied even talks") < told("One report on anonymous people")


async def test_keys_move_the_cursor_by_rows_pages_and_to_both_ends(example: Path) -> None:
    async with opened(example) as desk:
        last = desk.claims.count - 1
        for keys, place in (
            (["j"], 1),
            (["down"], 2),
            (["k"], 1),
            (["up", "up"], 0),
            (["G"], last),
            (["g"], 0),
            (["end"], last),
            (["home"], 0),
            (["ctrl+d"], desk.claims.size.height // 2),
            (["ctrl+u"], 0),
            (["pagedown"], desk.claims.size.height - 1),
            (["pageup"], 0),
            (["J", "J", "K"], 1),
        ):
            await desk.press(*keys)
            assert desk.claims.cursor == place, keys
            top = desk.claims.scroll_offset.y
            assert top <= place < top + desk.claims.size.height


async def test_the_mouse_puts_the_cursor_on_a_row_and_the_wheel_scrolls(example: Path) -> None:
    async with opened(example) as desk:
        await desk.pilot.click("#claims", offset=(20, 4))
        assert desk.claims.cursor == 4

        await desk.pilot.click("#claims", offset=(20, 6), times=2)
        await desk.settle()
        assert desk.app.screen.has_class("-reading")


async def test_a_filter_narrows_the_list_as_it_is_typed_marks_its_words_and_is_cleared(example: Path) -> None:
    async with opened(example) as desk:
        await desk.press("slash")
        await desk.write("batter")
        await desk.until(lambda: 0 < desk.claims.count < 10)
        assert "apple-car-new-battery" in desk.ids

        await desk.press("enter")
        await desk.until(lambda: desk.claims.has_focus)
        line = desk.claims.line(desk.ids.index("apple-car-new-battery"), 100)
        assert [span.text for span in line if span.tone == "match"] == ["batter"]

        await desk.press("slash", "escape")
        line_of_filter = desk.app.screen.query_one(FilterLine)
        await desk.until(lambda: not line_of_filter.text and not line_of_filter.display)
        await desk.until(lambda: desk.claims.count == desk.whole)


async def test_a_filter_that_cannot_be_read_says_where_and_keeps_the_list(example: Path) -> None:
    async with opened(example) as desk:
        await desk.press("slash")
        await desk.write("apple ")
        await desk.until(lambda: desk.claims.count < desk.whole)
        before = desk.ids
        await desk.paste("stats:open")

        shown = desk.screen_text().splitlines()
        line = next(index for index, text in enumerate(shown) if "/apple stats:open" in text)
        assert shown[line + 1].index("^") == shown[line].index("stats")
        assert "did you mean status:" in desk.screen_text()
        assert desk.ids == before


async def test_words_and_minus_words_and_a_status_all_have_to_hold(example: Path) -> None:
    async with opened(example) as desk:
        await desk.press("3", "slash")
        await desk.write("xiaomi -reuters")
        await desk.press("enter")
        await desk.until(lambda: 0 < desk.claims.count < 30)

        for row in desk.claims.rows:
            assert row.summary is not None
            assert row.summary.status == "settled"
            assert "xiaomi" in row.summary.words.lower() + row.id
            assert "reuters" not in row.summary.words.lower() + row.id
        assert f"settled · {desk.claims.count} of {desk.whole}" in desk.screen_text()

        await desk.press("escape", "escape")
        await desk.until(lambda: desk.claims.count == desk.whole)


async def test_the_sidebar_counts_chooses_by_key_and_mouse_and_can_be_hidden(example: Path) -> None:
    async with opened(example) as desk:
        side = desk.app.screen.query_one(Sidebar)
        numbers = {item.text: item.number for item in side.items}
        summaries = [row.summary for row in desk.claims.rows if row.summary]
        assert numbers["All claims"] == len(summaries)
        assert numbers["Open"] == sum(summary.status == "open" for summary in summaries)
        assert numbers["Apple"] == sum("Apple" in summary.about for summary in summaries)

        await desk.press("shift+tab")
        assert side.has_focus
        while side.items[side.cursor].text != "Contested":
            await desk.press("j")
        await desk.press("enter")
        await desk.until(lambda: desk.claims.count == numbers["Contested"])
        assert all("contested" in row.flags for row in desk.claims.rows)

        place = [item.text for item in side.items].index("Shelved") - side.scroll_offset.y
        await desk.pilot.click("#sidebar", offset=(4, place))
        await desk.until(lambda: desk.claims.count == numbers["Shelved"])

        before = desk.claims.size.width
        await desk.press("b")
        assert desk.claims.size.width > before + 10


async def test_other_names_of_the_book_count_as_the_one_that_is_meant(example: Path) -> None:
    (example / "claimbook.yaml").write_text("names:\n  Nissan: Renault-Nissan\n")
    async with opened(example) as desk:
        items = {item.text: item.number for item in desk.app.screen.query_one(Sidebar).items}
        assert items["Renault-Nissan"]
        assert "Nissan" not in items


async def test_what_is_chosen_and_matches_nothing_says_what_to_do(example: Path) -> None:
    async with opened(example) as desk:
        await desk.press("2")
        await desk.until(lambda: desk.claims.count == 0)
        assert "No claim is what was chosen at the side: Esc shows all." in desk.detail

        await desk.press("v", "E", "y", "o", "space", "enter", "j")
        assert desk.app.screen is desk.app.screen_stack[0]

        await desk.write("/xiaomi")
        await desk.until(lambda: "both what the side and the filter ask for" in desk.detail)


async def test_an_empty_book_says_how_to_begin(tmp_path: Path) -> None:
    (tmp_path / "claims").mkdir()
    async with opened(tmp_path) as desk:
        await desk.until(lambda: "no claims yet" in desk.detail)


async def test_reading_gives_a_claim_the_screen_and_gives_it_back(example: Path) -> None:
    async with opened(example, (80, 24)) as desk:
        await desk.press("enter")
        assert desk.app.screen.query_one(Detail).size.height > 18
        assert not desk.claims.display

        await desk.press("J", "j", "j")
        assert desk.here == "apple-car-2024"
        assert desk.app.screen.query_one(Detail).scroll_offset.y == 2

        await desk.press("escape")
        assert desk.claims.display
        assert desk.claims.has_focus


async def test_marks_are_set_inverted_and_taken_away(example: Path) -> None:
    async with opened(example) as desk:
        await desk.press("space", "space")
        assert len(desk.claims.marked) == 2
        assert desk.claims.cursor == 2
        assert "• 2 marked" in desk.screen_text()

        await desk.press("asterisk")
        assert len(desk.claims.marked) == desk.whole - 2
        await desk.press("escape")
        assert not desk.claims.marked


async def test_problems_are_listed_and_told_with_the_spot_marked(example: Path) -> None:
    break_record(example)
    async with opened(example) as desk:
        await desk.press("p")
        assert isinstance(desk.app.screen, Problems)
        shown = desk.screen_text()
        assert "unknown-key" in shown
        assert "did you mean `claim`?" in shown
        assert "1 broken" in shown

        await desk.press("escape")
        assert desk.app.screen is desk.app.screen_stack[0]


async def test_a_broken_record_is_a_row_that_says_what_is_wrong_whatever_the_filter(example: Path) -> None:
    break_record(example)
    async with opened(example) as desk:
        await desk.press("3", "slash")
        await desk.write("battery")
        await desk.press("enter")
        await desk.until(lambda: desk.claims.count < 10)

        row = desk.ids.index("apple-car-2024")
        text = "".join(span.text for span in desk.claims.line(row, 100))
        assert "! broken" in text
        assert "apple-car-2024.yaml:2: There is no key `clam`" in text

        desk.claims.move_to(row)
        await desk.until(lambda: "BROKEN" in desk.detail)
        assert "2 │ clam: A passenger" in desk.detail
        assert "^^^^" in desk.detail


@pytest.mark.parametrize("key", ["v", "z", "s", "plus", "E", "o", "y", "O", "T"])
async def test_a_key_that_needs_a_claim_says_so_where_none_is_listed(example: Path, key: str) -> None:
    async with opened(example) as desk:
        await desk.press("slash")
        await desk.write("id:there-is-none")
        await desk.until(
            lambda: desk.here == "" and "No claim is what the filter asks for: Esc shows all." in desk.detail
        )
        await desk.press("enter", key)

        assert desk.notices == ["There is no claim here to do that to."]
