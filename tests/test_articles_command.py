"""`claimbook article`: taking texts in untouched, listing them, and showing what claims quote."""

import fcntl
import io
import json
import os
import pty
import struct
import subprocess
import sys
import termios
import threading
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimbook.book.article import read_article
from claimbook.book.entry import Quoted
from claimbook.book.quotes import Found, Passage, QuoteState
from claimbook.book.refusals import Refused
from claimbook.exchange import html, web
from claimbook.review.passages import Quotation, stretches
from conftest import Result, Run

TOLD = ("--publisher", "The Paper", "--date", "2026-11-20")
PAGE = """\
<!doctype html><html lang="nl"><head><title>Apple stopt met auto</title>
<meta property="og:site_name" content="The Site">
<meta property="article:published_time" content="2024-02-28T10:00:00Z"></head>
<body><nav>Home News</nav><article><h1>Apple stopt met auto</h1>
<p>Apple stopt met de ontwikkeling van een elektrische auto, zo meldt Bloomberg. Dat is het einde van
een project waaraan tien jaar werd gewerkt door tweeduizend mensen.</p>
<p>Ongeveer 2.000 werknemers horen dat dinsdag. ‘Het is voorbij’, zegt er een, die niet bij naam genoemd wil
worden, tegen het persbureau.</p></article><footer>colofon</footer></body></html>
"""


@pytest.fixture
def cutting(tmp_path: Path) -> Path:
    path = tmp_path / "cutting.txt"
    path.write_bytes("\ufeffAcme  opens – it says –\r\na ‘plant’.\x1b[31m\n---\n\n\tTwo people\n".encode())
    return path


def files(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / "seeds").iterdir()}


def text_of(data: bytes) -> bytes:
    return data.split(b"\n---\n", 1)[1]


def pipe(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))


def test_a_text_lands_byte_for_byte_below_its_front_matter(
    claimbook: Run, example: Path, cutting: Path
) -> None:
    result = claimbook("article", "add", str(cutting), *TOLD, "--title", "Acme: a plant", "--lang", "en")

    assert (result.code, result.out) == (0, "2026-11-20-the-paper-acme-a-plant\n"), result.err
    data = files(example)["2026-11-20-the-paper-acme-a-plant.md"]
    assert data == (
        b"---\ntitle: 'Acme: a plant'\npublisher: The Paper\ndate: 2026-11-20\nlang: en\n"
        b"sha256: " + sha256(cutting.read_bytes()).hexdigest().encode() + b"\n---\n" + cutting.read_bytes()
    )
    assert claimbook("check", "--format", "json").code == 0
    assert claimbook("undo").code == 0
    assert len(files(example)) == 4


