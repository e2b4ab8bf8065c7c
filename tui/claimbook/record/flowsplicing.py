"""Where a step of a change goes inside brackets and braces."""

import re

from claimbook.record.changes import Plain
from claimbook.record.diagnostics import TextEdit
from claimbook.record.geometry import Page, is_bare
from claimbook.record.nodes import Mapping, Node, Scalar, Sequence
from claimbook.record.refusal import EditRefused, Reason
from claimbook.record.scalars import Spot, write_scalar
from claimbook.record.writing import flow_pair, flow_text

_REST_OF_LINE = re.compile(r"[ \t]*(?:#[^\n]*)?\r?(?=\n|\Z)")


def put_in_flow(page: Page, holder: Node, index: int, value: Plain, quote: str) -> list[TextEdit]:
    """Replace the value of a pair, or an item, by another."""
    key, node = _entry(holder, index)
    text = flow_like(node, value, quote)
    if not isinstance(node, Scalar) or node.end > node.start:
        return [TextEdit(node.start, page.content_end(node), text)]
    if key is None:
        return [TextEdit(node.start, node.start, text)]
    colon = page.skip(key.end)
    if page.text[colon : colon + 1] == ":":
        return [TextEdit(colon + 1, colon + 1, " " + text)]
    return [TextEdit(key.end, key.end, ": " + text)]


def flow_like(model: Node | None, value: Plain, quote: str) -> str:
    """Write a value for brackets, a text in the style of another one."""
    if isinstance(model, Scalar) and not model.absent and isinstance(value, str):
        return write_scalar(value, model.style, Spot(0, flow=True, quote=quote)).head
    return flow_text(value, quote, always=_all_quoted(model))


def insert_pair_in_flow(
    page: Page, holder: Mapping, after: int | None, pair: tuple[str, Plain], quote: str
) -> list[TextEdit]:
    """Write a key and its value into braces, after the pair at an index or before all others."""
    text = flow_pair(*pair, quote, always=_all_quoted(holder))
    if not is_bare(holder):
        return _insert(page, holder, after, text)
    end = last = page.content_end(holder)
    while page.text[last : last + 1] == "\t":  # behind a brace, only one of the parsers reads it
        last += 1
    before, behind = ("{", f", {text}}}") if after is not None else (f"{{{text}, ", "}")
    return [TextEdit(holder.start, holder.start, before), TextEdit(end, last, behind)]


def insert_item_in_flow(page: Page, holder: Sequence, index: int, item: Plain, quote: str) -> list[TextEdit]:
    """Write an item into brackets, before the one at an index or at the end."""
    model = holder.items[max(index - 1, 0)] if holder.items else None
    if isinstance(model, Scalar) and not model.style:
        model = None
    return _insert(page, holder, index - 1 if index else None, flow_like(model, item, quote))


def _insert(page: Page, holder: Mapping | Sequence, after: int | None, text: str) -> list[TextEdit]:
    if not holder.items:
        at = holder.start + 1
        return [TextEdit(at, at, text + " " if page.text[at] == "#" else text)]
    start, end = _extent(page, holder, after or 0)
    if isinstance(holder.items[after or 0], Mapping) and page.text[start:end].rstrip().endswith("?"):
        sentence = "A `?` with nothing behind it stands in these brackets: change them by hand."
        raise EditRefused(Reason.EXPLICIT_KEY, sentence)  # a comma behind it is read by one parser only
    alone, comma = _own_line(page, start, end)
    if after is None:
        between = "," + page.eol + " " * page.column(start) if alone else ", "
        return [TextEdit(start, start, text + between)]
    if not alone:
        return [TextEdit(end, end, (" , " if page.text[end - 1] == ":" else ", ") + text)]
    below = page.line_end(end)
    line = page.eol + " " * page.column(start) + text
    if comma is not None:
        return [TextEdit(below, below, line + ",")]
    if below == end:
        return [TextEdit(end, end, "," + line)]
    return [TextEdit(end, end, ","), TextEdit(below, below, line)]


def delete_in_flow(page: Page, holder: Mapping | Sequence, index: int) -> list[TextEdit]:
    """Take out an entry that has siblings, with the comma that is then one too many."""
    start, end = _extent(page, holder, index)
    alone, comma = _own_line(page, start, end)
    last = index == len(holder.items) - 1
    before = _comma(page, _extent(page, holder, index - 1)[1]) if index else None
    needless = before if last and comma is None else comma
    if alone:
        lines = TextEdit(page.line_start(start), page.next_line(end), "")
        return (
            [TextEdit(before, before + 1, ""), lines]
            if needless == before and before is not None
            else [lines]
        )
    if needless is None:
        return [TextEdit(start, end, "")]
    first, final = min(start, needless), max(end, needless + 1)
    if "#" in page.text[first:start] or "#" in page.text[end:final]:
        return [TextEdit(start, end, ""), TextEdit(needless, needless + 1, "")]
    return [TextEdit(*_with_spaces(page, first, final), "")]


def _with_spaces(page: Page, start: int, end: int) -> tuple[int, int]:
    """Widen what is taken out by the spaces that set it apart."""
    text = page.text
    if text[end - 1] != ",":
        return start, end
    if _REST_OF_LINE.match(text, end):
        while text[start - 1] in " \t" and not page.first_on_line(start):
            start -= 1
        return start, end
    while text[end] in " \t":
        end += 1
    return start, end


def _all_quoted(model: Node | None) -> bool:
    """Tell whether somebody writes braces as JSON has them, each key in quotation marks."""
    return isinstance(model, Mapping) and bool(model.items) and all(key.style for key, _ in model.items)


def _entry(holder: Node, index: int) -> tuple[Scalar | None, Node]:
    if isinstance(holder, Mapping):
        return holder.items[index]
    if isinstance(holder, Sequence):
        return None, holder.items[index]
    raise TypeError(holder)


def _extent(page: Page, holder: Node, index: int) -> tuple[int, int]:
    key, node = _entry(holder, index)
    return (key or node).start, max(page.content_end(node), key.end if key else 0)


def _own_line(page: Page, start: int, end: int) -> tuple[bool, int | None]:
    """Tell whether an entry has its lines for itself, and where the comma after it is."""
    comma = _comma(page, end)
    rest = end if comma is None else comma + 1
    near = comma is None or page.same_line(end, comma)
    alone = near and page.first_on_line(start) and _REST_OF_LINE.match(page.text, rest) is not None
    return alone, comma


def _comma(page: Page, end: int) -> int | None:
    offset = page.skip(end)
    return offset if page.text[offset : offset + 1] == "," else None
