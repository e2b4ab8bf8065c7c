"""What a look at the disk brought; most looks bring nothing, and need none of what lists folders."""

from collections.abc import Iterable


class Changes:
    """What a look at the disk brought, by file."""

    __slots__ = ("added", "changed", "removed")

    def __init__(
        self, added: Iterable[str] = (), changed: Iterable[str] = (), removed: Iterable[str] = ()
    ) -> None:
        """Begin with nothing, or with some files."""
        self.added = list(added)
        """Files that were not there."""
        self.changed = list(changed)
        """Files whose bytes are others now."""
        self.removed = list(removed)
        """Files that are gone."""

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)
