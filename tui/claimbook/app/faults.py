"""What is wrong with a file, as the desk tells it: the spot, the line with the spot marked, what to do."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from claimbook.app.lettering import Line, Paragraph, Span, label, prose
from claimbook.record.conflicts import Conflict, conflicts
from claimbook.record.diagnostics import Diagnostic
from claimbook.text import visible

_BEFORE = 20
"""Characters of the line that are shown before the spot, where it does not fit whole."""


def broken_portrait(file: str, found: Sequence[Diagnostic], width: int, text: str = "") -> list[Paragraph]:
    """Tell a record that cannot be read: all that is wrong, and the way to mend it.

    Of a `text` that a merge left in conflict both versions are shown.
    """
    errors = sum(item.is_error for item in found)
    head = f"! BROKEN · {errors} {'error' if errors == 1 else 'errors'}"
    parts = [
        Paragraph((label(file, "strong"),)),
        Paragraph((Span(head, "bad"),)),
        Paragraph((Span("This record cannot be read, and is left alone until it can. E opens it."),)),
    ]
    for conflict in conflicts(text):
        parts += [Paragraph(()), *_both(conflict)]
    for item in found:
        parts += [Paragraph(()), *told(item, width)]
    return parts


def _both(conflict: Conflict) -> Iterator[Paragraph]:
    for title, name, number, lines in (
        ("Ours", conflict.ours_name, conflict.ours_line, conflict.ours),
        ("Theirs", conflict.theirs_name, conflict.theirs_line, conflict.theirs),
    ):
        named = f" ({name})" if name and name != title.lower() else ""
        yield Paragraph((label(f"{title}{named}, from line {number}", "mixed"),))
        for line in lines or ["(nothing)"]:
            yield Paragraph((prose(line),), indent=2)


def told(item: Diagnostic, width: int) -> Iterator[Paragraph]:
    """Tell one finding, its line cut to the width."""
    severity = Span(f"{sign(item)} {item.severity} ", tone(item))
    yield Paragraph((severity, label(f"{item.rule} · {item.place}", "quiet")), hang=2)
    yield Paragraph((prose(item.message),), indent=2)
    if item.source_line.strip():
        number = f"{item.span.line} │ "
        line, marks = _spot(item, max(10, width - len(number) - 3))
        yield Paragraph((Span(number, "quiet"), *line), indent=2)
        yield Paragraph((Span(" " * (len(number) - 2) + "│ ", "quiet"), Span(marks, tone(item))), indent=2)
    if item.fix:
        yield Paragraph((label(f"`claimbook check --fix` mends it: {item.fix.title}", "quiet"),), indent=2)


def sign(item: Diagnostic) -> str:
    """Return the glyph of its weight."""
    return "✗" if item.is_error else "!"


def tone(item: Diagnostic) -> str:
    """Return the tone of its weight."""
    return "bad" if item.is_error else "mixed"


def _spot(item: Diagnostic, room: int) -> tuple[Line, str]:
    """Return the line around the spot, and the marks to stand under it, both within the room."""
    text = item.source_line
    start = min(item.span.column - 1, len(text))
    same_line = item.span.end_line == item.span.line
    end = max(start + 1, item.span.end_column - 1 if same_line else len(text))
    first = max(0, start - _BEFORE) if cell_len(_shown(text)) > room else 0
    lead = "…" if first else ""
    head, body = lead + _shown(text[first:start]), _shown(text[start:end])
    body = _fitting(body, room - cell_len(head))
    tail = _fitting(_shown(text[end:]), room - cell_len(head) - cell_len(body))
    marks = " " * cell_len(head) + "^" * max(1, cell_len(body))
    return tuple(Span(part, name) for part, name in ((head, ""), (body, "spot"), (tail, "")) if part), marks


def _shown(text: str) -> str:
    return visible(text).expandtabs(4)


def _fitting(text: str, room: int) -> str:
    if cell_len(text) <= room:
        return text
    kept = ""
    for character in text:
        if cell_len(kept) + cell_len(character) >= room:
            break
        kept += character
    return kept + "…" if room > 0 else ""
