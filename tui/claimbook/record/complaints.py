"""What pydantic's complaints mean to somebody who edits a file by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from claimbook.record.nodes import Path
from claimbook.record.shapes import Shape, nearest

_NUMBERS = ("greater_than_equal", "less_than_equal", "finite_number")


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


def complaint(error: Mapping[str, Any], shape: Shape) -> Complaint:
    """Turn one of pydantic's errors about a document of this shape into a complaint."""
    path: Path = tuple(error["loc"])
    kind: str = error["type"]
    if kind == "missing":
        return _missing(path)
    if kind in ("bad-date", "bad-url"):
        return Complaint(kind, f"`{_name(path)}` reads `{_shown(error)}`: {error['msg']}.", path)
    if kind == "enum":
        return _choice(path, error, _shape_at(shape, path[:-1]))
    if kind == "value_error":
        return Complaint("missing-key", f"{_where(path)}{error['ctx']['error']}.", path)
    return Complaint("wrong-type", _type_sentence(path, kind, error), path)


def _missing(path: Path) -> Complaint:
    key = path[-1]
    parent = f"`{_name(path[:-1])}`" if len(path) > 1 else "this record"
    if key == "why" and path[:1] == ("verdicts",):
        message = "This verdict has no reason: add `why:` to it."
        return Complaint("verdict-without-reason", message, path, about_key=True)
    message = f"The key `{key}` is missing from {parent}, or empty: write `{key}:` and its value."
    return Complaint("missing-key", message, path, about_key=True)


def _choice(path: Path, error: Mapping[str, Any], shape: Shape | None) -> Complaint:
    words = shape.choices.get(str(path[-1]), ()) if shape else ()
    written = str(error["input"])
    guess = nearest(written, words)
    hint = f"did you mean `{guess}`?" if guess else f"write one of {', '.join(words)}."
    return Complaint("wrong-type", f"`{_name(path)}` cannot be `{_shown(error)}`: {hint}", path)


def _type_sentence(path: Path, kind: str, error: Mapping[str, Any]) -> str:
    name, value = f"`{_name(path)}`", error["input"]
    if kind == "list_type":
        form = f"`[{_shown(error)}]`, or its items " if isinstance(value, str) else "its items "
        return f"{name} is a list: write {form}on lines that begin with `- `."
    if kind == "too_short":
        return f"{name} has no items: write at least one."
    if kind in ("model_type", "dict_type", "model_attributes_type"):
        return f"{name} wants keys with values, such as `name: …`, and this is {_what(value)}."
    if kind in ("string_type", "string_too_short"):
        return f"{name} wants text, and this is {_what(value)}: write a text, in quotes if need be."
    reason = "write a number from 0 to 1, such as 0.6" if kind in _NUMBERS else error["msg"]
    return f"{name} cannot be `{_shown(error)}`: {reason}."


def _where(path: Path) -> str:
    return f"In `{_name(path)}`: " if path else ""


def _name(path: Path) -> str:
    """Write a path as people do: `evidence[1].note`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text


def _shape_at(shape: Shape, path: Path) -> Shape | None:
    found: Shape | None = shape
    for step in path:
        if isinstance(step, str) and found is not None:
            found = found.keys.get(step)
    return found


def _shown(error: Mapping[str, Any]) -> str:
    text = str(error["input"])
    return text if len(text) <= 40 else text[:39] + "…"


def _what(value: object) -> str:
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "keys with values"
    return "text" if value else "empty"
