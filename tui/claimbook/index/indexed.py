"""A book that reads of its files only what is looked at, and knows the rest from its index."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from claimbook.book.book import Book, Shelved, digest_of, read_shelved
from claimbook.book.brought import Changes
from claimbook.book.entry import Entry, load_entry, unread_entry
from claimbook.book.errors import BookFileError
from claimbook.book.files import read
from claimbook.book.listing import stray
from claimbook.book.places import CLAIMS
from claimbook.book.refusals import NoSuchClaim
from claimbook.index.deriving import Articles
from claimbook.index.index import Index
from claimbook.index.watch import Watch
from claimbook.record.shapes import nearest
from claimbook.record.summary import Summary

MOST_READ = 5_000
"""Claim files that are kept as they were read."""


class IndexedBook(Book):
    """A book behind an index that is up to date."""

    entries: "Entries"

    def __init__(self, root: Path, index: Index) -> None:
        """Take the folder and its index."""
        super().__init__(root)
        self._index = index
        self._take_over_index()

    @property
    def summaries(self) -> list[Summary]:
        """The facts of every record that can be read."""
        return list(self._index.summaries())

    @property
    def broken(self) -> list[Entry]:
        """The claim files that cannot be read."""
        return [self.entries[found.file] for found in self._index.broken()]

    @property
    def ids(self) -> dict[str, str]:
        """The ids of all claim files, each with the last file that has it."""
        return self._index.ids()

    def entry(self, identifier: str) -> Entry:
        """Return the entry of a claim, broken or not.

        Raises:
            NoSuchClaim: where no file has this id.
        """
        files = self._index.files_of(identifier)
        if not files:
            raise NoSuchClaim(identifier, nearest(identifier, self._index.ids()))
        return self.entries[files[0]]

    def like_named(self, identifier: str) -> list[str]:
        """Return the files whose id is this one, or differs from it only in case."""
        return self._index.like_named(identifier)

    def pointing(self, identifier: str) -> list[Entry]:
        """Return the claims with a relation to an id, in the order of their files."""
        return [self.entries[file] for file in self._index.pointing(identifier)]

    def quoting(self, article: str) -> list[Entry]:
        """Return the claims that name an article, in the order of their files."""
        return [self.entries[file] for file in self._index.quoting(article)]

    def refresh(self, watch: Watch | None = None) -> Changes:
        """Bring the index up to date, and forget what was read of files that are others now."""
        changes = self._index.bring_up(watch or Watch())
        self.forget(changes)
        return changes

    def refresh_some(self, files: Sequence[str]) -> Changes:
        """Do so for claim files that may be others now; where that is not enough, for all."""
        changes = self._index.take_over(files)
        if changes is None:
            return self.refresh()
        self.forget(changes)
        return changes

    def forget(self, changes: Changes) -> None:
        """Forget what was read of files that are others now."""
        files = [*changes.added, *changes.changed, *changes.removed]
        if any(not file.startswith(f"{CLAIMS}/") for file in files) or self._index.settings != self.settings:
            self._take_over_index()
            return
        for file in files:
            self.entries.forget(file)
        self.stray = self._index.stray()

    def load(self, file: str) -> Entry:
        """Return a claim file as it was read last, or as it is now, whether or not the index knows it."""
        return self.entries.load(file)

    def adopt(self, file: str, data: bytes | None) -> None:
        """Forget what a claim file held; the index learns of it later."""
        del data  # it is on the disk, and is read when somebody asks
        self.entries.forget(file)

    def _take_over_index(self) -> None:
        index = self._index
        self.settings = index.settings
        ground = index.ground()
        self.facts = dict(ground.facts)
        self.articles = Articles(self.root, ground.articles)
        self.shelf = _Shelf(self.root, index)
        self.entries = Entries(self.root, index, self)
        self.stray = index.stray()


class Entries(Mapping[str, Entry]):
    """The claim files of a book, each read when it is first asked for."""

    def __init__(self, root: Path, index: Index, book: IndexedBook) -> None:
        self._root = root
        self._index = index
        self._book = book
        self._read: dict[str, Entry] = {}

    def __getitem__(self, file: str) -> Entry:
        if file not in self._read and self._index.place_of(file) is None:
            raise KeyError(file)
        return self.load(file)

    def __contains__(self, file: object) -> bool:
        return isinstance(file, str) and self._index.place_of(file) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._index.files())

    def __len__(self) -> int:
        return len(self._index.files())

    def load(self, file: str) -> Entry:
        """Return a file as it was read last, or as it is now."""
        found = self._read.get(file)
        if found is None:
            if len(self._read) >= MOST_READ:
                self._read.clear()
            found = self._read[file] = self._load(file)
        return found

    def forget(self, file: str) -> None:
        """Read a file again when it is asked for."""
        self._read.pop(file, None)

    def _load(self, file: str) -> Entry:
        try:
            data = read(self._root / file, name=file)
        except BookFileError as error:
            return unread_entry(stray(file, "encoding", str(error)), digest_of(str(error)))
        return load_entry(file, data, self._book.articles, self._book.facts)


class _Shelf(Mapping[str, Shelved]):
    """The article files of a book, each read when it is asked for."""

    def __init__(self, root: Path, index: Index) -> None:
        self._root = root
        self._index = index

    def __getitem__(self, file: str) -> Shelved:
        found = read_shelved(self._root, file)
        if found is None:
            raise KeyError(file)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._index.article_files())

    def __len__(self) -> int:
        return len(self._index.article_files())
