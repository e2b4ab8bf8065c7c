"""Changing the records of a book while somebody else edits them by hand."""

from pathlib import Path

import pytest

from claimbook.book.book import Book
from claimbook.book.errors import ConflictError
from claimbook.book.refusals import BrokenRecord, Overtaken, Refused
from claimbook.book.saving import Draft, change_claims, create_files, save_drafts
from claimbook.book.store import Store
from claimbook.record.changes import Append, Remove, SetField
from claimbook.record.editing import apply
from conftest import Run
from faults import WatchedDisk

CAR = "claims/apple/apple-car-2024.yaml"
VERDICT = {"date": "2026-11-21", "rating": "mixed", "why": "Because."}


def test_a_change_is_written_and_the_book_knows_it(example: Path) -> None:
    book = Book.open(example)

    change_claims(book, "a verdict", {"apple-car-2024": [Append(("verdicts",), VERDICT)]})

    claim = book.whole("apple-car-2024").claim
    assert claim
    assert claim.verdicts[-1].why == "Because."
    assert not book.refresh()


def test_a_hand_edit_since_the_reading_stays(example: Path) -> None:
    book = Book.open(example)
    path = example / CAR
    path.write_text(path.read_text().replace("about: [Apple]", "about: [Apple, Magna]  # by hand"))

    change_claims(book, "a verdict", {"apple-car-2024": [Append(("verdicts",), VERDICT)]})

    assert "about: [Apple, Magna]  # by hand\n" in path.read_text()
    assert "why: Because." in path.read_text()


def test_a_hand_edit_of_the_same_value_is_not_written_over(example: Path) -> None:
    book = Book.open(example)
    path = example / CAR
    path.write_text(path.read_text().replace("due: 2024", "due: 2025"))

    with pytest.raises(Overtaken, match="2025") as caught:
        change_claims(book, "due", {"apple-car-2024": [SetField(("due",), "2026")]})

    assert (caught.value.mine, caught.value.theirs) == ("2026", "2025")
    assert "due: 2025\n" in path.read_text()


def test_a_hand_edit_to_the_very_value_is_no_conflict(example: Path) -> None:
    book = Book.open(example)
    path = example / CAR
    path.write_text(path.read_text().replace("due: 2024", "due: 2025"))

    change_claims(book, "due", {"apple-car-2024": [SetField(("due",), "2025")]})

    assert "due: 2025\n" in path.read_text()


def test_a_record_that_broke_since_is_left_alone(example: Path) -> None:
    book = Book.open(example)
    (example / CAR).write_text("claim: a: b\n")

    with pytest.raises(BrokenRecord, match=r"apple-car-2024\.yaml:1:9"):
        change_claims(book, "a verdict", {"apple-car-2024": [Append(("verdicts",), VERDICT)]})

    assert (example / CAR).read_text() == "claim: a: b\n"


def test_a_record_that_is_gone_is_not_made_anew(example: Path) -> None:
    book = Book.open(example)
    (example / CAR).unlink()

    with pytest.raises(Refused, match="gone"):
        change_claims(book, "a verdict", {"apple-car-2024": [Append(("verdicts",), VERDICT)]})

    assert not (example / CAR).exists()


def test_what_would_not_be_a_record_is_not_written(example: Path) -> None:
    book = Book.open(example)
    before = (example / CAR).read_bytes()

    with pytest.raises(Refused, match="sources"):
        change_claims(book, "no source", {"apple-car-2024": [Remove(("sources", 0))]})

    assert (example / CAR).read_bytes() == before


def test_several_claims_change_together_or_not_at_all(example: Path) -> None:
    book = Book.open(example)
    other = example / "claims/xiaomi/xiaomi-own-brand.yaml"
    before = other.read_bytes()
    (example / CAR).write_text("claim: a: b\n")

    with pytest.raises(BrokenRecord):
        change_claims(
            book,
            "both",
            {
                "xiaomi-own-brand": [Append(("tags",), "names")],
                "apple-car-2024": [Append(("tags",), "names")],
            },
        )

    assert other.read_bytes() == before


def test_a_new_file_never_writes_over_another(example: Path) -> None:
    book = Book.open(example)
    before = (example / CAR).read_bytes()

    with pytest.raises(Exception, match="apple-car-2024"):
        create_files(book, "new", {CAR: b"claim: x\n"})

    assert (example / CAR).read_bytes() == before


