"""Deriving many rows: here where they are few, in a process for each core where they are many.

A worker is this module, run as a program: it is told of the book once, then of files, a bunch at a time, and
answers each bunch with its rows. All of it goes through pipes, as lengths and marshalled values. The first
worker imports what that takes, and the others are forked from it, which costs neither that time nor that
memory again.
"""

import marshal
import os
import signal
import struct
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain, islice
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO, TYPE_CHECKING, Any, NamedTuple, Self

from claimbook.book.settings import Settings
from claimbook.record.dates import PartialDate
from claimbook.record.summary import ArticleFacts

if TYPE_CHECKING:
    from claimbook.index.deriving import Deriver

MANY = 600
"""Files from which on other processes are worth starting."""
_BUNCH = 64
_AHEAD = 8
"""Bunches that are given out for each worker, so that none has to wait for the next."""
_LENGTH = struct.Struct("<Q")
_NONSENSE = (OSError, EOFError, ValueError, TypeError, OverflowError, MemoryError)
"""What comes of a worker that ends early, or says what nobody asked, as a site's own code may."""

Asked = tuple[str, Any]
"""A file, with the digest at which it need not be derived again, or with the day it is checked as of and the
digest that it has."""
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
    day: int | None = None
    """The day as of which files are held against the rules as they are read; None where they are not."""

    def deriver(self) -> "Deriver":
        """Return who makes rows of files; what that takes is imported now."""
        from claimbook.index.deriving import Articles, Deriver

        articles = Articles(self.root, self.articles)
        return Deriver(self.root, articles, self.facts, self.settings, self.day)

    def packed(self) -> tuple[Any, ...]:
        """Return all of it as plain values."""
        facts = {name: (item.publisher, str(item.date), item.changed) for name, item in self.facts.items()}
        settings = dict(self.settings.names), self.settings.patience.days
        return os.fspath(self.root), dict(self.articles), facts, settings, self.day

    @classmethod
    def unpack(cls, values: tuple[Any, ...]) -> "Ground":
        """Return what `packed` packed; of the settings, what rows depend on."""
        root, articles, facts, (names, patience), day = values
        known = {
            name: ArticleFacts(publisher, PartialDate.parse(day), changed)
            for name, (publisher, day, changed) in facts.items()
        }
        return cls(Path(root), articles, known, Settings(names, timedelta(days=patience)), day)


def rows_of(
    ground: Ground,
    asked: Iterable[Asked],
    *,
    left: Callable[[], bool] = lambda: False,
    crew: "Crew | None" = None,
) -> Iterator[Answer]:
    """Yield the rows of files, in any order; `left` ends it before it is through.

    With a crew, files are asked for only as fast as it works.
    """
    return _answers(ground, "read", asked, left, crew)


def checks_of(
    ground: Ground, asked: Sequence[Asked], *, left: Callable[[], bool] = lambda: False
) -> Iterator[Answer]:
    """Yield what is found in files, in any order; `left` ends it before it is through."""
    return _answers(ground, "check", asked, left, None)


def _answers(
    ground: Ground, verb: str, asked: Iterable[Asked], left: Callable[[], bool], crew: "Crew | None"
) -> Iterator[Answer]:
    undone: Iterable[Asked] = asked
    if crew is not None or (isinstance(asked, Sequence) and len(asked) >= MANY):
        with crew or Crew() as workers:
            yield from workers.answers(ground, verb, asked, left)
        undone = workers.undone
    yield from _here(ground, verb, undone, left)


def _here(ground: Ground, verb: str, asked: Iterable[Asked], left: Callable[[], bool]) -> Iterator[Answer]:
    answer = None
    for file, given in asked:
        if left():
            return
        answer = answer or getattr(ground.deriver(), verb)
        yield file, answer(file, given)


