"""Giving a claim another id: its file moves within its folder, and whoever points to it follows."""

from collections.abc import Collection
from dataclasses import dataclass

from claimbook.book.book import Book
from claimbook.book.drafting import checked_id
from claimbook.book.entry import Entry
from claimbook.book.refusals import Refused
from claimbook.book.saving import Draft, drafts_of
from claimbook.book.store import Store
from claimbook.record.changes import Change, SetField
from claimbook.text import one_line


@dataclass(frozen=True, slots=True)
class Renaming:
    """What a renaming does, or has done."""

    old: str
    """The path that the claim had."""
    new: str
    """The path that it gets."""
    drafts: tuple[Draft, ...]
    """Files whose text changes, by the path that they have before."""
    left_alone: tuple[str, ...]
    """Files that name the old id and are not changed: they cannot be read, or share their id with another."""


def rename_claim(book: Book, identifier: str, new: str, *, dry_run: bool = False) -> Renaming:
    """Give a claim another id, as one step that can be undone.

    Raises:
        NoSuchClaim, BrokenRecord: where there is no such claim, or it cannot be read.
        Refused: where the new id is unfit or taken, or two files have the old one.
        EditRefused: where a relation cannot be changed surely.
        BookFileError: where the files cannot be written.
    """
    entry = _only(book, identifier)
    others = {name: file for name, file in book.ids.items() if file != entry.file}
    target = f"{entry.file.rpartition('/')[0]}/{checked_id(new, others)}.yaml"
    if target == entry.file:
        raise Refused(f"That is its id already: {new}. Nothing was written.")
    pointing = _pointing(book, entry, new)
    store = Store(book.root)
    if dry_run:
        drafts = drafts_of(book, pointing, store.read)
    else:
        with store.transaction(f"rename {entry.id} to {new}") as transaction:
            drafts = drafts_of(book, pointing, transaction.read)
            for draft in drafts:
                transaction.replace(draft.file, draft.after or b"", draft.before)
            data = transaction.read(entry.file)
            if data is None:
                raise Refused(f"{entry.file} is gone: nothing was written.")
            transaction.rename(entry.file, target, data)
        book.notices += store.notices
        book.refresh()
    left = _left_alone(book, entry.id, {draft.file for draft in drafts})
    return Renaming(entry.file, target, tuple(drafts), tuple(left))


def _only(book: Book, identifier: str) -> Entry:
    entry = book.whole(identifier)
    twins = book.like_named(entry.id)
    if len(twins) > 1:
        files = " and ".join(one_line(file) for file in twins)
        raise Refused(f"{files} have this id: rename one of the files by hand. Nothing was written.")
    return entry


def _pointing(book: Book, entry: Entry, new: str) -> dict[str, list[Change]]:
    """Return the changes to every claim that points to one, by id."""
    changing = {}
    for other in book.pointing(entry.id):
        relations = other.claim.relations if other.claim else []
        changes: list[Change] = [
            SetField(("relations", index, "to"), new)
            for index, relation in enumerate(relations)
            if relation.to == entry.id
        ]
        if changes and book.entry(other.id) is other:
            changing[other.id] = changes
    return changing


def _left_alone(book: Book, identifier: str, changed: Collection[str]) -> list[str]:
    """Return the files that may still name the old id: they cannot be read, or could not when it mattered."""
    texts = {entry.file: entry.document.source.text for entry in book.broken}
    broken = [file for file, text in texts.items() if not text or identifier in text]
    pointing = [entry.file for entry in book.pointing(identifier) if entry.file not in changed]
    return [*broken, *pointing]
