"""Hypothesis strategies for records as people write them, and for changes to them."""

import re
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from claimbook.record.changes import Append, Change, Remove, SetField
from claimbook.record.geometry import leaves
from claimbook.record.model import Claim
from claimbook.record.nodes import Mapping, compose, plain
from claimbook.record.shapes import shape_of
from claimbook.record.source import SourceText, decode

Draw = st.DrawFn

WORDS = [
    *("Xiaomi", "builds", "cars", "together", "with", "Great-Wall", "Motor", "in", "2024", "naar"),
    *("verluidt", "café", "🚗", "it's", "a:b", "c#d", "0.6", "https://e.org/x?y=1&z", "(mogelijk)"),
    *("true", "no", "1:30", "“quoted”", "漢字", "\u200dzw", "end."),
]
FLOW_WORDS = ("Xiaomi", "Great Wall Motor", "2024-01", "ev", "🚗 car", "true", "a-b", "x/y")
COMMENTS = (
    "# a comment",
    "#",
    "#tight",
    "# it's: [odd] {and} - more | > \"",
    "#   spaced out   ",
    "# 🚗 emoji",
    "# key: value",
    "# - item",
)
LISTS_OF_TEXTS = ("about", "tags", "allow", "x-words")
LISTS_OF_MAPPINGS = ("sources", "evidence", "relations", "verdicts", "forecasts")
MAPPINGS = ("x-own",)
KEYS = (*shape_of(Claim).keys, "x-words", "x-own", "x-note")
INNER = ("article", "url", "date", "quote", "rating", "by", "why", "note", "x-y")


@dataclass
class Piece:
    """What stands on the line of a key or dash, and the lines below."""

    head: str
    body: list[str]


def words(draw: Draw, most: int = 6) -> str:
    return " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=most)))


def trailing(draw: Draw, *, tight: bool = False) -> str:
    """What may stand behind a value on its line."""
    space = draw(st.sampled_from(["", "", "", " ", "   ", "\t"]))
    if draw(st.integers(0, 3)) == 0:
        return (space or " ") + draw(st.sampled_from(COMMENTS))
    return "" if tight else space


def between(draw: Draw, column: int) -> list[str]:
    """Blank lines and comments that may stand between two entries."""
    if draw(st.integers(0, 2)):
        return []
    lines = []
    for kind in draw(st.lists(st.integers(0, 3), max_size=3)):
        if kind == 0:
            lines.append(" " * draw(st.integers(0, 4)))
        elif kind == 1:
            lines.append("")
        else:
            margin = draw(st.sampled_from([column, column, 0, column + 2, column + 4]))
            lines.append(" " * margin + draw(st.sampled_from(COMMENTS)))
    return lines


def plain_text(draw: Draw, column: int) -> Piece:
    first = words(draw)
    margin = " " * (column + draw(st.integers(1, 4)))
    more = draw(st.integers(0, 5)) == 0
    lines = [margin + words(draw) for _ in range(draw(st.integers(1, 3)))] if more else []
    if not lines:
        return Piece(first + trailing(draw), [])
    lines[-1] += trailing(draw)
    return Piece(first + draw(st.sampled_from(["", " "])), lines)


def quoted_text(draw: Draw, column: int, mark: str) -> Piece:
    escape = '\\n\\t\\\\\\"\\u00e9' if mark == '"' else "''"
    text = words(draw) + draw(st.sampled_from(["", ": x", " # no comment", " [", " - {a}", escape, " "]))
    text = text.replace("'", "''").replace("''''", "''") if mark == "'" else text
    if draw(st.integers(0, 4)):
        return Piece(mark + text + mark + trailing(draw), [])
    margin = " " * (column + draw(st.integers(1, 4)))
    middle = draw(st.sampled_from([[], [""], ["", ""], [margin + "more  words"]]))
    return Piece(mark + text, [*middle, margin + "end" + mark + trailing(draw)])


