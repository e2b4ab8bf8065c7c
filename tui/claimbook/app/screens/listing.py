"""What the claim at the cursor of a list leads to: its article, its origins, its file in the editor."""

from claimbook.app.screens.acts import ActingRoom
from claimbook.app.widgets.claims import ClaimList
from claimbook.text import one_line


class ListingRoom(ActingRoom):
    """A screen with a list of claims, and the ways from the one at the cursor to the other screens."""

    def action_article(self) -> None:
        """Read the article of the claim at the cursor, or choose one."""
        from claimbook.app.screens.article import ArticleScreen
        from claimbook.app.screens.articles import Articles

        row, view = self.query_one(ClaimList).row, self.desk.view
        if row is None or view is None:
            self.action_articles()
            return
        found = list(dict.fromkeys(q.article for q in row.entry.quotes if q.article in view.articles))
        if len(found) == 1:
            self.app.push_screen(ArticleScreen(found[0], row.file))
            return
        if not found:
            self.notify("This claim quotes no article of the book: here are all of them.")
        self.app.push_screen(Articles(found, row.file))

    def action_articles(self) -> None:
        """Choose an article to read."""
        from claimbook.app.screens.articles import Articles

        self.app.push_screen(Articles())

    def action_origins(self) -> None:
        """See who has the claim from whom."""
        from claimbook.app.screens.origins import Origins

        claims = self.query_one(ClaimList)
        if claims.row is not None:
            self.app.push_screen(Origins(claims.files(), claims.row.file))
        else:
            self.tell_none()

    def action_timeline(self) -> None:
        """See when the claims listed were said, denied and judged."""
        from claimbook.app.screens.timeline import Timeline

        claims = self.query_one(ClaimList)
        if claims.row is not None:
            self.app.push_screen(Timeline(claims.files(), claims.row.file))
        else:
            self.tell_none()

    def action_track(self) -> None:
        """See who was right how often."""
        from claimbook.app.screens.track import Track

        self.app.push_screen(Track())

    def action_edit(self) -> None:
        """Open the file in the editor, at what is wrong with it or at the claim."""
        row, view = self.query_one(ClaimList).row, self.desk.view
        if row is not None and view is not None:
            found = view.problems_of(row.file)
            start, _ = row.entry.document.span_of(("claim",))
            line = found[0].span.line if found else row.entry.document.source.position(start)[0]
            self.desk.edit(row.file, line)
        else:
            self.tell_none()

    def action_links(self) -> None:
        """Choose an address to open."""
        from claimbook.app.screens.links import Links, links_of

        row, view = self.query_one(ClaimList).row, self.desk.view
        links = links_of(view, row) if view and row else []
        if links:
            self.app.push_screen(Links(links))
        elif row is None:
            self.tell_none()
        else:
            self.notify("This claim has no web address.")

    def action_copy(self) -> None:
        """Copy the claim's id."""
        row = self.query_one(ClaimList).row
        if row is not None:
            self.app.copy_to_clipboard(one_line(row.id))
            self.notify(f"Copied: {row.id}")
        else:
            self.tell_none()
