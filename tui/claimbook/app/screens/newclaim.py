"""The form that makes a claim of words in an article."""

from collections.abc import Mapping
from typing import Any, ClassVar, NamedTuple

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, TextArea

from claimbook.app.keeper import REFUSALS
from claimbook.app.keymap import bindings
from claimbook.app.lettering import Line, Span, label
from claimbook.app.screens.writing import WritingDialog
from claimbook.app.view import View
from claimbook.app.widgets.field import Field
from claimbook.app.widgets.fields import Choice, Pad
from claimbook.app.widgets.toned import Plain, Wrapped
from claimbook.book.article import Article
from claimbook.book.drafting import checked_id
from claimbook.book.ids import slug, unused
from claimbook.book.refusals import Refused
from claimbook.record.dates import PartialDate
from claimbook.record.terms import Certainty, Kind, Stance
from claimbook.review.anchoring import Anchored
from claimbook.review.composing import claim_values, items, read_links, source_values

_BY_VIA = "by via"
"""The stance of a source that relays where it has something from others, and else asserts."""
_FIELDS = ("claim", "kind", "about", "stance", "certainty", "via", "due", "id")


class Wrong(NamedTuple):
    """What keeps the form from being saved."""

    field: str
    """Where, as a selector."""
    sentence: str
    """What to do."""


