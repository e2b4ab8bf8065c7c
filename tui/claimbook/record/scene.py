"""The place where a parser gave up on a text, seen as a person sees it: by lines."""

import re
from dataclasses import dataclass

_ODD_LINES = (
    (
        r" *(?P<spot>[\u00a0\u2000-\u200a\u202f\u3000])",
        "The white space that begins this line is no plain space: indent with spaces.",
    ),
    (
        r" *(?P<spot>```)",
        "This fence is no part of a record: delete the line, and the one that closes it.",
    ),
    (
        r" *(?P<spot>//)",
        "This line is no `key: value`: begin it with `#` if it is a comment.",
    ),
    (
        r" *(?P<spot>[–—−•·▪◦*+])[ \t\u00a0]",
        "An item of a list begins with `- `, a plain hyphen and a space: write that for `{spot}`.",
    ),
    (
        r" *(?P<spot>-)[^\s-]",
        "A space is missing after this hyphen: write `- ` to begin an item of a list.",
    ),
    (
        r" *(?:- +)*[\w-]+(?P<spot>：)",
        "This colon is not the plain one: write `: ` after the key.",
    ),
    (
        r" *(?:- +)*[\w-]+:(?P<spot>[\u00a0\u2000-\u200a\u202f\u3000])",
        "The white space after this colon is no plain space: write `: ` after the key.",
    ),
    (
        r" *(?:- +)*[\w-]+(?P<spot>:)(?!//)\S",
        "A space is missing after this colon: write `: ` after the key.",
    ),
)


@dataclass(frozen=True, slots=True)
class Slip:
    """A mistake in the writing of YAML."""

    message: str
    """What is wrong and what to do."""
    start: int
    """Offset of the spot."""
    end: int
    """Offset after it."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A text, and where a parser gave up on it."""

    text: str
    """The whole of it."""
    problem: str
    """The parser's own words."""
    at: int
    """Where it gave up."""
    since: int
    """Where what it was in the middle of began."""
    quoted: tuple[int, int] | None
    """The extent of the text that it read last, if that is in quotation marks."""

    def line_start(self, offset: int) -> int:
        """Return where the line of an offset begins."""
        return self.text.rfind("\n", 0, offset) + 1

    def line(self, offset: int) -> str:
        """Return the line of an offset, without its line end."""
        start = self.line_start(offset)
        end = self.text.find("\n", start)
        return self.text[start : end if end >= 0 else len(self.text)].rstrip("\r")

    def number(self, offset: int) -> int:
        """Return the 1-based number of the line of an offset."""
        return self.text.count("\n", 0, offset) + 1

    def above(self, offset: int) -> int | None:
        """Return the start of the nearest line above that is neither blank nor a comment."""
        start = self.line_start(offset)
        while start > 0:
            start = self.line_start(start - 1)
            if self.line(start).strip() and not self.line(start).lstrip().startswith("#"):
                return start
        return None

    def before(self) -> str:
        """Return the character before the spot on its line, white space aside."""
        return self.text[self.line_start(self.at) : self.at].rstrip()[-1:]


def odd_line(scene: Scene, offset: int) -> Slip | None:
    """Find the slip in a line that was meant to be a key or an item."""
    start = scene.line_start(offset)
    for pattern, message in _ODD_LINES:
        if match := re.match(pattern, scene.line(offset)):
            first, last = match.span("spot")
            return spot(message.replace("{spot}", match["spot"]), start + first, start + last)
    return None


def spot(message: str, start: int, end: int | None = None) -> Slip:
    """Make a slip about a stretch of the text; without an end, about one character."""
    return Slip(message, start, start + 1 if end is None else max(end, start + 1))
