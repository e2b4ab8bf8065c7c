"""Saving, against the least that a safe save can do."""

import itertools
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from claimbook.book.saving import change_claims
from claimbook.book.store import Store
from claimbook.index.index import Index
from claimbook.index.indexed import IndexedBook
from claimbook.record.changes import Append, Change, SetField
from measure import records, seconds, wait_until_quiet
from rows import Row
from setting import Setting

TITLE = "Saving"
_PEER = "temporary file, sync, rename, sync of the folder"
_ID = "saved"
_FILE = f"claims/{_ID}.yaml"
_TURNS = 40


def rows(setting: Setting) -> Iterator[Row]:
    """Save one record again and again: its bytes alone, and a verdict from the edit to the read-back."""
    data = sorted(records(), key=len)[len(records()) // 2]
    with tempfile.TemporaryDirectory(dir=setting.place) as place:
        root = Path(place)
        (root / "claims").mkdir()
        (root / _FILE).write_bytes(data)
        (root / "bare.yaml").write_bytes(data)
        least = _least(root / "bare.yaml", data)
        for name, save in (
            ("a verdict saved: lock, read, edit, read back, exchange, sync, journal", _verdict(root, data)),
            ("of that the saving of bytes: lock, verify, exchange, sync, journal", _bytes(root, data)),
        ):
            wait_until_quiet()
            pairs = [(save(), seconds(least)) for _ in range(_TURNS)]
            ours, theirs = (median(column) for column in zip(*pairs, strict=True))
            ratio = 2.0 if name.startswith("a verdict") else None
            yield Row(
                name, ours, _PEER, theirs, ratio=ratio, note=f"{len(data) / 1024:.1f} KB, {_TURNS} times"
            )


def _verdict(root: Path, data: bytes) -> Callable[[], float]:
    """Return the saving of a verdict, as the desk does it, on a record that is the same every time.

    The claim has been read, as it is on the screen, and its file has changed for nobody since.
    """
    os.environ["XDG_CACHE_HOME"] = str(root / ".cache")
    index = Index(root)
    index.bring_up()
    book, number = IndexedBook(root, index), itertools.count()

    def save() -> float:
        (root / _FILE).write_bytes(data)
        book.adopt(_FILE, data)
        book.whole(_ID)
        verdict = {
            "date": "2026-11-21",
            "rating": "mixed",
            "by": "desk",
            "why": f"Both said so, {next(number)}.",
        }
        changes: list[Change] = [Append(("verdicts",), verdict), SetField(("status",), "settled")]
        return seconds(lambda: change_claims(book, "verdict", {_ID: changes}))

    return save


def _bytes(root: Path, data: bytes) -> Callable[[], float]:
    store, number = Store(root), itertools.count()

    def save() -> None:
        with store.transaction("save") as transaction:
            before = transaction.read(_FILE)
            transaction.replace(_FILE, data + b"# %d\n" % next(number), before)

    return lambda: seconds(save)


def _least(path: Path, data: bytes) -> Callable[[], object]:
    number = itertools.count()

    def save() -> None:
        temporary = path.with_name(".bare")
        with temporary.open("wb") as file:
            file.write(re.sub(rb"\n$", b"\n# %d\n" % next(number), data))
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)

    return save
