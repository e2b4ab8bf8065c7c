"""Changes to a record, and what they do to its values."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from claimbook.record.forbidden import UNPRINTABLE
from claimbook.record.nodes import DEEPEST, Path
from claimbook.record.refusal import EditRefused, Reason, spelled

LONGEST_KEY = 250
"""Characters of a key; YAML readers stop looking for the colon after 1,024, escapes counted."""

MOST_STEPS = 50
"""Differences between two lists or mappings that are written one by one; more are written as a whole."""

Plain = str | list[Any] | dict[str, Any]
"""A text, or a list or mapping of such values."""


@dataclass(frozen=True, slots=True)
class SetField:
    """Give a field a value, whether it has one or not."""

    path: Path
    """The field, such as `("status",)` or `("sources", 0, "quote")`; what holds it must exist."""
    value: Plain
    """Its new value. Of a list or mapping, what stays the same stays as it is written."""


@dataclass(frozen=True, slots=True)
class Append:
    """Add an item at the end of a list."""

    path: Path
    """The list, such as `("verdicts",)`, which may be empty or absent."""
    item: Plain
    """The item."""


@dataclass(frozen=True, slots=True)
class Remove:
    """Take a key with its value, or an item of a list, away; with its last item a list's key goes too."""

    path: Path
    """The key or the item, such as `("evidence", 1)`."""


Change = SetField | Append | Remove


@dataclass(frozen=True, slots=True)
class Put:
    """Write a value at a path, whole, in place of what stands there."""

    path: Path
    """Where it goes; the last step may be a key that is absent."""
    value: Plain
    """What is written."""


@dataclass(frozen=True, slots=True)
class Insert:
    """Write an item into a list that has others, before the one at the index."""

    path: Path
    """The list."""
    index: int
    """The item that it comes before, or the number of items."""
    item: Plain
    """What is written."""


@dataclass(frozen=True, slots=True)
class Delete:
    """Take the text of a key with its value, or of an item that has siblings, away."""

    path: Path
    """The key or the item."""
    emptied: bool = False
    """Whether it goes because the one item in it did, so that comments around that item stay."""


Step = Put | Insert | Delete


def changed(values: dict[str, Any], change: Change) -> dict[str, Any]:
    """Return a record's plain values with a change made; the ones given stay as they are.

    Raises:
        EditRefused: where the path leads nowhere or the value is none that a record can have.
    """
    path = change.path
    if not path:
        raise _nowhere(path)
    if isinstance(change, SetField):
        _check(change.value, path, len(path))
        return _mapping(_with(values, path, lambda _: change.value, path, adding=True))
    if isinstance(change, Append):
        _check(change.item, path, len(path) + 1)
        return _mapping(_with(values, path, lambda old: [*_items(old, path), change.item], path, adding=True))
    result = _mapping(_without(values, path))
    if not result:
        raise _refused(path, f"`{spelled(path)}` is all that this file says: delete the file instead.")
    return result


def steps(values: dict[str, Any], change: Change) -> Iterator[Step]:
    """Yield what is to be written, in order, for a change that `changed` accepts."""
    path = change.path
    old = _reach(values, path)
    if isinstance(change, SetField):
        apart = list(_difference(old, change.value, path))
        yield from apart if len(apart) <= MOST_STEPS else [Put(path, change.value)]
    elif isinstance(change, Append):
        yield Insert(path, len(old), change.item) if old else Put(path, [change.item])
    else:
        yield _removal(values, path)


def _removal(values: dict[str, Any], path: Path) -> Step:
    """Find what goes with the thing removed: the key of a list that has no other item."""
    holder = _reach(values, path[:-1])
    if len(holder) > 1 or len(path) == 1:
        return Delete(path)
    if isinstance(holder, dict):
        return Put(path[:-1], {})
    if not isinstance(path[-2], str):
        return Put(path[:-1], [])
    outer = _removal(values, path[:-1])
    return Delete(outer.path, emptied=True) if isinstance(outer, Delete) else outer


def _difference(old: Any, new: Plain, path: Path) -> Iterator[Step]:
    if old == new:
        return
    if old and new and isinstance(old, dict) and isinstance(new, dict):
        for key, value in new.items():
            yield from _difference(old.get(key), value, (*path, key))
        yield from (Delete((*path, key)) for key in old if key not in new)
    elif old and new and isinstance(old, list) and isinstance(new, list):
        yield from _list_difference(old, new, path)
    else:
        yield Put(path, new)


