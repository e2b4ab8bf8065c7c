"""A record's text with its nodes and its layout, as the steps of a change find it."""

from collections.abc import Iterator
from functools import cached_property

from claimbook.record.diagnostics import TextEdit
from claimbook.record.geometry import Page, last_leaf, leaves
from claimbook.record.nodes import Mapping, Node, Path, Scalar, Sequence, node_at
from claimbook.record.refusal import EditRefused, Reason, spelled
from claimbook.record.scalars import Spot, Written
from claimbook.record.writing import Layout


class Draft:
    """One version of a text, and what is to be known of it."""

    def __init__(self, text: str, root: Mapping) -> None:
        """Take a text and its tree."""
        self.page = Page(text)
        self.root = root

    def at(self, path: Path) -> Node:
        """Return the node at a path."""
        node = node_at(self.root, path)
        if node is None:
            raise EditRefused(Reason.NO_PLACE, f"There is no `{spelled(path)}` here: edit it by hand.", path)
        return node

    @cached_property
    def layout(self) -> Layout:
        """The layout, by the file's first list, first mapping under a key and first quoted text."""
        dash, gap, step = 2, 2, 2
        found = list(_under_keys(self.root))
        for holder, node in reversed(found):
            offset = self.page.column(node.start) - self.page.column(holder.start)
            if isinstance(node, Sequence):
                dash, gap = offset, self.gap(node, 0)
            else:
                step = offset
        quotes = (leaf.style for leaf in leaves(self.root) if leaf.style in ("'", '"'))
        return Layout(dash, gap, step, next(quotes, "'"))

    def gap(self, holder: Sequence, index: int) -> int:
        """Return the columns from a block list's dashes to what stands after them in one item."""
        item = holder.items[index]
        if isinstance(item, Scalar) and item.end == item.start:
            return 2
        return max(2, self.page.column(item.start) - self.page.column(holder.start))

    def colon(self, key: Scalar) -> int:
        """Return the offset after the colon of a key in block style.

        Raises:
            EditRefused: where the key has a question mark before it, and its colon a line of its own.
        """
        text = self.page.text
        colon = text.find(":", key.end)
        if colon < 0 or text[key.end : colon].strip(" \t"):
            sentence = f"`{key.value[:40]}` is written with a `?` before it: change it by hand."
            raise EditRefused(Reason.EXPLICIT_KEY, sentence)
        return colon + 1

    def dash(self, holder: Sequence, index: int) -> int:
        """Return the offset of an item's dash in block style."""
        if index == 0:
            return holder.start
        return self.page.skip(self.page.below(holder.items[index - 1]))

    def spot(self, column: int, below: int) -> Spot:
        """Return what a text can be written as whose lines would begin at a column, below a line's start."""
        return Spot(column, block=not self.page.blocked(below, column), quote=self.layout.quote)

    def sealed(self, node: Node) -> list[TextEdit]:
        """Make sure that a value which the end of the file cuts short stays as it is with lines below it.

        A `|` text in the last line of a file without a final line end has none either; `|-` keeps it so.
        """
        leaf = last_leaf(node)
        if not isinstance(leaf, Scalar) or leaf.style not in ("|", ">"):
            return []
        block = self.page.block(leaf)
        header = self.page.text[leaf.start : block.header]
        if not block.unterminated or "-" in header:
            return []
        plus = leaf.start + header.find("+")
        return [TextEdit(plus, plus + 1, "-") if "+" in header else TextEdit(block.header, block.header, "-")]

    def added_below(self, node: Node, column: int, written: Written, *, blank: bool) -> list[TextEdit]:
        """Write lines below a node and the comments under it that stand deeper than a column.

        `blank` asks for a blank line between.
        """
        page, sealed = self.page, self.sealed(node)
        at = page.past_comments(page.below(node), column, written.margin)
        lines = list(written.body)
        if blank and page.kept(node) and not sealed and at == page.below(node):
            lines += [""] if page.past_blank(at) == at < len(page.text) else []
        elif blank:
            lines = ["", *lines]
        return [*sealed, page.lines_edit(at, at, lines, closed=written.closed)]


def _under_keys(node: Node) -> Iterator[tuple[Node, Node]]:
    """Yield the block lists and mappings under keys, each after the mapping that has the key, in order."""
    if isinstance(node, Scalar) or node.flow:
        return
    for entry in node.items:
        if not isinstance(entry, tuple):
            yield from _under_keys(entry)
            continue
        if not isinstance(entry[1], Scalar) and not entry[1].flow:
            yield node, entry[1]
        yield from _under_keys(entry[1])
