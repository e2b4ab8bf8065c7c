"""An article is front matter and a text that nobody touches."""

from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimbook.book.article import LARGEST_ARTICLE, Article, ArticleHead, read_article, render_article
from claimbook.book.refusals import Refused
from claimbook.record.dates import PartialDate
from claimbook.record.diagnostics import Diagnostic

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.md"))
HEAD = b"---\npublisher: WANT\ndate: 2021-03-26\n---\n"


def article(data: bytes, file: str = "seeds/a.md") -> Article:
    """Read an article that nothing is wrong with."""
    reading = read_article(data, file)
    assert reading.diagnostics == ()
    assert reading.article is not None
    return reading.article


def only(data: bytes) -> Diagnostic:
    """Return the one thing that is wrong with an article."""
    (diagnostic,) = read_article(data, "seeds/a.md").diagnostics
    return diagnostic


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_the_articles_of_this_book_read_without_complaint(path: Path) -> None:
    data = path.read_bytes()
    read = article(data, f"seeds/{path.name}")
    assert read.id == path.stem
    assert read.head.sha256 == read.sha256_now
    assert not read.is_changed
    assert data.endswith(read.text.encode())


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_writing_an_article_of_this_book_anew_gives_the_same_bytes(path: Path) -> None:
    read = article(path.read_bytes())
    assert render_article(read.head.model_dump(mode="json"), read.text.encode()) == path.read_bytes()


def test_front_matter_says_what_it_says() -> None:
    read = article(
        b"---\ntitle: 'Xiaomi: een auto'\npublisher: WANT\nauthor: W\ndate: 2021-03\nlang: nl\n"
        b"url: https://want.nl/x#y\narchived: https://example.org/z\nx-desk: ann\n---\ntext"
    )
    assert read.head.title == "Xiaomi: een auto"
    assert read.head.date == PartialDate(2021, 3)
    assert read.head.archived == "https://example.org/z"
    assert read.head.model_extra == {"x-desk": "ann"}
    assert read.file == "seeds/a.md"


@pytest.mark.parametrize(
    "body", [b"text", b"\ntext\n", b"\r\na\rb\n", b"a\n---\nb\n---\n", b"\xef\xbb\xbfa", b" \x1b[0m "]
)
def test_the_text_is_every_byte_after_the_closing_line(body: bytes) -> None:
    read = article(HEAD + body)
    assert read.text.encode() == body
    assert read.sha256_now == sha256(body).hexdigest()
    assert read.prepared.text == read.text


@pytest.mark.parametrize(
    "head",
    [
        HEAD.replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + HEAD,
        HEAD.replace(b"---\n", b"--- \t\n"),
        HEAD.replace(b"WANT", b"|\n ---"),
    ],
    ids=["CRLF", "byte order mark", "blanks after the dashes", "dashes in a value"],
)
def test_front_matter_may_come_from_any_editor(head: bytes) -> None:
    read = article(head + b"a\r\nb")
    assert read.text == "a\r\nb"
    assert read.position(read.text.index("b"))[0] == head.count(b"\n") + 2


def test_a_spot_in_the_text_has_its_line_in_the_file() -> None:
    read = article(HEAD + "één\r\n\r\n‘twee’".encode())
    assert read.first_line == 5
    assert read.position(0) == (5, 1)
    assert read.position(read.text.index("twee")) == (7, 2)
    assert read.line(5) == "één"
    assert read.line(7) == "‘twee’"


@given(st.text(st.characters(codec="utf-8")).filter(str.strip))
def test_every_spot_has_the_line_that_an_editor_shows(text: str) -> None:
    data = HEAD + text.encode()
    read = article(data)
    lines = data.decode().split("\n")
    for offset, char in enumerate(text):
        line, column = read.position(offset)
        assert (lines[line - 1] + "\n")[column - 1] == char


