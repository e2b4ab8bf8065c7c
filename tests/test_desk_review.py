"""Review on the desk: what wants a look, one claim at a time, with what lands in the files."""

from pathlib import Path

import pytest

from claimbook.app.screens.form import Form
from claimbook.app.screens.question import Question
from claimbook.app.screens.review import Background, ReviewScreen
from claimbook.app.widgets.fields import Reason
from claimbook.app.widgets.rategrid import RateGrid
from desks import Opened, opened

OVERDUE = """claim: {claim}

kind: prediction

due: 2025

sources:
  - url: https://example.org/{name}
    publisher: Example
    date: 2024-03
    quote: it said {name}
    stance: asserts
"""


def book(root: Path, *names: str) -> Path:
    """Make a book of claims that are overdue."""
    (root / "claims").mkdir(parents=True)
    (root / "seeds").mkdir()
    for name in names:
        text = OVERDUE.format(name=name, claim=f"The claim {name} comes true in 2025.")
        (root / f"claims/{name}.yaml").write_text(text)
    return root


async def review(desk: Opened) -> ReviewScreen:
    """Open the review and wait until it shows something."""
    await desk.press("r")
    await desk.until(lambda: isinstance(desk.app.screen, ReviewScreen) and desk.app.screen._items is not None)
    screen = desk.app.screen
    assert isinstance(screen, ReviewScreen)
    return screen


async def test_a_claim_is_settled_in_two_keys_and_its_reason_and_the_next_one_comes(tmp_path: Path) -> None:
    root = book(tmp_path, "a", "b", "c")
    before = (root / "claims/a.yaml").read_text()
    async with opened(root, (100, 30)) as desk:
        await review(desk)
        assert "1 of 3" in desk.screen_text()
        await desk.press("5")
        await desk.write("Nothing of it came.")
        await desk.press("enter")
        await desk.until(lambda: "2 of 3 · 1 done" in desk.screen_text())

        block = (
            "verdicts:\n  - date: 2026-11-21\n    rating: false\n    by: ann\n    why: Nothing of it came.\n"
        )
        assert (root / "claims/a.yaml").read_text() == f"{before}\n{block}"
        assert desk.app.screen.query_one(Reason).text == ""
        assert "Saved: false on a. u takes it back." in desk.screen_text()
        assert not desk.notices
        assert desk.app.screen.query_one(RateGrid).rating is None
        assert desk.app.screen.query_one(RateGrid).has_focus


async def test_claim_reasons_quotes_evidence_and_ratings_are_in_sight_together(example: Path) -> None:
    async with opened(example, (100, 30)) as desk:
        screen = await review(desk)
        assert screen.item is not None
        await desk.press("3")
        await desk.write("Half of it.")
        shown = desk.screen_text()
        assert str(screen.item.listing.claim)[:40] in shown
        assert "! contested since" in shown
        assert "“" in shown
        assert "+ " in shown
        assert "1 ✓ true" in shown
        assert "9 " in shown
        assert "Half of it." in shown
        assert "Enter appends ◑ mixed (partly right, partly wrong), signed ann" in shown


async def test_everything_has_its_place_at_eighty_columns(example: Path) -> None:
    async with opened(example, (80, 24)) as desk:
        await review(desk)
        shown = desk.screen_text()
        assert "1 of " in shown
        assert "5 ✗ false" in shown
        assert "Why" in shown


async def test_a_wider_terminal_puts_the_evidence_beside_the_quotes(example: Path) -> None:
    async with opened(example, (80, 24)) as desk:
        screen = await review(desk)
        said, found = (
            screen.query_one("#review-said", Background),
            screen.query_one("#review-found", Background),
        )
        assert "Evidence" in said.text
        await desk.pilot.resize_terminal(120, 40)
        await desk.until(lambda: "Evidence" in found.text)
        assert "Evidence" not in said.text
        await desk.pilot.resize_terminal(80, 24)
        await desk.until(lambda: "Evidence" in said.text)


async def test_more_of_the_evidence_is_a_key_away_from_the_ratings(example: Path) -> None:
    async with opened(example, (80, 24)) as desk:
        screen = await review(desk)
        said = screen.query_one("#review-said", Background)
        await desk.press("space")
        assert said.scroll_offset.y > 0
        assert screen.query_one(RateGrid).has_focus
        await desk.press("pageup")
        assert said.scroll_offset.y == 0
        await desk.press("5", "space")
        assert screen.query_one(Reason).text == " "


