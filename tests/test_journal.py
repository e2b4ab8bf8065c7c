"""Undo and redo: every change that claimbook made, newest first, across restarts."""

import contextlib
import stat
import tempfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

import faults
from claimbook.book.belongings import Belongings
from claimbook.book.changes import FileChange
from claimbook.book.errors import BookFileError, MovedFile, MovedOnError, NothingToUndoError, NotWritableError
from claimbook.book.steps import BrokenEntryError, Step, decode, encode
from claimbook.book.store import Store
from faults import NEW, OLD, A, B, C, D, E, QuickDisk, WatchedDisk, files, make_book, quick

START = {A: OLD, B: OLD, D: OLD}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return make_book(tmp_path / "book")


def save(book: Path, new: bytes, file: str = A, title: str = "save") -> None:
    with quick(book).transaction(title) as change:
        change.replace(file, new, change.read(file))


def titles(book: Path) -> list[str]:
    return [step.title for step in quick(book).history()]


def entries(book: Path) -> list[str]:
    return sorted(path.name for path in (book / ".claimbook" / "journal").iterdir())


class TestUndoing:
    @pytest.mark.parametrize(
        "operation", [faults.replace, faults.create, faults.remove, faults.rename, faults.bulk]
    )
    def test_restores_the_bytes_and_redo_makes_the_change_again(
        self, book: Path, operation: Callable[[Store], None]
    ) -> None:
        operation(quick(book))
        after = files(book)
        for _ in range(2):
            quick(book).undo()
            assert files(book) == START
            quick(book).redo()
            assert files(book) == after

    def test_goes_back_newest_first_and_forth_oldest_first(self, book: Path) -> None:
        texts = [b"1", b"2", b"3"]
        for text in texts:
            save(book, text, title=text.decode())
        assert titles(book) == ["3", "2", "1"]
        assert [quick(book).undo().title for _ in texts] == ["3", "2", "1"]
        assert files(book) == START
        assert [quick(book).redo().title for _ in texts] == ["1", "2", "3"]
        assert files(book)[A] == b"3"

    def test_says_beforehand_what_it_will_do(self, book: Path) -> None:
        faults.bulk(quick(book))
        step = quick(book).peek_undo()
        assert step is not None
        assert (step.title, step.files, step.undone) == ("bulk", (C, E, A, B, D), False)
        assert replace(step.next_changes[2], belongings=None) == FileChange(A, NEW, OLD)
        assert quick(book).peek_redo() is None
        quick(book).undo()
        step = quick(book).peek_redo()
        assert step is not None
        assert (step.title, step.undone) == ("bulk", True)
        assert replace(step.next_changes[2], belongings=None) == FileChange(A, OLD, NEW)
        assert quick(book).peek_undo() is None

    def test_with_nothing_to_undo_or_redo_it_says_so(self, book: Path) -> None:
        with pytest.raises(NothingToUndoError, match=r"^There is nothing to undo; nothing was written\.$"):
            quick(book).undo()
        save(book, NEW)
        with pytest.raises(NothingToUndoError, match="nothing to redo"):
            quick(book).redo()

    def test_a_new_change_ends_what_could_be_redone(self, book: Path) -> None:
        save(book, b"1", title="one")
        save(book, b"2", title="two")
        quick(book).undo()
        save(book, b"3", title="three")
        assert quick(book).peek_redo() is None
        assert titles(book) == ["three", "one"]
        assert [quick(book).undo().title, quick(book).undo().title] == ["three", "one"]
        assert files(book) == START

    def test_a_change_that_fails_does_not(self, book: Path) -> None:
        save(book, b"1", title="one")
        quick(book).undo()
        with contextlib.suppress(Exception), quick(book).transaction("two") as change:
            change.replace(A, b"2", b"not there")
        assert quick(book).redo().title == "one"

    def test_a_transaction_tells_its_step(self, book: Path) -> None:
        with quick(book).transaction("verdict on a: false") as change:
            change.replace(A, NEW, OLD)
        assert change.step is not None
        assert change.step.title == "verdict on a: false"
        assert change.step == quick(book).peek_undo()

    def test_a_removed_file_comes_back_with_its_permission_bits(self, book: Path) -> None:
        (book / A).chmod(0o600)
        faults.remove(quick(book))
        quick(book).undo()
        assert stat.S_IMODE((book / A).stat().st_mode) == 0o600

    def test_what_a_private_file_held_is_private_in_the_journal_too(self, book: Path) -> None:
        (book / A).chmod(0o600)
        faults.bulk(quick(book))
        (entry,) = (book / ".claimbook" / "journal").iterdir()
        assert stat.S_IMODE(entry.stat().st_mode) == 0o600

    def test_a_file_that_is_back_already_is_left_as_it_is(self, book: Path) -> None:
        faults.bulk(quick(book))
        (book / A).write_bytes(OLD)
        (book / C).unlink()
        assert quick(book).undo().title == "bulk"
        assert files(book) == START

    def test_a_step_without_title_or_with_any_other_survives(self, book: Path) -> None:
        for title in ("", "two\nlines", "\x1b[31m", "\ud800", "“”🚗"):
            save(book, title.encode("utf-8", "surrogatepass") + b".", title=title)
            assert titles(book)[0] == title

    def test_the_last_two_hundred_steps_are_kept_and_older_ones_go(self, book: Path) -> None:
        for number in range(240):
            save(book, b"%d" % number, title=str(number))
        assert titles(book)[:200] == [str(number) for number in range(239, 39, -1)]
        assert len(entries(book)) < 220
        for _ in range(200):
            quick(book).undo()
        assert files(book)[A] == b"39"


