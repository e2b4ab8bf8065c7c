"""Exports: whole records as JSON, a spreadsheet that runs nothing, and a file that is whole or not there."""

import csv
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimbook.book.disk import Disk
from claimbook.book.refusals import Refused
from claimbook.exchange import as_csv
from claimbook.exchange.delivery import deliver
from conftest import Run

REVIEW = (
    *("export", "--format", "claimreview", "--organisation", "Claim Desk"),
    *("--page-url", "https://desk.example/checks/{id}"),
)

NASTY = st.text(st.sampled_from("=+-@＝\"';,|\t\n\r ab<>&!/\u2028\x1b\u202e")) | st.text()


def cells(text: str, delimiter: str = ",") -> Iterator[str]:
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        yield from row


def test_json_is_the_whole_record(claimbook: Run, example: Path) -> None:
    path = example / "claims/apple/apple-car-2024.yaml"
    path.write_text(path.read_text() + "\nx-desk: [cars, {by: ann}]\n")

    answer = json.loads(claimbook("export", "--format", "json", "id:apple-car-2024").out)

    (one,) = answer["claims"]
    assert answer["schema"] == 1
    assert (one["id"], one["file"]) == ("apple-car-2024", "claims/apple/apple-car-2024.yaml")
    assert one["due"] == "2024"
    assert one["sources"][0]["quote"] in (example / "seeds/2021-02-apparata-nissan.md").read_text()
    assert len(one["verdicts"]) == 2
    assert one["x-desk"] == ["cars", {"by": "ann"}]


def test_json_has_every_claim_and_names_the_broken_ones(claimbook: Run, example: Path) -> None:
    (example / "claims/broken.yaml").write_text("claim: a: b\n")

    result = claimbook("export", "--format", "json")

    answer = json.loads(result.out)
    assert len(answer["claims"]) == len(json.loads(claimbook("list", "--json").out)["claims"])
    assert answer["broken"] == [{"file": "claims/broken.yaml", "errors": 1}]
    assert "claims/broken.yaml:1:" in result.err


def test_json_of_nothing_is_whole_too(claimbook: Run) -> None:
    assert json.loads(claimbook("export", "--format", "json", "unfindable").out) == {
        "schema": 1,
        "claims": [],
        "broken": [],
    }


@given(NASTY)
def test_no_cell_begins_a_formula_however_the_file_is_taken_apart(text: str) -> None:
    line = as_csv._line([as_csv.defused(text), "plain", as_csv.defused(text)])

    for delimiter in ",;\t|":
        for cell in cells(line + line, delimiter):
            assert cell.strip(' \t\r\n"')[:1] not in set(as_csv.FORMULA), (delimiter, cell)
    assert not [cell for cell in cells(line) if cell[:1] in set("\t\r\n")]


@given(st.lists(NASTY, min_size=2, max_size=6))
def test_a_row_reads_back_as_it_was_written(texts: list[str]) -> None:
    row = [as_csv.defused(text) for text in texts]

    assert list(csv.reader(io.StringIO(as_csv._line(row), newline=""))) == [row]


def test_what_is_no_formula_stays_as_it_is() -> None:
    for text in ("Xiaomi - a maker", "a+b=c, or not", "-", "“Nee” = nee", "één; twee"):
        assert as_csv.defused(text) == (f"'{text}" if text == "-" else text)


def test_a_spreadsheet_has_a_row_for_each_claim(claimbook: Run) -> None:
    result = claimbook("export", "--format", "csv", "about:Xiaomi")

    rows = list(csv.DictReader(io.StringIO(result.out, newline="")))
    assert {row["id"] for row in rows} == {
        row["id"] for row in json.loads(claimbook("list", "about:Xiaomi", "--json").out)["claims"]
    }
    (one,) = (row for row in rows if row["id"] == "xiaomi-great-wall-cooperation")
    assert (one["status"], one["rating"], one["confidence"]) == ("settled", "mostly false", "high")
    assert (one["sources"], one["origins_min"], one["origins_max"]) == ("3", "1", "1")
    assert one["about"] == "Xiaomi; Great Wall Motor"
    assert "single-origin" in one["flags"]
    assert one["why"].startswith("Great Wall denied even talks")


