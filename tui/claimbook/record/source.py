"""The text of one file: from bytes, with its lines, and with diagnostics about its spots."""

import re
from bisect import bisect_right
from functools import cached_property
from itertools import islice

from claimbook.record.diagnostics import Diagnostic, Fix, Severity, Span

LARGEST = 1024 * 1024
"""Bytes a record, an article's front matter or a settings file may have."""

BOM = "\ufeff"

_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff"
_HIDDEN = "\u00ad\u180e\u200b\u202a-\u202e\u2060-\u206f\ufff9-\ufffb\U000e0000-\U000e007f"
_ORDINARY = b"\t\n\r" + bytes(range(0x20, 0x7F))
_SUSPECT = re.compile(f"[{_CONTROLS}{_HIDDEN}]")
_FORBIDDEN = re.compile(f"[{_CONTROLS}]|\r(?!\n)")
_INVISIBLE = re.compile(f"[{_HIDDEN}]+")
_MARKER = re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE)
_CONFLICT = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: .*)?$", re.MULTILINE)


class SourceText:
    """One file's text, a leading byte order mark and the encoding taken off."""

    def __init__(self, file: str, text: str, *, bom: bool = False) -> None:
        """Hold a text that is already decoded."""
        self.file = file
        self.text = text
        self.bom = bom
        self._line_cache: dict[int, str] = {}

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def position(self, offset: int) -> tuple[int, int]:
        """Return the 1-based line and column of a 0-based offset in code points."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def span(self, start: int, end: int) -> Span:
        """Return the span between two offsets, the end exclusive."""
        return Span(*self.position(start), *self.position(max(start, end)))

    def line(self, number: int) -> str:
        """Return a line by its 1-based number, without its line end."""
        if number not in self._line_cache:
            start = self._starts[number - 1]
            end = self._starts[number] if number < len(self._starts) else len(self.text)
            self._line_cache[number] = self.text[start:end].rstrip("\r\n")
        return self._line_cache[number]

    def diagnostic(
        self,
        rule: str,
        message: str,
        start: int,
        end: int | None = None,
        *,
        severity: Severity = Severity.ERROR,
        fix: Fix | None = None,
    ) -> Diagnostic:
        """Make a diagnostic about the text between two offsets; without an end, about one character."""
        span = self.span(start, start + 1 if end is None else end)
        return Diagnostic(self.file, span, severity, rule, message, self.line(span.line), fix)

    def to_bytes(self, text: str) -> bytes:
        """Encode another text the way this one was, with the byte order mark if there was one."""
        return ((BOM if self.bom else "") + text).encode()


def decode(data: bytes, file: str) -> tuple[SourceText, list[Diagnostic]]:
    """Decode a file and say what makes its text unfit for reading, whatever the text means.

    With any diagnostic of severity error the text must not be parsed; it is empty where the bytes are no
    UTF-8 or too many.
    """
    empty = SourceText(file, "")
    if len(data) > LARGEST:
        message = f"This file has {len(data):,} bytes, and more than {LARGEST:,} are not read: split it."
        return empty, [empty.diagnostic("too-large", message, 0)]
    if data[:4].count(0) > 1 or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return empty, [empty.diagnostic("encoding", "This file is UTF-16 or UTF-32: save it as UTF-8.", 0)]
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return empty, [_undecodable(data, error, file)]
    source = SourceText(file, text.removeprefix(BOM), bom=text.startswith(BOM))
    odd = [*_forbidden(source), *_invisible(source)] if is_suspect(data) else []
    return source, [*_conflicts(source), *odd]


def is_suspect(data: bytes) -> bool:
    """Tell whether a text in UTF-8 may have a character that is refused or warned of.

    Only what is no ordinary ASCII is looked at, which is little of most texts.
    """
    rare = data.translate(None, _ORDINARY)
    if rare and _SUSPECT.search(rare.decode()):
        return True
    return b"\r" in data and b"\r" in data.replace(b"\r\n", b"")


def _undecodable(data: bytes, error: UnicodeDecodeError, file: str) -> Diagnostic:
    message = f"The byte 0x{data[error.start]:02X} here is not UTF-8: save the file as UTF-8."
    before = SourceText(file, data[: error.start].decode().removeprefix(BOM))
    line, column = before.position(len(before.text))
    shown = data.split(b"\n")[line - 1].decode(errors="replace").removeprefix(BOM).rstrip("\r")
    return Diagnostic(file, Span(line, column, line, column + 1), Severity.ERROR, "encoding", message, shown)


def _conflicts(source: SourceText) -> list[Diagnostic]:
    possible = "<<<<<<< " in source.text or ">>>>>>> " in source.text
    if not possible or not _MARKER.search(source.text):
        return []
    message = "A merge left this conflict marker: keep the lines that are right and delete the markers."
    return [
        source.diagnostic("merge-conflict", message, match.start(), match.end())
        for match in islice(_CONFLICT.finditer(source.text), 100)
    ]


def _forbidden(source: SourceText) -> list[Diagnostic]:
    match = _FORBIDDEN.search(source.text)
    if match is None:
        return []
    if match[0] == "\r":
        message = "This line ends in a carriage return alone: save the file with LF or CRLF line ends."
        return [source.diagnostic("control-character", message, match.start())]
    message = f"The character U+{ord(match[0]):04X} here is not allowed in this file: delete it."
    return [source.diagnostic("control-character", message, match.start())]


def _invisible(source: SourceText) -> list[Diagnostic]:
    found: dict[int, re.Match[str]] = {}
    for match in _INVISIBLE.finditer(source.text):
        found.setdefault(source.position(match.start())[0], match)
        if len(found) == 20:
            break
    return [
        source.diagnostic(
            "invisible-character",
            f"The invisible character U+{ord(match[0][0]):04X} stands here: delete it unless it belongs "
            "to the words.",
            match.start(),
            match.end(),
            severity=Severity.WARNING,
        )
        for match in found.values()
    ]
