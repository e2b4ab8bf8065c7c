"""Reading the layout that claimbook writes, line by line.

Most records have nothing in them but keys at their columns, lists with hyphens, text on one line or after
`>-`, a short list in brackets, and comments. One regular expression takes such a text apart, in half the
time that the events of a parser take to come. Whatever else YAML can write is left to the parser: a line that
is not plainly one of these makes the answer None, so that this never has to know what such a line means.

What is given has been looked through before: it is UTF-8 without control characters, and no `#` in it begins
what may be meant as text (see `record/quick.py`).
"""

import re
from typing import Any

from claimbook.record.nodes import DEEPEST, NULLS
from claimbook.record.shapes import Shape

_INDICATORS = r"\-?:,\[\]{}\#&*!|>'\"%@`"
_KEY = "[A-Za-z_][A-Za-z0-9_-]{0,60}+"
LINE = re.compile(
    rf"""
    \n*+ (?:\ *+\#[^\n]*+\n++)*+                     # blank lines and comments
    (\ *+) (-\ )?+                                   # its column, and whether an item begins
    (?: ({_KEY}) :(?:\ ++|(?=\n)) )?+
    (?: ([^\s{_INDICATORS}][^\n:\#]*+)(?<!\ )\n      # plain text with nothing in it that could be a sign
      | ([>|]-?)\n                                   # text on the lines below, deeper than the key
        ( (?: \1(?(2)\ \ )\ +\S[^\n]*\n | \n )*+ ) (?!\ +\n)
      | ([^\n]*)\n                                   # any other value
    )
    """,
    re.VERBOSE,
)
_TAIL = r"(?:\ ++(?:\#[^\n]*+)?)?"
_UNSIGNED = r"[^\n?:,\[\]{}\#]"
_ITEM = (
    rf"""(?:[^\s{_INDICATORS}]{_UNSIGNED}*+(?<!\ )|"(?:(?![\\"]){_UNSIGNED})*+"|'(?:(?!'){_UNSIGNED})*+')"""
)
_PAIRS = rf"\{{{_KEY}:\ {_ITEM}(?:,\ {_KEY}:\ {_ITEM})*+\}}"
_FLOW = re.compile(rf"(\[\]|{_PAIRS}|\[(?:{_ITEM}|{_PAIRS})(?:,\ (?:{_ITEM}|{_PAIRS}))*+\]){_TAIL}")
_IN_BRACKETS = re.compile(rf"{_ITEM}|{_PAIRS}")
_QUOTED = re.compile(rf"""('((?:[^']++|'')*+)'|"([^"\\]*+)"){_TAIL}""")
_BREAKS = re.compile(r"\n+")
_SIGNS = frozenset("-?:,[]{}#&*!|>'\"%@` ")
END = "..."
_DEEPEST = DEEPEST - 5
"""Levels around a list, so that a mapping in it is not too deep, with brackets and braces on a line of it."""


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
        """Go into the value of a key on the line above; hyphens may stand at the key's own column."""
        is_deeper = column > self.column or (column == self.column and type(value) is list)
        if not is_deeper or len(self.outside) > _DEEPEST:
            raise _OtherLayout
        self.holder[key] = value
        self.enter(value, column, self.under(key))

    def under(self, key: str) -> Shape | None:
        """Return the shape of the mappings under a key, of those in a list where there is no key."""
        return self.shape.keys.get(key) if key and self.shape is not None else self.shape

    def begin_item(self) -> dict[str, Any]:
        """Go into a new mapping in a list, whose first key stands after the hyphen."""
        item: dict[str, Any] = {}
        self.holder.append(item)
        self.enter(item, self.column + 2, self.shape)
        return item

    def leave_list(self, hyphen: str) -> Any:
        """Go back from a list whose hyphens stand at the column of its key to the mapping around it."""
        if hyphen or not self.outside or self.outside[-1][1] != self.column:
            raise _OtherLayout
        self.holder, self.column, self.shape = self.outside.pop()
        return self.holder

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
            holder = place.leave_list(hyphen)
        is_plain = words and words not in NULLS
        value = words if is_plain else _value(words or other, sign, below, place, key)
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


def _value(text: str, sign: str, below: str, place: _Place, key: str) -> Any:
    """Return what stands after a key or a hyphen; None where nothing does but a comment."""
    if sign:
        return _text_below(sign, below)
    first = text[:1]
    if first in ("", "#"):
        return None
    if first in ("[", "{"):
        return _in_brackets(text, place.under(key))
    if first in ("'", '"'):
        return _quoted(text)
    if " #" in text:
        text = text.partition(" #")[0].rstrip(" ")
    if first in _SIGNS or text[-1] in ": " or ": " in text or text in NULLS:
        raise _OtherLayout
    return text


def _text_below(sign: str, below: str) -> str:
    """Return a text of several lines; none of them may be indented otherwise than the first."""
    margin = len(below) - len(below.lstrip(" "))
    text = f"\n{below}".replace("\n" + " " * margin, "\n")
    if not margin or "\n " in text:
        raise _OtherLayout
    text = text.strip("\n")
    if sign[0] == ">" and "\n\n" in text:
        text = _BREAKS.sub(lambda breaks: breaks[0][1:] or " ", text)
    elif sign[0] == ">":
        text = text.replace("\n", " ")
    return text if sign.endswith("-") else text + "\n"


def _in_brackets(text: str, shape: Shape | None) -> Any:
    """Return a list or mapping in brackets or braces; a list has texts and mappings, these have texts."""
    match = _FLOW.fullmatch(text)
    if match is None:
        raise _OtherLayout
    inside = match[1][1:-1]
    if text[0] == "{":
        return _in_braces(inside, shape)
    if "{" in inside:
        items = _IN_BRACKETS.findall(inside)
        return [_in_braces(item[1:-1], shape) if item[0] == "{" else _item(item) for item in items]
    return [_item(item) for item in inside.split(", ")] if inside else []


def _in_braces(inside: str, shape: Shape | None) -> dict[str, str]:
    pairs = [pair.split(": ") for pair in inside.split(", ")]
    found = {key: _item(value) for key, value in pairs}
    if len(found) < len(pairs) or (shape is not None and not shape.knows(found)):
        raise _OtherLayout
    return found


def _item(text: str) -> str:
    if text[0] in ("'", '"'):
        return text[1:-1]
    if text in NULLS:
        raise _OtherLayout
    return text


def _quoted(text: str) -> str:
    """Return a text in quotation marks that has no escapes and ends on its line."""
    match = _QUOTED.fullmatch(text)
    if match is None:
        raise _OtherLayout
    return match[3] if match[2] is None else match[2].replace("''", "'")


def length(text: str) -> int:
    """Return how many characters of what stands on a line are its value, and no comment."""
    pattern = _FLOW if text[0] in "[{" else _QUOTED if text[0] in "'\"" else None
    match = pattern.match(text) if pattern else None
    return match.end(1) if match else len(text.partition(" #")[0].rstrip(" "))