async def test_what_is_undone_counts_as_done_no_more(tmp_path: Path) -> None:
    root = book(tmp_path, "a", "b")
    before = (root / "claims/a.yaml").read_bytes()
    async with opened(root) as desk:
        await review(desk)
        await desk.press("5")
        await desk.write("No.")
        await desk.press("enter")
        await desk.until(lambda: "2 of 2 · 1 done" in desk.screen_text())
        await desk.press("u")
        await desk.until(lambda: "1 done" not in desk.screen_text())
        assert (root / "claims/a.yaml").read_bytes() == before


async def test_an_undo_goes_back_to_its_claim_and_keys_wait_for_that(tmp_path: Path) -> None:
    root = book(tmp_path, "a", "b", "c")
    async with opened(root) as desk:
        screen = await review(desk)
        await desk.write("5No.\r5Never.\r")
        await desk.until(lambda: "3 of 3 · 2 done" in desk.screen_text())
        await desk.write("uu2Mostly.\r")
        await desk.until(lambda: screen.targets() == ["claims/b.yaml"] and "1 done" in desk.screen_text())
        assert "why: Mostly." in (root / "claims/a.yaml").read_text()
        assert "verdicts" not in (root / "claims/b.yaml").read_text()
        assert "verdicts" not in (root / "claims/c.yaml").read_text()


async def test_where_evidence_is_what_it_is_about_it_comes_first_at_eighty_columns(example: Path) -> None:
    async with opened(example, (80, 24)) as desk:
        screen = await review(desk)
        assert screen.item is not None
        assert {str(why.reason) for why in screen.item.reasons} == {"contested"}
        said = screen.query_one("#review-said", Background)
        assert said.text.index("Evidence") < said.text.index("1 origin")
        await desk.pilot.resize_terminal(120, 40)
        await desk.until(lambda: "Evidence" not in said.text)


async def test_skipping_and_going_back_keep_what_was_begun(tmp_path: Path) -> None:
    root = book(tmp_path, "a", "b")
    async with opened(root) as desk:
        screen = await review(desk)
        await desk.press("2")
        await desk.write("Mostly")
        await desk.press("escape", "n")
        assert screen.targets() == ["claims/b.yaml"]
        assert desk.app.screen.query_one(Reason).text == ""
        await desk.press("b")
        assert screen.targets() == ["claims/a.yaml"]
        assert desk.app.screen.query_one(Reason).text == "Mostly"

        await desk.press("escape")
        await desk.until(lambda: isinstance(desk.app.screen, Question))
        await desk.press("escape")
        await desk.press("enter")
        await desk.until(lambda: "2 of 2 · 1 done" in desk.screen_text())
        assert "why: Mostly" in (root / "claims/a.yaml").read_text()


async def test_what_was_begun_outlives_snoozing_and_is_asked_about_before_the_desk_is_left(
    tmp_path: Path,
) -> None:
    root = book(tmp_path, "a", "b")
    async with opened(root) as desk:
        await review(desk)
        await desk.press("2")
        await desk.write("Mostly")
        await desk.press("escape", "z")
        await desk.until(lambda: isinstance(desk.app.screen, Form))
        await desk.write("tomorrow")
        await desk.press("enter")
        await desk.until(lambda: "2 of 2" in desk.screen_text())
        await desk.press("q")
        await desk.until(lambda: isinstance(desk.app.screen, Question))
        assert "lose 1 reason that you typed" in " ".join(desk.screen_text().split())
        await desk.press("escape", "b")
        assert desk.app.screen.query_one(Reason).text == "Mostly"


async def test_nothing_is_saved_without_rating_or_reason(tmp_path: Path) -> None:
    root = book(tmp_path, "a")
    before = (root / "claims/a.yaml").read_bytes()
    async with opened(root) as desk:
        await review(desk)
        await desk.press("enter")
        assert "Take a rating first" in desk.screen_text()
        await desk.press("1", "enter")
        assert "needs a reason" in desk.screen_text()
        assert (root / "claims/a.yaml").read_bytes() == before


async def test_snoozing_takes_a_day_as_people_write_it_and_goes_on(tmp_path: Path) -> None:
    root = book(tmp_path, "a", "b")
    before = (root / "claims/a.yaml").read_text()
    async with opened(root) as desk:
        await review(desk)
        await desk.press("z")
        await desk.until(lambda: isinstance(desk.app.screen, Form))
        await desk.write("2020")
        assert "2020 has begun already" in desk.screen_text()
        await desk.press(*["backspace"] * 4)
        await desk.write("+2w")
        assert "Sets review_on: 2026-12-05" in desk.screen_text()
        await desk.press("enter")
        await desk.until(lambda: "2 of 2 · 1 done" in desk.screen_text())
        after = (root / "claims/a.yaml").read_text()
        assert after.replace("review_on: 2026-12-05\n\n", "") == before

        await desk.press("u")
        await desk.until(lambda: "Undone: Snooze on a (1 file)." in desk.screen_text())
        assert "u takes it back" not in desk.screen_text()
        assert (root / "claims/a.yaml").read_text() == before


