"""The desk's one way to the book: reads it, changes it, and says what it looks like then.

Nothing here knows of screens, and every method may take its time: the desk calls them in a thread, one at a
time, and shows the views that they return.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any, Literal

from claimbook.app.view import Row, View
from claimbook.book.book import Book
from claimbook.book.drafting import NewClaim, new_claim
from claimbook.book.entry import Entry
from claimbook.book.errors import BookFileError, MissingError, UnreadableError
from claimbook.book.files import read
from claimbook.book.listing import Changes
from claimbook.book.refusals import BookError, Refused
from claimbook.book.saving import change_claims, create_files
from claimbook.book.steps import Step
from claimbook.book.store import Store
from claimbook.record.changes import Change
from claimbook.record.dates import PartialDate, today
from claimbook.record.diagnostics import Diagnostic
from claimbook.record.model import Claim
from claimbook.record.ratings import Rating
from claimbook.record.refusal import EditRefused
from claimbook.record.terms import Confidence
from claimbook.review.checks import check
from claimbook.review.filters import Standpoint
from claimbook.review.flags import flags
from claimbook.review.judging import verdict_changes
from claimbook.review.similar import Likeness, Likenesses

REFUSALS = (BookError, BookFileError, EditRefused)
"""What a change can end in without anything having been written; each says why, and what to do."""
_AT_A_TIME = 1000
"""Files that are held against the rules before anybody else gets a turn."""


class Left(BookError):  # noqa: N818 - reads as what happened
    """The desk was left while the book was being read."""


class Stoppable(Book):
    """A book whose reading can be watched and ended from another thread."""

    def __init__(self, root: Path, left: Event) -> None:
        super().__init__(root)
        self._left = left
        self.seen = 0
        """Files that were looked at in this reading."""

    def refresh(self) -> Changes:
        """Hold the folder against what was read."""
        self.seen = 0
        return super().refresh()

    def _files(self, top: str, ending: str) -> Iterator[tuple[str, bytes | str]]:
        for item in super()._files(top, ending):
            if self._left.is_set():
                raise Left("The desk was left while it was reading.")
            self.seen += 1
            yield item


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict as a reviewer gives it."""

    rating: Rating
    """What the claim is found to be."""
    why: str
    """The reason."""
    by: str
    """The reviewer."""
    as_of: PartialDate | None = None
    """The moment it is judged for, where that is not today."""
    confidence: Confidence | None = None
    """How sure the reviewer is."""


@dataclass(frozen=True, slots=True)
class Addition:
    """A claim that was added."""

    view: View
    """The book with it."""
    made: NewClaim
    """The record."""
    similar: list[Likeness]
    """Claims that were there and are much like it, the most like first."""


