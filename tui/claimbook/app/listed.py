"""Claims in the order of a list of any length, each made when it is looked at."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Protocol, overload

from claimbook.index.index import Index
from claimbook.index.telling import Listing
from claimbook.record.diagnostics import Diagnostic, Severity, Span
from claimbook.review.marks import Mark, mark

if TYPE_CHECKING:
    from array import array

    from claimbook.book.entry import Entry
    from claimbook.record.summary import Summary
    from claimbook.review.words import Flag

_A_PAGE = 64
_PAGES = 16
_GONE = Listing(0, "", "", "", None, None, None, plain=True, broken=False, bits=0, overdue_since=None)
_MENDED = Diagnostic("", Span(1, 1, 1, 1), Severity.WARNING, "", "", "")
"""What stands for a moment where a claim is gone, or a finding, and the view of it has not come yet."""


class Shelf(Protocol):
    """Where the files of claims are read."""

    @property
    def ready(self) -> bool:
        """Whether reading one takes no time to speak of, as all that it takes has been imported."""

    def load(self, file: str) -> "Entry":
        """Return a claim file as it was read last, or as it is now."""


class Row:
    """A claim file, readable or broken, with the flags of the day."""

    __slots__ = ("_index", "_shelf", "flags", "listing")

    def __init__(self, listing: Listing, today: date, index: Index, shelf: Shelf) -> None:
        """Take what lists know of it, and where more is to be had."""
        self.listing = listing
        """What stands in a list."""
        self.flags: tuple[Flag, ...] = listing.flags(today)
        """What is worked out about the claim; empty where the record is broken."""
        self._index = index
        self._shelf = shelf

    @property
    def file(self) -> str:
        """The path relative to the book."""
        return self.listing.file

    @property
    def id(self) -> str:
        """The file's stem."""
        return self.listing.id

    @property
    def broken(self) -> bool:
        """Whether the record cannot be read."""
        return self.listing.broken

    @property
    def ready(self) -> bool:
        """Whether `entry` takes no time to speak of."""
        return self._shelf.ready

    @property
    def entry(self) -> "Entry":
        """The file as it was read."""
        return self._shelf.load(self.file)

    @property
    def summary(self) -> "Summary | None":
        """The facts; None where the record is broken."""
        return None if self.broken else next(iter(self._index.summaries([self.listing.place])), None)

    def same_id(self) -> list[str]:
        """Return the files that have its id now; not its own, if it was moved."""
        return self._index.files_of(self.id)

    def mark(self, labels: Mapping[str, str]) -> Mark:
        """Return how its standing is shown."""
        return mark(self.listing, labels)


class Rows(Sequence[Row]):
    """Claims by their places in the index; only those in sight are ever read."""

    def __init__(self, places: "array[int]", today: date, index: Index, shelf: Shelf) -> None:
        """Take the places in their order, and where to read them."""
        self._places = places
        self._today = today
        self._index = index
        self._shelf = shelf
        self._page = lru_cache(_PAGES)(self._load)

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        if not 0 <= index < len(self):
            raise IndexError(index)
        page = self._page(index // _A_PAGE)
        return page[index % _A_PAGE]

    def __iter__(self) -> Iterator[Row]:
        return (self[number] for number in range(len(self)))

    def place(self, file: str) -> int | None:
        """Return where a file stands in the list, None where it does not."""
        place = self._index.place_of(file)
        if place is None:
            return None
        index = bisect_left(self._places, place)
        return index if index < len(self._places) and self._places[index] == place else None

    def anew(self) -> "Rows":
        """Return the same claims, to be read anew as they are looked at."""
        return Rows(self._places, self._today, self._index, self._shelf)

    def files(self) -> list[str]:
        """Return the files of all of them."""
        return self._index.files_at(self._places)

    def summaries(self) -> "Iterator[Summary]":
        """Yield the facts of those that can be read, in order."""
        return self._index.summaries(self._places)

    def _load(self, page: int) -> list[Row]:
        places = self._places[page * _A_PAGE : (page + 1) * _A_PAGE]
        known = {one.place: one for one in self._index.listings(places)}
        found = (known.get(place) or _GONE._replace(place=place) for place in places)
        return [Row(listing, self._today, self._index, self._shelf) for listing in found]


class Problems(Sequence[Diagnostic]):
    """What is known to be wrong with a book, by file and place; each is read as it is looked at."""

    def __init__(self, count: int, today: date, index: Index) -> None:
        """Take how many there are, the day, and where to read them."""
        self._count = count
        self._today = today
        self._index = index

    @cached_property
    def _numbers(self) -> "array[int]":
        return self._index.problems(self._today)

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Diagnostic: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Diagnostic]: ...
    def __getitem__(self, index: int | slice) -> Diagnostic | Sequence[Diagnostic]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        if not 0 <= index < self._count:
            raise IndexError(index)
        found = self._index.finding(self._numbers[index]) if index < len(self._numbers) else None
        return found or _MENDED
