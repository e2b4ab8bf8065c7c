"""A list of any length, of which only the rows in sight are ever made."""

from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from claimbook.app.keymap import bindings
from claimbook.app.lettering import Line, pad
from claimbook.app.widgets.toned import Toned


class RowList(Toned, ScrollView, can_focus=True, inherit_bindings=False):
    """Rows with a cursor; who makes one says how many rows there are and what stands in each."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("list")
    COMPONENT_CLASSES: ClassVar[set[str]] = {"row--cursor", "row--cursor-blurred"}

    ONE_CLICK: ClassVar[bool] = False
    """Whether a single click chooses."""

    class Moved(Message):
        """The cursor stands on another row, or other rows are shown."""

        def __init__(self, rows: "RowList") -> None:
            self.rows = rows
            super().__init__()

        @property
        def control(self) -> "RowList":
            """The list; Textual matches selectors against it."""
            return self.rows

    class Chosen(Moved):
        """A row was chosen, by Enter or with the mouse."""

    def __init__(self, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, classes=classes)
        self._count = 0
        self._cursor = 0

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self._count

    @property
    def cursor(self) -> int:
        """The row that the cursor stands on, from 0; of no meaning where there are no rows."""
        return self._cursor

    def line(self, index: int, width: int) -> Line:
        """Return what stands in a row, no wider than the width."""
        raise NotImplementedError

    def can_stand_on(self, index: int) -> bool:
        """Tell whether the cursor may stand on a row."""
        del index
        return True

    def show_rows(self, count: int, cursor: int) -> None:
        """Show other rows, with the cursor on one of them."""
        self._count = count
        self.virtual_size = Size(self.size.width, count)
        self._cursor = self._nearest(cursor, 1)
        self._keep_in_sight()
        self.refresh()
        self.post_message(self.Moved(self))

    def move_to(self, index: int, direction: int = 1) -> None:
        """Put the cursor on a row, or on the next one in the direction that it may stand on."""
        target = self._nearest(index, direction)
        if target != self._cursor:
            self._cursor = target
            self.refresh()
            self.post_message(self.Moved(self))
        self._keep_in_sight()

    def on_resize(self) -> None:
        """Fit the rows to the new width, with the cursor still in sight."""
        self.virtual_size = Size(self.size.width, self._count)
        self._keep_in_sight()

    def render_line(self, y: int) -> Strip:
        """Draw one row. Textual asks for this."""
        index = y + self.scroll_offset.y
        if index >= self._count:
            return self.strip(())
        width = self.room
        here = index == self._cursor and self.can_stand_on(index)
        return self.strip(pad(self.line(index, width), width), self._row_style(here=here))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse is; a second click chooses."""
        index = event.y + self.scroll_offset.y
        if index < self._count and self.can_stand_on(index):
            self.move_to(index)
            if self.ONE_CLICK or event.chain > 1:
                self.action_choose()

    def action_choose(self) -> None:
        """Choose the row at the cursor."""
        if self._count:
            self.post_message(self.Chosen(self))

    def action_down(self) -> None:
        """Go a row down."""
        self.move_to(self._cursor + 1)

    def action_up(self) -> None:
        """Go a row up."""
        self.move_to(self._cursor - 1, -1)

    def action_half_down(self) -> None:
        """Go half a page down."""
        self.move_to(self._cursor + max(1, self.size.height // 2))

    def action_half_up(self) -> None:
        """Go half a page up."""
        self.move_to(self._cursor - max(1, self.size.height // 2), -1)

    def action_page_down(self) -> None:
        """Go a page down."""
        self.move_to(self._cursor + max(1, self.size.height - 1))

    def action_page_up(self) -> None:
        """Go a page up."""
        self.move_to(self._cursor - max(1, self.size.height - 1), -1)

    def action_top(self) -> None:
        """Go to the first row."""
        self.move_to(0)

    def action_bottom(self) -> None:
        """Go to the last row."""
        self.move_to(self._count - 1, -1)

    def _nearest(self, index: int, direction: int) -> int:
        """Find the row to stand on: this one, or one further on, or back again at an end."""
        index = max(0, min(index, self._count - 1))
        for step in (direction, -direction):
            row = index
            while 0 <= row < self._count:
                if self.can_stand_on(row):
                    return row
                row += step
        return index

    def _keep_in_sight(self) -> None:
        height = self.size.height
        if not height:
            return
        top = self.scroll_offset.y
        if self._cursor < top:
            # The headings above the first row that can be stood on stay readable.
            self.scroll_to(y=self._cursor if self._nearest(0, 1) != self._cursor else 0, animate=False)
        elif self._cursor >= top + height:
            self.scroll_to(y=self._cursor - height + 1, animate=False)

    def _row_style(self, *, here: bool) -> Style:
        if not here:
            return self._plain
        return self.get_component_rich_style("row--cursor" if self.has_focus else "row--cursor-blurred")
