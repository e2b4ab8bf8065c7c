"""What was typed and not saved: kept when the desk is ended from outside, and offered when it opens again."""

import os
import signal
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.messages import ExitApp
from textual.widgets import Input

from claimbook.app.drafts import kept_drafts
from claimbook.app.screens.article import ArticleScreen
from claimbook.app.screens.form import Form
from claimbook.app.screens.naming import NameFilter
from claimbook.app.screens.newclaim import NewClaimDialog
from claimbook.app.screens.question import Question
from claimbook.app.screens.review import ReviewScreen
from claimbook.app.screens.verdict import VerdictDialog
from claimbook.app.widgets.fields import Choice, Pad, Reason
from claimbook.app.widgets.ratings import Ratings
from desks import Opened, opened
from test_desk_adding import conflict
from test_desk_review import book, review

FIRST = "claims/apple/apple-approached-nissan.yaml"


@asynccontextmanager
async def ended(root: Path, size: tuple[int, int] = (100, 30)) -> AsyncIterator[Opened]:
    """Open a desk that is ended by SIGTERM when the block is left."""
    async with opened(root, size) as desk:
        yield desk
        os.kill(os.getpid(), signal.SIGTERM)
        await desk.until(lambda: desk.app._exit)
        assert desk.app.return_code == 128 + signal.SIGTERM
        assert "offers it again" in desk.app.parting


async def take_up(desk: Opened) -> None:
    await desk.until(lambda: isinstance(desk.app.screen, Question))
    await desk.press("enter")
    await desk.until(lambda: not isinstance(desk.app.screen, Question) and len(desk.app.screen_stack) > 1)


async def test_a_verdict_that_was_begun_is_there_again_with_everything_in_it(example: Path) -> None:
    async with ended(example) as desk:
        await desk.write("v5Nothing came of it.")
        await desk.press("tab", "right", "right", "tab")
        await desk.write("2024-02")

    async with opened(example, (100, 30)) as desk:
        await desk.until(lambda: isinstance(desk.app.screen, Question))
        shown = desk.screen_text()
        assert "a verdict for apple-approached-nissan" in shown
        assert "Nothing came of it." in shown
        await take_up(desk)
        screen = desk.app.screen
        assert isinstance(screen, VerdictDialog)
        assert screen.query_one(Pad).text == "Nothing came of it."
        assert screen.query_one(Pad).has_focus
        assert str(screen.query_one(Ratings).rating) == "false"
        assert screen.query_one(Choice).value == "medium"
        assert screen.query_one("#as-of", Input).value == "2024-02"
        assert not kept_drafts(example)

        await desk.write(" At all.")
        await desk.press("ctrl+s")
        await desk.until(lambda: len(desk.app.screen_stack) == 1)
        assert "why: Nothing came of it. At all." in (example / FIRST).read_text()


async def test_reasons_begun_in_the_review_are_there_again_each_at_its_claim(tmp_path: Path) -> None:
    root = book(tmp_path, "a", "b", "c")
    async with ended(root) as desk:
        await review(desk)
        await desk.write("2Mostly so")
        await desk.press("escape", "n", "n")
        await desk.write("5Never")

    async with opened(root, (100, 30)) as desk:
        await take_up(desk)
        screen = desk.app.screen
        assert isinstance(screen, ReviewScreen)
        await desk.until(lambda: screen.item is not None)
        assert screen.targets() == ["claims/c.yaml"]
        assert screen.query_one(Reason).text == "Never"
        await desk.press("enter")
        await desk.until(lambda: "1 done" in desk.screen_text())
        await desk.press("b", "b", "b")
        assert screen.targets() == ["claims/a.yaml"]
        assert screen.query_one(Reason).text == "Mostly so"
        await desk.press("enter")
        await desk.until(lambda: "2 done" in desk.screen_text())
        assert (
            "rating: mostly true\n    by: ann\n    why: Mostly so\n" in (root / "claims/a.yaml").read_text()
        )


async def test_a_form_over_the_review_comes_back_over_it(tmp_path: Path) -> None:
    root = book(tmp_path, "a", "b")
    async with ended(root) as desk:
        await review(desk)
        await desk.write("2Mostly")
        await desk.press("escape")
        await desk.write("snobody can check it")
        assert isinstance(desk.app.screen, Form)

    async with opened(root, (100, 30)) as desk:
        await take_up(desk)
        await desk.until(lambda: isinstance(desk.app.screen, Form))
        form = desk.app.screen
        assert isinstance(form, Form)
        assert form.values == {"why": "nobody can check it"}
        assert isinstance(desk.app.screen_stack[1], ReviewScreen)


async def test_a_reason_for_a_claim_that_needs_no_look_any_more_is_offered_as_a_verdict(
    tmp_path: Path,
) -> None:
    root = book(tmp_path, "a")
    async with ended(root) as desk:
        await review(desk)
        await desk.write("2Mostly")
    file = root / "claims/a.yaml"
    file.write_text(file.read_text() + "\nreview_on: 2030\n")

    async with opened(root, (100, 30)) as desk:
        await take_up(desk)
        assert isinstance(desk.app.screen, VerdictDialog)
        assert desk.app.screen.query_one(Pad).text == "Mostly"


