"""Odd things in a book's folders, and hundreds of broken files: each costs a line, and the rest is there."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Run, runner
from desks import SMALL, opened


def deep(root: Path) -> None:
    """Make folders in folders, deeper than a path can be long."""
    here = Path.cwd()
    os.chdir(root / "claims")
    for _ in range(50):
        Path("d" * 100).mkdir()
        os.chdir("d" * 100)
    os.chdir(here)


def narrow(root: Path) -> None:
    """Make more folders in folders than Python's stack is deep."""
    here = Path.cwd()
    os.chdir(root / "claims")
    for _ in range(1100):
        Path("d").mkdir()
        os.chdir("d")
    Path("bottom.txt").write_text("x")
    os.chdir(here)


def named(name: str) -> Callable[[Path], object]:
    return lambda root: (root / "claims" / name).write_text("x")


Spoil = Callable[[Path], object]

ODD: dict[str, tuple[Spoil, str]] = {
    "a pipe": (lambda root: os.mkfifo(root / "claims/x.yaml"), "is no file: it is left alone"),
    "a pipe of an article": (lambda root: os.mkfifo(root / "seeds/x.md"), "is no file: it is left alone"),
    "a folder with an ending": (lambda root: (root / "claims/x.yaml").mkdir(), ""),
    "a link in a circle": (lambda root: (root / "claims/x.yaml").symlink_to("x.yaml"), "mend or delete it"),
    "a link to nowhere": (lambda root: (root / "claims/x.yaml").symlink_to("gone"), "mend or delete it"),
    "a link upwards": (lambda root: (root / "claims/up").symlink_to(".."), "is no file"),
    "a link to all there is": (lambda root: (root / "claims/all").symlink_to("/"), "is no file"),
    "an endless device": (lambda root: (root / "claims/x.yaml").symlink_to("/dev/zero"), "is no file"),
    "settings that lead nowhere": (
        lambda root: (root / "claimbook.yaml").symlink_to("gone"),
        "leads nowhere",
    ),
    "settings in a circle": (
        lambda root: (root / "claimbook.yaml").symlink_to("claimbook.yaml"),
        "cannot be read",
    ),
    "settings that are a pipe": (lambda root: os.mkfifo(root / "claimbook.yaml"), "claimbook.yaml"),
    "folders beyond any path": (deep, "cannot be looked into"),
    "folders beyond any stack": (narrow, "ends in .yaml"),
    "a name that is no UTF-8": (
        lambda root: Path(os.fsdecode(os.fsencode(root) + b"/claims/\xff.yaml")).write_text("claim: x\n"),
        "not UTF-8",
    ),
    "a folder whose name is no UTF-8": (
        lambda root: Path(os.fsdecode(os.fsencode(root) + b"/claims/\xff")).mkdir(),
        "is no UTF-8",
    ),
    "a name with escapes": (named("\x1b]0;x\x07\n.yaml"), "may have only a-z"),
    "a name that is an option": (named("--help.yaml"), "may have only a-z"),
    "a name of a device": (named("con.yaml"), "device on Windows"),
    "a name that is too long": (named("x" * 240 + ".yaml"), "shorten it"),
    "a name with another ending": (named("x.yml"), "ends in .yaml"),
    "a copy of Dropbox": (named("x (conflicted copy 2026-01-01).yaml"), "may have only a-z"),
    "a copy of Syncthing": (named("x.sync-conflict-20260101-120000-ABCDEFG.yaml"), "may have only a-z"),
    "a copy of Nextcloud": (named("x (conflicted copy 2026-01-01 120000).yaml"), "may have only a-z"),
    "a copy of git": (named("x.yaml.orig"), ""),
    "a swap file of vim": (named(".x.yaml.swp"), ""),
    "a lock of Emacs": (lambda root: (root / "claims/.#x.yaml").symlink_to("ann@desk.4711:1"), ""),
    "an auto-save of Emacs": (named("#x.yaml#"), ""),
    "what a file manager leaves": (named(".DS_Store"), ""),
}
"""What is put into the example book, and what is said of it; nothing where it is nobody's business."""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return a copy of the small book."""
    return Path(shutil.copytree(SMALL, tmp_path / "book"))


@pytest.mark.parametrize("what", ODD)
def test_an_odd_thing_costs_a_line(
    small: Path, what: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil, says = ODD[what]
    monkeypatch.chdir(small)
    claimbook = runner(capsys)
    before = claimbook("check").out
    claims = json.loads(claimbook("list", "--json").out)["claims"]
    spoil(small)

    check, listed = claimbook("check"), claimbook("list", "--json")

    assert check.code in (0, 1), check.err
    assert json.loads(listed.out)["claims"] == claims
    assert says in check.out.replace(before, "")
    assert (check.out == before) == (says == "")
    assert claimbook("doctor").code in (0, 1)
    assert claimbook("verdict", claims[0]["id"], "unproven", "--why", "Still so.").code == 0
    subprocess.run(["rm", "-rf", "claims/d"], check=True)  # what is deeper than Python's stack, pytest leaves


def test_a_book_with_300_broken_files_opens_and_tells_of_each(claimbook: Run, example: Path) -> None:
    lay_down_broken(example)

    check = json.loads(claimbook("check", "--format", "json").out)
    listed = json.loads(claimbook("list", "--json").out)

    files = {item["file"] for item in check["diagnostics"] if item["severity"] == "error"}
    assert len(files) == len(listed["broken"]) == 300
    assert len(listed["claims"]) > 80
    assert "300 broken" in claimbook("--json").out.replace('"broken": 300', "300 broken")


async def test_the_desk_opens_on_300_broken_files(small: Path) -> None:
    lay_down_broken(small)

    async with opened(small) as desk:
        assert desk.app.view is not None
        assert desk.app.view.tallies.broken == 301  # one was there before
        assert (
            len({item.file for item in desk.app.view.problems if item.is_error}) == 302
        )  # and a wrong quote
        await desk.press("p", "G", "g")
        assert "300 broken" in desk.screen_text() or "claims/broken-" in desk.screen_text()


def lay_down_broken(example: Path) -> None:
    """Break 300 files in as many ways as the hostile ones do."""
    hostile = sorted((Path(__file__).parent / "hostile").glob("[!f]*.yaml"))
    for number in range(300):
        shutil.copy(hostile[number % len(hostile)], example / f"claims/broken-{number}.yaml")


async def test_no_link_and_no_odd_name_keeps_the_desk_from_seeing_changes(small: Path) -> None:
    (small / "claims/all").symlink_to("/")
    (small / "claims/up").symlink_to("..")
    odd = os.fsencode(small) + b"/claims/\xff"
    os.mkdir(odd)  # noqa: PTH102 - a name in bytes
    os.mkfifo(odd + b".yaml")

    async with opened(small) as desk:
        (small / "claims/fresh.yaml").write_text("claim: x\n")
        await desk.until(lambda: "fresh" in desk.ids)
        (small / "claims/folder").mkdir()
        (small / "claims/folder/inner.yaml").write_text("claim: x\n")
        await desk.until(lambda: "inner" in desk.ids)
        os.close(os.open(odd + b".yaml", os.O_RDWR))
        (small / "claims/folder/second.yaml").write_text("claim: x\n")
        await desk.until(lambda: "second" in desk.ids)
