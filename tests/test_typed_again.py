"""What somebody typed is not lost with a command that fails: it is said again, or kept in a file."""

import io
import re
import shlex
import sys
from pathlib import Path

import pytest

from conftest import Run
from faults import full_disk

CAR = "claims/apple/apple-car-2024.yaml"
WHY = "It's the end, says Bloomberg: “no car”."
TEXT = "Typed at the terminal, and nowhere else.\n"


def type_in(monkeypatch: pytest.MonkeyPatch, *, terminal: bool) -> None:
    typed = io.TextIOWrapper(io.BytesIO(TEXT.encode()))
    monkeypatch.setattr(typed, "isatty", lambda: terminal)
    monkeypatch.setattr(sys, "stdin", typed)


@pytest.fixture(autouse=True)
def _own_folder_for_temporary_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))


def kept(err: str) -> str:
    found = re.search(r"is kept in (\S+): ", err)
    assert found, err
    return Path(found[1]).read_text()


def test_the_command_is_said_again_as_a_shell_reads_it(example: Path, claimbook: Run) -> None:
    before = (example / CAR).read_bytes()
    with full_disk():
        failed = claimbook("verdict", "apple-car-2024", "false", "--why", WHY)

    assert failed.code == 74
    assert "No space left on device" in failed.err
    assert "nothing was written" in failed.err
    assert (example / CAR).read_bytes() == before

    words = shlex.split(failed.err.strip().splitlines()[-1])
    assert claimbook(*words[1:]).code == 0
    assert WHY in (example / CAR).read_text()


def test_a_command_without_a_sentence_is_not(claimbook: Run) -> None:
    with full_disk():
        failed = claimbook("set", "apple-car-2024", "due", "2025")

    assert failed.code == 74
    assert "What you wrote" not in failed.err


def test_nor_is_one_that_would_fail_again(claimbook: Run) -> None:
    failed = claimbook("verdict", "no-such-claim", "false", "--why", WHY)

    assert failed.code == 4
    assert "What you wrote" not in failed.err


def test_control_characters_in_it_act_on_no_terminal(claimbook: Run) -> None:
    with full_disk():
        failed = claimbook("verdict", "apple-car-2024", "false", "--why", "It is \x1b]0;over\x07.")

    assert "\x1b" not in failed.err
    assert "<U+001B>" in failed.err


def test_a_text_given_on_standard_input_is_kept_in_a_file(
    claimbook: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in(monkeypatch, terminal=False)
    with full_disk():
        failed = claimbook("article", "add", "-", "--publisher", "P", "--date", "2026")

    assert failed.code == 74
    assert kept(failed.err) == TEXT


def test_a_text_typed_at_a_terminal_is_kept_whatever_is_wrong(
    claimbook: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in(monkeypatch, terminal=True)

    failed = claimbook("article", "add", "-", "--publisher", "P")

    assert failed.code == 2
    assert kept(failed.err) == TEXT


def test_one_that_another_program_gave_is_not_where_that_can_give_it_again(
    claimbook: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in(monkeypatch, terminal=False)

    failed = claimbook("article", "add", "-", "--publisher", "P")

    assert failed.code == 2
    assert "is kept in" not in failed.err


def test_where_nothing_can_be_kept_that_is_said(claimbook: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    type_in(monkeypatch, terminal=False)
    monkeypatch.setattr("tempfile.tempdir", "/nowhere")
    with full_disk():
        failed = claimbook("article", "add", "-", "--publisher", "P", "--date", "2026")

    assert failed.code == 74
    assert "could not be kept either (No such file or directory): give it again" in failed.err