def test_it_comes_from_standard_input_too(
    claimbook: Run, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe(monkeypatch, b"Acme opens.\n")

    assert claimbook("article", "add", "-", *TOLD).out == "2026-11-20-the-paper\n"
    assert text_of(files(example)["2026-11-20-the-paper.md"]) == b"Acme opens.\n"


def test_who_published_it_and_when_must_be_said(claimbook: Run, example: Path, cutting: Path) -> None:
    result = claimbook("article", "add", str(cutting), "--publisher", "The Paper")

    assert result.code == 2
    assert "--date missing" in result.err
    assert len(files(example)) == 4


def test_a_text_that_the_book_has_is_refused_and_named(claimbook: Run, example: Path, cutting: Path) -> None:
    claimbook("article", "add", str(cutting), *TOLD)

    result = claimbook("article", "add", str(cutting), "--publisher", "Another", "--date", "2025")

    assert result.code == 5
    assert "has this text already, as 2026-11-20-the-paper" in result.err
    assert len(files(example)) == 5


def test_another_text_of_the_same_day_gets_a_number(claimbook: Run, tmp_path: Path) -> None:
    for name, text in (("one.txt", "One.\n"), ("two.txt", "Two.\n")):
        (tmp_path / name).write_text(text)

    claimbook("article", "add", str(tmp_path / "one.txt"), *TOLD, "--url", "https://example.org/1")
    result = claimbook("article", "add", str(tmp_path / "two.txt"), *TOLD, "--url", "https://example.org/1")

    assert result.out == "2026-11-20-the-paper-2\n"
    assert "2026-11-20-the-paper is from the same address" in result.err


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("--id", "../../escape"), 5, "may have only a-z"),
        (("--id", "2021-03-26-want-xiaomi"), 5, "is taken"),
        (("--id", "aux"), 5, "device"),
        (("--date", "28-02-2024"), 2, "write a date as 2024-02-28"),
        (("--title", "two\x1b[31m"), 5, "U+001B"),
        (("--url", "javascript:alert(1)"), 5, "http:// or https://"),
    ],
)
def test_what_would_be_no_article_is_refused(  # noqa: PLR0917 - pytest passes them by name
    claimbook: Run, example: Path, cutting: Path, arguments: tuple[str, ...], code: int, says: str
) -> None:
    result = claimbook("article", "add", str(cutting), *TOLD, *arguments)

    assert result.code == code
    assert says in result.err
    assert len(files(example)) == 4


def test_what_is_no_text_is_refused(claimbook: Run, example: Path, tmp_path: Path) -> None:
    for name, data in (
        ("latin.txt", b"caf\xe9\n"),
        ("empty.txt", b" \n"),
        ("wide.txt", "x".encode("utf-16")),
    ):
        (tmp_path / name).write_bytes(data)
        assert claimbook("article", "add", str(tmp_path / name), *TOLD).code == 5, name
    assert claimbook("article", "add", str(tmp_path / "none.txt"), *TOLD).code == 2
    assert claimbook("article", "add", str(tmp_path), *TOLD).code == 5
    assert len(files(example)) == 4


def test_markdown_keeps_its_text_and_gives_its_front_matter(
    claimbook: Run, example: Path, tmp_path: Path
) -> None:
    path = tmp_path / "post.md"
    path.write_bytes(b"---\ntitle: Acme\npublisher: The Paper\ndate: 2024\n---\n# Acme\n\n*opens*\n")

    result = claimbook("article", "add", str(path), "--date", "2024-03")

    assert result.out == "2024-03-the-paper-acme\n"
    assert "title Acme, publisher The Paper. See whether that is right" in result.err
    assert text_of(files(example)["2024-03-the-paper-acme.md"]) == b"# Acme\n\n*opens*\n"


def test_front_matter_that_is_no_articles_is_refused_or_taken_as_text(
    claimbook: Run, example: Path, tmp_path: Path
) -> None:
    path = tmp_path / "post.md"
    path.write_bytes(b"---\ntitle: Acme\nlayout: post\n---\nAcme opens.\n")

    refused = claimbook("article", "add", str(path), *TOLD)
    whole = claimbook("article", "add", str(path), *TOLD, "--format", "text")

    assert refused.code == 5
    assert "`layout`" in refused.err
    assert "--format text" in refused.err
    assert whole.code == 0
    reading = read_article(files(example)["2026-11-20-the-paper.md"], "a.md").article
    assert reading is not None
    assert reading.text.encode() == path.read_bytes()


def test_a_rule_at_the_top_of_a_text_is_text(claimbook: Run, example: Path, tmp_path: Path) -> None:
    path = tmp_path / "post.md"
    path.write_bytes(b"---\nAcme opens.\n\n---\nMore.\n")

    assert claimbook("article", "add", str(path), *TOLD).code == 0
    assert text_of(files(example)["2026-11-20-the-paper.md"]) == path.read_bytes()


