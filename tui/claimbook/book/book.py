"""A book in memory: its articles and claims as they were read, broken ones included."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from os.path import lexists
from pathlib import Path

from claimbook.book.article import Article, read_article
from claimbook.book.brought import Changes
from claimbook.book.entry import Entry, load_entry, unread_entry
from claimbook.book.errors import BookFileError, MissingError, UnreadableError
from claimbook.book.files import read
from claimbook.book.listing import link_to_nowhere, listed, stray, twin
from claimbook.book.places import ARTICLES, CLAIMS, SETTINGS
from claimbook.book.refusals import BrokenRecord, NoSuchClaim
from claimbook.book.settings import Settings
from claimbook.record.diagnostics import Diagnostic
from claimbook.record.model import Claim, Evidence, Source
from claimbook.record.shapes import nearest
from claimbook.record.summary import ArticleFacts, Summary
from claimbook.text import one_line


@dataclass(frozen=True, slots=True)
class Shelved:
    """An article file as it was read."""

    id: str
    """The file's stem."""
    file: str
    """The path relative to the book."""
    digest: bytes
    """SHA-256 of the bytes."""
    article: Article | None
    """What it holds; None where its front matter cannot be read."""
    diagnostics: tuple[Diagnostic, ...]
    """What is wrong with it."""


class Book:
    """A folder of articles and claims.

    Loading never raises for what files say: a file that cannot be read is an entry with errors.
    """

    def __init__(self, root: Path) -> None:
        """Take a folder and read nothing yet; see `open`."""
        self.root = root
        """The folder."""
        self.settings = Settings()
        """The book's own settings."""
        self.articles: Mapping[str, Article] = {}
        """The articles that can be read, by id."""
        self.shelf: Mapping[str, Shelved] = {}
        """All article files, by path."""
        self.entries: Mapping[str, Entry] = {}
        """All claim files, by path, sorted."""
        self._has_settings = False
        self.facts: Mapping[str, ArticleFacts] = {}
        """What the front matter of the articles that can be read says, by id."""
        self.notices: list[str] = []
        """What saves found that a person should know; whoever shows them empties the list."""
        self.stray: list[Diagnostic] = []
        """What is wrong with names, settings and things that are no records."""

    @classmethod
    def open(cls, root: Path) -> "Book":
        """Read a whole book."""
        book = cls(root)
        book.refresh()
        return book

    @property
    def name(self) -> str:
        """The folder's name."""
        return one_line(self.root.resolve().name)

    @property
    def summaries(self) -> list[Summary]:
        """The facts of every record that can be read."""
        return [entry.summary for entry in self.entries.values() if entry.summary]

    @property
    def broken(self) -> list[Entry]:
        """The claim files that cannot be read."""
        return [entry for entry in self.entries.values() if entry.claim is None]

    @property
    def ids(self) -> dict[str, str]:
        """The ids of all claim files, each with the last file that has it."""
        return {entry.id: entry.file for entry in self.entries.values()}

    def like_named(self, identifier: str) -> list[str]:
        """Return the files whose id is this one, or differs from it only in case."""
        folded = identifier.casefold()
        return [entry.file for entry in self.entries.values() if entry.id.casefold() == folded]

    def pointing(self, identifier: str) -> list[Entry]:
        """Return the claims with a relation to an id, in the order of their files."""
        return [
            entry
            for entry in self.entries.values()
            if entry.claim and any(relation.to == identifier for relation in entry.claim.relations)
        ]

    def quoting(self, article: str) -> list[Entry]:
        """Return the claims that name an article, in the order of their files."""
        named = {entry.file: _named(entry.claim) for entry in self.entries.values() if entry.claim}
        return [self.entries[file] for file, names in named.items() if article in names]

    def entry(self, identifier: str) -> Entry:
        """Return the entry of a claim, broken or not.

        Raises:
            NoSuchClaim: where no file has this id.
        """
        for entry in self.entries.values():
            if entry.id == identifier:
                return entry
        raise NoSuchClaim(identifier, nearest(identifier, self.ids))

    def whole(self, identifier: str) -> Entry:
        """Return the entry of a claim whose record can be read.

        Raises:
            NoSuchClaim: where no file has this id.
            BrokenRecord: where it cannot be read.
        """
        entry = self.entry(identifier)
        if entry.claim is None:
            first = entry.errors[0]
            raise BrokenRecord(first.place, first.message)
        return entry

    def article(self, identifier: str) -> Article:
        """Return an article.

        Raises:
            NoSuchClaim: where no article has this id.
            BrokenRecord: where it cannot be read.
        """
        with suppress(KeyError):  # it may be known, and not have been read when it was asked for
            return self.articles[identifier]
        for shelved in self.shelf.values():
            if shelved.id == identifier:
                if shelved.article is not None:
                    return shelved.article
                raise BrokenRecord(shelved.diagnostics[0].place, shelved.diagnostics[0].message)
        raise NoSuchClaim(identifier, nearest(identifier, self.articles), "article")

    def refresh(self) -> Changes:
        """Hold the folder against what was read, read what is new, and say what came of it."""
        self.stray = []
        changes = Changes()
        self._refresh_settings()
        fresh = self._refresh_articles(changes)
        self._refresh_claims(changes, again=fresh)
        return changes

    def adopt(self, file: str, data: bytes | None) -> None:
        """Take over what a claim file is known to hold now, None for nothing, without a look at the disk."""
        entries = dict(self.entries)
        if data is None:
            entries.pop(file, None)
        else:
            entries[file] = load_entry(file, data, self.articles, self.facts)
        self.entries = dict(sorted(entries.items()))

    def _refresh_settings(self) -> None:
        # Most books have no settings, and a file that never was needs no second look.
        file = self.root / SETTINGS
        if not self._has_settings and not lexists(file):
            return
        try:
            data = read(file, name=SETTINGS)
        except MissingError:
            self.settings, self._has_settings = Settings(), False
            if file.is_symlink():
                self.stray.append(link_to_nowhere(SETTINGS))
            return
        except UnreadableError as error:
            self.stray.append(stray(SETTINGS, "encoding", str(error)))
            return
        from claimbook.book.settingsfile import read_settings  # noqa: PLC0415 - a model that most do without

        self._has_settings = True
        settings, wrong = read_settings(data, SETTINGS)
        self.stray += wrong
        if settings is not None:
            self.settings = settings

    def _refresh_articles(self, changes: Changes) -> bool:
        """Read new and changed articles; tell whether any is other than it was."""
        before = self.shelf
        shelf = {}
        for file, data in self._files(ARTICLES, ".md"):
            known = before.get(file)
            digest = digest_of(data)
            shelf[file] = known if known and known.digest == digest else _shelve(file, data, digest)
        self.shelf = shelf
        _compare(before, self.shelf, changes)
        self.articles = {item.id: item.article for item in self.shelf.values() if item.article}
        self.facts = {
            identifier: ArticleFacts(article.head.publisher, article.head.date, article.is_changed)
            for identifier, article in self.articles.items()
        }
        return before != self.shelf

    def _refresh_claims(self, changes: Changes, *, again: bool) -> None:
        before = self.entries
        entries: dict[str, Entry] = {}
        for file, data in self._files(CLAIMS, ".yaml"):
            known = before.get(file)
            if known and known.digest == digest_of(data) and not again:
                entries[file] = known
            elif isinstance(data, bytes):
                entries[file] = load_entry(file, data, self.articles, self.facts)
            else:
                entries[file] = unread_entry(stray(file, "encoding", data), digest_of(data))
        self.entries = dict(sorted(entries.items()))
        _compare(before, self.entries, changes)
        self._find_twins()

    def _files(self, top: str, ending: str) -> Iterator[tuple[str, bytes | str]]:
        """Yield what the files of a folder hold, or why one cannot be read, and note what is no such file."""
        for item in listed(self.root, top, ending):
            if isinstance(item, Diagnostic):
                self.stray.append(item)
                continue
            try:
                yield item.file, read(self.root / item.file, name=item.file)
            except MissingError:
                continue
            except BookFileError as error:
                yield item.file, str(error)

    def _find_twins(self) -> None:
        first: dict[str, Entry] = {}
        for entry in self.entries.values():
            other = first.setdefault(entry.id.casefold(), entry)
            if other is not entry:
                self.stray.append(twin(entry.file, other.file))


