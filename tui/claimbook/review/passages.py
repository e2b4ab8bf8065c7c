"""Which claims are drawn from an article, and which of its words each of them quotes."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from claimbook.book.book import Book
from claimbook.book.entry import Entry, Quoted
from claimbook.book.quotes import WHOLE, Passage
from claimbook.record.summary import Summary


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quote that a claim draws from an article."""

    summary: Summary
    """The claim's facts."""
    quoted: Quoted
    """The quote, as it was looked up."""

    @property
    def stands(self) -> bool:
        """Tell whether the quote stands in the article, once."""
        return self.quoted.found is not None and self.quoted.found.state in WHOLE

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The stretches of the text that it quotes; none where it does not stand there."""
        return self.quoted.found.passages if self.quoted.found and self.stands else ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive characters of a text that the same claims quote."""

    start: int
    """The first character, 0-based."""
    end: int
    """The character after the last one."""
    claims: tuple[str, ...]
    """The ids of the claims that quote it, in the order of the text; empty where none does."""


def quotations(book: Book, article: str) -> list[Quotation]:
    """Return every quote from an article, by where it begins; those that do not stand there come last."""
    return quotations_in(book.quoting(article), article)


def quotations_in(entries: Iterable[Entry], article: str) -> list[Quotation]:
    """Return every quote that claims draw from an article, in the order of `quotations`."""
    found = [
        Quotation(entry.summary, quoted)
        for entry in entries
        if entry.summary
        for quoted in entry.quotes
        if quoted.article == article
    ]
    return sorted(found, key=_place)


def stretches(length: int, quoting: Iterable[Quotation]) -> Iterator[Stretch]:
    """Divide a text of some length wherever the claims that quote it change, and yield all of it in order."""
    order: dict[str, int] = {}
    turns: dict[int, list[tuple[str, int]]] = {0: [], length: []}
    for quotation in quoting:
        identifier = quotation.summary.id
        order.setdefault(identifier, len(order))
        for passage in quotation.passages:
            turns.setdefault(passage.start, []).append((identifier, 1))
            turns.setdefault(passage.end, []).append((identifier, -1))
    active: Counter[str] = Counter()
    for start, end in pairwise(sorted(turns)):
        for identifier, change in turns[start]:
            active[identifier] += change
        active += Counter()
        yield Stretch(start, end, tuple(sorted(active, key=order.__getitem__)))


def _place(quotation: Quotation) -> tuple[bool, int, str, str]:
    passages = quotation.passages
    start = passages[0].start if passages else 0
    return not passages, start, quotation.summary.id, quotation.quoted.at
