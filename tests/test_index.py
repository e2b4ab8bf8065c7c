"""A property: whatever is done to a book, its index answers what reading all of it answers."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from agreeing import (
    ARTICLES,
    FOLDERS,
    IDS,
    article,
    assert_agree,
    let_the_clock_move_on,
    record,
    settings,
    settled,
)
from claimbook.book.errors import UnreadableError
from claimbook.book.files import read
from claimbook.index.checking import check
from claimbook.index.finder import take_in
from claimbook.index.index import Index

DAYS = (date(2026, 11, 21), date(1, 1, 1), date(9999, 12, 31), date(2024, 2, 29), date(2027, 3, 1))
FILTERS = ("car", "Ap", "é", "not:is:overdue", "about:gwm", 'due:2020.. "own in"', "said:2021", "origins:1")


@dataclass
class Desk:
    """A book that somebody works on, and its index."""

    root: Path
    index: Index
    today: date = DAYS[0]

    def claims(self) -> list[Path]:
        return sorted(path for path in (self.root / "claims").rglob("*") if path.is_file())

    def write(self, path: Path, data: bytes) -> None:
        if path.is_dir():
            shutil.rmtree(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def move(self, path: Path, target: Path) -> None:
        if not target.is_dir():
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)


Step = Callable[[Desk, int, int], None]


def write_a_claim(desk: Desk, which: int, what: int) -> None:
    folder, name = FOLDERS[which % len(FOLDERS)], IDS[which // len(FOLDERS) % len(IDS)]
    desk.write(desk.root / "claims" / f"{folder}{name}.yaml", record(what))


def change_a_claim(desk: Desk, which: int, what: int) -> None:
    if files := desk.claims():
        desk.write(files[which % len(files)], record(what))


def swap_letters(desk: Desk, which: int, what: int) -> None:
    """Change a file and leave its size, its inode and the time of its last change as they were."""
    if files := desk.claims():
        path = files[which % len(files)]
        before = path.stat()
        data = path.read_bytes()
        path.write_bytes(data.replace(*((b"own", b"won"), (b"202", b"203"), (b"true", b"eurt"))[what % 3]))
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def remove_a_claim(desk: Desk, which: int, _: int) -> None:
    if files := desk.claims():
        files[which % len(files)].unlink()


def move_a_claim(desk: Desk, which: int, what: int) -> None:
    if files := desk.claims():
        path = files[which % len(files)]
        desk.move(path, desk.root / "claims" / FOLDERS[what % len(FOLDERS)] / path.name)


def rename_a_claim(desk: Desk, which: int, what: int) -> None:
    if files := desk.claims():
        path = files[which % len(files)]
        desk.move(path, path.with_name(f"{IDS[what % len(IDS)]}.yaml"))


def swap_two_claims(desk: Desk, which: int, what: int) -> None:
    if files := desk.claims():
        one, other = files[which % len(files)], files[what % len(files)]
        between = desk.root / "between"
        one.replace(between)
        if one != other:
            other.replace(one)
        between.replace(other)


def restore_an_old_version(desk: Desk, which: int, what: int) -> None:
    """Put a file there as `cp -p` does, with the times that it had long ago."""
    if files := desk.claims():
        path = files[which % len(files)]
        desk.write(path, record(what))
        os.utime(path, (10**9, 10**9))


def make_it_too_large(desk: Desk, which: int, _: int) -> None:
    if files := desk.claims():
        files[which % len(files)].write_bytes(b"#" * (1 << 20) + b"\n#")


def put_a_folder_in_its_stead(desk: Desk, which: int, _: int) -> None:
    if files := desk.claims():
        path = files[which % len(files)]
        path.unlink()
        path.mkdir()


def put_a_link_in_its_stead(desk: Desk, which: int, what: int) -> None:
    if files := desk.claims():
        path = files[which % len(files)]
        path.unlink()
        path.symlink_to((desk.root / "elsewhere.yaml", desk.root / "nowhere.yaml")[what % 2])


def change_what_a_link_leads_to(desk: Desk, _: int, what: int) -> None:
    (desk.root / "elsewhere.yaml").write_bytes(record(what))


def write_an_article(desk: Desk, which: int, what: int) -> None:
    desk.write(desk.root / "seeds" / f"{ARTICLES[which % len(ARTICLES)]}.md", article(what))


def remove_an_article(desk: Desk, which: int, _: int) -> None:
    (desk.root / "seeds" / f"{ARTICLES[which % len(ARTICLES)]}.md").unlink(missing_ok=True)


def write_settings(desk: Desk, _: int, what: int) -> None:
    desk.write(desk.root / "claimbook.yaml", settings(what))


def lose_settings(desk: Desk, _: int, what: int) -> None:
    path = desk.root / "claimbook.yaml"
    if path.is_dir():
        path.rmdir()
    path.unlink(missing_ok=True)
    if what % 2:
        path.mkdir()


def leave_something_odd(desk: Desk, which: int, _: int) -> None:
    odd = (
        b"claims/.hidden.yaml",
        b"claims/a.yaml~",
        b"claims/b.txt",
        b"seeds/c.yaml",
        b"claims/\xff\xe9.yaml",
    )
    path = os.fsencode(desk.root) + b"/" + odd[which % len(odd)]
    if os.path.isdir(path):  # noqa: PTH112 - a name that is no text
        os.rmdir(path)  # noqa: PTH106
    with open(path, "wb") as file:  # noqa: PTH123 - a name that is no text
        file.write(record(which))


def another_day(desk: Desk, which: int, _: int) -> None:
    desk.today = DAYS[which % len(DAYS)]


def open_it_again(desk: Desk, _: int, __: int) -> None:
    desk.index.close()
    desk.index = Index(desk.root)


def make_some_searchable(desk: Desk, which: int, _: int) -> None:
    take_in(desk.index._database, 1 + which % 3)


def make_all_searchable(desk: Desk, _: int, __: int) -> None:
    while desk.index.take_in():
        pass


def look_without_asking(desk: Desk, which: int, _: int) -> None:
    if which % 2:
        desk.index.bring_up()
    else:
        desk.index.findings(desk.today)


def take_over_one(desk: Desk, which: int, what: int) -> None:
    """Change a claim as the desk does, and tell the index of it."""
    if files := [path for path in desk.claims() if path.suffix == ".yaml" and path.name[0] != "."]:
        path = files[which % len(files)]
        desk.write(path, record(what))
        try:
            name = path.relative_to(desk.root).as_posix()
            name.encode()
        except UnicodeEncodeError:
            return
        desk.index.take_over([name])


STEPS: tuple[Step, ...] = (
    *(
        write_a_claim,
        write_a_claim,
        change_a_claim,
        swap_letters,
        remove_a_claim,
        move_a_claim,
        rename_a_claim,
    ),
    *(swap_two_claims, restore_an_old_version, make_it_too_large, put_a_folder_in_its_stead),
    *(put_a_link_in_its_stead, change_what_a_link_leads_to, write_an_article, write_an_article),
    *(remove_an_article, write_settings, lose_settings, leave_something_odd, another_day, open_it_again),
    *(make_some_searchable, make_all_searchable, look_without_asking, take_over_one),
)

numbers = st.integers(0, 10_000)
rounds = st.lists(
    st.lists(st.tuples(st.sampled_from(STEPS), numbers, numbers), min_size=1, max_size=4), max_size=5
)


@given(seed=numbers, rounds=rounds)
@trying(max_examples=int(os.environ.get("TRIES", "40")), print_blob=False)
def test_the_index_answers_what_reading_the_book_answers(
    seed: int, rounds: list[list[tuple[Step, int, int]]]
) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch, settled():
        patch.setenv("XDG_CACHE_HOME", f"{folder}/cache")
        root = Path(folder) / "book"
        lay_out(root, seed)
        desk = Desk(root, Index(root))
        for steps in [[], *rounds]:
            for step, which, what in steps:
                step(desk, which, what)
            desk.index.bring_up()
            assert_agree(root, desk.index, desk.today, FILTERS)
            assert not desk.index.is_new
            let_the_clock_move_on(Path(folder))
        desk.index.close()


def lay_out(root: Path, seed: int) -> None:
    """Make a book of a few claims and articles."""
    (root / "claims").mkdir(parents=True)
    (root / "seeds").mkdir()
    for number, name in enumerate(IDS[: seed % 7]):
        (root / "claims" / f"{name}.yaml").write_bytes(record(seed + number))
    for number, name in enumerate(ARTICLES[: seed % 4]):
        path = root / "seeds" / f"{name}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(article(seed + number))


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Return a book whose files are trusted at once."""
    root = tmp_path / "book"
    lay_out(root, 6)
    (root / "claims" / "twin.yaml").write_bytes((root / "claims" / "nio.yaml").read_bytes())
    return root


