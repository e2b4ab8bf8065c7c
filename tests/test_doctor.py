"""`claimbook doctor`: what it finds, and that it leaves everything as it was."""

import errno
import fcntl
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from claimbook.book.disk import Disk
from claimbook.cli.exits import FOUND
from conftest import Run, runner


def findings(claimbook: Run, part: str) -> list[dict[str, str]]:
    answer = json.loads(claimbook("doctor", "--json").out)
    return [item for item in answer["findings"] if item["part"] == part and item["level"] != "ok"]


@pytest.fixture
def sound(example: Path, claimbook: Run) -> Run:
    """Return a runner in a book that has all that a new one has."""
    claimbook("schema", "--write")
    (example / ".gitattributes").write_text("seeds/* -text\n*.yaml text eol=lf\n")
    return claimbook


def test_a_sound_book_has_no_error_and_stays_as_it_is(sound: Run, example: Path) -> None:
    before = {path: path.read_bytes() for path in example.rglob("*") if path.is_file()}

    result = sound("doctor")

    assert result.code == 0, result.out
    for part in (
        "python",
        "libraries",
        "libyaml",
        "editor",
        "watching",
        "files",
        "ids",
        "schema",
        "git",
        "saving",
        "lock",
    ):
        assert f" {part}: " in result.out
    assert "✗ error" not in result.out
    assert {path: path.read_bytes() for path in example.rglob("*") if path.is_file()} == before
    assert not list(example.rglob(".probe-*"))


def test_outside_of_a_book_the_installation_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    run = runner(capsys)

    result = run("doctor")

    assert result.code == 0
    assert " book: There is no book" in result.out
    assert run("--book", "nowhere", "doctor").code == 3


Spoil = Callable[[Path], object]

SPOILED: dict[str, tuple[str, Spoil, str, str]] = {
    "broken record": (
        "error",
        lambda root: (root / "claims/bad.yaml").write_text("claim: [\n"),
        "files",
        "cannot be read",
    ),
    "unsafe id": (
        "error",
        lambda root: (root / "claims/apple/apple-car-2024.yaml").rename(root / "claims/Apple Car.yaml"),
        "ids",
        "may have only a-z",
    ),
    "old schema": (
        "warning",
        lambda root: (root / "claims/.schema.json").write_text("{}"),
        "schema",
        "schema --write",
    ),
    "no schema": (
        "warning",
        lambda root: (root / "claims/.schema.json").unlink(),
        "schema",
        "schema --write",
    ),
    "no attributes": ("warning", lambda root: (root / ".gitattributes").unlink(), "git", "seeds/* -text"),
    "stray file": (
        "warning",
        lambda root: (root / "claims/notes.txt").write_text("x"),
        "files",
        "ends in .yaml",
    ),
    "settings": (
        "error",
        lambda root: (root / "claimbook.yaml").write_text("stale_after: soon\n"),
        "files",
        "90d",
    ),
    "left-over": (
        "warning",
        lambda root: (root / "claims/.a.yaml.0123456789ab.claimbook").write_text("x"),
        "left-overs",
        "next change",
    ),
    "recovered": (
        "warning",
        lambda root: keep(root / ".claimbook/recovered/claims/a.yaml"),
        "recovered",
        "Compare it",
    ),
    "history": ("warning", lambda root: keep(root / ".claimbook/journal/00000001.done"), "history", "broken"),
}


def keep(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_text("x")


@pytest.mark.parametrize("case", SPOILED)
def test_what_is_wrong_with_a_book_is_named_with_what_to_do(sound: Run, example: Path, case: str) -> None:
    level, spoil, part, says = SPOILED[case]
    spoil(example)

    found = findings(sound, part)

    assert any(item["level"] == level and says in f"{item['message']} {item['advice']}" for item in found), (
        found
    )
    assert sound("doctor").code == (FOUND if level == "error" else 0)


def test_attributes_may_stand_at_the_top_of_the_repository(sound: Run, example: Path) -> None:
    (example / ".gitattributes").unlink()
    (example.parent / ".git").mkdir()
    (example.parent / ".gitattributes").write_text("book/seeds/* -text\n*.yaml text eol=lf\n")

    assert findings(sound, "git") == []


def test_a_lock_that_is_held_is_named_with_its_holder(sound: Run, example: Path) -> None:
    folder = example / ".claimbook"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("wb") as file:
        file.write(b'{"pid": 4711, "command": "claimbook new"}')
        file.flush()
        fcntl.flock(file, fcntl.LOCK_EX)
        (found,) = findings(sound, "lock")

    assert "process 4711 (claimbook new)" in found["message"]
    assert findings(sound, "lock") == []


def test_a_file_system_that_cannot_exchange_is_named(sound: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def exchange(disk: Disk, one: str, other: str) -> None:
        del disk
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), one, None, other)

    monkeypatch.setattr(Disk, "exchange", exchange)

    (found,) = findings(sound, "saving")
    assert "cannot exchange" in found["message"]


def test_an_editor_that_is_not_there_is_named(sound: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "no-such-editor --wait")

    (found,) = findings(sound, "editor")
    assert "no-such-editor is not found" in found["message"]
    assert "code --wait" in found["advice"]


def test_a_library_that_is_missing_or_too_old_is_an_error(
    sound: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from importlib import metadata

    real = metadata.version

    def version(name: str) -> str:
        if name == "watchfiles":
            raise metadata.PackageNotFoundError(name)
        return "7.0" if name == "click" else real(name)

    monkeypatch.setattr(metadata, "version", version)

    messages = [item["message"] for item in findings(sound, "libraries")]
    assert messages == ["click 7.0 is older than 8.1.7.", "watchfiles is missing."]
    assert sound("doctor").code == FOUND


def test_settings_that_cannot_be_read_are_named(sound: Run) -> None:
    from claimbook.app.preferences import config_file

    config_file().parent.mkdir(parents=True)
    config_file().write_text("reviewr: ann\n")

    (found,) = findings(sound, "settings")
    assert "did you mean `reviewer`?" in found["message"]


def test_a_day_that_is_set_is_said(sound: Run) -> None:
    (found,) = findings(sound, "today")
    assert "2026-11-21" in found["message"]