def block_text(draw: Draw, column: int) -> Piece:
    depth = draw(st.integers(1, 4))
    digit = str(depth) if draw(st.integers(0, 4)) == 0 else ""
    chomping = draw(st.sampled_from(["", "-", "+", ""]))
    header = draw(st.sampled_from("|>")) + draw(st.sampled_from([digit + chomping, chomping + digit]))
    margin = " " * (column + depth)
    lines = [margin + words(draw, 12) for _ in range(draw(st.integers(0, 4)))]
    for index in range(1, len(lines)):
        lines[index] = draw(st.sampled_from(["", "", "", "  "])).join([margin, lines[index][len(margin) :]])
    if lines and draw(st.integers(0, 3)) == 0:
        lines.insert(draw(st.integers(0, len(lines))), "")
    if lines and draw(st.integers(0, 4)) == 0:
        lines[-1] += "  "
    ends = draw(st.sampled_from([[], [], [], [""], ["", ""], ["  "], [margin], [margin + "  "]]))
    return Piece(header + trailing(draw), [*lines, *ends])


def text_value(draw: Draw, column: int) -> Piece:
    style = draw(st.integers(0, 9))
    if style < 4:
        return plain_text(draw, column)
    if style < 6:
        return quoted_text(draw, column, draw(st.sampled_from("'\"")))
    if style < 9:
        return block_text(draw, column)
    return Piece(draw(st.sampled_from(["", "~", "null", "''"])) + trailing(draw), [])


def flow_text(draw: Draw) -> str:
    style = draw(st.sampled_from(["", "", "'", '"']))
    if style:
        return style + draw(st.sampled_from(["x, y", "it is", "[", "#no"])) + style
    return draw(st.sampled_from(FLOW_WORDS))


def flow_pair(draw: Draw, depth: int) -> str:
    key = draw(st.sampled_from(["name", "anonymous", "report", '"name"', "'x-k'", "x-l"]))
    if key.startswith('"') and draw(st.booleans()):
        return key + ":" + flow_text(draw)
    if draw(st.integers(0, 7)) == 0:
        return key + draw(st.sampled_from([":", ": ", "", ": ~"]))
    return key + ": " + flow_value(draw, depth + 1)


def flow_value(draw: Draw, depth: int) -> str:
    kind = draw(st.integers(0, 9)) if depth < 3 else 9
    if kind == 0:
        return flow_collection(draw, depth, "[]")
    if kind == 1:
        return flow_collection(draw, depth, "{}")
    return flow_text(draw)


def flow_collection(draw: Draw, depth: int, marks: str) -> str:
    count = draw(st.integers(0, 3))
    if marks == "{}":
        pairs = [flow_pair(draw, depth) for _ in range(count)]
        entries = list({pair.split(":")[0].strip("'\""): pair for pair in pairs}.values())
    else:
        entries = [flow_value(draw, depth) for _ in range(count)]
        if draw(st.integers(0, 9)) == 0:
            entries.append("anonymous: three people")
    return layout_flow(draw, entries, marks)


def layout_flow(draw: Draw, entries: list[str], marks: str) -> str:
    pad = draw(st.sampled_from(["", "", " "]))
    comma = "," if entries and draw(st.integers(0, 4)) == 0 else ""
    if draw(st.integers(0, 2)):
        return (
            marks[0] + pad + draw(st.sampled_from([", ", ",  ", ", "])).join(entries) + comma + pad + marks[1]
        )
    margin = "\n" + " " * draw(st.integers(1, 6))
    lines = [entry + ("," if index < len(entries) - 1 else comma) for index, entry in enumerate(entries)]
    lines = [
        line + (" " + draw(st.sampled_from(COMMENTS)) if draw(st.integers(0, 3)) == 0 else "")
        for line in lines
    ]
    opening = marks[0] + draw(st.sampled_from(["", "", " # inside"]))
    return opening + "".join(margin + line for line in lines) + margin + marks[1]


def key_text(draw: Draw, key: str) -> str:
    name = draw(st.sampled_from([key] * 6 + [f"'{key}'", f'"{key}"']))
    return name + draw(st.sampled_from([":"] * 8 + [" :", "  :"]))


def pair_lines(draw: Draw, key: str, column: int, depth: int, kind: str) -> list[str]:
    """A key and its value, as lines."""
    margin = " " * column
    piece = value_piece(draw, column, depth, kind)
    if draw(st.integers(0, 60)) == 0:
        return [f"{margin}? {key}", *between(draw, column), f"{margin}: {piece.head}", *piece.body]
    gap = draw(st.sampled_from([" "] * 8 + ["    ", "\t", "  "])) if piece.head else ""
    return [margin + key_text(draw, key) + gap + piece.head, *piece.body]


