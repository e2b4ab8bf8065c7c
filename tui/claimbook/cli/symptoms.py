"""What `claimbook doctor` can find."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How a part fares."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Symptom:
    """How one part of an installation or a book fares."""

    part: str
    """What was looked at, in a word or two."""
    level: Level
    """How it fares."""
    message: str
    """What was seen."""
    advice: str = ""
    """What to do, where something is to be done."""


def fine(part: str, message: str) -> Symptom:
    """Say that a part is as it should be."""
    return Symptom(part, Level.OK, message)


def odd(part: str, message: str, advice: str) -> Symptom:
    """Say that a part is not as it should be, and that everything works all the same."""
    return Symptom(part, Level.WARNING, message, advice)


def wrong(part: str, message: str, advice: str) -> Symptom:
    """Say that a part does not work."""
    return Symptom(part, Level.ERROR, message, advice)
