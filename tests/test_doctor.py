"""`claimbook doctor`: what it finds, and that it leaves everything as it was."""

import errno
import fcntl
import json
import os
import shlex
import shutil
import subprocess
import sys
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
    "no folder of its own": (
        "error",
        lambda root: instead(root / ".claimbook").write_text("x"),
        "own folder",
        "Move it away",
    ),
    "a link to nowhere for its own folder": (
        "error",
        lambda root: instead(root / ".claimbook").symlink_to("nowhere"),
        "own folder",
        "nothing can be saved",
    ),
    "no folder for the history": (
        "error",
        lambda root: instead(root / ".claimbook/journal").write_text("x"),
        "history",
        "Nothing can be saved",
    ),
    "a lock that is a folder": (
        "error",
        lambda root: instead(root / ".claimbook/lock").mkdir(),
        "lock",
        ".claimbook/lock is no file",
    ),
    "a lock that is a pipe": (
        "error",
        lambda root: os.mkfifo(instead(root / ".claimbook/lock")),
        "lock",
        "Move it away",
    ),
    "settings that are a folder": (
        "error",
        lambda root: (root / "claimbook.yaml").mkdir(),
        "files",
        "claimbook.yaml is a folder, not a file",
    ),
    "settings that are a pipe": (
        "error",
        lambda root: os.mkfifo(root / "claimbook.yaml"),
        "files",
        "claimbook.yaml is a named pipe, not a file",
    ),
    "a link that leads to itself": (
        "error",
        lambda root: (root / "claims/a.yaml").symlink_to("a.yaml"),
        "files",
        "mend or delete it",
    ),
    "attributes that are a folder": (
        "warning",
        lambda root: instead(root / ".gitattributes").mkdir(),
        "git",
        "seeds/* -text",
    ),
}


def keep(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_text("x")


def instead(path: Path) -> Path:
    """Return the path where something is to be, with nothing there and its folders made."""
    path.parent.mkdir(exist_ok=True)
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    return path


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


@pytest.mark.parametrize("spoil", [os.mkfifo, os.mkdir])
def test_a_lock_that_is_no_file_refuses_every_change_at_once(sound: Run, example: Path, spoil: Spoil) -> None:
    spoil(instead(example / ".claimbook/lock"))

    result = sound("set", "apple-car-2024", "notes", "x")

    assert result.code in (5, 74)
    assert "claimbook: .claimbook/lock" in result.err
    assert "nothing was written" in result.err


def test_a_folder_of_its_own_that_may_not_be_looked_into_is_named(
    sound: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def recovered(root: object) -> list[Path]:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), root)

    monkeypatch.setattr("claimbook.book.leftovers.recovered", recovered)

    (found,) = findings(sound, "left-overs")
    assert found["message"] == "A folder cannot be listed (Permission denied)."


def test_a_cache_that_takes_nothing_is_named(sound: Run) -> None:
    cache = Path(os.environ["XDG_CACHE_HOME"])
    shutil.rmtree(cache, ignore_errors=True)
    cache.write_text("x")

    (found,) = findings(sound, "index")
    assert f"cannot be kept in {cache}" in found["message"]
    assert "Allow writing there" in found["advice"]
    assert sound("list").code == 0


@pytest.mark.parametrize("size", [0, 100, 100_000])
def test_a_cache_full_of_garbage_is_made_anew(sound: Run, size: int) -> None:
    before = sound("list").out
    for path in Path(os.environ["XDG_CACHE_HOME"]).rglob("*"):
        if path.is_file():
            path.write_bytes(b"garbage " * (size // 8))

    assert findings(sound, "index") == []
    assert sound("list").out == before


@pytest.fixture
def repository(sound: Run, example: Path) -> Path:
    subprocess.run(["git", "init", "--quiet", str(example)], check=True)
    assert sound("merge-driver", "--install").code == 0
    return example


@pytest.mark.parametrize(
    ("driver", "says"),
    [
        (None, "knows no driver"),
        ("/gone/claimbook merge-driver %O %A %B %P", "a driver that is not there"),
        ("'claimbook merge-driver", "a driver that is not there"),
        ("\x1b[2J", "a driver that is not there, and cannot merge records: <U+001B>[2J"),
    ],
)
def test_a_merge_driver_that_git_cannot_run_is_named(
    repository: Path, sound: Run, driver: str | None, says: str
) -> None:
    words = ["--unset", "merge.claimbook.driver"] if driver is None else ["merge.claimbook.driver", driver]
    subprocess.run(["git", "-C", str(repository), "config", *words], check=True)

    out = sound("doctor").out
    assert says in out
    assert "claimbook merge-driver --install" in out


def test_one_that_it_can_is_fine(repository: Path, sound: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    program = repository / "claimbook"
    program.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(repository), prepend=os.pathsep)

    assert findings(sound, "merging") == []


def test_without_git_that_is_said(repository: Path, sound: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository))

    (found,) = findings(sound, "merging")
    assert "git cannot be started" in found["message"]


@pytest.mark.parametrize("editor", ["'my editor' --wait", "no-such-editor"])
def test_an_editor_of_several_words_is_looked_for_by_its_first(
    sound: Run, monkeypatch: pytest.MonkeyPatch, editor: str
) -> None:
    monkeypatch.setenv("EDITOR", editor)

    (found,) = findings(sound, "editor")
    assert f"{shlex.split(editor)[0]} is not found" in found["message"]


def test_an_editor_with_an_open_quotation_mark_is_named(sound: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "'my editor --wait")

    (found,) = findings(sound, "editor")
    assert "open quotation mark" in found["message"]


@pytest.mark.usefixtures("sound")
def test_output_that_is_no_utf_8_is_named(example: Path) -> None:
    program = [sys.executable, "-c", "from claimbook.cli.main import main; main()", "doctor"]
    surroundings = {**os.environ, "PYTHONIOENCODING": "ascii"}

    done = subprocess.run(program, capture_output=True, text=True, cwd=example, env=surroundings, check=False)

    assert done.returncode == 0
    assert "Output is encoded as ascii." in done.stdout
    assert "Traceback" not in done.stderr


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
