"""From the bytes of a file to what it says, or to what is wrong with it."""

from itertools import islice
from typing import Any, Generic, Self, TypeVar

from pydantic import BaseModel, ValidationError

from claimbook.record.complaints import complaint
from claimbook.record.diagnostics import Diagnostic, Fix, Severity
from claimbook.record.locating import located
from claimbook.record.model import Claim
from claimbook.record.nodes import Mapping, Node, Path, Scalar, Sequence, compose, node_at, plain
from claimbook.record.quick import Quick
from claimbook.record.remarks import text_lost_to_comments
from claimbook.record.shapes import Shape, nearest, shape_of
from claimbook.record.source import SourceText, decode

T = TypeVar("T", bound=BaseModel)

MOST = 100
"""Diagnostics that one file is given."""

_MOST_LOCATED = 4 * MOST
"""Complaints of the model's that are looked up in the text, of which the first `MOST` are told."""


class Document(Generic[T]):
    """What was read from one file."""

    __slots__ = ("_data", "_file", "_is_laid_out", "_is_open", "_root", "_source", "content", "diagnostics")

    content: T | None
    """What it says; None where there is an error."""
    diagnostics: tuple[Diagnostic, ...]
    """What is wrong with it."""

    def __init__(
        self, source: SourceText, root: Mapping | None, content: T | None, diagnostics: tuple[Diagnostic, ...]
    ) -> None:
        """Hold a text with its nodes, where it could be parsed, and what came of it."""
        self._data, self._file = b"", source.file
        self._source: SourceText | None = source
        self._root, self._is_open, self._is_laid_out = root, True, False
        self.content = content
        self.diagnostics = diagnostics

    @classmethod
    def unopened(cls, data: bytes, file: str, quick: Quick[T]) -> Self:
        """Hold what a file says that nothing is wrong with; its nodes are built when they are asked for."""
        document = cls(SourceText(file, ""), None, quick.content, ())
        document._data, document._source = data, None
        document._is_open, document._is_laid_out = False, quick.is_laid_out
        return document

    @property
    def source(self) -> SourceText:
        """The text."""
        if self._source is None:
            self._source, _ = decode(self._data, self._file)
        return self._source

    @property
    def root(self) -> Mapping | None:
        """Its nodes with their positions, where it could be parsed."""
        if not self._is_open:
            self._root, _ = compose(self.source)
            self._is_open = True
        return self._root

    def span_of(self, path: Path, *, key: bool = False) -> tuple[int, int]:
        """Return the offsets of the value at a path, or of its key; of what holds it where it is absent."""
        if self._is_laid_out and not self._is_open and (span := located(self.source.text, path, key=key)):
            return span
        root = self.root
        if root is None:
            return 0, 0
        for length in range(len(path), -1, -1):
            found = _extent(root, path[:length], key=key)
            if found is not None:
                return found
        return 0, 0

    def diagnostic(
        self,
        rule: str,
        message: str,
        path: Path,
        *,
        key: bool = False,
        severity: Severity = Severity.ERROR,
        fix: Fix | None = None,
    ) -> Diagnostic:
        """Make a diagnostic about the value at a path, or about its key."""
        return self.source.diagnostic(rule, message, *self.span_of(path, key=key), severity=severity, fix=fix)


def read_record(data: bytes, file: str) -> Document[Claim]:
    """Read a claim record; `file` is the path that its diagnostics name."""
    return read_document(data, file, Claim)


def read_document(data: bytes, file: str, model: type[T]) -> Document[T]:
    """Read a file of YAML that a model describes; never raises for what the bytes say."""
    source, diagnostics = decode(data, file)
    return read_source(source, diagnostics, model)


def read_source(source: SourceText, found: list[Diagnostic], model: type[T]) -> Document[T]:
    """Read a text that is already decoded, with the diagnostics found on the way here."""
    if any(item.is_error for item in found):
        return Document(source, None, None, tuple(found[:MOST]))
    root, refused = compose(source, first_key=_first_key(model))
    if [item.rule for item in refused] == ["empty-file"] and not _requires(model):
        return Document(source, None, model.model_validate({}), tuple(found))
    found = [*found, *refused]
    if root is None or refused:
        return Document(source, root, None, tuple(found[:MOST]))
    content, wrong = _interpret(source, root, model)
    return Document(source, root, content, tuple(_in_order([*found, *wrong])[:MOST]))


