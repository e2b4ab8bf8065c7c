"""What the desk remembers from one time to the next: theme, filter, choice and cursor, book by book."""

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import platformdirs

from claimbook.book.errors import BookFileError
from claimbook.book.files import read

MOST = 50
"""Books that are remembered."""

_LARGEST = 1024 * 1024


@dataclass(slots=True)
class Memory:
    """How a book was left."""

    theme: str = ""
    """The theme, the same for every book."""
    filter: str = ""
    """The filter as it was written."""
    facet: str = ""
    """What was chosen at the side, as `widgets/sidebar.py` writes it."""
    cursor: str = ""
    """The file of the claim that the cursor stood on."""


def memory_file() -> Path:
    """Return where it is kept."""
    return platformdirs.user_state_path("claimbook", appauthor=False) / "desk.json"


def recall(root: Path) -> Memory:
    """Return how a book was left; what cannot be read is as good as nothing."""
    told = _read()
    book = told["books"].get(_key(root))
    known = {name: value for name, value in book.items() if _fits(name, value)} if _is_map(book) else {}
    theme = told["theme"] if isinstance(told["theme"], str) else ""
    return Memory(**{**known, "theme": theme})


def remember(root: Path, memory: Memory) -> None:
    """Keep how a book is left; a disk that does not take it costs the memory and nothing else."""
    told = _read()
    books = {key: value for key, value in told["books"].items() if key != _key(root)}
    kept = dict([*books.items(), (_key(root), {**asdict(memory), "theme": ""})][-MOST:])
    text = json.dumps({"theme": memory.theme, "books": kept}, indent=1)
    file = memory_file()
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_name(f".{file.name}.{os.getpid()}")
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(file)


def _key(root: Path) -> str:
    return os.fsdecode(root.resolve()).encode("utf-8", "backslashreplace").decode()


def _read() -> dict[str, Any]:
    try:
        told = json.loads(read(memory_file(), limit=_LARGEST, patient=False))
    except (BookFileError, ValueError, RecursionError):
        told = None
    told = told if _is_map(told) else {}
    books = told.get("books")
    return {"theme": told.get("theme"), "books": books if _is_map(books) else {}}


def _is_map(value: object) -> bool:
    return isinstance(value, dict)


def _fits(name: object, value: object) -> bool:
    return isinstance(value, str) and name in {field.name for field in fields(Memory)}
