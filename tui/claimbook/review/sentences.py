"""The sentences of a text, and where exactly they stand.

A sentence is a stretch of the text as it is, line breaks within it included, so that a quote filled from
it is exact. First come blocks: a paragraph, a heading, an item of a list. An empty line ends a block, and
so does the end of a line, unless a small letter follows or the text is wrapped: all its lines are short,
and the next word had no room left. Within a block a sentence ends where `.`, `!`, `?` or `…`, with the
quotation marks and brackets that close after it, has white space after it and then no small letter. A full
stop after an abbreviation (`cues/abbreviations.txt`) or an initial ends nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from claimbook.review.cuetables import read_table

WRAPPED = 100
"""The longest line, in characters, of a text that is taken to be wrapped by hand."""
LONGEST_HEADING = 140
"""Characters in a heading, at most."""

_CLOSERS = r"""["'”’»›)\]]"""
_OPENERS = "\"'“‘„‚«‹([¿¡"
_MARKER = re.compile(r"(?:[-*+•‣▪◦–—·>]|#{1,6}|[0-9]{1,3}[.)])\s+")
_END = re.compile(rf"[.!?…]+{_CLOSERS}*")
_STOPPED = re.compile(rf"[.!?…:;,]{_CLOSERS}*$")
_INITIALS = re.compile(r"(?:[^\W\d_a-z]\.)*[^\W\d_a-z]")
_CLOSING_ROOM = 8
_LONGEST_WORD = 40


class Form(StrEnum):
    """What a sentence stands in."""

    PROSE = "prose"
    HEADING = "heading"
    ITEM = "item"


class Sentence(NamedTuple):
    """A stretch of a text that reads as one sentence, heading or item of a list."""

    start: int
    """Its first code point, 0-based; never white space."""
    end: int
    """The code point after its last, which is no white space either."""
    form: Form
    """What it stands in."""
    block: int
    """The number of its block, from 0: the sentences of one paragraph share it."""


@dataclass(slots=True)
class _Block:
    start: int
    end: int
    form: Form
    last_line: int
    """Where its last line begins."""


def split(text: str) -> list[Sentence]:
    """Return the sentences of a text in their order: all of it but white space and the markers of lists."""
    return [
        Sentence(start, end, _form(text, block), number)
        for number, block in enumerate(_blocks(text))
        for start, end in _within(text, block)
    ]


def _blocks(text: str) -> list[_Block]:
    lines = list(_lines(text))
    width = max((end - start for start, end in lines), default=0)
    blocks: list[_Block] = []
    is_open = False
    for start, end in lines:
        if start == end:
            is_open = False
            continue
        marker = _MARKER.match(text, start, end)
        if marker and marker.end() < end:
            blocks.append(_Block(marker.end(), end, _marked(marker[0]), start))
        elif is_open and _goes_on(text, blocks[-1], start, end, width):
            blocks[-1].end, blocks[-1].last_line = end, start
        else:
            blocks.append(_Block(start, end, Form.PROSE, start))
        is_open = True
    return blocks


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the lines stand, without the white space around them; an empty one as nothing."""
    offset = 0
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        start = offset + len(line) - len(line.lstrip()) if bare else offset
        yield start, start + len(bare)
        offset += len(line)


def _marked(marker: str) -> Form:
    if marker.startswith("#"):
        return Form.HEADING
    return Form.PROSE if marker.startswith(">") else Form.ITEM


def _goes_on(text: str, block: _Block, start: int, end: int, width: int) -> bool:
    """Tell whether a line goes on with the block that the line before it belongs to."""
    if block.form is Form.HEADING or _is_stopped(text, block):
        return False
    if text[start].islower():
        return True
    first_word = text[start : min(end, start + WRAPPED)].split(maxsplit=1)[0]
    return width <= WRAPPED and block.end - block.last_line + 1 + len(first_word) > width


def _is_stopped(text: str, block: _Block) -> bool:
    return bool(_STOPPED.search(text, max(block.start, block.end - _CLOSING_ROOM), block.end))


def _form(text: str, block: _Block) -> Form:
    one_line = block.last_line == block.start
    if block.form is Form.PROSE and one_line and block.end - block.start <= LONGEST_HEADING:
        return Form.PROSE if _is_stopped(text, block) else Form.HEADING
    return block.form


def _within(text: str, block: _Block) -> Iterator[tuple[int, int]]:
    start = block.start
    for match in _END.finditer(text, block.start, block.end):
        after = match.end()
        while after < block.end and text[after].isspace():
            after += 1
        if match.end() < after < block.end and _ends(text, start, match, after):
            yield start, match.end()
            start = after
    yield start, block.end


def _ends(text: str, start: int, match: re.Match[str], after: int) -> bool:
    """Tell whether a sentence ends at these signs; `after` is where the next word begins."""
    follows = text[after : after + 3].lstrip(_OPENERS)
    if follows[:1].islower() and not follows[1:2].isupper():  # iPhone and eBay can begin a sentence
        return False
    if match[0] != ".":
        return True
    words = text[max(start, match.start() - _LONGEST_WORD) : match.start()].split()
    word = words[-1].lstrip(_OPENERS) if words else ""
    return not _INITIALS.fullmatch(word) and word.casefold() not in _abbreviations()


@cache
def _abbreviations() -> frozenset[str]:
    words = (word for section in read_table("abbreviations").values() for word in section)
    return frozenset(word.removesuffix(".").casefold() for word in words)