def value_piece(draw: Draw, column: int, depth: int, kind: str) -> Piece:
    if kind == "text":
        piece = text_value(draw, column)
        if piece.head and piece.head[0] not in "|>#" and draw(st.integers(0, 12)) == 0:
            return Piece(trailing(draw), [" " * (column + 2) + piece.head, *piece.body])
        return piece
    style = draw(st.integers(0, 9))
    if style == 0:
        return Piece(draw(st.sampled_from(["", "~", "[]", "[ ]", "{}"])) + trailing(draw), [])
    if style < 4:
        marks = "{}" if kind == "mapping" else "[]"
        return over_lines(flow_collection(draw, 0, marks) + trailing(draw))
    inner = column + draw(st.sampled_from([2, 2, 4, 1] if kind == "mapping" else [2, 2, 0, 4, 1]))
    above = between(draw, inner)
    if kind == "mapping":
        return Piece(trailing(draw), above + mapping_lines(draw, inner, depth + 1))
    return Piece(trailing(draw), above + list_lines(draw, inner, depth + 1, kind))


def over_lines(text: str) -> Piece:
    first, *rest = text.split("\n")
    return Piece(first, rest)


def mapping_lines(draw: Draw, column: int, depth: int) -> list[str]:
    lines: list[str] = []
    keys = draw(st.lists(st.sampled_from(INNER), min_size=1, max_size=4, unique=True))
    for index, key in enumerate(keys):
        lines += between(draw, column) if index else []
        lines += pair_lines(draw, key, column, depth, "text")
    if depth < 3 and draw(st.integers(0, 2)) == 0:
        lines += pair_lines(draw, "via", column, depth, draw(st.sampled_from(["texts", "mappings"])))
    return lines


def list_lines(draw: Draw, dash: int, depth: int, kind: str) -> list[str]:
    gap = draw(st.sampled_from([1, 1, 1, 3, 2]))
    blank = draw(st.integers(0, 5)) == 0
    lines: list[str] = []
    for index in range(draw(st.integers(1, 3))):
        if index:
            lines += [""] if blank else between(draw, dash)
        lines += item_lines(draw, dash, gap, depth, kind)
    return lines


def item_lines(draw: Draw, dash: int, gap: int, depth: int, kind: str) -> list[str]:
    start = " " * dash + "-"
    if kind == "texts":
        piece = text_value(draw, dash)
        absent = piece.head.strip(" \t").partition("#")[0].strip(" \t") in ("", "~", "null")
        return [start + " " * gap + ("x" if absent else piece.head), *piece.body]
    if draw(st.integers(0, 6)) == 0:
        head, *rest = flow_collection(draw, 1, "{}").split("\n")
        return [start + " " * gap + head, *rest]
    column = dash + 1 + gap
    first, *rest = mapping_lines(draw, column, depth)
    if draw(st.integers(0, 8)) == 0:
        return [start + trailing(draw), *between(draw, column), first, *rest]
    return [start + first[dash + 1 :], *rest]


@st.composite
def documents(draw: Draw) -> SourceText:
    """A record in somebody's hand, which reads without an error."""
    keys = draw(st.lists(st.sampled_from(KEYS), min_size=1, max_size=6, unique=True))
    lines = ["---" + trailing(draw, tight=True)] if draw(st.integers(0, 7)) == 0 else []
    lines += between(draw, 0)
    blank = draw(st.booleans())
    for index, key in enumerate(keys):
        lines += ([""] if blank and index else []) + between(draw, 0)
        lines += pair_lines(draw, key, 0, 0, kind_of(key))
    lines += between(draw, 0)
    if draw(st.integers(0, 7)) == 0:
        lines += ["..."]
    text = "\n".join("\n".join(lines).split("\n"))
    text += draw(st.sampled_from(["\n"] * 4 + ["", "\n\n"]))
    if draw(st.integers(0, 3)) == 0:
        text = text.replace("\n", "\r\n")
    bom = "\ufeff" if draw(st.integers(0, 5)) == 0 else ""
    return decode((bom + text).encode(), "claims/by-hand.yaml")[0]


def kind_of(key: str) -> str:
    if key in LISTS_OF_TEXTS:
        return "texts"
    if key in LISTS_OF_MAPPINGS:
        return "mappings"
    return "mapping" if key in MAPPINGS else "text"


