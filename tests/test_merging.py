"""Two people's edits of one record, merged by git."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import ordeal
from claimbook.record.conflicts import conflicts
from claimbook.record.merging import merge
from conftest import Run
from desks import opened

CAR = "claims/apple/apple-car-2024.yaml"
VERDICT = "  - date: 2026-11-21\n    rating: mixed\n    by: {who}\n    why: {who} thinks so.\n"


@pytest.fixture
def base(example: Path) -> str:
    return (example / CAR).read_text()


def with_verdict(text: str, who: str) -> str:
    return text.replace("\nnotes: >-", VERDICT.format(who=who) + "\nnotes: >-")


def test_two_who_append_to_one_list_get_both(base: str) -> None:
    merged = merge(base, with_verdict(base, "ann"), with_verdict(base, "bob"))

    assert merged.conflicts == 0
    assert merged.text == with_verdict(with_verdict(base, "ann"), "bob")


def test_two_who_change_different_keys_get_both(base: str) -> None:
    ours = base.replace("kind: prediction", "kind: rumour")
    theirs = base.replace("due_said: in 2024\n\n", "")

    merged = merge(base, ours, theirs)

    assert (merged.conflicts, merged.text) == (0, ours.replace("due_said: in 2024\n\n", ""))


def test_two_who_change_different_keys_of_one_item_get_both(base: str) -> None:
    ours = base.replace("fidelity: strengthened", "fidelity: weakened  # I think")
    theirs = base.replace("certainty: plain", "certainty: hedged")

    merged = merge(base, ours, theirs)

    assert merged.conflicts == 0
    assert "fidelity: weakened  # I think" in merged.text
    assert "certainty: hedged" in merged.text


def test_two_who_add_different_tags_get_both(base: str) -> None:
    merged = merge(base, base.replace("[cars, ev]", "[cars, ev, x]"), base.replace("[cars, ev]", "[cars, y]"))

    assert merged.conflicts == 0
    assert "tags: [cars, x, y]\n" in merged.text


def test_an_added_key_and_a_change_before_it_do_not_meet(base: str) -> None:
    merged = merge(base, base + "\nx-mine: 1\n", base.replace("there was no car.", "there was none."))

    assert merged.conflicts == 0
    assert merged.text.endswith("there was none.\n\nx-mine: 1\n")


def test_what_both_changed_differently_is_left_to_a_person(base: str) -> None:
    ours = base.replace("status: settled", "status: reviewing")
    theirs = base.replace("status: settled", "status: shelved").replace("kind: prediction", "kind: rumour")

    merged = merge(base, ours, theirs)

    assert merged.conflicts == 1
    assert "<<<<<<< ours\nstatus: reviewing\n=======\nstatus: shelved\n>>>>>>> theirs\n" in merged.text
    assert "kind: rumour\n" in merged.text


def test_what_one_took_away_and_the_other_changed_is_left_to_a_person(base: str) -> None:
    ours = base.replace("due_said: in 2024\n\n", "")

    merged = merge(base, ours, base.replace("due_said: in 2024", "due_said: by 2024"))

    assert merged.conflicts == 1
    assert "due_said: by 2024\n>>>>>>> theirs" in merged.text


def test_a_text_that_cannot_be_read_is_one_conflict(base: str) -> None:
    merged = merge(base, base.replace("kind: prediction", "kind: a: b"), with_verdict(base, "bob"))

    assert merged.conflicts == 1
    assert merged.text.startswith("<<<<<<< ours\n")


def test_one_side_that_changed_nothing_takes_the_other(base: str) -> None:
    other = with_verdict(base, "ann")

    assert (
        merge(base, base, other).text
        == merge(base, other, base).text
        == merge(base, other, other).text
        == other
    )


def git(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    names = ("-c", "user.name=ann", "-c", "user.email=ann@example.org")
    return subprocess.run(
        ["git", *names, *words],
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


def branches(folder: Path, ours: str, theirs: str) -> subprocess.CompletedProcess[str]:
    """Commit one version on each of two branches, and merge them."""
    git(folder, "checkout", "-q", "-b", "bob")
    (folder / CAR).write_text(theirs)
    git(folder, "commit", "-qam", "theirs")
    git(folder, "checkout", "-q", "main")
    (folder / CAR).write_text(ours)
    git(folder, "commit", "-qam", "ours")
    return git(folder, "merge", "bob")


@pytest.fixture
def repository(claimbook: Run, example: Path) -> Path:
    git(example, "init", "-q", "-b", "main")
    assert claimbook("merge-driver", "--install").code == 0
    git(example, "add", "-A")
    git(example, "commit", "-qm", "base")
    return example


def test_git_merges_two_verdicts_with_the_driver(repository: Path, base: str, claimbook: Run) -> None:
    done = branches(repository, with_verdict(base, "ann"), with_verdict(base, "bob"))

    assert done.returncode == 0, done.stdout + done.stderr
    assert (repository / CAR).read_text() == with_verdict(with_verdict(base, "ann"), "bob")
    assert claimbook("check", CAR).code == 0


def test_git_is_told_of_a_conflict_and_the_check_names_its_lines(
    repository: Path, base: str, claimbook: Run
) -> None:
    done = branches(
        repository,
        base.replace("status: settled", "status: reviewing"),
        base.replace("status: settled", "status: shelved"),
    )

    assert done.returncode == 1
    assert "[merge-conflict]" in claimbook("check", CAR).out


@pytest.mark.parametrize("at", [1, 7, 11, 17])
def test_a_driver_that_is_killed_leaves_no_side_that_looks_like_the_result(
    repository: Path, base: str, at: int, claimbook: Run
) -> None:
    driver = f"{sys.executable} {ordeal.__file__} die {at} merge-driver %O %A %B %P"
    git(repository, "config", "merge.claimbook.driver", driver)
    ours = base.replace("kind: prediction", "kind: rumour")

    done = branches(repository, ours, with_verdict(base, "bob"))

    assert done.returncode == 1
    assert git(repository, "status", "--short", "--untracked-files=no").stdout == f"UU {CAR}\n"
    text = (repository / CAR).read_text()
    if at > 10:  # the markers are written by then
        assert text == f"<<<<<<< ours\n{ours}=======\n{with_verdict(base, 'bob')}>>>>>>> theirs\n"
        assert "[merge-conflict]" in claimbook("check", CAR).out
    else:
        assert text == ours


def test_both_sides_of_a_conflict_are_shown(repository: Path, base: str, claimbook: Run) -> None:
    branches(
        repository,
        base.replace("status: settled", "status: reviewing"),
        base.replace("status: settled", "status: shelved"),
    )

    shown = claimbook("show", "apple-car-2024")

    assert shown.code == 6
    assert f"{CAR}:11 ours\n    status: reviewing\n" in shown.out
    assert f"{CAR}:13 theirs\n    status: shelved\n" in shown.out
    assert "keep the lines that are right" in shown.err


async def test_the_desk_shows_both_sides_too(repository: Path, base: str) -> None:
    branches(
        repository,
        base.replace("status: settled", "status: reviewing"),
        base.replace("status: settled", "status: shelved"),
    )

    async with opened(repository, (120, 40)) as desk:
        desk.claims.move_to(desk.ids.index("apple-car-2024"))
        await desk.settle()
        assert "BROKEN" in desk.detail
        assert "Ours, from line" in desk.detail
        assert desk.detail.index("status: reviewing") < desk.detail.index("Theirs, from line")
        assert "status: shelved" in desk.detail


def test_conflicts_are_read_as_git_writes_them() -> None:
    text = (
        "a\r\n<<<<<<< HEAD\r\nb\r\n||||||| 0123abc\r\nc\r\n=======\r\nd\r\ne\r\n>>>>>>> theirs\r\n"
        "=======\n<<<<<<< no end\nx\n"
    )

    (found,) = conflicts(text)

    assert (found.ours_name, found.ours, found.ours_line) == ("HEAD", ["b"], 3)
    assert (found.theirs_name, found.theirs, found.theirs_line) == ("theirs", ["d", "e"], 7)


def test_installing_twice_writes_the_attribute_once(repository: Path, claimbook: Run) -> None:
    claimbook("merge-driver", "--install")

    assert (repository / ".gitattributes").read_text().count("merge=claimbook") == 1


def test_doctor_tells_whether_git_knows_the_driver(
    claimbook: Run, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
    (example / ".gitattributes").write_text(
        "seeds/* -text\n*.yaml text eol=lf\nclaims/**/*.yaml merge=claimbook\n"
    )
    git(example, "init", "-q", "-b", "main")
    assert "claimbook merge-driver --install" in claimbook("doctor").out

    claimbook("merge-driver", "--install")

    assert "git merges records key by key" in claimbook("doctor").out
