"""What the house promises of itself: deferred imports, a wheel that is whole, text without addresses."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from conftest import REPOSITORY

HEAVY = ("pydantic", "yaml", "textual", "rich", "rapidfuzz", "watchfiles", "sqlite3")


def imported(code: str, cwd: Path) -> set[str]:
    """Run code in a new interpreter and return which heavy packages it imported."""
    probe = f"{code}\nimport sys; print(*{{name.partition('.')[0] for name in sys.modules}}, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", probe], cwd=cwd, capture_output=True, text=True, check=True)
    return set(done.stderr.split()) & set(HEAVY)


def command(*arguments: str) -> str:
    return f"from claimbook.cli.main import run; run({list(arguments)!r})"


@pytest.mark.parametrize("arguments", [("--version",), ("--help",)])
def test_asking_for_version_or_help_imports_click_and_nothing_heavy(
    example: Path, arguments: tuple[str, ...]
) -> None:
    assert imported(command(*arguments), example) == set()


@pytest.mark.parametrize("arguments", [("list",), ("check",), ("undo", "--dry-run")])
def test_commands_never_import_the_desk(example: Path, arguments: tuple[str, ...]) -> None:
    assert "textual" not in imported(command(*arguments), example)


def test_a_wheel_carries_the_example_book_and_init_lays_it_down(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)],
        cwd=REPOSITORY,
        capture_output=True,
        check=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")

    subprocess.run(
        [sys.executable, "-c", command("init", "--example", "mine")],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "installed")},
        capture_output=True,
        check=True,
    )

    for name in ("seeds/2021-04-autowereld-xiaomi.md", "claims/apple/apple-car-2024.yaml"):
        assert (tmp_path / "mine" / name).read_bytes() == (REPOSITORY / name).read_bytes()


def test_no_text_of_the_repository_names_a_machine_or_a_registry() -> None:
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    forbidden = [b"/wo" + b"rk/", b"pypi." + b"org", b"registry." + b"npmjs", b"/op" + b"t/pypi"]
    for name in names.stdout.split("\0"):
        path = REPOSITORY / name
        if path.is_file():
            data = path.read_bytes()
            assert not [word for word in forbidden if word in data], name


def test_every_rule_of_the_linter_that_is_off_has_a_reason_and_nothing_is_locked() -> None:
    config = (REPOSITORY / "pyproject.toml").read_text()
    ignored = config.partition("ignore = [")[2].partition("\n]")[0].strip().splitlines()

    assert all("#" in line for line in ignored)
    assert not [name for name in REPOSITORY.iterdir() if name.name.endswith(".lock")]
