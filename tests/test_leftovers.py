"""What a killed save leaves behind, and how none of it is lost."""

import errno
import os
from pathlib import Path

import pytest

import faults
from claimbook.book.disk import Disk
from claimbook.book.files import target_name, temporary_name
from claimbook.book.store import Store
from faults import NEW, OLD, A, WatchedDisk, files, leftovers, make_book, quick


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return make_book(tmp_path / "book")


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
        assert f"a version that would have been lost is in {kept.relative_to(book)}." in store.notices[0]
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
