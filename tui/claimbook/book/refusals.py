"""What can keep a book from doing what it is asked, each with its own sentence."""

from typing import TYPE_CHECKING, Any

from claimbook.text import one_line

if TYPE_CHECKING:
    from claimbook.book.errors import ConflictError
    from claimbook.record.nodes import Path


class BookError(Exception):
    """Something that a book cannot do; its text says what, and what to do."""


class NoBook(BookError):  # noqa: N818 - reads as what happened
    """There is no book here."""

    def __init__(self, place: str) -> None:
        """Name the folder that was searched from."""
        super().__init__(
            f"There is no book in {one_line(place)} or above it (a book has a folder claims/): "
            "begin one with `claimbook init`, or look at one with `claimbook init --example`."
        )


class NoSuchClaim(BookError):  # noqa: N818 - reads as what happened
    """No claim has this id."""

    def __init__(self, identifier: str, guess: str | None, what: str = "claim") -> None:
        """Name the id that was asked for, and the nearest that there is."""
        hint = f"did you mean {guess}?" if guess else f"`claimbook {_LISTS[what]}` names them all."
        super().__init__(f"There is no {what} {one_line(identifier)[:80]}: {hint}")


class BrokenRecord(BookError):  # noqa: N818 - reads as what happened
    """The record cannot be read, so nothing is done to it."""

    def __init__(self, place: str, message: str) -> None:
        """Name the first thing wrong and where it is."""
        super().__init__(f"{place}: {one_line(message)} Until then the file is left alone.")


class Refused(BookError):  # noqa: N818 - reads as what happened
    """Nothing was written."""


_LISTS = {"claim": "list", "article": "article list"}


class Overtaken(Refused):
    """Somebody else has changed the same value since it was read; carries both."""

    def __init__(self, place: str, path: "Path", mine: Any, theirs: Any) -> None:
        """Name the value, what was to be written and what stands there now."""
        self.path = path
        """The value that both changed."""
        self.mine = mine
        """What was to be written."""
        self.theirs = theirs
        """What stands there now."""
        self.file = place
        """The file that it is in."""
        self.texts: ConflictError | None = None
        """The file as it was read, as it was to become and as it is, where these can be told apart."""
        super().__init__(
            f"{place}: `{path[-1]}` reads `{theirs}` now, since somebody changed it, and was to become "
            f"`{mine}`. Nothing was written: look at it, and say it again."
        )