@pytest.mark.parametrize("is_put_back", [True, False])
def test_a_file_that_changes_while_it_is_checked_is_looked_at_again(
    book: Path, monkeypatch: pytest.MonkeyPatch, *, is_put_back: bool
) -> None:
    path = book / "claims" / "apple-car.yaml"
    before = path.read_bytes()
    edits = [record(number) for number in (3, 8)]

    def check_late(*given: Any) -> None:
        if edits:
            path.write_bytes(edits.pop())
        check(*given)
        if is_put_back:
            path.write_bytes(before)

    monkeypatch.setattr("claimbook.index.checking.check", check_late)
    index = Index(book)
    index.bring_up()

    assert index.findings(DAYS[0])
    index.bring_up()
    assert_agree(book, index, DAYS[0])
    assert not index.made
    index.close()


@pytest.mark.parametrize("name", ["claims/apple-car.yaml", "seeds/paper.md"])
def test_a_file_that_the_system_did_not_give_is_asked_for_again(
    name: str, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that fails for a moment leaves no trace on the file."""

    def failing(path: Path, **given: Any) -> bytes:
        if given["name"] == name:
            raise UnreadableError(name, f"{name} cannot be read", "Look at the disk.")
        return read(path, **given)

    with settled():
        index = Index(book)
        with monkeypatch.context() as patch:
            for module in ("claimbook.index.deriving", "claimbook.book.book"):
                patch.setattr(f"{module}.read", failing)
            index.bring_up()
            assert_agree(book, index, DAYS[0])
        index.bring_up()
        assert_agree(book, index, DAYS[0])
        index.close()


def test_a_name_that_is_not_utf_8_costs_a_line(book: Path) -> None:
    with open(os.fsencode(book) + b"/claims/caf\xe9.yaml", "wb") as file:  # noqa: PTH123 - a name that is no text
        file.write(record(8))
    index = Index(book)
    index.bring_up()

    assert_agree(book, index, DAYS[0])
    (found,) = [item for item in index.findings(DAYS[0]) if "UTF-8" in item.message]
    assert (found.file, found.rule) == ("claims/caf<U+DCE9>.yaml", "unsafe-id")
    assert index.place_of("claims/caf\udce9.yaml") is None
    assert not index.made
    index.close()


def test_files_that_are_left_alone_are_not_opened_again(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with settled():
        index = Index(book)
        index.bring_up()
        index.findings(DAYS[0])
        for path in book.rglob("*.yaml"):
            path.touch()
        index.bring_up()
        monkeypatch.setattr("claimbook.index.updating.read", pytest.fail)
        monkeypatch.setattr("claimbook.index.deriving.read", pytest.fail)

        assert not index.bring_up()
        assert index.findings(DAYS[0])
        index.close()


def test_a_folder_that_cannot_be_looked_into_is_told_of_until_it_is_gone(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing else tells an empty one from none."""
    scandir = os.scandir

    def refusing(path: Any) -> Any:
        if os.fsdecode(path).endswith("/locked") and os.path.isdir(path):  # noqa: PTH112 - it may be a text
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    with settled():
        index = Index(book)
        for act in (Path.mkdir, Path.rmdir):
            index.bring_up()
            act(book / "claims" / "locked")
            index.bring_up()
            assert_agree(book, index, DAYS[0])
        index.close()
