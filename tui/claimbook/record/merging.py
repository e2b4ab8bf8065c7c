"""Merging two versions of a record that go back to one, block by block.

A block is a key with its value and the comments directly above it, or an item of a list. Where one side
changed a block, its text is taken as it is; where both put items at one place of a list, both get theirs;
where both changed one block differently, its parts are merged, down to single values. What is left is a
conflict, and stays one: both texts between conflict markers, for a person.
"""

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from claimbook.record.changes import SetField
from claimbook.record.editing import EditRefused, apply
from claimbook.record.nodes import Mapping, Node, Scalar, Sequence, compose
from claimbook.record.source import SourceText


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge came to."""

    text: str
    """The merged text, with conflict markers where there are conflicts."""
    conflicts: int
    """How many blocks both sides changed differently."""


def merge(base: str, ours: str, theirs: str) -> Merged:
    """Merge two texts of a record that both go back to `base`.

    The texts are decoded and have no byte order mark. Where one of them cannot be read, or the result could
    not, all of it is one conflict.
    """
    if theirs in (base, ours):
        return Merged(ours, 0)
    if base == ours:
        return Merged(theirs, 0)
    sides = [_whole(text) for text in (base, ours, theirs)]
    merger = _Merger()
    text = merger.parts(*sides) if all(sides) else None
    if text is None or (merger.conflicts == 0 and _whole(text) is None):
        return Merged(conflict(ours, theirs), 1)
    return Merged(text, merger.conflicts)


def conflict(ours: str, theirs: str) -> str:
    """Write two texts as a conflict, in whole lines."""
    return f"<<<<<<< ours\n{_ended(ours)}=======\n{_ended(theirs)}>>>>>>> theirs\n"


@dataclass(frozen=True, slots=True)
class _Block:
    """A stretch of a text, with the node in it."""

    label: str
    """The key; empty for an item of a list."""
    body: str
    """Its lines."""
    tail: str
    """The blank lines after them, which belong to nobody."""
    node: Node
    source: SourceText
    start: int


@dataclass(frozen=True, slots=True)
class _Parts:
    """A block taken apart."""

    head: str
    """What stands before the parts: `verdicts:` and its line end, or the dash of an item."""
    blocks: list[_Block]
    of_list: bool
    """Whether the parts are a list's items, and not keys."""


class _Merger:
    """Merges what the sides have, and counts what it cannot."""

    def __init__(self) -> None:
        self.conflicts = 0

    def parts(self, base: _Parts | None, ours: _Parts | None, theirs: _Parts | None) -> str | None:
        """Merge blocks that were taken apart; None where they are not of one form."""
        if ours is None or theirs is None:
            return None
        base = base or _Parts(ours.head, [], ours.of_list)
        head = _one_of(base.head, ours.head, theirs.head)
        if head is None or not base.of_list == ours.of_list == theirs.of_list:
            return None
        merge_blocks = self._items if ours.of_list else self._keys
        blocks = merge_blocks(base.blocks, ours.blocks, theirs.blocks)
        return None if blocks is None else head + _joined(blocks)

    def _keys(
        self, base: list[_Block], ours: list[_Block], theirs: list[_Block]
    ) -> list[tuple[str, str]] | None:
        """Merge keys: in our order, theirs after what they stand after there."""
        labels = _order([block.label for block in ours], [block.label for block in theirs])
        if ours[0].label != theirs[0].label or labels[0] != ours[0].label:
            return None  # the first key may stand beside a dash, where no other fits
        old, mine, other = ({block.label: block for block in side} for side in (base, ours, theirs))
        merged = (self._block(old.get(label), mine.get(label), other.get(label)) for label in labels)
        return [block for block in merged if block is not None]

    def _items(self, base: list[_Block], ours: list[_Block], theirs: list[_Block]) -> list[tuple[str, str]]:
        """Merge items: what both put at one place both stands there, ours first."""
        mine, other = _Alignment.of(base, ours), _Alignment.of(base, theirs)
        merged: list[tuple[str, str] | None] = []
        for index in range(len(base) + 1):
            known = {block.body for block in mine.added[index]}
            merged += [(block.body, block.tail) for block in mine.added[index]]
            merged += [(b.body, b.tail) for b in other.added[index] if b.body not in known]
            if index < len(base):
                merged.append(self._block(base[index], mine.kept[index], other.kept[index]))
        return [block for block in merged if block is not None]

    def _block(
        self, base: _Block | None, ours: _Block | None, theirs: _Block | None
    ) -> tuple[str, str] | None:
        """Merge one block into its lines and the blank lines after them; None where it goes."""
        old, mine, other = (block.body if block else None for block in (base, ours, theirs))
        tail = max((block.tail for block in (ours, theirs) if block), key=len, default="")
        if other in (mine, old):
            return (ours.body, tail) if ours else None
        if old == mine:
            return (theirs.body, tail) if theirs else None
        if ours and theirs:
            text = self.parts(_split(base) if base else None, _split(ours), _split(theirs))
            if text is None and base:
                text = _listed(base, ours, theirs)
            if text is not None:
                return text, tail
        self.conflicts += 1
        return conflict(mine or "", other or ""), tail