class NewClaimDialog(WritingDialog[str]):
    """Writes a record with a quote in it; answers the file that it wrote."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("new-claim")
    CONTEXTS: ClassVar[tuple[str, ...]] = ("new-claim", "dialog", "panes")

    def __init__(
        self, article: Article, quote: Anchored, view: View, begun: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(begun)
        self._article = article
        self._quote = quote
        self._view = view

    def compose(self) -> ComposeResult:
        """Lay out the form."""
        with Vertical(classes="dialog new-claim"):
            yield Wrapped((Span("“"), label(self._quote.quote), Span("”")), id="new-quote")
            yield Wrapped(self._anchoring(), id="new-anchor")
            yield Plain(
                (Span("Claim", "strong"), Span("  one sentence that can be judged by itself", "quiet"))
            )
            yield Pad(id="new-claim", compact=True, show_line_numbers=False)
            yield Choice(tuple(str(kind) for kind in Kind), id="new-kind")
            yield self._line(
                "About", Field(id="new-about", compact=True, placeholder="Xiaomi, Great Wall Motor")
            )
            yield self._line("Stance", Choice((_BY_VIA, *(str(word) for word in Stance)), id="new-stance"))
            yield self._line("Certainty", Choice(tuple(str(word) for word in Certainty), id="new-certainty"))
            yield self._line(
                "Via",
                Field(id="new-via", compact=True, placeholder="Reuters@2021-03-26, anonymous:three people"),
            )
            yield self._line(
                "Due", Field(id="new-due", compact=True, placeholder="2024, 2024-03, 2024-03-28")
            )
            yield self._line("Id", Field(id="new-id", compact=True, placeholder="made from the claim"))
            yield Wrapped(id="new-outcome")
            with Horizontal(classes="buttons"):
                yield Button(Content("Save (ctrl+s)"), id="save", variant="primary", compact=True)
                yield Button(Content("Close (esc)"), id="cancel", compact=True)

    def on_mount(self) -> None:
        """Begin with the sentence, and follow the book."""
        self.desk.view_changed.subscribe(self, self.show_view)
        self.take_up()
        self.query_one(Pad).focus()
        self._tell()

    def fields(self) -> dict[str, Widget]:
        """Return what is written and taken here."""
        return {name: self.query_one(f"#new-{name}") for name in _FIELDS}

    def subject(self) -> tuple[str, tuple[str, ...]]:
        """Return the article, and the words in it with those around them that tell their place."""
        return "new-claim", (self._article.id, *(text or "" for text in self._quote))

    def show_view(self, view: View) -> None:
        """Hold the id against the book as it is now."""
        self._view = view
        if not self._refused:
            self._tell()

    @on(TextArea.Changed)
    @on(Input.Changed)
    @on(Choice.Changed)
    def _tell(self) -> None:
        """Say what would be written, or what is wrong as far as it can be seen."""
        if not self._saving:
            self._refused = False
            suggested = self._suggested()
            self.query_one("#new-id", Field).placeholder = suggested or "made from the claim"
            wrong = self._wrong()
            empty = wrong is not None and wrong.field == "#new-claim"
            self._say(
                self._outcome() if wrong is None else (label(wrong.sentence, "quiet" if empty else "bad"),)
            )

    @on(Button.Pressed, "#save")
    def action_save(self) -> None:
        """Write the record, or go to what is missing."""
        if self._saving:
            return
        if wrong := self._wrong():
            self._say((label(f"✗ {wrong.sentence}", "bad"),))
            self.query_one(wrong.field).focus()
            return
        self._save()

    @work
    async def _save(self) -> None:
        """Save, and stay with what was typed where that is refused."""
        self._say((Span("Saving …", "quiet"),))
        folder, name = self._place()
        try:
            with self.saving():
                added = await self.desk.add(self._values(), name or None, folder)
        except REFUSALS as error:
            self._refuse((label(f"✗ {error} What you typed is still here.", "bad"),))
            return
        self.notify(f"Saved: {added.made.id}. u takes it back.")
        if added.similar:
            nearest = added.similar[0]
            self.notify(f"Much like it: {nearest.id} ({nearest.claim})", severity="warning", timeout=8)
        self.dismiss(added.made.file)

    def _values(self) -> dict[str, Any]:
        """Return the record as it is to be written."""
        stance = self.query_one("#new-stance", Choice).value
        via = self._text("via")
        source = source_values(
            {"article": self._article.id, **self._quote.values},
            stance=None if stance == _BY_VIA else stance,
            certainty=self.query_one("#new-certainty", Choice).value,
            via=read_links(via) if via else None,
        )
        return claim_values(
            self._sentence,
            self.query_one("#new-kind", Choice).value,
            source,
            about=items([self._text("about")]),
            due=self._text("due") or None,
        )

    def _wrong(self) -> Wrong | None:
        """Return the first thing that keeps the form from being saved."""
        if not self._sentence:
            return Wrong("#new-claim", "Write the claim: one sentence.")
        for field, read in (("via", read_links), ("due", PartialDate.parse)):
            try:
                if text := self._text(field):
                    read(text)
            except ValueError as error:
                return Wrong(f"#new-{field}", f"{field.capitalize()}: {error}")
        try:
            _, name = self._place()
            if name:
                checked_id(name, self._taken())
        except Refused as error:
            return Wrong("#new-id", str(error))
        return None

    def _outcome(self) -> Line:
        """Say what would be written."""
        source = self._values()["sources"][0]
        folder, name = self._place()
        file = "/".join(part for part in ("claims", folder, f"{name or self._suggested()}.yaml") if part)
        return (
            Span("Writes "),
            label(file, "strong"),
            Span(f", open; {self._article.id} {source['stance']} it, {source['certainty']}."),
        )

    def _anchoring(self) -> Line:
        """Say how the quote tells its place."""
        parts = [f"{key}: “{value}”" for key, value in self._quote.values.items() if key != "quote"]
        if not parts:
            return (label(f"stands once in {self._article.id}", "quiet"),)
        return (
            label(
                f"stands more than once in {self._article.id}; the place is told by {', '.join(parts)}",
                "quiet",
            ),
        )

    def _place(self) -> tuple[str, str]:
        """Return the folder and the id that were typed: `cars/an-id`."""
        folder, _, name = self._text("id").removesuffix(".yaml").rpartition("/")
        return folder, name

    def _suggested(self) -> str:
        return unused(slug(self._sentence), self._taken()) if self._sentence else ""

    def _taken(self) -> dict[str, str]:
        return self._view.index.ids()

    @property
    def _sentence(self) -> str:
        return " ".join(self.query_one(Pad).text.split())

    def _text(self, field: str) -> str:
        return self.query_one(f"#new-{field}", Field).value.strip()

    def _line(self, name: str, field: Field | Choice) -> Horizontal:
        return Horizontal(Plain((Span(name, "strong"),), classes="label"), field, classes="line")

    def _say(self, line: Line) -> None:
        self.query_one("#new-outcome", Wrapped).say(line)