def test_html_becomes_text_with_what_the_page_says_of_itself(
    claimbook: Run, example: Path, tmp_path: Path
) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")

    result = claimbook("article", "add", str(tmp_path / "page.html"), "--publisher", "WANT")

    assert result.out == "2024-02-28-want-apple-stopt-met-auto\n", result.err
    assert "date 2024-02-28" in result.err
    data = files(example)["2024-02-28-want-apple-stopt-met-auto.md"]
    assert b"publisher: WANT\n" in data
    assert b"lang: nl\n" in data
    text = text_of(data).decode()
    assert "‘Het is voorbij’, zegt er een" in text
    assert "colofon" not in text


def test_html_without_the_extra_says_how_to_get_it(
    claimbook: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    monkeypatch.setitem(sys.modules, "trafilatura", None)

    result = claimbook("article", "add", str(tmp_path / "page.html"), *TOLD)

    assert result.code == 5
    assert "pip install 'claimbook[fetch]'" in result.err


def test_a_page_that_keeps_the_parser_busy_is_given_up() -> None:
    attributes = " ".join(f"a{number}=1" for number in range(200_000))
    page = PAGE.replace("<body>", f"<body {attributes}>").encode()

    with pytest.raises(Refused, match="takes longer than"):
        html.extract(page, patience=1)


@pytest.mark.parametrize("page", [b"<html></html>", b"<html>" + b"<div>" * 100_000], ids=["empty", "deep"])
def test_a_page_without_an_article_is_refused(page: bytes) -> None:
    with pytest.raises(Refused, match="page"):
        html.extract(page)


class Site(BaseHTTPRequestHandler):
    """A site on this machine, with pages of every sort."""

    def do_GET(self) -> None:
        status, kind, data = PAGES.get(self.path, (404, "text/plain", b""))
        self.send_response(status)
        if status == 302:
            self.send_header("Location", data.decode())
        self.send_header("Content-Type", kind)
        if self.path == "/packed":
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        if status == 200:
            self.wfile.write(data)

    def log_message(self, *arguments: object) -> None:
        del arguments


PAGES: dict[str, tuple[int, str, bytes]] = {
    "/text": (200, "text/plain; charset=utf-8", "Acme ‘opens’.\n".encode()),
    "/latin": (200, "text/plain; charset=iso-8859-1", b"caf\xe9\n"),
    "/wrong": (200, "text/plain; charset=utf-16", b"caf"),
    "/page": (200, "text/html; charset=utf-8", PAGE.encode()),
    "/caf%C3%A9?q=%C3%A9": (200, "text/plain", b"Accented.\n"),
    "/moved": (302, "text/plain", b"/text"),
    "/round": (302, "text/plain", b"/round"),
    "/file": (302, "text/plain", b"file:///etc/passwd"),
    "/ftp": (302, "text/plain", b"ftp://127.0.0.1/a"),
    "/pdf": (200, "application/pdf", b"%PDF"),
    "/packed": (200, "text/plain", b"x"),
    "/large": (200, "text/plain", b"x" * 3000),
}


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def add(claimbook: Run, address: str) -> Result:
    return claimbook("article", "add", address, *TOLD)


def test_a_text_is_fetched_and_its_address_kept(claimbook: Run, example: Path, site: str) -> None:
    result = add(claimbook, f"{site}/text")

    assert result.code == 0, result.err
    data = files(example)["2026-11-20-the-paper.md"]
    assert f"url: {site}/text\n".encode() in data
    assert text_of(data) == "Acme ‘opens’.\n".encode()


def test_a_redirection_to_another_page_is_followed(claimbook: Run, site: str) -> None:
    assert add(claimbook, f"{site}/moved").code == 0


def test_a_page_is_fetched_and_taken_apart(claimbook: Run, example: Path, site: str) -> None:
    assert claimbook("article", "add", f"{site}/page").out == "2024-02-28-the-site-apple-stopt-met-auto\n"
    assert "Het is voorbij" in files(example)["2024-02-28-the-site-apple-stopt-met-auto.md"].decode()


def test_another_encoding_becomes_utf_8(claimbook: Run, example: Path, site: str) -> None:
    assert add(claimbook, f"{site}/latin").code == 0
    assert text_of(files(example)["2026-11-20-the-paper.md"]) == "café\n".encode()


def test_an_address_may_have_accents(claimbook: Run, example: Path, site: str) -> None:
    assert add(claimbook, f"{site}/café?q=é").code == 0
    assert text_of(files(example)["2026-11-20-the-paper.md"]) == b"Accented.\n"


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/none", "answers 404"),
        ("/file", "is not allowed"),
        ("/ftp", "is no web address"),
        ("/round", "redirect"),
        ("/pdf", "neither text nor HTML"),
        ("/packed", "packed as gzip"),
        ("/wrong", "says that it is written in utf-16"),
        ("/large", "more than 2,000 bytes"),
    ],
)
def test_what_cannot_be_had_is_refused(  # noqa: PLR0917 - pytest passes them by name
    claimbook: Run, example: Path, site: str, monkeypatch: pytest.MonkeyPatch, path: str, says: str
) -> None:
    monkeypatch.setattr(web, "LARGEST", 2000)

    result = add(claimbook, site + path)

    assert result.code == 5
    assert says in result.err
    assert len(files(example)) == 4


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://example.org/a",
        "http://",
        "http://user:word@example.org/",
        "http://[::1",
        "x://y",
    ],
)
def test_nothing_but_the_web_is_fetched(claimbook: Run, address: str) -> None:
    result = add(claimbook, address)

    assert result.code == 5
    assert "is no web address" in result.err


