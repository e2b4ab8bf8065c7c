"""How a book fares: its files, what saves rest on, and what earlier saves left behind."""

import shlex
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from claimbook.book.book import Book
from claimbook.book.errors import BookFileError, NotWritableError
from claimbook.book.files import DISK, read
from claimbook.book.lock import FOLDER, holder
from claimbook.book.places import SCHEMA
from claimbook.book.probing import offers_exchange
from claimbook.book.refusals import Refused
from claimbook.book.store import Store
from claimbook.cli.merging import ATTRIBUTE, ATTRIBUTES, driver_of
from claimbook.cli.reading import brought_up
from claimbook.cli.symptoms import Symptom, fine, odd, wrong
from claimbook.index.index import Index
from claimbook.index.indexed import IndexedBook
from claimbook.index.place import index_file
from claimbook.record.schema import schema_text

_IDS = ("unsafe-id", "duplicate-id")
_SHOWN = 5
_LINES = (("seeds/*", "-text", "seeds/* -text"), ("*.yaml", "eol=lf", "*.yaml text eol=lf"))


def look_at_book(root: Path) -> Iterator[Symptom]:
    """Yield how each part of a book fares; none of its files is changed."""
    with closing(brought_up(root)) as index:
        yield _index(index)
        book = IndexedBook(root, index)
        yield _records(book)
        yield from _ids(book)
        yield from _names(book)
    yield _schema(root)
    yield _attributes(root)
    yield from _merging(root)
    yield _exchange(root)
    yield from _own_folder(root)


def _index(index: Index) -> Symptom:
    file = index_file(index.root)
    folder = file.parent if file else "a cache folder, as there is no home for one"
    if index.kept:
        return fine("index", f"What was read is kept in {folder}.")
    seen = f"What was read cannot be kept in {folder}: every command reads the whole book."
    return odd("index", seen, "Allow writing there, or make room; deleting the folder is always safe.")


def _records(book: Book) -> Symptom:
    broken = len(book.broken) + sum(shelved.article is None for shelved in book.shelf.values())
    seen = f"{len(book.entries)} claims and {len(book.shelf)} articles in {book.name}"
    if broken:
        return wrong("files", f"{seen}, {broken} of which cannot be read.", "See `claimbook check`.")
    return fine("files", seen)


def _ids(book: Book) -> Iterator[Symptom]:
    found = [item for item in book.stray if item.rule in _IDS]
    for item in found[:_SHOWN]:
        yield wrong("ids", f"{item.file}: {item.message}", "")
    if len(found) > _SHOWN:
        yield wrong("ids", f"And {len(found) - _SHOWN} more.", "See `claimbook check`.")
    if not found:
        yield fine("ids", "Every id is safe and stands for one file.")


def _names(book: Book) -> Iterator[Symptom]:
    for item in [item for item in book.stray if item.rule not in _IDS][:_SHOWN]:
        yield (wrong if item.is_error else odd)(
            "files", f"{item.file}: {item.message}", "See `claimbook check`."
        )


def _schema(root: Path) -> Symptom:
    advice = "Write it with `claimbook schema --write`, or editors will complete what is out of date."
    try:
        data = read(root / SCHEMA, name=SCHEMA)
    except BookFileError as error:
        return odd("schema", str(error), advice)
    if data != schema_text().encode():
        return odd("schema", f"{SCHEMA} is not that of this version.", advice)
    return fine("schema", f"{SCHEMA} is up to date.")


def _attributes(root: Path) -> Symptom:
    """Look whether git leaves articles alone, in this folder or, up to the repository's top, one above."""
    lines = [text for folder in _up_to_repository(root) for text in _lines(folder / ".gitattributes")]
    missing = [
        line
        for pattern, attribute, line in _LINES
        if not any(words[0].endswith(pattern) and attribute in words[1:] for words in lines)
    ]
    if missing:
        lacking = " and ".join(f"`{line}`" for line in missing)
        return odd("git", f".gitattributes lacks {lacking}.", "Add that, or git may change line ends.")
    return fine("git", ".gitattributes keeps articles byte for byte.")


