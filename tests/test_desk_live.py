"""The desk beside other programs: files that change under it, the editor, signals, and its own faults."""

import asyncio
import os
import re
import signal
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from threading import Event, current_thread, main_thread
from typing import TYPE_CHECKING, Any

import pytest
from textual import events
from textual.worker import WorkerFailed

from claimbook.app.app import Desk
from claimbook.app.keeper import Keeper
from claimbook.app.screens.problems import Problems
from claimbook.app.screens.question import Question
from claimbook.book.watch import watch
from claimbook.index.index import Index
from claimbook.index.opening import InterruptedSearch
from claimbook.index.updating import _Update
from claimbook.review.words import Filter
from desks import Opened, opened

if TYPE_CHECKING:
    from array import array

CLAIM = "claims/apple/apple-car-2024.yaml"


def rewrite(file: Path, old: str, new: str) -> None:
    """Save as editors do: another file, put in the place of this one."""
    text = file.read_text()
    assert old in text
    fresh = file.with_name("4913")
    fresh.write_text(text.replace(old, new, 1))
    fresh.replace(file)


def change_maker(file: Path, maker: str) -> None:
    line = re.search("made by .*", file.read_text())
    assert line
    rewrite(file, line[0], f"made by {maker} goes into production in 2024.")


async def shown(desk: Opened, text: str) -> None:
    await desk.until(lambda: text in desk.screen_text())


async def stand_on(desk: Opened, identifier: str) -> None:
    desk.claims.move_to(desk.ids.index(identifier))
    await desk.settle()


async def test_an_edit_from_outside_appears_and_the_cursor_stays_on_its_claim(example: Path) -> None:
    async with opened(example) as desk:
        await stand_on(desk, "apple-car-2024")
        rewrite(example / CLAIM, "A passenger car made by Apple", "A flying car by Apple")
        (example / "claims/apple/aaa.yaml").write_bytes((example / CLAIM).read_bytes())

        await desk.until(lambda: "A flying car by Apple" in desk.detail)
        await desk.until(lambda: "aaa" in desk.ids)
        assert desk.here == "apple-car-2024"
        await desk.until(lambda: any("apple-car-2024 changed" in notice for notice in desk.notices))
        await desk.until(lambda: any("aaa new" in notice for notice in desk.notices))


