"""What stands in front matter, settings and memory may mean harm as well: each costs a line, and never the book.

Every file of `tests/hostile/` is also tried as front matter and as settings; those in the folders there are
hazards of one place, named by what they are, and those called `fine-…` are read.
"""

import os
from pathlib import Path

import pytest

from claimbook.app.memory import Memory, memory_file, recall
from claimbook.app.preferences import Preferences, config_file, load_preferences
from claimbook.book.article import read_article
from claimbook.book.book import Book
from claimbook.book.settings import Settings
from claimbook.text import UNSAFE
from conftest import Run
from desks import SMALL, opened
from test_hostile import HOSTILE, REFUSED

ANYWHERE = {
    *("yaml-alias", "yaml-tag", "yaml-documents", "yaml-syntax", "encoding", "control-character"),
    *("duplicate-key", "merge-conflict", "too-deep"),
}
"""Rules that ask nothing of what a text is about."""

SETTINGS = {
    "span-beyond-any-calendar": "wrong-type",
    "span-that-is-negative": "wrong-type",
    "label-with-an-escape": "control-character",
    "name-that-is-a-list": "wrong-type",
    "alias": "yaml-alias",
    "merge-conflict": "merge-conflict",
    "duplicate-key": "duplicate-key",
    "utf-16": "encoding",
}
OWN = {
    "name-with-an-escape": "control-character",
    "keys-that-are-a-list": "wrong-type",
    "tag-that-runs-code": "yaml-tag",
    "alias-bomb": "yaml-alias",
}
FRONT = {
    "escaped-terminal-escape": "control-character",
    "address-that-is-code": "bad-url",
    "publisher-that-is-a-list": "wrong-type",
    "digest-that-is-a-path": "wrong-type",
    "merge-conflict": "merge-conflict",
    "duplicate-key": "duplicate-key",
    "anchor-and-alias": "yaml-alias",
    "text-that-is-no-utf-8": "encoding",
}
"""What is said first of each file that is refused."""


def names(place: str) -> list[str]:
    return sorted(path.stem for path in (HOSTILE / place).iterdir())


def hazard(place: str, name: str) -> bytes:
    return next((HOSTILE / place).glob(f"{name}.*")).read_bytes()


def test_every_file_is_in_a_table() -> None:
    for place, table in (("settings", SETTINGS), ("own-settings", OWN), ("front-matter", FRONT)):
        assert {name for name in names(place) if not name.startswith("fine-")} == set(table)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Return a book with one claim and one article."""
    (tmp_path / "claims").mkdir()
    (tmp_path / "seeds").mkdir()
    (tmp_path / "claims/a.yaml").write_text("claim: x\nkind: fact\nsources: [{article: a}]\nabout: [a]\n")
    (tmp_path / "seeds/a.md").write_text("---\npublisher: WANT\ndate: 2021\n---\ntext\n")
    return tmp_path


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_in_a_record_is_refused_in_front_matter_and_settings(book: Path, name: str) -> None:
    rule = REFUSED[name][0][0]
    data = hazard(".", name)
    (book / "claimbook.yaml").write_bytes(data)
    (book / "seeds/b.md").write_bytes(b"---\n" + data + b"\n---\ntext\n")
    config_file().parent.mkdir(parents=True)
    config_file().write_bytes(data)

    opened_book = Book.open(book)
    told, wrong = load_preferences()

    assert opened_book.settings == Settings()
    assert told == Preferences()
    assert list(opened_book.articles) == ["a"]
    assert [entry.id for entry in opened_book.entries.values() if entry.claim] == ["a"]
    said = [
        [item.rule for item in opened_book.stray if item.file == "claimbook.yaml"],
        [item.rule for item in wrong],
        [item.rule for item in opened_book.shelf["seeds/b.md"].diagnostics],
    ]
    assert all(said[2:] if rule == "empty-file" else said)  # all may be left out of settings
    if rule in ANYWHERE and not name.startswith(("directive", "text-after", "two-doc", "utf-16")):
        assert {found[0] for found in said} == {rule}
    assert (book / "claimbook.yaml").read_bytes() == config_file().read_bytes() == data


@pytest.mark.parametrize("name", names("settings"))
def test_hazards_of_a_books_settings(claimbook: Run, example: Path, name: str) -> None:
    data = hazard("settings", name)
    (example / "claimbook.yaml").write_bytes(data)

    found = [item for item in Book.open(example).stray if item.file == "claimbook.yaml" and item.is_error]

    assert [item.rule for item in found[:1]] == [SETTINGS[name]] if name in SETTINGS else found == []
    for words in (
        ["list", "about:a"],
        ["queue"],
        ["track"],
        ["origins", "apple-car-2024"],
        ["show", "apple-car-2024"],
    ):
        result = claimbook(*words)
        assert result.code == 0, result.err
        assert not UNSAFE.search(result.out + result.err)
    export = claimbook("export", "--format", "claimreview")
    assert export.code == 5
    assert "javascript:" not in export.out
    assert (example / "claimbook.yaml").read_bytes() == data


@pytest.mark.parametrize("name", names("own-settings"))
async def test_hazards_of_a_persons_settings(name: str) -> None:
    data = hazard("own-settings", name)
    config_file().parent.mkdir(parents=True)
    config_file().write_bytes(data)

    found = [item for item in load_preferences()[1] if item.is_error]

    assert [item.rule for item in found[:1]] == [OWN[name]] if name in OWN else found == []
    async with opened(SMALL) as desk:
        assert desk.whole == 7
        shown = desk.screen_text() + "".join(desk.notices)
        assert not UNSAFE.search(shown)
        assert desk.notices or name == "fine-filters-that-cannot-be-read"
        await desk.press("p", "escape", "2", "0")
    assert config_file().read_bytes() == data


@pytest.mark.parametrize("name", names("front-matter"))
def test_hazards_of_front_matter(name: str) -> None:
    data = hazard("front-matter", name)

    reading = read_article(data, "seeds/a.md")

    errors = [item.rule for item in reading.diagnostics if item.is_error]
    assert errors[:1] == ([FRONT[name]] if name in FRONT else [])
    if name.startswith("fine-"):
        assert reading.article is not None
        assert data.endswith(reading.article.text.encode())


@pytest.mark.parametrize("name", names("remembered"))
async def test_hazards_of_what_is_remembered(name: str) -> None:
    memory_file().parent.mkdir(parents=True)
    memory_file().write_bytes(hazard("remembered", name).replace(b'"%"', f'"{SMALL.resolve()}"'.encode()))

    async with opened(SMALL) as desk:
        await desk.press("0")
        assert desk.whole == 7
        assert not UNSAFE.search(desk.screen_text())
        await desk.press("j", "q")
    assert recall(SMALL).cursor.startswith("claims/")


@pytest.mark.parametrize("what", ["a pipe", "a folder", "too large", "a link in a circle"])
async def test_settings_and_memory_that_are_no_files_cost_a_line(what: str) -> None:
    for file in (config_file(), memory_file()):
        file.parent.mkdir(parents=True)
        if what == "a pipe":
            os.mkfifo(file)
        elif what == "a folder":
            file.mkdir()
        elif what == "too large":
            file.write_bytes(b"#" * (17 * 1024 * 1024))
        else:
            file.symlink_to(file)

    assert recall(SMALL) == Memory()
    async with opened(SMALL) as desk:
        assert desk.whole == 7
        assert any(str(config_file()) in notice for notice in desk.notices)
