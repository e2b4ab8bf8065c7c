"""A property: a filter finds in an index the claims that it finds in all facts, however far the index is."""

import os
from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from agreeing import FOLDERS, IDS, article, assert_details, assert_selects_alike, record
from claimbook.book.book import Book
from claimbook.index.finder import take_in
from claimbook.index.index import Index
from claimbook.record.ratings import Rating, Status
from claimbook.record.terms import Kind
from claimbook.review.filters import FIELDS, FilterError, parse
from claimbook.review.words import Flag

Known = tuple[Book, list[Index]]

days = st.sampled_from(
    ("2020", "2021-03", "2026-11-21", "0001", "9999", "9999-12-31", "0001-01-01", "2024-02-29")
)
ranges = st.one_of(
    days,
    st.builds("{}..".format, days),
    st.builds("..{}".format, days),
    st.builds("{}..{}".format, days, days),
    st.builds("{}{}".format, st.sampled_from(("<", "<=", ">", ">=")), days),
)
pieces = st.sampled_from(
    (
        *(
            "Apple",
            "apple",
            "car",
            "ca",
            "c",
            "Straßburg",
            "strassburg",
            "STRASS",
            "coop",
            "coöp",
            "é",
            "É",
            "ÉÉÉ",
        ),
        *(
            "ﬁn",
            "fi",
            "小米",
            "年上市",
            "GWM",
            "gwm",
            "nio",
            "Nio",
            "NIO",
            "’",
            "'",
            "''",
            "%",
            "_",
            "*",
            "--",
            "(x)",
        ),
        *(
            "NEAR(x)",
            "OR",
            "AND",
            "NOT",
            "l'Économie",
            "economie",
            "\u0301",
            "\u0130",
            "ß",
            "ẞ",
            "\U0010ffff",
            "\ud7ff",
        ),
        *("\x1f", "\0", "\udcff", "a" * 3000, "\u200b", "?", "??", ";", "\\", "e" * 60, "I", "zzz", "\ufdd0"),
    )
)
bare = st.one_of(pieces, st.builds("{}{}".format, pieces, pieces), st.text(min_size=1, max_size=4))
phrases = st.builds(lambda *parts: '"' + " ".join(parts).replace('"', "") + '"', bare, bare)
texts = st.one_of(bare, phrases)
choices = {
    "kind": st.sampled_from(list(Kind)),
    "status": st.sampled_from(list(Status)),
    "rating": st.sampled_from([str(rating).replace(" ", "-") for rating in Rating]),
    "is": st.sampled_from(list(Flag)),
    "origins": st.sampled_from(("0", "1", "2", "1..", "..1", "0..2", "9" * 30)),
}
asked = st.one_of(
    *(
        st.builds(f"{known.name}:{{}}".format, texts if known.texts else choices.get(known.name, ranges))
        for known in FIELDS
    )
)
terms = st.builds(
    "{}{}".format, st.sampled_from(("", "", "-", "not:", "--", "not:-")), st.one_of(texts, asked)
)
filters = st.one_of(
    st.lists(terms, max_size=4).map(" ".join), st.lists(terms, min_size=45, max_size=60).map(" ".join)
)


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Known]:
    """Return a book with claims of all sorts, and its index: not searchable yet, half, and whole."""
    root = tmp_path_factory.mktemp("filters")
    for number in range(60):
        folder = root / "claims" / FOLDERS[number % len(FOLDERS)] / str(number // 15)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{IDS[number % len(IDS)]}.yaml").write_bytes(record(number))
    (root / "seeds").mkdir()
    for number, name in enumerate(("want", "paper")):
        (root / "seeds" / f"{name}.md").write_bytes(article(number))
    (root / "claimbook.yaml").write_bytes(b"names: {GWM: Great Wall Motor, apple: Apple}\n")
    indexes = []
    for part in range(3):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
            index = Index(root)
        index.bring_up()
        take_in(index._database, (0, 17, 1000)[part])
        indexes.append(index)
    yield Book.open(root), indexes
    for index in indexes:
        index.close()


@given(text=filters, today=st.dates())
@trying(max_examples=int(os.environ.get("TRIES", "80")))
def test_a_filter_finds_in_the_index_what_it_finds_in_all_facts(known: Known, text: str, today: date) -> None:
    book, indexes = known
    try:
        wanted = parse(text)
    except FilterError:
        return
    for index in indexes:
        assert_selects_alike(book, index, wanted, today)
        assert not index.made


def test_machines_are_told_the_same_of_each_claim(known: Known) -> None:
    book, indexes = known

    for index in indexes:
        assert_details(book, index, date(2026, 11, 21))


def test_an_sqlite_without_trigrams_finds_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claimbook.index.database.GRAMS", "CREATE VIRTUAL TABLE grams USING fts0()")
    (tmp_path / "claims").mkdir()
    for number in range(20):
        (tmp_path / "claims" / f"claim-{number}.yaml").write_bytes(record(number))
    index = Index(tmp_path)
    index.bring_up()
    index.take_in()

    for text in ("car", "ca", "Straß", '"own in"', "not:apple"):
        assert_selects_alike(Book.open(tmp_path), index, parse(text), date(2026, 11, 21))
    index.close()


@pytest.mark.parametrize("text", ["car", "ca", "not:apple", "kind:rumour"])
@pytest.mark.parametrize("moment", range(10))
def test_a_filter_finds_the_same_while_another_program_makes_claims_searchable(
    tmp_path: Path, moment: int, text: str
) -> None:
    (tmp_path / "claims").mkdir()
    for number in range(20):
        (tmp_path / "claims" / f"claim-{number}.yaml").write_bytes(record(number))
    index = Index(tmp_path)
    index.bring_up()
    other = index.another()
    statements = count()
    index._database.set_trace_callback(lambda _: next(statements) == moment and other.take_in())

    assert_selects_alike(Book.open(tmp_path), index, parse(text), date(2026, 11, 21))
    assert other.searchable
    for opened in (index, other):
        opened.close()
