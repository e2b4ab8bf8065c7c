"""Where the program begins and ends: the frame around whatever a command does.

Little is imported here: what can be done meanwhile is to begin at once, and what needs no click goes without.
Such is `claimbook` alone in a terminal, which opens the desk: the first thing that a person sees does not
wait for what reads a command line.
"""

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import closing, suppress
from typing import Any

from claimbook.cli.ahead import Look, asking, look, parted
from claimbook.cli.streams import accept_any_text, has_terminal

_GARBAGE = 50_000
"""Objects from one search for garbage to the next: a command makes many, and is over before it pays."""
_WHOLE = ("list", "queue", "check")
"""What `whole` answers where nothing else is said."""
_COMPLETING = "_CLAIMBOOK_COMPLETE"
"""What is in the environment where a shell asks what comes next, whatever the words are."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and end the process with its exit code."""
    words = sys.argv[1:] if arguments is None else arguments
    if not asking(words):
        sys.exit(run(arguments))
    gc.set_threshold(_GARBAGE)
    with closing(look(words)) as ahead:
        code = run(arguments, ahead)
    if arguments is None:
        _end(code)
    sys.exit(code)


def run(arguments: Sequence[str] | None = None, ahead: Look | None = None) -> int:
    """Run a command and return its exit code; whatever goes wrong is said on stderr.

    `ahead` looks at the book's files meanwhile.
    """
    accept_any_text()
    words = sys.argv[1:] if arguments is None else arguments
    try:
        result = _result(words, ahead)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has gone; Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the outermost frame: nothing shows a traceback
        from claimbook.cli.exits import exit_code

        return exit_code(error, words)
    return result if isinstance(result, int) else 0


def _result(words: Sequence[str], ahead: Look | None) -> Any:
    named, rest = parted(words)
    if _COMPLETING not in os.environ:
        if not words and has_terminal():
            from claimbook.cli.desk import open_desk

            return open_desk(None)
        if len(rest) == 1 and rest[0] in _WHOLE:
            from claimbook.cli.whole import answer

            return answer(rest[0], named, ahead)
    from claimbook.cli.commands import claimbook

    return claimbook.main(list(words), prog_name="claimbook", standalone_mode=False, obj=ahead)


def _end(code: int) -> None:
    """End the process at once where nothing else is at work in it: taking Python apart takes its time too."""
    from threading import active_count

    if active_count() > 1:
        return
    with suppress(OSError, ValueError):  # whoever reads has gone: the usual end says what is to be said
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        os._exit(code)
