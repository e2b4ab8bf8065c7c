"""Clocks that go back, and files whose times say nothing: what counts is the order of saves, and bytes."""

import os
from pathlib import Path

import pytest

from claimbook.book.book import Book
from claimbook.book.store import Store
from conftest import Run
from faults import A, QuickDisk, make_book, quick

CAR = "claims/apple/apple-car-2024.yaml"


class Clock(QuickDisk):
    """A disk that says a time of ours."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def now(self) -> float:
        return self.seconds


def append(root: Path, line: str, seconds: float) -> None:
    with Store(root, disk=Clock(seconds)).transaction(line) as change:
        text = change.read(A)
        assert text is not None
        change.replace(A, text + f"# {line}\n".encode(), text)


def test_undo_takes_back_the_last_save_although_the_clock_says_that_it_was_the_first(tmp_path: Path) -> None:
    book = make_book(tmp_path)
    for line, seconds in (("one", 1_800_000_000), ("two", 1_700_000_000), ("three", 0)):
        append(book, line, seconds)

    assert [step.title for step in quick(book).history()] == ["three", "two", "one"]
    assert [quick(book).undo().title for _ in range(3)] == ["three", "two", "one"]
    assert quick(book).redo().title == "one"


def test_two_versions_recovered_in_one_second_are_both_kept(tmp_path: Path) -> None:
    book = make_book(tmp_path)
    for number in range(2):
        left = book / "claims" / f".a.yaml.00000000000{number}.claimbook"
        left.write_bytes(f"version {number}\n".encode())

    Store(book, disk=Clock(1_800_000_000)).recover()

    assert {path.read_bytes() for path in quick(book).recovered()} == {b"version 0\n", b"version 1\n"}


def test_a_file_restored_with_its_old_times_is_read_again(example: Path) -> None:
    book = Book.open(example)
    path = example / CAR
    status = path.stat()
    path.write_text(path.read_text().replace("kind: prediction", "kind: statement "))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

    assert book.refresh().changed == [CAR]


def test_a_file_from_the_future_is_saved_like_any_other(example: Path, claimbook: Run) -> None:
    path = example / CAR
    os.utime(path, (4_000_000_000, 4_000_000_000))

    assert claimbook("set", "apple-car-2024", "due", "2025").code == 0

    assert "due: 2025\n" in path.read_text()


def test_a_folder_that_cannot_be_looked_into_costs_only_itself(claimbook: Run) -> None:
    real = os.scandir

    def closed(path: object) -> object:
        if str(path).endswith("xiaomi"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)  # type: ignore[call-overload]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("claimbook.book.places.os.scandir", closed)
        result = claimbook("check")

    assert "claims/xiaomi" in result.out
    assert "cannot be looked into (Permission denied)" in result.out
    assert claimbook("show", "apple-car-2024").code == 0
