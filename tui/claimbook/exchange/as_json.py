"""Whole records as JSON, for programs: what the files say, and nothing that is worked out."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from claimbook.book.entry import Entry
from claimbook.exchange.escaping import safe_json

SCHEMA = 1
"""The version of the format; it grows when a key changes its meaning or goes."""


def pieces(entries: Iterable[Entry], broken: Sequence[Entry] = ()) -> Iterator[str]:
    """Write `{"schema", "claims": [record], "broken": [{"file", "errors"}]}`, piece by piece.

    A record has its `id` and `file`, then the keys of its file; dates, ratings and the like are texts.
    """
    yield f'{{\n  "schema": {SCHEMA},\n  "claims": ['
    comma = ""
    for entry in entries:
        if entry.claim is None:
            continue
        record = {"id": entry.id, "file": entry.file, **entry.claim.model_dump(mode="json", by_alias=True)}
        yield f"{comma}\n{textwrap.indent(safe_json(record), '    ')}"
        comma = ","
    faults = [{"file": entry.file, "errors": len(entry.errors)} for entry in broken]
    yield f'\n  ],\n  "broken": {safe_json(faults, indent=None)}\n}}\n'
