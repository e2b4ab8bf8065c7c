"""A file of nearly 1 MB, whatever it consists of, costs no command its way to an end or more than 300 MB.

What it costs in time is a figure of `make torture`, which runs every command on every such file.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import large
from claimbook.cli.commands import COMMANDS
from large import ARTICLES, HAZARDS, SETTINGS
from torturing import Torture

MOST = 300
"""Megabytes that a command may take."""
ENDS = {0, 1, 5, 6}
"""Exit codes that a command may end with: done, errors found, refused, a record that is broken."""
OTHERS = {"init", "edit", "serve", "schema", "completion"}
"""Commands that read nothing which a large file could be."""

SELDOM = {
    "one enormous word",
    "notes of many lines",
    "notes of combining marks",
    "as many sources as are read",
    "many relations",
    "many forecasts",
    "keys of the owner",
    "an article of short lines",
    "an article of one word",
    "an article of brackets",
    "an article of blank lines",
    "settings of one enormous word",
}
"""Files that only `make torture` tries, as others are much like them."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="memory is measured with wait4")


def run(hazard: str, commands: tuple[tuple[str, ...], ...], folder: Path) -> list[large.Ended]:
    words = [sys.executable, large.__file__, hazard, str(folder)]
    done = subprocess.run(words, input=json.dumps(commands), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(told) == len(commands)
    return [large.Ended(tuple(words), *rest) for words, *rest in told]


def chosen(hazard: str, *, everything: bool) -> tuple[tuple[str, ...], ...]:
    """Return the commands that a hazard meets: all, or the one that has the most to do with it."""
    if everything:
        return large.COMMANDS
    if hazard in ARTICLES:
        return (("article", "candidates", "paper"),)
    return (("check",),) if hazard in SETTINGS else (("show", "large"),)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "hazard" in metafunc.fixturenames:
        everything = metafunc.config.getoption("--torture")
        metafunc.parametrize("hazard", [name for name in HAZARDS if everything or name not in SELDOM])


@pytest.mark.torture
def test_a_command_that_meets_a_large_file_comes_to_a_known_end(
    hazard: str, tmp_path: Path, torture: Torture
) -> None:
    ended = run(hazard, chosen(hazard, everything=torture.is_on), tmp_path)

    for one in ended:
        assert one.code in ENDS, one
        assert "Traceback" not in one.said, one
        assert one.megabytes < MOST, one
    slowest, largest = max(ended, key=lambda one: one.seconds), max(ended, key=lambda one: one.megabytes)
    outcome = (
        f"slowest: {slowest.seconds:.2f} s of the processor, `{' '.join(slowest.words[:3])}`; "
        f"most memory: {largest.megabytes:.0f} MB, `{' '.join(largest.words[:3])}`"
    )
    torture.tell(f"commands over 1 MB: {hazard}", len(ended), outcome)


def test_every_command_that_reads_a_book_is_tried() -> None:
    assert {words[0] for words in large.COMMANDS} == set(COMMANDS) - OTHERS


def test_no_file_has_more_than_what_the_promise_speaks_of() -> None:
    assert [name for name, (_, make) in HAZARDS.items() if len(make().encode()) >= large.MB] == []
