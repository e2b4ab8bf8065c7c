"""Taking an article into a book: its front matter, its id, and whether it is there already."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from claimbook.book.article import ArticleHead, render_article, split_article
from claimbook.book.book import Book
from claimbook.book.drafting import checked_id
from claimbook.book.ids import slug, unused
from claimbook.book.places import ARTICLES
from claimbook.book.refusals import Refused
from claimbook.record.nodes import compose, plain
from claimbook.record.source import decode
from claimbook.text import one_line

_KEY = re.compile(rf"^(?:{'|'.join(ArticleHead.model_fields)})[ \t]*:".encode(), re.MULTILINE)
_WHOLE = "Or take the whole file as text, with --format text. Nothing was written."


@dataclass(frozen=True, slots=True)
class NewArticle:
    """An article that is to be written."""

    id: str
    """The id it gets."""
    file: str
    """Its path, relative to the book."""
    data: bytes
    """What the file is to hold."""
    same_address: str | None
    """The id of another article from the same address."""


def new_article(
    book: Book, head: Mapping[str, Any], text: bytes, *, identifier: str | None = None
) -> NewArticle:
    """Make an article of a text, which stays as it is; its id is made from date, publisher and title.

    Raises:
        Refused: where the book has this text already, the id is unfit or taken, or it would be no article.
    """
    digest = sha256(text).hexdigest()
    twin = next((known for known in book.articles.values() if known.sha256_now == digest), None)
    if twin:
        raise Refused(f"The book has this text already, as {one_line(twin.id)}. Nothing was written.")
    taken = {shelved.id: shelved.file for shelved in book.shelf.values()}
    made = slug(" ".join(str(head[key]) for key in ("date", "publisher", "title") if head.get(key)))
    wanted = checked_id(identifier, taken) if identifier else unused(made, taken)
    data = render_article(head, text)
    address = head.get("url")
    same = (known.id for known in book.articles.values() if address and known.head.url == address)
    return NewArticle(wanted, f"{ARTICLES}/{wanted}.md", data, next(same, None))


def divided(data: bytes, name: str) -> tuple[dict[str, Any], bytes]:
    """Divide a text from front matter that it may have, as Markdown often does; `name` is for complaints.

    A first line `---` that no front matter of an article follows is text.

    Raises:
        Refused: where the front matter cannot be read, or has keys that an article's has not.
    """
    parts = split_article(data)
    if parts is None or not _KEY.search(parts[0]):
        return {}, data
    source, found = decode(parts[0], name)
    root, refused = compose(source) if not any(item.is_error for item in found) else (None, found)
    wrong = next((item for item in refused if item.is_error), None)
    if wrong:
        raise Refused(f"{wrong.place}: {wrong.message} {_WHOLE}")
    values = {} if root is None else plain(root)
    odd = [key for key in values if key not in ArticleHead.model_fields and not key.startswith("x-")]
    if odd:
        keys = ", ".join(f"`{one_line(key)[:40]}`" for key in odd[:8])
        message = f"{one_line(name)}: its front matter has {keys}, which an article's has not: delete that."
        raise Refused(f"{message} {_WHOLE}")
    return {key: value for key, value in values.items() if key != "sha256"}, parts[1]
