"""Places for claims: numbers in the order of the files' paths, with gaps for files that come later.

Who puts a date before each name, or numbers claims, adds each beside the last one. Halving the gap each time
would leave no room after some fifty; so files that are named more like one of their neighbours come close to
that one, and most of the gap is left for the next.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from os.path import commonprefix

STEP = 1 << 20
"""How far apart places are at first; the trigrams of the finder take less room the smaller it is."""
_CLOSE = 32
"""The part of an even distance that like-named files are put from each other."""


class NoRoomError(Exception):
    """No numbers are left between two places: the index is to be made anew."""


def first_place(before: int) -> int:
    """Return the place of a file that comes after so many, where none has a place yet."""
    return STEP * (before + 1)


class Room:
    """Finds places for new files between those of the files that are there."""

    def __init__(self, places: Mapping[str, int], new: Iterable[str]) -> None:
        """Take the places of the files that are there, and the files that are new.

        Raises:
            NoRoomError: where two files have too little between them.
        """
        self._places: dict[str, int] = {}
        known = sorted(places)
        runs: dict[int, list[str]] = {}
        for file in sorted(new):
            runs.setdefault(bisect_left(known, file), []).append(file)
        for index, run in runs.items():
            below, above = known[index - 1 : index] or [""], known[index : index + 1] or [""]
            low, high = places.get(below[0]), places.get(above[0])
            if low is None or high is None:
                self._add(run, low, high)
            else:
                self._share(run, low, below[0], high, above[0])

    def place(self, file: str) -> int:
        """Return a new file's place."""
        return self._places[file]

    def _add(self, run: list[str], low: int | None, high: int | None) -> None:
        """Place files after the last one, before the first one, or where there are none."""
        first = STEP if high is None else high - STEP * len(run)
        first = first if low is None else low + STEP
        self._places |= {file: first + STEP * number for number, file in enumerate(run)}

    def _share(self, run: list[str], low: int, below: str, high: int, above: str) -> None:
        step = (high - low) // (len(run) + 1)
        if step < 1:
            raise NoRoomError
        like_low, like_high = _likeness(below, run[0]), _likeness(run[-1], above)
        if like_low != like_high:
            step = max(1, step // _CLOSE)
        first = low + step if like_low >= like_high else high - step * len(run)
        for number, file in enumerate(run):
            self._places[file] = first + step * number


def _likeness(one: str, other: str) -> int:
    return len(commonprefix((one, other)))  # noqa: RUF071 - characters are meant