def readable(source: SourceText) -> Mapping | None:
    """The tree of a record that holds no empty items, or None."""
    found = decode(source.to_bytes(source.text), source.file)[1]
    root, refused = compose(source)
    if root is None or refused or any(item.is_error for item in found):
        return None
    return None if hollow(plain(root)) else root


def hollow(value: Any) -> bool:
    if isinstance(value, dict):
        return any(hollow(item) for item in value.values())
    if isinstance(value, list):
        return any(item is None or hollow(item) for item in value)
    return False


LINE = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp"), blacklist_characters="\ufeff\ufffe\uffff"),
    max_size=30,
)
SENTENCES = st.lists(
    st.sampled_from([*WORDS, "True.", "So?", "a", "  ", "- x", "key: v", "# y"]), max_size=60
)
TEXTS = st.one_of(
    st.sampled_from(
        ["settled", "open", "2024-03-28", "", "null", "~", "- x", "a: b", "x #y", "it's", '"', "{", "\t"]
    ),
    LINE,
    SENTENCES.map(" ".join),
    st.lists(st.one_of(LINE, SENTENCES.map(" ".join)), max_size=4).map("\n".join),
    st.lists(st.sampled_from(["one", "two words", "", " in", "x: y."]), max_size=5).map("\n".join),
)
ENTRIES = st.dictionaries(st.sampled_from(INNER), TEXTS, min_size=1, max_size=4)
ITEMS = st.one_of(TEXTS, ENTRIES, st.lists(TEXTS, max_size=2))
VALUES = st.one_of(TEXTS, TEXTS, st.lists(ITEMS, max_size=4), ENTRIES)


def paths(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every path into a value, its own left out."""
    found: list[tuple[str | int, ...]] = []
    if isinstance(value, dict):
        found = [(*path, key) for key in value]
    elif isinstance(value, list):
        found = [(*path, index) for index in range(len(value))]
    inner = value if isinstance(value, dict) else dict(enumerate(value)) if isinstance(value, list) else {}
    return found + [deep for step in inner for deep in paths(inner[step], (*path, step))]


def at(value: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


def comments(text: str, root: Mapping) -> list[tuple[int, str]]:
    """The comments of a record, with their offsets: each `#` outside its scalars, to the end of the line."""
    found, position = [], 0
    for leaf in [*leaves(root), None]:
        stop = leaf.start if leaf else len(text)
        found += [(position + m.start(), m[0].rstrip()) for m in re.finditer("#[^\n]*", text[position:stop])]
        if leaf and leaf.style in ("|", ">"):
            header = text[leaf.start : text.find("\n", leaf.start) + 1 or len(text)]
            found += [(leaf.start + m.start(), m[0].rstrip()) for m in re.finditer("#.*", header)]
        position = leaf.end if leaf else stop
    return found


@st.composite
def changes(draw: Draw, values: dict[str, Any]) -> Change:
    """A change to a record with these values: mostly of the kind its commands make."""
    known = paths(values)
    kind = draw(st.sampled_from([*["text", "append"] * 3, *["remove", "add"] * 2, "list", "any"]))
    texts = [path for path in known if isinstance(at(values, path), str)]
    lists = [path for path in known if isinstance(at(values, path), list)]
    if kind == "text" and texts:
        return SetField(draw(st.sampled_from(texts)), draw(TEXTS))
    if kind == "remove" and len(values) > 1:
        return Remove(draw(st.sampled_from(known)))
    if kind == "append":
        absent = [(key,) for key in ("verdicts", "tags", "x-words") if key not in values]
        return Append(draw(st.sampled_from(lists * 2 + absent or [("x-new",)])), draw(ITEMS))
    if kind == "list" and lists:
        path = draw(st.sampled_from(lists))
        pool = [*at(values, path), *draw(st.lists(ITEMS, max_size=3))]
        return SetField(path, draw(st.permutations(pool))[: draw(st.integers(min(1, len(pool)), len(pool)))])
    if kind == "any" and known:
        return SetField(draw(st.sampled_from(known)), draw(VALUES))
    holders = [(), *(path for path in known if isinstance(at(values, path), dict))]
    path = draw(st.sampled_from(holders))
    return SetField((*path, draw(st.sampled_from(INNER if path else KEYS))), draw(VALUES))
