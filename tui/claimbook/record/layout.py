"""Reading the layout that claimbook writes, line by line.

Most records have nothing in them but keys at their columns, lists with hyphens, text on one line, and text
after `>-`. One regular expression takes such a text apart, in half the time that the events of a parser take
to come. Whatever else YAML can write is left to the parser: a line that is not plainly one of these makes the
answer None, so that this never has to know what such a line means.

What is given has been looked through before: it is UTF-8 without control characters, and no `#` in it begins
what may be meant as text (see `record/quick.py`).
"""

import re
from typing import Any

from claimbook.record.nodes import DEEPEST, NULLS
from claimbook.record.shapes import Shape

_INDICATORS = r"\-?:,\[\]{}\#&*!|>'\"%@`"
LINE = re.compile(
    rf"""
    \n*+ (?:\ *+\#[^\n]*+\n++)*+                     # blank lines and comments
    (\ *+) (-\ )?+                                   # its column, and whether an item begins
    (?: ([A-Za-z_][A-Za-z0-9_-]{{0,60}}+) :(?:\ ++|(?=\n)) )?+
    (?: ([^\s{_INDICATORS}][^\n:\#]*+)(?<!\ )\n      # plain text with nothing in it that could be a sign
      | ([>|]-?)\n                                   # text on the lines below, deeper than the key
        ( (?: \1(?(2)\ \ )\ +\S[^\n]*\n | \n )*+ ) (?!\ +\n)
      | ([^\n]*)\n                                   # any other value
    )
    """,
    re.VERBOSE,
)
_ITEM = rf"[^\s{_INDICATORS}][^\n?:,\[\]{{}}\#]*+(?<!\ )"
_ITEMS = re.compile(rf"\[{_ITEM}(?:,\ {_ITEM})*+\]")
_BREAKS = re.compile(r"\n+")
_SIGNS = frozenset("-?:,[]{}#&*!|>'\"%@` ")
END = "..."
_DEEPEST = DEEPEST - 4
"""Levels around a list, so that a mapping in it with a list in brackets is not too deep."""


class _OtherLayout(Exception):  # noqa: N818 - it is a way out, and reaches nobody
    """Something that is laid out in another way."""


def laid_out(text: str, shape: Shape) -> dict[str, Any] | None:
    """Return the values of a record, or None where it is laid out otherwise or has keys that are unknown."""
    if "\t" in text or not text.endswith("\n"):
        return None
    lines = LINE.findall(text.replace("\r\n", "\n") + END + "\n")
    if lines.pop() != ("", "", "", END, "", "", "") or not lines:
        return None
    try:
        return _record(lines, shape)
    except _OtherLayout:
        return None


class _Place:
    """Where lines go: the mapping or list that is being read, and those around it."""

    __slots__ = ("column", "holder", "outside", "shape")

    def __init__(self, record: dict[str, Any], shape: Shape) -> None:
        self.holder: Any = record
        self.column = 0
        self.shape: Shape | None = shape
        self.outside: list[tuple[Any, int, Shape | None]] = []

    def enter(self, holder: Any, column: int, shape: Shape | None) -> None:
        """Go into a mapping or list that is one more level deep."""
        self.outside.append((self.holder, self.column, self.shape))
        self.holder, self.column, self.shape = holder, column, shape

    def enter_value(self, key: str, value: Any, column: int) -> None:
        """Go into the value of a key on the line above."""
        if column <= self.column or len(self.outside) > _DEEPEST:
            raise _OtherLayout
        self.holder[key] = value
        self.enter(value, column, self.shape.keys.get(key) if self.shape is not None else None)

    def begin_item(self) -> dict[str, Any]:
        """Go into a new mapping in a list, whose first key stands after the hyphen."""
        item: dict[str, Any] = {}
        self.holder.append(item)
        self.enter(item, self.column + 2, self.shape)
        return item

    def leave(self, column: int) -> None:
        """Go back to what has its lines at a column; on the way look whether all keys are known."""
        while column < self.column:
            if self.shape is not None and type(self.holder) is dict and not self.shape.knows(self.holder):
                raise _OtherLayout
            self.holder, self.column, self.shape = self.outside.pop()
        if column != self.column:
            raise _OtherLayout


def _record(lines: list[tuple[str, ...]], shape: Shape) -> dict[str, Any]:
    """Build what lines say that are taken apart."""
    record: dict[str, Any] = {}
    place = _Place(record, shape)
    awaiting = ""
    for indent, hyphen, key, words, sign, below, other in lines:
        if awaiting:
            place.enter_value(awaiting, [] if hyphen else {}, len(indent))
            awaiting = ""
        elif len(indent) != place.column:
            place.leave(len(indent))
        holder = place.holder
        is_list = isinstance(holder, list)
        if is_list is not bool(hyphen):
            raise _OtherLayout
        value = words if words and words not in NULLS else _value(words, sign, below, other)
        if hyphen and not key:
            if value is None:
                raise _OtherLayout
            holder.append(value)
            continue
        if hyphen:
            holder = place.begin_item()
        if not key or key in holder:
            raise _OtherLayout
        holder[key] = value
        awaiting = key if value is None else ""
    place.leave(0)
    if awaiting or not shape.knows(record):
        raise _OtherLayout
    return record


def _value(words: str, sign: str, below: str, other: str) -> Any:
    """Return what stands after a key or a hyphen; None where nothing does."""
    if sign:
        return _text_below(sign, below)
    if words:
        raise _OtherLayout
    if not other:
        return None
    first = other[0]
    if first == "[":
        return _items(other)
    if first in ("'", '"'):
        return _quoted(other)
    if first in _SIGNS or other[-1] in ": " or ": " in other or " #" in other:
        raise _OtherLayout
    return other


def _text_below(sign: str, below: str) -> str:
    """Return a text of several lines; none of them may be indented otherwise than the first."""
    margin = len(below) - len(below.lstrip(" "))
    text = f"\n{below}".replace("\n" + " " * margin, "\n")
    if not margin or "\n " in text:
        raise _OtherLayout
    text = text.strip("\n")
    if sign[0] == ">":
        text = (
            _BREAKS.sub(lambda breaks: breaks[0][1:] or " ", text)
            if "\n\n" in text
            else text.replace("\n", " ")
        )
    return text if sign.endswith("-") else text + "\n"


def _items(other: str) -> list[str]:
    if other == "[]":
        return []
    found = other[1:-1].split(", ")
    if not _ITEMS.fullmatch(other) or not NULLS.isdisjoint(found):
        raise _OtherLayout
    return found


def _quoted(other: str) -> str:
    """Return a text in quotation marks that has no escapes and ends on its line."""
    mark, text = other[0], other[1:-1]
    if len(other) < 2 or other[-1] != mark or mark in text or (mark == '"' and "\\" in text):
        raise _OtherLayout
    return text
