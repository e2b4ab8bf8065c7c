"""What wants a look, for the title and the side: the queue's reasons, each with the files that it brings up."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

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
