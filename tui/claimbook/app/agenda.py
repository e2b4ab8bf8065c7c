"""What wants a look, for the title and the side: the reasons of the queue, with the files of each."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from claimbook.app.view import View, same
from claimbook.record.summary import Summary  # noqa: TC001 - as everywhere here
from claimbook.review.queue import Item, Reason


@dataclass(frozen=True, slots=True)
class Agenda:
    """The queue as the desk lists it."""

    reasons: Mapping[str, frozenset[Reason]] = field(default_factory=dict)
    """Why each file is in the queue."""
    counts: Counter[Reason] = field(default_factory=Counter)
    """How many files each reason brings up."""

    @classmethod
    def of(cls, items: Iterable[Item]) -> "Agenda":
        """Gather the queue by file and by reason."""
        reasons = {item.summary.file: frozenset(why.reason for why in item.reasons) for item in items}
        return cls(reasons, Counter(reason for found in reasons.values() for reason in found))

    def __len__(self) -> int:
        return len(self.reasons)

    def holds(self, reason: str, file: str) -> bool:
        """Tell whether a file is in the queue, for a reason or, where none is named, for any."""
        found = self.reasons.get(file, frozenset())
        return reason in found if reason else bool(found)


class Planner:
    """Keeps the agenda of the latest view, and works it out anew only where what it rests on has changed."""

    def __init__(self) -> None:
        self._basis: object = None
        self._found: list[Summary] = []
        self._agenda = Agenda()

    def agenda(self, view: View) -> Agenda:
        """Return the agenda of a view; it may take its time, so ask for it in a thread, one at a time."""
        basis = (view.seen_from, view.patience)
        found = [row.summary for row in view.rows if row.summary is not None]
        if basis != self._basis or not same(found, self._found):
            self._basis, self._found, self._agenda = basis, found, Agenda.of(view.queue)
        return self._agenda
