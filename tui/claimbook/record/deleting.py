"""Taking a key with its value, or an item, out of a record's text."""

from claimbook.record.changes import Delete
from claimbook.record.diagnostics import TextEdit
from claimbook.record.draft import Draft
from claimbook.record.flowsplicing import delete_in_flow
from claimbook.record.geometry import Page, last_leaf
from claimbook.record.nodes import Mapping, Node, Scalar, Sequence
from claimbook.record.refusal import EditRefused, Reason, spelled


def delete(draft: Draft, step: Delete) -> list[TextEdit]:
    """Take out what stands at a path, with the lines and the comments at their ends that are its own."""
    holder, last = draft.at(step.path[:-1]), step.path[-1]
    if isinstance(holder, Sequence):
        place, start = int(last), -1
    elif isinstance(holder, Mapping):
        place = next(index for index, (key, _) in enumerate(holder.items) if key.value == last)
        start = holder.items[place][0].start
    else:
        raise TypeError(step.path)
    if holder.flow:
        return delete_in_flow(draft.page, holder, place)
    if isinstance(holder, Sequence):
        return _delete_entry(draft, list(holder.items), place, draft.dash(holder, place))
    draft.colon(holder.items[place][0])
    nodes = [node for _, node in holder.items]
    if step.emptied and (edits := _around_comments(draft, step, holder, place)):
        return edits
    return _delete_entry(draft, nodes, place, start)


def _delete_entry(draft: Draft, nodes: list[Node], place: int, start: int) -> list[TextEdit]:
    page, node = draft.page, nodes[place]
    if not page.first_on_line(start):
        return [_pulled_up(page, node, start)]
    above = nodes[place - 1] if place else None
    first, end = page.line_start(start), page.below(node)
    after = page.past_blank(end)
    edits = _sheltered(page, above, first, end, start)
    if above is not None and page.kept(above) and page.below(above) == first:
        return [_whole_lines(page, above, first, after), *edits]
    if after > end or end == len(page.text):
        least = page.below(above) if above is not None else 0
        blank = page.before_blank(first, least)
        if blank == first and (
            first == 0 or (place == 0 and not page.comment_at(page.line_start(first - 1)))
        ):
            end = after
        first = blank
    return [_whole_lines(page, above, first, end), *edits]


def _pulled_up(page: Page, node: Node, start: int) -> TextEdit:
    """Take out the first entry after a dash, so that the next one stands there.

    Where comments stand between the two, the dash is left on a line of its own.
    """
    below = page.below(node)
    following = page.skip(below)
    if "#" not in page.text[below:following]:
        return TextEdit(start, following, "")
    while page.text[start - 1] in " \t":
        start -= 1
    return TextEdit(start, page.line_end(page.content_end(node)), "")


def _whole_lines(page: Page, above: Node | None, start: int, end: int) -> TextEdit:
    """Take out lines; a `|` or `>` text that then ends the file keeps its line end, which counts."""
    leaf = last_leaf(above) if above is not None else None
    if isinstance(leaf, Scalar) and leaf.style in ("|", ">") and page.block(leaf).end == start:
        return TextEdit(start, end, "")
    return page.lines_edit(start, end, [])


def _sheltered(page: Page, above: Node | None, first: int, end: int, start: int) -> list[TextEdit]:
    """Move a comment out of the reach of the `|` or `>` text above, which would take it for its own line."""
    leaf = last_leaf(above) if above is not None else None
    if not isinstance(leaf, Scalar) or leaf.style not in ("|", ">"):
        return []
    block, line = page.block(leaf), page.past_blank(end)
    if page.past_blank(block.end) != first or block.indent is None or not page.blocked(line, block.indent):
        return []
    return [TextEdit(line + page.column(start), line + page.indent(line), "")]


def _around_comments(draft: Draft, step: Delete, holder: Mapping, place: int) -> list[TextEdit]:
    """Take out a key and its one item, but not the comments between them."""
    page = draft.page
    key, items = holder.items[place]
    colon = draft.colon(key)
    if not isinstance(items, Sequence) or items.flow or "#" not in page.text[colon : items.start]:
        return []
    if not page.first_on_line(key.start) or not page.first_on_line(items.start):
        sentence = f"`{spelled(step.path)}` has comments inside that would be lost: remove it by hand."
        raise EditRefused(Reason.COMMENT, sentence, step.path)
    hash_sign = page.text.find("#", colon, page.line_end(colon))
    top = (key.start, hash_sign) if hash_sign > 0 else (page.line_start(key.start), page.next_line(colon))
    lines = page.lines_edit(page.line_start(items.start), page.below(items), [])
    above = holder.items[place - 1][1] if place else None
    sheltered = (
        [] if hash_sign > 0 else _sheltered(page, above, page.line_start(key.start), top[1], key.start)
    )
    return [TextEdit(*top, ""), *sheltered, lines]
