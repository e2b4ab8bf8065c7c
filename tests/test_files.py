"""How files are read, what a save keeps, and what it refuses."""

import errno
import os
import socket
import stat
from contextlib import suppress
from pathlib import Path

import pytest

import faults
from claimbook.book.disk import Disk
from claimbook.book.errors import (
    BookFileError,
    ConflictError,
    DiskError,
    MissingError,
    NotWritableError,
    UnreadableError,
)
from claimbook.book.files import read, target_name, temporary_name
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

    @pytest.mark.skipif(os.geteuid() != 0, reason="only the superuser can give files away")
    def test_keeps_the_owner_where_it_may(self, book: Path) -> None:
        os.chown(book / A, 12345, 54321)
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


class TestRefusing:
    """Each time every file stays as it was, and the sentence says so."""

    @pytest.fixture(autouse=True)
    def _everything_stays(self, book: Path) -> object:
        yield
        for path in (book, book / "claims"):
            path.chmod(0o755)
        assert (book / B).read_bytes() == OLD
        assert leftovers(book) == {}
        assert quick(book).peek_undo() is None

    def refuse(self, book: Path, kind: type[BookFileError], words: str, file: str = A) -> BookFileError:
        """Try to change two files, and return why it was refused."""
        return self.refuse_all(book, kind, words, (B, NEW, OLD), (file, NEW, OLD))

    def refuse_all(
        self, book: Path, kind: type[BookFileError], words: str, *changes: tuple[str, bytes, bytes | None]
    ) -> BookFileError:
        """Try to make some changes together, and return why it was refused."""

        def save() -> None:
            with quick(book).transaction("some") as change:
                for path, new, expected in changes:
                    change.replace(path, new, expected)

        with pytest.raises(kind, match=words) as caught:
            save()
        return caught.value

    def test_a_file_that_says_something_else(self, book: Path) -> None:
        (book / A).write_bytes(b"by hand\n")
        error = self.refuse(
            book, ConflictError, "^claims/a.yaml changed on disk meanwhile; nothing was written"
        )
        assert isinstance(error, ConflictError)
        assert (error.expected, error.found, error.wanted) == (OLD, b"by hand\n", NEW)
        assert (book / A).read_bytes() == b"by hand\n"

    def test_a_file_that_is_gone(self, book: Path) -> None:
        (book / A).unlink()
        error = self.refuse(book, ConflictError, "^claims/a.yaml is gone meanwhile; nothing was written")
        assert isinstance(error, ConflictError)
        assert error.found is None

    def test_a_new_file_that_exists(self, book: Path) -> None:
        self.refuse_all(book, ConflictError, "exists already", (B, NEW, OLD), (A, NEW, None))
        assert (book / A).read_bytes() == OLD

    def test_a_new_name_that_is_taken(self, book: Path) -> None:
        (book / E).write_bytes(NEW)
        with pytest.raises(ConflictError, match=r"e\.yaml exists already"):
            faults.rename(quick(book))
        assert files(book) == {A: OLD, B: OLD, D: OLD, E: NEW}

    def test_two_changes_of_one_transaction_that_contradict_each_other(self, book: Path) -> None:
        self.refuse_all(book, ConflictError, "changed", (A, NEW, OLD), (A, b"other\n", OLD))

    def test_a_read_only_file(self, book: Path) -> None:
        (book / A).chmod(0o444)
        self.refuse(book, NotWritableError, "^claims/a.yaml is read-only; nothing was written. Allow writing")

    def test_a_file_that_its_owner_may_not_write(self, book: Path) -> None:
        (book / A).chmod(0o464)
        self.refuse(book, NotWritableError, "read-only")

    def test_removing_a_read_only_file(self, book: Path) -> None:
        (book / A).chmod(0o400)
        with pytest.raises(NotWritableError, match="read-only"):
            faults.remove(quick(book))
        assert (book / A).read_bytes() == OLD

    def test_a_file_in_a_read_only_folder(self, book: Path) -> None:
        (book / "claims").chmod(0o555)
        self.refuse(book, NotWritableError, "^claims/.*lies in a read-only folder; nothing was written")

    def test_a_new_file_in_one(self, book: Path) -> None:
        (book / "claims").chmod(0o555)
        with pytest.raises(NotWritableError, match="read-only folder"):
            faults.create(quick(book))

    def test_a_book_in_one(self, book: Path) -> None:
        book.chmod(0o555)
        self.refuse(book, NotWritableError, "read-only folder")

    def test_a_link_out_of_the_book(self, book: Path, tmp_path: Path) -> None:
        outside = tmp_path / "outside.yaml"
        outside.write_bytes(OLD)
        (book / A).unlink()
        (book / A).symlink_to(outside)
        self.refuse(book, NotWritableError, "^claims/a.yaml leads out of the book")
        assert outside.read_bytes() == OLD

    def test_a_folder_that_leads_out_of_the_book(self, book: Path, tmp_path: Path) -> None:
        outside = make_book(tmp_path / "outside")
        (book / "claims" / "old").symlink_to(outside / "claims")
        self.refuse(book, NotWritableError, "leads out of the book", "claims/old/a.yaml")
        assert (outside / A).read_bytes() == OLD

    @pytest.mark.parametrize(
        "path",
        [
            "../a.yaml",
            "/etc/passwd",
            "claims/../../a.yaml",
            "",
            ".",
            ".git/config",
            ".claimbook/lock",
            "a/.b/c",
            "a\0b",
        ],
    )
    def test_a_path_that_leads_out_or_into_hidden_folders(self, book: Path, path: str) -> None:
        self.refuse(book, NotWritableError, "nothing was written", path)

    def test_a_link_into_a_hidden_folder(self, book: Path) -> None:
        (book / ".git").mkdir()
        (book / ".git" / "config").write_bytes(OLD)
        (book / A).unlink()
        (book / A).symlink_to("../.git/config")
        self.refuse(book, NotWritableError, "leads into a hidden folder, .git/config")

    def test_a_folder_a_pipe_and_a_circle(self, book: Path) -> None:
        (book / "folder.yaml").mkdir()
        os.mkfifo(book / "pipe.yaml")
        (book / "circle.yaml").symlink_to("circle.yaml")
        self.refuse(book, NotWritableError, "is a folder, not a file", "folder.yaml")
        self.refuse(book, NotWritableError, "is a named pipe, not a file", "pipe.yaml")
        self.refuse(book, NotWritableError, "is a symbolic link, not a file", "circle.yaml")

    def test_a_file_where_a_folder_should_be(self, book: Path) -> None:
        with (
            pytest.raises(NotWritableError, match="cannot lie in a file"),
            quick(book).transaction("new") as change,
        ):
            change.create("claims/a.yaml/b.yaml", NEW)

    def test_a_name_that_is_too_long(self, book: Path) -> None:
        with pytest.raises(DiskError, match="File name too long"), quick(book).transaction("new") as change:
            change.create(f"claims/{'a' * 250}.yaml", NEW)

    def test_a_book_whose_own_folder_is_a_link(self, book: Path, tmp_path: Path) -> None:
        (tmp_path / "elsewhere").mkdir()
        (book / ".claimbook").symlink_to(tmp_path / "elsewhere")
        self.refuse(book, NotWritableError, "^.claimbook is no folder; nothing was written")
        (book / ".claimbook").unlink()
        assert list((tmp_path / "elsewhere").iterdir()) == []

    def test_a_book_that_is_not_there(self, book: Path, tmp_path: Path) -> None:
        with pytest.raises(DiskError, match="No such file"):
            faults.replace(quick(tmp_path / "nowhere"))
        assert book.exists()

    def test_and_says_that_the_disk_is_full(self, book: Path) -> None:
        faults.create(quick(book))
        quick(book).undo()

        def full(number: int, name: str) -> None:
            if name == "write":
                faults.failing(errno.ENOSPC, number, lasting=True)(number, name)

        with pytest.raises(DiskError) as caught:
            faults.replace(Store(book, disk=WatchedDisk(full)))
        assert str(caught.value) == (
            "claims/a.yaml could not be written (No space left on device); nothing was written. "
            "Make room on the disk and try again."
        )


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


