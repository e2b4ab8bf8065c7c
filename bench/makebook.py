"""Make the books that are measured: `python bench/makebook.py DIR NUMBER` lays one out to look at.

The same seed makes the same book, and a smaller book is the beginning of a larger one.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from inventing import headline, record
from papers import Paper, papers

SEED = 20_261_121
_PAPERS = 150
_SETTINGS = """\
# How this book is kept.
stale_after: 900d

names:
  GW: Globewire
"""


def make_book(root: Path, number: int, seed: int = SEED) -> None:
    """Lay out a book of so many records in a new folder."""
    shelf = papers(_PAPERS, seed)
    _write(root / "claimbook.yaml", _SETTINGS.encode())
    for paper in shelf:
        _write(root / "seeds" / f"{paper.id}.md", paper.data)
    for file, data in records(number, shelf, seed):
        _write(root / "claims" / file, data)


def mend_book(root: Path, since: float, seed: int = SEED) -> None:
    """Put files back as they were made that somebody has changed since a time."""
    changed = [path for path in (root / "claims").rglob("*.yaml") if path.stat().st_mtime > since]
    shelf = papers(_PAPERS, seed) if changed else []
    for path in changed:
        temporary = path.with_name(f".{path.name}.tmp")
        temporary.write_bytes(record(seed, int(path.stem.rsplit("-", 1)[-1]), shelf))
        temporary.replace(path)


def records(number: int, shelf: list[Paper], seed: int = SEED) -> Iterator[tuple[str, bytes]]:
    """Yield the files of `claims/` with what they hold."""
    for index in range(number):
        head = headline(seed, index)
        yield f"{head.folder}/{head.id}.yaml", record(seed, index, shelf)


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except FileNotFoundError:
        path.parent.mkdir(parents=True)
        path.write_bytes(data)


if __name__ == "__main__":
    make_book(Path(sys.argv[1]), int(sys.argv[2]))
