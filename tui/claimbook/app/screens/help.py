"""Help for where one is, made from the table of actions."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from claimbook.app.keymap import actions_in, bindings, keys_of
from claimbook.app.lettering import Paragraph, Span, pad
from claimbook.app.portrait import heading
from claimbook.app.screens.room import Dialog
from claimbook.app.widgets.toned import Paragraphs
from claimbook.record.ratings import Rating
from claimbook.review.filters import FIELDS
from claimbook.review.marks import rating_mark

_KEYS = 16
"""Cells for the keys."""


class HelpText(Paragraphs):
    """The help, to be scrolled."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("text")


class Help(Dialog[None]):
    """Shows the keys that work in some places, what filters can ask, and what the marks mean."""

    def __init__(self, contexts: Sequence[str], keys: Mapping[str, str]) -> None:
        super().__init__()
        self._contexts = contexts
        self._keys = keys

    def compose(self) -> ComposeResult:
        """Lay out the text."""
        with Vertical(classes="dialog help"):
            yield HelpText(id="help-text")

    def on_mount(self) -> None:
        """Write the help."""
        self.query_one(HelpText).set_paragraphs(help_text(self._contexts, self._keys))


def help_text(contexts: Sequence[str], keys: Mapping[str, str]) -> Iterator[Paragraph]:
    """Write the help for some places."""
    yield Paragraph((Span("What works here", "strong"), Span("   Esc closes this", "quiet")))
    found = actions_in(contexts)
    order = list(dict.fromkeys(action.group for action in found))
    for group, actions in groupby(sorted(found, key=lambda a: order.index(a.group)), key=lambda a: a.group):
        yield from heading(group)
        for action in actions:
            twin = f"  ({action.twin})" if action.twin else ""
            yield _entry(keys_of(action, keys), action.sentence, twin)
    if "desk" in contexts:
        yield from _filters()
    if "rating" not in contexts:
        yield from _marks()
    yield from heading("Keys of your own")
    yield Paragraph((Span("Name them under `keys:` in your settings, by these names:", "quiet"),), indent=2)
    yield Paragraph((Span(", ".join(action.name for action in found), "quiet"),), indent=2)


def _filters() -> Iterator[Paragraph]:
    yield from heading("Filters", "  all parts must match")
    yield _entry("word", "a part of any text; case counts only where you write capitals, accents never")
    yield _entry('"two words"', "a phrase")
    yield _entry("-word", "not: the opposite of anything")
    for known in FIELDS:
        yield _entry(known.example, known.help)
    yield _entry("due:2023..2024", "a range; ..2024 ends by, 2024.. starts from, <2024 and >=2024 too")


def _marks() -> Iterator[Paragraph]:
    yield from heading("Marks")
    for rating in Rating:
        shown = rating_mark(rating)
        lead = pad((Span(f"{shown.glyph} {shown.word}", shown.tone),), _KEYS + 2)
        yield Paragraph((*lead, Span(rating.meaning)), indent=2, hang=_KEYS + 2)


def _entry(keys: str, sentence: str, more: str = "") -> Paragraph:
    lead = pad((Span(keys, "strong"),), max(_KEYS, cell_len(keys)) + 2)
    return Paragraph((*lead, Span(sentence), Span(more, "quiet")), indent=2, hang=_KEYS + 2)
