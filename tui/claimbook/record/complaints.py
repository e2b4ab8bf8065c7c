"""What pydantic's complaints mean to somebody who edits a file by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from claimbook.record.nodes import Path
from claimbook.record.shapes import Shape, nearest

_NUMBERS = ("greater_than_equal", "less_than_equal", "finite_number")
_BLANK = ("string_pattern_mismatch", "string_too_short")
_MAPPINGS = ("model_type", "dict_type", "model_attributes_type")


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing that the model does not accept."""

    rule: str
    """The rule's name."""
    message: str
    """What is wrong and what to do."""
    path: Path
    """The value it is about, or what should hold it."""
    about_key: bool = False
    """Whether the key is to be marked and not the value."""
    missed: tuple[Path, ...] = ()
    """The keys any of which would do, where it is about keys that are not there."""


def complaint(error: Mapping[str, Any], shape: Shape, *, empty: bool = False) -> Complaint:
    """Turn one of pydantic's errors about a document of this shape into a complaint.

    `empty` tells that a missing key is written and only its value is not there.
    """
    path: Path = tuple(error["loc"])
    kind: str = error["type"]
    inner = shape_at(shape, path[:-1])
    if kind == "missing":
        return _missing(path, inner, empty=empty)
    if kind == "lacking":
        keys = error["ctx"]["keys"]
        message = f"{_named(path)} {error['msg']}."
        return Complaint("missing-key", message, path, missed=tuple((*path, key) for key in keys))
    if kind == "too-much":
        message = f"{_named(path)} {error['msg']}."
        return Complaint("wrong-type", message, (*path, error["ctx"]["keys"][0]), about_key=True)
    if kind in ("bad-date", "bad-url"):
        return Complaint(kind, f"{_named(path)} reads `{_shown(error)}`: {error['msg']}.", path)
    if kind in _BLANK and path[:1] == ("verdicts",) and path[-1] == "why":
        return _missing(path, inner, empty=True)
    return Complaint("wrong-type", _sentence(path, kind, error, shape), path)


def shape_at(shape: Shape, path: Path) -> Shape | None:
    """Return the shape of the mappings at a path, or None where there are none."""
    found: Shape | None = shape
    for step in path:
        if isinstance(step, str) and found is not None:
            found = found.keys.get(step)
    return found


def _missing(path: Path, shape: Shape | None, *, empty: bool) -> Complaint:
    key = path[-1]
    words = shape.choices.get(str(key)) if shape else None
    items = shape is not None and shape.keys.get(str(key)) is not None
    value = f"one of {', '.join(words)}" if words else "items that begin with `- `" if items else "its value"
    if key == "why" and path[:1] == ("verdicts",):
        rule = "verdict-without-reason"
        remedy = "write it after `why:`" if empty else "add `why:` and the reason"
        message = f"This verdict has no reason: {remedy}."
    elif empty:
        rule, message = "missing-key", f"The key `{key}` is empty: write {value} after it."
    else:
        holder = _named(path[:-1]) if len(path) > 1 else "this record"
        rule, message = "missing-key", f"The key `{key}` is missing from {holder}: add `{key}:` and {value}."
    return Complaint(rule, message, path, about_key=True, missed=(path,))


def _sentence(path: Path, kind: str, error: Mapping[str, Any], shape: Shape) -> str:
    if kind == "enum":
        return _choice(path, error, shape_at(shape, path[:-1]))
    if said := _wanted(kind, error["input"], shape_at(shape, path)):
        return f"{_named(path)} {said}."
    reason = "write a number from 0 to 1, such as 0.6" if kind in _NUMBERS else error["msg"]
    if kind == "value_error":
        reason = str(error["ctx"]["error"])
    return f"{_named(path)} cannot be `{_shown(error)}`: {reason}."


def _wanted(kind: str, value: object, inner: Shape | None) -> str | None:
    """Say what a value is and what is wanted; `inner` is the shape of the mappings it should hold."""
    if kind in _MAPPINGS:
        example = next(iter(inner.keys), "name") if inner else "name"
        return f"is {_what(value)}: write keys with values, such as `{example}: …`"
    if kind == "list_type":
        return f"is a list: {_as_list(value, inner)}"
    if kind == "string_type":
        return f"is a text, {_as_text(value)}"
    sentences = {
        "too_long": "has more items than are read, which are 500: keep those that tell most",
        "too_short": "has no items: write at least one",
        "date_type": f"is {_what(value)}: write a date, such as 2024, 2024-03 or 2024-03-28",
        **dict.fromkeys(_BLANK, "is blank: write a text, or delete the key"),
    }
    return sentences.get(kind)


def _choice(path: Path, error: Mapping[str, Any], shape: Shape | None) -> str:
    words = shape.choices.get(str(path[-1]), ()) if shape else ()
    written = error["input"]
    one_of = f"write one of {', '.join(words)}."
    if not isinstance(written, str):
        return f"{_named(path)} is {_what(written)}: {one_of}"
    guess = nearest(written, words)
    hint = f"did you mean `{guess}`?" if guess else one_of
    return f"{_named(path)} cannot be `{_shown(error)}`: {hint}"


def _as_list(value: object, inner: Shape | None) -> str:
    """Say how to write as a list what was written otherwise."""
    if inner is not None and not (inner.bare and isinstance(value, str)):
        return f"begin each item with `- `, such as `- {next(iter(inner.keys))}: …`"
    if not isinstance(value, str):
        return "begin each item with `- ` on a line of its own"
    if value.startswith("-"):
        return "write a space after each hyphen, `- `"
    return f"write `[{_short(value)}]`, or its items on lines that begin with `- `"


def _as_text(value: object) -> str:
    """Say how to write as a text what was written otherwise."""
    if isinstance(value, dict) and value:
        key = _short(str(next(iter(value))))
        return f"and the colon after `{key}` makes a key of that: put the text in quotes"
    return f"and this is {_what(value)}: put it in quotes if the brackets belong to it"


def _named(path: Path) -> str:
    """Write a path as people do: `evidence[1].note`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return f"`{text}`" if text else "This file"


def _shown(error: Mapping[str, Any]) -> str:
    return _short(str(error["input"]))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 40 else text[:39] + "…"


def _what(value: object) -> str:
    if isinstance(value, list):
        return "a list"
    return "keys with values" if isinstance(value, dict) else "text"
