"""How often things are tried: few times in the suite, many with `--torture`, and the figures of that.

`make torture` runs the same tests as the suite, with the larger counts. Each says what it tried and what came
of it; the figures go into `tests/torture/results.md`, a row for each, which SECURITY.md quotes.
"""

import os
import platform
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).parent / "torture" / "results.md"
_ROW = re.compile(r"^\| (?!what|---)(?P<what>.+?) \|", re.MULTILINE)
_HEAD = """\
# What `make torture` found

Each row is a test of the suite with a larger count, which fails where a promise is broken. A row is replaced
when its test runs again.

| what was tried | how often | what came of it | when |
| --- | --- | --- | --- |
"""


@dataclass
class Torture:
    """Whether this is torture, and what it has found."""

    is_on: bool
    """Whether the large counts are asked for."""
    rows: dict[str, str] = field(default_factory=dict)
    """The rows of the table, by what was tried."""
    tried: Counter[str] = field(default_factory=Counter)
    """How often each was tried."""

    def times(self, usual: int, torture: int) -> int:
        """Return how often something is to be tried."""
        return torture if self.is_on else usual

    def tell(self, what: str, tried: int, outcome: str) -> None:
        """Take down what came of something in the table; several tests may add to one row."""
        self.tried[what] += tried
        self.rows[what] = f"| {what} | {self.tried[what]:,} | {outcome} | {datetime.now(UTC).date()} |"
        if self.is_on:
            self.write()  # at once, as somebody may put an end to a torture that takes hours

    def write(self, path: Path = RESULTS) -> str:
        """Bring the table up to date, and return it; rows of tests that were not run stay."""
        known = path.read_text() if path.exists() else ""
        rows = {m["what"]: line for line in known.splitlines() if (m := _ROW.match(line))} | self.rows
        text = f"{_HEAD}{''.join(f'{row}{chr(10)}' for _, row in sorted(rows.items()))}\n{_machine()}\n"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        return text


def _machine() -> str:
    return (
        f"Last run on {platform.system()} {platform.release()}, {os.cpu_count()} processors, "
        f"Python {sys.version.split()[0]}."
    )
