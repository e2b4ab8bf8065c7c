"""The frame around whatever the command line asks for.

`claimbook` alone in a terminal opens the desk, which needs nothing of what reads a command line: the first
thing that a person sees does not wait for it.
"""

import os
import sys
from collections.abc import Sequence

from claimbook.cli.streams import accept_any_text, has_terminal

_COMPLETING = "_CLAIMBOOK_COMPLETE"
"""What a shell sets to ask for completions; click answers it."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and end the process with its exit code."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code; whatever goes wrong is said on stderr."""
    accept_any_text()
    try:
        result = _do(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has gone; Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the outermost frame: nothing shows a traceback
        from claimbook.cli.exits import exit_code

        return exit_code(error, _words(arguments))
    return result if isinstance(result, int) else 0


def _do(arguments: Sequence[str] | None) -> object:
    """Do what is asked for; what comes of it is an exit code, or nothing."""
    if not _words(arguments) and _COMPLETING not in os.environ and has_terminal():
        from claimbook.cli.desk import open_desk

        return open_desk(None)
    from claimbook.cli.commands import claimbook

    return claimbook.main(arguments, prog_name="claimbook", standalone_mode=False)


def _words(arguments: Sequence[str] | None) -> Sequence[str]:
    return sys.argv[1:] if arguments is None else arguments
