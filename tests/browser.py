"""A headless Chromium, driven over its debugging protocol by the few calls that a test needs."""

import asyncio
import base64
import itertools
import json
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import aiohttp

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

_QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--remote-debugging-port=0", "--window-size=1200,800"),
)

_STYLES = re.compile(rb"\x1b\[[0-9;]*m")


class Page:
    """A page: calls go out, answers and events come in."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self.received = b""

    async def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        number = next(self._numbers)
        await self._socket.send_json({"id": number, "method": method, "params": parameters})
        while True:
            message = await self._next()
            if message.get("id") == number:
                result: dict[str, Any] = message.get("result", {})
                return result

    async def until(self, words: bytes) -> None:
        """Wait until the server has sent these words to the page's terminal, whatever their colours."""
        while words not in _STYLES.sub(b"", self.received):
            await self._next()

    async def settle(self) -> None:
        """Wait until nothing has come for a while: what was typed has been answered."""
        with suppress(TimeoutError):
            while True:
                await self._next(timeout=0.4)

    async def click(self, x: int, y: int) -> None:
        for kind in ("mousePressed", "mouseReleased"):
            await self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    async def type(self, text: str) -> None:
        for character in text:
            await self.call("Input.dispatchKeyEvent", type="keyDown", text=character, key=character)
            await self.call("Input.dispatchKeyEvent", type="keyUp", key=character)

    async def press(self, key: str, code: int, *, ctrl: bool = False) -> None:
        options = {"key": key, "windowsVirtualKeyCode": code, "modifiers": 2 if ctrl else 0}
        await self.call("Input.dispatchKeyEvent", type="rawKeyDown", **options)
        await self.call("Input.dispatchKeyEvent", type="keyUp", **options)

    async def _next(self, timeout: float = 30) -> dict[str, Any]:  # noqa: ASYNC109 - the socket's own
        message: dict[str, Any] = json.loads((await self._socket.receive(timeout=timeout)).data)
        if message.get("method") == "Network.webSocketFrameReceived":
            frame = message["params"]["response"]
            data = frame["payloadData"]
            self.received += base64.b64decode(data) if frame["opcode"] == 2 else data.encode()
        return message


@asynccontextmanager
async def page(address: str, folder: Path) -> AsyncIterator[Page]:
    """Open an address in a browser of its own."""
    browser = await asyncio.create_subprocess_exec(
        CHROMIUM or "chromium",
        *_QUIET,
        f"--user-data-dir={folder}",
        "about:blank",
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with aiohttp.ClientSession() as session:
            debugger = await _debugger(browser)
            async with session.get(f"http://{debugger}/json/list") as answer:
                target = next(item for item in await answer.json() if item["type"] == "page")
            async with session.ws_connect(target["webSocketDebuggerUrl"], max_msg_size=0) as socket:
                opened = Page(socket)
                await opened.call("Network.enable")
                await opened.call("Emulation.setFocusEmulationEnabled", enabled=True)
                await opened.call("Page.navigate", url=address)
                yield opened
    finally:
        browser.kill()
        await browser.communicate()


async def _debugger(browser: asyncio.subprocess.Process) -> str:
    if browser.stderr is None:
        raise RuntimeError("no stderr")
    while line := await browser.stderr.readline():
        if b"DevTools listening on ws://" in line:
            return line.decode().partition("ws://")[2].partition("/")[0]
    raise RuntimeError("the browser did not start")
