"""Places for claims: numbers in the order of the files' paths, with gaps for files that come later."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping

_LAST = 1 << 62


class NoRoomError(Exception):
    """No numbers are left between two places: the index is to be made anew."""


class Room:
    """Finds places for new files between those of the files that are there."""

    def __init__(self, places: Mapping[str, int], new: Iterable[str]) -> None:
        """Take the places of the files that are there, and the files that are new.

        Raises:
            NoRoomError: where two files have too little between them.
        """
        self._places: dict[str, int] = {}
        known = sorted(places)
        ends = [(-_LAST, None), *((places[file], file) for file in known), (_LAST, None)]
        runs: dict[int, list[str]] = {}
        for file in sorted(new):
            runs.setdefault(bisect_left(known, file), []).append(file)
        for index, run in runs.items():
            self._share(run, ends[index][0], ends[index + 1][0])

    def place(self, file: str) -> int:
        """Return a new file's place."""
        return self._places[file]

    def _share(self, run: list[str], low: int, high: int) -> None:
        step = (high - low) // (len(run) + 1)
        if step < 1:
            raise NoRoomError
        for number, file in enumerate(run, start=1):
            self._places[file] = low + step * number
