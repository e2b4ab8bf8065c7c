"""A few pictures of the desk, held against those that were looked at: pytest --snapshot-update takes new ones."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import cast

import pytest
from textual.pilot import Pilot

from claimbook.app.app import Desk
from claimbook.app.widgets.fields import Pad
from claimbook.app.widgets.ratings import Ratings
from desks import Opened

Compare = Callable[..., bool]
Before = Callable[[Pilot[None]], Awaitable[None]]
NARROW, WIDE = (80, 24), (120, 40)


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


async def _verdict(pilot: Pilot[None]) -> None:
    await scene("G", "v")(pilot)
    desk = Opened(pilot)
    await desk.until(lambda: desk.app.screen.query(Ratings))
    await desk.press("4")
    await desk.until(lambda: isinstance(desk.app.focused, Pad))
    await desk.write("Its own announcement names other investors.")


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
def test_desk(example: Path, snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(Desk(example), terminal_size=size, run_before=scene("j"))


def test_desk_light(example: Path, snap_compare: Compare) -> None:
    before = scene("3", "space", "space", theme="textual-light")
    assert snap_compare(Desk(example), terminal_size=WIDE, run_before=before)


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
def test_verdict(example: Path, snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(Desk(example), terminal_size=size, run_before=_verdict)


def test_broken_record(example: Path, snap_compare: Compare) -> None:
    file = example / "claims/apple/apple-approached-nissan.yaml"
    file.write_text(file.read_text().replace("stance:", "stanse:", 1))
    assert snap_compare(Desk(example), terminal_size=NARROW, run_before=scene())


def test_problems(example: Path, snap_compare: Compare) -> None:
    assert snap_compare(Desk(example), terminal_size=WIDE, run_before=scene("p", "j"))
