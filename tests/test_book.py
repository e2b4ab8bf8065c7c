"""A folder of articles and claims as a book: what is loaded, what is odd, what changes."""

import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimbook.book.book import Book
from claimbook.book.places import find_book, walk
from claimbook.book.quotes import QuoteState
from claimbook.book.refusals import BrokenRecord, NoBook, NoSuchClaim
from claimbook.book.settings import Settings

RECORD = """\
claim: Apple builds a car.
kind: rumour
sources:
  - article: 2021-02-apparata-nissan
    quote: Afhakers
"""


def test_every_record_and_article_of_the_example_is_read(example: Path) -> None:
    book = Book.open(example)

    assert len(book.articles) == 4
    assert len(book.summaries) == len(book.entries) == len(list(example.rglob("claims/**/*.yaml")))
    assert (book.broken, book.stray) == ([], [])


def test_every_quote_of_the_example_stands_in_its_article(example: Path) -> None:
    book = Book.open(example)

    for entry in book.entries.values():
        for quoted in entry.quotes:
            assert quoted.found
            assert quoted.found.state is QuoteState.EXACT, (entry.file, quoted.at)


def test_a_book_is_found_from_any_folder_inside_it(example: Path) -> None:
    assert find_book(example / "claims/apple") == example
    with pytest.raises(NoBook, match="claimbook init"):
        find_book(example.parent)


def test_a_book_without_articles_or_claims_is_a_book(tmp_path: Path) -> None:
    (tmp_path / "claims").mkdir()

    book = Book.open(tmp_path)

    assert (book.summaries, book.stray) == ([], [])


def test_a_broken_record_stays_visible_and_costs_only_itself(example: Path) -> None:
    whole = len(Book.open(example).summaries)
    (example / "claims/apple/apple-car-2024.yaml").write_text("claim: a: b\n")

    book = Book.open(example)

    assert [entry.id for entry in book.broken] == ["apple-car-2024"]
    assert len(book.summaries) == whole - 1
    with pytest.raises(BrokenRecord, match=r"apple-car-2024\.yaml:1:9"):
        book.whole("apple-car-2024")


def test_three_hundred_broken_files_are_three_hundred_entries(tmp_path: Path) -> None:
    (tmp_path / "claims").mkdir()
    for number in range(300):
        (tmp_path / f"claims/claim-{number}.yaml").write_bytes(bytes([number % 256]) * 9 + b": [\xff")

    book = Book.open(tmp_path)

    assert len(book.broken) == 300
    assert all(entry.errors for entry in book.broken)


def test_an_id_is_asked_for_by_name_and_guessed_where_it_is_mistyped(example: Path) -> None:
    book = Book.open(example)

    assert book.whole("apple-car-2024").file == "claims/apple/apple-car-2024.yaml"
    with pytest.raises(NoSuchClaim, match="did you mean apple-car-2024"):
        book.entry("aplecar-2024")
    with pytest.raises(NoSuchClaim, match="did you mean 2021-03-26-want-xiaomi"):
        book.article("2021-03-26-wnat-xiaomi")


def test_odd_things_in_the_folders_cost_nothing_but_a_line(example: Path) -> None:
    claims = example / "claims"
    whole = len(Book.open(example).entries)
    os.mkfifo(claims / "pipe.yaml")
    (claims / "loop").symlink_to(claims)
    (claims / "dangling.yaml").symlink_to(claims / "nowhere")
    (claims / "notes.txt").write_text("hello")
    (claims / "rumour.yml").write_text(RECORD)
    (claims / ".hidden.yaml").write_text("[")
    (claims / "apple-car-2024.yaml~").write_text("[")
    (claims / ".apple.yaml.swp").write_bytes(b"\0")

    book = Book.open(example)

    assert len(book.entries) == whole
    assert {item.file: item.rule for item in book.stray} == {
        "claims/pipe.yaml": "odd-id",
        "claims/loop": "odd-id",
        "claims/dangling.yaml": "encoding",
        "claims/notes.txt": "odd-id",
        "claims/rumour.yml": "odd-id",
    }


