"""What the program reads and writes, as whoever started it has set it up."""

import sys
from io import TextIOWrapper


def has_terminal() -> bool:
    """Tell whether somebody sits there: whatever the desk reads and writes is a terminal's."""
    return all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


def accept_any_text() -> None:
    """Write as an escape what the terminal's encoding lacks: a locale of old, or a name that is no UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
