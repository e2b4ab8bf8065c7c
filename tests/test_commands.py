"""The command line, driven from outside: what is printed, what is written, how it ends."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from claimbook.cli.commands import COMMANDS
from conftest import Run, runner

CAR = "claims/apple/apple-car-2024.yaml"
OPEN = "claims/industry/ai-decides-car-choice.yaml"


def test_a_new_book_has_its_two_folders_and_a_schema_for_editors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    run = runner(capsys)

    assert run("init", "rumours").code == 0

    assert (tmp_path / "rumours/seeds").is_dir()
    assert json.loads((tmp_path / "rumours/claims/.schema.json").read_text())["properties"]["claim"]
    assert run("--book", "rumours", "list", "--json").code == 0


def test_the_example_book_is_laid_down_byte_for_byte(
    tmp_path: Path, example: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    assert runner(capsys)("init", "--example", "mine").code == 0

    for path in (*example.glob("seeds/*.md"), *example.rglob("claims/**/*.yaml")):
        assert (tmp_path / "mine" / path.relative_to(example)).read_bytes() == path.read_bytes()


def test_init_never_writes_over_a_book(claimbook: Run, example: Path) -> None:
    before = (example / CAR).read_bytes()

    result = claimbook("init", "--example", ".")

    assert result.code == 5
    assert "nothing was written" in result.err
    assert (example / CAR).read_bytes() == before


def test_outside_of_a_book_it_says_how_to_begin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    result = runner(capsys)("list")

    assert result.code == 3
    assert "claimbook init --example" in result.err


def test_the_book_is_the_nearest_folder_upwards(
    claimbook: Run, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(example / "claims/apple")

    assert claimbook("show", "apple-car-2024").code == 0


def test_without_a_terminal_the_summary_is_printed(claimbook: Run) -> None:
    result = claimbook()

    assert result.code == 0
    assert "claims from 4 articles" in result.out


def test_the_summary_counts_for_machines(claimbook: Run, example: Path) -> None:
    facts = json.loads(claimbook("--json").out)

    assert facts["schema"] == 1
    assert facts["articles"] == 4
    assert facts["claims"] == len(list(example.rglob("claims/**/*.yaml")))
    assert sum(facts["statuses"].values()) == facts["claims"]


def test_a_list_has_every_key_that_is_promised(claimbook: Run) -> None:
    answer = json.loads(claimbook("list", "--json").out)

    row = next(row for row in answer["claims"] if row["id"] == "xiaomi-great-wall-cooperation")
    assert row["articles"] == 2
    assert row["origins"] == {"min": 1, "max": 1}
    assert "single-origin" in row["flags"]
    assert set(row) == {
        *("id", "file", "claim", "kind", "status", "rating", "due", "about", "tags"),
        *("articles", "origins", "flags"),
    }


def test_a_filter_narrows_the_list(claimbook: Run) -> None:
    result = claimbook("list", "about:Xiaomi", "rating:true", "not:own brand", "--json")

    claims = json.loads(result.out)["claims"]
    assert claims
    assert all(row["rating"] == "true" and "Xiaomi" in row["about"] for row in claims)


def test_a_filter_that_finds_nothing_is_no_error(claimbook: Run) -> None:
    result = claimbook("list", "unfindable")

    assert (result.code, result.out) == (0, "")
    assert "No claim matches" in result.err


def test_a_mistaken_filter_is_marked_with_the_nearest_right_word(claimbook: Run) -> None:
    result = claimbook("list", "Xiaomi", "is:overdu")

    assert result.code == 2
    assert "did you mean overdue?" in result.err
    assert "^^^^^^" in result.err


def test_show_names_quotes_origins_and_reasons(claimbook: Run) -> None:
    result = claimbook("show", "xiaomi-great-wall-cooperation")

    assert "Sources: 3, origins: 1" in result.out
    assert "Samenwerking Xiaomi en Great Wall" in result.out
    assert "Great Wall denied even talks" in result.out


def test_show_for_machines_is_the_record_and_where_its_quotes_stand(claimbook: Run, example: Path) -> None:
    record = json.loads(claimbook("show", "apple-car-2024", "--json").out)

    quote = record["quotes"][0]
    text = (example / "seeds" / f"{quote['article']}.md").read_text().split("---\n", 2)[2]
    assert text[quote["start"] : quote["end"]] == record["sources"][0]["quote"]
    assert (quote["at"], quote["state"], quote["score"]) == ("sources[0]", "exact", 1)
    assert record["verdicts"][-1]["why"]


def test_an_unknown_id_gets_the_nearest_one(claimbook: Run) -> None:
    result = claimbook("show", "aple-car-2024")

    assert result.code == 4
    assert "did you mean apple-car-2024?" in result.err


def test_an_unknown_command_gets_the_nearest_one(claimbook: Run) -> None:
    result = claimbook("verdct")

    assert result.code == 2
    assert "did you mean verdict?" in result.err


def test_the_book_of_this_repository_has_no_error(claimbook: Run) -> None:
    result = claimbook("check", "--format", "json")

    assert json.loads(result.out)["errors"] == 0
    assert result.code == 0


def test_a_typo_is_named_with_its_place_and_what_to_do(claimbook: Run, example: Path) -> None:
    path = example / CAR
    path.write_text(path.read_text().replace("kind: prediction", "kind: predicton"))

    result = claimbook("check")

    assert result.code == 1
    assert f"{CAR}:4:7" in result.out
    assert "did you mean `prediction`?" in result.out
    assert "    ^^^^^^^^^" in result.out


def test_a_broken_record_costs_only_itself(claimbook: Run, example: Path) -> None:
    whole = json.loads(claimbook("list", "--json").out)
    (example / CAR).write_text("claim: Apple: a car\n")

    answer = json.loads(claimbook("list", "--json").out)

    assert len(answer["claims"]) == len(whole["claims"]) - 1
    assert answer["broken"] == [{"file": CAR, "errors": 1}]
    assert claimbook("show", "apple-car-2024").code == 6


def test_findings_for_github_are_annotations(claimbook: Run, example: Path) -> None:
    (example / CAR).write_text("claim: Apple: a car\n")

    result = claimbook("check", CAR, "--format", "github")

    assert result.out.startswith(f"::error file={CAR},line=1,col=13,")
    assert result.code == 1


def test_a_quote_that_was_made_to_fit_is_an_error(claimbook: Run, example: Path) -> None:
    path = example / CAR
    path.write_text(path.read_text().replace("ze willen in 2024", "ze willen in 2023"))

    result = claimbook("check", CAR)

    assert "[quote-changed]" in result.out
    assert "ze willen in 2024 een personenauto" in result.out


def test_a_verdict_adds_an_entry_and_sets_the_status_and_nothing_else(claimbook: Run, example: Path) -> None:
    before = (example / OPEN).read_text()

    result = claimbook(
        "verdict",
        "ai-decides-car-choice",
        "mostly-false",
        "--why",
        "Surveys name price: first.",
        "--by",
        "ann",
    )

    assert result.code == 0, result.err
    added, removed = _difference(before, (example / OPEN).read_text())
    assert removed == ["status: open"]
    assert added[0] == "status: settled"
    assert "  - date: 2026-11-21" in added
    assert "    rating: mostly false" in added
    record = json.loads(claimbook("show", "ai-decides-car-choice", "--json").out)
    assert record["verdicts"][-1]["why"] == "Surveys name price: first."
    assert record["status"] == "settled"


def test_a_verdict_without_a_reason_is_not_given(claimbook: Run, example: Path) -> None:
    before = (example / OPEN).read_bytes()

    assert claimbook("verdict", "ai-decides-car-choice", "false").code == 2
    assert claimbook("verdict", "ai-decides-car-choice", "false", "--why", "  ").code == 2
    assert (example / OPEN).read_bytes() == before


def test_a_dry_run_prints_the_change_and_writes_nothing(claimbook: Run, example: Path) -> None:
    before = (example / OPEN).read_bytes()

    result = claimbook("verdict", "ai-decides-car-choice", "false", "--why", "No.", "--dry-run")

    assert "+    rating: false" in result.out
    assert (example / OPEN).read_bytes() == before
    assert not (example / ".claimbook").exists()


def test_a_verdict_on_a_broken_record_is_refused(claimbook: Run, example: Path) -> None:
    (example / OPEN).write_text("claim: [\n")

    result = claimbook("verdict", "ai-decides-car-choice", "false", "--why", "No.")

    assert result.code == 6
    assert (example / OPEN).read_text() == "claim: [\n"


def test_undo_restores_the_bytes_and_redo_gives_them_again(claimbook: Run, example: Path) -> None:
    before = (example / OPEN).read_bytes()
    claimbook("verdict", "ai-decides-car-choice", "false", "--why", "No.")
    after = (example / OPEN).read_bytes()

    assert claimbook("undo").code == 0
    assert (example / OPEN).read_bytes() == before
    assert claimbook("redo").code == 0
    assert (example / OPEN).read_bytes() == after


def test_undo_refuses_when_the_file_has_moved_on(claimbook: Run, example: Path) -> None:
    claimbook("verdict", "ai-decides-car-choice", "false", "--why", "No.")
    path = example / OPEN
    path.write_text(path.read_text() + "# a remark\n")

    result = claimbook("undo")

    assert result.code == 5
    assert path.read_text().endswith("# a remark\n")


def test_undo_with_nothing_to_undo_says_so(claimbook: Run) -> None:
    result = claimbook("undo")

    assert result.code == 0
    assert "nothing to undo" in result.err


def test_set_changes_one_value(claimbook: Run, example: Path) -> None:
    before = (example / CAR).read_text()

    assert claimbook("set", "apple-car-2024", "kind", "rumour").code == 0

    assert _difference(before, (example / CAR).read_text()) == (["kind: rumour"], ["kind: prediction"])


def test_set_reaches_into_lists(claimbook: Run) -> None:
    assert claimbook("set", "apple-car-2024", "sources[0].certainty", "hedged").code == 0

    record = json.loads(claimbook("show", "apple-car-2024", "--json").out)
    assert record["sources"][0]["certainty"] == "hedged"


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("apple-car-2024", "knd", "rumour"), 2, "did you mean kind?"),
        (("apple-car-2024", "kind", "rumor"), 5, "did you mean `rumour`?"),
        (("apple-car-2024", "due", "2024-13"), 5, "there is no month 13"),
        (("apple-car-2024", "status", "open"), 5, "does not follow from the last verdict"),
        (("apple-car-2024", "verdicts[0].why", "x"), 5, "never rewritten"),
        (("no-such-claim", "kind", "rumour"), 4, "There is no claim"),
    ],
)
def test_set_refuses_what_would_not_be_a_record(
    claimbook: Run, example: Path, arguments: tuple[str, ...], code: int, says: str
) -> None:
    before = (example / CAR).read_bytes()

    result = claimbook("set", *arguments)

    assert result.code == code
    assert says in result.err
    assert (example / CAR).read_bytes() == before


def test_a_status_that_somebody_forgot_is_mended_by_the_safe_fix(claimbook: Run, example: Path) -> None:
    path = example / CAR
    path.write_text(path.read_text().replace("status: settled", "status: open  # for now"))

    assert "[status-mismatch]" in claimbook("check", CAR).out
    assert claimbook("check", CAR, "--fix").code == 0

    assert "status: settled  # for now\n" in path.read_text()


def test_an_accepted_warning_is_silent(claimbook: Run, example: Path) -> None:
    path = example / "claims/xiaomi/xiaomi-great-wall-cooperation.yaml"
    assert "[single-origin]" in claimbook("check", str(path)).out

    path.write_text(path.read_text().replace("\nverdicts:", "\nallow: [single-origin]\n\nverdicts:"))

    assert "[single-origin]" not in claimbook("check", str(path)).out


def test_edit_opens_the_editor_and_says_what_is_wrong_afterwards(
    claimbook: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "my editor"
    editor.write_text('#!/bin/sh\nfor last; do :; done\nsed -i "s/^kind: .*/kind: rumor/" "$last"\n')
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", f"'{editor}' --wait")

    result = claimbook("edit", "apple-car-2024")

    assert result.code == 6
    assert "did you mean `rumour`?" in result.out


def test_edit_opens_a_broken_record_too(
    claimbook: Run, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = (example / CAR).read_text()
    (example / CAR).write_text("claim: a: b\n")
    (example / "whole").write_text(whole)
    monkeypatch.setenv("VISUAL", f"cp {example / 'whole'}")

    assert claimbook("edit", "apple-car-2024").code == 0
    assert (example / CAR).read_text() == whole


def test_the_schema_in_the_book_is_the_one_that_is_printed(claimbook: Run) -> None:
    repository = Path(__file__).parent.parent
    assert (repository / "claims/.schema.json").read_text() == claimbook("schema").out


def test_control_characters_of_a_record_never_reach_the_terminal(claimbook: Run, example: Path) -> None:
    article = example / "seeds/2021-02-apparata-nissan.md"
    article.write_text(article.read_text().replace("publisher: Apparata.nl", 'publisher: "A\u202eB"'))
    path = example / CAR
    path.write_text(path.read_text().replace("claim: A passenger", "claim: A \u2066[b]passenger"))

    for arguments in (("list",), ("show", "apple-car-2024"), ("check",), ("list", "--json")):
        result = claimbook(*arguments)
        assert not set("\x1b\u2066\u202e") & set(result.out + result.err)


def test_reading_commands_leave_every_byte_as_it_was(claimbook: Run, example: Path) -> None:
    before = {path: path.read_bytes() for path in example.rglob("*") if path.is_file()}

    for arguments in (
        (),
        ("list",),
        ("show", "apple-car-2024"),
        ("check",),
        ("schema",),
        ("undo", "--dry-run"),
    ):
        claimbook(*arguments)

    assert {path: path.read_bytes() for path in example.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_with_an_example(claimbook: Run, name: str) -> None:
    result = claimbook(name, "--help")

    assert result.code == 0
    assert "claimbook " + name in result.out.partition("Examples:")[2]


def test_the_program_runs_as_a_program(example: Path) -> None:
    program = shutil.which("claimbook", path=str(Path(sys.executable).parent))
    assert program

    done = subprocess.run([program, "list"], cwd=example, capture_output=True, text=True, check=True)

    assert "apple-car-2024" in done.stdout


def _difference(before: str, after: str) -> tuple[list[str], list[str]]:
    """Return the lines that are new and those that are gone, blank ones left out."""
    import difflib

    lines = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    added = [text[2:] for text in lines if text.startswith("+ ") and text[2:].strip()]
    return added, [text[2:] for text in lines if text.startswith("- ") and text[2:].strip()]
