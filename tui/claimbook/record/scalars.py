"""Writing one text as YAML, in the style it is wanted in or the nearest that can hold it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

WIDTH = 100
"""Columns that a line of ours keeps to where it can."""

_NULLS = frozenset(("~", "null", "Null", "NULL", "=", "<<"))
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`")
_UNPLAIN = re.compile(r":(?: |$)| #|[\t\n]")
_FLOW_SIGNS = re.compile(r"[,\[\]{}?]|:[,\[\]{}?]")
_SPACE = re.compile(r"(?<=[^ \t]) (?=[^ \t])")
_SENTENCE_END = re.compile("[.!?][\"'”’»)\\]]* (?=[^a-z \t])")


@dataclass(frozen=True, slots=True)
class Written:
    """A value as YAML text."""

    head: str
    """What stands on the line of its key or dash; empty for a block list or mapping under a key."""
    body: tuple[str, ...] = ()
    """The lines below, with their indentation."""
    closed: bool = False
    """Whether a line end after the last line is part of the value."""
    margin: int | None = None
    """The column of the `|` or `>` text that it ends in, which would take in what stands deeper below it."""


@dataclass(frozen=True, slots=True)
class Spot:
    """What can be written at one place."""

    column: int
    """The column of the lines below, where there are any."""
    flow: bool = False
    """Whether it is inside brackets or braces."""
    block: bool = True
    """Whether `|` and `>` can be written."""
    keep: bool = False
    """Whether blank lines below can be part of the value."""
    quote: str = "'"
    """The quotation mark that is preferred."""

    @property
    def width(self) -> int:
        """Columns that a line below can take."""
        return max(WIDTH - self.column, 40)


def write_scalar(text: str, style: str, spot: Spot, lines: list[str] | None = None) -> Written:
    """Write a text in a style (`''` for plain), or in the nearest one that can hold it.

    `lines` is how a folded text is laid out so far, which stays as far as its words do.
    """
    block = spot.block and not spot.flow
    if style in ("|", ">") and block and _fits_block(text, keep=spot.keep):
        core = text.rstrip("\n")
        if style == ">" and _fits_folded(core):
            return _block(">", text, fold(core, spot.width, lines), spot)
        return _block("|", text, core.split("\n"), spot)
    if style == "" and is_plain(text, flow=spot.flow):
        return Written(text)
    if style == "" and block and "\n" in text and _fits_block(text, keep=False):
        return write_scalar(text, "|", spot)
    return Written(quoted(text, style if style in ("'", '"') else None, spot.quote))


def write_new_scalar(text: str, spot: Spot, used: int) -> Written:
    """Write a text that has no style yet: long ones folded, a sentence a line.

    `used` is the column where it begins.
    """
    block = spot.block and not spot.flow
    if block and "\n" in text:
        return write_scalar(text, "|", spot)
    if block and used + len(text) > WIDTH and len(fold(text, spot.width)) > 1:
        return write_scalar(text, ">", spot)
    return write_scalar(text, "", spot)


def is_plain(text: str, *, flow: bool) -> bool:
    """Tell whether a text can stand without quotation marks and read the same everywhere."""
    if not text or text[0] in _INDICATORS or text in _NULLS or text != text.strip():
        return False
    return not _UNPLAIN.search(text) and not (flow and _FLOW_SIGNS.search(text))


def quoted(text: str, style: str | None, preferred: str = "'") -> str:
    """Write a text in quotation marks: of one style where it can be, else those that need no escapes."""
    if "\n" in text:
        style = '"'
    if style is None:
        awkward = "'" in text if preferred == "'" else '"' in text or "\\" in text
        easy = '"' not in text and "\\" not in text if preferred == "'" else "'" not in text
        other = '"' if preferred == "'" else "'"
        style = other if awkward and easy else preferred
    if style == "'":
        return "'" + text.replace("'", "''") + "'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def fold(text: str, width: int, lines: list[str] | None = None) -> list[str]:
    """Break a text without line ends after it into the lines of a folded scalar, a sentence a line.

    Lines that it has already stay as they are as far as the words before them or after them do.
    """
    folded: list[str] = []
    if lines and "\n" not in text and (kept := _refold(text, width, lines)):
        return kept
    for number, paragraph in enumerate(text.split("\n")):
        if number:
            folded.append("")
        if paragraph:
            folded += _wrapped(paragraph, width)
    return folded


def _refold(text: str, width: int, lines: list[str]) -> list[str] | None:
    """Keep the lines at both ends that still stand in the text, and break what is between them."""
    head, tail, rest = 0, len(lines), text
    while head < tail and rest.startswith(lines[head] + " "):
        rest = rest[len(lines[head]) + 1 :]
        head += 1
    while tail > head and rest.endswith(" " + lines[tail - 1]):
        tail -= 1
        rest = rest[: -len(lines[tail]) - 1]
    middle = [rest] if rest in lines else list(_wrapped(rest, width))
    made = [*lines[:head], *middle, *lines[tail:]]
    whole = all(line and line == line.strip(" \t") for line in made)
    return made if whole else None


def _wrapped(text: str, width: int) -> Iterator[str]:
    start = 0
    for match in _SENTENCE_END.finditer(text):
        yield from _broken(text[start : match.end() - 1], width)
        start = match.end()
    yield from _broken(text[start:], width)


def _broken(text: str, width: int) -> Iterator[str]:
    """Break a sentence at single spaces, so that folding gives it back."""
    start, cut = 0, 0
    for match in _SPACE.finditer(text):
        if match.start() - start > width and cut > start:
            yield text[start:cut]
            start = cut + 1
        cut = match.start()
    if len(text) - start > width and cut > start:
        yield text[start:cut]
        start = cut + 1
    yield text[start:]


def _fits_block(text: str, *, keep: bool) -> bool:
    """Tell whether `|` can hold a text without an indentation indicator."""
    core = text.rstrip("\n")
    if not core or core[0] in " \t\n" or (text.endswith("\n\n") and not keep):
        return False
    return all(not line or line.strip(" \t") for line in core.split("\n"))


def _fits_folded(text: str) -> bool:
    return all(line == line.strip(" \t") for line in text.split("\n"))


def _block(style: str, text: str, lines: list[str], spot: Spot) -> Written:
    margin = " " * spot.column
    ends = len(text) - len(text.rstrip("\n"))
    body = [margin + line if line else "" for line in lines] + [""] * (ends - 1)
    chomping = "-" if ends == 0 else "" if ends == 1 else "+"
    return Written(style + chomping, tuple(body), ends > 0, spot.column)
