"""What others call claimbook by: the hook for pre-commit, and the example of a workflow for GitHub."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import REPOSITORY, Run

CAR = "claims/apple/apple-car-2024.yaml"


def hook() -> dict[str, Any]:
    (only,) = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text())
    return dict(only)


def steps() -> list[list[str]]:
    """Return the commands of the workflow that are claimbook's."""
    workflow = yaml.safe_load((REPOSITORY / "docs/github-workflow.yml").read_text())
    lines = [step.get("run", "") for step in workflow["jobs"]["check"]["steps"]]
    return [shlex.split(line)[1:] for line in lines if line.startswith("claimbook ")]


def test_the_hook_lets_a_book_in_order_through_and_no_broken_one(example: Path, claimbook: Run) -> None:
    words = shlex.split(hook()["entry"])[1:]
    assert claimbook(*words).code == 0

    (example / CAR).write_text((example / CAR).read_text().replace("kind:", "knid:"))
    assert claimbook(*words).code == 1


@pytest.mark.parametrize("file", [CAR, "claims/a.yaml", "seeds/2021-03-26-a.md", "claimbook.yaml"])
def test_the_hook_runs_for_every_file_of_a_book(file: str) -> None:
    assert re.search(hook()["files"], file)


@pytest.mark.parametrize("file", ["README.md", "src/claims.py", "claims/.schema.json"])
def test_and_for_no_others(file: str) -> None:
    assert not re.search(hook()["files"], file)


def test_the_workflow_annotates_the_lines_that_are_wrong(example: Path, claimbook: Run) -> None:
    (example / CAR).write_text((example / CAR).read_text().replace("kind:", "knid:"))

    (words,) = steps()
    result = claimbook(*words)

    assert result.code == 1
    assert f"::error file={CAR},line=4,col=1,endLine=4,endColumn=5,title=unknown-key::" in result.out
