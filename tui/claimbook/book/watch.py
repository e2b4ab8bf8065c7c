"""Noticing that files of a book change, whoever changes them."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, suppress
from pathlib import Path

from watchfiles import Change, awatch
from watchfiles._rust_notify import WatchfilesRustInternalError

from claimbook.book.places import ARTICLES, CLAIMS, SETTINGS, folders, passing

_DEBOUNCE = 100
"""Milliseconds that changes which follow each other are gathered for, at most."""
_STEP = 20
"""Milliseconds of quiet after which they are handed on."""
_PAUSE = 1.0
"""Seconds before watching begins again after something that watchfiles cannot tell."""


async def watch(root: Path) -> AsyncIterator[set[str]]:
    """Yield the files that changed, relative to the book, whenever some do; never ends by itself.

    The folder of the book is watched too, as `claims/` and `seeds/` come and go with a branch.

    Raises:
        OSError: where the system gives no more watches.
    """
    folder = _real(root)
    missed: set[str] = set()
    while True:
        async with aclosing(_watch_until_moved(folder, missed)) as changes:
            async for files in changes:
                yield files
        missed = {CLAIMS}


def _real(root: Path) -> Path:
    return root.resolve()


async def _watch_until_moved(folder: Path, missed: set[str]) -> AsyncGenerator[set[str], None]:
    """Yield changes until a folder of the book comes or goes, and with it what is to be watched.

    `missed` is what may have changed while nobody looked; it comes first.
    """
    moved = asyncio.Event()
    queue: asyncio.Queue[set[str]] = asyncio.Queue()
    task = asyncio.create_task(_gather(folder, queue, moved))
    try:
        if missed:
            yield missed
        while not moved.is_set() or not queue.empty():
            yield await _next(queue, task)
    finally:
        await _end(task)


async def _gather(folder: Path, queue: asyncio.Queue[set[str]], moved: asyncio.Event) -> None:
    """Put changes into the queue.

    Each folder is watched by itself: watchfiles would follow links out of the book, and into those that lead
    back up.
    """
    places = {folder, *await asyncio.to_thread(_folders, folder)}
    watching = awatch(
        *places,
        watch_filter=lambda _, path: _matters(folder, path),
        debounce=_DEBOUNCE,
        step=_STEP,
        recursive=False,
        ignore_permission_denied=True,
    )
    try:
        async for changes in watching:
            if any(kind is not Change.modified and _is_place(Path(path), places) for kind, path in changes):
                moved.set()
            await queue.put({Path(path).relative_to(folder).as_posix() for _, path in changes})
    except (WatchfilesRustInternalError, ExceptionGroup) as error:
        if isinstance(error, ExceptionGroup) and error.split(WatchfilesRustInternalError)[1]:
            raise
        # A file whose name is no UTF-8 was opened, which watchfiles cannot tell: begin anew, after a while.
        await asyncio.sleep(_PAUSE)
        moved.set()
        await queue.put({CLAIMS})
    except UnicodeEncodeError:
        raise OSError("the folder's name is no UTF-8") from None
    except (RuntimeError, FileNotFoundError) as error:  # how watchfiles says that the system refused
        raise OSError(str(error)) from error


def _folders(folder: Path) -> list[Path]:
    """Return the folders that have files of the book in them, links left out."""
    return [folder / name for top in (CLAIMS, ARTICLES) for name in folders(folder, top)]


def _is_place(path: Path, places: set[Path]) -> bool:
    """Tell whether a path is a folder that is or was to be watched."""
    return path in places or (path.is_dir() and not path.is_symlink())


def _matters(folder: Path, path: str) -> bool:
    """Tell whether a change can show in the book: no hidden names, none that editors leave for a while."""
    try:
        parts = Path(path).relative_to(folder).parts
    except ValueError:
        return False
    if not parts or any(part.startswith(".") or passing(part) for part in parts):
        return False
    return parts[0] in (CLAIMS, ARTICLES) or parts == (SETTINGS,)


async def _next(queue: asyncio.Queue[set[str]], task: asyncio.Task[None]) -> set[str]:
    """Wait for the next changes, or for the watcher to fail."""
    getting = asyncio.create_task(queue.get())
    try:
        await asyncio.wait([getting, task], return_when=asyncio.FIRST_COMPLETED)
        if not getting.done():
            task.result()
        return await getting
    finally:
        getting.cancel()


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError, OSError):
        await task
