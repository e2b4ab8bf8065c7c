"""Where things stand in a record's text: lines, ends of content, comments.

The parser's ends of block collections and block scalars lie past the comments and blank lines that follow, so
ends are worked out here from the scalars and the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from claimbook.record.diagnostics import TextEdit
from claimbook.record.nodes import Mapping, Node, Scalar, Sequence

_HEADER = re.compile(r"[|>][-+0-9]*")
_SKIPPED = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_COMMENT_LINE = re.compile(r"([ \t]*)#")
_BLANK_LINE = re.compile(r"[ \t\r]*(?:\n|\Z)")


@dataclass(frozen=True, slots=True)
class Block:
    """The parts of a `|` or `>` scalar."""

    header: int
    """Offset after the indicator's characters."""
    start: int
    """Offset of the first line below."""
    core: int
    """Offset after the last line with words, its line end included."""
    end: int
    """Offset after the last line that is part of the value, its line end included."""
    indent: int | None
    """Columns of indentation; None where it has no words."""
    unterminated: bool
    """Whether the file ends in its last line, without a line end, which its value then lacks."""


class Page:
    """The text of a record, with what its lines and nodes span."""

    def __init__(self, text: str) -> None:
        """Take the whole text of one file."""
        self.text = text
        first = text.find("\n")
        self.eol = "\r\n" if first > 0 and text[first - 1] == "\r" else "\n"

    def line_start(self, offset: int) -> int:
        """Return where the line of an offset begins."""
        return self.text.rfind("\n", 0, offset) + 1

    def line_end(self, offset: int) -> int:
        """Return where the line of an offset ends, its line end left out."""
        end = self.text.find("\n", offset)
        end = len(self.text) if end < 0 else end
        return end - 1 if end > offset and self.text[end - 1] == "\r" else end

    def next_line(self, offset: int) -> int:
        """Return where the line after the one of an offset begins, or the end of the text."""
        return self.text.find("\n", offset) + 1 or len(self.text)

    def column(self, offset: int) -> int:
        """Return the 0-based column of an offset."""
        return offset - self.line_start(offset)

    def first_on_line(self, offset: int) -> bool:
        """Tell whether nothing but spaces stands before an offset on its line."""
        return not self.text[self.line_start(offset) : offset].strip(" \t")

    def same_line(self, start: int, end: int) -> bool:
        """Tell whether no line end stands between two offsets."""
        return "\n" not in self.text[start:end]

    def skip(self, offset: int) -> int:
        """Return the offset of the next token: after white space, line ends and comments."""
        match = _SKIPPED.match(self.text, offset)
        return match.end() if match else offset

    def block(self, scalar: Scalar) -> Block:
        """Take a `|` or `>` scalar apart."""
        match = _HEADER.match(self.text, scalar.start)
        header = match.end() if match else scalar.start + 1
        start = self.next_line(header)
        stop = max(scalar.end, start)
        if stop > start and self.text[stop - 1] != "\n":
            stop = self.next_line(stop)
        lines = self.text[start:stop].splitlines(keepends=True)
        indent = _indent(lines, scalar.value)
        core = stop
        while lines and not _counts(lines[-1], indent) and (indent is not None or " " not in scalar.value):
            core -= len(lines.pop())
        stop = stop if "+" in self.text[scalar.start : header] else core
        unterminated = bool(lines) and stop == len(self.text) and not self.text.endswith("\n")
        return Block(header, start, core, stop, indent, unterminated)

    def content_end(self, node: Node) -> int:
        """Return the offset after a node's last character, of a block scalar after its last line's."""
        leaf = last_leaf(node)
        if isinstance(leaf, Scalar) and leaf.style in ("|", ">"):
            block = self.block(leaf)
            return (
                self.line_end(self.line_start(block.core - 1)) if block.core > block.start else block.header
            )
        return leaf.end

    def below(self, node: Node) -> int:
        """Return where the first line after a node begins, blank lines that are its value's passed over."""
        leaf = last_leaf(node)
        if isinstance(leaf, Scalar) and leaf.style in ("|", ">"):
            return self.block(leaf).end
        return self.next_line(leaf.end)

    def kept(self, node: Node) -> bool:
        """Tell whether a node ends in a `|+` or `>+` scalar, to which blank lines below it belong."""
        leaf = last_leaf(node)
        if not isinstance(leaf, Scalar) or leaf.style not in ("|", ">"):
            return False
        return "+" in self.text[leaf.start : self.block(leaf).header]

    def past_comments(self, offset: int, column: int, margin: int | None = None) -> int:
        """Return the line after the comment lines that stand deeper than a column, from a line's start on.

        With a margin, lines of more spaces than that are passed over too.
        """
        found = offset
        for start in self._lines(offset):
            match = _COMMENT_LINE.match(self.text, start)
            if match and len(match[1]) > column:
                found = self.next_line(start)
            elif not _BLANK_LINE.match(self.text, start):
                break
            elif margin is not None and self.indent(start) > margin:
                found = self.next_line(start)
        return found

    def blocked(self, offset: int, column: int) -> bool:
        """Tell whether a block scalar indented to a column would take in what follows a line's start."""
        for start in self._lines(offset):
            blank = _BLANK_LINE.match(self.text, start)
            if not blank:
                return bool((match := _COMMENT_LINE.match(self.text, start)) and len(match[1]) >= column)
            if self.line_end(start) - start > column:
                return True
        return False

    def spaced(self, offset: int) -> bool:
        """Tell whether a blank line stands among the comments at a line's start, or right above it."""
        if not self.text[self.line_start(max(offset - 1, 0)) : offset].strip(" \t\r\n"):
            return True
        for start in self._lines(offset):
            if not _COMMENT_LINE.match(self.text, start):
                return _BLANK_LINE.match(self.text, start) is not None
        return False

    def comment_at(self, line: int) -> bool:
        """Tell whether the line that begins at an offset is a comment."""
        return _COMMENT_LINE.match(self.text, line) is not None

    def indent(self, line: int) -> int:
        """Return the columns of white space that a line begins with."""
        return self.line_end(line) - line - len(self.text[line : self.line_end(line)].lstrip(" \t"))

    def past_blank(self, offset: int) -> int:
        """Return the first line that is not blank, from a line's start on."""
        for start in self._lines(offset):
            if not _BLANK_LINE.match(self.text, start):
                return start
        return len(self.text)

    def before_blank(self, offset: int, least: int) -> int:
        """Return where the blank lines above a line begin, none of them before an offset."""
        while offset > least:
            start = self.line_start(offset - 1)
            if start < least or self.text[start:offset].strip(" \t\r\n"):
                break
            offset = start
        return offset

    def comments(self, node: Node, end: int) -> bool:
        """Tell whether a comment stands within a node or after it up to an offset."""
        position = node.start
        for leaf in leaves(node):
            if "#" in self.text[position : leaf.start]:
                return True
            position = self.content_end(leaf)
            block = self.block(leaf) if leaf.style in ("|", ">") else None
            if block and "#" in self.text[block.header : block.start]:
                return True
        return "#" in self.text[position:end]

    def _lines(self, offset: int) -> Iterator[int]:
        while offset < len(self.text):
            yield offset
            offset = self.next_line(offset)

    def lines_edit(self, start: int, end: int, lines: list[str], *, closed: bool = False) -> TextEdit:
        """Replace whole lines by others; a line end missing at the end of the file stays missing.

        `closed` says that the last line needs its line end for the sake of a value.
        """
        ragged = end == len(self.text) and not self.text.endswith("\n")
        if not ragged:
            return TextEdit(start, end, "".join(line + self.eol for line in lines))
        if not lines:
            return TextEdit(self.line_end(self.line_start(start - 1)) if start else 0, end, "")
        begun = start == 0 or self.text[start - 1] == "\n"
        added = ("" if begun else self.eol) + self.eol.join(lines)
        return TextEdit(start, end, added + (self.eol if closed else ""))


