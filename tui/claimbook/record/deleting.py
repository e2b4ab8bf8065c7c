"""Taking a key with its value, or an item, out of a record's text."""

from claimbook.record.changes import Delete
from claimbook.record.diagnostics import TextEdit
from claimbook.record.draft import Draft
from claimbook.record.flowsplicing import delete_in_flow
from claimbook.record.geometry import Page, last_leaf
from claimbook.record.nodes import Mapping, Node, Path, Scalar, Sequence
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
    if step.emptied and _loses_comments(draft.page, holder, place):
        raise _comments_inside(step.path)
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
    swallowing = _swallowing(page, above, page.line_start(start))
    first, end = _lines(page, node, above, start, swallowing)
    sheltered = _sheltered(page, swallowing, end, page.column(start))
    return [_whole_lines(page, above, first, end), *sheltered]


def _lines(page: Page, node: Node, above: Node | None, start: int, swallowing: int | None) -> tuple[int, int]:
    """Return where the lines of an entry begin and end, with the blank lines that set it apart.

    Where blank lines stand above and below, those above go; those below do where a text above would take them
    in, and where nothing stands above.
    """
    first, end = page.line_start(start), page.below(node)
    if swallowing is not None:
        end = page.past_comments(end, len(page.text), swallowing)
    after = page.past_blank(end)
    if above is not None and page.kept(above) and page.below(above) == first:
        return first, after
    if after == end < len(page.text):
        return first, end
    blank = page.before_blank(first, page.below(above) if above is not None else 0)
    headed = blank < first or above is not None or (first > 0 and page.comment_at(page.line_start(first - 1)))
    return blank, end if headed else after


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


def _swallowing(page: Page, above: Node | None, line: int) -> int | None:
    """Return the indentation of the `|` or `>` text that ends above a line, which takes in deeper lines."""
    leaf = last_leaf(above) if above is not None else None
    if not isinstance(leaf, Scalar) or leaf.style not in ("|", ">"):
        return None
    block = page.block(leaf)
    return (block.indent or 0) if page.past_blank(block.end) in (line, page.past_blank(line)) else None


def _sheltered(page: Page, swallowing: int | None, end: int, column: int) -> list[TextEdit]:
    """Move the comment that comes next out of the reach of a text above that would take it in."""
    line = page.past_blank(end)
    if swallowing is None or not page.comment_at(line) or page.indent(line) < max(swallowing, column + 1):
        return []
    return [TextEdit(line + column, line + page.indent(line), "")]


def _around_comments(draft: Draft, step: Delete, holder: Mapping, place: int) -> list[TextEdit]:
    """Take out a key and its one item, but not the comments between them."""
    page = draft.page
    key, items = holder.items[place]
    colon = draft.colon(key)
    if not isinstance(items, Sequence) or items.flow or "#" not in page.text[colon : items.start]:
        return []
    if not page.first_on_line(key.start) or not page.first_on_line(items.start):
        raise _comments_inside(step.path)
    hash_sign = page.text.find("#", colon, page.line_end(colon))
    top = (key.start, hash_sign) if hash_sign > 0 else (page.line_start(key.start), page.next_line(colon))
    lines = page.lines_edit(page.line_start(items.start), page.below(items), [])
    above = holder.items[place - 1][1] if place else None
    swallowing = None if hash_sign > 0 else _swallowing(page, above, page.line_start(key.start))
    sheltered = _sheltered(page, swallowing, top[1], page.column(key.start))
    return [TextEdit(*top, ""), *sheltered, lines]


def _loses_comments(page: Page, holder: Mapping | Sequence, place: int) -> bool:
    """Tell whether brackets that go with their one item hold comments that are not on the item's lines."""
    entry = holder.items[place]
    items = entry[1] if isinstance(entry, tuple) else entry
    if not isinstance(items, Sequence) or not items.flow:
        return False
    before = page.text[items.start : items.items[0].start]
    behind = page.text[page.line_end(page.content_end(items.items[0])) : items.end]
    return "#" in before or "#" in behind


def _comments_inside(path: Path) -> EditRefused:
    sentence = f"`{spelled(path)}` has comments inside that would be lost: remove it by hand."
    return EditRefused(Reason.COMMENT, sentence, path)
