"""What a form asks, and what becomes of the answers: boxes, and the changes that they make to a claim."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from claimbook.app.view import View
from claimbook.record.changes import Change
from claimbook.record.dates import PartialDate
from claimbook.record.model import Claim
from claimbook.review.adding import Unfit
from claimbook.review.aside import shelve_changes, snooze_changes, take_up_changes
from claimbook.review.when import read_ahead

Values = Mapping[str, str]
"""What stands in the boxes, by name; empty where nothing does."""


@dataclass(frozen=True, slots=True)
class Box:
    """One thing that a form asks."""

    name: str
    """What the values call it."""
    label: str
    """What stands before it."""
    words: tuple[str, ...] = ()
    """The words to choose from; empty where it is free text."""
    known: Sequence[str] = ()
    """What the book has already, to be completed."""
    hint: str = ""
    """What to write, while nothing is."""
    several: bool = False
    """Whether it takes several, separated by commas."""


@dataclass(frozen=True, slots=True)
class Task:
    """A form, and what it does."""

    title: str
    """What the form is for."""
    step: str
    """What undo calls it, before `on` and the claim."""
    boxes: tuple[Box, ...]
    """What it asks."""
    make: Callable[[Values, Claim], Sequence[Change]]
    """Return the changes to a claim; raises Unfit about the first answer that will not do."""

    @property
    def name(self) -> str:
        """What a draft of it is called: `evidence`, `snooze`."""
        return self.step.lower().replace(" ", "-")


def snooze(view: View) -> Task:
    """Ask until when claims are to stay out of the queue."""
    today = view.seen_from.today

    def until(values: Values) -> PartialDate:
        if not values["until"]:
            raise Unfit("until", "Write a day, a month or a year.", missing=True)
        try:
            return read_ahead(values["until"], today)
        except ValueError as error:
            raise Unfit("until", str(error)) from None

    def make(values: Values, claim: Claim) -> Sequence[Change]:
        return snooze_changes(claim, until(values))

    box = Box("until", "Until", hint="tomorrow, +2w, +3m, 2027, 2027-03-01")
    return Task("Snooze", "Snooze", (box,), make)


def shelve(view: View) -> Task:
    """Ask why claims are to be shelved."""
    today = view.seen_from.today
    box = Box("why", "Why", hint="not checkable, not worth it …; may stay empty")
    return Task("Shelve", "Shelve", (box,), lambda values, claim: shelve_changes(claim, values["why"], today))


def take_up() -> Task:
    """Take claims from the shelf; nothing is asked."""
    return Task("Take from the shelf", "Take up", (), lambda _, claim: take_up_changes(claim))
