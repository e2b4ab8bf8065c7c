"""Starting without a book, against importing what the command line cannot do without."""

import subprocess
import sys
from collections.abc import Iterator

from measure import by_turns, run
from rows import Row, beside
from setting import PROGRAM, Setting

TITLE = "Starting"
_NEVER = ("pydantic", "yaml", "textual")


def rows(setting: Setting) -> Iterator[Row]:
    """Ask for the version, and for what a shell completes."""
    env = setting.environment("starting")
    completing = env | {
        "_CLAIMBOOK_COMPLETE": "bash_complete",
        "COMP_WORDS": "claimbook ver",
        "COMP_CWORD": "1",
    }
    words = [sys.executable, "-c", "import click"]
    took = by_turns(
        {
            "click": lambda: run(words, cwd=setting.place, env=env),
            "version": lambda: run([PROGRAM, "--version"], cwd=setting.place, env=env),
            "complete": lambda: run([PROGRAM], cwd=setting.place, env=completing),
        },
        setting.rounds * 3,
    )
    for name, called in (("version", "claimbook --version"), ("complete", "completing a command's name")):
        yield beside(called, took[name], "python -c 'import click'", took["click"], ratio=1.5)


def figures(setting: Setting) -> list[str]:
    """Say which of the heavy libraries these import."""
    env = setting.environment("starting") | {"PYTHONPROFILEIMPORTTIME": "1"}
    completing = env | {
        "_CLAIMBOOK_COMPLETE": "bash_complete",
        "COMP_WORDS": "claimbook ver",
        "COMP_CWORD": "1",
    }
    found = [_imported([str(PROGRAM), "--version"], env), _imported([str(PROGRAM)], completing)]
    heavy = sorted({name for names in found for name in names if name in _NEVER})
    return [f"Of {', '.join(_NEVER)} they import {' and '.join(heavy) or 'none'}."]


def _imported(words: list[str], env: dict[str, str]) -> set[str]:
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=True)
    lines = (line for line in done.stderr.splitlines() if line.startswith("import time:"))
    return {line.rsplit("|", 1)[-1].strip().partition(".")[0] for line in lines}
