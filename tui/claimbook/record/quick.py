"""The quick way from the bytes of a file to what it says, where nothing about it is unusual.

A text in the layout that claimbook writes is read line by line (`record/layout.py`); of any other, values are
built straight from libyaml's events, without nodes and positions, which only diagnostics and edits need.
Whatever reading could refuse or remark on is not judged here: the answer is None then, and the full reader is
to be asked (`record/reading.py`). The checks may see a hazard where there is none, never the other way round;
what is answered is what the full reader says, and it has no diagnostics then.
"""

import re
from collections.abc import Callable
from typing import Any, Generic, NamedTuple, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from yaml.events import (
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from claimbook.record.layout import laid_out
from claimbook.record.model import Claim
from claimbook.record.nodes import DEEPEST, MOST, NULLS, next_event
from claimbook.record.shapes import Shape, shape_of
from claimbook.record.source import is_suspect

T = TypeVar("T", bound=BaseModel)

LARGEST = MOST // 4
"""Bytes that are read this way: libyaml makes two events of a byte at most, so none need counting."""

_COMMENT = re.compile(r"#(?=\w)")
_WITHIN_WORDS = re.compile(r"[\w/]")
_ESCAPE = re.compile(rb"\\[0abefrvxuULNP]")

_Next = Callable[[], Any]


class _Unusual(Exception):  # noqa: N818 - it is a way out, and reaches nobody
    """Something that the full reader has to look at."""


class Quick(NamedTuple, Generic[T]):
    """What a file says that nothing is wrong with."""

    content: T
    """What it says."""
    is_laid_out: bool
    """Whether it is in the layout that claimbook writes, which values can be located in without nodes."""


def quick_record(data: bytes) -> Quick[Claim] | None:
    """Return what a claim record says, or None where the full reader has to look at it."""
    return quick_content(data, Claim)


def quick_content(data: bytes, model: type[T]) -> Quick[T] | None:
    """Return what a file says that a model describes, or None where the full reader has to look at it."""
    text, shape = _unsuspicious(data), shape_of(model)
    if text is None:
        return None
    values = laid_out(text, shape)
    is_laid_out = values is not None
    try:
        if values is None and (get := next_event(data)):
            values = _document(get, shape)
        return None if values is None else Quick(model.model_validate(values), is_laid_out)
    except (_Unusual, yaml.YAMLError, ValidationError):
        return None


def _unsuspicious(data: bytes) -> str | None:
    """Return the text, or None where it may hold what is refused or remarked on, whatever its values are.

    Signs that are rare are looked for alone first, which takes next to no time.
    """
    if len(data) > LARGEST or (b"\\" in data and _ESCAPE.search(data)):
        return None
    if b"%" in data and (data.startswith(b"%") or b"\n%" in data):
        return None
    if (b"<" in data and b"<<<<<<< " in data) or (b">" in data and b">>>>>>> " in data):
        return None
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    return None if is_suspect(data) or _may_lose_text(text) else text


def _may_lose_text(text: str) -> bool:
    """Tell whether a comment may begin with what was meant as text, as in `the #1 maker`.

    No comment begins directly after a letter or a slash, as the `#` in an address does.
    """
    match = _COMMENT.search(text)
    while match and _WITHIN_WORDS.match(text[match.start() - 1 : match.start()]):
        match = _COMMENT.search(text, match.end())
    return match is not None


def _document(get: _Next, shape: Shape) -> dict[str, Any]:
    """Build what the one document of a file says, which has to be keys with values."""
    get()
    if type(get()) is not DocumentStartEvent or type(first := get()) is not MappingStartEvent:
        raise _Unusual
    values: dict[str, Any] = _opened(first, get, shape, 0)
    end = get()
    if type(end) is not DocumentEndEvent or end.explicit or type(get()) is not StreamEndEvent:
        raise _Unusual
    return values


def _opened(event: Any, get: _Next, shape: Shape | None, depth: int) -> Any:
    """Build what an event begins, a list or keys with values, under so many others."""
    if event.anchor is not None or event.tag is not None or depth == DEEPEST:
        raise _Unusual
    build = _mapping if type(event) is MappingStartEvent else _sequence
    return build(get, shape, depth + 1)


def _mapping(get: _Next, shape: Shape | None, depth: int) -> dict[str, Any]:
    """Build keys with values, those left out that are absent; `shape` is None where any key goes."""
    found: dict[str, Any] = {}
    inner = shape.keys if shape is not None else {}
    absent = False
    while type(key := get()) is ScalarEvent:
        name = key.value
        if key.anchor is not None or key.tag is not None or name in found or name == "<<":
            raise _Unusual
        event = get()
        if type(event) is not ScalarEvent:
            found[name] = _opened(event, get, inner.get(name), depth)
        elif event.anchor is not None or event.tag is not None:
            raise _Unusual
        elif event.value in NULLS and not event.style:
            found[name], absent = None, True
        else:
            found[name] = event.value
    if type(key) is not MappingEndEvent or (shape is not None and not shape.knows(found)):
        raise _Unusual
    return {name: value for name, value in found.items() if value is not None} if absent else found


def _sequence(get: _Next, shape: Shape | None, depth: int) -> list[Any]:
    """Build a list; none of its items may be absent."""
    found: list[Any] = []
    while type(event := get()) is not SequenceEndEvent:
        if type(event) is not ScalarEvent:
            found.append(_opened(event, get, shape, depth))
        elif event.anchor is not None or event.tag is not None or (event.value in NULLS and not event.style):
            raise _Unusual
        else:
            found.append(event.value)
    return found
