"""Where the program begins and ends: the frame around whatever a command does.

Little is imported here, as what can be done meanwhile begins before click is there.
"""

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import closing
from io import TextIOWrapper

from claimbook.cli.ahead import Look, asking, look

_GARBAGE = 50_000
"""Objects from one search for garbage to the next: a command makes many, and is over before it pays."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and end the process with its exit code."""
    words = sys.argv[1:] if arguments is None else arguments
    if not asking(words):
        sys.exit(run(arguments))
    gc.set_threshold(_GARBAGE)
    with closing(look(words)) as ahead:
        code = run(arguments, ahead)
    sys.exit(code)


def run(arguments: Sequence[str] | None = None, ahead: Look | None = None) -> int:
    """Run a command and return its exit code; whatever goes wrong is said on stderr.

    `ahead` looks at the book's files meanwhile.
    """
    from claimbook.cli.commands import claimbook

    _accept_any_text()
    try:
        result = claimbook.main(arguments, prog_name="claimbook", standalone_mode=False, obj=ahead)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has gone; Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the outermost frame: nothing shows a traceback
        from claimbook.cli.exits import exit_code

        return exit_code(error, sys.argv[1:] if arguments is None else arguments)
    return result if isinstance(result, int) else 0


def _accept_any_text() -> None:
    """Write as an escape what the terminal's encoding lacks: a locale of old, or a name that is no UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
