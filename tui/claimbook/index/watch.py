"""How far the work on an index is."""

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


class Watch:
    """How far the work is, and whether it is to go on; looked at from other threads."""

    __slots__ = ("left", "seen", "step", "wanted")

    def __init__(self) -> None:
        """Begin with the looking."""
        self.step = Step.LOOKING
        """What is being done."""
        self.seen = 0
        """Files with which that is done."""
        self.wanted = 0
        """Files with which it is to be done, as far as that is known."""
        self.left = False
        """Whether it is to end."""

    def begin(self, step: Step, wanted: int) -> None:
        """Go on to another step, with so many files."""
        self.step, self.seen, self.wanted = step, 0, wanted
