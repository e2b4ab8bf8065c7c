"""What modules import, seen from a new interpreter: lists and filters are to start in no time."""

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("pydantic", "yaml", "click", "textual", "rich", "rapidfuzz", "watchfiles")


def imported(code: str) -> set[str]:
    """Run code in a new interpreter and return which heavy packages are loaded then."""
    probe = f"{code}\nimport sys; print(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    return set(done.stdout.split()) & set(HEAVY)


@pytest.mark.parametrize(
    "modules",
    [
        "claimbook.text",
        "claimbook.record.summary, claimbook.record.dates, claimbook.record.ratings, claimbook.record.terms",
        "claimbook.record.diagnostics, claimbook.record.source",
        "claimbook.review.origins, claimbook.review.flags",
        "claimbook.review.filters",
    ],
)
def test_what_answers_from_summaries_imports_nothing_heavy(modules: str) -> None:
    assert imported(f"import {modules}") == set()


def test_filtering_needs_nothing_heavy_either() -> None:
    code = "from claimbook.review.filters import parse\nparse('not:word due:..2024 is:overdue kind:rumour')"

    assert imported(code) == set()


def test_reading_a_record_imports_pydantic_and_yaml_and_nothing_for_screens() -> None:
    code = (
        "from claimbook.record.reading import read_record\n"
        "assert read_record(b'claim: a\\nkind: fact\\nsources: [{article: a}]\\n', 'a.yaml').content"
    )

    assert imported(code) == {"pydantic", "yaml"}


def test_guessing_at_a_wrong_word_is_what_imports_rapidfuzz() -> None:
    code = "from claimbook.record.reading import read_record\nread_record(b'clam: a\\n', 'a.yaml')"

    assert imported(code) == {"pydantic", "yaml", "rapidfuzz"}


WARM = (
    *("", "list", "list --json is:overdue", "list Xiaomi not:true", "queue", "check --format json", "track"),
    'similar "Apple builds a car"',
)


def test_commands_that_a_warm_index_answers_import_click_alone(example: Path) -> None:
    commands = (
        f"import os; os.chdir({str(example)!r})\n"
        "import contextlib, io, shlex\n"
        "from claimbook.cli.main import run\n"
        "from claimbook.index import stamps\n"
        "stamps.RACY = -1e12  # as if the files were old\n"
        "for command in {}:\n"
        "    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):\n"
        "        assert run(shlex.split(command)) in (0, 1), command"
    )
    assert "pydantic" in imported(commands.format(("check",)))

    assert imported(commands.format(WARM)) == {"click"}


@pytest.mark.parametrize("words", [["--version"], ["completion", "bash"], ["--help"]])
def test_what_needs_no_book_looks_for_no_index(words: list[str]) -> None:
    code = (
        "import contextlib, io, sys\n"
        "from claimbook.cli.main import run\n"
        "with contextlib.redirect_stdout(io.StringIO()):\n"
        f"    assert run({words!r}) == 0\n"
        "found = {'sqlite3', 'platformdirs', 'claimbook.index.index'} & set(sys.modules)\n"
        "assert not found, found"
    )

    assert imported(code) == {"click"}


@pytest.mark.parametrize("package", ["record", "book", "review", "index"])
def test_nothing_below_the_screens_knows_them(package: str) -> None:
    code = (
        f"import importlib, pkgutil, claimbook.{package} as package\n"
        "for module in pkgutil.walk_packages(package.__path__, package.__name__ + '.'):\n"
        "    importlib.import_module(module.name)"
    )

    assert imported(code).isdisjoint({"click", "textual", "rich"})
