"""Guessing which claim was meant by an id that no claim has."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cached_property

from claimbook.record.shapes import nearest

MOST = 200
"""Ids that a guess is looked for among in each of two orders; up to twice as many, all are looked at."""


class Ids(Mapping[str, str]):
    """The ids of all claim files, each with its path.

    A guess costs the same however many there are: it is looked for among those that stand next to the wrong
    one in the order of the alphabet, read from the beginning and from the end. So a slip in the middle of a
    long id may be missed in a large book, where many others begin and end like it.
    """

    def __init__(self, files: Mapping[str, str] | None = None) -> None:
        """Take the ids with their files."""
        self._files = files or {}
        self._guesses: dict[str, str | None] = {}

    def __getitem__(self, identifier: str) -> str:
        return self._files[identifier]

    def __contains__(self, identifier: object) -> bool:
        return identifier in self._files

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def nearest(self, wrong: str) -> str | None:
        """Return the id most like a wrong one, None where none comes near; each is looked for once."""
        if wrong not in self._guesses:
            self._guesses[wrong] = nearest(wrong, self._beside(wrong))
        return self._guesses[wrong]

    def _beside(self, wrong: str) -> list[str]:
        forwards, backwards = self._orders
        if len(forwards) <= 2 * MOST:
            return forwards
        turned = (name[::-1] for name in _around(backwards, wrong[::-1]))
        return sorted({*_around(forwards, wrong), *turned})

    @cached_property
    def _orders(self) -> tuple[list[str], list[str]]:
        return sorted(self._files), sorted(name[::-1] for name in self._files)


def _around(names: list[str], wrong: str) -> list[str]:
    at = bisect_left(names, wrong)
    return names[max(0, at - MOST // 2) : at + MOST // 2]
