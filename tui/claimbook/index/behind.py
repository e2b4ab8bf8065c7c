"""What is worked out behind a desk of a large book: findings, likenesses, what filters search.

It runs as a program of its own, as it takes time and memory, and a desk is to have neither taken from it.
What it finds stands in the index; it prints a line after each step, so that the desk may show it.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

from claimbook.index.index import Index

LAST_STEP = "compared"
"""What it says when all is done."""

_AT_A_TIME = 2_000


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
            program.kill()
            program.wait()
            if program.stdout is not None:
                program.stdout.close()


def steps(root: Path, today: date) -> Iterator[str]:
    """Do all that is left to do, and say after each step what it was."""
    index = Index(root)
    if not index.kept:
        return
    while index.check(today, most=_AT_A_TIME):
        yield "checked"
    yield "checked"
    while index.take_in():
        yield "searchable"
    index.compare()
    yield LAST_STEP


def main() -> None:
    """Work through the steps for the book and the day that are named."""
    with suppress(BrokenPipeError):
        for step in steps(Path(sys.argv[1]), date.fromisoformat(sys.argv[2])):
            print(step, flush=True)  # noqa: T201 - the desk listens


if __name__ == "__main__":
    main()
