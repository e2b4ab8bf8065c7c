"""Review: the claims that want a look, one at a time, like mail."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import TextArea

from claimbook.app.drafts import Draft
from claimbook.app.keeper import REFUSALS, Judgement
from claimbook.app.keymap import bindings
from claimbook.app.lettering import Line, Paragraph, Span, label
from claimbook.app.portrait import evidence, sources
from claimbook.app.reviewing import ABOUT_EVIDENCE, before, end, told
from claimbook.app.screens.acts import ActingRoom
from claimbook.app.screens.question import ask
from claimbook.app.spoken import count
from claimbook.app.view import View
from claimbook.app.widgets.fields import Reason
from claimbook.app.widgets.keyline import KeyLine
from claimbook.app.widgets.rategrid import RateGrid
from claimbook.app.widgets.ratings import Ratings
from claimbook.app.widgets.title import Title, book_name
from claimbook.app.widgets.toned import Paragraphs, Plain, Wrapped
from claimbook.index.telling import Queued
from claimbook.record.ratings import Rating, status_after
from claimbook.review.aside import ACCEPTABLE, acceptance_changes
from claimbook.review.marks import rating_mark

_BREAKPOINTS = [(0, "-narrow"), (96, "-wide")]
"""Widths from which the evidence stands beside the quotes."""


class Background(Paragraphs):
    """What there is to go by, to be scrolled."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("text")


@dataclass
class Begun:
    """A verdict that is not saved yet."""

    rating: Rating | None = None
    """The rating taken so far."""
    why: str = ""
    """What was typed so far."""

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> "Begun":
        """Take what was kept."""
        rating = texts.get("rating", "")
        return cls(Rating(rating) if rating in list(Rating) else None, texts.get("why", ""))