class TestRefusingToUndo:
    def test_a_file_that_has_moved_on_is_shown_with_both_texts(self, book: Path) -> None:
        faults.bulk(quick(book))
        (book / A).write_bytes(b"by hand\n")
        (book / E).unlink()
        with pytest.raises(MovedOnError) as caught:
            quick(book).undo()
        assert caught.value.files == (MovedFile(A, b"by hand\n", OLD),)
        assert str(caught.value) == (
            "Cannot undo “bulk”: claims/a.yaml changed since; nothing was written. "
            "Compare both texts and change the file by hand."
        )
        assert files(book) == {A: b"by hand\n", B: NEW, C: NEW}
        assert titles(book) == ["bulk"]

    def test_a_file_that_was_removed_is_one_that_has_moved_on(self, book: Path) -> None:
        save(book, NEW)
        (book / A).unlink()
        with pytest.raises(MovedOnError) as caught:
            quick(book).undo()
        assert caught.value.files == (MovedFile(A, None, OLD),)

    def test_redo_refuses_likewise(self, book: Path) -> None:
        faults.create(quick(book))
        quick(book).undo()
        (book / C).parent.mkdir(exist_ok=True)
        (book / C).write_bytes(b"by hand\n")
        with pytest.raises(MovedOnError, match="Cannot redo “create”: claims/sub/c") as caught:
            quick(book).redo()
        assert caught.value.files == (MovedFile(C, b"by hand\n", NEW),)
        assert files(book)[C] == b"by hand\n"

    def test_once_the_file_is_as_it_was_it_goes_on(self, book: Path) -> None:
        save(book, NEW)
        (book / A).write_bytes(b"by hand\n")
        with pytest.raises(MovedOnError):
            quick(book).undo()
        (book / A).write_bytes(NEW)
        quick(book).undo()
        assert files(book) == START


