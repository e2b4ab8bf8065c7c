"""What a book holds after a failure, a kill or a hand edit at any file call whatever."""

import errno
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import faults
from claimbook.book.errors import BookFileError, ConflictError, MovedOnError
from claimbook.book.store import Store
from faults import NEW, OLD, A, B, C, D, E, Files, PlainDisk, WatchedDisk, files, leftovers, make_book, quick

BULK: Files = {A: NEW, B: NEW, C: NEW, E: OLD}
START: Files = {A: OLD, B: OLD, D: OLD}
ENDS: dict[str, tuple[Files, Files]] = {
    "first": (START, {**START, A: NEW}),
    "replace": ({**START, C: NEW}, {**START, A: NEW, C: NEW}),
    "create": (START, {**START, C: NEW}),
    "remove": (START, {B: OLD, D: OLD}),
    "rename": (START, {B: OLD, D: OLD, E: OLD}),
    "bulk": (START, BULK),
    "undo": (BULK, START),
    "redo": (START, BULK),
    "recover": (START, {**START, A: NEW}),
}
"""By operation: the files before and after."""


def each_is_old_or_new(root: Path, old: Files, new: Files) -> bool:
    now = files(root)
    return all(now.get(name) in (old.get(name), new.get(name)) for name in {*now, *old, *new})


def assert_next_command_works(root: Path) -> None:
    """Save something else, see that nothing that lay about is lost, and that undo still goes back."""
    lying = leftovers(root)
    before = files(root)
    store = quick(root)
    with store.transaction("next") as change:
        change.create("claims/next.yaml", NEW)
    assert files(root) == {**before, "claims/next.yaml": NEW}
    assert leftovers(root) == {}
    kept = [path.read_bytes() for path in store.recovered()]
    for path, data in lying.items():
        target = root / path.relative_to(root).parent / path.name[1 : -len(".0123456789ab.claimbook")]
        assert not data or data in kept or data == target.read_bytes()
    assert store.undo().title == "next"
    assert files(root) == before


def error_of(operation: Callable[[Store], None], store: Store) -> BookFileError | None:
    """Return what an operation raises, None if it succeeds."""
    try:
        operation(store)
    except BookFileError as error:
        return error
    return None


def undo_all(root: Path) -> Files:
    store = quick(root)
    while store.peek_undo():
        store.undo()
    return files(root)


def fail_everywhere(
    tmp_path: Path, name: str, disk_kind: type[WatchedDisk], code: int, *, lasting: bool
) -> None:
    """Move the point of failure forward until the operation ends without meeting it."""
    old, new = ENDS[name]
    for number in range(1, 1000):
        root = tmp_path / str(number)
        operation = faults.prepare(name, root)
        disk = disk_kind(faults.failing(code, number, lasting=lasting))
        error = error_of(operation, Store(root, disk=disk))
        assert each_is_old_or_new(root, old, new)
        assert lasting or files(root) == (old if error else new)
        if error:
            assert bool(error.changed) == (files(root) != old)
        assert_next_command_works(root)
        assert undo_all(root) == START
        if len(disk.calls) < number:
            return
    pytest.fail("the operation never came to its end")


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "lasting"])
@pytest.mark.parametrize("name", ENDS)
def test_a_failure_at_any_file_call_leaves_each_file_old_or_new(
    tmp_path: Path, name: str, *, lasting: bool
) -> None:
    fail_everywhere(tmp_path, name, WatchedDisk, errno.EIO, lasting=lasting)


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "lasting"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.EROFS])
@pytest.mark.parametrize("name", ["replace", "recover"])
def test_so_does_a_full_disk_and_one_that_may_not_be_written(
    tmp_path: Path, name: str, code: int, *, lasting: bool
) -> None:
    fail_everywhere(tmp_path, name, WatchedDisk, code, lasting=lasting)


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "lasting"])
@pytest.mark.parametrize("name", ["replace", "undo"])
def test_so_does_a_failure_where_names_cannot_be_exchanged(
    tmp_path: Path, name: str, *, lasting: bool
) -> None:
    fail_everywhere(tmp_path, name, PlainDisk, errno.EIO, lasting=lasting)


@pytest.mark.parametrize("name", ENDS)
def test_a_kill_at_any_file_call_leaves_each_file_old_or_new(tmp_path: Path, name: str) -> None:
    old, new = ENDS[name]
    subprocess.run([sys.executable, faults.__file__, name, tmp_path], check=True)
    books = sorted(path for path in tmp_path.iterdir() if path.name != "start")
    assert len(books) > 20
    for root in books:
        assert each_is_old_or_new(root, old, new), root.name
        assert_next_command_works(root)
        assert undo_all(root) == START, root.name
    assert len([root for root in books if files(root) == START]) == len(books)


@pytest.mark.parametrize("name", ["bulk", "undo", "redo"])
def test_a_step_cut_short_can_be_taken_back_or_completed(tmp_path: Path, name: str) -> None:
    subprocess.run([sys.executable, faults.__file__, name, tmp_path], check=True)
    for root in sorted(path for path in tmp_path.iterdir() if path.name != "start"):
        quick(root).recover()
        half = files(root)
        step = quick(root).peek_undo()
        assert (step is None) == (half == START), root.name
        assert undo_all(root) == START
        if quick(root).peek_redo():
            quick(root).redo()
            assert files(root) == BULK


@pytest.mark.parametrize("name", ["replace", "bulk", "undo"])
def test_writes_that_take_a_few_bytes_at_a_time_are_continued(tmp_path: Path, name: str) -> None:
    class Slow(WatchedDisk):
        def write(self, fd: int, data: memoryview) -> int:
            return super().write(fd, data[:7])

    faults.prepare(name, tmp_path)(Store(tmp_path, disk=Slow()))
    assert files(tmp_path) == ENDS[name][1]


