"""Showing what a change would do to files."""

import difflib
from collections.abc import Iterable

from claimbook.book.saving import Draft
from claimbook.cli.output import line, style
from claimbook.text import visible


def print_diff(drafts: Iterable[Draft]) -> None:
    """Print the changes as a unified diff, three lines of context."""
    for draft in drafts:
        before, after = _lines(draft.before), _lines(draft.after)
        names = (f"a/{draft.file}" if draft.before is not None else "/dev/null", f"b/{draft.file}")
        for text in difflib.unified_diff(before, after, *names, lineterm=""):
            line(_coloured(visible(text)))


def _lines(data: bytes | None) -> list[str]:
    return [] if data is None else data.decode(errors="replace").split("\n")


def _coloured(text: str) -> str:
    tone = {"+": "good", "-": "bad", "@": "quiet"}.get(text[:1])
    return style(text, tone) if tone else text