def test_a_hand_edit_just_before_the_exchange_stays_and_so_does_the_change(
    example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = Book.open(example)
    path = example / CAR
    edits = iter(["# by hand\n"])

    def edit_once(_: int, name: str) -> None:
        if name == "exchange" and (remark := next(edits, None)):
            path.write_text(path.read_text() + remark)

    disk = WatchedDisk(edit_once)
    monkeypatch.setattr("claimbook.book.saving.Store", lambda root: Store(root, disk=disk))

    change_claims(book, "a verdict", {"apple-car-2024": [Append(("verdicts",), VERDICT)]})

    assert path.read_text().endswith("# by hand\n")
    assert "why: Because." in path.read_text()


def test_what_a_save_found_besides_is_told_to_the_person(example: Path, claimbook: Run) -> None:
    (example / "claims/apple/.apple-car-2024.yaml.0123456789ab.claimbook").write_text("left by a crash")

    result = claimbook("set", "apple-car-2024", "due", "2025")

    assert "recovered" in result.err
    assert list((example / ".claimbook/recovered").iterdir())


def test_a_file_with_bom_and_crlf_keeps_both(example: Path) -> None:
    path = example / CAR
    styled = b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(styled)
    book = Book.open(example)

    change_claims(book, "due", {"apple-car-2024": [SetField(("due",), "2025")]})

    assert path.read_bytes() == styled.replace(b"due: 2024\r\n", b"due: 2025\r\n")


def test_a_change_of_one_item_follows_it_where_a_hand_edit_has_moved_it(example: Path) -> None:
    book = Book.open(example)
    path = example / CAR
    note = "evidence:\n  - url: https://example.org/by-hand\n    publisher: By Hand\n    bearing: context\n"
    path.write_text(path.read_text().replace("evidence:\n", note, 1))
    known = book.whole("apple-car-2024").claim
    assert known

    change_claims(
        book, "a note", {"apple-car-2024": [SetField(("evidence", 0, "archived"), "https://a.org/")]}
    )

    claim = book.whole("apple-car-2024").claim
    assert claim
    assert [item.archived for item in claim.evidence[:2]] == [None, "https://a.org/"]
    assert claim.evidence[1].url == known.evidence[0].url


def test_what_a_list_is_to_be_and_what_a_hand_edit_added_to_it_are_both_in_it(example: Path) -> None:
    book = Book.open(example)
    path = example / CAR
    path.write_text(path.read_text().replace("tags: [cars, ev]", "tags: [cars, ev, by-hand]"))

    change_claims(book, "tags", {"apple-car-2024": [SetField(("tags",), ["cars", "plans"])]})

    assert "tags: [cars, by-hand, plans]\n" in path.read_text()


def test_one_item_that_both_changed_is_left_to_the_person_with_all_three_texts(example: Path) -> None:
    book = Book.open(example)
    path = example / CAR
    before = path.read_bytes()
    path.write_bytes(before.replace(b"fidelity: strengthened", b"fidelity: weakened"))

    with pytest.raises(ConflictError) as caught:
        change_claims(book, "x", {"apple-car-2024": [SetField(("sources", 0, "fidelity"), "accurate")]})

    assert (caught.value.expected, caught.value.found) == (before, path.read_bytes())
    assert b"fidelity: accurate" in (caught.value.wanted or b"")


def test_a_text_edited_whole_is_merged_with_what_was_saved_meanwhile(example: Path) -> None:
    book = Book.open(example)
    path = example / CAR
    before = path.read_bytes()
    edited = before.replace(b"kind: prediction", b"kind: rumour")
    change_claims(book, "a verdict", {"apple-car-2024": [Append(("verdicts",), VERDICT)]})

    save_drafts(book, "edited", [Draft(CAR, before, edited)])

    assert b"kind: rumour" in path.read_bytes()
    assert b"why: Because." in path.read_bytes()
    assert Store(example).peek_undo()


def test_of_two_verdicts_the_one_that_is_saved_later_holds(example: Path) -> None:
    book = Book.open(example)
    path = example / CAR
    by_hand = "\n  - date: 2026-11-21\n    rating: unproven\n    by: hand\n    why: By hand.\n\nnotes: >-"
    path.write_text(path.read_text().replace("\n\nnotes: >-", by_hand))
    base = book.entries[CAR].document.source

    mine = base.to_bytes(apply(base, [Append(("verdicts",), VERDICT)]))
    save_drafts(book, "edited", [Draft(CAR, base.to_bytes(base.text), mine)])

    claim = book.whole("apple-car-2024").claim
    assert claim
    assert [verdict.why for verdict in claim.verdicts[-2:]] == ["By hand.", "Because."]
