"""The verdict dialog: a rating, its reason, and the evidence in sight while one writes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, TextArea

from claimbook.app.keeper import REFUSALS, Judgement
from claimbook.app.keymap import bindings
from claimbook.app.lettering import Line, Paragraph, Span, label, prose
from claimbook.app.listed import Row
from claimbook.app.portrait import evidence, heading, standing
from claimbook.app.screens.writing import WritingDialog
from claimbook.app.spoken import count
from claimbook.app.view import View
from claimbook.app.widgets.field import Field
from claimbook.app.widgets.fields import Choice, Pad
from claimbook.app.widgets.ratings import Ratings
from claimbook.app.widgets.toned import Paragraphs, Plain, Wrapped
from claimbook.record.dates import PartialDate, today
from claimbook.record.ratings import status_after
from claimbook.record.terms import Confidence
from claimbook.review.marks import rating_mark
from claimbook.text import one_line


class Background(Paragraphs):
    """What the verdict is about, to be scrolled."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("text")


class VerdictDialog(WritingDialog[bool]):
    """Appends one verdict to one claim, or the same to several; answers whether it did."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("verdict")
    CONTEXTS: ClassVar[tuple[str, ...]] = ("verdict", "rating", "dialog", "panes")

    def __init__(self, files: Sequence[str], view: View, begun: Mapping[str, str] | None = None) -> None:
        super().__init__(begun)
        self._files = files
        self._view = view

    def compose(self) -> ComposeResult:
        """Lay out the dialog."""
        with Vertical(classes="dialog verdict"):
            yield Wrapped(self._title(), id="verdict-title")
            with Horizontal(id="verdict-body"):
                with Vertical(id="verdict-form"):
                    yield Ratings(self._view.labels)
                    yield Plain((Span("Why", "strong"),), id="why-label")
                    yield Pad(id="why", compact=True, show_line_numbers=False)
                    with Horizontal(classes="line"):
                        yield Plain((Span("Confidence", "strong"),), classes="label")
                        yield Choice(("unsaid", *(str(word) for word in Confidence)), id="confidence")
                    with Horizontal(classes="line"):
                        yield Plain((Span("As of", "strong"),), classes="label")
                        yield Field(id="as-of", compact=True, placeholder="today; 2024, 2024-03-28")
                        yield Plain(id="as-of-note")
                yield Background(id="background")
            yield Wrapped(id="outcome")
            with Horizontal(classes="buttons"):
                yield Button(Content("Save (ctrl+s)"), id="save", variant="primary", compact=True)
                yield Button(Content("Close (esc)"), id="cancel", compact=True)

    def on_mount(self) -> None:
        """Begin with the rating, and follow the book."""
        self.desk.view_changed.subscribe(self, self.show_view)
        self.take_up()
        self.show_view(self._view)
        self.query_one(Pad if self.unsaved else Ratings).focus()

    def fields(self) -> dict[str, Widget]:
        """Return what is taken and written here."""
        chosen = {"rating": self.query_one(Ratings), "confidence": self.query_one(Choice)}
        return {**chosen, "why": self.query_one(Pad), "as-of": self.query_one("#as-of", Input)}

    def subject(self) -> tuple[str, tuple[str, ...]]:
        """Return the claims that are judged."""
        return "verdict", tuple(self._files)

    def show_view(self, view: View) -> None:
        """Show the evidence as it is now; what was typed stays."""
        self._view = view
        self.query_one(Background).set_paragraphs(self._background(), keep_place=True)
        if not self._refused:
            self._tell()

    @on(Ratings.Taken)
    def _go_on(self) -> None:
        self._tell()
        self.set_focus(self.query_one(Pad))

    @on(Ratings.Typed)
    def _write(self, message: Ratings.Typed) -> None:
        self.query_one(Pad).insert(message.character)
        self.set_focus(self.query_one(Pad))

    @on(TextArea.Changed)
    @on(Input.Changed)
    @on(Choice.Changed)
    def _tell(self) -> None:
        """Say what would happen now."""
        self._refused = False
        self.query_one("#as-of-note", Plain).set_lines(self._as_of_note())
        self._say(self._outcome())

    @on(Button.Pressed, "#save")
    def action_save(self) -> None:
        """Append the verdict, or go to what is missing."""
        missing = self._missing()
        if self._saving:
            return
        if missing is not None:
            field, sentence = missing
            self._say((Span(sentence, "bad"),))
            self.query_one(field).focus()
            return
        self._save()

    @work
    async def _save(self) -> None:
        """Save, and stay with what was typed where that is refused."""
        rating = self.query_one(Ratings).rating
        if rating is None:
            return
        judgement = Judgement(
            rating=rating,
            why=self.query_one(Pad).text.strip(),
            by=self.desk.preferences.signature,
            as_of=self._as_of(),
            confidence=self._confidence(),
        )
        self._say((Span("Saving …", "quiet"),))
        try:
            with self.saving():
                saved = await self.desk.judge([row.file for row in self._rows()], judgement)
        except REFUSALS as error:
            self._refuse((label(f"✗ {error} What you typed is still here.", "bad"),))
            return
        if saved:
            self.dismiss(True)  # noqa: FBT003 - the answer
        else:
            self._tell()

    def _missing(self) -> tuple[str, str] | None:
        """Return the field that keeps this from being saved, and what to do there."""
        if self.query_one(Ratings).rating is None:
            return "#ratings", "✗ Take a rating first: its number."
        if not self.query_one(Pad).text.strip():
            return "#why", "✗ A verdict needs a reason: write a sentence."
        if not self._as_of_is_readable():
            return "#as-of", "✗ The date cannot be read: see beside it."
        if not self._rows():
            return "#ratings", "✗ None of these can be read any more: there is nothing to judge."
        return None

    def _as_of(self) -> PartialDate | None:
        text = self.query_one("#as-of", Input).value.strip()
        return PartialDate.parse(text) if text else None

    def _as_of_is_readable(self) -> bool:
        try:
            self._as_of()
        except ValueError:
            return False
        return True

    def _as_of_note(self) -> Line:
        """Say what is wrong or odd about the date."""
        try:
            day = self._as_of()
        except ValueError as error:
            return (label(f" ✗ {error}", "bad"),)
        ahead = day is not None and day.first > today()
        return (Span(" ! that is still to come", "mixed"),) if ahead else ()

    def _confidence(self) -> Confidence | None:
        word = self.query_one(Choice).value
        return Confidence(word) if word in list(Confidence) else None

    def _rows(self) -> list[Row]:
        """Return the claims that can be judged now."""
        rows = [self._view.row(file) for file in self._files]
        return [row for row in rows if row is not None and not row.broken]

    def _title(self) -> Line:
        rows = self._rows()
        if len(rows) == 1:
            return (label(rows[0].entry.claim.claim if rows[0].entry.claim else rows[0].id, "strong"),)
        return (Span(f"One verdict for {count(len(rows), 'claim')}", "strong"),)

    def _background(self) -> Iterator[Paragraph]:
        rows = self._rows()
        for row in rows:
            claim = row.entry.claim
            if claim is None:
                continue
            if len(rows) > 1:
                yield Paragraph((prose(claim.claim, "strong"),))
            yield Paragraph(standing(claim, row.mark(self._view.labels)))
            if claim.settles_when:
                yield Paragraph((Span("Settles when: ", "quiet"), prose(claim.settles_when)))
            yield from evidence(claim)
            if claim.verdicts:
                yield from heading("Last verdict")
                yield Paragraph((prose(claim.verdicts[-1].why),), indent=2)
            yield Paragraph(())

    def _outcome(self) -> Line:
        """Say what saving appends, and what the status becomes."""
        rows, rating = self._rows(), self.query_one(Ratings).rating
        left_out = len(self._files) - len(rows)
        missing = f" {count(left_out, 'claim')} cannot be read and is left out." if left_out else ""
        if rating is None:
            return (Span(f"Take a rating: its number.{missing}", "quiet"),)
        shown = rating_mark(rating, self._view.labels)
        after = status_after(rating)
        changed = sum(1 for row in rows if row.listing.status != after)
        where = rows[0].file if len(rows) == 1 else count(len(rows), "record")
        status = f"status becomes {after}" if changed else f"status stays {after}"
        if 0 < changed < len(rows):
            status = f"status becomes {after} in {changed} of them"
        return (
            Span("Appends "),
            label(f"{shown.glyph} {shown.word}", shown.tone),
            Span(" to "),
            label(where),
            Span(f", signed {one_line(self.desk.preferences.signature)}; {status}.{missing}"),
        )

    def _say(self, line: Line) -> None:
        self.query_one("#outcome", Wrapped).say(line)
