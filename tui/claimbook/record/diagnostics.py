"""What is wrong with a file, where, and what to do about it."""

from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How much a diagnostic weighs: an error makes `claimbook check` fail, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Span(NamedTuple):
    """A stretch of a file, in 1-based lines and code points; its end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class TextEdit(NamedTuple):
    """A replacement in a file's text."""

    start: int
    """First code point replaced, 0-based, a leading byte order mark not counted."""
    end: int
    """The code point after the last one replaced."""
    text: str
    """What stands there afterwards."""


class Fix(NamedTuple):
    """A change that mends what a diagnostic is about and cannot harm."""

    title: str
    """The change in words, as an imperative."""
    edits: tuple[TextEdit, ...]
    """The replacements, in order, not overlapping."""


class Diagnostic(NamedTuple):
    """One finding about one spot in one file."""

    file: str
    """The path as it is to be shown, relative to the book."""
    span: Span
    """Where it is."""
    severity: Severity
    """Whether it is an error or a warning."""
    rule: str
    """The rule's name, as `claimbook check --explain` knows it."""
    message: str
    """One sentence: what is wrong and what to do."""
    source_line: str
    """The line of the file that `span` begins on, without its line end; empty for an empty file."""
    fix: Fix | None = None
    """A safe mending, where there is one."""

    @property
    def is_error(self) -> bool:
        """Tell whether this is an error."""
        return self.severity is Severity.ERROR

    @property
    def place(self) -> str:
        """Name the spot as `file:line:column`."""
        return f"{self.file}:{self.span.line}:{self.span.column}"
