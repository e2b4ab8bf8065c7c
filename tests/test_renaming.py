"""Renaming a claim: its file, whoever points to it, and the way back."""

import json
from pathlib import Path

import pytest

from conftest import Run

OLD = "claims/apple/apple-wants-car-2024.yaml"
NEW = "claims/apple/apple-intends-a-car.yaml"


def texts(root: Path) -> dict[str, str]:
    return {path.relative_to(root).as_posix(): path.read_text() for path in (root / "claims").rglob("*.yaml")}


def test_a_claim_moves_and_whoever_points_to_it_follows(claimbook: Run, example: Path) -> None:
    before = texts(example)

    result = claimbook("rename", "apple-wants-car-2024", "apple-intends-a-car")

    assert (result.code, result.out) == (0, "apple-intends-a-car\n"), result.err
    expected = {
        name.replace(OLD, NEW): text.replace("- to: apple-wants-car-2024\n", "- to: apple-intends-a-car\n")
        for name, text in before.items()
    }
    assert texts(example) == expected
    assert claimbook("check").code == 0


def test_it_is_one_step_that_can_be_undone(claimbook: Run, example: Path) -> None:
    before = texts(example)
    claimbook("rename", "apple-wants-car-2024", "apple-intends-a-car")
    after = texts(example)

    assert claimbook("undo").code == 0
    assert texts(example) == before
    assert claimbook("redo").code == 0
    assert texts(example) == after


def test_a_claim_that_points_to_itself_is_renamed_inside_too(claimbook: Run, example: Path) -> None:
    path = example / "claims/apple/apple-car-2024.yaml"
    path.write_text(path.read_text().replace("- to: apple-wants-car-2024", "- to: apple-car-2024"))

    assert claimbook("rename", "apple-car-2024", "apple-car").code == 0

    assert "  - to: apple-car\n    as: follows\n" in (example / "claims/apple/apple-car.yaml").read_text()


def test_a_dry_run_names_both_and_writes_nothing(claimbook: Run, example: Path) -> None:
    before = texts(example)

    result = claimbook("rename", "apple-wants-car-2024", "apple-intends-a-car", "--dry-run")
    answer = json.loads(claimbook("rename", "apple-wants-car-2024", "x", "--dry-run", "--json").out)

    assert f"rename from {OLD}\nrename to {NEW}\n" in result.out
    assert "+  - to: apple-intends-a-car" in result.out
    assert (answer["id"], answer["was"], answer["written"]) == ("x", OLD, False)
    assert texts(example) == before


@pytest.mark.parametrize(
    ("old", "new", "code", "says"),
    [
        ("apple-wants-car-2024", "apple-car-2024", 5, "is taken, by claims/apple/apple-car-2024.yaml"),
        ("apple-wants-car-2024", "Apple Car", 5, "rename it to `apple-car`"),
        ("apple-wants-car-2024", "../apple", 5, "may have only a-z"),
        ("apple-wants-car-2024", "con", 5, "device on Windows"),
        ("apple-wants-car-2024", "apple-wants-car-2024", 5, "its id already"),
        ("apple-want-car-2024", "x", 4, "did you mean apple-wants-car-2024?"),
    ],
)
def test_an_id_that_is_taken_or_unsafe_is_refused(  # noqa: PLR0917 - pytest passes them by name
    claimbook: Run, example: Path, old: str, new: str, code: int, says: str
) -> None:
    before = texts(example)

    result = claimbook("rename", old, new)

    assert result.code == code
    assert says in result.err
    assert texts(example) == before


def test_an_unsafe_id_can_be_mended(claimbook: Run, example: Path) -> None:
    (example / OLD).rename(example / "claims/apple/Apple Wants.yaml")

    assert claimbook("rename", "Apple Wants", "apple-wants-car-2024").code == 0

    assert (example / OLD).exists()


def test_a_broken_file_that_names_the_claim_is_left_alone_and_named(claimbook: Run, example: Path) -> None:
    broken = example / "claims/broken.yaml"
    broken.write_text("relations: [{to: apple-wants-car-2024\n")

    result = claimbook("rename", "apple-wants-car-2024", "apple-intends-a-car")

    assert result.code == 0
    assert "claims/broken.yaml may name apple-wants-car-2024 too" in result.err
    assert broken.read_text() == "relations: [{to: apple-wants-car-2024\n"


def test_one_of_two_files_with_an_id_is_not_chosen_by_chance(claimbook: Run, example: Path) -> None:
    twin = example / "claims/xiaomi/apple-wants-car-2024.yaml"
    twin.write_bytes((example / OLD).read_bytes())

    result = claimbook("rename", "apple-wants-car-2024", "apple-intends-a-car")

    assert result.code == 5
    assert "have this id" in result.err