def test_a_file_that_cannot_be_read_does_not_vanish(example: Path) -> None:
    (example / "claims/huge.yaml").write_bytes(b"#" * (17 << 20))
    (example / "seeds/huge.md").write_bytes(b"#" * (17 << 20))

    book = Book.open(example)

    assert [entry.id for entry in book.broken] == ["huge"]
    assert "17,825,792 bytes" in book.broken[0].errors[0].message
    assert "17,825,792 bytes" in book.shelf["seeds/huge.md"].diagnostics[0].message


def test_unsafe_ids_and_twins_are_errors_and_still_read(example: Path) -> None:
    (example / "claims/Über.yaml").write_text(RECORD)
    (example / "claims/xiaomi/apple-car-2024.yaml").write_text(RECORD)

    book = Book.open(example)

    found = {(item.file, item.rule) for item in book.stray}
    assert ("claims/Über.yaml", "unsafe-id") in found
    assert ("claims/xiaomi/apple-car-2024.yaml", "duplicate-id") in found
    assert "claims/Über.yaml" in book.entries


def test_a_refresh_says_what_is_new_changed_and_gone(example: Path) -> None:
    book = Book.open(example)
    (example / "claims/new-one.yaml").write_text(RECORD)
    (example / "claims/apple/apple-car-2024.yaml").unlink()
    other = example / "claims/xiaomi/xiaomi-own-brand.yaml"
    other.write_text(other.read_text() + "# a remark\n")

    changes = book.refresh()

    assert changes.added == ["claims/new-one.yaml"]
    assert changes.removed == ["claims/apple/apple-car-2024.yaml"]
    assert changes.changed == ["claims/xiaomi/xiaomi-own-brand.yaml"]
    assert not book.refresh()


def test_a_changed_article_has_its_quotes_looked_up_again(example: Path) -> None:
    book = Book.open(example)
    article = example / "seeds/2021-02-apparata-nissan.md"
    article.write_bytes(article.read_bytes().replace(b"willen in 2024", b"willen in 2034"))

    changes = book.refresh()

    assert changes.changed == ["seeds/2021-02-apparata-nissan.md"]
    summary = book.whole("apple-car-2024").summary
    assert summary
    assert summary.quotes_broken == 1


def test_settings_give_other_names_and_words(example: Path) -> None:
    (example / "claimbook.yaml").write_text("names: {GWM: Great Wall Motor}\nstale_after: 12w\n")

    book = Book.open(example)

    assert book.settings.names == {"GWM": "Great Wall Motor"}
    assert book.settings.patience.days == 84


def test_settings_with_a_mistake_are_named_and_the_book_opens(example: Path) -> None:
    (example / "claimbook.yaml").write_text("stale_afer: 12w\n")

    book = Book.open(example)

    assert [item.place for item in book.stray] == ["claimbook.yaml:1:1"]
    assert "did you mean `stale_after`" in book.stray[0].message
    assert book.settings == Settings()


NAMES = st.text(alphabet="a-./0é~ ", min_size=1, max_size=3).filter(
    lambda name: name.strip("./") == name and "/" not in name
)


@given(paths=st.lists(st.lists(NAMES, min_size=1, max_size=3).map("/".join), max_size=8))
def test_what_lies_in_the_folders_comes_in_the_order_of_paths(
    tmp_path_factory: pytest.TempPathFactory, paths: list[str]
) -> None:
    root = tmp_path_factory.mktemp("book")
    for path in paths:
        with suppress(OSError):  # a file stands where the path has a folder
            (root / "claims" / path).parent.mkdir(parents=True, exist_ok=True)
            (root / "claims" / path).touch()

    found = [path for path, _ in walk(root, "claims")]

    assert found == sorted(found)
    assert len(found) == sum(path.is_file() for path in root.rglob("*"))
