"""Which keys a model has at every level, and the nearest of them to a slip of the pen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, get_args

if TYPE_CHECKING:
    from pydantic import BaseModel


@dataclass(frozen=True, slots=True)
class Shape:
    """The keys of one mapping."""

    keys: dict[str, "Shape | None"]
    """Each key as it is written, with the shape of the mappings under it."""
    choices: dict[str, tuple[str, ...]]
    """For keys that take one of a few words, those words."""
    bare: bool = False
    """Whether a text alone can stand for the whole mapping."""

    def knows(self, found: Mapping[str, object]) -> bool:
        """Tell whether all keys of a mapping are keys of this shape or the owner's own."""
        known = self.keys.keys()
        return found.keys() <= known or all(key in known or key.startswith("x-") for key in found)


@cache
def shape_of(model: "type[BaseModel]") -> Shape:
    """Return the shape of a model's mapping."""
    from pydantic import BaseModel  # noqa: PLC0415 - filters want `nearest` alone

    keys: dict[str, Shape | None] = {}
    choices: dict[str, tuple[str, ...]] = {}
    for name, field in model.model_fields.items():
        key = field.alias or name
        parts = list(_parts(field.annotation))
        inner = next((part for part in parts if issubclass(part, BaseModel)), None)
        keys[key] = shape_of(inner) if inner else None
        words = next((part for part in parts if issubclass(part, StrEnum)), None)
        if words:
            choices[key] = tuple(str(word) for word in words)
    return Shape(keys, choices, bare=bool(getattr(model, "bare", False)))


def nearest(word: str, known: Iterable[str], *, least: float = 60) -> str | None:
    """Return the known word most like the one written, or None where none comes near.

    Likeness is rapidfuzz's ratio, 0 to 100; `least` is where a guess helps more than it confuses.
    """
    from rapidfuzz import fuzz, process, utils  # noqa: PLC0415 - wanted only when something is wrong

    found = process.extractOne(
        word[:100], list(known), scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=least
    )
    return found[0] if found else None


def _parts(annotation: Any) -> Iterable[type]:
    """Yield the classes in an annotation such as `list[Source] | None`."""
    if isinstance(annotation, type) and not get_args(annotation):
        yield annotation
    for argument in get_args(annotation):
        yield from _parts(argument)
