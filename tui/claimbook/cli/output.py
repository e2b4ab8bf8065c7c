"""What commands print: data on stdout, narration on stderr, nothing that acts on a terminal."""

import os
import re
import sys
from codecs import lookup
from collections.abc import Iterable, Iterator, Sequence
from io import TextIOWrapper
from itertools import islice
from typing import TYPE_CHECKING, Any, TextIO

from claimbook.text import UNSAFE, is_plain, one_line, visible

if TYPE_CHECKING:
    from claimbook.record.diagnostics import Diagnostic

SCHEMA = 1
"""The version of all JSON that commands print; it grows when a key changes its meaning or goes."""

_A_BUNCH = 1_000

_TONES = {
    "good": "32",  # green
    "bad": "31",  # red
    "mixed": "33",  # yellow
    "unsure": "35",  # magenta
    "open": "36",  # cyan
    "quiet": "2",  # dim
    "strong": "1",  # bold
}
"""What a terminal is told for each tone."""


def line(text: str = "") -> None:
    """Print a line of data; control characters in it must have been made visible, as `paint` does."""
    _echo(_as_shown(text, colours=_colours(sys.stdout)))


def lines(texts: Iterable[str]) -> None:
    """Print lines of data, many at a time; see `line`."""
    waiting = iter(texts)
    colours = _colours(sys.stdout)
    while bunch := list(islice(waiting, _A_BUNCH)):
        _echo(_as_shown("\n".join(bunch), colours=colours))


def made_lines(made: Sequence[bytes]) -> None:
    """Print lines of data that were laid out in UTF-8; see `line`."""
    out = sys.stdout
    if not made:
        return
    if isinstance(out, TextIOWrapper) and lookup(out.encoding).name == "utf-8":
        out.flush()
        out.buffer.write(b"\n".join((*made, b"")))
        out.flush()
    else:
        lines(one.decode() for one in made)


def _as_shown(text: str, *, colours: bool) -> str:
    return text if colours or "\x1b" not in text else re.sub(r"\x1b\[[0-9;]*m", "", text)


def _echo(text: str, out: TextIO | None = None) -> None:
    _write(f"{text}\n", out)


def _write(text: str, out: TextIO | None = None) -> None:
    """Write to stdout or another stream, at once; what is said to take ASCII alone gets UTF-8."""
    out = out or sys.stdout
    if isinstance(out, TextIOWrapper) and lookup(out.encoding).name == "ascii":
        out.flush()
        out.buffer.write(text.encode("utf-8", "replace"))
    else:
        out.write(text)
    out.flush()


def narrate(text: str) -> None:
    """Print a line for the person on stderr."""
    _echo(visible(text), sys.stderr)


def print_json(value: dict[str, Any]) -> None:
    """Print a JSON object, with the version first, safe on a terminal too.

    A list in it may be an iterator: then no more than an item of it is held at a time.
    """
    if not any(isinstance(part, Iterator) for part in value.values()):
        _echo(_json({"schema": SCHEMA, **value}))
        return
    start = "{"
    for key, part in {"schema": SCHEMA, **value}.items():
        _write(f"{start}\n  {_json(key)}: ")
        if isinstance(part, Iterator):
            _print_items(part)
        else:
            _write(_indented(part, 2))
        start = ","
    _echo("\n}")


def _print_items(items: Iterator[Any]) -> None:
    start, end = "[", "[]"
    for item in items:
        _write(f"{start}\n    {_indented(item, 4)}")
        start, end = ",", "\n  ]"
    _write(end)


def _indented(value: Any, spaces: int) -> str:
    """Return a part of a JSON object that stands so far in; no text in it has a bare line end."""
    return _json(value).replace("\n", "\n" + " " * spaces)


def _json(value: Any) -> str:
    import json

    return UNSAFE.sub(_escape, json.dumps(value, ensure_ascii=False, indent=2))


def paint(text: str, tone: str = "") -> str:
    """Return somebody's text as one line that is safe to print, where there are colours in a tone's."""
    return _styled(one_line(text), tone)


def _styled(safe: str, tone: str) -> str:
    return style(safe, tone) if tone and _colours(sys.stdout) else safe


def style(text: str, tone: str) -> str:
    """Return text in a tone's colour, or in none; `line` takes it off again where there are no colours."""
    return f"\x1b[{_TONES[tone]}m{text}\x1b[0m" if tone else f"{text}\x1b[0m"


def clip(text: str, width: int) -> str:
    """Return the text on one line, cut to a number of terminal cells."""
    safe = one_line(text)
    if cells(safe) <= width:
        return safe
    from rich.cells import set_cell_size

    return set_cell_size(safe, max(0, width - 1)).rstrip() + "…"


def pad(text: str, width: int) -> str:
    """Return the text on one line, filled with spaces to a number of terminal cells."""
    safe = one_line(text)
    return safe + " " * max(0, width - cells(safe))


def cells(safe: str) -> int:
    """Return how many cells of a terminal a text takes that is safe to print."""
    if safe.isascii() or is_plain(safe):
        return len(safe)
    from rich.cells import cell_len

    return cell_len(safe)


def width() -> int:
    """Return how many cells a line has; without a terminal, no limit to speak of."""
    if not sys.stdout.isatty():
        return 10_000
    import shutil

    return shutil.get_terminal_size().columns


def print_diagnostics(found: "Iterable[Diagnostic]") -> None:
    """Print findings, each with its line and the spot marked."""
    lines(text for one in found for text in _told(one))


def _told(found: "Diagnostic") -> Iterator[str]:
    tone = "bad" if found.is_error else "mixed"
    yield f"{paint(found.severity, tone)}[{found.rule}]: {paint(found.message)}"
    number = str(found.span.line)
    gutter = " " * len(number)
    yield f"{gutter}--> {paint(found.place)}"
    if found.source_line.strip():
        shown, marks = _marked(found)
        yield f"{gutter} |"
        yield f"{number} | {shown}"
        yield f"{gutter} | {_styled(marks, tone)}"
    if found.fix:
        yield f"{gutter} = fix: {paint(found.fix.title)} (claimbook check --fix)"
    yield ""


def _marked(found: "Diagnostic", room: int = 96) -> tuple[str, str]:
    """Return the part of the line around the spot, and marks to stand under it."""
    start = found.span.column - 1
    one = found.span.end_line == found.span.line
    end = max(found.span.end_column - 1 if one else len(found.source_line), start + 1)
    first = max(0, min(start - 20, len(found.source_line) - room))
    head = _cells(found.source_line[first:start])
    body = _cells(found.source_line[start : min(end, first + room)])
    tail = _cells(found.source_line[end : first + room])
    before, after = "…" if first else "", "…" if len(found.source_line) > first + room else ""
    shown = f"{before}{head}{body}{tail}{after}"
    return shown, " " * cells(before + head) + "^" * max(1, cells(body))


def _cells(text: str) -> str:
    return visible(text).replace("\t", "    ")


def _escape(match: Any) -> str:
    code = ord(match[0])
    if code in (0x0A, 0x0D, 0x09):
        return str(match[0])
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i] << 8 | units[i + 1]:04x}" for i in range(0, len(units), 2))


def _colours(stream: Any) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR")
