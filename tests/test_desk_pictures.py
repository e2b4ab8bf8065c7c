"""A few pictures of the desk, held against those looked at before; --snapshot-update takes new ones."""

import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import cast

import pytest
from textual.pilot import Pilot

from claimbook.app.app import Desk
from claimbook.app.screens.conflict import Conflict
from claimbook.app.widgets.articletext import ArticleText
from claimbook.app.widgets.fields import Pad
from claimbook.app.widgets.rategrid import RateGrid
from claimbook.app.widgets.ratings import Ratings
from claimbook.book.errors import ConflictError
from desks import SMALL, Opened

Compare = Callable[..., bool]
Before = Callable[[Pilot[None]], Awaitable[None]]
NARROW, WIDE = (80, 24), (120, 40)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "ev-rumours"))


def scene(*keys: str, theme: str = "") -> Before:
    """Return what is done before a picture is taken."""

    async def prepare(pilot: Pilot[None]) -> None:
        app = cast("Desk", pilot.app)
        app.animation_level = "none"
        desk = Opened(pilot)
        await desk.until(lambda: app.view is not None and app.view.checked)
        if theme:
            app.theme = theme
        await desk.press(*keys)
        for pad in app.screen.query(Pad):
            pad.cursor_blink = False
        await desk.settle()

    return prepare


async def judging(pilot: Pilot[None]) -> None:
    """Write a verdict and stop before it is saved."""
    await scene("j", "j", "v")(pilot)
    desk = Opened(pilot)
    await desk.until(lambda: desk.app.screen.query(Ratings))
    await desk.press("4")
    await desk.until(lambda: isinstance(desk.app.focused, Pad))
    await desk.write("The exchange has it otherwise.")
    for pad in desk.app.screen.query(Pad):
        pad.cursor_blink = False
    await desk.settle()


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
def test_desk(small: Path, snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(Desk(small), terminal_size=size, run_before=scene("j", "j"))


def test_desk_light_with_marks(small: Path, snap_compare: Compare) -> None:
    before = scene("3", "space", "space", theme="textual-light")
    assert snap_compare(Desk(small), terminal_size=WIDE, run_before=before)


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
def test_verdict(small: Path, snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(Desk(small), terminal_size=size, run_before=judging)


def test_broken_record(small: Path, snap_compare: Compare) -> None:
    assert snap_compare(Desk(small), terminal_size=NARROW, run_before=scene("G"))


def test_problems(small: Path, snap_compare: Compare) -> None:
    assert snap_compare(Desk(small), terminal_size=WIDE, run_before=scene("p", "j"))


async def marking(pilot: Pilot[None]) -> None:
    """Read an article at a claim's quote, and select the sentence after it."""
    await scene("j", "a")(pilot)
    desk = Opened(pilot)
    await desk.until(lambda: desk.app.screen.query(ArticleText))
    await desk.press("K", "K", "S", "J", "K", "v", "w", "w")


def test_article(small: Path, snap_compare: Compare) -> None:
    assert snap_compare(Desk(small), terminal_size=(100, 30), run_before=marking)


async def reviewing(pilot: Pilot[None]) -> None:
    """Review a claim, and stop in the middle of the reason."""
    await scene("r")(pilot)
    desk = Opened(pilot)
    await desk.until(
        lambda: desk.app.screen.query(RateGrid) and desk.app.screen.query_one(RateGrid).has_focus
    )
    await desk.write("4The exchange has it otherwise.")
    for pad in desk.app.screen.query(Pad):
        pad.cursor_blink = False
    await desk.settle()


def test_review(small: Path, snap_compare: Compare) -> None:
    assert snap_compare(Desk(small), terminal_size=(100, 30), run_before=reviewing)


def test_two_texts_side_by_side(small: Path, snap_compare: Compare) -> None:
    before, now = (
        f"claim: Acme builds a car.\n\nkind: rumour\n\nstatus: {word}\n" for word in ("settled", "open")
    )
    file = "claims/acme.yaml"
    error = ConflictError(file, expected=b"", found=f"{now}\n# by hand\n".encode(), wanted=before.encode())

    async def conflicting(pilot: Pilot[None]) -> None:
        await scene()(pilot)
        pilot.app.push_screen(Conflict(error))
        await Opened(pilot).settle()

    assert snap_compare(Desk(small), terminal_size=NARROW, run_before=conflicting)