class Keeper:
    """Holds the book that is open."""

    def __init__(self, root: Path) -> None:
        self._left = Event()
        self._book = Stoppable(root, self._left)
        self._seen_from = Standpoint(today())
        self._rows: dict[str, Row] = {}
        self._found: dict[str, tuple[Entry, list[Diagnostic]]] = {}
        self._basis: object = None

    @property
    def seen(self) -> int:
        """Files that were looked at in the reading that goes on."""
        return self._book.seen

    def leave(self) -> None:
        """End a reading that goes on in another thread."""
        self._left.set()

    def look(self) -> tuple[View, Changes]:
        """Read what is new on the disk."""
        changes = self._book.refresh()
        return self._view(), changes

    def look_at(self, files: Sequence[str]) -> tuple[View, Changes]:
        """Read files again; the whole book where none are named, or where more may have changed."""
        if not files:
            return self.look()
        changes = Changes()
        for file in files:
            known = self._book.entries.get(file)
            data = self._bytes(file) if known else None
            if known is None or data is None:
                return self.look()
            entry = self._book.adopt(file, data)
            if entry and entry.digest != known.digest:
                changes.changed.append(file)
        return self._view(), changes

    def check(self) -> View:
        """Hold the next files against the rules; all are done when the view says that it is checked."""
        waiting = [file for file, entry in self._book.entries.items() if not self._is_checked(entry)]
        batch = waiting[:_AT_A_TIME]
        strays = {id(item) for item in self._book.stray}
        by_file: dict[str, list[Diagnostic]] = {file: [] for file in batch}
        for item in check(self._book, self._seen_from, batch) if batch else ():
            if id(item) not in strays:
                by_file[item.file].append(item)
        self._found |= {file: (self._book.entries[file], found) for file, found in by_file.items()}
        return self._view()

    def judge(self, files: Sequence[str], judgement: Judgement) -> View:
        """Append a verdict to records, as one step that can be undone.

        Raises:
            BookError, BookFileError, EditRefused: where nothing was written, with the reason.
        """
        return self.change(
            files,
            f"Verdict {judgement.rating}",
            lambda claim: verdict_changes(
                claim,
                rating=judgement.rating,
                why=judgement.why,
                by=judgement.by,
                given=today(),
                as_of=judgement.as_of,
                confidence=judgement.confidence,
            ),
        )

    def change(self, files: Sequence[str], title: str, make: Callable[[Claim], Sequence[Change]]) -> View:
        """Change records as one step that can be undone; records that the changes leave as they are stay out.

        Raises:
            BookError, BookFileError, EditRefused: where nothing was written, with the reason.
        """
        changing = {}
        for file in files:
            entry = self._alone(file)
            if entry.claim is None:
                self._book.whole(entry.id)
            elif changes := make(entry.claim):
                changing[entry.id] = changes
        if changing:
            on = next(iter(changing)) if len(changing) == 1 else f"{len(changing)} claims"
            change_claims(self._book, f"{title} on {on}", changing)
        return self._view()

    def add(self, values: Mapping[str, Any], identifier: str | None, folder: str) -> Addition:
        """Add a claim, as one step that can be undone; see `new_claim` for the values.

        Raises:
            BookError, BookFileError, EditRefused: where nothing was written, with the reason.
        """
        made = new_claim(self._book, values, identifier=identifier, folder=folder)
        similar = Likenesses(self._book.summaries).like(values["claim"], values.get("about") or ())
        create_files(self._book, f"new claim {made.id}", {made.file: made.data})
        return Addition(self._view(), made, similar)

    def take_notices(self) -> list[str]:
        """Return what saves found that a person should know, each once."""
        notices, self._book.notices = self._book.notices, []
        return notices

    def turn(self, action: Literal["undo", "redo"]) -> tuple[View, Step]:
        """Undo or redo one step.

        Raises:
            BookFileError: where there is none, or a file has moved on since.
        """
        store = Store(self._book.root)
        step = store.undo() if action == "undo" else store.redo()
        self._book.notices += store.notices
        self._book.refresh()
        return self._view(), step

    def _alone(self, file: str) -> Entry:
        """Return the entry of a file, if its id is nobody else's."""
        entry = self._book.entries.get(file)
        if entry is None:
            raise Refused(f"{file} is gone: nothing was written.")
        twin = next(
            (e.file for e in self._book.entries.values() if e.id == entry.id and e is not entry), None
        )
        if twin is not None:
            raise Refused(f"{file} and {twin} have the same id: rename one of the two first.")
        return entry

    def _bytes(self, file: str) -> bytes | None:
        try:
            return read(self._book.root / file)
        except (MissingError, UnreadableError):
            return None

    def _view(self) -> View:
        """Gather what there is to show, with nothing worked out twice."""
        book = self._book
        self._seen_from = Standpoint(today(), book.settings.names)
        basis = (self._seen_from, book.settings.labels, frozenset(book.entries), frozenset(book.articles))
        if basis != self._basis:
            self._basis = basis
            self._rows, self._found = {}, {}
        self._rows = {file: self._row(entry) for file, entry in book.entries.items()}
        self._found = {file: found for file, found in self._found.items() if file in book.entries}
        return View(
            root=book.root,
            rows=tuple(self._rows.values()),
            articles=dict(book.articles),
            labels=dict(book.settings.labels),
            seen_from=self._seen_from,
            patience=book.settings.patience,
            problems=self._problems(),
            checked=all(self._is_checked(entry) for entry in book.entries.values()),
        ).counted()

    def _row(self, entry: Entry) -> Row:
        known = self._rows.get(entry.file)
        if known is not None and known.entry is entry:
            return known
        if entry.summary is None:
            return Row(entry, ())
        return Row(entry, flags(entry.summary, self._seen_from.today, self._seen_from.names))

    def _is_checked(self, entry: Entry) -> bool:
        known = self._found.get(entry.file)
        return known is not None and known[0] is entry

    def _problems(self) -> tuple[Diagnostic, ...]:
        """Return what is known to be wrong; of files not checked yet, what reading them said."""
        book = self._book
        found = [*book.stray, *(item for shelved in book.shelf.values() for item in shelved.diagnostics)]
        for entry in book.entries.values():
            found += self._found[entry.file][1] if self._is_checked(entry) else entry.document.diagnostics
        return tuple(sorted(found, key=lambda item: (item.file, item.span.line, item.span.column)))
