"""What an index answers with: claims as they stand in lists, in the queue and in counts."""

import json
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from claimbook.index.question import FLAGS
from claimbook.record.ratings import Rating, Status
from claimbook.review.words import Flag, Reason, Why

if TYPE_CHECKING:
    from claimbook.record.diagnostics import Diagnostic

COLUMNS = (
    "claims.place, claims.file, claims.id, claims.claim, claims.status, claims.rating, claims.due, "
    "claims.plain, claims.broken, claims.flags, claims.overdue_since"
)
"""The columns that make a `Listing`; words as the table has them do for the enumerations' own, as they are
equal and hash alike."""


class Listing(NamedTuple):
    """A claim file, as it stands in a list."""

    place: int
    """Its place in the index."""
    file: str
    """The path relative to the book."""
    id: str
    """The file's stem."""
    claim: str | None
    """The sentence that is judged; None where the record is broken."""
    status: Status | None
    """Where it stands, None where the record is broken."""
    rating: Rating | None
    """The rating of the last verdict."""
    due: str | None
    """The last moment it can still come true, as it is written."""
    plain: bool
    """Whether id and sentence are shown as they are, a cell for each character."""
    broken: bool
    """Whether the record cannot be read."""
    bits: int
    """The flags that do not depend on the day, a bit each."""
    overdue_since: int | None
    """The first day on which it is overdue, as an ordinal."""

    def flags(self, today: date) -> tuple[Flag, ...]:
        """Return its flags as of a day, in the order of the class."""
        late = self.overdue_since is not None and self.overdue_since <= today.toordinal()
        bits = self.bits | (FLAGS[Flag.OVERDUE] if late else 0)
        return tuple(flag for flag, bit in FLAGS.items() if bits & bit)


Line = tuple[bool, str, str | None, str, str, str | None, int]
"""A claim, as a line of the list tells it: whether id and sentence are plain, a cell for each character;
status, rating, id, sentence, the last moment it can come true, and the place. There may be very many: bare
tuples do."""

LINE = "claims.plain, claims.status, claims.rating, claims.id, claims.claim, claims.due, claims.place"
"""The columns that make one."""


class Detail(NamedTuple):
    """More of a claim, as machines are told."""

    kind: str
    """What sort of statement it is."""
    about: list[str]
    """What it is about."""
    tags: list[str]
    """Its subjects."""
    articles: int
    """How many articles it is drawn from."""
    least: int
    """The least number of origins."""
    most: int
    """The most."""


class Broken(NamedTuple):
    """A record that cannot be read."""

    file: str
    """The path relative to the book."""
    id: str
    """The file's stem."""
    errors: "tuple[Diagnostic, ...]"
    """What keeps it from being read; never empty."""


class Queued(NamedTuple):
    """A claim that wants a look."""

    listing: Listing
    """The claim."""
    reasons: tuple[Why, ...]
    """Why, the weightiest first."""


class Tallies(NamedTuple):
    """How many claims there are of each sort."""

    claims: int
    """All that can be read."""
    broken: int
    """Records that cannot be read."""
    articles: int
    """Articles that can be read."""
    files: int
    """Claim files and article files, whether they can be read or not."""
    statuses: Counter[Status]
    """By status."""
    flags: Counter[Flag]
    """By flag, as of the day."""
    queued: int
    """Those that want a look, as of the day."""
    reasons: Counter[Reason]
    """By each reason for which they do, as of the day."""
    about: Counter[str]
    """By company, person or thing, each under the name that is meant."""
    errors: int
    """Errors that are known."""
    warnings: int
    """Warnings that are known."""

    @property
    def problems(self) -> int:
        """Errors and warnings that are known."""
        return self.errors + self.warnings

    def packed(self) -> str:
        """Return all of it as JSON."""
        return json.dumps(self)

    @classmethod
    def unpack(cls, text: str) -> "Tallies":
        """Return what `packed` packed."""
        claims, broken, articles, files, statuses, flags, queued, reasons, about, errors, warnings = (
            json.loads(text)
        )
        return cls(
            claims,
            broken,
            articles,
            files,
            Counter({Status(word): number for word, number in statuses.items()}),
            Counter({Flag(word): number for word, number in flags.items()}),
            queued,
            Counter({Reason(word): number for word, number in reasons.items()}),
            Counter(about),
            errors,
            warnings,
        )

    @property
    def rows(self) -> int:
        """Claim files, whether they can be read or not."""
        return self.claims + self.broken
