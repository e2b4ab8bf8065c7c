"""An article of a book: front matter, and the text as it was published.

The text is every byte after the closing `---`; nobody changes it, control characters and page furniture stay.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Annotated, Any

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from claimbook.book.folded import Prepared
from claimbook.book.refusals import Refused
from claimbook.record.changes import Plain
from claimbook.record.dates import PartialDate
from claimbook.record.diagnostics import Diagnostic, Severity, Span
from claimbook.record.model import Part, Text, Url
from claimbook.record.nodes import Scalar
from claimbook.record.reading import Document, read_source
from claimbook.record.scalars import Spot, write_scalar
from claimbook.record.source import BOM, LARGEST, SourceText, decode
from claimbook.record.writing import flow_text, write_key

LARGEST_ARTICLE = 16 * 1024 * 1024
"""Bytes an article may have, front matter included."""

_OPENING = re.compile(rb"(?:\xef\xbb\xbf)?---[ \t]*(?:\r?\n|\Z)")
_CLOSING = re.compile(rb"^---[ \t]*(?:\r?\n|\r?\Z)", re.MULTILINE)
_SHA256 = re.compile("[0-9a-fA-F]{64}")


def _hexadecimal(text: Any) -> Any:
    if isinstance(text, str) and not _SHA256.fullmatch(text):
        raise PydanticCustomError(
            "not-a-digest", "write the 64 digits of the text's SHA-256, or leave it out"
        )
    return text


class ArticleHead(Part):
    """What an article's front matter can say; what is not known is left out."""

    title: Text | None = None
    """The headline."""
    publisher: Text
    """Who published it."""
    author: Text | None = None
    """Who wrote it, as the article names them."""
    date: PartialDate
    """When it was published: a year, a month or a day."""
    lang: Text | None = None
    """The language of the text, as a tag such as `nl` or `en-GB`."""
    url: Url | None = None
    """Where it was published."""
    archived: Url | None = None
    """The address of an archived copy."""
    sha256: Annotated[Text | None, BeforeValidator(_hexadecimal)] = None
    """SHA-256 of the text in hexadecimal, by which a later edit shows."""


@dataclass(frozen=True)
class Article:
    """An article as it was read."""

    id: str
    """The file's stem."""
    file: str
    """The path relative to the book."""
    head: ArticleHead
    """What the front matter says."""
    text: str
    """The text; `U+FFFD` stands for what is no UTF-8."""
    first_line: int
    """The 1-based line of the file that the text begins on, the one after the closing `---`."""
    sha256_now: str
    """SHA-256 of the text's bytes as they are, in hexadecimal."""

    @cached_property
    def prepared(self) -> Prepared:
        """The text ready for searches, prepared once."""
        return Prepared(self.text)

    @property
    def is_changed(self) -> bool:
        """Tell whether the text is another than the one `sha256` was made of."""
        return self.head.sha256 is not None and self.head.sha256.lower() != self.sha256_now

    def position(self, offset: int) -> tuple[int, int]:
        """Return the 1-based line and column in the file of a 0-based offset in the text."""
        line, column = self._lines.position(offset)
        return line + self.first_line - 1, column

    def line(self, number: int) -> str:
        """Return a line of the text by its 1-based number in the file, without its line end."""
        return self._lines.line(number - self.first_line + 1)

    @cached_property
    def _lines(self) -> SourceText:
        return SourceText(self.file, self.text)


@dataclass(frozen=True, slots=True)
class ArticleReading:
    """What came of reading an article's file."""

    article: Article | None
    """The article; None where its front matter cannot be read."""
    diagnostics: tuple[Diagnostic, ...]
    """What is wrong with the file."""


def read_article(data: bytes, file: str) -> ArticleReading:
    """Read an article; never raises for what the bytes say. `file` is the path that diagnostics name."""
    if problem := _unreadable(data, file):
        return ArticleReading(None, (problem,))
    opening = _OPENING.match(data)
    closing = _CLOSING.search(data, opening.end()) if opening else None
    if closing is None:
        return ArticleReading(None, (_without_front_matter(data, file, opened=opening is not None),))
    document = _front_matter(data[: closing.start()], file)
    first_line = data.count(b"\n", 0, closing.start()) + 2
    body = data[closing.end() :]
    digest = sha256(body).hexdigest()
    text, wrong = _text(body, file, first_line)
    found = (*document.diagnostics, *_changed(document, digest), *wrong)
    if document.content is None:
        return ArticleReading(None, found)
    stem = file.rsplit("/", 1)[-1].removesuffix(".md")
    return ArticleReading(Article(stem, file, document.content, text, first_line, digest), found)


def split_article(data: bytes) -> tuple[bytes, bytes] | None:
    """Divide a file into front matter, from its opening `---` on, and text; None where there is no such."""
    opening = _OPENING.match(data)
    closing = _CLOSING.search(data, opening.end()) if opening else None
    return (data[: closing.start()], data[closing.end() :]) if closing else None


