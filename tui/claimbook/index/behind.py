"""What is worked out behind a desk of a large book: findings, likenesses, what filters search.

It runs as a program of its own, as it takes time and memory, and a desk is to have neither taken from it; a
fork of it looks for likenesses meanwhile. What it finds stands in the index; it prints a line after each
step, so that the desk may show it.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

from claimbook.index.index import Index

LAST_STEP = "compared"
"""What it says when all is done."""

_AT_A_TIME = 2_000
_COURTESY = 5
"""How much it gives way to the desk, in steps of `nice`."""


@contextmanager
def begun(root: Path, today: date) -> "Iterator[subprocess.Popen[str] | None]":
    """Start the program, and end it where it is still running; None where it cannot be started."""
    program = None
    with suppress(OSError):
        # Without -P, a file in the folder where the person stands could stand in for a module of ours.
        program = subprocess.Popen(  # noqa: S603 - ourselves
            [sys.executable, "-P", "-m", "claimbook.index.behind", str(root), today.isoformat()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
    try:
        yield program
    finally:
        if program is not None:
            with suppress(ProcessLookupError):
                os.killpg(program.pid, signal.SIGKILL)
            program.wait()
            if program.stdout is not None:
                program.stdout.close()


def steps(root: Path, today: date, compared: Callable[[], None] = lambda: None) -> Iterator[str]:
    """Do all that is left to do, and say after each step what it was.

    Before it looks for likenesses, it asks whether somebody else is through with that.
    """
    index = Index(root)
    if not index.kept:
        return
    while index.check(today, most=_AT_A_TIME):
        yield "checked"
    yield "checked"
    while index.take_in():
        yield "searchable"
    compared()
    index.compare()
    yield LAST_STEP


def main() -> None:
    """Work through the steps for the book and the day that are named."""
    root = Path(sys.argv[1])
    os.nice(_COURTESY)
    fork = os.fork()  # before there is a connection to the index, which must not be shared
    if fork == 0:
        try:
            _compare(root)
        finally:
            os._exit(0)
    with suppress(BrokenPipeError):
        for step in steps(root, date.fromisoformat(sys.argv[2]), lambda: _ended(fork)):
            print(step, flush=True)  # noqa: T201 - the desk listens


def _compare(root: Path) -> None:
    index = Index(root)
    if index.kept:
        index.compare()


def _ended(fork: int) -> None:
    """Wait until a fork has ended, however that was."""
    os.waitpid(fork, 0)


if __name__ == "__main__":
    main()
