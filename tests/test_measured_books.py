"""The invented books that the benchmarks measure on: they are to be like books that people keep."""

from pathlib import Path

import pytest

from claimbook.book.book import Book
from claimbook.record.diagnostics import Severity
from claimbook.review.checks import check
from claimbook.review.queue import queue
from claimbook.review.words import Standpoint

BENCH = Path(__file__).parent.parent / "bench"


@pytest.fixture
def invented(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.syspath_prepend(str(BENCH))
    from makebook import make_book

    make_book(tmp_path / "book", 400)
    return tmp_path / "book"


def test_the_same_seed_makes_the_same_book_and_a_smaller_one_is_its_beginning(
    invented: Path, tmp_path: Path
) -> None:
    from makebook import make_book

    make_book(tmp_path / "smaller", 60)

    small = {path.relative_to(tmp_path / "smaller"): path for path in (tmp_path / "smaller").rglob("*.*")}
    assert len([path for path in small if path.parts[0] == "claims"]) == 60
    assert all((invented / place).read_bytes() == path.read_bytes() for place, path in small.items())


def test_what_was_changed_while_measuring_is_put_back(invented: Path) -> None:
    from makebook import mend_book

    path = sorted((invented / "claims").rglob("*.yaml"))[7]
    before = path.read_bytes()
    since = path.stat().st_mtime
    path.write_bytes(b"claim: Something else.\n")

    mend_book(invented, since - 1)

    assert path.read_bytes() == before


def test_records_are_of_common_size_and_most_have_nothing_wrong(invented: Path) -> None:
    from inventing import TODAY

    book = Book.open(invented)
    found = check(book, Standpoint(TODAY, book.settings.names))
    sizes = [path.stat().st_size for path in (invented / "claims").rglob("*.yaml")]
    errors = {item.rule for item in found if item.severity is Severity.ERROR}

    assert 1_700 < sum(sizes) / len(sizes) < 2_300
    assert len(book.articles) == 150
    assert len({item.file for item in found}) < len(book.entries) / 4
    assert errors <= {"quote-changed", "status-mismatch", "duplicate-key"}
    assert {"overdue", "unknown-origin", "similar-claim", "single-origin"} <= {item.rule for item in found}


def test_about_one_claim_in_seven_wants_a_look(invented: Path) -> None:
    from inventing import TODAY

    book = Book.open(invented)
    items = queue(book.summaries, Standpoint(TODAY, book.settings.names), book.settings.patience)
    settled = [summary for summary in book.summaries if summary.status == "settled"]

    assert 0.1 < len(items) / len(book.summaries) < 0.2
    assert 0.35 < len(settled) / len(book.summaries) < 0.5