async def test_shelving_takes_a_reason_into_the_notes(tmp_path: Path) -> None:
    root = book(tmp_path, "a", "b")
    async with opened(root) as desk:
        await review(desk)
        await desk.press("s")
        await desk.until(lambda: isinstance(desk.app.screen, Form))
        await desk.write("Nobody can check it.")
        await desk.press("enter")
        await desk.until(lambda: "2 of 2 · 1 done" in desk.screen_text())
        text = (root / "claims/a.yaml").read_text()
        assert "status: shelved\n" in text
        assert "Shelved 2026-11-21: Nobody can check it." in text


async def test_what_was_looked_at_is_let_stand_and_brings_the_claim_up_no_more(example: Path) -> None:
    async with opened(example) as desk:
        screen = await review(desk)
        item = screen.item
        assert item is not None
        total = len(screen._items or [])
        await desk.press("l")
        await desk.until(lambda: f"2 of {total} · 1 done" in desk.screen_text())
        assert f"allow: [{item.reasons[0].reason}]" in (example / item.listing.file).read_text()
        await desk.press("escape")
        await review(desk)
        assert f"of {total - 1}" in desk.screen_text()


async def test_an_empty_queue_says_what_to_do_next_and_so_does_its_end(tmp_path: Path) -> None:
    root = book(tmp_path / "none")
    async with opened(root) as desk:
        await review(desk)
        assert "Nothing wants a look." in desk.screen_text()
        await desk.press("enter", "1", "n", "b", "z", "s", "l", "E", "e")
        assert isinstance(desk.app.screen, ReviewScreen)

    async with opened(book(tmp_path / "one", "a")) as desk:
        await review(desk)
        await desk.press("n")
        assert "That was the last one." in desk.screen_text()
        assert "0 claims dealt with, 1 passed over." in desk.screen_text()
        await desk.press("b")
        assert "The claim a comes true" in desk.screen_text()


async def test_a_claim_that_breaks_or_goes_while_it_is_shown_is_said(tmp_path: Path) -> None:
    root = book(tmp_path, "a", "b")
    async with opened(root) as desk:
        await review(desk)
        file = root / "claims/a.yaml"
        file.write_text(file.read_text().replace("kind:", "knid:"))
        await desk.until(lambda: "It cannot be read any more" in desk.screen_text())
        file.unlink()
        await desk.until(lambda: "Its file is gone" in desk.screen_text())
        await desk.press("n")
        assert "The claim b comes true" in desk.screen_text()


async def test_marked_claims_are_shelved_and_taken_up_in_one_step_that_says_how_many(tmp_path: Path) -> None:
    root = book(tmp_path, "a", "b", "c")
    files = [root / "claims/a.yaml", root / "claims/b.yaml"]
    before = [file.read_text() for file in files]
    async with opened(root) as desk:
        await desk.press("space", "space", "s")
        await desk.until(lambda: isinstance(desk.app.screen, Form))
        assert "Shelve: 2 claims" in desk.screen_text()
        assert "in 2 records" in desk.screen_text()
        await desk.press("ctrl+s")
        await desk.until(lambda: len(desk.app.screen_stack) == 1)
        assert all("status: shelved" in file.read_text() for file in files)
        assert not desk.claims.marked

        await desk.press("u")
        await desk.until(lambda: any("(2 files)" in notice for notice in desk.notices))
        assert [file.read_text() for file in files] == before
        await desk.press("ctrl+r")
        await desk.until(lambda: any("Done again" in notice for notice in desk.notices))

        await desk.press("g", "s")
        await desk.until(lambda: isinstance(desk.app.screen, Form))
        assert "Take from the shelf" in desk.screen_text()
        await desk.press("enter")
        await desk.until(lambda: len(desk.app.screen_stack) == 1)
        assert "status: open" in files[0].read_text()


@pytest.mark.parametrize("width", [60, 80, 120, 160, 200])
async def test_the_nine_ratings_stand_in_columns_whole_or_without_their_meaning(
    example: Path, width: int
) -> None:
    async with opened(example, (width, 40)) as desk:
        screen = await review(desk)
        lines = [line.text for line in map(screen.query_one(RateGrid).render_line, range(3))]
        assert not any("…" in line for line in lines)
        assert ("its premise failed" in "".join(lines)) == (width >= 160)
        for start in ("456", "789"):
            assert len({line.index(f"{number} ") for number, line in zip(start, lines, strict=True)}) == 1
