"""Two versions of a file, told side by side: the lines in which they differ, with a few around them."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from claimbook.app.lettering import Paragraph, Span, prose

_AROUND = 2
"""Lines that are shown around those that differ."""

Sides = tuple[list[Paragraph], list[Paragraph]]
"""What stands left and right."""


def difference(left: bytes | None, right: bytes | None) -> Sides:
    """Return what two versions have that the other has not; None is a file that is not there."""
    one, other = (
        [] if data is None else data.decode(errors="replace").splitlines() for data in (left, right)
    )
    groups = list(SequenceMatcher(None, one, other, autojunk=False).get_grouped_opcodes(_AROUND))
    return (
        _side(left, one, [[(tag, start, end) for tag, start, end, _, _ in group] for group in groups]),
        _side(right, other, [[(tag, start, end) for tag, _, _, start, end in group] for group in groups]),
    )


def _side(
    data: bytes | None, text: Sequence[str], groups: Sequence[Sequence[tuple[str, int, int]]]
) -> list[Paragraph]:
    if data is None:
        return [Paragraph((Span("(no file)", "quiet"),))]
    return [part for group in groups for part in _lines(text, group)]


def _lines(text: Sequence[str], parts: Sequence[tuple[str, int, int]]) -> Iterator[Paragraph]:
    for tag, start, end in parts:
        for number in range(start, end):
            same = tag == "equal"
            lead = Span(f"{number + 1:4} {' ' if same else '▌'}", "quiet")
            yield Paragraph((lead, prose(text[number], "quiet" if same else "strong")), hang=6)
    yield Paragraph(())
