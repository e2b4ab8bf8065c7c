"""Noticing that files of a book change, whoever changes them."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, suppress
from pathlib import Path

from watchfiles import Change, awatch
from watchfiles._rust_notify import WatchfilesRustInternalError

from claimbook.book.places import ARTICLES, CLAIMS, SETTINGS, passing

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
    inner = [folder / name for name in (CLAIMS, ARTICLES) if (folder / name).is_dir()]
    queue: asyncio.Queue[set[str]] = asyncio.Queue()
    tasks = [asyncio.create_task(_gather(folder, [folder], queue, moved, recursive=False))]
    if inner:
        tasks.append(asyncio.create_task(_gather(folder, inner, queue, moved, recursive=True)))
    try:
        if missed:
            yield missed
        while not moved.is_set() or not queue.empty():
            yield await _next(queue, tasks)
    finally:
        await _end(tasks)


async def _gather(
    folder: Path, places: list[Path], queue: asyncio.Queue[set[str]], moved: asyncio.Event, *, recursive: bool
) -> None:
    unsure = False
    while True:
        if unsure:
            await queue.put({CLAIMS})
        watching = awatch(
            *places,
            watch_filter=lambda _, path: _matters(folder, path),
            debounce=_DEBOUNCE,
            step=_STEP,
            recursive=recursive,
            ignore_permission_denied=True,
        )
        try:
            async for changes in watching:
                if any(kind is not Change.modified and Path(path).parent == folder for kind, path in changes):
                    moved.set()
                await queue.put({Path(path).relative_to(folder).as_posix() for _, path in changes})
        except (WatchfilesRustInternalError, ExceptionGroup) as error:
            if isinstance(error, ExceptionGroup) and error.split(WatchfilesRustInternalError)[1]:
                raise
            # Somebody opened a file whose name is no UTF-8, which watchfiles cannot tell: look at everything.
            unsure = True
            await asyncio.sleep(_PAUSE)
        except UnicodeEncodeError:
            raise OSError("the folder's name is no UTF-8") from None
        except RuntimeError as error:  # how watchfiles says that the system refused
            raise OSError(str(error)) from error


def _matters(folder: Path, path: str) -> bool:
    """Tell whether a change can show in the book: no hidden names, none that editors leave for a while."""
    try:
        parts = Path(path).relative_to(folder).parts
    except ValueError:
        return False
    if not parts or any(part.startswith(".") or passing(part) for part in parts):
        return False
    return parts[0] in (CLAIMS, ARTICLES) or parts == (SETTINGS,)


async def _next(queue: asyncio.Queue[set[str]], tasks: list[asyncio.Task[None]]) -> set[str]:
    """Wait for the next changes, or for a watcher to fail."""
    getting = asyncio.create_task(queue.get())
    try:
        await asyncio.wait([getting, *tasks], return_when=asyncio.FIRST_COMPLETED)
        if getting.done():
            return getting.result()
        for task in tasks:
            if task.done():
                task.result()
        return await getting
    finally:
        getting.cancel()


async def _end(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    for task in tasks:
        with suppress(asyncio.CancelledError, OSError):
            await task
