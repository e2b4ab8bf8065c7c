"""Typing in one burst, with no pause between a key that opens something and what is typed into it."""

from pathlib import Path

import pytest
from textual.widgets import Input

from claimbook.app.screens.conflict import Conflict
from claimbook.app.screens.form import Form
from claimbook.app.screens.review import ReviewScreen
from claimbook.app.screens.verdict import VerdictDialog
from claimbook.app.widgets.fields import Pad, Reason
from claimbook.app.widgets.filterline import FilterLine
from claimbook.app.widgets.ratings import Ratings
from desks import Opened, opened
from test_desk_review import book

CLAIM = "claims/industry/ai-decides-car-choice.yaml"


async def test_what_is_typed_behind_the_key_of_the_filter_is_the_filter(example: Path) -> None:
    async with opened(example) as desk:
        await desk.write("/huawei\r")
        assert desk.app.screen.query_one(FilterLine).text == "huawei"
        await desk.until(lambda: 0 < desk.claims.count < desk.whole)
        assert desk.claims.has_focus


async def test_what_is_typed_behind_the_key_of_the_verdict_is_the_reason(example: Path) -> None:
    async with opened(example) as desk:
        await desk.write("vjust qupv5")
        assert isinstance(desk.app.screen, VerdictDialog)
        assert desk.app.screen.query_one(Pad).text == "just qupv5"
        assert len(desk.app.screen_stack) == 2


async def test_a_rating_and_its_reason_are_taken_in_one_burst(example: Path) -> None:
    async with opened(example) as desk:
        await desk.write("v5No, 3 of 5 say otherwise.")
        assert desk.app.screen.query_one(Pad).text == "No, 3 of 5 say otherwise."
        assert str(desk.app.screen.query_one(Ratings).rating) == "false"


async def test_a_form_that_is_chosen_from_a_menu_has_what_is_typed_behind_it(example: Path) -> None:
    async with opened(example) as desk:
        await desk.write("+tquick words")
        form = desk.app.screen
        assert isinstance(form, Form)
        assert form.values["tags"] == "quick words"


async def test_what_is_pasted_behind_a_key_goes_where_that_key_leads(example: Path) -> None:
    async with opened(example) as desk:
        await desk.write("/")
        await desk.paste("huawei")
        await desk.write(" bmw")
        assert desk.app.screen.query_one(FilterLine).query_one(Input).value == "huawei bmw"


async def test_three_claims_are_reviewed_in_one_burst(tmp_path: Path) -> None:
    root = book(tmp_path, "a", "b", "c")
    async with opened(root, (100, 30)) as desk:
        await desk.write("r5Nothing came of a.\r1It came, said b.\r6Nobody knows c.\r")
        await desk.until(lambda: isinstance(desk.app.screen, ReviewScreen) and "3 done" in title(desk))
        for name, rating, why in (
            ("a", "false", "Nothing came of a."),
            ("b", "true", "It came, said b."),
            ("c", "unproven", "Nobody knows c."),
        ):
            text = (root / f"claims/{name}.yaml").read_text()
            assert f"rating: {rating}\n    by: ann\n    why: {why}\n" in text


async def test_letters_of_a_reason_are_no_commands_of_the_review(tmp_path: Path) -> None:
    root = book(tmp_path, "a", "b")
    async with opened(root, (100, 30)) as desk:
        await desk.write("r2snooze, skip and shelve")
        screen = desk.app.screen
        assert isinstance(screen, ReviewScreen)
        assert screen.query_one(Reason).text == "snooze, skip and shelve"
        assert screen.targets() == ["claims/a.yaml"]


@pytest.mark.usefixtures("unwatched")
async def test_what_was_typed_ahead_does_not_answer_a_question_that_comes_by_itself(example: Path) -> None:
    file = example / CLAIM
    async with opened(example) as desk:
        desk.claims.move_to([row.file for row in desk.claims.rows].index(CLAIM))
        await desk.write("v5No.")
        file.write_text(file.read_text().replace("status: open", "status: reviewing", 1))
        theirs = file.read_bytes()
        await desk.write("\x13mmm")
        await desk.until(lambda: isinstance(desk.app.screen, Conflict))
        await desk.settle()
        assert isinstance(desk.app.screen, Conflict)
        assert file.read_bytes() == theirs


def title(desk: Opened) -> str:
    return desk.screen_text().splitlines()[0]


@pytest.mark.parametrize("ending", ["\r", "\n", "\r\n"])
async def test_lines_that_are_pasted_are_lines_of_the_reason_however_the_terminal_ends_them(
    example: Path, ending: str
) -> None:
    async with opened(example) as desk:
        await desk.write("v5First")
        await desk.paste(f" line.{ending}Second line.{ending}{ending}Last.")
        await desk.press("ctrl+s")
        await desk.until(lambda: len(desk.app.screen_stack) == 1)
        row = desk.claims.row
        assert row is not None
        assert row.entry.claim is not None
        assert row.entry.claim.verdicts[-1].why == "First line.\nSecond line.\n\nLast."


@pytest.mark.parametrize("ending", ["\r", "\n", "\r\n"])
async def test_lines_that_are_pasted_into_one_line_all_arrive(example: Path, ending: str) -> None:
    async with opened(example) as desk:
        await desk.write("/xiaomi")
        await desk.paste(f" or  two{ending}  is:overdue{ending}")
        assert desk.app.screen.query_one(FilterLine).text == "xiaomi or  two is:overdue"
