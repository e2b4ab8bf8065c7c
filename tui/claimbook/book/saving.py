"""Changing the records of a book: read again under the lock, changed as text, read back, saved."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from claimbook.book.book import Book
from claimbook.book.combining import combined
from claimbook.book.entry import Entry
from claimbook.book.errors import ConflictError
from claimbook.book.places import CLAIMS
from claimbook.book.refusals import BrokenRecord, Overtaken, Refused
from claimbook.book.store import Store, Transaction
from claimbook.record.changes import Append, Change
from claimbook.record.editing import apply
from claimbook.record.model import Claim
from claimbook.record.nodes import Path, node_at, plain
from claimbook.record.quick import quick_record
from claimbook.record.reading import Document, read_record
from claimbook.record.refusal import EditRefused


@dataclass(frozen=True, slots=True)
class Draft:
    """One file as it is and as it is to be."""

    file: str
    """The path relative to the book."""
    before: bytes | None
    """What it holds; None where it is new."""
    after: bytes | None
    """What it is to hold; None where it is to go."""


Changing = Mapping[str, Sequence[Change]]
"""Changes by claim id."""


def change_claims(book: Book, title: str, changing: Changing, *, dry_run: bool = False) -> list[Draft]:
    """Apply changes to claims of a book, all or none, as one step that can be undone.

    Each file is read again under the lock: what a hand edit has put there since stays, and the change is
    applied to that. Where it cannot simply be, as items of a list may have moved or both added to one list,
    the two are merged. The book takes over what was written. With `dry_run` nothing is.

    Raises:
        NoSuchClaim, BrokenRecord: about a claim that cannot be changed.
        EditRefused: where the text cannot be changed surely.
        Overtaken: where a hand edit has changed the same value.
        Refused: where the record would not be valid any more.
        BookFileError: where the files cannot be written.
    """
    if dry_run:
        return drafts_of(book, changing, Store(book.root).read)
    return _write(book, title, lambda transaction: drafts_of(book, changing, transaction.read))


def drafts_of(book: Book, changing: Changing, read: Callable[[str], bytes | None]) -> list[Draft]:
    """Return what changes would make of the files that claims are in, as `read` finds these now.

    Raises:
        NoSuchClaim, BrokenRecord, EditRefused, Overtaken, Refused, BookFileError: as `change_claims` does.
    """
    entries = [book.entry(identifier) for identifier in changing]
    return [_draft(entry, _present(entry, read(entry.file)), changing[entry.id]) for entry in entries]


def save_drafts(book: Book, title: str, drafts: Sequence[Draft]) -> None:
    """Write records that were changed as whole texts, as one step that can be undone.

    What somebody else has changed in one since `before` is merged with it.

    Raises:
        Refused: where a result would not be a record.
        BookFileError: where both changed the same thing, or the disk does not take it.
    """
    for draft in drafts:
        _valid(draft.after or b"", draft.file)
    _write(book, title, lambda transaction: [_afresh(draft, transaction.read) for draft in drafts])


def create_files(book: Book, title: str, files: Mapping[str, bytes], *, dry_run: bool = False) -> list[Draft]:
    """Add files that must not be there yet, as one step that can be undone.

    Raises:
        BookFileError: where one is there, or the disk does not take it.
    """
    drafts = [Draft(file, None, data) for file, data in files.items()]
    if not dry_run:
        _write(book, title, lambda _: drafts)
        book.refresh()
    return drafts


def _write(book: Book, title: str, make: Callable[[Transaction], Sequence[Draft]]) -> list[Draft]:
    """Write drafts as one step, and have the book take them over.

    An editor that saves between our look at a file and the exchange is a conflict: then everything is made
    afresh from what is there now, twice at most.
    """
    store = Store(book.root)
    try:
        for again in (True, True, False):
            try:
                with store.transaction(title) as transaction:
                    drafts = list(make(transaction))
                    for draft in drafts:
                        transaction.replace(draft.file, draft.after or b"", draft.before)
            except ConflictError:
                if not again:
                    raise
            else:
                break
    finally:
        book.notices += store.notices
    for draft in drafts:
        if draft.file.startswith(f"{CLAIMS}/"):
            book.adopt(draft.file, draft.after)
    return drafts


def _present(entry: Entry, data: bytes | None) -> bytes:
    if data is None:
        raise Refused(f"{entry.file} is gone: nothing was written.")
    return data


def _draft(entry: Entry, data: bytes, changes: Sequence[Change]) -> Draft:
    """Change the text of a file as it is now, and make sure that the result is a record."""
    known = entry.document
    base = known.source.to_bytes(known.source.text)
    current = known if known.content is not None and base == data else read_record(data, entry.file)
    if current.content is None:
        first = next(item for item in current.diagnostics if item.is_error)
        raise BrokenRecord(first.place, first.message)
    after = _changed(known, base, current, data, changes)
    _valid(after, entry.file)
    return Draft(entry.file, data, after)


def _changed(
    known: Document[Claim], base: bytes, current: Document[Claim], data: bytes, changes: Sequence[Change]
) -> bytes:
    """Return a file with changes made: to what it holds now, or merged with that."""
    moved_on = base != data and known.root is not None
    if moved_on and any(isinstance(step, int) for change in changes for step in change.path):
        return _merged(known, base, data, changes)
    try:
        if moved_on:
            _not_overtaken(known, current, changes)
        return current.source.to_bytes(apply(current.source, changes))
    except Overtaken as error:
        if isinstance(error.mine, list) and isinstance(error.theirs, list):
            return _merged(known, base, data, changes, instead=error)
        with suppress(EditRefused):
            mine = known.source.to_bytes(apply(known.source, changes))
            error.texts = ConflictError(error.file, expected=base, found=data, wanted=mine)
        raise
    except EditRefused as error:
        if not moved_on:
            raise
        return _merged(known, base, data, changes, instead=error)


def _merged(
    known: Document[Claim],
    base: bytes,
    data: bytes,
    changes: Sequence[Change],
    *,
    instead: Exception | None = None,
) -> bytes:
    """Make changes to a file as it was loaded, and merge that with what it holds now."""
    try:
        mine = known.source.to_bytes(apply(known.source, changes))
        return combined(known.source.file, base=base, mine=mine, now=data)
    except (ConflictError, EditRefused) as error:
        if isinstance(instead, Overtaken) and isinstance(error, ConflictError):
            instead.texts = error
        raise (instead or error) from None


def _afresh(draft: Draft, read: Callable[[str], bytes | None]) -> Draft:
    """Return a draft for what its file holds now."""
    now = read(draft.file)
    if now is None or draft.before is None or draft.after is None:
        return draft
    after = combined(draft.file, base=draft.before, mine=draft.after, now=now)
    return Draft(draft.file, now, after)


def _not_overtaken(known: Document[Claim], current: Document[Claim], changes: Sequence[Change]) -> None:
    """Refuse to change a value that is other than it was when the change was thought of."""
    for change in changes:
        if isinstance(change, Append):
            continue
        old, new = _value(known, change.path), _value(current, change.path)
        wanted = getattr(change, "value", None)
        if new not in (old, wanted):
            raise Overtaken(f"{current.source.file}", change.path, wanted, new)


def _value(document: Document[Claim], path: Path) -> Any:
    node = None if document.root is None else node_at(document.root, path)
    return None if node is None else plain(node)


def _valid(data: bytes, file: str) -> None:
    """Refuse what would be no record; the quick reader tells of most that nothing is wrong."""
    if quick_record(data) is not None:
        return
    wrong = next((item for item in read_record(data, file).diagnostics if item.is_error), None)
    if wrong is not None:
        raise Refused(f"{wrong.message} Nothing was written.")