@pytest.mark.parametrize(
    ("data", "rule", "place", "told"),
    [
        (b"", "empty-file", "1:1", "This file is empty"),
        (b"\xef\xbb\xbf \n", "empty-file", "1:1", "This file is empty"),
        (b"Apple", "missing-key", "1:1", "has no front matter: begin the file with a line `---`"),
        (b"--- x\n---\n", "missing-key", "1:1", "has no front matter"),
        (b"---", "yaml-syntax", "1:1", "never closed: put a line `---`"),
        (HEAD[:-4] + b"text", "yaml-syntax", "1:1", "never closed"),
        (HEAD[:-4] + b" ---\ntext", "yaml-syntax", "1:1", "never closed"),
        (b"---\n---\ntext", "missing-key", "1:1", "The front matter is empty"),
        (b"---\n# nothing\n---\ntext", "missing-key", "1:1", "The front matter is empty"),
        (HEAD, "empty-file", "4:1", "has no text"),
        (HEAD[:-1], "empty-file", "4:1", "has no text"),
        (HEAD + b" \r\n", "empty-file", "4:1", "has no text"),
        (
            b"---\npublisher: WANT\n---\ntext",
            "missing-key",
            "2:1",
            "`date`",
        ),
        (b"---\ndate: 2021\npublisher:\n---\ntext", "missing-key", "3:1", "`publisher`"),
        (
            HEAD.replace(b"---\n", b"---\nauthr: x\n", 1) + b"a",
            "unknown-key",
            "2:1",
            "`author`",
        ),
        (HEAD.replace(b"03-26", b"02-30") + b"a", "bad-date", "3:7", "2021-02"),
        (HEAD.replace(b"WANT", b"WANT: x") + b"a", "yaml-syntax", "2:16", "quot"),
        (HEAD.replace(b"WANT", b"WANT\xe9") + b"a", "encoding", "2:16", "0xE9"),
        (HEAD.replace(b"WANT", b"\x1b") + b"a", "control-character", "2:12", "U+001B"),
        (HEAD.replace(b"publisher: W", b"<<<<<<< W") + b"a", "merge-conflict", "2:1", "marker"),
        (b"---\n- a\n---\ntext", "wrong-type", "2:1", "This front matter has no keys"),
        (HEAD.replace(b"---\n", b"---\nurl: want.nl\n", 1) + b"a", "bad-url", "2:6", "http"),
        (HEAD.replace(b"---\n", b"---\nsha256: 1f\n", 1) + b"a", "wrong-type", "2:9", "write the 64 digits"),
        (HEAD + b"a\n\xc3\xa9\xff\nb", "encoding", "6:2", "0xFF here is not UTF-8"),
        ("---\n".encode("utf-16"), "encoding", "1:1", "UTF-16"),
        (HEAD.replace(b"WANT", b"x" * 1024 * 1024) + b"a", "too-large", "1:1", "The front matter has more"),
    ],
)
def test_what_is_wrong_is_told_with_its_place_in_the_file(
    data: bytes, rule: str, place: str, told: str
) -> None:
    diagnostic = only(data)
    assert (diagnostic.rule, diagnostic.place) == (rule, f"seeds/a.md:{place}")
    assert told in diagnostic.message
    assert diagnostic.is_error


def test_an_article_that_is_too_large_is_not_read() -> None:
    diagnostic = only(HEAD + b"x" * LARGEST_ARTICLE)
    assert diagnostic.rule == "too-large"


def test_without_front_matter_that_can_be_read_there_is_no_article() -> None:
    assert read_article(b"---\npublisher: WANT\n---\ntext", "seeds/a.md").article is None


def test_a_text_that_is_not_utf8_is_still_shown() -> None:
    read = read_article(HEAD + b"een caf\xe9 in Parijs", "seeds/a.md").article
    assert read is not None
    assert read.text == "een caf\ufffd in Parijs"


