"""The desk in a browser: for the page whose address was printed, and for nobody else."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

aiohttp = pytest.importorskip("aiohttp", reason="the extra [web] is not installed")
pytest.importorskip("textual_serve", reason="the extra [web] is not installed")

from browser import CHROMIUM, page  # noqa: E402 - it needs aiohttp

OPEN = "claims/industry/ai-decides-car-choice.yaml"


@pytest.fixture
def address(example: Path) -> Iterator[str]:
    """Serve the example book and return the address that is printed."""
    code = "from claimbook.cli.main import main; main(['serve'])"
    with subprocess.Popen(
        [sys.executable, "-u", "-c", code],
        cwd=example,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdout
        yield server.stdout.readline().strip()
        server.terminate()
        server.communicate()


async def status(address: str, **headers: str) -> int:
    """Ask for a page, as soon as the server listens, and return the status of the answer."""
    async with aiohttp.ClientSession() as session:
        while True:
            try:
                async with session.get(address, headers=headers) as answer:
                    return int(answer.status)
            except aiohttp.ClientConnectorError:
                await asyncio.sleep(0.02)


async def test_the_address_is_on_the_loopback_and_has_a_secret(address: str) -> None:
    start, _, rest = address.partition("127.0.0.1:")
    port, _, token = rest.partition("/")

    assert start == "http://"
    assert len(token.strip("/")) >= 32
    assert await status(address) == 200
    assert await status(f"http://127.0.0.1:{port}/") == 404
    assert await status(f"http://127.0.0.1:{port}/{'x' * 32}/") == 404


async def test_another_host_or_origin_is_turned_away(address: str) -> None:
    own = address.rsplit("/", 2)[0]

    assert await status(address, Host="evil.example") == 403
    assert await status(address, Origin="https://evil.example") == 403
    assert await status(address, Origin=own) == 200


@pytest.mark.parametrize("origin", [None, "https://evil.example", "null"])
async def test_a_socket_from_another_page_is_turned_away(address: str, origin: str | None) -> None:
    assert await status(address) == 200
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await session.ws_connect(f"{address}ws", origin=origin)

    assert refused.value.status == 403


async def test_the_page_may_load_nothing_from_elsewhere(address: str) -> None:
    assert await status(address) == 200
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium to drive")
async def test_a_claim_is_settled_in_the_browser(address: str, example: Path, tmp_path: Path) -> None:
    assert await status(address) == 200

    async with asyncio.timeout(90), page(address, tmp_path / "profile") as browser:
        await browser.until(b"84 claims")
        await browser.click(600, 100)
        for words in ("/", "id:ai-decides", "\r", "v", "4", "Surveys name price first."):
            await browser.settle()
            await browser.type(words)
        await browser.settle()
        await browser.press("s", 83, ctrl=True)
        await browser.until(b"Saved")

    text = (example / OPEN).read_text()
    assert "status: settled" in text
    assert "    rating: mostly false" in text
    assert "    why: Surveys name price first." in text