def test_a_site_that_never_comes_to_its_end_is_given_up(site: str) -> None:
    with pytest.raises(Refused, match="takes longer than"):
        web.fetch(f"{site}/text", longest=-1)


def test_nobody_who_listens_is_said_so(claimbook: Run, site: str) -> None:
    port = int(site.rsplit(":", 1)[1])
    assert "cannot be reached" in add(claimbook, f"http://127.0.0.1:{port - 1 or 1}/").err


def test_articles_are_listed_with_how_many_claims_they_have(claimbook: Run, example: Path) -> None:
    (example / "seeds/bad.md").write_text("---\npublisher: [\n")

    lines = claimbook("article", "list").out.splitlines()
    answer = json.loads(claimbook("article", "list", "--json").out)

    assert [line.split()[0] for line in lines] == [row["id"] for row in answer["articles"]]
    want = next(row for row in answer["articles"] if row["id"] == "2021-03-26-want-xiaomi")
    assert (want["publisher"], want["date"], want["url"], want["changed"]) == (
        "WANT",
        "2021-03-26",
        None,
        False,
    )
    assert want["claims"] == 15
    assert answer["broken"] == [{"file": "seeds/bad.md", "errors": 1}]


def test_an_article_is_shown_with_its_passages_in_brackets_and_a_legend(claimbook: Run) -> None:
    out = claimbook("article", "show", "2021-03-26-want-xiaomi").out

    assert "⟦Die elektrische auto’s worden mogelijk aangeboden onder het eigen merk.⟧3 ⟦Eerder" in out
    assert "\n  3  ✓ true           xiaomi-own-brand " in out
    assert "\x1b" not in out


def test_passages_are_told_for_machines(claimbook: Run, example: Path) -> None:
    answer = json.loads(claimbook("article", "show", "2021-03-26-want-xiaomi", "--json").out)

    lines = (example / answer["file"]).read_text().splitlines()
    for passage in answer["passages"]:
        record = json.loads(claimbook("show", passage["claim"], "--json").out)
        part, index = passage["at"].removesuffix("]").split("[")
        words = answer["text"][passage["start"] : passage["end"]]
        assert words == record[part][int(index)]["quote"]
        assert lines[passage["line"] - 1][passage["column"] - 1 :].startswith(words.split("\n")[0])
    assert answer["changed"] is False