def test_a_write_that_takes_nothing_ends(tmp_path: Path) -> None:
    class Full(WatchedDisk):
        def write(self, fd: int, data: memoryview) -> int:
            del fd, data
            return 0

    with pytest.raises(BookFileError):
        faults.replace(Store(make_book(tmp_path), disk=Full()))
    assert files(tmp_path) == START


class Editor:
    """Somebody who saves the file by rename, as most editors do, just before given file calls."""

    def __init__(self, file: Path, *saves: tuple[int, bytes]) -> None:
        self.file = file
        self.saves = dict(saves)
        self.overwritten: list[bytes | None] = []

    def __call__(self, number: int, name: str) -> None:
        del name
        if number in self.saves:
            self.overwritten.append(self.file.read_bytes() if self.file.exists() else None)
            draft = self.file.with_name("draft~")
            draft.write_bytes(self.saves[number])
            draft.replace(self.file)


MINE = b"claim: typed by hand\n"
LATER = b"claim: typed by hand, and once more\n"


def calls_of(tmp_path: Path, operation: Callable[[Store], None]) -> int:
    disk = WatchedDisk()
    operation(Store(make_book(tmp_path / "count"), disk=disk))
    return len(disk.calls)


@pytest.mark.parametrize("operation", [faults.replace, faults.remove, faults.bulk, faults.rename])
def test_a_hand_edit_at_any_moment_of_a_save_is_in_the_file_afterwards(
    tmp_path: Path, operation: Callable[[Store], None]
) -> None:
    refused = 0
    for number in range(1, calls_of(tmp_path, operation) + 1):
        root = make_book(tmp_path / str(number))
        disk = WatchedDisk(Editor(root / A, (number, MINE)))
        error = error_of(operation, Store(root, disk=disk))
        if error:
            assert isinstance(error, ConflictError)
            assert (error.expected, error.found) == (OLD, MINE)
            assert files(root) == {**START, A: MINE}
            refused += 1
        assert files(root)[A] == MINE
        assert leftovers(root) == {}
    assert refused > 10


def test_of_two_hand_edits_at_any_moments_the_later_one_stays_and_the_other_is_kept(tmp_path: Path) -> None:
    calls = calls_of(tmp_path, faults.replace)
    for first in range(15, calls):
        for second in range(first + 1, calls + 12):
            root = make_book(tmp_path / f"{first}-{second}")
            editor = Editor(root / A, (first, MINE), (second, LATER))
            store = Store(root, disk=WatchedDisk(editor))
            error_of(faults.replace, store)
            if len(editor.overwritten) == 1:
                continue
            kept = [path.read_bytes() for path in store.recovered()]
            assert files(root)[A] == LATER
            assert MINE in [*kept, *editor.overwritten], (first, second)


def test_an_editor_that_moves_the_file_away_and_writes_it_anew_loses_nothing(tmp_path: Path) -> None:
    for number in range(1, calls_of(tmp_path, faults.replace)):
        root = make_book(tmp_path / str(number))
        file, backup = root / A, root / "claims" / "a.yaml~"

        def save_like_vim(at: int, name: str, moment: int = number, root: Path = root) -> None:
            del name
            if at == moment:
                (root / A).rename(root / "claims" / "a.yaml~")
            if at == moment + 1:
                (root / A).write_bytes(MINE)

        error = error_of(faults.replace, Store(root, disk=WatchedDisk(save_like_vim)))
        assert file.read_bytes() == MINE
        assert backup.read_bytes() == (OLD if error else NEW)


def test_a_file_that_appears_while_it_is_created_is_never_written_over(tmp_path: Path) -> None:
    for number in range(1, calls_of(tmp_path, faults.create) + 1):
        root = make_book(tmp_path / str(number))
        (root / C).parent.mkdir()
        disk = WatchedDisk(Editor(root / C, (number, MINE)))
        error = error_of(faults.create, Store(root, disk=disk))
        if isinstance(error, ConflictError):
            assert (error.expected, error.found, error.wanted) == (None, MINE, NEW)
        assert files(root)[C] == (MINE if len(disk.calls) >= number else NEW)


def test_undo_at_any_moment_of_a_hand_edit_keeps_it(tmp_path: Path) -> None:
    for number in range(1, 80):
        root = make_book(tmp_path / str(number))
        faults.replace(quick(root))
        disk = WatchedDisk(Editor(root / A, (number, MINE)))
        error = error_of(faults.undo, Store(root, disk=disk))
        assert error is None or isinstance(error, (ConflictError, MovedOnError))
        assert files(root)[A] == (MINE if len(disk.calls) >= number else OLD)


SAVE_MANY = """
import sys
from claimbook.book.store import Store
store, name = Store(sys.argv[1]), sys.argv[2]
for number in range(50):
    with store.transaction(f"{name} {number}") as change:
        text = change.read("claims/a.yaml")
        change.replace("claims/a.yaml", text + f"# {name} {number}\\n".encode(), text)
"""


def test_two_processes_that_save_fifty_times_each_lose_nothing(tmp_path: Path) -> None:
    make_book(tmp_path)
    running = [subprocess.Popen([sys.executable, "-c", SAVE_MANY, tmp_path, name]) for name in "xy"]
    assert [process.wait() for process in running] == [0, 0]
    expected = {f"# {name} {number}" for name in "xy" for number in range(50)}
    assert sorted(files(tmp_path)[A].decode().splitlines()[1:]) == sorted(expected)
    assert leftovers(tmp_path) == {}
    assert undo_all(tmp_path) == START
