"""Starting commands, against starting what they cannot do without."""

import subprocess
import sys
from pathlib import Path

from measure import REPOSITORY, median

_PROGRAM = str(Path(sys.executable).parent / "claimbook")


def rows() -> list[tuple[str, float, str, float]]:
    """Start the program in this repository's book."""
    click = median(lambda: _run(sys.executable, "-c", "import click"))
    sqlite = median(lambda: _run(sys.executable, "-c", "import click, sqlite3"))
    return [
        ("claimbook --version", median(lambda: _run(_PROGRAM, "--version")), "import click", click),
        ("claimbook list", median(lambda: _run(_PROGRAM, "list")), "import click, sqlite3", sqlite),
        ("claimbook check", median(lambda: _run(_PROGRAM, "check")), "import click, sqlite3", sqlite),
    ]


def _run(*words: str) -> None:
    subprocess.run(words, cwd=REPOSITORY, capture_output=True, check=False)
