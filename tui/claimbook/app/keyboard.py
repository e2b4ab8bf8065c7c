"""Keys in the order in which they were struck: each is given out once the one before has done its work.

Textual gives a key to whatever has the focus at that moment. In a burst the letters behind the `v` that opens
a dialog would so be commands to the list below it. Here they wait until the dialog stands.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

from textual.app import App
from textual.events import Event, Key
from textual.message_pump import MessagePump
from textual.widget import Widget

_LONGEST = 1.0
"""Seconds that one widget may keep the next key waiting."""
_ROUNDS = 2
"""Times that the way from a widget up to the app is gone: the key's own, and that of what it set off."""

Give = Callable[[Event], Awaitable[None]]
"""Hands a key to whatever has the focus."""


class Keyboard:
    """Holds keys, and hands them to the app one at a time."""

    def __init__(self, app: App[None], give: Give) -> None:
        """Take the app, and Textual's own way of giving out a key."""
        self._app = app
        self._give = give
        self._struck: deque[Event] = deque()
        self._came = asyncio.Event()
        self._at_rest = asyncio.Event()
        self._at_rest.set()
        self._free = asyncio.Event()
        self._free.set()
        self._holders = 0
        self._listed = asyncio.Event()
        self._listed.set()
        self._ended = False

    def strike(self, event: Event) -> None:
        """Take a key, or a paste, to be given out in its turn."""
        if not self._ended:
            self._struck.append(event)
            self._at_rest.clear()
            self._came.set()

    def forget(self) -> None:
        """Drop what waits: a question that comes by itself is not answered by what was struck before it."""
        self._struck.clear()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Give nothing out while something is being done that will change what the next key is for."""
        self._holders += 1
        self._free.clear()
        try:
            yield
        finally:
            self._holders -= 1
            if not self._holders:
                self._free.set()

    def expect_list(self) -> None:
        """Have keys wait that are no text in a field: another list is on its way, and they are for that."""
        self._listed.clear()

    def list_came(self) -> None:
        """Give them out again."""
        self._listed.set()

    async def rest(self) -> None:
        """Wait until nothing waits any more."""
        await self._at_rest.wait()

    async def run(self) -> None:
        """Give out keys for as long as the app runs."""
        try:
            while True:
                await self._came.wait()
                await self._give_all()
                self._came.clear()
                self._at_rest.set()
        finally:
            self._ended = True
            self._at_rest.set()

    async def _give_all(self) -> None:
        while self._struck:
            await self._free.wait()
            if self._struck:
                await self._give_next()

    async def _give_next(self) -> None:
        """Give out one key, and wait for what comes of it: an action, the focus moved, a screen opened."""
        screen = self._app.screen
        target = screen.focused or screen
        event = self._struck[0]
        is_writing = _is_writing(event, target)
        if not is_writing:
            await self._settle(target)  # what was written before may ask for another list
            await _within(self._listed.wait())
            screen = self._app.screen
            target = screen.focused or screen
        if not self._struck or event is not self._struck[0]:  # it was forgotten meanwhile
            return
        self._struck.popleft()
        await self._give(event)
        if is_writing:
            return
        await self._settle(target)
        if self._app.screen is not screen:
            await _within(self._app.screen._mounted_event.wait())  # noqa: SLF001 - Textual has no other word
            await self._settle(self._app.screen)

    async def _settle(self, target: MessagePump) -> None:
        """Wait until a widget and all that it stands in have done what was asked of them."""
        for _ in range(_ROUNDS):
            pump: MessagePump | None = target
            while pump is not None:
                await _reached(pump)
                pump = pump._parent  # noqa: SLF001 - `parent` is the widgets' only, and leaves out the app


def _is_writing(event: Event, target: MessagePump) -> bool:
    """Tell whether a key is text in a field, after which the next one goes to the same field."""
    key = event if isinstance(event, Key) else Key("x", "x")  # a paste goes where letters go
    return (
        key.is_printable and isinstance(target, Widget) and target.check_consume_key(key.key, key.character)
    )


async def _reached(pump: MessagePump) -> None:
    """Wait until something has dealt with the messages that it has; not for one that is gone."""
    done = asyncio.Event()
    if pump.call_later(done.set):
        await _within(done.wait())


async def _within(wait: Awaitable[object]) -> None:
    try:
        async with asyncio.timeout(_LONGEST):
            await wait
    except TimeoutError:
        return