def render_article(head: Mapping[str, Plain | PartialDate | None], text: bytes) -> bytes:
    """Write a new article: front matter with `sha256` filled in, and the text as it is, byte for byte.

    `head` has texts or dates by key, and lists or mappings of texts under `x-` keys; None leaves a key out.
    They may have no control characters.

    Raises:
        Refused: where it would not read back as what was given, with the reason.
    """
    known = [key for key in ArticleHead.model_fields if key != "sha256"]
    values = {key: _plain(value) for key in [*known, *head] if (value := head.get(key)) is not None}
    values["sha256"] = sha256(text).hexdigest()
    values |= {key: values.pop(key) for key in list(values) if key not in ArticleHead.model_fields}
    lines = [f"{write_key(key)}: {_on_a_line(value)}\n" for key, value in values.items()]
    data = "".join(["---\n", *lines, "---\n"]).encode(errors="surrogatepass") + text
    reading = read_article(data, "the new article")
    if wrong := next((item for item in reading.diagnostics if item.is_error), None):
        raise Refused(f"{wrong.message} Nothing was written.")
    if reading.article is None or reading.article.head.model_dump(mode="json") != values:
        raise Refused("The front matter would not read back as it was meant. Nothing was written.")
    return data


def _plain(value: Plain | PartialDate) -> Plain:
    return str(value) if isinstance(value, PartialDate) else value


def _on_a_line(value: Plain) -> str:
    return write_scalar(value, "", Spot(0, block=False)).head if isinstance(value, str) else flow_text(value)


def _unreadable(data: bytes, file: str) -> Diagnostic | None:
    """Say what makes a file no article before its front matter is looked at."""
    if len(data) > LARGEST_ARTICLE:
        message = (
            f"This file has {len(data):,} bytes, and more than {LARGEST_ARTICLE:,} are not read: split it."
        )
        return _at_the_top(file, "too-large", message)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _at_the_top(file, "encoding", "This file is UTF-16: save it as UTF-8.")
    if not data.removeprefix(BOM.encode()).strip():
        message = "This file is empty: write the article's front matter and text, or delete the file."
        return _at_the_top(file, "empty-file", message)
    return None


def _without_front_matter(data: bytes, file: str, *, opened: bool) -> Diagnostic:
    if opened:
        message = "The front matter is never closed: put a line `---` between its last key and the text."
        return _at_the_top(file, "yaml-syntax", message, data)
    message = (
        "This article has no front matter: begin the file with a line `---`, then `publisher:` and `date:`, "
        "then another line `---`."
    )
    return _at_the_top(file, "missing-key", message, data)


def _at_the_top(file: str, rule: str, message: str, data: bytes = b"") -> Diagnostic:
    line = data[:400].split(b"\n")[0].decode(errors="replace").removeprefix(BOM).rstrip("\r")
    return Diagnostic(file, Span(1, 1, 1, max(len(line), 1) + 1), Severity.ERROR, rule, message, line)


def _front_matter(data: bytes, file: str) -> Document[ArticleHead]:
    """Read the front matter from the file's first byte on, so that all positions are the file's.

    The first `---` is YAML's own sign that a document begins.
    """
    source, found = decode(data, file)
    document = read_source(source, found, ArticleHead)
    told = tuple(_of_an_article(item, document) for item in document.diagnostics)
    return Document(source, document.root, document.content, told)


def _of_an_article(item: Diagnostic, document: Document[ArticleHead]) -> Diagnostic:
    """Say of front matter what was said of a record."""
    if item.rule == "empty-file":
        message = "The front matter is empty: write `publisher:` and `date:` between the two lines `---`."
        return document.source.diagnostic("missing-key", message, 0, 3)
    if item.rule == "too-large":
        message = f"The front matter has more than {LARGEST:,} bytes, which are not read: shorten it."
    elif item.rule == "wrong-type" and document.root is None:
        message = "This front matter has no keys: begin its lines with `publisher:`, `date:` and so on."
    else:
        return item
    return item._replace(message=message)


def _text(body: bytes, file: str, first_line: int) -> tuple[str, list[Diagnostic]]:
    """Decode the text, and say where it cannot be."""
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        return body.decode(errors="replace"), [_undecodable(body, error, file, first_line)]
    if text.strip():
        return text, []
    message = "This article has no text: put it below the second line `---`, or delete the file."
    line = first_line - 1
    return text, [Diagnostic(file, Span(line, 1, line, 4), Severity.ERROR, "empty-file", message, "---")]


def _undecodable(body: bytes, error: UnicodeDecodeError, file: str, first_line: int) -> Diagnostic:
    message = f"The byte 0x{body[error.start]:02X} here is not UTF-8: save the file as UTF-8."
    begin = body.rfind(b"\n", 0, error.start) + 1
    end = body.find(b"\n", error.start)
    shown = body[begin : end if end >= 0 else len(body)].decode(errors="replace").rstrip("\r")
    line = first_line + body.count(b"\n", 0, begin)
    column = len(body[begin : error.start].decode()) + 1
    return Diagnostic(file, Span(line, column, line, column + 1), Severity.ERROR, "encoding", message, shown)


def _changed(document: Document[ArticleHead], digest: str) -> list[Diagnostic]:
    """Hold the text against the digest in the front matter, also where another key is wrong.

    There is no safe mending: only a person can tell a correction from damage.
    """
    written = document.root.get("sha256") if document.root else None
    if not isinstance(written, Scalar) or not _SHA256.fullmatch(written.value):
        return []
    if written.value.lower() == digest:
        return []
    message = (
        "The text is not the one that `sha256` was made of: put the text back, or, if the change is meant, "
        f"write `sha256: {digest}`."
    )
    return [document.source.diagnostic("article-changed", message, written.start, written.end)]
