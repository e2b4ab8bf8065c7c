"""One page from the web, when a person asks for it: http and https only, with a limit to size and time."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException, HTTPResponse
from typing import IO, Any
from urllib import request
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit, urlunsplit

from claimbook import __version__
from claimbook.book.refusals import Refused
from claimbook.text import one_line

LARGEST = 16 * 1024 * 1024
"""Bytes of a page that are taken."""
PATIENCE = 20.0
"""Seconds to wait for the next bytes."""
LONGEST = 120.0
"""Seconds that all of it may take."""

_TEXTS = ("text/plain", "text/markdown", "text/x-markdown")
_PAGES = ("text/html", "application/xhtml+xml")
_SCHEMES = ("http", "https")


@dataclass(frozen=True, slots=True)
class Page:
    """What an address answered with."""

    data: bytes
    """The bytes."""
    is_html: bool
    """Whether it is HTML; else it is plain text or Markdown."""
    charset: str | None
    """The encoding that the server names."""
    address: str
    """The address that it came from in the end."""


def is_address(text: str) -> bool:
    """Tell whether a word is meant as an address and not as a file."""
    return "://" in text


def fetch(address: str, *, patience: float = PATIENCE, longest: float = LONGEST) -> Page:
    """Fetch a page; redirections are followed, to http and https only.

    Raises:
        Refused: where it cannot be had, is too large or too slow, or is neither text nor HTML.
    """
    asked = _checked(address)
    wanted = request.Request(asked, headers={"User-Agent": f"claimbook/{__version__}", "Accept": _ACCEPT})  # noqa: S310 - checked
    try:
        with _opener().open(wanted, timeout=patience) as answer:
            _check_type(answer.headers, asked)
            data = _read(answer, asked, time.monotonic, longest)
            return _page(data, answer.headers, answer.url)
    except HTTPError as error:
        raise _refused(asked, f"answers {error.code} {error.reason}") from None
    except URLError as error:
        raise _refused(asked, f"cannot be reached ({error.reason})") from None
    except (OSError, HTTPException, ValueError) as error:
        raise _refused(asked, f"cannot be read ({str(error) or type(error).__name__})") from None


class _Redirects(request.HTTPRedirectHandler):
    """Follows redirections to the web and nowhere else."""

    max_redirections = 5

    def redirect_request(  # noqa: PLR0917 - urllib's own signature
        self, req: request.Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str
    ) -> request.Request | None:
        if urlsplit(newurl).scheme not in _SCHEMES:
            raise _refused(req.full_url, f"leads to {newurl}, which is no web address")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


_ACCEPT = ", ".join((*_PAGES, *_TEXTS, "*/*;q=0.1"))


def _opener() -> request.OpenerDirector:
    """Make an opener that knows nothing but the web: no files, no FTP, no `data:`."""
    opener = request.OpenerDirector()
    for handler in (
        request.ProxyHandler(),
        request.UnknownHandler(),
        request.HTTPHandler(),
        request.HTTPSHandler(),
        request.HTTPDefaultErrorHandler(),
        _Redirects(),
        request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener


def _checked(address: str) -> str:
    """Return an address as it goes over the wire."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        raise _refused(address, "is no web address") from None
    if parts.scheme not in _SCHEMES or not host or parts.username is not None:
        raise _refused(address, "is no web address that begins with http:// or https:// and names a host")
    host = f"[{host}]" if ":" in host else host
    path, query = (quote(part, safe="/%:=&?~#+!$,;'@()*[]") for part in (parts.path or "/", parts.query))
    return urlunsplit((parts.scheme, host + port, path, query, ""))


def _check_type(headers: Message, address: str) -> None:
    kind = headers.get_content_type()
    if kind not in (*_PAGES, *_TEXTS):
        raise _refused(address, f"is {kind}, neither text nor HTML")
    packed = headers.get("Content-Encoding", "identity").lower()
    if packed != "identity":
        raise _refused(address, f"is packed as {packed}, which was not asked for")


def _read(answer: HTTPResponse, address: str, clock: Callable[[], float], longest: float) -> bytes:
    end = clock() + longest
    data = bytearray()
    while piece := answer.read1(1 << 16):
        data += piece
        if len(data) > LARGEST:
            raise _refused(address, f"has more than {LARGEST:,} bytes")
        if clock() > end:
            raise _refused(address, f"takes longer than {longest:.0f} seconds")
    return bytes(data)


def _page(data: bytes, headers: Message, address: str) -> Page:
    return Page(data, headers.get_content_type() in _PAGES, headers.get_content_charset(), address)


def _refused(address: str, what: str) -> Refused:
    advice = "save the article's text in a file, and add that. Nothing was written."
    return Refused(f"{one_line(address)[:200]} {one_line(what)[:200]}: {advice}")
