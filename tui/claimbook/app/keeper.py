"""The desk's one way to the book: reads it, changes it, and says what it looks like then.

Nothing here knows of screens, and every method may take its time: the desk calls them in a thread, one at a
time, and shows the views that they return.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from itertools import count
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from claimbook.app.listed import Problems, Rows
from claimbook.app.view import View
from claimbook.book.brought import Changes
from claimbook.book.errors import BookFileError, ConflictError
from claimbook.book.places import CLAIMS
from claimbook.book.refusals import BookError, Refused
from claimbook.index.index import Index
from claimbook.index.telling import Tallies
from claimbook.index.watch import Watch
from claimbook.record.dates import PartialDate, today
from claimbook.record.ratings import Rating
from claimbook.record.refusal import EditRefused
from claimbook.review.words import Filter, Standpoint

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from subprocess import Popen

    from claimbook.book.article import Article
    from claimbook.book.drafting import NewClaim
    from claimbook.book.entry import Entry
    from claimbook.book.steps import Step
    from claimbook.index.indexed import IndexedBook
    from claimbook.record.changes import Change
    from claimbook.record.model import Claim
    from claimbook.record.terms import Confidence
    from claimbook.review.similar import Likeness

_LARGE = 5_000
"""Claims from which on another program works out what takes long."""
REFUSALS = (BookError, BookFileError, EditRefused)
"""What a change can end in without anything having been written; each says why, and what to do."""
_AT_FIRST = 200
"""Claims that are listed before all are."""
_AT_A_TIME = 1000
"""Files that are held against the rules before anybody else gets a turn."""


class Judgement(NamedTuple):
    """A verdict as a reviewer gives it."""

    rating: Rating
    """What the claim is found to be."""
    why: str
    """The reason."""
    by: str
    """The reviewer."""
    as_of: PartialDate | None = None
    """The moment it is judged for, where that is not today."""
    confidence: "Confidence | None" = None
    """How sure the reviewer is."""


class Addition(NamedTuple):
    """A claim that was added."""

    view: View
    """The book with it."""
    made: "NewClaim"
    """The record."""
    similar: "list[Likeness]"
    """Claims that were there and are much like it, the most like first."""


class Files:
    """The files of the book, to be read when they are looked at; what that takes is imported only then."""

    def __init__(self, root: Path, index: Index) -> None:
        """Take the book's folder and its index."""
        self._root = root
        self._index = index
        self._lock = Lock()
        self._book: IndexedBook | None = None

    @property
    def ready(self) -> bool:
        """Whether reading a file takes no time to speak of."""
        return self._book is not None

    @property
    def book(self) -> "IndexedBook":
        """The book."""
        with self._lock:
            if self._book is None:
                from claimbook.index.indexed import IndexedBook

                self._book = IndexedBook(self._root, self._index)
            return self._book

    def load(self, file: str) -> "Entry":
        """Return a claim file as it was read last, or as it is now."""
        return self.book.load(file)


class Library(Mapping[str, "Article"]):
    """The articles of the book, likewise."""

    def __init__(self, files: Files) -> None:
        """Take the files."""
        self._files = files

    def __getitem__(self, identifier: str) -> "Article":
        return self._files.book.articles[identifier]

    def __contains__(self, identifier: object) -> bool:
        return identifier in self._files.book.articles

    def __iter__(self) -> Iterator[str]:
        return iter(self._files.book.articles)

    def __len__(self) -> int:
        return len(self._files.book.articles)


