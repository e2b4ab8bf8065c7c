"""Widgets that draw their own lines, in tones; text in them is never markup.

What is drawn goes through `visible()` here, whoever made it: this is the desk's side of the one door.
"""

from collections.abc import Iterable

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from claimbook.app.lettering import Line, Paragraph, Span, cells, clip, wrap
from claimbook.text import visible

_TONES = ("good", "bad", "mixed", "unsure", "open", "quiet", "strong", "match", "spot")

TONE_CLASSES = {f"tone--{tone}" for tone in _TONES}
"""The tones there are, those of marks and what text needs besides, as component classes of every screen.

They are the screen's and not each widget's, as Textual works them out anew for whoever has them.
"""


class Toned(Widget):
    """A widget that turns lines into strips; a mixin for the two below and for the list."""

    ALLOW_SELECT = False
    _plain = Style.null()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw some lines; the style that they all have is worked out once. Textual asks for this."""
        self._plain = self.rich_style
        return super().render_lines(crop)

    @property
    def room(self) -> int:
        """How many cells a line has, beside the scrollbar."""
        return self.scrollable_content_region.width

    def strip(self, line: Iterable[Span], base: Style | None = None) -> Strip:
        """Return a line in its tones, cut or filled to the widget's width."""
        style = self._plain if base is None else base
        segments = [Segment(visible(span.text), style + self._tone(span.tone)) for span in line]
        return Strip(segments).adjust_cell_length(self.size.width, style)

    def _tone(self, tone: str) -> Style:
        """Return what a tone adds; its colour is the one that shows on the screen's background."""
        if not tone:
            return Style.null()
        own = self.screen.get_component_rich_style(f"tone--{tone}", partial=True)
        if own.color is None:
            return own
        return own + Style(color=self.screen.get_component_rich_style(f"tone--{tone}").color)


class Plain(Toned):
    """A line or a few, each cut to the width; not to be scrolled."""

    def __init__(self, *lines: Line, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, classes=classes)
        self._lines = lines

    def set_lines(self, *lines: Line) -> None:
        """Show other lines."""
        if lines != self._lines:
            changed_height = len(lines) != len(self._lines)
            self._lines = lines
            self.refresh(layout=changed_height)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Take a row for each line. Textual asks for this."""
        del container, viewport, width
        return len(self._lines)

    def render_line(self, y: int) -> Strip:
        """Draw one line. Textual asks for this."""
        line = self._lines[y] if y < len(self._lines) else ()
        return self.strip(clip(line, self.size.width))


class Wrapped(Toned):
    """One paragraph, wrapped, as high as it needs to be; its style sheet may set a limit."""

    def __init__(self, line: Line = (), id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, classes=classes)
        self._line = line

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(span.text for span in self._line)

    def say(self, line: Line) -> None:
        """Say something else."""
        if line != self._line:
            self._line = line
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Take a row for each line. Textual asks for this."""
        del container, viewport
        return len(list(wrap(Paragraph(self._line), width))) if self._line else 0

    def render_line(self, y: int) -> Strip:
        """Draw one line. Textual asks for this."""
        lines = list(wrap(Paragraph(self._line), self.size.width))
        return self.strip(lines[y] if y < len(lines) else ())


class Paragraphs(Toned, ScrollView, can_focus=True, inherit_bindings=False):
    """Paragraphs of any length, wrapped to the width, to be scrolled with the keyboard."""

    def __init__(self, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, classes=classes)
        self._paragraphs: tuple[Paragraph, ...] = ()
        self._lines: list[Line] = []
        self._wrapped_to = 0

    @property
    def text(self) -> str:
        """All that it says, paragraph by paragraph."""
        return "\n".join("".join(span.text for span in part.spans) for part in self._paragraphs)

    def set_paragraphs(self, paragraphs: Iterable[Paragraph], *, keep_place: bool = False) -> None:
        """Show other paragraphs, from the top unless the place is to be kept."""
        self._paragraphs = tuple(paragraphs)
        self._wrap()
        if not keep_place:
            self.scroll_to(y=0, animate=False)
        self.refresh()

    def on_resize(self) -> None:
        """Wrap to the new width."""
        if self.size.width != self._wrapped_to:
            self._wrap()

    def _wrap(self) -> None:
        width = self._wrapped_to = self.size.width
        # The scrollbar's cell stays free, so that its coming and going wraps nothing anew.
        self._lines = [line for part in self._paragraphs for line in wrap(part, width - 1)] if width else []
        self.virtual_size = Size(width, len(self._lines))

    def render_line(self, y: int) -> Strip:
        """Draw one line. Textual asks for this."""
        index = y + self.scroll_offset.y
        line = self._lines[index] if index < len(self._lines) else ()
        if cells(line) > self.size.width:
            line = clip(line, self.size.width)
        return self.strip(line)

    def action_down(self) -> None:
        """Scroll a line down."""
        self.scroll_relative(y=1, animate=False)

    def action_up(self) -> None:
        """Scroll a line up."""
        self.scroll_relative(y=-1, animate=False)

    def action_half_down(self) -> None:
        """Scroll half a page down."""
        self.scroll_relative(y=max(1, self.size.height // 2), animate=False)

    def action_half_up(self) -> None:
        """Scroll half a page up."""
        self.scroll_relative(y=-max(1, self.size.height // 2), animate=False)

    def action_page_down(self) -> None:
        """Scroll a page down, one line of it kept in sight."""
        self.scroll_relative(y=max(1, self.size.height - 1), animate=False)

    def action_page_up(self) -> None:
        """Scroll a page up, one line of it kept in sight."""
        self.scroll_relative(y=-max(1, self.size.height - 1), animate=False)

    def action_top(self) -> None:
        """Go to the first line."""
        self.scroll_to(y=0, animate=False)

    def action_bottom(self) -> None:
        """Go to the last line."""
        self.scroll_to(y=self.max_scroll_y, animate=False)