class TestBrokenEntries:
    @pytest.fixture
    def three(self, book: Path) -> Path:
        for file in (A, B, D):
            save(book, NEW, file, title=file)
        return book / ".claimbook" / "journal" / "00000003.done"

    @pytest.mark.parametrize(
        "spoil",
        [
            lambda data: data[:0],
            lambda data: data[:-1],
            lambda data: data[: len(data) // 2],
            lambda data: data.replace(b"rumour", b"rumoar"),
            lambda data: data + b"x",
            lambda data: b"\0" * len(data),
        ],
    )
    def test_one_costs_only_itself_and_is_spoken_of(
        self, book: Path, three: Path, spoil: Callable[[bytes], bytes]
    ) -> None:
        three.write_bytes(spoil(three.read_bytes()))
        store = quick(book)
        assert store.undo().title == B
        assert store.notices == [
            "The journal entry .claimbook/journal/00000003.done is broken: no undo or redo for its step."
        ]
        assert files(book) == {**START, A: NEW, D: NEW}
        assert titles(book) == [B, A]
        save(book, b"more\n", D)
        assert quick(book).undo().title == "save"

    def test_one_that_leads_out_of_the_book_does_nothing(self, book: Path, three: Path) -> None:
        step = decode(3, three.read_bytes(), undone=False)
        evil = Step(3, "evil", step.time, (FileChange("../outside.yaml", b"", b""),))
        three.write_bytes(encode(evil))
        with pytest.raises(NotWritableError, match="leads out of the book"):
            quick(book).undo()

    def test_other_files_in_the_journal_are_left_alone(self, book: Path, three: Path) -> None:
        others = ["README", "zzz.done", "7.done", "00000099.old", "٠٠٠٠٠٠٠١.done"]
        for name in others:
            (three.parent / name).write_bytes(b"?")
        save(book, b"more\n")
        assert titles(book) == ["save", D, B, A]
        assert set(others) < set(entries(book))

    def test_an_unreadable_journal_is_said(self, book: Path) -> None:
        (book / ".claimbook").mkdir()
        (book / ".claimbook" / "journal").write_bytes(b"")
        with pytest.raises(BookFileError, match="journal cannot be read"):
            quick(book).peek_undo()
        with pytest.raises(BookFileError, match="journal"):
            save(book, NEW)
        assert files(book) == START


def test_a_step_is_written_down_before_it_is_done_and_marked_afterwards(book: Path) -> None:
    save(book, b"first\n", B)
    seen: list[tuple[str, list[str], bytes]] = []
    disk = WatchedDisk(lambda _, name: seen.append((name, entries(book), (book / A).read_bytes())))
    faults.replace(Store(book, disk=disk))
    before = {name: state for name, *state in seen}
    assert before["exchange"] == [["00000001.done", "00000002.doing"], OLD]
    assert before["unlink"] == [["00000001.done", "00000002.done"], NEW]


bytes_or_none = st.none() | st.binary(max_size=20)
numbers = st.integers(0, 2**31)
names = st.text().map("user.{}".format)
attributes = st.dictionaries(names, st.binary(max_size=20), max_size=3).map(
    lambda found: tuple(found.items())
)
others = st.builds(Belongings, st.integers(0, 0o777), st.none() | st.tuples(numbers, numbers), attributes)
changes = st.builds(FileChange, st.text(), bytes_or_none, bytes_or_none, st.none() | others)


@given(st.text(), st.lists(changes, max_size=4))
def test_an_entry_says_what_was_written_down(title: str, made: list[FileChange]) -> None:
    step = Step(7, title, datetime(2026, 11, 21, 12, tzinfo=UTC), tuple(made))
    assert decode(7, encode(step), undone=False) == step


def test_an_entry_with_nothing_but_permission_bits_is_read_too() -> None:
    head = b'{"title": "", "time": "2026-11-21", "files": [["a", null, 0, 420]]}\n'
    (change,) = decode(1, encode_raw(head), undone=False).changes
    assert change.belongings == Belongings(0o644)


def encode_raw(rest: bytes) -> bytes:
    """Return an entry with a right checksum."""
    return f"claimbook-step-1 {zlib.crc32(rest):08x}\n".encode() + rest


@given(st.binary() | st.binary().map(encode_raw))
def test_any_bytes_are_a_step_or_a_broken_entry(data: bytes) -> None:
    with contextlib.suppress(BrokenEntryError):
        decode(1, data, undone=False)


@pytest.mark.parametrize(
    "head",
    [
        b"[]",
        b"{}",
        b'{"title": "", "time": 1, "files": []}',
        b'{"title": "", "time": "2026-11-21", "files": 1}',
        b'{"title": "", "time": "2026-11-21", "files": [1]}',
        b'{"title": "", "time": "2026-11-21", "files": [["a", 1, null, null]]}',
        b'{"title": "", "time": "2026-11-21", "files": [["a", -1, null, null]]}',
        b'{"title": "", "time": "2026-11-21", "files": [["a", "1", null, null]]}',
        b'{"title": "", "time": "2026-11-21", "files": [["a", null, null, "rw"]]}',
        b'{"title": "", "time": "2026-11-21", "files": [["a", null, null, ["rw", null, {}]]]}',
        b'{"title": "", "time": "2026-11-21", "files": [["a", null, null, [6, ["ann", 1], {}]]]}',
        b'{"title": "", "time": "2026-11-21", "files": [["a", null, null, [6, null, []]]]}',
        b'{"title": "", "time": "2026-11-21", "files": [["a", null, null, [6, null, {"user.a": 1}]]]}',
        b"[" * 100_000,
    ],
)
def test_an_entry_that_was_tampered_with_is_a_broken_one(head: bytes) -> None:
    with pytest.raises(BrokenEntryError):
        decode(1, encode_raw(head + b"\n"), undone=False)


class History(RuleBasedStateMachine):
    """Any order of changes, undo, redo and restarts does what a list of texts would."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.book = make_book(Path(self.folder.name) / "book")
        self.past = [START]
        self.future: list[dict[str, bytes]] = []

    def teardown(self) -> None:
        self.folder.cleanup()

    @rule(wanted=st.dictionaries(st.sampled_from([A, B, C, D, E]), bytes_or_none, min_size=1))
    def change(self, wanted: dict[str, bytes | None]) -> None:
        now = self.past[-1]
        with Store(self.book, disk=QuickDisk()).transaction("change") as change:
            for name, data in wanted.items():
                if data is not None:
                    change.replace(name, data, now.get(name))
                elif name in now:
                    change.remove(name, now[name])
        after = {name: data for name, data in {**now, **wanted}.items() if data is not None}
        if after != now:
            self.past.append(after)
            self.future = []

    @rule()
    def undo(self) -> None:
        if len(self.past) == 1:
            with pytest.raises(NothingToUndoError):
                quick(self.book).undo()
        else:
            quick(self.book).undo()
            self.future.append(self.past.pop())

    @rule()
    def redo(self) -> None:
        if not self.future:
            with pytest.raises(NothingToUndoError):
                quick(self.book).redo()
        else:
            quick(self.book).redo()
            self.past.append(self.future.pop())

    @invariant()
    def the_files_are_those_of_the_list(self) -> None:
        assert files(self.book) == self.past[-1]
        assert len(list(quick(self.book).history())) == len(self.past) - 1 + len(self.future)


History.TestCase.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
TestHistory = History.TestCase
