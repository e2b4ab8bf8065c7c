"""Completion: the scripts, and what a shell is offered without reading a file."""

import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Run
from test_house import command, imported


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_script(claimbook: Run, shell: str) -> None:
    result = claimbook("completion", shell)

    assert result.code == 0
    assert f"_CLAIMBOOK_COMPLETE={shell}_complete" in result.out


@pytest.mark.parametrize("words", ["claimbook ", "claimbook re"])
def test_offering_commands_imports_nothing_heavy(
    example: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    monkeypatch.setenv("_CLAIMBOOK_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", "1")
    asked = "import atexit, sys\natexit.register(lambda: print(*sys.modules, file=sys.stderr))\n"
    program = f"{asked}from claimbook.cli.main import main; main([])"

    done = subprocess.run(
        [sys.executable, "-c", program], cwd=example, capture_output=True, text=True, check=True
    )

    assert "plain,rename" in done.stdout
    assert not {"pydantic", "yaml", "textual", "rapidfuzz"} & set(done.stderr.split())


def test_the_script_imports_nothing_heavy(example: Path) -> None:
    assert imported(command("completion", "zsh"), example) == set()


def offered(
    claimbook: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: str
) -> list[str]:
    monkeypatch.setenv("_CLAIMBOOK_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(len(words.split(" ")) - 1))
    with pytest.raises(SystemExit, match=r"^0$"):
        claimbook()
    out, err = capsys.readouterr()
    assert err == ""
    return [line.partition(",")[2] for line in out.splitlines()]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("claimbook ren", ["rename"]),
        ("claimbook verdict apple-car-2", ["apple-car-2024"]),
        ("claimbook article show 2021-03", ["2021-03-26-want-xiaomi"]),
        ("claimbook article ad", ["add"]),
        ("claimbook relate apple-car-2024 --to xiaomi-own", ["xiaomi-own-brand"]),
        ("claimbook relate apple-car-2024 --as p", ["part-of"]),
        ("claimbook new x --stance r", ["relays"]),
        ("claimbook nonsense ", None),
    ],
)
def test_commands_ids_and_words_are_offered(
    claimbook: Run,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: str,
    found: list[str] | None,
) -> None:
    offers = offered(claimbook, monkeypatch, capsys, words)

    assert found is None or offers == found


def test_outside_of_a_book_there_are_no_ids(
    claimbook: Run,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))

    assert offered(claimbook, monkeypatch, capsys, "claimbook show app") in ([], [""])