def test_a_spreadsheet_of_nothing_still_names_its_columns(claimbook: Run) -> None:
    result = claimbook("export", "--format", "csv", "unfindable")

    assert result.out.rstrip("\r\n").split(",") == list(as_csv.Row._fields)


def test_a_formula_in_a_record_is_defused_all_the_way(claimbook: Run, example: Path) -> None:
    path = example / "claims/apple/apple-car-2024.yaml"
    path.write_text(
        path.read_text()
        .replace("claim: A passenger", 'claim: \'=HYPERLINK("http://x.example") A passenger')
        .replace("goes into production in 2024.", "goes into production in 2024.'", 1)
        .replace("about: [Apple]", "about: [Apple, '+1', '@x']")
    )

    (row,) = csv.DictReader(
        io.StringIO(claimbook("export", "--format", "csv", "id:apple-car-2024").out, newline="")
    )

    assert row["claim"].startswith("'=HYPERLINK")
    assert row["about"] == "Apple; '+1; '@x"


def test_options_of_one_format_are_refused_for_another(claimbook: Run) -> None:
    assert claimbook("export", "--format", "csv", "--page-url", REVIEW[-1]).code == 2
    assert claimbook("export").code == 2
    assert "did you mean overdue?" in claimbook("export", "--format", "csv", "is:overdu").err


@pytest.mark.parametrize("form", ["json", "csv"])
def test_a_file_has_what_stdout_has(claimbook: Run, tmp_path: Path, form: str) -> None:
    result = claimbook("export", "--format", form, "--output", str(tmp_path / "out"))

    assert (result.code, result.out) == (0, "")
    assert (tmp_path / "out").read_bytes().decode() == claimbook("export", "--format", form).out
    assert "claims in" in result.err


def test_a_file_that_is_there_is_never_written_over(claimbook: Run, example: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    record_path = "claims/apple/apple-car-2024.yaml"
    before = (example / record_path).read_bytes()

    for place in (str(tmp_path / "out"), record_path, "claims/new.csv", "seeds/sub/../new.csv"):
        result = claimbook("export", "--format", "csv", "--output", place)
        assert result.code == 5, place
        assert "Nothing was written" in result.err

    assert (tmp_path / "out").read_text() == "mine"
    assert (example / record_path).read_bytes() == before
    assert not (example / "claims/new.csv").exists()


def test_a_folder_that_is_not_there_is_named(claimbook: Run, tmp_path: Path) -> None:
    result = claimbook("export", "--format", "csv", "--output", str(tmp_path / "no" / "out"))

    assert result.code in (5, 74)
    assert "nothing was written" in result.err


def test_a_file_that_cannot_be_finished_never_appears(tmp_path: Path) -> None:
    class Full(Disk):
        def fsync(self, fd: int) -> None:  # noqa: ARG002 - whichever it is
            raise OSError(28, os.strerror(28))

    with pytest.raises(Exception, match="out"):
        deliver(["a"], tmp_path / "out", tmp_path / "book", disk=Full())

    assert list(tmp_path.iterdir()) == []


def test_a_source_of_pieces_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    def pieces() -> Iterator[str]:
        yield "a"
        raise Refused("no")

    with pytest.raises(Refused):
        deliver(pieces(), tmp_path / "out", tmp_path / "book")

    assert list(tmp_path.iterdir()) == []


def test_control_characters_of_a_record_never_reach_the_terminal(claimbook: Run, example: Path) -> None:
    path = example / "claims/apple/apple-car-2024.yaml"
    path.write_text(path.read_text().replace("A passenger", "A \u202epassenger"))

    for arguments in (("export", "--format", "json"), ("export", "--format", "csv"), REVIEW):
        result = claimbook(*arguments, "id:apple-car-2024")
        assert result.code == 0
        assert "passenger" in result.out
        assert not set("\x1b\u202e") & set(result.out + result.err)
