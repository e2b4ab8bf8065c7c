"""The sidebar: what there is, how much of it, and a way to see only that."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from textual.message import Message

from claimbook.app.facets import Facet, facets
from claimbook.app.lettering import Line, Span, between, label
from claimbook.app.view import View
from claimbook.app.widgets.rows import RowList


class Item(NamedTuple):
    """A row of the sidebar."""

    text: str
    """What it says."""
    number: int | None = None
    """How many there are; None for headings."""
    target: Facet | str | None = None
    """What choosing it does: a facet, the text of a saved filter, or None for a heading."""


PROBLEMS = "problems"
"""The target of the row that opens the problems."""


class Sidebar(RowList):
    """All claims, the problems, the queue, statuses, flags, saved filters and names, each with its number."""

    ONE_CLICK = True

    class Took(Message):
        """Something at the side was chosen."""

        def __init__(self, item: Item) -> None:
            self.item = item
            super().__init__()

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._items: list[Item] = []
        self._chosen: Facet = Facet()

    @property
    def items(self) -> list[Item]:
        """What stands in it."""
        return self._items

    def show_view(self, view: View, chosen: Facet, saved: Mapping[str, str]) -> None:
        """Show what a book has, one facet being the chosen one."""
        here = self._items[self.cursor].target if self.cursor < len(self._items) else chosen
        self._chosen = chosen
        self._items = list(_items(view, saved))
        targets = [item.target for item in self._items]
        self.show_rows(len(targets), targets.index(here) if here in targets else 0)

    def line(self, index: int, width: int) -> Line:
        """Return a row: the chosen one has a bar, headings no number."""
        item = self._items[index]
        if item.target is None:
            return (Span(" "), label(item.text, "strong"))
        chosen = item.target == self._chosen
        lead = Span("▌" if chosen else " ", "strong")
        name = label(item.text, "strong" if chosen else "")
        number = (
            () if item.number is None else (Span(f"{item.number:,} ", "quiet" if not item.number else ""),)
        )
        return between((lead, Span(" "), name), number, width)

    def can_stand_on(self, index: int) -> bool:
        """Tell a choice from a heading."""
        return self._items[index].target is not None

    def action_choose(self) -> None:
        """Choose the row at the cursor."""
        if self._items:
            self.post_message(self.Took(self._items[self.cursor]))


def _items(view: View, saved: Mapping[str, str]) -> Iterator[Item]:
    yield Item("All claims", view.tallies.rows, Facet())
    if view.tallies.queued:
        yield Item("To review", view.tallies.queued, Facet("queue"))
    if view.problems:
        yield Item("Problems", len(view.problems), PROBLEMS)
    groups: list[tuple[str, list[Item]]] = [
        (name, [Item(facet.value or facet.sort, number, facet) for facet, number in found])
        for name, found in facets(view)
    ]
    groups.insert(-1, ("Filters", [Item(name, None, f"/{text}") for name, text in saved.items()]))
    for name, items in groups:
        if items:
            yield Item("")
            yield Item(name)
        yield from (_titled(item, name) for item in items)


def _titled(item: Item, group: str) -> Item:
    return (
        item
        if group in ("About", "Filters")
        else item._replace(text=item.text.replace("-", " ").capitalize())
    )