def test_a_text_that_was_edited_shows_and_is_left_to_a_person() -> None:
    path = SEEDS[0]
    data = path.read_bytes()
    changed = read_article(data.replace(b"Nissan", b"Honda"), "seeds/a.md")
    assert changed.article is not None
    assert changed.article.is_changed
    (diagnostic,) = changed.diagnostics
    assert diagnostic.rule == "article-changed"
    assert diagnostic.is_error
    assert diagnostic.fix is None
    assert diagnostic.source_line.startswith("sha256: ")
    assert f"`sha256: {changed.article.sha256_now}`" in diagnostic.message


def test_a_digest_in_capitals_is_the_same_digest() -> None:
    digest = sha256(b"text").hexdigest().upper().encode()
    assert not article(HEAD.replace(b"---\n", b"---\nsha256: " + digest + b"\n", 1) + b"text").is_changed


def test_a_change_shows_beside_other_mistakes() -> None:
    data = b"---\npublisher: WANT\nsha256: " + b"0" * 64 + b"\n---\ntext"
    rules = [item.rule for item in read_article(data, "seeds/a.md").diagnostics]
    assert rules == ["missing-key", "article-changed"]


@given(st.binary(), st.sampled_from([b"", b"---\n", b"---\n---\n", HEAD, HEAD[:-4], HEAD[4:]]))
def test_any_bytes_are_an_article_or_a_diagnostic(data: bytes, head: bytes) -> None:
    reading = read_article(head + data, "seeds/a.md")
    assert reading.article or reading.diagnostics
    lines = (head + data).count(b"\n") + 1
    assert all(1 <= item.span.line <= lines for item in reading.diagnostics)


def test_a_new_article_is_written_in_the_order_of_the_contract() -> None:
    data = render_article(
        {
            "x-desk": ["ann", "b, c"],
            "date": PartialDate(2021, 2),
            "title": "Apple: auto",
            "url": None,
            "publisher": "WANT",
        },
        b"\r\ntext \x1b",
    )
    digest = sha256(b"\r\ntext \x1b").hexdigest()
    assert data.decode() == (
        "---\ntitle: 'Apple: auto'\npublisher: WANT\ndate: 2021-02\n"
        f"sha256: {digest}\nx-desk: [ann, 'b, c']\n---\n\r\ntext \x1b"
    )


words = st.text(
    st.characters(
        codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"], exclude_characters="\ufeff\ufffe\uffff"
    ),
    min_size=1,
).filter(str.strip)


@given(words, words, words, st.dates(), st.text(st.characters(codec="utf-8")).filter(str.strip))
def test_what_is_written_reads_back(title: str, publisher: str, own: str, day: date, text: str) -> None:
    head = {"title": title, "publisher": publisher, "date": str(day), "x-own": own}
    data = render_article(dict(head), text.encode())
    read = read_article(data, "seeds/a.md").article
    assert data.endswith(b"\n---\n" + text.encode())
    assert read is not None
    assert read.head == ArticleHead.model_validate({**head, "sha256": sha256(text.encode()).hexdigest()})
    assert not read.is_changed


@pytest.mark.parametrize(
    ("head", "text", "told"),
    [
        ({"publisher": "WANT"}, b"text", "`date`"),
        ({"publisher": "WANT", "date": "soon"}, b"text", "`soon`"),
        ({"publisher": "WANT", "date": "2021", "titel": "x"}, b"text", "`title`"),
        ({"publisher": "WANT\x1b", "date": "2021"}, b"text", "U+001B"),
        ({"publisher": "WANT\ud800", "date": "2021"}, b"text", "not UTF-8"),
        ({"publisher": "WANT", "date": "2021", "url": "javascript:x"}, b"text", "http"),
        ({"publisher": "WANT", "date": "2021"}, b" \n", "no text"),
        ({"publisher": "WANT", "date": "2021"}, b"caf\xe9", "not UTF-8"),
    ],
)
def test_an_article_that_would_be_broken_is_not_written(head: dict[str, str], text: bytes, told: str) -> None:
    with pytest.raises(Refused, match="Nothing was written") as refused:
        render_article(dict(head), text)
    assert told in str(refused.value)