async def test_the_desk_of_a_large_book_has_another_program_compare_claims_however_often_they_change(
    example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claimbook.app.keeper._LARGE", 1)
    here: list[str] = []
    monkeypatch.setattr("claimbook.index.alike.look_for_likenesses", lambda *_: here.append("compared"))

    async with opened(example) as desk:
        for maker in ("Acme", "Bolt", "Cogs"):
            change_maker(example / CLAIM, maker)
            await shown(desk, f"made by {maker}")
        await desk.until(lambda: desk.app.view is not None and desk.app.view.checked)

    assert here == []


async def test_a_typo_shows_as_a_broken_row_and_its_mending_as_a_claim(example: Path) -> None:
    async with opened(example) as desk:
        await stand_on(desk, "apple-car-2024")
        rewrite(example / CLAIM, "kind:", "knid:")
        await desk.until(lambda: "BROKEN" in desk.detail)
        assert desk.here == "apple-car-2024"
        assert "did you mean `kind`?" in desk.detail
        assert any(f"{CLAIM}:4:1 cannot be read now" in notice for notice in desk.notices)
        assert f"{desk.whole - 1} claims · ! 1 broken" in desk.screen_text()

        rewrite(example / CLAIM, "knid:", "kind:")
        await desk.until(lambda: "✗ FALSE since 27 Feb 2024" in desk.detail)
        assert "apple-car-2024 can be read again." in desk.notices


async def test_claims_that_go_leave_the_cursor_near_and_moved_ones_are_followed(example: Path) -> None:
    async with opened(example) as desk:
        await stand_on(desk, "apple-car-2024")
        (example / CLAIM).rename(example / "claims/industry/apple-car-2024.yaml")
        await desk.until(lambda: desk.claims.row and desk.claims.row.file.startswith("claims/industry"))
        assert desk.here == "apple-car-2024"

        place, before = desk.claims.cursor, desk.whole
        (example / "claims/industry/apple-car-2024.yaml").unlink()
        await desk.until(lambda: desk.claims.count == before - 1)
        assert desk.claims.cursor == place


async def test_problems_are_live(example: Path) -> None:
    async with opened(example, (120, 40)) as desk:
        await desk.press("p")
        assert isinstance(desk.app.screen, Problems)
        rewrite(example / CLAIM, "status: settled", "status: open")
        await desk.until(lambda: "status-mismatch" in desk.screen_text())


async def test_changes_in_articles_and_settings_count_too(example: Path) -> None:
    async with opened(example) as desk:
        rewrite(example / "seeds/2021-03-26-want-xiaomi.md", "naar verluidt samen", "wellicht samen")
        await desk.until(lambda: any("quote-broken" in row.flags for row in desk.claims.rows))
        (example / "claimbook.yaml").write_text("labels:\n  mostly true: largely true\n")
        await desk.until(lambda: "◕ largely true" in desk.screen_text())


async def test_reading_again_by_hand_needs_no_watcher(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refused(root: Path) -> None:
        raise OSError(28, "No space left on device", str(root))

    def watching(root: Path) -> object:
        return _Raising(refused(root))

    monkeypatch.setattr("claimbook.book.watch.watch", watching)
    async with opened(example) as desk:
        assert any("R reads" in notice for notice in desk.notices)
        rewrite(example / CLAIM, "A passenger car", "A flying car")
        await stand_on(desk, "apple-car-2024")
        await desk.press("R")
        await desk.until(lambda: "A flying car" in desk.detail)


class _Raising:
    def __init__(self, waiting: object) -> None:
        self._waiting = waiting

    def __aiter__(self) -> "_Raising":
        return self

    async def __anext__(self) -> None:
        await self._waiting  # type: ignore[misc]


async def test_the_watcher_tells_files_of_the_book_and_no_others(example: Path) -> None:
    seen: set[str] = set()

    async def follow() -> None:
        async for files in watch(example):
            seen.update(files)

    task = asyncio.create_task(follow())
    await asyncio.sleep(0)
    for round_ in range(1000):
        (example / CLAIM).with_name(".x.yaml.swp").write_text(str(round_))
        (example / CLAIM).with_name("apple-car-2024.yaml~").write_text(str(round_))
        (example / "README.md").write_text(str(round_))
        (example / "claims/fresh.yaml").write_text(str(round_))
        await asyncio.sleep(0.01)
        if seen:
            break
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert seen == {"claims/fresh.yaml"}


async def test_the_watcher_follows_a_folder_that_goes_and_comes_back(example: Path) -> None:
    async with opened(example) as desk:
        before = desk.whole
        (example / "claims").rename(example / "away")
        await desk.until(lambda: not desk.ids)
        (example / "away").rename(example / "claims")
        await desk.until(lambda: len(desk.ids) == before)
        rewrite(example / CLAIM, "A passenger car", "A flying car")
        await stand_on(desk, "apple-car-2024")
        await desk.until(lambda: "A flying car" in desk.detail)


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make an editor of a script that tests write, and let it have the screen."""
    script = tmp_path / "vim"
    script.touch(mode=0o755)
    monkeypatch.setenv("EDITOR", str(script))
    monkeypatch.setattr(Desk, "suspend", lambda _: nullcontext())
    return script


def calls_of(script: Path) -> list[str]:
    """Return the words that the editor was started with, all calls after each other."""
    return script.with_name("vim.calls").read_text().splitlines()


def bytes_of(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def write_script(script: Path, body: str) -> None:
    script.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >> "$0.calls"\n{body}\n')


async def test_the_editor_opens_the_file_at_the_claim_and_the_desk_shows_what_it_did(
    example: Path, editor: Path
) -> None:
    write_script(editor, "sed -i 's/passenger car/flying car/' \"$2\"")
    async with opened(example) as desk:
        await stand_on(desk, "apple-car-2024")
        await desk.press("E")
        await desk.until(lambda: "flying car" in desk.detail)

    line, file = calls_of(editor)
    assert file == str(example / CLAIM)
    assert line.startswith("+")


async def test_an_error_made_in_the_editor_is_shown_with_the_way_back_to_the_spot(
    example: Path, editor: Path
) -> None:
    write_script(editor, "sed -i 's/^kind:/knid:/; s/^knid2:/kind:/' \"$2\"")
    async with opened(example) as desk:
        await stand_on(desk, "apple-car-2024")
        await desk.press("E")
        await desk.until(lambda: isinstance(desk.app.screen, Question))
        await desk.until(lambda: "did you mean `kind`?" in desk.screen_text())

        write_script(editor, "sed -i 's/^knid:/kind:/' \"$2\"")
        await desk.press("enter")
        await desk.until(lambda: len(desk.app.screen_stack) == 1 and "FALSE since" in desk.detail)

    calls = calls_of(editor)
    assert calls[2] == "+4"


async def test_an_editor_that_fails_or_cannot_have_the_screen_is_told(
    example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(example) as desk:
        await desk.press("E")
        assert any("No editor can be started from here" in notice for notice in desk.notices)

        monkeypatch.setattr(Desk, "suspend", lambda _: nullcontext())
        monkeypatch.setenv("EDITOR", "/nowhere/editor")
        await desk.press("E")
        await desk.until(lambda: any("cannot be started (No such file" in notice for notice in desk.notices))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
async def test_a_signal_ends_the_desk_in_order_and_says_so_in_the_exit_code(
    example: Path, number: signal.Signals
) -> None:
    app = Desk(example)
    async with app.run_test() as pilot:
        os.kill(os.getpid(), number)
        for _ in range(1000):
            if app._exit:
                break
            await pilot.pause(0.01)
    assert app.return_code == 128 + number
    assert app.fault is None


async def test_a_fault_in_a_worker_ends_the_desk_with_a_code_and_keeps_the_error(
    example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: Keeper) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Keeper, "look", fails)
    app = Desk(example)

    async def run() -> None:
        async with app.run_test() as pilot:
            while not app._exception:
                await pilot.pause(0.01)

    with pytest.raises(WorkerFailed, match="ZeroDivisionError"):
        await run()

    assert app.return_code == 1
    assert isinstance(app.fault, ZeroDivisionError)


async def test_leaving_ends_a_reading_that_goes_on(example: Path) -> None:
    async with opened(example, checked=False) as desk:
        await desk.press("q")
        assert desk.app._exit


async def test_looking_writes_nothing(example: Path) -> None:
    before = bytes_of(example)
    async with opened(example) as desk:
        await desk.press("j", "enter", "G", "escape", "slash", "a", "escape", "p", "escape", "question_mark")
    assert bytes_of(example) == before


@pytest.fixture
def reading_on(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """Have a new book be read as far as 40 claims, and the rest of it when this is set."""
    on = Event()
    keep = _Update._keep

    def wait(update: _Update) -> None:
        keep(update)
        assert on.wait(60)

    monkeypatch.setattr(_Update, "_keep", wait)
    monkeypatch.setattr("claimbook.index.updating._A_SCREEN", 40)
    yield on
    on.set()


async def test_what_is_read_of_a_new_book_is_there_to_be_looked_at_while_the_rest_is_read(
    example: Path, reading_on: Event
) -> None:
    async with opened(example, checked=False) as desk:
        await desk.until(lambda: desk.whole == 40)
        assert "reading … 40 of 84 files" in desk.screen_text()

        await desk.press("j", "j")
        assert desk.here == desk.ids[2]
        await desk.until(lambda: "claims/" in desk.detail or "→" in desk.detail)
        await desk.press("slash", *"hyundai")
        await desk.until(lambda: 0 < len(desk.ids) < 40)
        await desk.press("escape")
        await desk.until(lambda: len(desk.ids) == 40)
        assert "reading … 40 of 84 files" in desk.screen_text()
        here = desk.here

        reading_on.set()
        await desk.until(lambda: desk.whole == 84)
        assert "reading" not in desk.screen_text().splitlines()[0]
        assert desk.here == here


async def test_a_search_in_what_is_read_so_far_comes_to_its_end_however_often_more_is_read(
    example: Path, reading_on: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would never, were it begun again each time."""
    monkeypatch.setattr("claimbook.app.openbook._A_GLIMPSE", 0.1)
    several, searching = Event(), Event()
    places = Index.places

    def slow(index: Index, wanted: Filter, *given: Any, **named: Any) -> "array[int]":
        if wanted.terms and current_thread() is main_thread():  # which has no time for it
            raise InterruptedSearch
        if wanted.text == "hyundai" and not several.is_set():
            searching.set()
            assert several.wait(60)
            if index.cut:
                raise InterruptedSearch
        return places(index, wanted, *given, **named)

    async with opened(example, checked=False) as desk:
        await desk.until(lambda: desk.whole == 40)
        monkeypatch.setattr(Index, "places", slow)
        await desk.press("slash")
        desk.app.post_message(events.Paste("hyundai"))
        await desk.until(searching.is_set)
        shown = desk.app.view
        assert shown
        await desk.until(lambda: desk.app.view and desk.app.view.number > shown.number + 3)
        several.set()
        await desk.until(lambda: 0 < len(desk.ids) < 40)
        reading_on.set()
        await desk.until(lambda: desk.app.view and not desk.app.view.recalled)


async def test_a_verdict_on_a_claim_of_a_book_that_is_still_read_is_saved_when_it_is_through(
    example: Path, reading_on: Event
) -> None:
    async with opened(example, checked=False) as desk:
        await desk.until(lambda: desk.whole == 40)
        await stand_on(desk, desk.ids[3])
        before = (example / desk.claims.rows[3].file).read_text()
        desk.app.post_message(events.Key("v", "v"))
        await desk.until(lambda: len(desk.app.screen_stack) > 1)
        for letter in "1Measured.":
            desk.app.post_message(events.Key(letter, letter))
        desk.app.post_message(events.Key("ctrl+s", None))
        await asyncio.sleep(0)
        assert (example / desk.claims.rows[3].file).read_text() == before

        reading_on.set()
        await desk.until(lambda: "Measured." in (example / desk.claims.rows[3].file).read_text())
