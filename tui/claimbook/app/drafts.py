"""What was typed and not saved when the desk was ended from outside, kept for the next time it opens."""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from time import time_ns
from typing import Any

import platformdirs


@dataclass(frozen=True, slots=True)
class Draft:
    """What stood in the fields of one dialog, or of one claim under review."""

    sort: str
    """`verdict`, `review`, `new-claim`, `filter`, or what a form adds or does: `evidence`, `snooze` …"""
    about: tuple[str, ...]
    """What it is about: files of claims, an article's id, a filter."""
    texts: Mapping[str, str]
    """What stood in each field."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Drafts that lie in a file."""

    file: Path
    """Where."""
    drafts: tuple[Draft, ...]
    """What was on the screen, from below to the top."""


def keep_drafts(root: Path, drafts: Sequence[Draft]) -> Path:
    """Write drafts into a file of their own, which only this person may read, and return it.

    Raises:
        OSError: where the disk does not take it.
    """
    folder = _folder(root)
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{time_ns():020}-{os.getpid()}.json"
    told = {"book": _spelled(root), "drafts": [asdict(draft) for draft in drafts]}
    fresh = file.with_suffix(".part")
    number = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(number, "w", encoding="utf-8") as out:
            json.dump(told, out, indent=1)
            out.flush()
            os.fsync(out.fileno())
        return fresh.replace(file)
    except OSError:
        with suppress(OSError):
            fresh.unlink()
        raise


def kept_drafts(root: Path) -> list[Kept]:
    """Return what was kept for a book, the oldest first; a file that cannot be read is left alone."""
    try:
        files = sorted(_folder(root).glob("*.json"))
    except OSError:
        return []
    return [Kept(file, drafts) for file in files if (drafts := tuple(_read(file)))]


def drop_drafts(kept: Kept) -> None:
    """Remove a file of drafts, once they are on the screen again."""
    with suppress(OSError):
        kept.file.unlink()


def _folder(root: Path) -> Path:
    key = hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:24]
    return platformdirs.user_state_path("claimbook", appauthor=False) / "drafts" / key


def _spelled(root: Path) -> str:
    return os.fsencode(root.resolve()).decode("utf-8", "backslashreplace")


def _read(file: Path) -> Iterator[Draft]:
    try:
        told = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return
    drafts = told.get("drafts") if isinstance(told, dict) else None
    for item in drafts if isinstance(drafts, list) else ():
        if _fits(item):
            yield Draft(item["sort"], tuple(item["about"]), item["texts"])


def _fits(item: Any) -> bool:
    return (
        isinstance(item, dict)
        and isinstance(item.get("sort"), str)
        and isinstance(item.get("about"), list)
        and len(item["about"]) >= (4 if item["sort"] == "new-claim" else 1)
        and all(isinstance(text, str) for text in item["about"])
        and isinstance(item.get("texts"), dict)
        and all(isinstance(text, str) for text in item["texts"].values())
    )
