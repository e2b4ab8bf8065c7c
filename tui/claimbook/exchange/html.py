"""The text of an article from a page of HTML, by trafilatura, the extra `fetch`.

A page is somebody else's, and some pages keep a parser busy for hours or crash it: it is taken apart in a
process of its own, which is ended when it takes too long.
"""

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec

from claimbook.book.refusals import Refused

PATIENCE = 30.0
"""Seconds that taking a page apart may take; 1 MB of news takes one."""

_MARKUP = re.compile(rb"(?is)\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b")
_INSTEAD = "save the article's text in a file and add that. Nothing was written."


@dataclass(frozen=True, slots=True)
class Extract:
    """What a page says, without what is around the article."""

    text: bytes
    """The article's text, a paragraph a line."""
    head: dict[str, str]
    """What the page says of the article, by front matter key; only what it does say."""


def looks_like_html(data: bytes) -> bool:
    """Tell whether bytes begin as a page does."""
    return _MARKUP.match(data[:4096].removeprefix(b"\xef\xbb\xbf")) is not None


def extract(data: bytes, charset: str | None = None, *, patience: float = PATIENCE) -> Extract:
    """Take the article out of a page; `charset` is the encoding that the server names.

    Raises:
        Refused: where trafilatura is not installed, finds no article, or takes too long.
    """
    if find_spec("trafilatura") is None:
        advice = f"install it with `pip install 'claimbook[fetch]'`, or {_INSTEAD}"
        raise Refused(f"Articles are taken out of HTML with an extra: {advice}")
    # -P keeps what lies in the current folder from being imported in place of a library.
    words = [sys.executable, "-P", "-m", "claimbook.exchange.extracting", charset or ""]
    try:
        done = subprocess.run(words, input=data, capture_output=True, timeout=patience, check=True)  # noqa: S603 - our own module
    except subprocess.TimeoutExpired:
        raise Refused(
            f"That page takes longer than {patience:.0f} seconds to take apart: {_INSTEAD}"
        ) from None
    except subprocess.CalledProcessError:
        raise Refused(f"That page cannot be taken apart: {_INSTEAD}") from None
    found = json.loads(done.stdout)
    if not found["text"]:
        raise Refused(f"No article was found in that page: {_INSTEAD}")
    return Extract(f"{found['text']}\n".encode(errors="replace"), found["head"])
