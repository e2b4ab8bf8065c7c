"""How far the work on an index is."""

from dataclasses import dataclass
from enum import StrEnum


class LeftError(Exception):
    """The work was ended from outside; what was done is kept."""


class Step(StrEnum):
    """What is being done with the files."""

    LOOKING = "Looking at"
    """Seeing which there are, or waiting for another program that does."""
    READING = "Reading"
    CHECKING = "Checking"
    """Holding them against the rules."""
    COMPARING = "Comparing"
    """Looking for claims that say nearly the same."""


@dataclass(slots=True)
class Watch:
    """How far the work is, and whether it is to go on; looked at from other threads."""

    step: Step = Step.LOOKING
    """What is being done."""
    seen: int = 0
    """Files with which that is done."""
    wanted: int = 0
    """Files with which it is to be done, as far as that is known."""
    left: bool = False
    """Whether it is to end."""

    def begin(self, step: Step, wanted: int) -> None:
        """Go on to another step, with so many files."""
        self.step, self.seen, self.wanted = step, 0, wanted
