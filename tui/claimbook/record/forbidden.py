"""What YAML can write and a record may not say: what makes two readers see two records, or hides from one."""

import re
from collections.abc import Iterator

from claimbook.record.scene import Slip, spot

UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
"""Characters that may not stand in a value, however they come there."""

_NOTHING = r"(?:[ \t\r]*+(?:#[^\n]*+)?+\n)*+"
_REST = re.compile(rf"{_NOTHING}[ \t\r]*+(?:#[^\n]*+)?+")
_DIRECTIVE = re.compile(rf"{_NOTHING}(%[^\r\n]*)")
_PROPERTY = re.compile(r"([&!][^\s,\[\]{}]*+)\s*+")
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|[^xuU])", re.DOTALL)
_ESCAPED = {"0": 0, "a": 7, "b": 8, "v": 11, "f": 12, "r": 13, "e": 27, "N": 0x85, "L": 0x2028, "P": 0x2029}


def directive(text: str) -> Slip | None:
    """Find a directive before the document."""
    match = _DIRECTIVE.match(text)
    message = "Lines that begin with `%` are not read: delete it, or put the text in quotes."
    return spot(message, *match.span(1)) if match else None


def after_end(text: str, end: int) -> Slip | None:
    """Find what stands after a line `...`, which ends at `end`."""
    rest = _REST.match(text, end)
    start = rest.end() if rest else end
    message = "Nothing after the line `...` is read: delete that line, or what follows it."
    return spot(message, start) if start < len(text) else None


def properties(text: str, start: int) -> Iterator[tuple[str, Slip]]:
    """Yield the anchor and the tag that stand before a value, with the rule that refuses them."""
    match = _PROPERTY.match(text, start)
    while match:
        anchor = match[1][0] == "&"
        what = "name" if anchor else "tag"
        shown = match[1][:40]
        message = f"`{shown}` is a {what} to YAML, which is not read: quote the text, or delete the {what}."
        yield "yaml-alias" if anchor else "yaml-tag", spot(message, *match.span(1))
        match = _PROPERTY.match(text, match.end())


def escapes(text: str, start: int, end: int) -> Iterator[Slip]:
    """Yield the escapes in a quoted text that make what may not stand in a value."""
    for match in _ESCAPE.finditer(text, start, end):
        digits = match[1] or match[2] or match[3]
        code = int(digits, 16) if digits else _ESCAPED.get(match[0][1], 0x20)
        if not UNPRINTABLE.match(chr(code)):
            continue
        if 0xD800 <= code <= 0xDFFF:
            message = f"The escape `{match[0]}` is half of a character: write the character itself."
        else:
            message = f"The escape `{match[0]}` makes the control character U+{code:04X}: delete it."
        yield spot(message, *match.span())
