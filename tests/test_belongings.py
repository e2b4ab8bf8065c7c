"""What a file has besides its content, and a save keeps or refuses to lose: owner, rights, attributes."""

import errno
import os
import stat
import struct
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest

import faults
from claimbook.book.disk import Disk
from claimbook.book.errors import DiskError, NotWritableError
from claimbook.book.steps import decode
from claimbook.book.store import Store
from conftest import runner
from faults import NEW, OLD, A, B, D, E, PlainDisk, QuickDisk, files, leftovers, make_book, quick

if sys.platform != "linux":
    pytest.skip("only Linux has extended attributes in Python", allow_module_level=True)

ACL = "system.posix_acl_access"
DEFAULT = "system.posix_acl_default"
NOBODY = 0xFFFFFFFF
READ, WRITE = 4, 2


def access_list(user: int, may: int, group: int = 0) -> bytes:
    """Return an access list as Linux keeps it: the owner reads and writes, one more does what is said."""
    entries = [
        (1, READ | WRITE, NOBODY),
        (2, may, user),
        (4, group, NOBODY),
        (16, may, NOBODY),
        (32, 0, NOBODY),
    ]
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)


ANN_READS = access_list(12345, READ)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Return a book on a disk that keeps attributes and access lists."""
    root = make_book(tmp_path / "book")
    try:
        os.setxattr(root / A, ACL, ANN_READS)
        os.setxattr(root / A, "user.colour", b"red\0\xff")
    except OSError:
        pytest.skip("this file system keeps no access lists")
    return root


def had(path: Path) -> dict[str, bytes]:
    return {name: os.getxattr(path, name) for name in os.listxattr(path) if not name.startswith("security.")}


LISTED = {ACL: ANN_READS, "user.colour": b"red\0\xff"}


class TestKeeping:
    @pytest.mark.parametrize("disk", [QuickDisk, PlainDisk], ids=["exchange", "rename"])
    def test_a_save_keeps_attributes_and_access_lists(self, book: Path, disk: type[Disk]) -> None:
        faults.replace(Store(book, disk=disk()))

        assert files(book)[A] == NEW
        assert had(book / A) == LISTED
        assert stat.S_IMODE((book / A).stat().st_mode) == 0o640

    def test_so_does_a_new_name_and_its_undo(self, book: Path) -> None:
        faults.rename(quick(book))
        assert had(book / E) == LISTED

        quick(book).undo()
        assert had(book / A) == LISTED

        quick(book).redo()
        assert had(book / E) == LISTED

    def test_so_does_a_file_that_was_removed_and_comes_back(self, book: Path) -> None:
        faults.remove(quick(book))
        quick(book).undo()

        assert had(book / A) == LISTED
        assert stat.S_IMODE((book / A).stat().st_mode) == 0o640

    def test_so_does_a_failure_that_is_taken_back(self, book: Path) -> None:
        def late(_: int, name: str) -> None:
            if name == "unlink":
                raise OSError(errno.EIO, os.strerror(errno.EIO))

        faults.replace(Store(book, disk=faults.WatchedDisk(late)))
        quick(book).recover()
        assert had(book / A) == LISTED

    def test_a_list_that_new_files_get_in_this_folder_lets_nobody_else_in(self, book: Path) -> None:
        os.setxattr(book / "claims", DEFAULT, access_list(54321, READ | WRITE))
        faults.replace(quick(book))
        with quick(book).transaction("b") as change:
            change.replace(B, NEW, OLD)

        assert had(book / A) == LISTED
        assert had(book / B) == {}

    def test_a_new_file_gets_it(self, book: Path) -> None:
        os.setxattr(book / "claims", DEFAULT, access_list(54321, READ | WRITE))
        with quick(book).transaction("new") as change:
            change.create(E, NEW)

        assert ACL in had(book / E)

    def test_a_merge_keeps_them(
        self, book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.chdir(book / "claims")
        Path("b.yaml").write_bytes(NEW)

        assert runner(capsys)("merge-driver", "d.yaml", "a.yaml", "b.yaml", "x.yaml").code == 0
        assert Path("a.yaml").read_bytes() == NEW
        assert had(Path("a.yaml")) == LISTED

    def test_a_new_name_keeps_the_bits_whatever_new_files_get(self, book: Path) -> None:
        (book / D).chmod(0o664)
        earlier = os.umask(0o077)
        try:
            with quick(book).transaction("rename") as change:
                change.rename(D, E, OLD)
        finally:
            os.umask(earlier)

        assert stat.S_IMODE((book / E).stat().st_mode) == 0o664

    def test_the_journal_tells_nobody_what_a_list_lets_one_read(self, book: Path) -> None:
        faults.replace(quick(book))
        entry = next((book / ".claimbook" / "journal").iterdir())

        assert stat.S_IMODE(entry.stat().st_mode) == 0o600

    def test_and_cannot_ask_for_an_attribute_of_the_system(self, book: Path) -> None:
        faults.remove(quick(book))
        entry = next((book / ".claimbook" / "journal").iterdir())
        _, head, rest = entry.read_bytes().split(b"\n", 2)
        evil = head.replace(b"user.colour", b"trusted.colour") + b"\n" + rest
        sealed = b"claimbook-step-1 %08x\n" % zlib.crc32(evil) + evil

        change = decode(1, sealed, undone=False).changes[0]
        assert change.belongings is not None
        assert dict(change.belongings.attributes) == {ACL: ANN_READS}


class TestOwners:
    def save(self, book: Path, given: Callable[[int, int], bool]) -> None:
        """Save as somebody who may give files only to some user and group."""

        class Common(QuickDisk):
            def fstat(self, fd: int) -> os.stat_result:
                real = list(super().fstat(fd))
                real[4], real[5] = real[4] + 1, real[5] + 1
                return os.stat_result(real)

            def chown(self, fd: int, uid: int, gid: int) -> None:
                if not given(uid, gid):
                    raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), fd)

        faults.replace(Store(book, disk=Common()))

    def test_where_the_user_cannot_be_kept_but_the_group_can_it_is_saved(self, book: Path) -> None:
        self.save(book, lambda uid, _: uid == -1)

        assert files(book)[A] == NEW

    def test_where_the_group_cannot_either_it_is_refused(self, book: Path) -> None:
        with pytest.raises(NotWritableError) as caught:
            self.save(book, lambda *_: False)

        assert str(caught.value) == (
            "claims/a.yaml may not be written (its group cannot be kept: Operation not permitted); "
            "nothing was written. See who may write there, and on what it lies."
        )
        assert files(book)[A] == OLD
        assert leftovers(book) == {}

    def test_a_renamed_file_keeps_them(self, book: Path) -> None:
        try:
            os.chown(book / A, 12345, 54321)
        except PermissionError:
            pytest.skip("only the superuser can give files away")
        faults.rename(quick(book))
        assert ((book / E).stat().st_uid, (book / E).stat().st_gid) == (12345, 54321)
        quick(book).undo()
        assert ((book / A).stat().st_uid, (book / A).stat().st_gid) == (12345, 54321)


class TestRefusing:
    """What cannot be kept is not dropped: the save is refused, and says why."""

    def refuse(self, book: Path, method: str, name: str, code: int) -> str:
        real = getattr(Disk, method)

        def call(self: Disk, file: str | int, *rest: object) -> object:
            if rest[:1] == (name,):
                raise OSError(code, os.strerror(code))
            return real(self, file, *rest)

        with patch.object(Disk, method, call), pytest.raises((NotWritableError, DiskError)) as caught:
            faults.replace(quick(book))
        assert files(book)[A] == OLD
        assert had(book / A) == LISTED
        assert leftovers(book) == {}
        return str(caught.value)

    def test_an_access_list_that_cannot_be_given(self, book: Path) -> None:
        said = self.refuse(book, "set_attribute", ACL, errno.EPERM)
        assert said.startswith(
            "claims/a.yaml may not be written "
            "(its access list (ACL) cannot be kept: Operation not permitted); nothing was written."
        )

    def test_an_attribute_that_there_is_no_room_for(self, book: Path) -> None:
        said = self.refuse(book, "set_attribute", "user.colour", errno.ENOSPC)
        assert "(its attribute user.colour cannot be kept: No space left on device)" in said
        assert said.endswith("Make room on the disk and try again.")

    def test_one_that_cannot_be_read(self, book: Path) -> None:
        assert "its attribute user.colour cannot be kept" in self.refuse(
            book, "attribute", "user.colour", errno.EIO
        )

    def test_a_list_of_the_folder_that_cannot_be_taken_away(self, book: Path) -> None:
        os.removexattr(book / A, ACL)
        os.setxattr(book / "claims", DEFAULT, access_list(54321, READ))
        with patch.dict(LISTED, clear=True, **{"user.colour": LISTED["user.colour"]}):
            said = self.refuse(book, "remove_attribute", ACL, errno.EPERM)
        assert "its access list (ACL) cannot be kept" in said


class TestGoingOn:
    """What nobody can keep, or nobody has to, keeps nobody from saving."""

    def save(self, book: Path, method: str, code: int, name: str | None = None) -> None:
        real = getattr(Disk, method)

        def call(self: Disk, file: str | int, *rest: object) -> object:
            if name is None or rest[:1] == (name,):
                raise OSError(code, os.strerror(code))
            return real(self, file, *rest)

        with patch.object(Disk, method, call):
            faults.replace(quick(book))
        assert files(book)[A] == NEW

    def test_a_disk_without_attributes(self, book: Path) -> None:
        self.save(book, "attributes", errno.EOPNOTSUPP)

    def test_an_attribute_that_somebody_takes_away_meanwhile(self, book: Path) -> None:
        self.save(book, "attribute", errno.ENODATA, "user.colour")
        assert had(book / A) == {ACL: ANN_READS}

    def test_an_attribute_of_the_system_that_only_some_may_set(self, book: Path) -> None:
        try:
            os.setxattr(book / A, "trusted.mark", b"1")
        except PermissionError:
            pytest.skip("only the superuser sees them")
        self.save(book, "set_attribute", errno.EPERM, "trusted.mark")
        assert had(book / A) == LISTED

    def test_a_system_on_which_python_knows_of_none(self, book: Path) -> None:
        with patch.object(sys, "platform", "darwin"):
            faults.replace(quick(book))
        assert files(book)[A] == NEW
