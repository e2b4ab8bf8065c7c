"""The README: every command in it runs, every table in it is true."""

import re
import shlex
from pathlib import Path

import pytest

from conftest import Run, runner
from manual import README, written

TEXT = README.read_text(encoding="utf-8")


def console_lines() -> list[str]:
    blocks = re.findall(r"```console\n(.*?)```", TEXT, re.DOTALL)
    return [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ ")]


def test_the_walk_from_nothing_to_a_verdict_works_to_the_letter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    run = runner(capsys)
    for line in console_lines():
        follow(line, run, monkeypatch)


def follow(line: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    words = shlex.split(line)
    if words[0] == "cd":
        monkeypatch.chdir(words[1])
    elif words[0] == "printf":
        Path(words[-1]).write_text(words[1].replace("\\n", "\n"))
    else:
        assert words[0] == "claimbook"
        result = run(*words[1:])
        assert result.code == 0, (line, result.err)


def test_every_command_that_the_text_names_exists() -> None:
    from claimbook.cli.commands import COMMANDS

    named = set(re.findall(r"`claimbook ([a-z][a-z-]*)", TEXT))

    assert named <= set(COMMANDS)


def test_the_tables_are_made_from_the_code() -> None:
    assert written(TEXT) == TEXT, "run `python tests/manual.py`"


def test_everything_that_the_text_links_to_is_there() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", TEXT):
        assert (README.parent / target).exists(), target
