"""The desk in a browser on the same machine, and nobody else's.

textual-serve runs a desk for each page that connects, and asks neither who connects nor from where. So the
server listens on the loopback only, everything stands under a path with a random token, and a request whose
Host or Origin is another than the server's own is turned away, as a page in the same browser could send one.
"""

import secrets
import shlex
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import aiohttp_jinja2
import jinja2
from aiohttp import web
from textual_serve.server import Server

HOST = "127.0.0.1"

_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self' {socket}; frame-ancestors 'none'"
)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class WebDesk(Server):
    """Serve one book's desk to whoever knows the address."""

    def __init__(self, root: Path, port: int) -> None:
        """Take the book's folder and a free port; nothing listens before `serve`."""
        command = shlex.join([sys.executable, "-m", "claimbook.app.served", str(root)])
        super().__init__(command, host=HOST, port=port, title="claimbook")
        self.token = secrets.token_urlsafe(24)
        """What stands in every path; new each time."""

    @property
    def address(self) -> str:
        """The address to open."""
        return f"{self.public_url}/{self.token}/"

    def initialize_logging(self) -> None:
        """Leave logging alone: requests would be logged with the token."""

    async def on_startup(self, app: web.Application) -> None:
        """Say nothing; the command prints the address."""

    async def _make_app(self) -> web.Application:
        inner = web.Application()
        aiohttp_jinja2.setup(inner, loader=jinja2.FileSystemLoader(self.templates_path))
        inner.add_routes(
            [
                web.get("/", self.handle_index, name="index"),
                web.get("/ws", self.handle_websocket, name="websocket"),
                web.static("/static", self.statics_path, name="static"),
            ]
        )
        outer = web.Application(middlewares=[self._guard])
        outer.add_subapp(f"/{self.token}", inner)
        return outer

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Turn away whoever is not a page of ours."""
        origin = request.headers.get("Origin")
        wants_socket = request.headers.get("Upgrade", "").lower() == "websocket"
        if request.headers.get("Host") != f"{HOST}:{self.port}":
            raise web.HTTPForbidden(text="This desk answers only to the address that claimbook printed.\n")
        if (wants_socket or origin is not None) and origin != self.public_url:
            raise web.HTTPForbidden(text="This desk answers only to its own page.\n")
        response = await handler(request)
        if not response.prepared:
            response.headers["Content-Security-Policy"] = _POLICY.format(socket=f"ws://{HOST}:{self.port}")
            response.headers["Referrer-Policy"] = "no-referrer"
            response.headers["X-Content-Type-Options"] = "nosniff"
            response.headers["Cache-Control"] = "no-store"
        return response
