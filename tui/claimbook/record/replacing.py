"""Writing a value in place of another, or of none."""

from claimbook.record.changes import Plain
from claimbook.record.diagnostics import TextEdit
from claimbook.record.draft import Draft
from claimbook.record.flowsplicing import put_in_flow
from claimbook.record.geometry import Page
from claimbook.record.inserting import insert_pair
from claimbook.record.nodes import Mapping, Node, Path, Scalar, Sequence
from claimbook.record.refusal import EditRefused, Reason, spelled
from claimbook.record.rewording import reword
from claimbook.record.scalars import Written
from claimbook.record.writing import fits_line, flow_text, in_order, shape_at, write_after_dash, write_value


def put(draft: Draft, path: Path, value: Plain) -> list[TextEdit]:
    """Write a value at a path, whole."""
    holder, last = draft.at(path[:-1]), path[-1]
    value = in_order(value, shape_at(path))
    if isinstance(holder, Sequence):
        return _put(draft, holder, int(last), path, value)
    if not isinstance(holder, Mapping):
        raise TypeError(path)
    place = next((index for index, (key, _) in enumerate(holder.items) if key.value == last), None)
    if place is None:
        return insert_pair(draft, holder, path, value)
    return _put(draft, holder, place, path, value)


def _put(draft: Draft, holder: Mapping | Sequence, index: int, path: Path, value: Plain) -> list[TextEdit]:
    node = draft.at(path)
    if filled := _filled(draft, node, value, flow=holder.flow):
        return [filled]
    if _comments_inside(draft.page, node):
        sentence = f"`{spelled(path)}` has comments inside that would be lost: change it by hand."
        raise EditRefused(Reason.COMMENT, sentence, path)
    if holder.flow:
        return put_in_flow(draft.page, holder, index, value, draft.layout.quote)
    column = draft.page.column(holder.start)
    if isinstance(value, str) and isinstance(node, Scalar) and not node.absent:
        return reword(draft, node, value, column)
    if isinstance(holder, Sequence):
        return _put_item(draft, node, value, column + draft.gap(holder, index))
    return _put_value(draft, holder.items[index][0], node, value)


def _filled(draft: Draft, node: Node, value: Plain, *, flow: bool) -> TextEdit | None:
    """Write what goes into an empty pair of brackets between them, where it can stay there."""
    if isinstance(node, Scalar) or node.items or not value:
        return None
    if isinstance(node, Mapping) != isinstance(value, dict) or isinstance(value, str):
        return None
    at = node.start + 1
    inside = draft.page.text[at : node.end - 1]
    short = isinstance(value, list) and fits_line(value, draft.page.column(node.start))
    spaces = not inside.strip(" \t")
    if not (flow or short) and spaces:
        return None
    text = flow_text(value, draft.layout.quote)[1:-1]
    if spaces:
        return TextEdit(node.end - 1, node.end - 1, text + inside)
    return TextEdit(at, at, text + " " if draft.page.text[at] == "#" else text)


def _comments_inside(page: Page, node: Node) -> bool:
    if isinstance(node, Scalar):
        return False
    end = page.content_end(node)
    return page.comments(node, end if node.flow else page.line_end(end))


def _put_item(draft: Draft, node: Node, value: Plain, column: int) -> list[TextEdit]:
    """Write an item whose text begins at a column."""
    page = draft.page
    if not isinstance(node, Scalar) and not node.flow:
        written = write_after_dash(value, draft.layout, draft.spot(column, page.below(node)))
        lines, end = page.eol.join((written.head, *written.body)), page.content_end(node)
        while written.body and page.text[end : end + 1] in (" ", "\t"):  # they would belong to a block's text
            end += 1
        return [TextEdit(node.start, end, lines)]
    head, below, end = _parts(page, node)
    written = write_after_dash(value, draft.layout, draft.spot(column, end))
    space = "" if head else " "
    edits = [TextEdit(node.start, node.start + head, space + written.head)]
    return edits + _lines(page, below, end, written)


def _put_value(draft: Draft, key: Scalar, node: Node, value: Plain) -> list[TextEdit]:
    page, colon = draft.page, draft.colon(key)
    column, used = page.column(key.start), page.column(colon) + 1
    if not isinstance(node, Scalar) and not node.flow:
        start, end = page.line_start(node.start), page.below(node)
        direct = start == page.next_line(colon)
        spot = draft.spot(column + draft.layout.step, end)
        written = write_value(value, draft.layout, column, used, block=direct and spot.block)
        head = [TextEdit(colon, colon, " " + written.head)] if written.head else []
        return head + _lines(page, start, end, written)
    head_size, below, end = _parts(page, node)
    free = draft.spot(column + draft.layout.step, end).block
    written = write_value(value, draft.layout, column, used, block=free)
    if not isinstance(value, str) and below == end:
        below = end = page.past_comments(below, column, written.margin)
    return [*_head(page, colon, node, head_size, written.head), *_lines(page, below, end, written)]


def _parts(page: Page, node: Node) -> tuple[int, int, int]:
    """Return the length of what stands on a value's own line, and where the lines below it begin and end."""
    if isinstance(node, Scalar) and node.style in ("|", ">"):
        block = page.block(node)
        return block.header - node.start, block.start, block.core
    end = page.content_end(node)
    below = page.next_line(end)
    return end - node.start, below, below


def _head(page: Page, colon: int, node: Node, size: int, head: str) -> list[TextEdit]:
    """Write what stands on the line of a key, in place of what its value had there."""
    start, end = node.start, node.start + size
    if head:
        return [TextEdit(start, end, head) if size else TextEdit(colon, colon, " " + head)]
    if not size:
        return []
    if page.same_line(colon, start):
        return [TextEdit(colon, end, "")]
    while page.text[end : end + 1] in (" ", "\t"):
        end += 1
    if page.first_on_line(start) and page.line_end(end) == end:
        return [TextEdit(page.line_end(page.line_start(page.line_start(start) - 1)), end, "")]
    return [TextEdit(start, end, "")]


def _lines(page: Page, start: int, end: int, written: Written) -> list[TextEdit]:
    if start == end and not written.body:
        return []
    return [page.lines_edit(start, end, list(written.body), closed=written.closed)]
