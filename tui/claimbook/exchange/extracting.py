"""What runs in a process of its own: a page on standard input, its article as JSON on standard output."""

import json
import re
import sys
from typing import Any

from claimbook.record.dates import PartialDate
from claimbook.text import visible

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def main() -> None:
    """Read, take apart, write; the first argument is the encoding that the server names, or empty."""
    text, head = article_in(_decoded(sys.stdin.buffer.read(), sys.argv[1]))
    sys.stdout.write(json.dumps({"text": text, "head": head}))


def article_in(page: str | bytes) -> tuple[str, dict[str, str]]:
    """Return the text of the article in a page, empty where there is none, and what the page says of it.

    The date is taken from where pages declare it, never guessed from the text.
    """
    import trafilatura  # noqa: PLC0415 - an extra

    tree = trafilatura.load_html(page)
    found = trafilatura.bare_extraction(
        page,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if tree is None or found is None:
        return "", {}
    values = found if isinstance(found, dict) else found.as_dict()
    return str(values.get("text") or "").strip(), _head(values, tree.get("lang"))


def _decoded(data: bytes, charset: str) -> str | bytes:
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


if __name__ == "__main__":
    main()
