"""Looking at the folders of a book: the files to be read, and what is odd about what lies there."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from claimbook.book.listing import Listed, listed
from claimbook.book.places import ARTICLES, CLAIMS
from claimbook.index.stamps import is_settled, stamp

if TYPE_CHECKING:
    from claimbook.record.diagnostics import Diagnostic


class Look:
    """One look at the folders."""

    def __init__(self, root: Path) -> None:
        """Take the book's folder."""
        self.stray: list[Diagnostic] = []
        """What is wrong with names, and with things that are no files, as far as they were looked at."""
        self.settled = True
        """Whether none of the files was changed so shortly before that it is not to be trusted."""
        self._root = root

    def articles(self) -> Iterator[tuple[str, int | None]]:
        """Yield the articles in the order of their paths, with their stamps; None where it is not trusted."""
        return self._files(ARTICLES, ".md")

    def claims(self) -> Iterator[tuple[str, int | None]]:
        """Yield the claim files, likewise."""
        return self._files(CLAIMS, ".yaml")

    def _files(self, top: str, ending: str) -> Iterator[tuple[str, int | None]]:
        for item in listed(self._root, top, ending):
            if not isinstance(item, Listed):
                self.stray.append(item)
            elif is_settled(item.stat):
                yield item.file, stamp(item.file, item.stat)
            else:
                self.settled = False
                yield item.file, None