def _merging(root: Path) -> Iterator[Symptom]:
    """Look whether git knows the driver that `.gitattributes` names, where there is a repository."""
    if ATTRIBUTE not in {" ".join(words) for words in _lines(root / ATTRIBUTES)}:
        return
    if not any((folder / ".git").exists() for folder in _up_to_repository(root)):
        return
    try:
        driver = driver_of(root)
    except Refused as error:
        yield odd("merging", str(error), "")
        return
    if driver is None:
        what = "git merges records line by line, as it knows no driver claimbook."
        yield odd("merging", what, "Tell it once: `claimbook merge-driver --install`.")
    elif not _is_there(driver):
        what = f"git is told of a driver that is not there, and cannot merge records: {driver}"
        advice = (
            f"Have {driver.split()[0]} on your PATH, or tell it again: `claimbook merge-driver --install`."
        )
        yield wrong("merging", what, advice)
    else:
        yield fine("merging", "git merges records key by key.")


def _is_there(command: str) -> bool:
    try:
        words = shlex.split(command)
    except ValueError:
        return False
    return bool(words) and shutil.which(words[0]) is not None


def _up_to_repository(root: Path) -> Iterator[Path]:
    for folder in (root.resolve(), *root.resolve().parents):
        yield folder
        if (folder / ".git").exists():
            return


def _lines(path: Path) -> list[list[str]]:
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return [words for line in text.splitlines() if (words := line.split())]


def _exchange(root: Path) -> Symptom:
    try:
        offered = offers_exchange(root)
    except OSError as error:
        seen = f"Nothing can be written there ({error.strerror or error})."
        return odd("saving", seen, "Allow writing, unless the book is only to be read.")
    if offered:
        return fine("saving", "Two files change places in one step: no edit can be lost between.")
    seen = "This file system cannot exchange two files in one step."
    advice = "A hand edit made within the same microseconds as a save could be lost; a local disk offers it."
    return odd("saving", seen, advice)


def _own_folder(root: Path) -> Iterator[Symptom]:
    """Look at what is the program's own; without it nothing can be saved."""
    own = root / FOLDER
    if own.is_symlink() or (own.exists() and not own.is_dir()):
        yield wrong(
            "own folder", f"{FOLDER} is no folder, so nothing can be saved.", "Move it away and try again."
        )
        return
    yield _lock(root)
    store = Store(root)
    yield from _left_behind(store)
    yield from _history(store)


def _lock(root: Path) -> Symptom:
    try:
        held = holder(str(root.resolve()), disk=DISK)
    except NotWritableError as error:
        return wrong("lock", str(error), "")
    except OSError as error:
        seen = f"The lock cannot be looked at ({error.strerror or error})."
        return odd("lock", seen, "Look at the permissions of .claimbook/lock.")
    if held:
        return odd("lock", f"It is held by {held}.", "Wait until that one is done, or end it.")
    return fine("lock", "Nobody is writing.")


def _left_behind(store: Store) -> Iterator[Symptom]:
    try:
        leftovers = [path.relative_to(store.root).as_posix() for path in store.leftovers()]
        recovered = [path.relative_to(store.root).as_posix() for path in store.recovered()]
    except OSError as error:
        yield odd("left-overs", f"A folder cannot be listed ({error.strerror or error}).", "Look at it.")
        return
    for file in leftovers[:_SHOWN]:
        seen = f"{file} was left by a save that did not come to its end."
        yield odd("left-overs", seen, "The next change that claimbook makes looks after it; none is lost.")
    for file in recovered[:_SHOWN]:
        seen = f"{file} is a version that a save left behind."
        yield odd("recovered", seen, "Compare it with the file itself, then delete it.")
    if not leftovers and not recovered:
        yield fine("left-overs", "No save was cut short.")


def _history(store: Store) -> Iterator[Symptom]:
    try:
        steps = sum(1 for _ in store.history())
    except BookFileError as error:
        yield wrong(
            "history", f"{error} Nothing can be saved or undone.", "Allow reading it, or move it away."
        )
        return
    for notice in store.notices:
        yield odd("history", notice, "")
    yield fine("history", f"{steps} changes can be undone or redone.")
