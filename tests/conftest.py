"""What tests share: a copy of the example book, and a way to run commands in it."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

from torturing import Torture

REPOSITORY = Path(__file__).parent.parent

# A machine that is busy is no failure; a landing tries the same examples each time, a person new ones.
settings.register_profile("here", deadline=None)
settings.register_profile("landing", deadline=None, derandomize=True)
settings.load_profile("landing" if os.environ.get("CI") else "here")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--torture", action="store_true", help="Try everything as often as `make torture` does.")


@pytest.fixture(scope="session")
def torture(request: pytest.FixtureRequest) -> Iterator[Torture]:
    """Return how often things are to be tried, and take down what came of it."""
    found = Torture(request.config.getoption("--torture"))
    yield found
    if found.is_on and found.rows:
        text = found.write()
        with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
            sys.stdout.write(f"\n\n{text}")


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def _nobody(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the settings of whoever runs the tests out of them, and the day the same."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in ("CONFIG", "STATE", "CACHE", "DATA"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    monkeypatch.setenv("CLAIMBOOK_TODAY", "2026-11-21")
    monkeypatch.setenv("USER", "ann")
    monkeypatch.setenv("LOGNAME", "ann")
    for name in ("NO_COLOR", "VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """Return a book of one's own with the example in it."""
    root = tmp_path / "book"
    for name in ("seeds", "claims"):
        shutil.copytree(REPOSITORY / name, root / name)
    return root


@pytest.fixture
def claimbook(example: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs a command in the example book."""
    monkeypatch.chdir(example)
    return runner(capsys)


def runner(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs a command where the test stands."""

    def run(*arguments: str) -> Result:
        from claimbook.cli.main import run as run_command

        capsys.readouterr()
        code = run_command(list(arguments))
        out, err = capsys.readouterr()
        return Result(code, out, err)

    return run


@pytest.fixture
def unwatched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no desk notice what changes outside."""

    async def watch(_: Path) -> object:
        return
        yield

    monkeypatch.setattr("claimbook.book.watch.watch", watch)
