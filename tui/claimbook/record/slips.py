"""What YAML's own complaints mean to somebody who edits a file by hand."""

import re
from dataclasses import dataclass

import yaml


@dataclass(frozen=True, slots=True)
class Slip:
    """A mistake in the writing of YAML."""

    message: str
    """What is wrong and what to do."""
    start: int
    """Offset of the spot."""
    end: int
    """Offset after it."""


_SLIPS = (
    (
        r"mapping values are not allowed",
        "A colon and a space cannot stand inside plain text: quote it, or begin with `>-` and a new line.",
    ),
    (
        r"sequence entries are not allowed",
        "A list cannot begin here: put its first `- ` on a line of its own.",
    ),
    (
        r"found character '\\t'|found a tab character",
        "A tab stands where spaces are needed: indent with spaces.",
    ),
    (
        r"found character '(?P<c>.)' that cannot start",
        "Plain text cannot begin with `{c}`: put it in quotes.",
    ),
    (
        r"unknown escape character|expected escape sequence|invalid Unicode character escape",
        "This is no escape that YAML knows: write `\\\\` for a backslash, or use single quotes.",
    ),
    (
        r"could not find expected ':'|did not find expected ':'",
        "This line is no `key: value`: add the colon, or indent it under the text it belongs to.",
    ),
    (
        r"expected ',' or '\]'",
        "This list in brackets is not closed, or a comma is missing: add `]` or `,`, or quote the text.",
    ),
    (
        r"expected ',' or '\}'",
        "This mapping in braces is not closed, or a comma is missing: add `}` or `,`, or quote the text.",
    ),
    (
        r"<scalar>|<alias>|<anchor>|<tag>",
        "Text goes on where a new line was expected: check the quotation marks and the indentation.",
    ),
    (
        r"expected <block end>|did not find expected (?:key|'-' indicator)",
        "The indentation here fits nothing above it: line it up with the keys or dashes it belongs to.",
    ),
    (
        r"expected the node content|did not find expected node content",
        "A value is missing here, or text begins with a sign that YAML keeps for itself: put it in quotes.",
    ),
    (
        r"chomping|indentation indicator|expected a comment or a line break",
        "Nothing can stand on the line after `>` or `|`: begin the text on the next line.",
    ),
    (
        r"document start",
        "This stands after the end of the record: indent it, or delete it.",
    ),
)


def explain(error: yaml.MarkedYAMLError, text: str) -> Slip:
    """Turn a parser's complaint into what is wrong, what to do, and where."""
    problem = error.problem or ""
    offset = _offset(error.problem_mark, text)
    if "end of stream" in problem and "quoted scalar" in (error.context or ""):
        return _spot(
            "This quotation mark is never closed: add the closing one.", _offset(error.context_mark, text)
        )
    if "could not find expected ':'" in problem:
        offset = _offset(error.context_mark, text)
    for pattern, message in _SLIPS:
        if match := re.search(pattern, problem):
            return _spot(message.replace("{c}", match.groupdict().get("c") or ""), offset)
    return _spot(
        f"This is not YAML ({problem or 'no reason given'}): compare it with a record that is.", offset
    )


def _offset(mark: yaml.Mark | None, text: str) -> int:
    return min(mark.index if mark is not None else 0, max(0, len(text) - 1))


def _spot(message: str, start: int) -> Slip:
    return Slip(message, start, start + 1)