def _interpret(source: SourceText, root: Mapping, model: type[T]) -> tuple[T | None, list[Diagnostic]]:
    document: Document[T] = Document(source, root, None, ())
    odd = _Oddities(source)
    odd.look(root, shape_of(model), ())
    wrong = odd.found
    doubts = text_lost_to_comments(source, root)
    try:
        content = model.model_validate(plain(root))
    except ValidationError as error:
        return None, [*wrong, *doubts, *_complaints(document, model, error, odd.meant)]
    return (None if wrong else content), [*wrong, *doubts]


def _requires(model: type[BaseModel]) -> bool:
    return any(field.is_required() for field in model.model_fields.values())


def _first_key(model: type[BaseModel]) -> str:
    fields = model.model_fields.items()
    return next((field.alias or name for name, field in fields if field.is_required()), "key")


def _in_order(found: list[Diagnostic]) -> list[Diagnostic]:
    """Sort by place, and keep one complaint of each rule about each spot."""
    first: dict[tuple[int, int, str], Diagnostic] = {}
    for item in found:
        first.setdefault((item.span.line, item.span.column, item.rule), item)
    return [first[key] for key in sorted(first)]


def _complaints(
    document: Document[Any], model: type[BaseModel], error: ValidationError, meant: set[Path]
) -> list[Diagnostic]:
    """Tell what the model does not accept, but for what is told otherwise: misspelt keys and empty items."""
    diagnostics = []
    for item in islice(error.errors(include_url=False), _MOST_LOCATED):
        node = None if document.root is None else node_at(document.root, item["loc"])
        if isinstance(node, Scalar) and node.absent and isinstance(item["loc"][-1], int):
            continue
        told = complaint(item, shape_of(model), empty=node is not None)
        if meant.isdisjoint(told.missed):
            diagnostics.append(document.diagnostic(told.rule, told.message, told.path, key=told.about_key))
    return diagnostics


class _Oddities:
    """The keys that a model does not know, what they were meant to be, and items that say nothing."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.found: list[Diagnostic] = []
        self.meant: set[Path] = set()

    def look(self, node: Node, shape: Shape | None, path: Path) -> None:
        """Find them in a list or mapping and under it; `shape` is None where any key goes."""
        if isinstance(node, Sequence):
            for index, item in enumerate(node.items):
                if not isinstance(item, Scalar):
                    self.look(item, shape, (*path, index))
                elif item.absent:
                    self._add_item(item)
        elif isinstance(node, Mapping):
            for key, value in node.items:
                known = shape is None or key.value in shape.keys
                if not known and not key.value.startswith("x-"):
                    self._add_key(key, shape, path)
                elif not isinstance(value, Scalar):
                    self.look(value, shape.keys.get(key.value) if shape else None, (*path, key.value))

    def _add_key(self, key: Scalar, shape: Shape | None, path: Path) -> None:
        name, keys = key.value[:40], shape.keys if shape else {}
        guess = nearest(key.value, keys)
        if key.value[:1].isspace():
            message = "The white space that begins this line is no plain space: indent with spaces."
        elif guess:
            self.meant.add((*path, guess))
            message = f"There is no key `{name}` here: did you mean `{guess}`?"
        else:
            known = ", ".join(keys)
            message = f"There is no key `{name}` here: write one of {known}, or begin your own with `x-`."
        self.found.append(self.source.diagnostic("unknown-key", message, key.start, key.end))

    def _add_item(self, item: Scalar) -> None:
        message = "This item is empty: write it, delete it, or put a text that reads `null` or `~` in quotes."
        self.found.append(self.source.diagnostic("wrong-type", message, *_item_extent(self.source, item)))


def _item_extent(source: SourceText, item: Scalar) -> tuple[int, int]:
    """Return the extent of an empty item, or of the hyphen before it where it is nothing at all."""
    if item.value:
        return item.start, item.end
    before = len(source.text[: item.start].rstrip())
    return max(0, before - 1), before


def _extent(root: Mapping, path: Path, *, key: bool) -> tuple[int, int] | None:
    if key and path and isinstance(path[-1], str):
        parent = node_at(root, path[:-1])
        if isinstance(parent, Mapping):
            found = next((k for k, _ in parent.items if k.value == path[-1]), None)
            return (found.start, found.end) if found else None
        return None
    node = node_at(root, path)
    if node is None:
        return None
    if isinstance(node, Scalar) or node.flow:
        return node.start, node.end
    return _head(node)


def _head(node: Sequence | Mapping) -> tuple[int, int]:
    """Return the extent of the first words of a block collection: all of it would mark half the file."""
    first: Node = node
    while not isinstance(first, Scalar) and first.items:
        head = first.items[0]
        first = head[0] if isinstance(head, tuple) else head
    return node.start, max(first.end, node.start)
