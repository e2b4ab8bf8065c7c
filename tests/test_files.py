"""How files are read, and what a save keeps."""

import errno
import os
import socket
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import pytest

import faults
from claimbook.book.disk import Disk
from claimbook.book.errors import (
    ConflictError,
    MissingError,
    NotWritableError,
    UnreadableError,
)
from claimbook.book.files import read
from claimbook.book.store import Store
from faults import NEW, OLD, A, B, C, D, E, WatchedDisk, files, leftovers, make_book, quick


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return make_book(tmp_path / "book")


class Waiting(Disk):
    """A disk on which something happens while somebody waits."""

    def __init__(self, *happenings: object) -> None:
        self.happenings = list(happenings)
        self.pauses = 0

    def pause(self, seconds: float) -> None:
        del seconds
        self.pauses += 1
        if self.happenings:
            happening = self.happenings.pop(0)
            if callable(happening):
                happening()


class TestReading:
    def test_returns_what_the_file_holds(self, book: Path) -> None:
        assert read(book / A) == OLD

    def test_follows_a_link(self, book: Path) -> None:
        (book / "link.yaml").symlink_to(A)
        assert read(book / "link.yaml") == OLD

    def test_a_missing_file_is_looked_for_again_before_it_is_believed(self, book: Path) -> None:
        disk = Waiting()
        with pytest.raises(MissingError, match=r"^claims/none\.yaml is not there\.$"):
            read(book / "claims/none.yaml", name="claims/none.yaml", disk=disk)
        assert disk.pauses == 5

    def test_a_file_that_comes_back_is_read(self, book: Path) -> None:
        disk = Waiting(None, (book / C).parent.mkdir, lambda: (book / C).write_bytes(NEW))
        assert read(book / C, disk=disk) == NEW

    def test_an_empty_file_may_be_one_that_an_editor_is_saving(self, book: Path) -> None:
        (book / A).write_bytes(b"")
        assert read(book / A, disk=Waiting(None, lambda: (book / A).write_bytes(NEW))) == NEW

    def test_an_empty_file_that_stays_empty_is_believed(self, book: Path) -> None:
        (book / A).write_bytes(b"")
        disk = Waiting()
        assert read(book / A, disk=disk) == b""
        assert disk.pauses == 5

    def test_an_empty_file_that_nobody_has_touched_for_a_while_is_believed_at_once(self, book: Path) -> None:
        (book / A).write_bytes(b"")
        os.utime(book / A, (1_600_000_000, 1_600_000_000))
        disk = Waiting()
        assert read(book / A, disk=disk) == b""
        assert disk.pauses == 0

    def test_a_file_over_the_limit_is_refused(self, book: Path) -> None:
        assert read(book / A, limit=len(OLD)) == OLD
        with pytest.raises(UnreadableError, match="27 bytes, more than the 26"):
            read(book / A, limit=len(OLD) - 1)

    def test_a_folder_is_refused(self, book: Path) -> None:
        with pytest.raises(UnreadableError, match="is a folder, not a file"):
            read(book / "claims")

    def test_a_named_pipe_is_refused_and_not_waited_for(self, book: Path) -> None:
        os.mkfifo(book / "pipe.yaml")
        with pytest.raises(UnreadableError, match="is a named pipe, not a file"):
            read(book / "pipe.yaml")

    def test_a_device_is_refused(self) -> None:
        with pytest.raises(UnreadableError, match="is a device, not a file"):
            read("/dev/null")

    def test_a_socket_is_refused(self, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(book)
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind("socket.yaml")
            with pytest.raises(UnreadableError):
                read("socket.yaml")

    def test_a_link_in_a_circle_is_refused(self, book: Path) -> None:
        (book / "circle.yaml").symlink_to("circle.yaml")
        with pytest.raises(UnreadableError, match="cannot be read"):
            read(book / "circle.yaml")

    def test_a_failing_disk_is_said(self, book: Path) -> None:
        calls = 0
        for number in range(1, 5):
            disk = WatchedDisk(faults.failing(errno.EIO, number, lasting=False))
            with pytest.raises(UnreadableError, match="Input/output error"):
                read(book / A, disk=disk)
            calls = len(disk.calls)
        assert calls == 4

    def test_writes_nothing(self, book: Path) -> None:
        store = Store(book)
        assert store.read(A) == OLD
        assert (store.peek_undo(), store.peek_redo(), list(store.history())) == (None, None, [])
        assert (store.recovered(), store.leftovers()) == ([], [])
        assert not (book / ".claimbook").exists()


class TestSaving:
    def test_replaces_creates_removes_and_renames(self, book: Path) -> None:
        with Store(book).transaction("all of it") as change:
            change.replace(A, NEW, OLD)
            change.create(C, NEW)
            change.remove(B, OLD)
            change.rename(D, E, OLD)
        assert files(book) == {A: NEW, C: NEW, E: OLD}
        assert leftovers(book) == {}

    def test_on_a_disk_without_an_exchange_of_names_too(self, book: Path) -> None:
        faults.bulk(Store(book, disk=faults.PlainDisk()))
        assert files(book) == {A: NEW, B: NEW, C: NEW, E: OLD}
        assert leftovers(book) == {}

    def test_and_on_one_without_links(self, book: Path) -> None:
        class Linkless(Disk):
            def link(self, old: str, new: str) -> None:
                raise OSError(errno.EPERM, os.strerror(errno.EPERM), old, None, new)

        faults.bulk(Store(book, disk=Linkless()))
        Store(book, disk=Linkless()).undo()
        assert files(book) == {A: OLD, B: OLD, D: OLD}
        assert leftovers(book) == {}

    def test_on_one_with_neither_it_refuses(self, book: Path) -> None:
        class Poor(faults.PlainDisk):
            def link(self, old: str, new: str) -> None:
                raise OSError(errno.EPERM, os.strerror(errno.EPERM), old, None, new)

        with pytest.raises(NotWritableError, match="nothing was written"):
            faults.replace(Store(book, disk=Poor()))
        assert files(book) == {A: OLD, B: OLD, D: OLD}

    def test_takes_absolute_paths_and_relative_ones(self, book: Path) -> None:
        with quick(book).transaction("two") as change:
            change.replace(book / A, NEW, OLD)
            change.replace(Path(B), NEW, OLD)
        assert files(book) == {A: NEW, B: NEW, D: OLD}

    def test_keeps_the_permission_bits(self, book: Path) -> None:
        (book / A).chmod(0o640)
        faults.replace(quick(book))
        assert stat.S_IMODE((book / A).stat().st_mode) == 0o640

    def test_a_renamed_file_keeps_them_too(self, book: Path) -> None:
        (book / A).chmod(0o600)
        faults.rename(quick(book))
        assert stat.S_IMODE((book / E).stat().st_mode) == 0o600

    def test_keeps_the_owner_where_it_may(self, book: Path) -> None:
        try:
            os.chown(book / A, 12345, 54321)
        except PermissionError:
            pytest.skip("only the superuser can give files away")
        faults.replace(quick(book))
        assert ((book / A).stat().st_uid, (book / A).stat().st_gid) == (12345, 54321)

    def test_and_saves_where_it_may_not(self, book: Path) -> None:
        class Common(Disk):
            def fstat(self, fd: int) -> os.stat_result:
                real = list(super().fstat(fd))
                real[5] += 1
                return os.stat_result(real)

            def chown(self, fd: int, uid: int, gid: int) -> None:
                raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), (fd, uid, gid))

        with Store(book, disk=Common()).transaction("save") as change:
            change.create(E, NEW)
        assert files(book)[E] == NEW

    def test_syncs_the_new_version_before_it_is_seen_and_the_folder_before_it_returns(
        self, book: Path
    ) -> None:
        disk = WatchedDisk()
        faults.replace(Store(book, disk=disk))
        calls = [name for name in disk.calls if name in ("fsync", "exchange", "unlink")]
        assert calls == ["fsync", "exchange", "fsync", "unlink"]

    def test_leaves_a_file_alone_that_comes_out_as_it_went_in(self, book: Path) -> None:
        before = (book / A).stat()
        with Store(book).transaction("nothing") as change:
            change.replace(A, OLD, OLD)
        assert (book / A).stat() == before
        assert change.step is None
        assert quick(book).peek_undo() is None

    def test_sees_in_a_transaction_what_will_be_there(self, book: Path) -> None:
        with quick(book).transaction("twice") as change:
            assert change.read(A) == OLD
            change.replace(A, NEW, OLD)
            assert change.read(A) == NEW
            change.replace(A, NEW + NEW, NEW)
            change.create(E, OLD)
            change.remove(E, OLD)
            assert change.read(E) is None
        assert files(book) == {A: NEW + NEW, B: OLD, D: OLD}

    def test_writes_nothing_after_an_exception(self, book: Path) -> None:
        with suppress(ZeroDivisionError), quick(book).transaction("none") as change:
            change.replace(A, NEW, OLD)
            raise ZeroDivisionError
        assert files(book) == {A: OLD, B: OLD, D: OLD}
        assert quick(book).peek_undo() is None

    def test_makes_a_folder_of_its_own_that_git_ignores(self, book: Path) -> None:
        faults.replace(quick(book))
        assert (book / ".claimbook" / ".gitignore").read_bytes() == b"*\n"

    def test_finds_the_book_behind_a_link(self, book: Path, tmp_path: Path) -> None:
        (tmp_path / "shortcut").symlink_to(book)
        faults.replace(quick(tmp_path / "shortcut"))
        assert files(book)[A] == NEW