async def test_a_new_claim_that_was_begun_keeps_its_quote_and_its_fields(example: Path) -> None:
    async with ended(example) as desk:
        await desk.press("a")
        await desk.until(lambda: isinstance(desk.app.screen, ArticleScreen))
        await desk.press("s", "n")
        screen = desk.app.screen
        assert isinstance(screen, NewClaimDialog)
        quote = screen._quote
        await desk.write("Apple does something")
        screen.query_one("#new-kind", Choice).take("denial")

    async with opened(example, (100, 30)) as desk:
        await take_up(desk)
        screen = desk.app.screen
        assert isinstance(screen, NewClaimDialog)
        assert screen._quote == quote
        assert screen.query_one(Pad).text == "Apple does something"
        assert screen.query_one("#new-kind", Choice).value == "denial"


async def test_a_name_for_a_filter_is_kept_too(example: Path) -> None:
    async with ended(example) as desk:
        await desk.write("/huawei")
        await desk.press("ctrl+s")
        await desk.write("the assist")

    async with opened(example, (100, 30)) as desk:
        await take_up(desk)
        screen = desk.app.screen
        assert isinstance(screen, NameFilter)
        assert screen.query_one(Input).value == "the assist"
        assert screen._text == "huawei"


async def test_what_is_not_taken_up_is_offered_again_and_what_is_dropped_is_not(example: Path) -> None:
    async with ended(example) as desk:
        await desk.write("v5Nothing came of it.")
    for _ in range(2):
        async with opened(example) as desk:
            await desk.until(lambda: isinstance(desk.app.screen, Question))
            await desk.press("escape", "q")
            assert desk.app._exit

    async with opened(example) as desk:
        await take_up(desk)
        await desk.press("escape", "enter")
        await desk.until(lambda: len(desk.app.screen_stack) == 1)
        await desk.press("q")
    assert not kept_drafts(example)


async def test_two_desks_that_are_ended_keep_a_draft_each(example: Path) -> None:
    for text in ("First reason.", "Second reason."):
        async with ended(example) as desk:
            if isinstance(desk.app.screen, Question):
                await desk.press("escape")
            await desk.write(f"v5{text}")

    async with opened(example, (100, 30)) as desk:
        await take_up(desk)
        await desk.until(lambda: len(desk.app.screen_stack) == 3)
        assert [screen.query_one(Pad).text for screen in desk.app.screen_stack[1:]] == [
            "First reason.",
            "Second reason.",
        ]


async def test_a_draft_is_nobody_elses_to_read_and_none_of_another_book(
    example: Path, tmp_path: Path
) -> None:
    async with ended(example) as desk:
        await desk.write("v5Nothing came of it.")
    (kept,) = kept_drafts(example)
    assert stat.S_IMODE(kept.file.stat().st_mode) == 0o600
    assert not kept_drafts(tmp_path)
    async with opened(book(tmp_path / "other", "a")) as desk:
        await desk.settle()
        assert len(desk.app.screen_stack) == 1


@pytest.mark.parametrize("damage", [b"", b"[]", b'{"drafts": [{"sort": 1}]}', b'{"drafts": 3}', b"\xff" * 9])
async def test_a_draft_that_cannot_be_read_is_left_alone_and_keeps_nobody_out(
    example: Path, damage: bytes
) -> None:
    async with ended(example) as desk:
        await desk.write("v5Nothing came of it.")
    (kept,) = kept_drafts(example)
    kept.file.write_bytes(damage)
    async with opened(example) as desk:
        await desk.settle()
        assert len(desk.app.screen_stack) == 1
    assert kept.file.read_bytes() == damage


async def test_where_no_disk_takes_the_draft_the_text_itself_is_said(
    example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("claimbook.app.drafts.keep_drafts", full)
    async with opened(example) as desk:
        await desk.write("v5Nothing came of it.")
        os.kill(os.getpid(), signal.SIGHUP)
        await desk.until(lambda: desk.app._exit)
        assert "could not be kept (No space left on device)" in desk.app.parting
        assert "why: Nothing came of it." in desk.app.parting


async def test_a_browser_that_goes_away_keeps_what_was_typed(example: Path) -> None:
    async with opened(example) as desk:
        await desk.write("v5Nothing came of it.")
        desk.app.post_message(ExitApp())
        await desk.until(lambda: kept_drafts(example))
    (kept,) = kept_drafts(example)
    assert kept.drafts[0].texts["why"] == "Nothing came of it."


async def test_leaving_by_oneself_keeps_nothing(tmp_path: Path) -> None:
    root = book(tmp_path, "a")
    async with opened(root) as desk:
        await review(desk)
        await desk.write("2Mostly")
        await desk.press("escape", "q")
        await desk.until(lambda: isinstance(desk.app.screen, Question))
        await desk.press("enter")
        assert desk.app._exit
    assert not kept_drafts(root)


@pytest.mark.usefixtures("unwatched")
async def test_a_conflict_on_the_screen_does_not_keep_the_draft_below_it_from_being_kept(
    example: Path,
) -> None:
    async with ended(example) as desk:
        await conflict(desk, example)
    (kept,) = kept_drafts(example)
    assert kept.drafts[0].texts["why"] == "No."