def _named(claim: Claim) -> set[str]:
    parts: tuple[Source | Evidence, ...] = (*claim.sources, *claim.evidence)
    return {part.article for part in parts if part.article}


def digest_of(data: bytes | str) -> bytes:
    """Return the SHA-256 of what a file holds, or of why it cannot be read."""
    return sha256(data if isinstance(data, bytes) else data.encode(errors="surrogateescape")).digest()


def read_shelved(root: Path, file: str) -> Shelved | None:
    """Read one article's file, None where there is none; a file that cannot be read says why."""
    try:
        data: bytes | str = read(root / file, name=file)
    except MissingError:
        return None
    except BookFileError as error:
        data = str(error)
    return _shelve(file, data, digest_of(data))


def _shelve(file: str, data: bytes | str, digest: bytes) -> Shelved:
    identifier = file.rsplit("/", 1)[-1].removesuffix(".md")
    if isinstance(data, str):
        return Shelved(identifier, file, digest, None, (stray(file, "encoding", data),))
    reading = read_article(data, file)
    return Shelved(identifier, file, digest, reading.article, tuple(reading.diagnostics))


def _compare(
    before: Mapping[str, Entry | Shelved], after: Mapping[str, Entry | Shelved], changes: Changes
) -> None:
    changes.removed += [file for file in before if file not in after]
    for file, item in after.items():
        if file not in before:
            changes.added.append(file)
        elif before[file].digest != item.digest:
            changes.changed.append(file)
