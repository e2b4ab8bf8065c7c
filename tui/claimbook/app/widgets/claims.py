"""The list of claims: one row each, broken records among them."""

from collections.abc import Mapping, Sequence

from rich.cells import cell_len
from textual.message import Message

from claimbook.app.lettering import Line, Span, between, label, mark_words, pad
from claimbook.app.listed import Row, Rows
from claimbook.app.widgets.rows import RowList
from claimbook.record.ratings import Rating, Status
from claimbook.review.words import Flag

_NARROW = 56
"""Cells below which the words for flags give their room to the claim."""
_SAID = {Flag.OVERDUE: "overdue", Flag.QUOTE_BROKEN: "quote broken"}


class ClaimList(RowList):
    """Claims with their marks, words of the filter shown where they match."""

    class Marked(Message):
        """Other claims are marked than before."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._rows: Rows | tuple[()] = ()
        self._labels: Mapping[str, str] = {}
        self._words: Sequence[str] = ()
        self._word_width = 0
        self.marked: set[str] = set()
        """The files of the claims that are marked, in sight or not."""

    @property
    def rows(self) -> Sequence[Row]:
        """The claims shown."""
        return self._rows

    def files(self) -> list[str]:
        """Return the files of the claims shown."""
        return self._rows.files() if self._rows else []

    def place(self, file: str) -> int | None:
        """Return where a claim stands in the list, None where it does not."""
        return self._rows.place(file) if self._rows else None

    @property
    def row(self) -> Row | None:
        """The claim at the cursor, None where the list is empty."""
        return self._rows[self.cursor] if self.cursor < len(self._rows) else None

    def show_claims(
        self,
        rows: Rows,
        labels: Mapping[str, str],
        words: Sequence[str],
        *,
        at: Row | None,
        otherwise: int,
    ) -> None:
        """Show claims, the cursor on the same file as `at`, or on the same id, or else on some other row."""
        self._rows, self._labels, self._words = rows, labels, words
        self._word_width = max(cell_len(labels.get(word, word)) for word in (*Rating, *Status, "broken"))
        self.show_rows(len(rows), self._find(at, otherwise))

    def line(self, index: int, width: int) -> Line:
        """Return a claim's row: cursor, mark, glyph, word, sentence, and what is due."""
        row = self._rows[index]
        shown = row.mark(self._labels)
        lead = Span("▌" if index == self.cursor else " ", "strong")
        marked = Span("•" if row.file in self.marked else " ", "strong")
        word = pad((label(f"{shown.glyph} {shown.word}", shown.tone),), min(self._word_width, width // 4) + 2)
        start = (lead, marked, *word, Span(" "))
        room = width - sum(cell_len(span.text) for span in start) - 1
        return (*start, *self._sentence(row, room))

    def mark(self) -> None:
        """Mark the claim at the cursor, or take its mark away, and go on to the next."""
        if self.row is not None:
            self.marked ^= {self.row.file}
            self.post_message(self.Marked())
            self.refresh()
            self.action_down()

    def invert(self) -> None:
        """Mark the claims shown that are not marked, and the other way round."""
        self.marked ^= set(self.files())
        self.post_message(self.Marked())
        self.refresh()

    def unmark(self) -> None:
        """Take all marks away."""
        self.marked = set()
        self.post_message(self.Marked())
        self.refresh()

    def _sentence(self, row: Row, room: int) -> Line:
        if row.broken:
            first = row.entry.errors[0] if row.entry.errors else None
            name = row.file.rsplit("/", 1)[-1]
            message = f"{name}:{first.span.line}: {first.message}" if first else name
            return between((label(message, "bad"),), (), room)
        said = [word for flag, word in _SAID.items() if flag in row.flags] if room >= _NARROW else []
        right = [Span(f" {word}", "bad") for word in said]
        due = row.listing.due
        if due is not None:
            late = Flag.OVERDUE in row.flags
            right.append(Span(f" {'!' if late and not said else ''}{due}", "bad" if late else "quiet"))
        return between(mark_words((label(row.listing.claim or ""),), self._words), right, room)

    def _find(self, at: Row | None, otherwise: int) -> int:
        if at is None:
            return otherwise
        found = self.place(at.file)
        if found is None:
            others = at.same_id()
            found = next((place for file in others if (place := self.place(file)) is not None), None)
        return otherwise if found is None else found