class TestLeftOvers:
    def test_a_temporary_name_hides_is_no_yaml_and_tells_its_target(self) -> None:
        name = Path(temporary_name("/book/claims/a.b.yaml")).name
        assert name.startswith(".")
        assert not name.endswith((".yaml", ".yml", ".md"))
        assert target_name(name) == "a.b.yaml"

    @pytest.mark.parametrize(
        "name", ["a.yaml", ".a.yaml", ".a.yaml.swp", ".a.yaml.012.claimbook", ".claimbook"]
    )
    def test_other_names_are_none(self, name: str) -> None:
        assert target_name(name) is None

    @pytest.fixture
    def left(self, book: Path) -> Path:
        """Return a left-over of a save that a crash has cut short."""
        faults.create(quick(book))
        (book / ".claimbook" / "lock").write_bytes(b'{"boot": "before the power cut"}')
        return book / "claims" / ".a.yaml.0123456789ab.claimbook"

    def test_one_that_differs_from_its_target_is_kept_and_spoken_of(self, book: Path, left: Path) -> None:
        left.write_bytes(b"somebody's work\n")
        store = quick(book)
        faults.replace(store)
        (kept,) = store.recovered()
        assert kept.read_bytes() == b"somebody's work\n"
        assert kept.parent == book / ".claimbook" / "recovered" / "claims"
        assert len(store.notices) == 1
        assert f"another version of it is in {kept.relative_to(book)}" in store.notices[0]
        assert not left.exists()
        assert files(book)[A] == NEW

    @pytest.mark.parametrize("data", [OLD, b""])
    def test_one_that_is_superfluous_is_removed(self, book: Path, left: Path, data: bytes) -> None:
        left.write_bytes(data)
        store = quick(book)
        faults.replace(store)
        assert (store.recovered(), store.notices, leftovers(book)) == ([], [], {})

    def test_one_whose_target_is_gone_is_kept(self, book: Path, left: Path) -> None:
        left.write_bytes(OLD)
        (book / A).unlink()
        quick(book).recover()
        assert [path.read_bytes() for path in quick(book).recovered()] == [OLD]

    def test_they_are_listed_without_being_touched(self, book: Path, left: Path) -> None:
        left.write_bytes(NEW)
        assert Store(book).leftovers() == [left]
        assert left.read_bytes() == NEW

    def test_a_book_left_in_good_order_is_not_searched(self, book: Path) -> None:
        faults.create(quick(book))
        disk = WatchedDisk()
        faults.replace(Store(book, disk=disk))
        assert "scan" not in disk.calls

    def test_unless_somebody_asks_for_it(self, book: Path) -> None:
        faults.create(quick(book))
        (book / "claims" / ".a.yaml.0123456789ab.claimbook").write_bytes(NEW)
        quick(book).recover()
        assert [path.read_bytes() for path in quick(book).recovered()] == [NEW]

    def test_what_only_looks_like_one_is_left_alone(self, book: Path, left: Path) -> None:
        left.symlink_to("/etc/passwd")
        other = left.with_name(".b.yaml.0123456789ab.claimbook")
        other.mkdir()
        hidden = book / ".git"
        hidden.mkdir()
        (hidden / left.name).write_bytes(NEW)
        quick(book).recover()
        assert left.is_symlink()
        assert other.is_dir()
        assert (hidden / left.name).exists()
        assert quick(book).recovered() == []

    def test_one_on_another_file_system_is_copied(self, book: Path, left: Path) -> None:
        class Mounted(Disk):
            def rename(self, old: str, new: str) -> None:
                if "recovered" in new:
                    raise OSError(errno.EXDEV, os.strerror(errno.EXDEV), old, None, new)
                super().rename(old, new)

        left.write_bytes(NEW)
        store = Store(book, disk=Mounted())
        store.recover()
        assert [path.read_bytes() for path in store.recovered()] == [NEW]
        assert leftovers(book) == {}

    def test_one_that_cannot_be_moved_stops_no_save_and_is_said_each_time(
        self, book: Path, left: Path
    ) -> None:
        class Stubborn(Disk):
            def rename(self, old: str, new: str) -> None:
                if "recovered" in new:
                    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), old, None, new)
                super().rename(old, new)

        left.write_bytes(b"somebody's work\n")
        for new, old in ((NEW, OLD), (OLD, NEW)):
            store = Store(book, disk=Stubborn())
            with store.transaction("save") as change:
                change.replace(A, new, old)
            assert store.notices == ["What an earlier save left behind stays where it is: Permission denied"]
        faults.replace(quick(book))
        assert not left.exists()
