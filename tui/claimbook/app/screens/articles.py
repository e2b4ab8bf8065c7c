"""The list of articles, to choose one to read."""

from collections import Counter
from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from claimbook.app.keymap import bindings
from claimbook.app.lettering import Line, Span, between, label, pad
from claimbook.app.screens.article import ArticleScreen
from claimbook.app.screens.room import Room
from claimbook.app.spoken import count
from claimbook.app.view import View
from claimbook.app.widgets.keyline import KeyLine
from claimbook.app.widgets.rows import RowList
from claimbook.app.widgets.title import Title, book_name
from claimbook.app.widgets.toned import Wrapped
from claimbook.book.article import Article

_CLAIMS = 11


class ArticleList(RowList):
    """Articles: the day, who published it, its title, and how many claims are drawn from it."""

    def __init__(self) -> None:
        super().__init__(id="articles-list")
        self.articles: Sequence[Article] = ()
        self.counted: Counter[str] = Counter()
        self.preferred: Sequence[str] = ()

    def line(self, index: int, width: int) -> Line:
        """Return an article's row."""
        item = self.articles[index]
        lead = Span("▌" if index == self.cursor else " ", "strong")
        mark = Span("•" if item.id in self.preferred else " ", "match" if item.id in self.preferred else "")
        day = pad((label(str(item.head.date), "quiet"),), 12)
        publisher = pad((label(item.head.publisher),), min(20, width // 5))
        claims = (Span(f" {count(self.counted[item.id], 'claim')} ", "quiet"),)
        changed = (Span(" ! changed", "bad"),) if item.is_changed else ()
        start = (lead, mark, *day, *publisher, Span(" "))
        room = width - 3 - 12 - min(20, width // 5)
        return (*start, *between((label(item.head.title or item.id, "strong"),), (*changed, *claims), room))


class Articles(Room):
    """Lists the articles, those of a claim first."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("articles", "panes")
    CONTEXTS = ("articles", "list", "panes", "everywhere")

    def __init__(self, preferred: Sequence[str] = (), file: str = "") -> None:
        """Take the ids of the articles to put first, and the file of the claim that quotes them."""
        super().__init__()
        self._preferred = tuple(preferred)
        self._file = file

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        yield Title()
        yield Wrapped(id="articles-note")
        yield ArticleList()
        yield KeyLine()

    def on_mount(self) -> None:
        """Stand in the list."""
        super().on_mount()
        self.set_focus(self.query_one(ArticleList))

    def show_view(self, view: View) -> None:
        """List the articles as they are now, the cursor on the same one."""
        listed = self.query_one(ArticleList)
        here = listed.articles[listed.cursor].id if listed.cursor < len(listed.articles) else ""
        listed.articles = sorted(view.articles.values(), key=self._order)
        listed.counted = view.index.quoted()
        listed.preferred = self._preferred
        self.query_one(Title).show(
            (*book_name(view), Span(" · articles")), (Span(f" {count(len(listed.articles), 'article')}"),)
        )
        self.query_one(Wrapped).say(self._note(view))
        place = next((index for index, item in enumerate(listed.articles) if item.id == here), 0)
        listed.show_rows(len(listed.articles), place)

    def action_back(self) -> None:
        """Go back."""
        self.dismiss(None)

    @on(RowList.Chosen)
    def _open(self) -> None:
        listed = self.query_one(ArticleList)
        item = listed.articles[listed.cursor]
        self.app.push_screen(ArticleScreen(item.id, self._file))

    def _order(self, item: Article) -> tuple[bool, object, str]:
        return item.id not in self._preferred, str(item.head.date), item.id

    def _note(self, view: View) -> Line:
        if not view.articles:
            return (Span("This book has no articles yet: `claimbook article add` takes one in.", "quiet"),)
        if self._preferred:
            return (Span("• the claim is drawn from these", "quiet"),)
        return ()
