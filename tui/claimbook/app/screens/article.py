"""The article screen: a text with what claims quote of it, and the way from its words to a new claim."""

import asyncio
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from claimbook.app.keymap import bindings
from claimbook.app.lettering import Line, Paragraph, Span, label
from claimbook.app.screens.newclaim import NewClaimDialog
from claimbook.app.screens.room import Room
from claimbook.app.spoken import count, spoken
from claimbook.app.stops import Stop, markings, named, overview, stops_in, told, within
from claimbook.app.view import View
from claimbook.app.widgets.articletext import ArticleText
from claimbook.app.widgets.keyline import KeyLine
from claimbook.app.widgets.title import Title
from claimbook.app.widgets.toned import Paragraphs
from claimbook.book.article import Article  # noqa: TC001 - as everywhere here
from claimbook.review.anchoring import anchor
from claimbook.review.candidates import Candidate, candidates


class ArticlePanel(Paragraphs, can_focus=False):
    """What is known of the words at the cursor."""


class ArticleScreen(Room):
    """Shows one article; its claims are a key away."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("article", "panes")
    CONTEXTS = ("article", "article-text", "text", "panes", "everywhere")

    def __init__(self, identifier: str, file: str = "") -> None:
        """Take the article's id, and the file of the claim to begin at."""
        super().__init__()
        self._known_as = identifier
        self._begin_at = file
        self._article: Article | None = None
        self._stops: list[Stop] = []
        self._here: int | None = None
        self._jumped_to: int | None = None
        self._candidates: list[Candidate] | None = None

    def compose(self) -> ComposeResult:
        """Lay out the text, and the panel below it or beside it."""
        yield Title()
        with Container(id="article-body"):
            yield ArticleText(id="article-text")
            yield ArticlePanel(id="article-panel")
        yield KeyLine()

    def on_mount(self) -> None:
        """Stand in the text, at the claim's quote."""
        # Textual sets these classes only after a first layout, and a long text is not to be set twice.
        for width, name in self.HORIZONTAL_BREAKPOINTS:
            self.set_class(self.app.size.width >= width, name)
        super().on_mount()
        text = self.query_one(ArticleText)
        if (first := self._first) is not None:
            text.cursor = self._stops[first].start or 0
        self.set_focus(text)
        self.call_after_refresh(self._begin)

    def show_view(self, view: View) -> None:
        """Show the article as it is now; the cursor stays where it is."""
        before = self._stops[self._here] if self._here is not None else None
        article = view.articles.get(self._known_as)
        if self._candidates is not None and article is not None and article is not self._article:
            self._candidates = candidates(article)
        self._article = article
        self._stops = stops_in(view, article, self._candidates or ()) if article else []
        self._here = next((i for i, stop in enumerate(self._stops) if before and stop.is_like(before)), None)
        text = self.query_one(ArticleText)
        text.here = -1 if self._here is None else self._here
        text.show_text(article.text if article else "", list(markings(self._stops, view.labels)))
        self._tell()

    def action_next_passage(self) -> None:
        """Go to the next stop."""
        cursor = self._find_out().cursor
        after = (i for i, stop in enumerate(self._stops) if stop.start is None or stop.start > cursor)
        self._jump(self._here + 1 if self._here is not None else next(after, len(self._stops) - 1))

    def action_previous_passage(self) -> None:
        """Go to the stop before."""
        cursor = self._find_out().cursor
        before = [i for i, stop in enumerate(self._stops) if stop.start is not None and stop.start < cursor]
        self._jump(self._here - 1 if self._here is not None else (before or [0])[-1])

    def action_candidates(self) -> None:
        """Show the sentences that look like claims, or hide them."""
        if self._candidates is None:
            self._suggest()
        else:
            self._candidates = None
            self._show_again()

    def action_articles(self) -> None:
        """Choose another article."""
        from claimbook.app.screens.articles import Articles

        self.app.push_screen(Articles())

    def action_to_claim(self) -> None:
        """Go to the claim at the cursor, on the desk."""
        self._find_out()
        stop = self._stops[self._here] if self._here is not None else None
        if stop is None or stop.row is None:
            self.notify("No claim quotes the words at the cursor: ] goes to the next that one does.")
            return
        self.desk.stand_on(stop.row.file)
        while len(self.app.screen_stack) > 1:
            self.app.pop_screen()

    def action_back(self) -> None:
        """Let the selection go, or else go back."""
        text = self.query_one(ArticleText)
        if text.selecting_from is not None:
            text.unselect()
        else:
            self.dismiss(None)

    def action_new_claim(self) -> None:
        """Make a claim of what is selected, of the candidate or of the sentence at the cursor."""
        text, article, view = self._find_out(), self._article, self.desk.view
        place = text.selection or self._candidate_here or text.sentence_here()
        if article is None or view is None or place is None:
            self.notify(
                "Nothing is selected: s selects a sentence, v begins a selection.", severity="warning"
            )
            return
        quote = anchor(article, *place)
        if quote is None:
            self.notify("These words do not tell their place: select more of them.", severity="warning")
            return
        text.select(*place)
        self.app.push_screen(NewClaimDialog(article, quote, view), self._made)

    def _made(self, file: str | None) -> None:
        """Stand on the new claim's passage."""
        if file is None:
            return
        self.query_one(ArticleText).unselect()
        made = next((i for i, stop in enumerate(self._stops) if stop.row and stop.row.file == file), None)
        if made is not None:
            self._jump(made)

    @property
    def _candidate_here(self) -> tuple[int, int] | None:
        stop = self._stops[self._here] if self._here is not None else None
        found = stop.candidate if stop else None
        return (found.start, found.end) if found else None

    @work(group="suggest", exclusive=True)
    async def _suggest(self) -> None:
        """Look for sentences that look like claims, in a thread."""
        article = self._article
        if article is None:
            return
        found = await asyncio.to_thread(candidates, article)
        if self._article is article:
            self._candidates = found
            self._show_again()
            if not any(stop.candidate for stop in self._stops):
                self.notify("No other sentence looks like a claim.")

    def _show_again(self) -> None:
        if self.desk.view is not None:
            self.show_view(self.desk.view)

    @property
    def _first(self) -> int | None:
        """The stop to begin at: the claim's first quote here."""
        stops = enumerate(self._stops)
        return next((i for i, stop in stops if stop.row and stop.row.file == self._begin_at), None)

    def _begin(self) -> None:
        if (first := self._first) is not None:
            self._jump(first)

    def _jump(self, number: int) -> None:
        """Go to a stop."""
        if not self._stops:
            self.notify("No claim quotes this article yet.")
            return
        self._here = max(0, min(number, len(self._stops) - 1))
        stop, text = self._stops[self._here], self.query_one(ArticleText)
        text.here = self._here
        if stop.start is not None:
            self._jumped_to = stop.start
            text.go_to(stop.start, until=stop.end)
        else:
            self._jumped_to = text.cursor
            text.unselect()
        self._tell()

    @on(ArticleText.Moved)
    def _look(self) -> None:
        """See what is at the cursor, and tell it."""
        text = self._find_out()
        text.refresh()
        self._tell()

    def _find_out(self) -> ArticleText:
        """See what is at the cursor; keys may come before the text's own message that it moved."""
        text = self.query_one(ArticleText)
        here = text.stops_at(text.cursor)
        if text.cursor != self._jumped_to:
            self._jumped_to = None
            self._here = here[0] if here else None
        text.here = -1 if self._here is None else self._here
        return text

    def _tell(self) -> None:
        view = self.desk.view
        if view is not None:
            self._tell_title(view)
            self.query_one(ArticlePanel).set_paragraphs(self._panel(view))

    def _tell_title(self, view: View) -> None:
        article = self._article
        name = (article.head.title or article.id) if article else self._known_as
        left: Line = (label(name, "strong"),)
        if article:
            left += (Span("  "), label(f"{article.head.publisher}, {spoken(article.head.date)}"))
        place = f"{self._here + 1} of " if self._here is not None else ""
        what = count(len(self._stops), "passage")
        right = label(f"{place}{what}" if self._stops else view.name)
        self.query_one(Title).show(left, (Span(" "), right))

    def _panel(self, view: View) -> list[Paragraph]:
        """Tell what is selected and what is at the cursor."""
        text = self.query_one(ArticleText)
        if self._article is None:
            return [
                Paragraph(
                    (label(f"✗ The article {self._known_as} is gone from the book. Esc goes back.", "bad"),)
                )
            ]
        if (chosen := text.selection) is not None:
            return self._selected(view, *chosen)
        if self._here is None:
            return list(overview(self._stops))
        return list(told(view, self._stops, self._here, text.stops_at(text.cursor)))

    def _selected(self, view: View, start: int, end: int) -> list[Paragraph]:
        """Tell what is selected, and which claims quote something of it."""
        size = count(end - start, "character")
        what = (Span(f"{size} selected: ", "strong"), Span("n makes a claim of them, Esc lets go."))
        return [Paragraph(what), *named(view, within(self._stops, start, end), "quoted by ")]
