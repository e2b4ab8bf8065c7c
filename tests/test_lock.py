"""One process writes at a time, and no lock is ever stuck."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import faults
from claimbook.book import lock
from claimbook.book.disk import Disk
from claimbook.book.errors import BookFileError, LockedError
from claimbook.book.store import Store
from faults import NEW, OLD, A, QuickDisk, files, make_book, quick


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return make_book(tmp_path)


class Clock(QuickDisk):
    """A disk on which waiting takes no time, and something happens after some of it."""

    def __init__(self, after: float = 0.0, happens: object = None) -> None:
        self.waited = 0.0
        self.after = after
        self.happens = happens

    def pause(self, seconds: float) -> None:
        self.waited += seconds
        if callable(self.happens) and self.waited >= self.after:
            self.happens()
            self.happens = None


def test_a_writer_waits_for_another_one_and_then_says_who_it_is(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["/usr/bin/claimbook", "verdict", "apple-car-2024", "false"])
    clock = Clock()
    with quick(book).transaction("long"), pytest.raises(LockedError) as caught:
        faults.replace(Store(book, disk=clock))
    assert 5 <= clock.waited < 5.1
    assert str(caught.value) == (
        f"The book is locked by process {os.getpid()} (claimbook verdict apple-car-2024 false); "
        "nothing was written. Wait until that one is done, or end it."
    )
    assert files(book)[A] == OLD


def test_a_writer_that_comes_to_its_end_lets_the_next_one_in(book: Path) -> None:
    first = quick(book).transaction("first")
    first.__enter__().replace(A, NEW, OLD)
    clock = Clock(2.0, lambda: first.__exit__(None, None, None))
    with Store(book, disk=clock).transaction("second") as change:
        assert change.read(A) == NEW
    assert 2 <= clock.waited < 2.1


def test_a_killed_writer_leaves_no_lock(book: Path) -> None:
    program = (
        "import os, signal, sys; from claimbook.book.store import Store\n"
        "with Store(sys.argv[1]).transaction('killed'): os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run([sys.executable, "-c", program, book], check=False)
    assert killed.returncode < 0
    assert "pid" in json.loads((book / ".claimbook" / "lock").read_bytes())
    clock = Clock()
    faults.replace(Store(book, disk=clock))
    assert clock.waited == 0
    assert files(book)[A] == NEW


@pytest.mark.parametrize(
    "note", [b"", b"x", b"[1]", b"{", b"[" * 1024, b"\xff\0", b'{"boot": 1, "newest": -1}']
)
def test_what_the_lock_file_says_cannot_stop_a_save(book: Path, note: bytes) -> None:
    faults.create(quick(book))
    (book / ".claimbook" / "lock").write_bytes(note)
    faults.replace(quick(book))
    assert files(book)[A] == NEW
    assert [step.number for step in quick(book).history()] == [2, 1]


def test_who_holds_it_may_be_unknown(book: Path) -> None:
    with quick(book).transaction("long"):
        (book / ".claimbook" / "lock").write_bytes(b"?")
        with pytest.raises(LockedError, match="locked by another process"):
            faults.replace(Store(book, disk=Clock()))


def test_a_lock_file_that_is_removed_while_somebody_waits_lets_nobody_in_twice(book: Path) -> None:
    first = quick(book).transaction("first")
    first.__enter__()

    def clean_up() -> None:
        (book / ".claimbook" / "lock").unlink()
        first.__exit__(None, None, None)

    waiting = Store(book, disk=Clock(1.0, clean_up))
    with waiting.transaction("second") as change:
        change.replace(A, NEW, OLD)
        with pytest.raises(LockedError), Store(book, disk=Clock()).transaction("third"):
            pytest.fail("two at a time")
    assert files(book)[A] == NEW


def test_nobody_who_waits_in_vain_leaves_a_descriptor_open(book: Path) -> None:
    class Counting(Clock):
        opened = 0

        def open(self, path: str, flags: int, mode: int = 0o666) -> int:
            self.opened += 1
            return super().open(path, flags, mode)

        def close(self, fd: int) -> None:
            self.opened -= 1
            super().close(fd)

    disk = Counting()
    with quick(book).transaction("long"), pytest.raises(BookFileError):
        faults.replace(Store(book, disk=disk))
    assert disk.opened == 0


def test_a_lock_that_the_system_does_not_offer_is_a_refusal(book: Path) -> None:
    class Lockless(Disk):
        def flock(self, fd: int) -> None:
            raise OSError(37, "No locks available", str(fd))

    with pytest.raises(BookFileError, match="No locks available"):
        faults.replace(Store(book, disk=Lockless()))
    assert files(book)[A] == OLD


def test_only_a_holder_that_left_something_behind_makes_the_next_one_search(tmp_path: Path) -> None:
    (tmp_path / ".claimbook").mkdir()
    with lock.hold(str(tmp_path), disk=QuickDisk()) as held:
        assert held.abandoned
        held.untidy = False
    with lock.hold(str(tmp_path), disk=QuickDisk()) as held:
        assert not held.abandoned
        held.untidy = True
    with lock.hold(str(tmp_path), disk=QuickDisk()) as held:
        assert held.abandoned
