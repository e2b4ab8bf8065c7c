"""What a whole book is asked is answered without click, and says what it says with click."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Run

NAMES = ("list", "queue", "check")


@pytest.mark.parametrize("name", NAMES)
def test_with_and_without_click_the_same_is_said(name: str, example: Path, claimbook: Run) -> None:
    odd = "claim: |\n  Zwölf 漢字 👍\n\n  more\nkind: rumor\n"
    wide = "claim: 漢字 and “marks”\nkind: fact\nsources:\n  - {url: 'https://example.org', publisher: a}\n"
    (example / "claims" / "odd.yaml").write_text(odd, encoding="utf-8")
    (example / "claims" / "wide.yaml").write_text(wide, encoding="utf-8")

    assert claimbook(name) == claimbook(name, "--")
    assert claimbook("--book", ".", name) == claimbook("--book", ".", name, "--")
    assert claimbook("--book=.", name).out


@pytest.mark.parametrize("name", NAMES)
def test_where_there_is_no_book_the_same_is_said(
    name: str, claimbook: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert claimbook(name) == claimbook(name, "--")
    assert claimbook("--book", "nowhere", name) == claimbook("--book", "nowhere", name, "--")
    assert claimbook(name).code == 3


@pytest.mark.parametrize("day", ["2026-11-21", "2026-W47-6", "20261121", "2026-11", "2026-02-30", "soon"])
def test_the_day_is_read_the_same_way(day: str, claimbook: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from claimbook.cli import where
    from claimbook.record.dates import today

    monkeypatch.setenv("CLAIMBOOK_TODAY", day)
    meant, wrong = None, ""
    try:
        meant = today()
    except ValueError as error:
        wrong = f"CLAIMBOOK_TODAY: {error}"

    result = claimbook("queue")
    assert result.code == (2 if wrong else 0)
    assert wrong in result.err
    assert wrong or where.day() == meant


@pytest.mark.parametrize("name", NAMES)
def test_click_is_not_imported_for_it(name: str, example: Path) -> None:
    code = (
        "import sys\n"
        "from claimbook.cli.main import run\n"
        f"assert run([{name!r}]) in (0, 1)\n"
        "sys.exit('click' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=example, capture_output=True, check=True)


def test_what_a_shell_asks_goes_to_click(example: Path) -> None:
    told = {"_CLAIMBOOK_COMPLETE": "bash_complete", "COMP_WORDS": "claimbook li", "COMP_CWORD": "1"}
    code = "from claimbook.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "list"],
        cwd=example,
        env={**os.environ, **told},
        capture_output=True,
        text=True,
        check=True,
    )

    assert "list" in done.stdout.split(",")[1]
    assert len(done.stdout.splitlines()) == 1


@pytest.mark.parametrize("words", [(), ("--",)])
def test_an_interruption_ends_the_line_first(
    words: tuple[str, ...], claimbook: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("claimbook.cli.scene.brought_up", interrupt)
    result = claimbook("list", *words)

    assert (result.code, result.out, result.err) == (
        130,
        "",
        "\nclaimbook: Interrupted: nothing more was done.\n",
    )