class Keeper:
    """Holds the book that is open."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._index = Index(root)
        self._shown = self._index.another()
        self._searched = self._index.another()
        self._files = Files(root, self._index)
        self._made = self._index.made
        self._watch = Watch()
        self._numbers = count(1)
        self._glimpsed: tuple[Index, Files] | None = None
        self._whole: View | None = None
        self._recalling: Future[View | None] | None = None

    @property
    def watch(self) -> Watch:
        """How far the reading is that goes on."""
        return self._watch

    def leave(self) -> None:
        """End a reading that goes on in another thread."""
        self._watch.left = True

    def recall_ahead(self) -> Future[View | None]:
        """Begin to recall the book in a thread, once, and go on; nothing else may be asked before it has."""
        if self._recalling is None:
            aside = ThreadPoolExecutor(1, "recall")
            self._recalling = aside.submit(self.recall)
            aside.shutdown(wait=False)
        return self._recalling

    def recall(self) -> View | None:
        """Return the book as it was known last, without a look at its files; None where it was not."""
        return self._view(recalled=True) if self._index.known else None

    def glimpse(self) -> View | None:
        """Return what is read so far of a book that is read for the first time; None where that is nothing.

        It is for another thread than the one that reads, and is no help to `look`.
        """
        if not self._index.kept or not self._watch.seen or self._index.made != self._made:
            return None
        if self._glimpsed is None:
            index = self._index.another()
            self._glimpsed = index, Files(self._root, index)
        index, files = self._glimpsed
        view = index.at_once(lambda: self._glimpse(index, files)) if index.known else None
        return view if view is not None and view.rows else None

    def look(self) -> tuple[View, Changes]:
        """Read what is new on the disk.

        Raises:
            LeftError: where the desk was left meanwhile.
        """
        changes = self._index.bring_up(self._watch, today())
        self._glimpsed = None
        if self._files.ready:
            self._book.forget(changes)
        return self._view(), changes

    def look_at(self, files: Sequence[str]) -> tuple[View, Changes]:
        """Read files again; the whole book where none are named, or where more may have changed."""
        if not files or any(not file.startswith(f"{CLAIMS}/") for file in files):
            return self.look()
        changes = self._book.refresh_some(files)
        return self._view_after(changes), changes

    def check(self) -> View:
        """Hold the next files against the rules; all are done when the view says that it is checked."""
        if not self._index.check(today(), most=_AT_A_TIME):
            self._index.compare()
        return self._view()

    @property
    def large(self) -> bool:
        """Whether there is so much to work out that another program is to do it, see `begun`."""
        return self._index.kept and self._index.tallies(today()).claims >= _LARGE

    def begun(self) -> "AbstractContextManager[Popen[str] | None]":
        """Have another program work out what `check` and `take_in` do, and end it in the end."""
        from claimbook.index.behind import begun

        return begun(self._root, today())

    def catch_up(self) -> View:
        """Return the book with what the other program has found."""
        return self._view()

    def take_in(self) -> bool:
        """Make some more claims searchable; tell whether all are."""
        return not self._index.take_in()

    @property
    def _book(self) -> "IndexedBook":
        return self._files.book

    def judge(self, files: Sequence[str], judgement: Judgement) -> View:
        """Append a verdict to records, as one step that can be undone.

        Raises:
            BookError, BookFileError, EditRefused: where nothing was written, with the reason.
        """
        from claimbook.review.judging import verdict_changes

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

    def change(self, files: Sequence[str], title: str, make: "Callable[[Claim], Sequence[Change]]") -> View:
        """Change records as one step that can be undone; records that the changes leave as they are stay out.

        Raises:
            BookError, BookFileError, EditRefused: where nothing was written, with the reason.
        """
        from claimbook.book.saving import change_claims

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
            return self._view_after(self._book.refresh_some(files))
        return self._view()

    def settle(self, texts: ConflictError, title: str, after: bytes) -> View:
        """Write what a person made of two changes to a record, as one step that can be undone.

        Raises:
            BookError, BookFileError, EditRefused: where nothing was written, with the reason.
        """
        from claimbook.book.saving import Draft, save_drafts

        save_drafts(self._book, title, [Draft(texts.file, texts.found, after)])
        return self._view_after(self._book.refresh_some([texts.file]))

    def add(self, values: Mapping[str, Any], identifier: str | None, folder: str) -> Addition:
        """Add a claim, as one step that can be undone; see `new_claim` for the values.

        Raises:
            BookError, BookFileError, EditRefused: where nothing was written, with the reason.
        """
        from claimbook.book.drafting import new_claim
        from claimbook.book.saving import create_files

        made = new_claim(self._book, values, identifier=identifier, folder=folder)
        similar = self._index.like(values["claim"], values.get("about") or ())
        create_files(self._book, f"new claim {made.id}", {made.file: made.data})
        return Addition(self._view(), made, similar)

    def take_notices(self) -> list[str]:
        """Return what saves found that a person should know, each once."""
        if not self._files.ready:
            return []
        notices, self._book.notices = self._book.notices, []
        return notices

    def turn(self, action: Literal["undo", "redo"]) -> "tuple[View, Step]":
        """Undo or redo one step.

        Raises:
            BookFileError: where there is none, or a file has moved on since.
        """
        from claimbook.book.store import Store

        store = Store(self._book.root)
        step = store.undo() if action == "undo" else store.redo()
        self._book.notices += store.notices
        return self._view_after(self._book.refresh_some(step.files)), step

    def _alone(self, file: str) -> "Entry":
        """Return the entry of a file, if its id is nobody else's."""
        entry = self._book.entries.get(file)
        if entry is None:
            raise Refused(f"{file} is gone: nothing was written.")
        twin = next((other for other in self._index.files_of(entry.id) if other != file), None)
        if twin is not None:
            raise Refused(f"{file} and {twin} have the same id: rename one of the two first.")
        return entry

    def _glimpse(self, index: Index, files: Files) -> View:
        tallies = index.counted(today())
        return self._view_of(index, files, tallies, recalled=True)

    def _view(self, *, recalled: bool = False) -> View:
        """Gather what there is to show; of what is recalled, the first rows."""
        index = self._index
        if index.made != self._made:
            self._shown, self._searched, self._made = index.another(), index.another(), index.made
        most = _AT_FIRST if recalled else -1
        view = self._view_of(index, self._files, index.tallies(today()), recalled=recalled, most=most)
        self._whole = None if recalled else view
        return view

    def _view_of(
        self, index: Index, files: Files, tallies: Tallies, *, recalled: bool, most: int = -1
    ) -> View:
        day, settings = today(), index.settings
        places = index.places(Filter(), day, broken=True, most=most)
        return View(
            root=self._root,
            number=next(self._numbers),
            index=self._shown,
            searched=self._searched,
            shelf=files,
            rows=Rows(places, day, self._shown, files),
            broken=frozenset(index.broken_files()),
            articles=Library(files),
            labels=settings.labels,
            seen_from=Standpoint(day, settings.names),
            tallies=tallies,
            problems=Problems(tallies.problems, day, self._shown),
            checked=not recalled and index.compared and not index.unchecked(day),
            recalled=recalled,
        )

    def _view_after(self, changes: Changes) -> View:
        """Gather it after a change; where a large book has the same claims, without counting them again.

        The counts are those of before then, until somebody asks for more, see `catch_up`.
        """
        before, index, settings = self._whole, self._index, self._index.settings
        if before is None or before.tallies.claims < _LARGE or not _are_claims(changes):
            return self._view()
        seen_from = Standpoint(today(), settings.names)
        if index.made != self._made or before.seen_from != seen_from or before.labels != settings.labels:
            return self._view()
        return replace(
            before,
            number=next(self._numbers),
            rows=before.rows.anew(),
            broken=frozenset(index.broken_files()),
            checked=False,
            hasty=True,
        )


def _are_claims(changes: Changes) -> bool:
    """Tell whether nothing but claims has changed, and none has come or gone."""
    is_claims = all(file.startswith(f"{CLAIMS}/") for file in changes.changed)
    return is_claims and not (changes.added or changes.removed)