def _list_difference(old: list[Any], new: list[Any], path: Path) -> Iterator[Step]:
    """Yield the steps from the end of the list to its beginning, so that no index moves before its turn.

    What a list must never be on the way is empty: where nothing stays, the new items go in first.
    """
    blocks = SequenceMatcher(None, [_token(item) for item in old], [_token(item) for item in new])
    for tag, start, end, new_start, new_end in reversed(blocks.get_opcodes()):
        if tag == "equal":
            continue
        shared = min(end - start, new_end - new_start)
        for index in range(new_end - 1, new_start + shared - 1, -1):
            yield Insert(path, end, new[index])
        for index in range(end - 1, start + shared - 1, -1):
            yield Delete((*path, index))
        for offset in range(shared):
            yield from _difference(old[start + offset], new[new_start + offset], (*path, start + offset))


def _token(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _reach(values: Any, path: Path) -> Any:
    for step in path:
        values = values.get(step) if isinstance(values, dict) else values[step]
    return values


def _with(values: Any, rest: Path, make: Callable[[Any], Any], path: Path, *, adding: bool) -> Any:
    """Return the values with the one that the rest of a path leads to made anew; None takes it away."""
    if not rest:
        return make(values)
    step, rest = rest[0], rest[1:]
    if isinstance(values, dict) and isinstance(step, str):
        if step not in values and (rest or not adding):
            raise _nowhere(path)
        made = _with(values.get(step), rest, make, path, adding=adding)
        values = {**values, step: made}
        return {key: value for key, value in values.items() if value is not None}
    if isinstance(values, list) and isinstance(step, int) and 0 <= step < len(values):
        made = _with(values[step], rest, make, path, adding=adding)
        return [*values[:step], [] if made is None else made, *values[step + 1 :]]
    raise _nowhere(path)


def _without(values: Any, path: Path) -> Any:
    last = path[-1]
    if isinstance(last, str):
        return _with(values, path, lambda _: None, path, adding=False)

    def drop(items: Any) -> list[Any] | None:
        if not isinstance(items, list) or not 0 <= last < len(items):
            raise _nowhere(path)
        return [*items[:last], *items[last + 1 :]] or None

    return _with(values, path[:-1], drop, path, adding=False)


def _mapping(values: Any) -> dict[str, Any]:
    made: dict[str, Any] = values
    return made


def _items(old: Any, path: Path) -> list[Any]:
    if old is None:
        return []
    if isinstance(old, list):
        return old
    raise _refused(path, f"`{spelled(path)}` is no list to add to: edit it by hand first.")


def _nowhere(path: Path) -> EditRefused:
    return _refused(path, f"There is no `{spelled(path)}` here to change: look at what the file has.")


def _refused(path: Path, sentence: str) -> EditRefused:
    return EditRefused(Reason.NO_PLACE, sentence, path)


def check_values(values: dict[str, Any]) -> None:
    """Refuse values that a record cannot hold.

    Raises:
        EditRefused: for control characters, lone surrogates, numbers and other types, and deep nesting.
    """
    _check(values, (), 0)


def _check(value: Any, path: Path, depth: int) -> None:
    if isinstance(value, str):
        _check_text(value, path)
    elif isinstance(value, list | dict):
        if depth >= DEEPEST:
            raise _unfit(path, f"nests deeper than {DEEPEST} levels, so flatten it")
        _check_parts(value, path, depth)
    else:
        raise _unfit(path, f"has a value of type {type(value).__name__}, so give it as text")


def _check_parts(value: list[Any] | dict[str, Any], path: Path, depth: int) -> None:
    if isinstance(value, list):
        for index, item in enumerate(value):
            _check(item, (*path, index), depth + 1)
        return
    for key, item in value.items():
        _check_text(key, path)
        if len(key) > LONGEST_KEY:
            raise _unfit(path, f"has a key of more than {LONGEST_KEY} characters, so shorten it")
        _check(item, (*path, key), depth + 1)


def _check_text(text: str, path: Path) -> None:
    if match := UNPRINTABLE.search(text):
        raise _unfit(path, f"has the character U+{ord(match[0]):04X}, which no record can hold, so delete it")


def _unfit(path: Path, fault: str) -> EditRefused:
    return EditRefused(Reason.UNFIT, f"The text for `{spelled(path)}` {fault}.", path)
