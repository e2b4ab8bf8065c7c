"""What can keep a book from doing what it is asked, each with its own sentence."""

from claimbook.text import one_line


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
