"""One row a claim, for spreadsheets: RFC 4180 in UTF-8, and no cell that a spreadsheet would run.

A cell that begins with `=`, `+`, `-` or `@` is a formula to a spreadsheet, quotation marks around it
change nothing, and a tab or a line break before it only hides it. Such a sign gets an apostrophe in front,
as OWASP advises ("CSV Injection"). So does one after a semicolon, comma, bar, tab or line break inside a
cell: where the semicolon separates lists, as in Dutch, Excel takes the file apart there. Characters that
act on a terminal are written as `visible()` shows them.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from claimbook.book.entry import Entry
from claimbook.record.dates import PartialDate
from claimbook.record.model import Claim
from claimbook.record.summary import Summary
from claimbook.record.terms import Bearing
from claimbook.review.flags import flags
from claimbook.review.origins import claim_origins
from claimbook.review.words import Standpoint
from claimbook.text import visible

FORMULA = "=+-@＝＋－＠"
"""Signs that begin a formula, also in the wide forms of Chinese and Japanese keyboards."""

_SEPARATORS = ";,|"
_BREAKS = "\t\n"


class Row(NamedTuple):
    """What stands in a row; the names are the file's first line, and lists are joined by semicolons."""

    id: str
    """The claim's id."""
    file: str
    """The path relative to the book."""
    claim: str
    """The sentence that is judged."""
    kind: str
    """What sort of statement it is."""
    status: str
    """Where it stands."""
    rating: str | None
    """The last verdict's rating."""
    confidence: str | None
    """How sure the reviewer is of it."""
    why: str | None
    """The last verdict's reason."""
    as_of: PartialDate | None
    """The moment that the last verdict judges."""
    judged: PartialDate | None
    """When it was given."""
    judged_by: str | None
    """Who gave it."""
    verdicts: int
    """How many verdicts there are."""
    due: PartialDate | None
    """The last moment it can still come true."""
    review_on: PartialDate | None
    """When to look again."""
    assigned: str | None
    """Who looks after it."""
    about: str
    """The companies, people and things it is about."""
    tags: str
    """Its subjects."""
    said: PartialDate | None
    """The date of its earliest source."""
    publishers: str
    """Who published its sources."""
    articles: str
    """The ids of the book's articles that it is drawn from."""
    sources: int
    """How many sources it has."""
    origins_min: int
    """The least number of independent origins."""
    origins_max: int
    """The most."""
    supports: int
    """How many pieces of evidence support it."""
    refutes: int
    """How many refute it."""
    context: int
    """How many are context."""
    flags: str
    """What is worked out about it, such as `overdue`."""


def pieces(entries: Iterable[Entry], seen_from: Standpoint) -> Iterator[str]:
    """Write the names of the columns, then a row for each record that can be read, row by row."""
    yield _line(Row._fields)
    for entry in entries:
        if entry.claim is not None and entry.summary is not None:
            row = _row(entry.claim, entry.summary, seen_from)
            yield _line(defused("" if cell is None else str(cell)) for cell in row)


def defused(text: str) -> str:
    """Return a cell's text as one that no spreadsheet runs and no terminal obeys."""
    shown = visible(text)
    cuts = [at for at, char in enumerate(shown) if char in FORMULA and _begins_a_cell(shown, at)]
    parts = [shown[start:end] for start, end in zip([0, *cuts], [*cuts, len(shown)], strict=True)]
    whole = "'".join(parts)
    return f"'{whole}" if whole[:1] in tuple(_BREAKS) else whole


def _begins_a_cell(text: str, at: int) -> bool:
    """Tell whether some spreadsheet may take the sign at an offset for the first of a cell."""
    while at and (text[at - 1] == '"' or text[at - 1].isspace()):
        at -= 1
        if text[at] in _BREAKS:
            return True
    return at == 0 or text[at - 1] in _SEPARATORS


def _row(claim: Claim, summary: Summary, seen_from: Standpoint) -> Row:
    last = claim.verdicts[-1] if claim.verdicts else None
    origins = claim_origins(summary, seen_from.names)
    bearings = [item.bearing for item in claim.evidence]
    return Row(
        id=summary.id,
        file=summary.file,
        claim=summary.claim,
        kind=summary.kind,
        status=summary.status,
        rating=summary.rating,
        confidence=last.confidence if last else None,
        why=last.why if last else None,
        as_of=last.as_of if last else None,
        judged=summary.judged,
        judged_by=last.by if last else None,
        verdicts=len(claim.verdicts),
        due=summary.due,
        review_on=summary.review_on,
        assigned=summary.assigned,
        about=_list(summary.about),
        tags=_list(summary.tags),
        said=min((source.date for source in summary.sources if source.date), default=None),
        publishers=_list(source.publisher for source in summary.sources),
        articles=_list(summary.articles),
        sources=len(summary.sources),
        origins_min=origins.least,
        origins_max=origins.most,
        supports=bearings.count(Bearing.SUPPORTS),
        refutes=bearings.count(Bearing.REFUTES),
        context=bearings.count(Bearing.CONTEXT),
        flags=_list(flags(summary, seen_from.today, seen_from.names)),
    )


def _list(values: Iterable[object]) -> str:
    return "; ".join(dict.fromkeys(str(value) for value in values if value is not None))


def _line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()
