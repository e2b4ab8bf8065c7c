"""Exit codes, and what is said on stderr before one is returned."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from claimbook.text import visible

DONE, FOUND, USAGE, NO_BOOK, NO_SUCH, REFUSED, BROKEN, FAULT, DISK, INTERRUPTED = (
    0,
    1,
    2,
    3,
    4,
    5,
    6,
    70,
    74,
    130,
)
"""What the process tells whoever started it; see the README's table."""


def exit_code(error: BaseException, words: Sequence[str] = ()) -> int:
    """Say what went wrong, and return the code for it.

    `words` are the command line: where a save failed they hold what somebody has typed, and are said again.
    """
    if isinstance(error, click.exceptions.Exit):
        return error.exit_code
    if isinstance(error, (KeyboardInterrupt, click.Abort)):
        _say("Interrupted: nothing more was done.")
        return INTERRUPTED
    if isinstance(error, click.ClickException):
        return _usage(error)
    code = _code_of(error)
    if code == FAULT:
        return _fault(error)
    _say(str(error))
    if any(" " in word for word in words) and _is_for_later(error):
        import shlex

        command = shlex.join(["claimbook", *words])
        _say(f"What you wrote is in this command; give it again once that is mended:\n  {command}")
    return code


def _is_for_later(error: BaseException) -> bool:
    """Tell whether the same command would work at another time."""
    from claimbook.book.errors import BookFileError, MovedOnError, NothingToUndoError
    from claimbook.book.refusals import BrokenRecord

    never = (MovedOnError, NothingToUndoError)
    return isinstance(error, (BookFileError, BrokenRecord, OSError)) and not isinstance(error, never)


def _code_of(error: BaseException) -> int:
    from claimbook.book.errors import BookFileError, DiskError
    from claimbook.book.refusals import BookError, BrokenRecord, NoBook, NoSuchClaim
    from claimbook.record.refusal import EditRefused

    kinds = (
        (NoBook, NO_BOOK),
        (NoSuchClaim, NO_SUCH),
        (BrokenRecord, BROKEN),
        (BookError, REFUSED),
        (EditRefused, REFUSED),
        (DiskError, DISK),
        (BookFileError, REFUSED),
        (OSError, DISK),
    )
    return next((code for kind, code in kinds if isinstance(error, kind)), FAULT)


def _usage(error: click.ClickException) -> int:
    context = getattr(error, "ctx", None)
    _say(error.format_message())
    if context is not None:
        _say(f"Try `{context.command_path} --help`.")
    return USAGE


def _fault(error: BaseException) -> int:
    """Keep the traceback in a file: it is for whoever mends the program, not for the screen."""
    import tempfile
    import traceback

    text = "".join(traceback.format_exception(error))
    handle, name = tempfile.mkstemp(prefix="claimbook-fault-", suffix=".txt")
    with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
        file.write(text)
    _say(
        f"This is a fault of claimbook's ({type(error).__name__}), not of yours; your files are as they were "
        f"before the change. Please report it with {Path(name)}, which may quote from your book."
    )
    return FAULT


def _say(text: str) -> None:
    sys.stderr.write(f"claimbook: {visible(text)}\n")
