"""Deriving many rows: here where they are few, in a process for each core where they are many.

A worker is this module, run as a program: it is told of the book once, then of files, a bunch at a time, and
answers each bunch with its rows. All of it goes through pipes, as lengths and marshalled values.
"""

import marshal
import os
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO, TYPE_CHECKING, Any, Self

from claimbook.book.settings import Settings
from claimbook.record.dates import PartialDate
from claimbook.record.summary import ArticleFacts

if TYPE_CHECKING:
    from claimbook.index.deriving import Deriver

MANY = 600
"""Files from which on other processes are worth starting."""
_BUNCH = 64
_LENGTH = struct.Struct("<Q")
_NONSENSE = (OSError, EOFError, ValueError, TypeError, OverflowError, MemoryError)
"""What comes of a worker that ends early, or says what nobody asked, as a site's own code may."""

Asked = Sequence[tuple[str, Any]]
"""Files, each with the digest at which it need not be derived again, or with the day it is
checked as of and the digest that it has."""
Answer = tuple[str, Any]
"""A file, and what came of it: see `Deriver.read` and `Deriver.check`."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What rows are derived on besides the files themselves."""

    root: Path
    """The book's folder."""
    articles: Mapping[str, str]
    """The articles' files, by id."""
    facts: Mapping[str, ArticleFacts]
    """What their front matter says, by id."""
    settings: Settings
    """The book's settings."""

    def deriver(self) -> "Deriver":
        """Return who makes rows of files; what that takes is imported now."""
        from claimbook.index.deriving import Articles, Deriver

        articles = Articles(self.root, self.articles)
        return Deriver(self.root, articles, self.facts, self.settings)

    def packed(self) -> tuple[Any, ...]:
        """Return all of it as plain values."""
        facts = {name: (item.publisher, str(item.date), item.changed) for name, item in self.facts.items()}
        settings = dict(self.settings.names), self.settings.patience.days
        return os.fspath(self.root), dict(self.articles), facts, settings

    @classmethod
    def unpack(cls, values: tuple[Any, ...]) -> "Ground":
        """Return what `packed` packed; of the settings, what rows depend on."""
        root, articles, facts, (names, patience) = values
        known = {
            name: ArticleFacts(publisher, PartialDate.parse(day), changed)
            for name, (publisher, day, changed) in facts.items()
        }
        return cls(Path(root), articles, known, Settings(names, timedelta(days=patience)))


def rows_of(ground: Ground, asked: Asked, *, left: Callable[[], bool] = lambda: False) -> Iterator[Answer]:
    """Yield the rows of files, in any order; `left` ends it before it is through."""
    return _answers(ground, "read", asked, left)


def checks_of(ground: Ground, asked: Asked, *, left: Callable[[], bool] = lambda: False) -> Iterator[Answer]:
    """Yield what is found in files, in any order; `left` ends it before it is through."""
    return _answers(ground, "check", asked, left)


def _answers(ground: Ground, verb: str, asked: Asked, left: Callable[[], bool]) -> Iterator[Answer]:
    if len(asked) < MANY:
        yield from _here(ground, verb, asked, left)
        return
    with _Crew(ground, verb, asked) as crew:
        yield from crew.answers(left)
    yield from _here(ground, verb, crew.undone, left)


def _here(ground: Ground, verb: str, asked: Asked, left: Callable[[], bool]) -> Iterator[Answer]:
    if not asked:
        return
    answer = getattr(ground.deriver(), verb)
    for file, given in asked:
        if left():
            return
        yield file, answer(file, given)


class _Crew:
    """Workers that share the files; what one leaves undone when it ends early is told."""

    def __init__(self, ground: Ground, verb: str, asked: Asked) -> None:
        self.undone: list[tuple[str, Any]] = []
        self._ground = ground
        self._verb = verb
        self._bunches: SimpleQueue[Asked] = SimpleQueue()
        for start in range(0, len(asked), _BUNCH):
            self._bunches.put(asked[start : start + _BUNCH])
        self._answered: SimpleQueue[list[Answer] | None] = SimpleQueue()
        self._workers: list[subprocess.Popen[bytes]] = []
        self._leads: list[Thread] = []

    def __enter__(self) -> Self:
        for _ in range(max(1, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2)):
            with suppress(OSError):
                self._workers.append(_start())
        self._leads = [Thread(target=self._lead, args=(worker,), daemon=True) for worker in self._workers]
        for lead in self._leads:
            lead.start()
        return self

    def __exit__(self, *_: object) -> None:
        for worker, lead in zip(self._workers, self._leads, strict=True):
            worker.kill()
            worker.wait()
            lead.join()
            _close(worker)
        with suppress(Empty):
            while True:
                self.undone += self._bunches.get_nowait()

    def answers(self, left: Callable[[], bool]) -> Iterator[Answer]:
        """Yield what the workers answer, until all are through."""
        at_work = len(self._workers)
        while at_work and not left():
            bunch = self._answered.get()
            if bunch is None:
                at_work -= 1
            else:
                yield from bunch

    def _lead(self, worker: "subprocess.Popen[bytes]") -> None:
        """Hand bunches to one worker until there are no more, or it ends."""
        to, back = worker.stdin, worker.stdout
        bunch: Asked = ()
        try:
            if to is not None and back is not None:
                _send(to, (self._verb, self._ground.packed()))
                while bunch := _next(self._bunches):
                    _send(to, bunch)
                    self._answered.put(_receive(back))
                    bunch = ()
        except _NONSENSE:
            pass
        finally:
            self.undone += bunch
            self._answered.put(None)


def _next(bunches: "SimpleQueue[Asked]") -> Asked:
    try:
        return bunches.get_nowait()
    except Empty:
        return ()


def _start() -> "subprocess.Popen[bytes]":
    # Without -P, a file in the folder where the person stands could stand in for a module of ours.
    words = [sys.executable, "-P", "-m", "claimbook.index.working"]
    return subprocess.Popen(  # noqa: S603 - ourselves
        words,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _close(worker: "subprocess.Popen[bytes]") -> None:
    for pipe in (worker.stdin, worker.stdout):
        if pipe is not None:
            with suppress(OSError):  # what waits to be written goes nowhere
                pipe.close()


def _send(to: IO[bytes], value: Any) -> None:
    data = marshal.dumps(value)
    to.write(_LENGTH.pack(len(data)) + data)
    to.flush()


def _receive(back: IO[bytes]) -> Any:
    head = back.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    return marshal.loads(back.read(length))  # noqa: S302 - from our own worker


def work() -> None:
    """Answer what is asked on stdin, until it ends."""
    to, back = sys.stdout.buffer, sys.stdin.buffer
    with suppress(EOFError, BrokenPipeError, KeyboardInterrupt):
        verb, ground = _receive(back)
        answer = getattr(Ground.unpack(ground).deriver(), verb)
        while True:
            _send(to, [(file, _plain(answer(file, given))) for file, given in _receive(back)])


def _plain(found: Any) -> Any:
    """Return what can go through a pipe: of a row, its values."""
    return tuple(found) if isinstance(found, tuple) else found


if __name__ == "__main__":
    work()
