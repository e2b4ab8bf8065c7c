"""An article to be read: its text with marked stretches, a cursor, and a selection."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from claimbook.app.keymap import bindings
from claimbook.app.marking import CANDIDATE, Marking, Piece, closing, extra_cells, opening, pieces
from claimbook.app.typesetting import Typeset, shown
from claimbook.app.widgets.reading import Reading
from claimbook.app.widgets.toned import Toned
from claimbook.review.anchoring import trimmed
from claimbook.text import visible

_WIDEST = 96
"""Cells of a line, at most: longer ones are hard to read."""
_MARGIN = 2
_UNDERLINE, _ITALIC, _REVERSE = Style(underline=True), Style(italic=True), Style(reverse=True)


class ArticleText(Toned, ScrollView, can_focus=True, inherit_bindings=False):
    """The text of an article."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("text", "article-text")
    COMPONENT_CLASSES: ClassVar[set[str]] = {"passage--here", "passage--selected"}

    class Moved(Message):
        """The cursor stands elsewhere, or something else is selected."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._text = ""
        self._markings: Sequence[Marking] | None = None
        self._pieces: Sequence[Piece] = ()
        self._ends: Sequence[int] = ()
        self._set = Typeset("", 80)
        self._set_to = 0
        self._reading = Reading("")
        self._column = 0
        self._pressed: int | None = None
        self.cursor = 0
        """The character that the cursor stands on, 0-based."""
        self.selecting_from: int | None = None
        """The character that the selection was begun at, None where nothing is selected."""
        self.here = -1
        """The number of the stop whose stretches are set off from the others."""

    @property
    def selection(self) -> tuple[int, int] | None:
        """The stretch that is selected, without white space at its ends; None where there is none."""
        if self.selecting_from is None:
            return None
        low, high = sorted((self.selecting_from, self.cursor))
        start, end = trimmed(self._text, low, self._set.next(high))
        return (start, end) if start < end else None

    @property
    def line_count(self) -> int:
        """How many lines the text takes."""
        return len(self._set.lines)

    def show_text(self, text: str, markings: Sequence[Marking]) -> None:
        """Show a text with its markings; the cursor and the selection stay where they can."""
        if text == self._text and markings == self._markings:
            return
        self._markings = markings
        if text != self._text:
            self._text, self._reading = text, Reading(text)
            self.cursor, self.selecting_from = min(self.cursor, max(0, len(text) - 1)), None
        self._pieces = pieces(len(text), markings)
        self._ends = [piece.end for piece in self._pieces]
        self._typeset()
        self.refresh()

    def stops_at(self, offset: int) -> list[int]:
        """Return the numbers of what marks a character, the innermost first."""
        index = bisect_right(self._ends, offset)
        over = self._pieces[index].over if index < len(self._pieces) else ()
        return list(dict.fromkeys(marking.stop for marking in reversed(over)))

    def go_to(self, offset: int, *, until: int | None = None) -> None:
        """Put the cursor on a character, with what follows it in sight; a selection ends."""
        self.selecting_from = None
        self._move(offset, until=until)

    def select(self, start: int, end: int) -> None:
        """Select a stretch."""
        if start < end:
            self.selecting_from = start
            self._move(self._set.before(end), from_there=start)

    def sentence_here(self) -> tuple[int, int] | None:
        """Return the sentence at the cursor or after it."""
        return self._reading.sentence_at(self.cursor)

    def unselect(self) -> None:
        """End the selection."""
        self.selecting_from = None
        self._moved()

    def on_resize(self) -> None:
        """Set the text to the new width, with the cursor where it was."""
        if self._measure != self._set_to:
            line = self._set.line_of(self.cursor)
            above = line - self.scroll_offset.y if self._set_to else self.size.height // 3
            self._typeset()
            self.scroll_to(y=self._set.line_of(self.cursor) - above, animate=False)
        self._keep_in_sight(self.cursor)

    def render_line(self, y: int) -> Strip:
        """Draw one line. Textual asks for this."""
        index = y + self.scroll_offset.y
        base = self.rich_style
        segments = [Segment(" " * _MARGIN, base)]
        if index < len(self._set.lines) and self._text:
            segments += self._segments(*self._set.lines[index], base)
        return Strip(segments).adjust_cell_length(self.size.width, base)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to select, or put the cursor there."""
        if event.button == 1 and self._text:
            self.capture_mouse()
            self._pressed = self._under(event)
            self.go_to(self._pressed)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select as far as the mouse is."""
        if self._pressed is not None and (offset := self._under(event)) != self.cursor:
            self.selecting_from = self._pressed
            self._move(offset)

    def on_mouse_up(self) -> None:
        """Stop selecting."""
        self._pressed = None
        self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """Select the sentence under the mouse, at the second click."""
        if event.chain == 2 and (found := self.sentence_here()):
            self.select(*found)

    def action_select(self) -> None:
        """Begin to select at the cursor, or stop."""
        self.selecting_from = self.cursor if self.selecting_from is None else None
        self._moved()

    def action_select_sentence(self) -> None:
        """Select the sentence at the cursor, or one more."""
        if self.selecting_from is None:
            found = self.sentence_here()
        else:
            low, high = sorted((self.selecting_from, self.cursor))
            more = self._reading.sentence_at(high + 1)
            found = (low, more[1]) if more else None
        if found:
            self.select(*found)

    def action_select_sentence_before(self) -> None:
        """Select the sentence before as well."""
        low, high = sorted((self.cursor if self.selecting_from is None else self.selecting_from, self.cursor))
        if found := self._reading.sentence_before(low):
            self.select(found[0], self._set.next(high))

    def action_character(self, direction: int) -> None:
        """Go a character on or back."""
        go = self._set.next if direction > 0 else self._set.before
        self._move(go(self.cursor))

    def action_word(self, direction: int) -> None:
        """Go a word on or back; while selecting, on to the end of a word."""
        if direction < 0:
            self._move(self._reading.word_before(self.cursor))
        elif self.selecting_from is not None:
            self._move(self._reading.word_end(self.cursor))
        else:
            self._move(self._reading.word_after(self.cursor))

    def action_down(self) -> None:
        """Go a line down."""
        self._by_lines(1)

    def action_up(self) -> None:
        """Go a line up."""
        self._by_lines(-1)

    def action_half_down(self) -> None:
        """Go half a page down."""
        self._by_lines(max(1, self.size.height // 2))

    def action_half_up(self) -> None:
        """Go half a page up."""
        self._by_lines(-max(1, self.size.height // 2))

    def action_page_down(self) -> None:
        """Go a page down."""
        self._by_lines(max(1, self.size.height - 1))

    def action_page_up(self) -> None:
        """Go a page up."""
        self._by_lines(-max(1, self.size.height - 1))

    def action_top(self) -> None:
        """Go to the beginning of the text."""
        self._move(0)

    def action_bottom(self) -> None:
        """Go to the end of the text."""
        self._move(len(self._text))

    def action_line_end(self, direction: int) -> None:
        """Go to the end of the line or to its beginning."""
        start, end = self._set.lines[self._set.line_of(self.cursor)]
        self._move(max(start, self._set.before(end)) if direction > 0 else start)

    def action_extend(self, direction: int) -> None:
        """Select a character more in a direction, or begin to."""
        self._begin()
        self.action_character(direction)

    def action_extend_line(self, direction: int) -> None:
        """Select a line more in a direction, or begin to."""
        self._begin()
        self._by_lines(direction)

    def _begin(self) -> None:
        self.selecting_from = self.cursor if self.selecting_from is None else self.selecting_from

    def _by_lines(self, number: int) -> None:
        line = self._set.line_of(self.cursor) + number
        column = self._column
        self._move(self._set.offset_at(max(0, min(line, self.line_count - 1)), column))
        self._column = column

    def _move(self, offset: int, *, until: int | None = None, from_there: int | None = None) -> None:
        last = self._set.lines[-1][1] if self._set.lines else 0
        self.cursor = max(0, min(offset, self._set.before(last) if last else 0))
        line = self._set.line_of(self.cursor)
        start, end = self._set.lines[line]
        if self.cursor >= end > start:  # a line's own end is no place to stand on
            after = self._set.lines[line + 1][0] if line + 1 < self.line_count else end
            self.cursor = after if offset > start and after > end else self._set.before(end)
        self._column = self._set.column_of(self.cursor)
        for other in (until, from_there):
            if other is not None:
                self._keep_in_sight(other)
        self._keep_in_sight(self.cursor)
        self._moved()

    def _moved(self) -> None:
        self.refresh()
        self.post_message(self.Moved())

    def _keep_in_sight(self, offset: int) -> None:
        """Scroll until a character is in sight, with two lines around it where there is room."""
        height = self.size.height
        if not height:
            return
        line, top = self._set.line_of(offset), self.scroll_offset.y
        around = 2 if height > 6 else 0
        if line < top + around:
            self.scroll_to(y=max(0, line - around), animate=False)
        elif line >= top + height - around:
            self.scroll_to(y=line - height + 1 + around, animate=False)

    def _under(self, event: events.MouseEvent) -> int:
        return self._set.offset_at(event.y + self.scroll_offset.y, event.x - _MARGIN)

    @property
    def _measure(self) -> int:
        return min(self.size.width - _MARGIN - 2, _WIDEST)

    def _typeset(self) -> None:
        if self.size.width:
            self._set_to = self._measure
            self._set = Typeset(self._text, self._set_to, extra_cells(self._pieces))
            self.virtual_size = Size(self.size.width, len(self._set.lines))

    def _segments(self, start: int, end: int, base: Style) -> Iterator[Segment]:
        """Yield a line's words and signs in their styles."""
        index = bisect_right(self._ends, start)
        at = start
        while at < end and index < len(self._pieces):
            piece = self._pieces[index]
            style = base + self._style_of(piece)
            if at == piece.start:
                yield from self._signs(opening(piece), base)
            stop = min(piece.end, end)
            yield from self._words(at, stop, style)
            if stop == piece.end:
                yield from self._signs(closing(piece), base)
            at, index = stop, index + 1
        if start == end and self.cursor == start:
            yield Segment(" ", base + _REVERSE)

    def _words(self, start: int, end: int, style: Style) -> Iterator[Segment]:
        """Yield a piece's words, cut where the selection and the cursor begin and end."""
        selected = self.selection or (0, 0)
        cursor = (self.cursor, self._set.next(self.cursor)) if self.has_focus else (-1, -1)
        cuts = sorted({start, end, *(cut for cut in (*selected, *cursor) if start < cut < end)})
        for low, high in pairwise(cuts):
            own = style
            if selected[0] <= low < selected[1]:
                own += self._component("passage--selected")
            if cursor[0] <= low < cursor[1]:
                own += Style(reverse=not own.reverse)
            yield Segment(shown(self._text[low:high]), own)

    def _signs(self, signs: Sequence[tuple[str, str]], base: Style) -> Iterator[Segment]:
        for text, tone in signs:
            yield Segment(visible(text), base + self._tone(tone))

    def _style_of(self, piece: Piece) -> Style:
        if not piece.over:
            return Style.null()
        inner = piece.over[-1]
        style = self._tone(inner.tone) + (_ITALIC if inner.glyph == CANDIDATE else _UNDERLINE)
        if any(marking.stop == self.here for marking in piece.over):
            style += self._component("passage--here")
        return style

    def _component(self, name: str) -> Style:
        """Return what a style adds; its background is mixed with the widget's."""
        own = self.get_component_rich_style(name, partial=True)
        return own + Style(bgcolor=self.get_component_rich_style(name).bgcolor)
