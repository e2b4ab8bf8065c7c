"""The nine ratings in three rows: a number, a glyph, a word."""

from textual import events

from claimbook.app.lettering import Line, Span, label, pad
from claimbook.app.widgets.ratings import Ratings
from claimbook.record.ratings import Rating
from claimbook.review.marks import rating_mark

_ALL = tuple(Rating)
_ROWS = 3
"""Rows, filled downwards."""
_ROOM = 50
"""Cells from which a rating's meaning fits beside its word."""


class RateGrid(Ratings):
    """Takes a rating by its number; all other keys are for the screen."""

    def on_key(self, event: events.Key) -> None:
        """Leave letters to the screen's actions, where the form for a verdict begins to write."""
        event.prevent_default()

    def on_click(self, event: events.Click) -> None:
        """Take the rating under the mouse."""
        event.prevent_default()
        index = event.x // max(1, self.size.width // _ROWS) * _ROWS + event.y
        if event.y < _ROWS and index < len(_ALL):
            self.action_rate(index)

    def on_resize(self) -> None:
        """Spread over the width there is."""
        self._show()

    def _show(self) -> None:
        width = max(12, self.size.width // _ROWS)
        columns = [_ALL[start : start + _ROWS] for start in range(0, len(_ALL), _ROWS)]
        rows = zip(*columns, strict=True)
        self.set_lines(*(tuple(span for rating in row for span in self._cell(rating, width)) for row in rows))

    def _cell(self, rating: Rating, width: int) -> Line:
        taken = rating is self.rating
        shown = rating_mark(rating, self._labels)
        lead = Span("▌" if taken else " ", "strong")
        word = label(f"{shown.glyph} {shown.word}", shown.tone)
        cell = (lead, Span(f"{_ALL.index(rating) + 1} ", "strong"), word)
        meaning = Span(f"  {rating.meaning}", "quiet")
        return pad((*cell, meaning) if width >= _ROOM else cell, width)
