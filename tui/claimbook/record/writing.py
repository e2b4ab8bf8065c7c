"""Writing lists, mappings and whole new records as YAML."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from claimbook.record.changes import Plain, check_values
from claimbook.record.model import Claim
from claimbook.record.nodes import Path
from claimbook.record.scalars import WIDTH, Spot, Written, is_plain, quoted, write_new_scalar
from claimbook.record.shapes import Shape, shape_of


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is laid out, which what is added to it follows."""

    dash: int = 2
    """Columns from a key to the dashes of the list under it."""
    gap: int = 2
    """Columns from a dash to what stands after it."""
    step: int = 2
    """Columns from a key to the mapping or text under it."""
    quote: str = "'"
    """The quotation mark in use."""

    def spot(self, column: int, *, block: bool = True) -> Spot:
        """Return a place whose lines below begin at a column."""
        return Spot(column, block=block, quote=self.quote)


def write_value(value: Plain, layout: Layout, key: int, used: int, *, block: bool = True) -> Written:
    """Write what stands after a key and its colon.

    `key` is the key's column, `used` the column where the value begins, `block` whether a text may be folded.
    """
    if isinstance(value, str):
        return write_new_scalar(value, layout.spot(key + layout.step, block=block), used)
    if not value or (isinstance(value, list) and fits_line(value, used)):
        return Written(flow_text(value, layout.quote))
    if isinstance(value, list):
        return write_items(value, key + layout.dash, layout)
    return write_pairs(value, key + layout.step, layout)


def write_items(items: list[Any], dash: int, layout: Layout) -> Written:
    """Write a block list whose dashes stand at a column, as lines without a head."""
    return _stacked([write_item(item, dash, layout) for item in items])


def write_item(item: Plain, dash: int, layout: Layout) -> Written:
    """Write one item of a block list, its dash included, as lines without a head."""
    content = write_after_dash(item, layout, layout.spot(dash + layout.gap))
    first = " " * dash + "-" + " " * (layout.gap - 1) + content.head
    return replace(content, head="", body=(first, *content.body))


def write_after_dash(item: Plain, layout: Layout, spot: Spot) -> Written:
    """Write what stands after a dash, beginning at the column of a spot."""
    column = spot.column
    if isinstance(item, str):
        return write_new_scalar(item, spot, column)
    if not item or (isinstance(item, list) and fits_line(item, column)):
        return Written(flow_text(item, layout.quote))
    written = (
        write_items(item, column, layout) if isinstance(item, list) else write_pairs(item, column, layout)
    )
    return replace(written, head=written.body[0][column:], body=written.body[1:])


def write_pairs(values: dict[str, Any], column: int, layout: Layout) -> Written:
    """Write a block mapping whose keys stand at a column, as lines without a head."""
    return _stacked([write_pair(key, value, column, layout) for key, value in values.items()])


def write_pair(key: str, value: Plain, column: int, layout: Layout) -> Written:
    """Write a key and its value, as lines without a head."""
    name = " " * column + write_key(key, layout.quote) + ":"
    written = write_value(value, layout, column, len(name) + 1)
    return replace(written, head="", body=(f"{name} {written.head}".rstrip(" "), *written.body))


def write_key(key: str, quote: str = "'", *, flow: bool = False) -> str:
    """Write a key."""
    return key if is_plain(key, flow=flow) else quoted(key, None, quote)


def flow_text(value: Plain, quote: str = "'", *, always: bool = False) -> str:
    """Write a value inside brackets, on one line; with `always`, every text in it is quoted."""
    if isinstance(value, str):
        bare = is_plain(value, flow=True) and not always
        return value if bare else quoted(value, quote if always else None, quote)
    if isinstance(value, list):
        return "[" + ", ".join(flow_text(item, quote, always=always) for item in value) + "]"
    pairs = (flow_pair(key, item, quote, always=always) for key, item in value.items())
    return "{" + ", ".join(pairs) + "}"


def flow_pair(key: str, value: Plain, quote: str = "'", *, always: bool = False) -> str:
    """Write a key and its value as they stand inside braces."""
    name = quoted(key, quote) if always else write_key(key, quote, flow=True)
    return f"{name}: {flow_text(value, quote, always=always)}"


def in_order(value: Plain, shape: Shape | None) -> Plain:
    """Return a value with the keys of its mappings in the order of the record's model, others last."""
    if isinstance(value, list):
        return [in_order(item, shape) for item in value]
    if not isinstance(value, dict):
        return value
    keys = list(shape.keys) if shape else []
    places = {key: place for place, key in enumerate(keys)}
    inner = shape.keys if shape else {}
    ordered = sorted(value, key=lambda key: places.get(key, len(places)))
    return {key: in_order(value[key], inner.get(key)) for key in ordered}


def shape_at(path: Path) -> Shape | None:
    """Return the shape of the mappings at a path of a record, or None where the model has no say."""
    shape: Shape | None = shape_of(Claim)
    for step in path:
        if isinstance(step, str):
            shape = shape.keys.get(step) if shape else None
    return shape


def render_record(values: Mapping[str, Any], schema: str | None = None) -> str:
    """Write a new record, which reads back as the values given.

    `schema` is the path of the JSON Schema from the record's folder, for editors.

    Raises:
        EditRefused: for values that no record can hold.
    """
    plain = dict(values)
    check_values(plain)
    layout = Layout()
    order = list(shape_of(Claim).keys)
    keys = sorted(plain, key=lambda key: order.index(key) if key in order else len(order))
    pairs = [write_pair(key, in_order(plain[key], shape_at((key,))), 0, layout) for key in keys]
    text = "\n\n".join("\n".join(pair.body) for pair in pairs) + "\n"
    return f"# yaml-language-server: $schema={schema}\n{text}" if schema else text


def fits_line(items: list[Any], used: int) -> bool:
    """Tell whether a list is of texts that fit on one line in brackets, which begins at a column."""
    if not all(isinstance(item, str) and "\n" not in item for item in items):
        return False
    return used + len(flow_text(items)) <= WIDTH


def _stacked(parts: list[Written]) -> Written:
    lines = [line for part in parts for line in part.body]
    return replace(parts[-1], head="", body=tuple(lines))
