"""Saving a verdict's bytes, against the least that a safe save can do."""

import itertools
import os
import tempfile
from pathlib import Path

from claimbook.book.store import Store
from measure import median, records


def rows() -> list[tuple[str, float, str, float]]:
    """Save one record again and again."""
    data = records()[0]
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        (root / "claims").mkdir()
        ours, bare = root / "claims/ours.yaml", root / "bare.yaml"
        ours.write_bytes(data)
        bare.write_bytes(data)
        store = Store(root)
        number = itertools.count()

        def save() -> None:
            with store.transaction("save") as transaction:
                before = transaction.read("claims/ours.yaml")
                transaction.replace("claims/ours.yaml", data + b"# %d\n" % next(number), before)

        def least() -> None:
            _replace(bare, data + b"# %d\n" % next(number))

        name = "save a record: lock, verify, exchange, sync, journal"
        return [
            (name, median(save, rounds=20), "temporary file, sync, rename, sync", median(least, rounds=20))
        ]


def _replace(path: Path, data: bytes) -> None:
    temporary = path.with_name(".bare")
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)