@dataclass(frozen=True, slots=True)
class _Alignment:
    """Which items of a list a side still has, and which it put before each of them."""

    kept: list[_Block | None]
    added: list[list[_Block]]

    @classmethod
    def of(cls, base: list[_Block], side: list[_Block]) -> "_Alignment":
        kept: list[_Block | None] = [None] * len(base)
        added: list[list[_Block]] = [[] for _ in range(len(base) + 1)]
        bodies = [block.body for block in base], [block.body for block in side]
        for _, low, high, first, last in SequenceMatcher(None, *bodies, autojunk=False).get_opcodes():
            for old, block in zip(range(low, high), side[first:last], strict=False):
                kept[old] = block
            added[high] += side[first + (high - low) : last]
        return cls(kept, added)


def _whole(text: str) -> _Parts | None:
    """Take a record's text apart; None where it cannot be read."""
    source = SourceText("", text)
    root, refused = compose(source)
    if root is None or refused:
        return None
    return _split(_Block("", text, "", root, source, 0))


def _split(block: _Block) -> _Parts | None:
    """Take a block apart at its keys or dashes; None where it has none of its own lines."""
    node, text = block.node, block.source.text
    if not isinstance(node, (Sequence, Mapping)) or node.flow or not node.items:
        return None
    if isinstance(node, Mapping):
        marks = [(key.value, key.start, value) for key, value in node.items]
    else:
        marks = [("", _dash(text, node, item, block.start), item) for item in node.items]
    cuts = [_cut(text, offset, block.start) for _, offset, _ in marks]
    if any(_beside(text, cut, block.start) for cut in cuts[1:]):
        return None
    end = block.start + len(block.body)
    blocks = [
        _block(block.source, label, value, cut, after)
        for (label, _, value), cut, after in zip(marks, cuts, [*cuts[1:], end], strict=True)
    ]
    return _Parts(text[block.start : cuts[0]], blocks, isinstance(node, Sequence))


def _listed(base: _Block, ours: _Block, theirs: _Block) -> str | None:
    """Merge short lists in brackets: what either side added or took away; None where it is something else."""
    lists = [_texts(block.node) for block in (base, ours, theirs)]
    if any(texts is None for texts in lists):
        return None
    old, mine, other = (texts or [] for texts in lists)
    kept = [text for text in mine if text in other or text not in old]
    merged = kept + [text for text in other if text not in old and text not in kept]
    try:
        return apply(SourceText("", ours.body), [SetField((ours.label,), list[Any](merged))])
    except EditRefused:
        return None


def _texts(node: Node) -> list[str] | None:
    if not isinstance(node, Sequence) or not node.flow:
        return None
    texts = [item.value for item in node.items if isinstance(item, Scalar)]
    return texts if len(texts) == len(node.items) else None


def _block(source: SourceText, label: str, node: Node, start: int, end: int) -> _Block:
    text = source.text[start:end]
    lines = text.splitlines(keepends=True)
    while lines and not lines[-1].strip():
        lines.pop()
    body = "".join(lines)
    return _Block(label, body, text[len(body) :], node, source, start)


def _dash(text: str, node: Sequence, item: Node, floor: int) -> int:
    """Return where an item's dash stands: on the column of the first one, on the item's line or above it."""
    column = node.start - _line_start(text, node.start)
    line = _line_start(text, item.start)
    while line > floor and text[line : line + column + 1].strip(" ") != "-":
        line = _line_start(text, line - 1)
    return line + column


def _cut(text: str, offset: int, floor: int) -> int:
    """Return where a key's or an item's block begins: its line, or the comments right above on its column."""
    line = _line_start(text, offset)
    if line < floor or text[line:offset].strip(" "):
        return offset
    margin = text[line:offset] + "#"
    while line > floor and text[_line_start(text, line - 1) :].startswith(margin):
        line = _line_start(text, line - 1)
    return max(line, floor)


def _beside(text: str, cut: int, floor: int) -> bool:
    """Tell whether a block begins in the middle of a line."""
    return cut > floor and text[cut - 1] != "\n"


def _line_start(text: str, offset: int) -> int:
    return text.rfind("\n", 0, max(offset, 0)) + 1


def _order(ours: list[str], theirs: list[str]) -> list[str]:
    order = list(ours)
    for index, label in enumerate(theirs):
        if label not in order:
            before = theirs[index - 1] if index else None
            order.insert(order.index(before) + 1 if before in order else 0, label)
    return order


def _one_of(base: str, ours: str, theirs: str) -> str | None:
    """Return the side that changed, or None where both did differently."""
    if theirs in (base, ours):
        return ours
    return theirs if base == ours else None


def _joined(blocks: list[tuple[str, str]]) -> str:
    """Put blocks below one another; what stands last in a file may lack its line end."""
    text = ""
    for index, (body, tail) in enumerate(blocks):
        last = index == len(blocks) - 1
        text += (body if last else _ended(body)) + tail
    return text


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else text + "\n"