class Crew:
    """Workers that share files; they get ready while it is not known yet what they are to do."""

    def __init__(self) -> None:
        """Start them."""
        self.undone: Iterable[Asked] = ()
        """What they left undone because they ended early, to be gone through once."""
        self._lost: list[Asked] = []
        self._through = False
        self._bunches: SimpleQueue[Sequence[Asked]] = SimpleQueue()
        self._answered: SimpleQueue[list[Answer] | None] = SimpleQueue()
        self._program: subprocess.Popen[bytes] | None = None
        self._lines: list[Line] = []
        self._leads: list[Thread] = []
        with suppress(OSError):
            self._program, self._lines = _start(_cores())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *how: object) -> None:
        """End them; where they are through with everything, they do so by themselves."""
        if self._program is None:
            return
        if not self._through:
            with suppress(ProcessLookupError):
                os.killpg(self._program.pid, signal.SIGKILL)
        for _ in self._leads:
            self._bunches.put(())
        for lead in self._leads:
            lead.join()
        for pair in self._lines:
            pair.hang_up()
        self._program.wait()
        self._program = None

    def answers(
        self, ground: Ground, verb: str, asked: Iterable[Asked], left: Callable[[], bool]
    ) -> Iterator[Answer]:
        """Yield what the workers answer, until all are through; see `undone`."""
        rest = iter(asked)
        self._leads = [
            Thread(target=self._lead, args=(line, (verb, ground.packed())), daemon=True)
            for line in self._lines
        ]
        for lead in self._leads:
            lead.start()
        at_work, more = len(self._leads), self._hand_out(rest, _AHEAD * len(self._leads))
        while at_work and not left():
            bunch = self._answered.get()
            if bunch is None:
                at_work -= 1
            else:
                yield from bunch
                more = more and self._hand_out(rest, 1)
        self._through = not at_work and not self._lost
        self.undone = chain(self._lost, self._left(), rest)

    def _hand_out(self, rest: Iterator[Asked], number: int) -> bool:
        """Give out so many bunches, and tell whether there are more; if not, have the workers end."""
        for _ in range(number):
            bunch = tuple(islice(rest, _BUNCH))
            if not bunch:
                for _ in self._leads:
                    self._bunches.put(())
                return False
            self._bunches.put(bunch)
        return True

    def _left(self) -> Iterator[Asked]:
        """Yield what nobody has taken."""
        with suppress(Empty):
            while True:
                yield from self._bunches.get_nowait()

    def _lead(self, line: "Line", ground: tuple[Any, ...]) -> None:
        """Hand bunches to one worker until there are no more, or it ends."""
        bunch: Sequence[Asked] = ()
        try:
            _send(line.to, ground)
            while bunch := self._bunches.get():
                _send(line.to, bunch)
                self._answered.put(_receive(line.back))
                bunch = ()
        except _NONSENSE:
            self._lost += bunch
        finally:
            self._answered.put(None)


class Line(NamedTuple):
    """The way to a worker and back."""

    to: IO[bytes]
    """What is asked goes here."""
    back: IO[bytes]
    """What is answered comes from here."""

    def hang_up(self) -> None:
        """Close both, after which a worker ends."""
        for pipe in self:
            with suppress(OSError):  # what waits to be written goes nowhere
                pipe.close()


def _cores() -> int:
    return max(1, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2)


def _start(number: int) -> tuple["subprocess.Popen[bytes]", list[Line]]:
    """Start so many workers, which are one program and what it forks, and return it with the lines to them.

    Raises:
        OSError: where it cannot be started.
    """
    lines, theirs = [], []
    try:
        for _ in range(number):
            for here, there in (os.pipe()[::-1], os.pipe()):
                theirs.append(there)
                lines.append(here)
        # Without -P, a file in the folder where the person stands could stand in for a module of ours.
        words = [sys.executable, "-P", "-m", "claimbook.index.working", *map(str, theirs)]
        program = subprocess.Popen(  # noqa: S603 - ourselves
            words,
            pass_fds=theirs,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        for fd in lines:
            os.close(fd)
        raise
    finally:
        for fd in theirs:
            os.close(fd)
    pairs = zip(lines[::2], lines[1::2], strict=True)
    return program, [Line(os.fdopen(to, "wb"), os.fdopen(back, "rb")) for to, back in pairs]


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


def work(fds: Sequence[int]) -> None:
    """Answer what is asked on the first two of some pipes until that ends, and have forks answer on the rest.

    Nothing is left to be done at the end, so that it ends at once.
    """
    from claimbook.index.deriving import Deriver  # noqa: F401 - before there are forks of it

    forks: list[int] = []
    mine = fds[:2]
    for first in range(2, len(fds), 2):
        fork = os.fork()
        if fork == 0:
            mine, forks = fds[first : first + 2], []
            break
        forks.append(fork)
    for fd in fds:
        if fd not in mine:
            os.close(fd)
    with suppress(EOFError, BrokenPipeError, KeyboardInterrupt):
        _serve(os.fdopen(mine[0], "rb"), os.fdopen(mine[1], "wb"))
    for fork in forks:
        os.waitpid(fork, 0)
    os._exit(0)


def _serve(asked: IO[bytes], to: IO[bytes]) -> None:
    verb, ground = _receive(asked)
    answer = getattr(Ground.unpack(ground).deriver(), verb)
    while True:
        _send(to, [(file, _plain(answer(file, given))) for file, given in _receive(asked)])


def _plain(found: Any) -> Any:
    """Return what can go through a pipe: of a row, its values."""
    return tuple(found) if isinstance(found, tuple) else found


if __name__ == "__main__":
    work([int(word) for word in sys.argv[1:]])
