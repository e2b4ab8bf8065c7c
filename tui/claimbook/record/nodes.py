"""YAML text as a tree of nodes with positions, built straight on the parser's events.

Every scalar is the text that was written. What could make two readers of one file see different things, or
make reading unbounded, is refused with a diagnostic: see `record/source.py` for what is refused before.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml
from yaml import events

from claimbook.record.diagnostics import Diagnostic
from claimbook.record.forbidden import UNPRINTABLE, after_end, directive, escapes, properties
from claimbook.record.scene import Slip
from claimbook.record.slips import explain
from claimbook.record.source import SourceText
from claimbook.record.tokens import PureParser

if TYPE_CHECKING:
    from collections.abc import Callable

try:
    from yaml._yaml import CParser
except ImportError:  # PyYAML was installed without libyaml
    CParser = None  # type: ignore[assignment,misc]

DEEPEST = 16
"""Levels of nesting that are read."""

MOST = 40_000
"""Parser events, which are keys, values, and the beginnings and ends of lists, that are read."""

NULLS = frozenset(("", "~", "null", "Null", "NULL"))
"""Plain texts that say that a value is absent."""


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
        return self.style == "" and self.value in NULLS


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


def compose(source: SourceText, *, first_key: str = "claim") -> tuple[Mapping | None, list[Diagnostic]]:
    """Build the tree of one document, and the diagnostics of what is refused in it.

    `first_key` is the key to name where there is nothing to read.
    The tree is None where there is none to speak of. libyaml is the quick way and PyYAML's own parser the
    measure: what libyaml refuses is read again by the other, so that every machine says the same.
    """
    if slip := directive(source.text):
        return None, [source.diagnostic("yaml-documents", slip.message, slip.start, slip.end)]
    if CParser is not None:
        builder = _Builder(source)
        if builder.build(CParser):
            return builder.result(first_key)
    builder = _Builder(source)
    builder.build(PureParser)
    return builder.result(first_key)


def next_event(data: bytes) -> "Callable[[], Any] | None":
    """Return what gives libyaml's events of a text one by one; None where PyYAML is without libyaml.

    The bytes must be UTF-8.
    """
    return None if CParser is None else CParser(data).get_event


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

    def refuse_slip(self, rule: str, slip: Slip) -> None:
        self.refuse(rule, slip.message, slip.start, slip.end)

    def build(self, parser_class: Any) -> bool:
        """Drain the parser's events; return False where it gave up on the text."""
        parser = parser_class(self.source.text)
        takers: dict[type, Callable[[Any], bool]] = {
            events.ScalarEvent: self._scalar,
            events.MappingStartEvent: self._open,
            events.SequenceStartEvent: self._open,
            events.MappingEndEvent: self._close,
            events.SequenceEndEvent: self._close,
            events.DocumentStartEvent: self._document,
            events.DocumentEndEvent: self._document_end,
            events.AliasEvent: self._alias,
        }
        try:
            for _ in range(MOST):
                event = parser.get_event()
                if event is None:
                    return True
                take = takers.get(type(event))
                if take is not None and not take(event):
                    return True
            message = f"This file has more keys and values than the {MOST:,} that are read: split it."
            self.refuse("too-large", message, event.start_mark.index)
        except yaml.MarkedYAMLError as error:
            self.refuse_slip("yaml-syntax", explain(error, self.source.text, self._quoted()))
            return False
        finally:
            parser.dispose()
        return True

    def _quoted(self) -> tuple[int, int] | None:
        last = self.last
        return (last.start, last.end) if last and last.style in ("'", '"') else None

    def result(self, first_key: str) -> tuple[Mapping | None, list[Diagnostic]]:
        if self.root is None or (isinstance(self.root, Scalar) and self.root.absent):
            if not self.diagnostics:
                message = f"This file says nothing: begin it with `{first_key}: `, or delete it."
                self.refuse("empty-file", message, 0)
            return None, self.diagnostics
        if not isinstance(self.root, Mapping):
            if self.diagnostics:
                return None, self.diagnostics
            message = f"There are no keys with values here: begin with `{first_key}: ` and what it says."
            line_end = self.source.text.find("\n", self.root.start)
            end = self.root.end if line_end < 0 else min(self.root.end, line_end)
            self.refuse("wrong-type", message, self.root.start, end)
            return None, self.diagnostics
        return self.root, self.diagnostics

    def _document(self, event: Any) -> bool:
        """Begin a document; each of these tells whether to go on."""
        self.documents += 1
        start = event.start_mark.index
        if self.documents > 1:
            message = "The line `---` begins a second record here: keep one to a file, or delete the line."
            self.refuse("yaml-documents", message, start)
            return False
        return True

    def _document_end(self, event: Any) -> bool:
        after = after_end(self.source.text, event.end_mark.index) if event.explicit else None
        if after:
            self.refuse_slip("yaml-documents", after)
        return after is None

    def _alias(self, event: Any) -> bool:
        message = "A `*` before a word copies another value, which is not read: put the text in quotes."
        start, end = event.start_mark.index, event.end_mark.index
        self.refuse("yaml-alias", message, start, end)
        return self._add(Scalar("", "", start, end))

    def _properties(self, event: Any) -> None:
        for rule, slip in properties(self.source.text, event.start_mark.index):
            self.refuse_slip(rule, slip)

    def _scalar(self, event: Any) -> bool:
        if event.anchor is not None or event.tag is not None:
            self._properties(event)
        start, end = event.start_mark.index, event.end_mark.index
        if event.style == '"' and UNPRINTABLE.search(event.value):
            for slip in escapes(self.source.text, start, end):
                self.refuse_slip("control-character", slip)
        if start == end:  # nothing stands there: the two parsers differ in where, behind a `?` in brackets
            while end and self.source.text[end - 1] in " \t":
                end -= 1
            start = end
        self.last = Scalar(event.value, event.style or "", start, end)
        return self._add(self.last)

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

    def _close(self, event: Any) -> bool:
        self.stack.pop().end = event.end_mark.index
        self.keys.pop()
        self.seen.pop()
        return True

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
