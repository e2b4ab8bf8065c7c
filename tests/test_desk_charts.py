"""Pictures of what is drawn: origins, timeline and track record."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from textual.pilot import Pilot

from claimbook.app.app import Desk
from claimbook.app.screens.track import TrackList
from claimbook.app.widgets.drawing import Drawing
from claimbook.app.widgets.timerows import TimeRows
from desks import SMALL, Opened

WIDE, NARROW = (100, 30), (80, 24)
DRAWN: dict[str, Callable[[Opened], object]] = {
    "O": lambda desk: "Comparing" not in desk.app.screen.query_one(Drawing).text,
    "T": lambda desk: desk.app.screen.query_one(TimeRows).rows,
    "W": lambda desk: desk.app.screen.query_one(TrackList).rows,
}


RECORD = """claim: Claim {number} holds.
kind: fact
sources:
  - {{url: "https://example.org/{number}", publisher: {paper}, date: 2021-0{month}, note: x}}
verdicts:
  - {{date: 2022, rating: {rating}, why: x}}
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return the small book with papers that have a track record."""
    root = Path(shutil.copytree(SMALL, tmp_path / "ev-rumours"))
    said = {"The Herald": ["true"] * 9 + ["false"], "The Echo": ["true", "false"] * 3, "The Star": ["true"]}
    for paper, ratings in said.items():
        for number, rating in enumerate(ratings):
            file = root / "claims" / f"{paper[4:].lower()}-{number}.yaml"
            file.write_text(RECORD.format(number=number, paper=paper, month=number % 9 + 1, rating=rating))
    return root


@pytest.mark.parametrize(
    ("claim", "key", "size"),
    [
        ("long-wall", "O", WIDE),
        ("long-wall", "T", WIDE),
        ("long-wall", "W", NARROW),
    ],
    ids=["origins", "timeline", "track"],
)
def test_charts(
    small: Path, snap_compare: Callable[..., bool], claim: str, key: str, size: tuple[int, int]
) -> None:
    async def draw(pilot: Pilot[None]) -> None:
        app = cast("Desk", pilot.app)
        app.animation_level = "none"
        desk = Opened(pilot)
        await desk.until(lambda: app.view is not None and app.view.checked)
        desk.claims.move_to(desk.ids.index(claim))
        await desk.press(key)
        await desk.until(lambda: DRAWN[key](desk))
        await desk.settle()

    assert snap_compare(Desk(small), terminal_size=size, run_before=draw)
