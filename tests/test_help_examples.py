"""Every example that help shows works on the example book, as it stands."""

import io
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from claimbook.cli.commands import COMMANDS, claimbook
from conftest import Run

NOT_RUN = {
    "claimbook edit ": "opens an editor",
    "claimbook serve": "runs until it is ended",
    "claimbook article add https://": "asks the network",
}
"""How examples begin that need more than a book, with what they need."""


def commands() -> Iterator[tuple[str, click.Command]]:
    """Yield every command with the words that call it."""
    context = click.Context(claimbook, info_name="claimbook")
    for name in COMMANDS:
        command = claimbook.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from ((f"{name} {inner}", it) for inner, it in command.commands.items())
        else:
            yield name, command


EXAMPLES = [(name, text) for name, command in commands() for text in getattr(command, "examples", ())]


def test_every_command_has_an_example_of_itself() -> None:
    for name, command in commands():
        examples = getattr(command, "examples", ())
        assert examples, name
        assert all(f"claimbook {name}" in text for text in examples), name


@pytest.mark.parametrize("text", [text for _, text in EXAMPLES if not text.startswith(tuple(NOT_RUN))])
def test_it_works(claimbook: Run, example: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    subprocess.run(["git", "init", "--quiet"], cwd=example, check=True)
    before, pipe, after = text.rpartition(" | ")
    given = subprocess.run(["sh", "-c", before], capture_output=True, check=True).stdout if pipe else b""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given), encoding="utf-8"))
    program, *arguments = shlex.split(after)

    result = claimbook(*arguments)

    assert program == "claimbook"
    assert result.code == 0, result.err
    assert result.out or result.err


def test_those_that_are_not_run_are_examples_still() -> None:
    for beginning in NOT_RUN:
        assert any(text.startswith(beginning) for _, text in EXAMPLES), beginning
