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
_BREAKS = re.compile(r"[ \t\n]{2,}|[\t\n]")


def visible(text: str) -> str:
    """Return the text with every character that could act on a terminal written out, as `<U+001B>`.

    Newline and tab stay, a carriage return before a newline goes, and the joiners and direction marks
    that real scripts and emoji need stay too.
    """
    text = text.replace("\r\n", "\n")
    return UNSAFE.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)


def one_line(text: str) -> str:
    """Return the visible text on one line, each run of line breaks, tabs and spaces as one space."""
    return _BREAKS.sub(" ", visible(text)).strip()


def is_plain(text: str) -> bool:
    """Tell whether a text is on one line, safe to show as it is, and has as many cells as characters."""
    return _PLAIN.fullmatch(text) is not None
