"""How far it is with bringing an index up to date."""

from collections.abc import Callable
from dataclasses import dataclass, field


class LeftError(Exception):
    """The work was ended from outside; what was done is kept."""


@dataclass(slots=True)
class Watch:
    """How far the work is, and whether it is to go on; looked at from other threads."""

    seen: int = 0
    """Files that were read."""
    wanted: int = 0
    """Files that are to be read."""
    left: bool = False
    """Whether it is to end."""
    told: Callable[["Watch"], None] = field(default=lambda _: None)
    """Called after each file."""
