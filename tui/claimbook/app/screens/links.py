"""The web addresses of a claim, shown whole with the host they really lead to."""

import webbrowser
from collections.abc import Iterator
from contextlib import nullcontext
from typing import NamedTuple
from urllib.parse import urlsplit

from textual import on
from textual.app import ComposeResult, SuspendNotSupported
from textual.containers import Vertical

from claimbook.app.lettering import Line, Paragraph, Span, between, label
from claimbook.app.listed import Row
from claimbook.app.screens.room import Dialog
from claimbook.app.view import View
from claimbook.app.widgets.rows import RowList
from claimbook.app.widgets.toned import Paragraphs

_SCHEMES = ("http", "https")


class Link(NamedTuple):
    """An address that can be opened."""

    url: str
    """The address as it is written."""
    host: str
    """The host that it leads to, in the form that computers use."""
    what: str
    """What is there."""


class LinkList(RowList):
    """Addresses, the host first."""

    def __init__(self, links: list[Link]) -> None:
        super().__init__(id="links")
        self.links = links

    def line(self, index: int, width: int) -> Line:
        """Return the host, and what is there."""
        link = self.links[index]
        lead = Span("▌" if index == self.cursor else " ", "strong")
        return between((lead, label(link.host, "strong")), (label(f"{link.what} ", "quiet"),), width)


class Links(Dialog[None]):
    """Shows where each address leads before it is opened."""

    CONTEXTS = ("dialog", "list")

    def __init__(self, links: list[Link]) -> None:
        super().__init__()
        self._links = links

    def compose(self) -> ComposeResult:
        """Lay out the list, and room for the whole address."""
        with Vertical(classes="dialog links"):
            yield LinkList(self._links)
            yield Paragraphs(id="link-address")

    def on_mount(self) -> None:
        """Show the addresses."""
        found = self.query_one(LinkList)
        found.show_rows(len(self._links), 0)
        found.focus()

    @on(RowList.Moved)
    def _show(self, message: RowList.Moved) -> None:
        link = self._links[message.rows.cursor]
        self.query_one(Paragraphs).set_paragraphs(
            [
                Paragraph((label(link.url),)),
                Paragraph((Span("Enter opens it at ", "quiet"), label(link.host, "strong"))),
            ]
        )

    @on(RowList.Chosen)
    def _open(self, message: RowList.Chosen) -> None:
        link = self._links[message.rows.cursor]
        try:
            browser = webbrowser.get()
            # A browser of the plain kind may run in this terminal, so it is given the screen.
            in_terminal = type(browser) is webbrowser.GenericBrowser
            with self.app.suspend() if in_terminal else nullcontext():
                browser.open(link.url)
        except (webbrowser.Error, SuspendNotSupported):
            self.notify(
                "No browser can be started from here: copy the address from the screen.", severity="warning"
            )
            return
        self.dismiss(None)


def links_of(view: View, row: Row) -> list[Link]:
    """Return the addresses of a claim that a browser may be given: http and https, each once."""
    found = {url: Link(url, host, what) for url, what in _addresses(view, row) if (host := real_host(url))}
    return list(found.values())


def real_host(url: str) -> str | None:
    """Return the host an address leads to, other scripts spelled out; None for what is no web address."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
        name = host if host.isascii() else host.encode("idna").decode()
    except (ValueError, UnicodeError):
        return None
    plain = url.isprintable() and not any(character.isspace() for character in url)
    return f"{name}{port}" if parts.scheme.lower() in _SCHEMES and name and plain else None


def _addresses(view: View, row: Row) -> Iterator[tuple[str, str]]:
    claim = row.entry.claim
    if claim is None:
        return
    for source in claim.sources:
        article = view.articles.get(source.article or "")
        if source.url:
            yield source.url, "source"
        if article is not None and article.head.url:
            yield article.head.url, f"article {article.id}"
        if article is not None and article.head.archived:
            yield article.head.archived, f"archived {article.id}"
    for item in claim.evidence:
        if item.url:
            yield item.url, f"evidence, {item.bearing}"
        if item.archived:
            yield item.archived, "archived evidence"
