"""Pairs of realistic edits, merged: every true conflict is left to a person, and nothing else is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from claimbook.cli.merging import ATTRIBUTE, DRIVER
from claimbook.record.merging import merge
from conftest import REPOSITORY
from pairs import Pair, pairs, says_both
from torturing import Torture

RECORDS = sorted((REPOSITORY / "claims").rglob("*.yaml"))


def git(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    names = (
        "-c",
        "user.name=ann",
        "-c",
        "user.email=ann@example.org",
        "-c",
        f"merge.claimbook.driver={DRIVER}",
    )
    return subprocess.run(
        ["git", *names, *words],
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


def conflicts_by_line(pair: Pair, folder: Path) -> bool:
    """Tell whether git finds a conflict where nobody tells it how to merge records."""
    for name, text in (("ours", pair.ours), ("base", pair.base), ("theirs", pair.theirs)):
        (folder / name).write_text(text)
    return git(folder, "merge-file", "-p", "-q", "ours", "base", "theirs").returncode != 0


@pytest.mark.torture
def test_a_merge_says_what_both_say_and_leaves_true_conflicts_only(tmp_path: Path, torture: Torture) -> None:
    number = torture.times(150, 600)
    by_line, by_block, true = 0, 0, 0
    for pair in pairs(RECORDS, number, seed=1):
        merged = merge(pair.base, pair.ours, pair.theirs)
        assert bool(merged.conflicts) == pair.conflicts, pair.edits
        assert pair.conflicts or says_both(pair, merged.text), pair.edits
        assert merge(pair.base, pair.theirs, pair.ours).conflicts == merged.conflicts
        by_line += conflicts_by_line(pair, tmp_path)
        by_block += bool(merged.conflicts)
        true += pair.conflicts
    assert true == by_block < by_line
    torture.tell(
        "pairs of edits of one record, merged",
        number,
        f"conflicts: {by_line / number:.1%} with git alone, {by_block / number:.1%} with the driver, "
        f"of which true ones: {true} of {by_block}; merges that said anything else: 0",
    )


@pytest.mark.torture
def test_git_itself_merges_them_so_with_the_driver(tmp_path: Path, torture: Torture) -> None:
    made = dict(enumerate(pairs(RECORDS, torture.times(8, 600), seed=2)))
    names = {number: f"claims/p{number}.yaml" for number in made}
    (tmp_path / "claims").mkdir()
    (tmp_path / ".gitattributes").write_text(f"{ATTRIBUTE}\n")
    git(tmp_path, "init", "-q", "-b", "base")

    def commit(branch: str, side: str) -> None:
        git(tmp_path, "checkout", "-q", "-b", branch)
        for number, pair in made.items():
            (tmp_path / names[number]).write_text(getattr(pair, side))
        git(tmp_path, "add", "-A")
        git(tmp_path, "commit", "-qm", side)

    commit("start", "base")
    commit("theirs", "theirs")
    git(tmp_path, "checkout", "-q", "start")
    commit("ours", "ours")

    done = git(tmp_path, "merge", "-q", "theirs")

    left = git(tmp_path, "diff", "--name-only", "--diff-filter=U").stdout.split()
    assert set(left) == {names[number] for number, pair in made.items() if pair.conflicts}, done.stderr
    for number, pair in made.items():
        text = (tmp_path / names[number]).read_text()
        assert ("<<<<<<< ours\n" in text) if pair.conflicts else says_both(pair, text)
    torture.tell(
        "the same, by `git merge` with the driver", len(made), f"left to a person: {len(left)}, all true"
    )
