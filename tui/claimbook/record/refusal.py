"""Saying that a change cannot be made."""

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claimbook.record.nodes import Path


class Reason(StrEnum):
    """Why a change is refused."""

    UNREADABLE = "unreadable"
    """The file has errors, so nobody knows what a change would do to it."""
    NO_PLACE = "no place"
    """The path leads to nothing, or to something of another kind."""
    UNFIT = "unfit"
    """The value has characters, types or depths that a record cannot have."""
    COMMENT = "comment"
    """A comment stands where the text has to go."""
    EXPLICIT_KEY = "explicit key"
    """A key with a question mark before it stands there."""
    UNVERIFIED = "unverified"
    """The new text does not say what was meant."""


class EditRefused(Exception):  # noqa: N818 - it is an answer to a person, and reads as one
    """A change that cannot be made surely; nothing was changed."""

    def __init__(self, reason: Reason, sentence: str, path: "Path" = (), place: str | None = None) -> None:
        """Refuse with a sentence that says what cannot be done and what to do."""
        super().__init__(reason, sentence, path, place)
        self.reason = reason
        self.sentence = sentence
        self.path = path
        self.place = place

    def __str__(self) -> str:
        """Return the sentence, after `file:line:column` where there is a file."""
        return f"{self.place}: {self.sentence}" if self.place else self.sentence


def spelled(path: "Path") -> str:
    """Write a path as people do: `evidence[1].note`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text
