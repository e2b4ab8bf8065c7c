"""YAML text as a tree of nodes with positions, built straight on the parser's events.

Every scalar is the text that was written. What could make two readers of one file see different things, or
make reading unbounded, is refused with a diagnostic: see `record/source.py` for what is refused before.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml import events

from claimbook.record.diagnostics import Diagnostic
from claimbook.record.slips import explain
from claimbook.record.source import SourceText
from claimbook.record.tokens import PureParser

try:
    from yaml._yaml import CParser
except ImportError:  # PyYAML was installed without libyaml
    CParser = None  # type: ignore[assignment,misc]

DEEPEST = 16
"""Levels of nesting that are read."""

MOST = 40_000
"""Parser events, which are keys, values, and the beginnings and ends of lists, that are read."""

_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_NOTHING = re.compile(r"(?:[ \t\r]*+(?:#[^\n]*+)?+\n)*+[ \t\r]*+(?:#[^\n]*+)?+")
_DIRECTIVE = re.compile(r"(?:[ \t\r]*+(?:#[^\n]*+)?+\n)*+(%[^\r\n]*)")
_PROPERTY = re.compile(r"([&!][^\s,\[\]{}]*+)\s*+")
_ESCAPE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[^xuU])", re.DOTALL)
_ESCAPED = {"0": 0, "a": 7, "b": 8, "v": 0xB, "f": 0xC, "r": 0xD, "e": 0x1B, "N": 0x85, "L": 0x2028, "P": 0x2029}
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


@dataclass(slots=True)
class Scalar:
    """A text, with how it is written and where."""

    value: str
    """The text, as its reader sees it."""
    style: str
    """`''` for plain, else the character it begins with: a quotation mark, `|` or `>`."""
    start: int
    """Offset of its first character."""
    end: int
    """Offset after it; for block scalars past blank lines that follow."""

    @property
    def absent(self) -> bool:
        """Tell whether it is an empty value, `~` or `null`, unquoted."""
        return self.style == "" and self.value in _NULLS


@dataclass(slots=True)
class Sequence:
    """A list."""

    flow: bool
    """Whether it is written in brackets."""
    start: int
    """Offset of the bracket or of the first dash."""
    end: int
    """Offset after the closing bracket; for block style somewhere past the last item."""
    items: list["Node"] = field(default_factory=list)
    """The items, in order."""


@dataclass(slots=True)
class Mapping:
    """Keys with values."""

    flow: bool
    """Whether it is written in braces."""
    start: int
    """Offset of the brace or of the first key."""
    end: int
    """Offset after the closing brace; for block style somewhere past the last value."""
    items: list[tuple[Scalar, "Node"]] = field(default_factory=list)
    """Keys and values, in order."""

    def get(self, key: str) -> "Node | None":
        """Return the value of a key, or None."""
        return next((value for name, value in self.items if name.value == key), None)


Node = Scalar | Sequence | Mapping
Step = str | int
Path = tuple[Step, ...]


def compose(source: SourceText) -> tuple[Mapping | None, list[Diagnostic]]:
    """Build the tree of one document, and the diagnostics of what is refused in it.

    The tree is None where there is none to speak of. libyaml is the quick way and PyYAML's own parser the
    measure: what libyaml refuses is read again by the other, so that every machine says the same.
    """
    directive = _DIRECTIVE.match(source.text)
    if directive:
        message = (
            "YAML directives (`%name`) are not read: delete this line, or quote a text that begins with `%`."
        )
        return None, [source.diagnostic("yaml-documents", message, *directive.span(1))]
    if CParser is not None:
        builder = _Builder(source)
        if builder.build(CParser):
            return builder.result()
    builder = _Builder(source)
    builder.build(PureParser)
    return builder.result()


def node_at(root: Node, path: Path) -> Node | None:
    """Return the node a path leads to, or None where there is none."""
    node: Node | None = root
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str):
            node = node.get(step)
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            return None
    return node


def plain(node: Node) -> Any:
    """Return the tree as dicts, lists and texts; absent values are left out of dicts and None in lists."""
    if isinstance(node, Scalar):
        return None if node.absent else node.value
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    values = ((key.value, plain(value)) for key, value in node.items)
    return {key: value for key, value in values if value is not None}


class _Builder:
    """Builds the tree from events, on a stack of its own."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.diagnostics: list[Diagnostic] = []
        self.root: Node | None = None
        self.stack: list[Sequence | Mapping] = []
        self.keys: list[Scalar | None] = []
        self.seen: list[dict[str, int]] = []
        self.last: Scalar | None = None
        self.documents = 0

    def refuse(self, rule: str, message: str, start: int, end: int | None = None) -> None:
        if len(self.diagnostics) < 100:
            self.diagnostics.append(self.source.diagnostic(rule, message, start, end))

    def build(self, parser_class: Any) -> bool:
        """Drain the parser's events; return False where it gave up on the text."""
        parser = parser_class(self.source.text)
        try:
            for _ in range(MOST):
                event = parser.get_event()
                if event is None or not self._take(event):
                    return True
            message = f"This file has more keys and values than the {MOST:,} that are read: split it."
            self.refuse("too-large", message, event.start_mark.index)
        except yaml.MarkedYAMLError as error:
            slip = explain(error, self.source.text, self._quoted())
            self.refuse("yaml-syntax", slip.message, slip.start, slip.end)
            return False
        finally:
            parser.dispose()
        return True

    def _quoted(self) -> tuple[int, int] | None:
        last = self.last
        return (last.start, last.end) if last and last.style in ("'", '"') else None

    def result(self) -> tuple[Mapping | None, list[Diagnostic]]:
        if self.root is None or (isinstance(self.root, Scalar) and self.root.absent):
            if not self.diagnostics:
                message = "This file is empty: write a record, or delete the file."
                self.refuse("empty-file", message, 0)
            return None, self.diagnostics
        if not isinstance(self.root, Mapping):
            if self.diagnostics:
                return None, self.diagnostics
            message = "This file is no record: begin it with `claim: ` and the sentence that is judged."
            line_end = self.source.text.find("\n", self.root.start)
            end = self.root.end if line_end < 0 else min(self.root.end, line_end)
            self.refuse("wrong-type", message, self.root.start, end)
            return None, self.diagnostics
        return self.root, self.diagnostics

    def _take(self, event: Any) -> bool:
        if isinstance(event, events.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, events.CollectionStartEvent):
            return self._open(event)
        elif isinstance(event, events.CollectionEndEvent):
            self._close(event)
        elif isinstance(event, events.DocumentStartEvent):
            return self._document(event)
        elif isinstance(event, events.DocumentEndEvent):
            return self._document_end(event)
        elif isinstance(event, events.AliasEvent):
            self._alias(event)
        return True

    def _document(self, event: Any) -> bool:
        self.documents += 1
        start = event.start_mark.index
        if self.documents > 1:
            message = "The line `---` begins a second record here: keep one to a file, or delete the line."
            self.refuse("yaml-documents", message, start)
            return False
        return True

    def _document_end(self, event: Any) -> bool:
        """Refuse what stands after `...`."""
        if not event.explicit:
            return True
        rest = _NOTHING.match(self.source.text, event.end_mark.index)
        start = rest.end() if rest else 0
        if start == len(self.source.text):
            return True
        message = "Nothing after the line `...` is read: delete that line, or what follows it."
        self.refuse("yaml-documents", message, start)
        return False

    def _alias(self, event: Any) -> None:
        message = "A `*` before a name refers to another place, which is not read: write the text out, or quote it."
        start, end = event.start_mark.index, event.end_mark.index
        self.refuse("yaml-alias", message, start, end)
        self._add(Scalar("", "", start, end))

    def _properties(self, event: Any) -> None:
        """Refuse the anchor and the tag that stand before a value."""
        match = _PROPERTY.match(self.source.text, event.start_mark.index)
        while match:
            rule, what, name = ("yaml-alias", "a name", "name") if match[1][0] == "&" else ("yaml-tag", "a tag", "tag")
            message = f"`{match[1][:40]}` is {what} to YAML, which is not read: put the text in quotes, or delete the {name}."
            self.refuse(rule, message, *match.span(1))
            match = _PROPERTY.match(self.source.text, match.end())

    def _scalar(self, event: Any) -> None:
        if event.anchor is not None or event.tag is not None:
            self._properties(event)
        start, end = event.start_mark.index, event.end_mark.index
        if event.style == '"' and _UNPRINTABLE.search(event.value):
            self._escapes(start, end)
        self.last = Scalar(event.value, event.style or "", start, end)
        self._add(self.last)

    def _escapes(self, start: int, end: int) -> None:
        """Refuse the escapes that make what may not stand in a file."""
        for match in _ESCAPE.finditer(self.source.text, start, end):
            code = int(match[0][2:], 16) if len(match[0]) > 2 else _ESCAPED.get(match[0][1], 0x20)
            if not _UNPRINTABLE.match(chr(code)):
                continue
            if 0xD800 <= code <= 0xDFFF:
                message = f"The escape `{match[0]}` is half of a character: write the character itself."
            else:
                message = f"The escape `{match[0]}` makes the control character U+{code:04X}: delete it."
            self.refuse("control-character", message, *match.span())

    def _open(self, event: Any) -> bool:
        if event.anchor is not None or event.tag is not None:
            self._properties(event)
        start, end = event.start_mark.index, event.end_mark.index
        if len(self.stack) == DEEPEST:
            message = f"This is nested deeper than {DEEPEST} levels, which is not read: flatten it."
            self.refuse("too-deep", message, start)
            return False
        kind = Mapping if isinstance(event, events.MappingStartEvent) else Sequence
        node = kind(bool(event.flow_style), start, end)
        if not self._add(node):
            message = "A key is text, and this is a list or more keys: put it in quotes."
            self.refuse("wrong-type", message, start)
            return False
        self.stack.append(node)
        self.keys.append(None)
        self.seen.append({})
        return True

    def _close(self, event: Any) -> None:
        self.stack.pop().end = event.end_mark.index
        self.keys.pop()
        self.seen.pop()

    def _add(self, node: Node) -> bool:
        """Put a node where it belongs; return False for a key that is no text."""
        if not self.stack:
            self.root = node
            return True
        parent = self.stack[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
            return True
        key = self.keys[-1]
        if key is not None:
            parent.items.append((key, node))
            self.keys[-1] = None
            return True
        if not isinstance(node, Scalar):
            return False
        self._key(node)
        return True

    def _key(self, key: Scalar) -> None:
        self.keys[-1] = key
        if key.value == "<<" and key.style == "":
            message = "The key `<<` copies other keys, which is not read: write them out."
            self.refuse("yaml-alias", message, key.start, key.end)
        first = self.seen[-1].setdefault(key.value, key.start)
        if first != key.start:
            line = self.source.position(first)[0]
            message = f"The key `{key.value[:40]}` stands in line {line} already: make one of the two."
            self.refuse("duplicate-key", message, key.start, key.end)
