"""The nine ratings in three rows: a number, a glyph, a word."""

from rich.cells import cell_len
from textual import events

from claimbook.app.lettering import Line, Span, cells, label, pad
from claimbook.app.widgets.ratings import Ratings
from claimbook.record.ratings import Rating
from claimbook.review.marks import rating_mark

_ALL = tuple(Rating)
_ROWS = 3
"""Rows, filled downwards."""
_GAP = 2
"""Cells between columns."""
_COLUMNS = [_ALL[start : start + _ROWS] for start in range(0, len(_ALL), _ROWS)]


class RateGrid(Ratings):
    """Takes a rating by its number; all other keys are for the screen."""

    def on_key(self, event: events.Key) -> None:
        """Leave letters to the screen's actions, where the form for a verdict begins to write."""
        event.prevent_default()

    def on_click(self, event: events.Click) -> None:
        """Take the rating under the mouse."""
        event.prevent_default()
        widths = self._widths()
        column = next((place for place in range(_ROWS) if event.x < sum(widths[: place + 1])), None)
        if column is not None and event.y < _ROWS:
            self.action_rate(column * _ROWS + event.y)

    def on_resize(self) -> None:
        """Spread over the width there is."""
        self._show()

    def _show(self) -> None:
        widths = self._widths()
        rows = zip(*_COLUMNS, strict=True)
        self.set_lines(
            *(
                tuple(
                    span
                    for rating, width in zip(row, widths, strict=True)
                    for span in pad(self._cell(rating, meaning=self._is_roomy), width)
                )
                for row in rows
            )
        )

    @property
    def _is_roomy(self) -> bool:
        """Whether the meaning of every rating fits beside its word."""
        return sum(self._needed(meaning=True)) <= self.size.width

    def _needed(self, *, meaning: bool) -> list[int]:
        """Return the cells that each column takes, with a gap after it if another follows."""
        needed = [max(cells(self._cell(rating, meaning=meaning)) for rating in column) for column in _COLUMNS]
        return [*(width + _GAP for width in needed[:-1]), needed[-1]]

    def _widths(self) -> list[int]:
        """Share out the width there is."""
        needed = self._needed(meaning=self._is_roomy)
        spare = max(0, self.size.width - sum(needed)) // len(_COLUMNS)
        return [width + spare for width in needed]

    def _cell(self, rating: Rating, *, meaning: bool) -> Line:
        taken = rating is self.rating
        shown = rating_mark(rating, self._labels)
        lead = Span("▌" if taken else " ", "strong")
        word = label(f"{shown.glyph} {shown.word}", shown.tone)
        cell = (lead, Span(f"{_ALL.index(rating) + 1} ", "strong"), word)
        if not meaning:
            return cell
        column = next(column for column in _COLUMNS if rating in column)
        widest = max(cell_len(rating_mark(other, self._labels).word) for other in column)
        gap = widest - cell_len(shown.word) + 1
        return (*cell, Span(" " * gap + rating.meaning, "quiet"))
