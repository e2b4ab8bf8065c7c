"""The line at the top: the book, and how it stands."""

from claimbook.app.lettering import Line, Span, between, label
from claimbook.app.spoken import count
from claimbook.app.view import View
from claimbook.app.widgets.toned import Plain


class Title(Plain):
    """The book's name at the left, its counts at the right."""

    def __init__(self) -> None:
        super().__init__((Span(" "),), id="title")
        self._left: Line = ()
        self._right: Line = ()

    def show(self, left: Line, right: Line) -> None:
        """Show what stands at both ends."""
        self._left, self._right = left, right
        self.on_resize()

    def on_resize(self) -> None:
        """Fit both ends to the new width."""
        self.set_lines(
            between((Span(" "), *self._left, Span(" ")), (*self._right, Span(" ")), self.size.width, "─")
        )


def book_counts(view: View) -> Line:
    """Say how many claims a book has, how many want a look, and what is wrong."""
    parts = [Span(f" {count(view.tallies.claims, 'claim')}")]
    if view.tallies.broken:
        parts.append(Span(f" · ! {view.tallies.broken} broken", "bad"))
    if view.tallies.queued:
        parts.append(Span(f" · {view.tallies.queued:,} to review"))
    if view.problems:
        glyph, tone = ("✗", "bad") if view.errors else ("!", "mixed")
        parts.append(Span(f" · {glyph} {count(len(view.problems), 'problem')}", tone))
    if not view.checked:
        parts.append(Span(" · checking …", "quiet"))
    return tuple(parts)


def book_name(view: View) -> Line:
    """Say which book it is."""
    return (label(view.name, "strong"),)
