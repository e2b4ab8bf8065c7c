"""`claimbook serve`: the desk in a browser."""

import socket

import click

from claimbook.book.refusals import Refused
from claimbook.cli.command import Command
from claimbook.cli.output import line, narrate
from claimbook.cli.scene import book_root


@click.command(cls=Command, examples=["claimbook serve", "claimbook serve --port 8080"])
@click.option("--port", type=click.IntRange(1, 65535), help="The port to listen on; else any that is free.")
@click.pass_context
def serve(ctx: click.Context, port: int | None) -> None:
    """Serve the desk to a browser on this machine, until ctrl+c.

    The address has a secret in it, and only whoever knows it gets in. Your editor cannot be opened from
    there. Needs the extra: pip install 'claimbook[web]'.
    """
    root = book_root(ctx)
    try:
        from claimbook.app.serving import HOST, WebDesk
    except ImportError:
        raise Refused("Serving needs the extra [web]: pip install 'claimbook[web]'.") from None
    desk = WebDesk(root.absolute(), port or _free(HOST))
    line(desk.address)
    narrate("Open this address in a browser on this machine. ctrl+c ends it.")
    desk.serve()


def _free(host: str) -> int:
    """Return a port that nobody listens on."""
    with socket.create_server((host, 0)) as probe:
        number: int = probe.getsockname()[1]
        return number
