"""The problems screen: all that is wrong with the book's files, and the way to each spot."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from claimbook.app import faults
from claimbook.app.keymap import bindings
from claimbook.app.lettering import Line, Paragraph, Span, between, label, pad
from claimbook.app.screens.room import Room
from claimbook.app.view import View
from claimbook.app.widgets.keyline import KeyLine
from claimbook.app.widgets.rows import RowList
from claimbook.app.widgets.title import Title, book_counts, book_name
from claimbook.app.widgets.toned import Paragraphs
from claimbook.record.diagnostics import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Sequence

_RULE = 26
"""Cells for a rule's name."""
_NEAR = 200
"""Findings around the cursor among which the one it stood on is looked for."""
_WIDE = 100
"""Cells from which a row has room for it."""


class ProblemList(RowList):
    """Findings, by file and place."""

    def __init__(self) -> None:
        super().__init__(id="problem-list")
        self.found: Sequence[Diagnostic] = ()

    def line(self, index: int, width: int) -> Line:
        """Return a finding's row: weight, rule, what is wrong, and where."""
        item = self.found[index]
        lead = (
            Span("▌" if index == self.cursor else " ", "strong"),
            Span(f"{faults.sign(item)} ", faults.tone(item)),
        )
        place = label(f"{item.file.rsplit('/', 1)[-1]}:{item.span.line}", "quiet")
        if width < _WIDE:
            return (*lead, *between((place, Span(" "), label(item.message)), (), width - 3))
        rule = pad((label(item.rule),), _RULE)
        return (
            *lead,
            *rule,
            *between((label(item.message),), (Span(" "), place, Span(" ")), width - _RULE - 3),
        )


class ProblemText(Paragraphs):
    """The finding at the cursor, whole."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("text")


class Problems(Room):
    """Shows every finding, live."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("problems", "panes")
    CONTEXTS = ("problems", "list", "panes", "everywhere")

    def compose(self) -> ComposeResult:
        """Lay out the list over the finding."""
        yield Title()
        with Vertical(id="problems-body"):
            yield ProblemList()
            yield ProblemText(id="problem")
        yield KeyLine()

    def show_view(self, view: View) -> None:
        """Show what is wrong now, the cursor on the same finding or near where it was."""
        rows = self.query_one(ProblemList)
        here = rows.found[rows.cursor] if rows.cursor < len(rows.found) else None
        rows.found = view.problems
        near = sorted(range(len(view.problems)), key=lambda place: abs(place - rows.cursor))[:_NEAR]
        same = (place for place in near if here and _alike(view.problems[place], here))
        rows.show_rows(len(view.problems), next(same, rows.cursor))
        self.query_one(Title).show((*book_name(view), Span(" · problems")), book_counts(view))

    def action_back(self) -> None:
        """Go back to the desk."""
        self.dismiss(None)

    @on(RowList.Chosen)
    def action_edit(self) -> None:
        """Open the editor on the spot."""
        item = self._item
        if item is not None:
            self.desk.edit(item.file, item.span.line)

    @on(RowList.Moved)
    def _show(self) -> None:
        item = self._item
        nothing = [Paragraph((Span("Nothing is wrong with the book's files. Esc goes back.", "quiet"),))]
        text = self.query_one(ProblemText)
        text.set_paragraphs(faults.told(item, text.size.width or 80) if item else nothing)

    @property
    def _item(self) -> Diagnostic | None:
        rows = self.query_one(ProblemList)
        return rows.found[rows.cursor] if rows.cursor < len(rows.found) else None


def _alike(one: Diagnostic, other: Diagnostic) -> bool:
    return (one.file, one.rule, one.message) == (other.file, other.rule, other.message)
