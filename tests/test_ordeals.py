"""Every command that writes, killed or failed at each of its file calls."""

import json
import os
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest

import ordeal
from claimbook.cli.commands import COMMANDS
from ordeal import CASES, FAULTS
from torturing import Torture

ANSWERING = {"list", "show", "similar", "queue", "origins", "track", "timeline", "export", "completion"}
"""Commands that write no file of the book."""
OTHERS = {"edit", "doctor", "serve"}
"""Commands that leave the writing to an editor or the desk, or try it in a folder of their own."""
FAILING = ("new", "rename", "article-typed", "check-fix", "undo", "init", "merge-driver")
"""Commands that meet a failure in the suite too; what the others do is what one of these does."""
LASTING = ("verdict", "recovery")
"""Commands that also meet one that lasts there. In `make torture` all meet every error."""

OUTCOMES = (
    "old",
    "old, refused aloud",
    "new",
    "new, refused aloud",
    "old and new",
    "old and new, refused aloud",
)
"""What can be left of the files of a book, in the order in which the table of figures has it."""
FOUND: defaultdict[str, Counter[str]] = defaultdict(Counter)
"""By command, how often each was left."""

Ordeals = dict[tuple[str, str], Future[dict[str, Any]]]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "fault" not in metafunc.fixturenames:
        return
    everything = metafunc.config.getoption("--torture")
    pairs = [(name, fault) for name in CASES for fault in (FAULTS if everything else usual_faults(name))]
    metafunc.parametrize(("name", "fault"), pairs)


def usual_faults(name: str) -> tuple[str, ...]:
    if name in LASTING:
        return ("kill", "mixed", "mixed-lasting")
    return ("kill", "mixed") if name in FAILING else ("kill",)


@pytest.fixture(scope="module")
def ordeals(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ordeals]:
    """Start what the tests of this module ask for, as many at a time as there are processors."""
    wanted = [
        (str(item.callspec.params["name"]), str(item.callspec.params["fault"]))
        for item in request.session.items
        if isinstance(item, pytest.Function) and "ordeals" in item.fixturenames
    ]
    home = tmp_path_factory.mktemp("home")
    environment = {**os.environ, "CLAIMBOOK_TODAY": "2026-11-21", "HOME": str(home), "USER": "ann"}

    def endure(name: str, fault: str) -> dict[str, Any]:
        folder = tmp_path_factory.mktemp(f"{name}-{fault}")
        words = [sys.executable, ordeal.__file__, name, fault, str(folder), meets_reading(name, fault)]
        done = subprocess.run(words, capture_output=True, env=environment, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return dict(json.loads(done.stdout))

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield {pair: pool.submit(endure, *pair) for pair in wanted}


def meets_reading(name: str, fault: str) -> str:
    """Say whether failures are met while the book is read, which all commands do alike, and three meet."""
    alike = fault.startswith("mixed") and CASES[name].reads and name not in ("verdict", "new", "rename")
    return "writing" if alike else "reading"


@pytest.mark.torture
def test_a_command_that_is_killed_or_fails_at_a_file_call_breaks_no_promise(
    name: str, fault: str, ordeals: Ordeals, torture: Torture
) -> None:
    told = ordeals[name, fault].result()

    assert told["wrong"] == []
    assert told["met"] > 10
    FOUND[name].update(told["outcomes"])
    left = "; ".join(f"{outcome}: {FOUND[name][outcome]:,}" for outcome in OUTCOMES if FOUND[name][outcome])
    told_of = f"{told['calls']} calls when nothing fails; files left {left}; lost: 0"
    torture.tell(
        f"kill, errors, short writes at each file call: {name}", sum(told["outcomes"].values()), told_of
    )


def test_every_command_that_writes_is_tried() -> None:
    tried = {case.words[0] for case in CASES.values()}

    assert tried == set(COMMANDS) - ANSWERING - OTHERS