def leaves(node: Node) -> Iterator[Scalar]:
    """Yield the scalars of a node, keys included, in order."""
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from leaves(item)
    else:
        for key, value in node.items:
            yield key
            yield from leaves(value)


def last_leaf(node: Node) -> Node:
    """Return the last scalar or bracketed collection in a node."""
    while not isinstance(node, Scalar):
        if node.flow and not is_bare(node):
            return node
        last = node.items[-1]
        node = last[1] if isinstance(last, tuple) else last
    return node


def is_bare(node: Node) -> bool:
    """Tell whether a node is a pair in brackets that has no braces of its own: `[anonymous: two people]`."""
    return (
        isinstance(node, Mapping)
        and node.flow
        and len(node.items) == 1
        and node.items[0][0].start == node.start
    )


def _indent(lines: list[str], value: str) -> int | None:
    """Work out a block scalar's indentation from its first line with words and its value."""
    first = next((line for line in lines if line.strip(" \t\r\n")), None)
    shown = next((line for line in value.split("\n") if line.strip(" \t")), None)
    if first is None or shown is None:
        return None
    return (len(first) - len(first.lstrip(" "))) - (len(shown) - len(shown.lstrip(" ")))


def _counts(line: str, indent: int | None) -> bool:
    """Tell whether a line of a block scalar is part of its value."""
    bare = line.rstrip("\r\n")
    return bool(bare.strip(" \t")) or (indent is not None and len(bare) > indent)
