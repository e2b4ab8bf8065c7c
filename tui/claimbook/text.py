"""Making any text safe to show in a terminal.

This is the one door between data and a screen: desk, stdout and stderr alike.
"""

import re

UNSAFE = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but tab and newline, DEL, C1
    "\u202a-\u202e\u2066-\u2069"  # bidi embeddings, overrides, isolates
    "\u2028\u2029"  # line and paragraph separators
    "\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff\u00ad"  # zero-width and format characters
    "\ufff9-\ufffb"  # interlinear annotation
    "\ud800-\udfff"  # lone surrogates
    "\U000e0000-\U000e007f"  # tags
    "]"
)
"""Characters that could act on a terminal, one at a time."""

_PLAIN = re.compile("(?:[!-~\xa1-\xac\xae-\u02ff\u2010-\u2027\u20ac]+(?: (?! )|\\Z))*(?<! )")
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u200c-\u200f\u20d0-\u20f0\ufe00-\ufe0f\ufe20-\ufe2f\U000e0100-\U000e01ef"
)
_PILE = re.compile(f"(?<=[{_MARKS}]{{8}})[{_MARKS}]+")
"""Marks that stand on eight others: no script needs them, and they hide the lines above and below."""

_BREAKS = re.compile(r"[ \t\n]{2,}|[\t\n]")


def visible(text: str) -> str:
    """Return the text with every character that could act on a terminal written out, as `<U+001B>`.

    Newline and tab stay, a carriage return before a newline goes, and the joiners, direction marks and
    accents that real scripts and emoji need stay too; of a pile of accents, the first eight.
    """
    if text.isascii() and text.isprintable():  # as most texts are
        return text
    text = UNSAFE.sub(_written_out, text.replace("\r\n", "\n"))
    return text if text.isascii() else _PILE.sub(_written_out, text)


def _written_out(match: re.Match[str]) -> str:
    """Return the form of a character; of a pile of them, the first one's and how many there are."""
    count = f"×{len(match[0])}" if len(match[0]) > 1 else ""
    return f"<U+{ord(match[0][0]):04X}>{count}"


def one_line(text: str) -> str:
    """Return the visible text on one line, each run of line breaks, tabs and spaces as one space."""
    safe = visible(text)
    if "  " in safe or not safe.isprintable():
        safe = _BREAKS.sub(" ", safe)
    return safe.strip()


def is_plain(text: str) -> bool:
    """Tell whether a text is on one line, safe to show as it is, and has as many cells as characters."""
    return _PLAIN.fullmatch(text) is not None
