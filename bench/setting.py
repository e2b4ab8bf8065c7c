"""Where it is measured: the books, the folders that programs take for a person's home, and the peers."""

import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from inventing import TODAY
from makebook import SEED, make_book, mend_book
from measure import say, seconds

PROGRAM = Path(sys.executable).parent / "claimbook"
"""The program, as installed beside the Python that measures it."""


@dataclass(frozen=True)
class Setting:
    """What a run measures with."""

    place: Path
    """The folder in which books, homes and the peers' data are made."""
    sizes: Sequence[int]
    """How many records the books have."""
    rounds: int
    """How often each thing is measured."""
    peers: Path | None
    """A folder with peers' programs, besides those on the path."""

    def book(self, number: int) -> Path:
        """Return a book of so many records, made where it is not there yet."""
        root = self.place / f"book-{SEED}-{number}"
        if not root.exists():
            say(f"making a book of {number:,} records ...")
            half = root.with_suffix(".half")
            shutil.rmtree(half, ignore_errors=True)
            took = seconds(lambda: make_book(half, number))
            half.rename(root)
            root.with_suffix(".made").touch()
            say(f"  {took:.0f} s")
        return root

    def mend(self, number: int) -> None:
        """Put a book back as it was made, where something was changed in it."""
        root = self.book(number)
        made = root.with_suffix(".made")
        mend_book(root, made.stat().st_mtime)
        made.touch()

    def home(self, name: str) -> Path:
        """Return a folder that a program can take for its user's home, the same for the same name."""
        home = self.place / "homes" / name
        home.mkdir(parents=True, exist_ok=True)
        return home

    def environment(self, name: str) -> dict[str, str]:
        """Return the environment of a program whose user has this home and nothing else."""
        home = self.home(name)
        kept = {key: os.environ[key] for key in ("PATH", "LANG", "LC_ALL") if key in os.environ}
        folders = {
            f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("CACHE", "CONFIG", "DATA", "STATE")
        }
        return (
            {"LANG": "C.UTF-8"}
            | kept
            | folders
            | {
                "HOME": str(home),
                "CLAIMBOOK_TODAY": str(TODAY),
                "TERM": "xterm-256color",
                "COLORTERM": "truecolor",
            }
        )

    def forget(self, name: str) -> None:
        """Empty a home's cache and state, so that a program starts cold."""
        for kind in ("cache", "state"):
            shutil.rmtree(self.home(name) / kind, ignore_errors=True)

    def peer(self, name: str) -> Path | None:
        """Return where a peer's program is; None, said aloud, where it is not installed."""
        folders = [str(self.peers)] if self.peers else []
        path = os.pathsep.join([*folders, os.environ.get("PATH", os.defpath)])
        found = shutil.which(name, path=path)
        if found is None:
            say(f"left out: {name} is not installed")
        return Path(found).absolute() if found else None

    @property
    def kept(self) -> list[int]:
        """The sizes of books that an earlier run has left, and may have changed."""
        return [int(path.stem.rsplit("-", 1)[-1]) for path in self.place.glob(f"book-{SEED}-*.made")]

    @property
    def middle(self) -> int:
        """The size that commands are measured with: 10,000, or else the largest below."""
        return max((size for size in self.sizes if size <= 10_000), default=min(self.sizes))

    @property
    def largest(self) -> int:
        """The size that the desk is measured with."""
        return max(self.sizes)