class TestLinks:
    def test_a_link_inside_the_book_stays_and_its_target_is_saved(self, book: Path) -> None:
        (book / A).unlink()
        (book / A).symlink_to("b.yaml")
        faults.replace(quick(book))
        assert (book / A).is_symlink()
        assert (book / B).read_bytes() == NEW
        assert quick(book).undo().files == (B,)
        assert (book / B).read_bytes() == OLD

    def test_a_linked_folder_inside_the_book_is_followed(self, book: Path) -> None:
        (book / "archive").mkdir()
        (book / "archive" / "x.yaml").write_bytes(OLD)
        (book / "claims" / "old").symlink_to("../archive")
        with quick(book).transaction("through a link") as change:
            change.replace("claims/old/x.yaml", NEW, OLD)
        assert (book / "archive" / "x.yaml").read_bytes() == NEW

    def test_a_second_name_of_the_file_keeps_the_old_version(self, book: Path) -> None:
        (book / "backup.yaml").hardlink_to(book / A)
        faults.replace(quick(book))
        assert (files(book)[A], files(book)["backup.yaml"]) == (NEW, OLD)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who has a file open for writing")
class TestWritersInPlace:
    """Somebody who has the file open for writing, and writes to it whatever has become of its name."""

    def test_one_who_is_about_to_write_is_waited_for_and_nothing_is_lost(self, book: Path) -> None:
        editor = (book / A).open("r+b", buffering=0)

        class Patient(Disk):
            def pause(self, seconds: float) -> None:
                del seconds
                if not editor.closed:
                    editor.write(b"by hand\n")
                    editor.close()

        with pytest.raises(ConflictError) as caught:
            faults.replace(Store(book, disk=Patient()))

        assert (book / A).read_bytes().startswith(b"by hand\n")
        assert caught.value.found == (book / A).read_bytes()
        assert leftovers(book) == {}

    def test_one_who_opened_it_just_before_the_exchange_is_too(self, book: Path) -> None:
        opened: list[BinaryIO] = []

        def open_it(_: int, name: str) -> None:
            if name == "exchange" and not opened:
                opened.append((book / A).open("r+b"))

        class Patient(WatchedDisk):
            def pause(self, seconds: float) -> None:
                del seconds
                if not opened[0].closed:
                    opened[0].write(b"by hand\n")
                    opened[0].close()

        with pytest.raises(ConflictError):
            faults.replace(Store(book, disk=Patient(open_it)))

        assert (book / A).read_bytes().startswith(b"by hand\n")

    def test_one_who_never_closes_it_is_named_a_reason(self, book: Path) -> None:
        with (
            (book / A).open("r+b"),
            pytest.raises(NotWritableError, match="is being written by another program; nothing was written"),
        ):
            faults.replace(quick(book))

        assert files(book) == {A: OLD, B: OLD, D: OLD}

    def test_readers_disturb_nobody(self, book: Path) -> None:
        with (book / A).open("rb"):
            faults.replace(quick(book))

        assert files(book)[A] == NEW
