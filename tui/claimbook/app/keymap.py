"""From the table of actions to Textual's bindings, and a person's own keys held against it."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from textual.binding import Binding, BindingType, InvalidBinding
from textual.keys import format_key

from claimbook.app.actions import ACTIONS, Action
from claimbook.record.shapes import nearest

_BY_NAME = {action.name: action for action in ACTIONS}


class Keymap(NamedTuple):
    """A person's keys, held against the table."""

    keys: dict[str, str]
    """Keys by action name, for Textual."""
    complaints: list[str]
    """What is wrong with the settings."""


def actions_in(contexts: Iterable[str]) -> list[Action]:
    """Return the actions that work in places, in the table's order."""
    wanted = set(contexts)
    return [action for action in ACTIONS if wanted.intersection(action.contexts.split())]


def bindings(*contexts: str) -> list[BindingType]:
    """Return Textual's bindings for a place, each with the id that settings know it by."""
    return [
        Binding(
            action.keys,
            action.method,
            action.label,
            show=action.in_footer,
            tooltip=action.sentence,
            id=action.name,
        )
        for action in actions_in(contexts)
    ]


def read_keymap(told: Mapping[str, str]) -> Keymap:
    """Hold the keys of the settings against the table: names, keys that are none, keys that are taken."""
    known: dict[str, str] = {}
    complaints: list[str] = []
    for name, keys in told.items():
        if name not in _BY_NAME:
            guess = nearest(name, _BY_NAME)
            hint = f"did you mean {guess}?" if guess else "help (?) names them all."
            complaints.append(f"keys: there is no action {name}: {hint}")
        elif not _split(keys):
            complaints.append(f"keys: {name} names no key: write one, such as `{name}: x`.")
        else:
            known[name] = keys
    return Keymap(known, [*complaints, *_clashes(known)])


def keys_of(action: Action, told: Mapping[str, str]) -> str:
    """Return an action's keys as people say them: `j ↓`."""
    return " ".join(_shown(key) for key in _split(told.get(action.name, action.keys)))


def _clashes(told: Mapping[str, str]) -> list[str]:
    found = []
    for name in told:
        action = _BY_NAME[name]
        keys = set(_split(told[name]))
        for other in actions_in(action.contexts.split()):
            taken = keys.intersection(_split(told.get(other.name, other.keys)))
            if other is not action and taken:
                found.append(f"keys: {', '.join(sorted(taken))} is both {name} and {other.name}.")
    return found


def _split(keys: str) -> list[str]:
    """Return keys as Textual names them, none where one of them is none."""
    try:
        return [binding.key for binding in Binding.make_bindings([Binding(keys, "")])]
    except InvalidBinding:
        return []


def _shown(key: str) -> str:
    *modifiers, last = key.split("+")
    return "+".join([*modifiers, format_key(last)])