class ReviewScreen(ActingRoom):
    """Shows a claim with why it is here, takes a rating and a reason, and goes on to the next."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("review", "panes")
    CONTEXTS = ("review", "rating", "reason", "text", "panes", "everywhere")
    HORIZONTAL_BREAKPOINTS = _BREAKPOINTS

    def __init__(self, first: str | None = None, drafts: Iterable[Draft] = ()) -> None:
        super().__init__()
        self._first = first
        self._items: list[Queued] | None = None
        self._at = 0
        self._done: set[str] = set()
        self._first_seen: dict[str, bytes] = {}
        self._begun: dict[str, Begun] = {
            draft.about[0]: Begun.of(draft.texts) for draft in drafts if draft.about
        }
        self._saving = False
        self._refused = False
        self._told = ""

    def compose(self) -> ComposeResult:
        """Lay out the claim, what there is to go by, and the form."""
        yield Title()
        yield Wrapped(id="review-claim")
        with Horizontal(id="review-body"):
            yield Background(id="review-said")
            yield Background(id="review-found")
        with Vertical(id="review-form"):
            yield RateGrid({})
            with Horizontal(classes="line"):
                yield Plain((Span("Why", "strong"),), classes="label")
                yield Reason(id="why", compact=True, show_line_numbers=False)
            yield Wrapped(id="outcome")
        yield KeyLine()

    @property
    def item(self) -> Queued | None:
        """The claim that is shown, None where there is none or the queue is at its end."""
        items = self._items or []
        return items[self._at] if self._at < len(items) else None

    def targets(self) -> list[str]:
        """Return the file of the claim that is shown."""
        return [self.item.listing.file] if self.item else []

    def show_view(self, view: View) -> None:
        """Show the claim as it is now; what was typed stays."""
        if self._items is None:
            self._gather(view)
            return
        self._done -= {file for file in self._done if self._is_as_before(view, file)}
        self._show()

    def turn_back_to(self, files: Sequence[str]) -> None:
        """Show the claim that was undone or done again."""
        queued = [item.listing.file for item in self._items or []]
        if found := [queued.index(file) for file in files if file in queued]:
            self._go(found[0])

    def _is_as_before(self, view: View, file: str) -> bool:
        """Tell whether what was done to a claim was taken back."""
        row = view.row(file)
        return row is not None and row.entry.digest == self._first_seen.get(file)

    @work(exclusive=True, group="gather")
    async def _gather(self, view: View) -> None:
        """Find what wants a look; the order then stays as it is while one works."""
        with self.desk.keyboard.held():
            found = await asyncio.to_thread(lambda: view.queue)
        self._items = list(found)
        files = [item.listing.file for item in found]
        self._turn_to(files.index(self._first) if self._first in files else 0)

    def _go(self, index: int) -> None:
        """Keep what was begun about this claim, and show another."""
        self._keep_draft()
        self._turn_to(index)

    def _turn_to(self, index: int) -> None:
        """Show a claim, with what was begun about it."""
        self._refused = False
        self._at = max(0, min(index, len(self._items or [])))
        draft = self._begun.get(self.targets()[0], Begun()) if self.item else Begun()
        self._note_first_sight()
        self.query_one(RateGrid).remember(draft.rating)
        self.query_one(Reason).text = draft.why
        for part in self.query(Background):
            part.scroll_to(y=0, animate=False)
        self._show()
        self.set_focus(self.query_one(RateGrid if self.item else "#review-said"))

    def _note_first_sight(self) -> None:
        for file in self.targets():
            row = self.desk.view.row(file) if self.desk.view else None
            if row is not None:
                self._first_seen.setdefault(file, row.entry.digest)

    def _keep_draft(self) -> None:
        """Keep what was begun about the claim shown, until it is saved or the review is left."""
        why = self.query_one(Reason).text
        for file in self.targets():
            if why.strip():
                self._begun[file] = Begun(self.query_one(RateGrid).rating, why)
            else:
                self._begun.pop(file, None)

    def _show(self) -> None:
        view, item = self.desk.view, self.item
        if view is None or self._items is None:
            return
        self.set_class(item is None, "-empty")
        self.query_one(Title).show((*book_name(view), Span(" · review")), self._progress())
        said, found = self.query_one("#review-said", Background), self.query_one("#review-found", Background)
        row = view.row(item.listing.file) if item else None
        if item is None:
            said.set_paragraphs(end(len(self._items), len(self._done)))
            found.set_paragraphs(())
            return
        claim = row.entry.claim if row else None
        if row is None or claim is None:
            self.query_one("#review-claim", Wrapped).say((label(item.listing.claim or "", "strong"),))
            gone = (
                "It cannot be read any more: E opens it, n goes on."
                if row
                else "Its file is gone: n goes on."
            )
            said.set_paragraphs([Paragraph((Span(gone, "bad"),))])
            found.set_paragraphs(())
            return
        head = told(view, row, claim, item.reasons, done=row.file in self._done, brief=not self._is_wide)
        self.query_one("#review-claim", Wrapped).say(head)
        left, right = list(sources(view, row))[1:], [*list(evidence(claim))[1:], *before(claim)]
        if not self._is_wide:
            parts = (right, left) if ABOUT_EVIDENCE & {why.reason for why in item.reasons} else (left, right)
            left, right = [*parts[0], Paragraph(()), *parts[1]], []
        said.set_paragraphs(left, keep_place=True)
        found.set_paragraphs(right, keep_place=True)
        if not self._refused:
            self._tell()

    @property
    def _is_wide(self) -> bool:
        """Whether the evidence stands beside the quotes; Textual says so by a class, a moment later."""
        return self.size.width >= _BREAKPOINTS[-1][0]

    def on_resize(self) -> None:
        """Put the evidence beside the quotes, or below them."""
        self.call_after_refresh(self._show)

    def _progress(self) -> Line:
        total = len(self._items or [])
        done = f" · {len(self._done)} done" if self._done else ""
        return (Span(" "), Span(f"{min(self._at + 1, total)} of {total}{done}", "strong")) if total else ()

    @on(Ratings.Taken)
    def _take(self) -> None:
        self._tell()
        self.set_focus(self.query_one(Reason))

    @on(TextArea.Changed)
    def _tell(self) -> None:
        """Say what would happen now."""
        self._refused = False
        self._say(self._outcome())

    def _outcome(self) -> Line:
        rating, item = self.query_one(RateGrid).rating, self.item
        if rating is None or item is None:
            stand = "" if not _acceptable(item) else ", l lets it stand"
            hint = Span(f"1–9 rates; n skips, z snoozes, s shelves{stand}.", "quiet")
            return (label(self._told, "good"), Span("\n"), hint) if self._told else (hint,)
        shown = rating_mark(rating, self.desk.view.labels if self.desk.view else {})
        after = status_after(rating)
        becomes = "stays" if item.listing.status == after else "becomes"
        return (
            Span("Enter appends "),
            label(f"{shown.glyph} {shown.word}", shown.tone),
            Span(f" ({rating.meaning}), signed "),
            label(self.desk.preferences.signature),
            Span(f"; the status {becomes} {after}."),
        )

    def _say(self, line: Line) -> None:
        self.query_one("#outcome", Wrapped).say(line)

    def _refuse(self, line: Line) -> None:
        """Say why it was not saved, until something is typed: what comes from outside leaves that there."""
        self._refused = True
        self._say(line)

    def tell(self, sentence: str) -> None:
        """Say it where it hides nothing."""
        self._told = sentence
        self._tell()

    def action_save_and_next(self) -> None:
        """Append the verdict, or say what is missing."""
        rating, why = self.query_one(RateGrid).rating, self.query_one(Reason)
        if self.item is None or self._saving:
            return
        if rating is None:
            self._say((Span("✗ Take a rating first: its number.", "bad"),))
            self.set_focus(self.query_one(RateGrid))
        elif not why.text.strip():
            self._say((Span("✗ A verdict needs a reason: write a sentence.", "bad"),))
            self.set_focus(why)
        else:
            self._save(Judgement(rating=rating, why=why.text.strip(), by=self.desk.preferences.signature))

    @work
    async def _save(self, judgement: Judgement) -> None:
        """Save, and stay with what was typed where that is refused."""
        files = self.targets()
        self._saving = True
        self._say((Span("Saving …", "quiet"),))
        try:
            saved = await self.desk.judge(files, judgement)
        except REFUSALS as error:
            self._refuse((label(f"✗ {error} What you typed is still here.", "bad"),))
            return
        finally:
            self._saving = False
        if saved:
            self.query_one(Reason).text = ""
            self._finish(files)
        else:
            self._tell()

    def _finish(self, files: list[str]) -> None:
        self._done |= set(files)
        self._go(self._at + 1)

    def after(self, *, done: bool) -> None:
        """Go on to the next claim once this one is put aside, which takes it from the queue."""
        if done and self.desk.view is not None:
            self._leave_if_gone(self.desk.view)

    @work(exclusive=True, group="gather")
    async def _leave_if_gone(self, view: View) -> None:
        still = {item.listing.file for item in await asyncio.to_thread(lambda: view.queue)}
        files = self.targets()
        if files and files[0] not in still:
            self._finish(files)

    def action_let_stand(self) -> None:
        """Take what brought the claim here for looked at."""
        if self.item is None:
            return
        if not _acceptable(self.item):
            self._say((Span("✗ What brought it here has to be mended: E opens the file.", "bad"),))
        elif not self._saving:
            self._let_stand(self.item)

    @work
    async def _let_stand(self, item: Queued) -> None:
        files = self.targets()
        names = ", ".join(str(why.reason) for why in item.reasons if why.reason in ACCEPTABLE)
        self._saving = True
        try:
            saved = await self.desk.write(
                files,
                f"let stand ({names})",
                self.desk.keeper.change,
                files,
                f"Let stand ({names})",
                lambda claim: acceptance_changes(claim, item.reasons),
            )
        except REFUSALS as error:
            self._refuse((label(f"✗ {error}", "bad"),))
            return
        finally:
            self._saving = False
        if saved:
            self._finish(files)

    def action_skip(self) -> None:
        """Go on to the next claim."""
        self._go(self._at + 1)

    def action_more(self) -> None:
        """See more of what there is to go by."""
        for part in self.query(Background):
            part.action_page_down()

    def action_less(self) -> None:
        """Go back in it."""
        for part in self.query(Background):
            part.action_page_up()

    def action_return(self) -> None:
        """Go back to the claim before."""
        self._go(self._at - 1)

    def action_edit(self) -> None:
        """Open the file in the editor."""
        row = self.desk.view.row(self.targets()[0]) if self.desk.view and self.item else None
        if row is not None:
            start, _ = row.entry.document.span_of(("claim",))
            self.desk.edit(row.file, row.entry.document.source.position(start)[0])

    def action_to_ratings(self) -> None:
        """Go back to the ratings; from there leave, after a question where something was begun."""
        if self.focused is not None and self.focused is self.query_one(Reason):
            self.set_focus(self.query_one(RateGrid))
            return
        if not self.unsaved:
            self._leave(agreed=True)
            return
        question = ask(f"Leave, and lose {self.unsaved}?", "Lose it", "Stay")
        self.app.push_screen(question, lambda agreed: self._leave(agreed=bool(agreed)))

    @property
    def unsaved(self) -> str:
        """What was typed here and would be lost."""
        self._keep_draft()
        number = len(self._begun)
        return f"{count(number, 'reason')} that you typed and did not save" if number else ""

    @property
    def drafts(self) -> list[Draft]:
        """What was typed and is not saved, a draft for each claim; that of the claim shown is the last."""
        self._keep_draft()
        found = sorted(self._begun.items(), key=lambda item: item[0] in self.targets())
        return [
            Draft("review", (file,), {"rating": str(begun.rating or ""), "why": begun.why})
            for file, begun in found
        ]

    def _leave(self, *, agreed: bool) -> None:
        if agreed:
            for file in self.targets():
                self.desk.stand_on(file)
            self.dismiss(None)


def _acceptable(item: Queued | None) -> bool:
    return item is not None and any(why.reason in ACCEPTABLE for why in item.reasons)
