"""The text of an article from a page of HTML, by trafilatura, the extra `fetch`."""

import logging
import re
from dataclasses import dataclass
from typing import Any

from claimbook.book.refusals import Refused
from claimbook.record.dates import PartialDate
from claimbook.text import visible

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_MARKUP = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_LARGEST_TREE = 200_000


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


def extract(data: bytes, charset: str | None = None) -> Extract:
    """Take the article out of a page.

    The date is taken from where pages declare it, never guessed from the text.

    Raises:
        Refused: where trafilatura is not installed, or finds no article.
    """
    try:
        import trafilatura  # noqa: PLC0415 - an extra, and slow to import
    except ImportError:
        raise Refused(
            "Articles are taken out of HTML with an extra: install it with "
            "`pip install 'claimbook[fetch]'`, or save the article's text in a file and add that. "
            "Nothing was written."
        ) from None
    # What the library has to say of the page would go to the screen as it is.
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    logging.getLogger("htmldate").addHandler(logging.NullHandler())
    page = _decoded(data, charset)
    tree = trafilatura.load_html(page)
    language = tree.get("lang") if tree is not None else None
    found = trafilatura.bare_extraction(
        page,
        include_comments=False,
        with_metadata=True,
        max_tree_size=_LARGEST_TREE,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    values = found if isinstance(found, dict) or found is None else found.as_dict()
    text = str((values or {}).get("text") or "").strip()
    if not values or not text:
        raise Refused(
            "No article was found in that page: save the article's text in a file, and add that. "
            "Nothing was written."
        )
    return Extract(f"{text}\n".encode(errors="replace"), _head(values, language))


def _decoded(data: bytes, charset: str | None) -> str | bytes:
    """Decode as the server says; where it says nothing or is wrong, trafilatura looks for itself."""
    try:
        return data.decode(charset) if charset else data
    except (LookupError, UnicodeError):
        return data


def _head(values: dict[str, Any], language: str | None) -> dict[str, str]:
    said = {
        "title": values.get("title"),
        "publisher": values.get("sitename"),
        "author": values.get("author"),
        "date": _date(values.get("date")),
        "lang": language if language and _LANGUAGE.fullmatch(language) else None,
    }
    clean = {key: " ".join(str(value).split()) for key, value in said.items() if value}
    return {key: value for key, value in clean.items() if value and visible(value) == value}


def _date(text: Any) -> str | None:
    try:
        return str(PartialDate.parse(str(text)))
    except ValueError:
        return None
