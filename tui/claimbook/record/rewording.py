"""Writing a text in place of another, in its style."""

import re

from claimbook.record.diagnostics import TextEdit
from claimbook.record.draft import Draft
from claimbook.record.geometry import Block, Page
from claimbook.record.nodes import Scalar
from claimbook.record.scalars import WIDTH, Spot, Written, fold, write_scalar


def reword(draft: Draft, node: Scalar, text: str, column: int) -> list[TextEdit]:
    """Write another text where one stands; `column` is that of the key or dash it belongs to."""
    if node.style in ("|", ">"):
        return _reword_block(draft, node, text, column)
    page = draft.page
    below = page.next_line(node.end)
    written = write_scalar(text, node.style, draft.spot(column + draft.layout.step, below))
    head = _relaid(page, node, text) if written.head == text else written.head
    edits = [TextEdit(node.start, node.end, head)]
    if written.body:
        edits.append(page.lines_edit(below, below, list(written.body), closed=written.closed))
    return edits


def _relaid(page: Page, node: Scalar, text: str) -> str:
    """Lay a plain text out over the lines that the one before it had."""
    raw = page.text[node.start : node.end].split("\n")
    lines = [line.strip(" \t\r") for line in raw]
    if len(raw) == 1 or " ".join(lines) != node.value:
        return text
    margin = raw[1][: len(raw[1]) - len(raw[1].lstrip(" \t"))]
    return (page.eol + margin).join(fold(text, WIDTH - len(margin), lines))


def _reword_block(draft: Draft, node: Scalar, text: str, column: int) -> list[TextEdit]:
    page = draft.page
    block = page.block(node)
    header = page.text[node.start : block.header]
    indent = block.indent
    if indent is None:
        indent = column + int(*re.findall("[1-9]", header) or [draft.layout.step])
    spot = Spot(
        indent,
        block=not page.blocked(block.core, indent),
        keep="+" in header,
        quote=draft.layout.quote,
    )
    lines = [line[indent:] for line in page.text[block.start : block.core].splitlines()]
    written = write_scalar(text, node.style, spot, lines)
    wanted = _header(header, written, block) if written.body else written.head
    edits = [TextEdit(node.start, block.header, wanted)] if wanted != header else []
    end = block.end if "+" in written.head and written.body else block.core
    return edits + _changed_lines(page, block.start, end, written)


def _header(header: str, written: Written, block: Block) -> str:
    """Return the indicators for a text: those there are, as far as they fit it."""
    style, chomping = written.head[0], written.head[1:]
    if block.unterminated and not written.closed:
        chomping = "".join(re.findall("[-+]", header))
    if style == header[0] and chomping == "".join(re.findall("[-+]", header)):
        return header
    return style + "".join(re.findall("[0-9]", header)) + chomping


def _changed_lines(page: Page, start: int, end: int, written: Written) -> list[TextEdit]:
    """Replace the lines of a block scalar, those at both ends that stay left alone."""
    old, new = page.text[start:end].splitlines(keepends=True), list(written.body)
    bare = [line.rstrip("\r\n") for line in old]
    head = _common(bare, new)
    tail = _common(bare[head:][::-1], new[head:][::-1])
    if written.closed and end == len(page.text):
        tail = 0
    start += sum(map(len, old[:head]))
    end -= sum(map(len, old[len(old) - tail :]))
    middle = new[head : len(new) - tail]
    if start == end and not middle and not (written.closed and end == len(page.text)):
        return []
    return [page.lines_edit(start, end, middle, closed=written.closed)]


def _common(one: list[str], other: list[str]) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((index for index, (a, b) in pairs if a != b), min(len(one), len(other)))
