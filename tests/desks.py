"""Desks for tests: opened on a book, waited for by what they show and never by the clock."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import cast

from textual import events
from textual.keys import _character_to_key, key_to_character
from textual.pilot import Pilot

from claimbook.app.app import Desk
from claimbook.app.widgets.claims import ClaimList
from claimbook.app.widgets.detail import Detail

SMALL = Path(__file__).parent / "small"
"""A book of seven claims, one of them broken, which stays as it is whatever becomes of the example."""
_CONTROLS = {"\r": "enter", "\x13": "ctrl+s"}
TURNS = 2000
"""Turns of the event loop, a hundredth of a second each, after which something is taken for never coming."""


class Opened:
    """A desk that is open, and what a person sees of it."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self.pilot = pilot
        self.app = cast("Desk", pilot.app)

    @property
    def claims(self) -> ClaimList:
        return self.app.screen_stack[0].query_one(ClaimList)

    @property
    def here(self) -> str:
        """The id of the claim at the cursor."""
        row = self.claims.row
        return row.id if row else ""

    @property
    def ids(self) -> list[str]:
        return [row.id for row in self.claims.rows]

    @property
    def whole(self) -> int:
        """How many claims the book has, whatever is listed."""
        return len(self.app.view.rows) if self.app.view else 0

    @property
    def detail(self) -> str:
        return self.app.screen_stack[0].query_one(Detail).text

    @property
    def notices(self) -> list[str]:
        return [notice.message for notice in self.app._notifications]

    async def press(self, *keys: str) -> None:
        """Press keys, each when the one before has been dealt with."""
        for key in keys:
            self.app.post_message(events.Key(key, key_to_character(key)))
            await self.settle()

    async def write(self, text: str) -> None:
        """Type at once, without a pause between any two keys, into whatever has the focus by then."""
        for character in text:
            name = _CONTROLS.get(character) or _character_to_key(character)
            self.app.post_message(events.Key(name, character))
        await self.settle()

    async def paste(self, text: str) -> None:
        """Paste into whatever has the focus."""
        self.app.post_message(events.Paste(text))
        await self.settle()

    async def settle(self) -> None:
        """Let keys be given out, and every widget deal with its messages, what follows, and the layout."""
        for _ in range(4):
            await self.app.keyboard.rest()
            await self.pilot._wait_for_screen()
        self.app.screen._on_timer_update()
        await self.pilot._wait_for_screen()

    async def until(self, condition: Callable[[], object]) -> None:
        for _ in range(TURNS):
            if self.app._exception is not None:
                raise self.app._exception
            if condition():
                await self.settle()
                return
            await asyncio.sleep(0.01)
        raise AssertionError("It never came to that.")

    def screen_text(self) -> str:
        """All that stands on the screen."""
        lines = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text for strip in lines)


@asynccontextmanager
async def opened(
    root: Path, size: tuple[int, int] = (100, 24), *, checked: bool = True
) -> AsyncIterator[Opened]:
    """Open a desk on a book and wait until it has been read."""
    app = Desk(root)
    async with app.run_test(size=size, notifications=True) as pilot:
        desk = Opened(pilot)
        if checked:
            await desk.until(lambda: app.view is not None and app.view.checked)
            await desk.until(lambda: desk.claims.row is None or desk.detail)
        yield desk