def test_a_quote_that_does_not_stand_there_is_named_and_not_marked(claimbook: Run, example: Path) -> None:
    path = example / "claims/xiaomi/xiaomi-own-brand.yaml"
    path.write_text(path.read_text().replace("worden mogelijk aangeboden", "worden wellicht aangeboden"))

    result = claimbook("article", "show", "2021-03-26-want-xiaomi")

    assert "⟦Die elektrische auto’s" not in result.out
    assert "xiaomi-own-brand: sources[0] is not marked, as its quote is changed" in result.err


def test_an_article_that_somebody_changed_is_said_to_be(claimbook: Run, example: Path) -> None:
    path = example / "seeds/2021-03-26-want-xiaomi.md"
    path.write_text(path.read_text().replace("Leestijd: 2", "Leestijd: 3"))

    assert "is not the one that its sha256 was made of" in claimbook("article", "show", path.stem).err


def test_nothing_in_an_article_acts_on_a_terminal(claimbook: Run, cutting: Path) -> None:
    claimbook("article", "add", str(cutting), *TOLD, "--title", "A [bold]plant[/] \u2066x")

    for arguments in (("list",), ("show", "2026-11-20-the-paper-a-bold-plant-x"), ("list", "--json")):
        result = claimbook("article", *arguments)
        assert result.code == 0
        assert not set("\x1b\u2066\ufeff") & set(result.out + result.err)


def test_a_mistyped_article_or_subcommand_gets_the_nearest(claimbook: Run) -> None:
    assert "did you mean 2021-03-26-want-xiaomi?" in claimbook("article", "show", "2021-03-26-want-xiaom").err
    assert "did you mean show?" in claimbook("article", "shwo", "x").err


def on_a_terminal(root: Path, *arguments: str, **environment: str) -> str:
    """Run a command on a terminal of 90 columns, and return what it writes there."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 90, 0, 0))
    program = [sys.executable, "-c", "from claimbook.cli.main import main; main()", *arguments]
    child = {**os.environ, "TERM": "xterm-256color", **environment}
    with subprocess.Popen(program, cwd=root, stdin=theirs, stdout=theirs, stderr=theirs, env=child):
        os.close(theirs)
        written = b""
        with suppress(OSError):  # a terminal whose last program has gone cannot be read
            while piece := os.read(ours, 4096):
                written += piece
    os.close(ours)
    return written.decode()


def test_on_a_terminal_passages_are_underlined_in_the_colour_of_the_verdict(example: Path) -> None:
    shown = on_a_terminal(example, "article", "show", "2021-03-26-want-xiaomi")

    assert "dochtermerk opgezet\x1b[0m\x1b[2m[7]" in shown
    assert "\x1b[4;32m" in shown
    assert "⟦" not in shown


def test_without_colours_they_stand_in_brackets_there_too(example: Path) -> None:
    shown = on_a_terminal(example, "article", "show", "2021-03-26-want-xiaomi", NO_COLOR="1")

    assert "⟦Er wordt dus geen dochtermerk opgezet⟧7" in shown
    assert "\x1b[4" not in shown


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20)), max_size=8))
def test_a_text_is_divided_wholly_and_each_part_has_its_claims(spans: list[tuple[int, int]]) -> None:
    length = 60
    quoting = [
        Quotation(
            Mock(id=f"c{number}"),
            Quoted(("sources", 0), "a", Found(QuoteState.EXACT, 0, 1, 1, (Passage(at, at + size),), "")),
        )
        for number, (at, size) in enumerate(spans)
    ]

    parts = list(stretches(length, quoting))

    assert [parts[0].start, *(part.end for part in parts)] == [0, *(part.start for part in parts[1:]), length]
    for part in parts:
        expected = {
            f"c{n}" for n, (at, size) in enumerate(spans) if at <= part.start and part.end <= at + size
        }
        assert set(part.claims) == expected
