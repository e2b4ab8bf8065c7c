"""Adding a key to a mapping, or an item to a list."""

from dataclasses import replace

from claimbook.record.changes import Plain
from claimbook.record.diagnostics import TextEdit
from claimbook.record.draft import Draft
from claimbook.record.flowsplicing import insert_item_in_flow, insert_pair_in_flow
from claimbook.record.nodes import Mapping, Node, Path, Scalar, Sequence
from claimbook.record.scalars import WIDTH, Written, write_scalar
from claimbook.record.writing import flow_text, in_order, shape_at, write_item, write_pair


def insert_pair(draft: Draft, holder: Mapping, path: Path, value: Plain) -> list[TextEdit]:
    """Write a key that is absent, after the one that comes before it in the record's order."""
    key, after = str(path[-1]), _predecessor(holder, path)
    if holder.flow:
        return insert_pair_in_flow(draft.page, holder, after, (key, value), draft.layout.quote)
    column = draft.page.column(holder.start)
    written = write_pair(key, value, column, draft.layout)
    blank = len(path) == 1 and _spaced(draft, [node for _, node in holder.items], default=True)
    if after is None:
        return [_added_above(draft, holder.start, written, blank=blank)]
    return draft.added_below(holder.items[after][1], column, written, blank=blank)


def insert_item(draft: Draft, path: Path, index: int, item: Plain) -> list[TextEdit]:
    """Write an item into a list that has some, before the one at an index or at the end."""
    holder = draft.at(path)
    if not isinstance(holder, Sequence):
        raise TypeError(path)
    item = in_order(item, shape_at(path))
    if holder.flow:
        return insert_item_in_flow(draft.page, holder, index, item, draft.layout.quote)
    written = _like_the_others(draft, holder, index, item)
    blank = _spaced(draft, holder.items, default=False)
    if index == 0:
        return [_added_above(draft, holder.start, written, blank=blank)]
    column = draft.page.column(holder.start if index < len(holder.items) else draft.at(path[:-1]).start)
    return draft.added_below(holder.items[index - 1], column, written, blank=blank)


def _like_the_others(draft: Draft, holder: Sequence, index: int, item: Plain) -> Written:
    """Write an item the way the one before it is written: on one line in braces, quoted, or over lines."""
    model, place = holder.items[max(index - 1, 0)], max(index - 1, 0)
    dash, gap = draft.page.column(holder.start), draft.gap(holder, place)
    layout = replace(draft.layout, gap=gap)
    margin = " " * dash + "-" + " " * (gap - 1)
    if isinstance(item, str) and isinstance(model, Scalar) and model.style in ("'", '"'):
        return Written("", (margin + write_scalar(item, model.style, layout.spot(dash + gap)).head,))
    if isinstance(item, dict) and isinstance(model, Mapping) and model.flow:
        line = margin + flow_text(item, layout.quote)
        if len(line) <= WIDTH:
            return Written("", (line,))
    return write_item(item, dash, layout)


def _added_above(draft: Draft, at: int, written: Written, *, blank: bool) -> TextEdit:
    """Write lines before the first key or dash of a block collection."""
    page = draft.page
    column, ends = page.column(at), page.eol * (2 if blank else 1)
    return TextEdit(at, at, page.eol.join(written.body)[column:] + ends + " " * column)


def _predecessor(holder: Mapping, path: Path) -> int | None:
    """Return the index of the pair that a new key stands after, or None where it comes first."""
    shape = shape_at(path[:-1])
    order = list(shape.keys) if shape else []
    if path[-1] not in order:
        return len(holder.items) - 1 if holder.items else None
    wanted = order.index(str(path[-1]))
    places = {key.value: index for index, (key, _) in enumerate(holder.items)}
    return next((places[key] for key in reversed(order[:wanted]) if key in places), None)


def _spaced(draft: Draft, nodes: list[Node], *, default: bool) -> bool:
    """Tell whether most of these, one below the other, have a blank line between them."""
    gaps = [draft.page.below(node) for node in nodes[:-1]]
    blank = sum(draft.page.spaced(gap) for gap in gaps)
    return blank * 2 > len(gaps) if gaps else default
