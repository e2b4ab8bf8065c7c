"""What a save refuses: each time every file stays as it was, and the sentence says so."""

import errno
import os
from pathlib import Path

import pytest

import faults
from claimbook.book.errors import (
    BookFileError,
    ConflictError,
    DiskError,
    NotWritableError,
)
from claimbook.book.store import Store
from faults import NEW, OLD, A, B, D, E, WatchedDisk, files, leftovers, make_book, quick


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return make_book(tmp_path / "book")


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

    def test_a_lock_file_that_is_a_link(self, book: Path, tmp_path: Path) -> None:
        (book / ".claimbook").mkdir()
        (book / ".claimbook" / "lock").symlink_to(tmp_path / "elsewhere")
        self.refuse(book, DiskError, "^.claimbook/lock could not be written")
        (book / ".claimbook" / "lock").unlink()
        assert not (tmp_path / "elsewhere").exists()

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
