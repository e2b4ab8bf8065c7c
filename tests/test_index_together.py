"""Several programs on one book and its index at once, and programs that are killed on the way."""

import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

from agreeing import FOLDERS, IDS, article, assert_agree, record
from claimbook.book.book import Book
from claimbook.index.index import Index
from claimbook.record.dates import today
from claimbook.review.checks import check
from claimbook.review.words import Standpoint

COMMANDS = ("list", "queue", "check --format json", "list --json car", "track --json", "timeline")
A_HARE = (
    "import sys, claimbook.index.updating as u\n"
    "u._A_COMMIT = 0.0\n"
    "from claimbook.cli.main import run\n"
    "sys.exit(run(sys.argv[1:]))"
)
"""A program that keeps what it has done after each file, so that it can be cut short in many places."""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Return a book of some size."""
    root = tmp_path / "book"
    for number in range(60):
        folder = root / "claims" / FOLDERS[number % 2] / str(number // 16)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{IDS[number // 2 % 4]}-{number}.yaml").write_bytes(record(number))
    (root / "seeds").mkdir()
    (root / "seeds" / "paper.md").write_bytes(article(3))
    return root


def started(root: Path, command: str) -> subprocess.Popen[str]:
    words = [sys.executable, "-c", A_HARE, *command.split()]
    pipe = subprocess.PIPE
    return subprocess.Popen(words, cwd=root, stdout=pipe, stderr=pipe, text=True)


def ended(program: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = program.communicate(timeout=120)
    return program.returncode, out, err


def assert_sound(root: Path) -> None:
    """Hold what was left of the index against the book, without having it made anew."""
    index = Index(root)
    index.bring_up()
    assert not index.made
    assert not index.is_new
    assert_agree(root, index, today(), ("car",))
    index.close()


def test_commands_that_find_no_index_at_the_same_time_all_answer(book: Path) -> None:
    programs = [started(book, command) for command in COMMANDS]
    answers = [ended(program) for program in programs]

    assert answers == [ended(started(book, command)) for command in COMMANDS]
    assert_sound(book)


@contextmanager
def edited_on_and_on(root: Path) -> Iterator[None]:
    """Have files changed, moved and deleted by somebody else meanwhile."""
    done = threading.Event()

    def edit() -> None:
        some = random.Random(0)  # noqa: S311 - no secret
        while not done.wait(0.005):
            path = some.choice(sorted((root / "claims").rglob("*.yaml")))
            act = some.randrange(3)
            if act == 0:
                path.unlink()
            else:
                fresh = path.with_name(f"{some.choice(IDS)}-{some.randrange(200)}.yaml")
                (path if act == 1 else fresh).write_bytes(record(some.randrange(1000)))

    thread = threading.Thread(target=edit)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def test_commands_answer_while_files_are_edited_and_the_index_is_sound_afterwards(book: Path) -> None:
    with edited_on_and_on(book):
        programs = [started(book, command) for command in COMMANDS]
        answers = [ended(program) for program in programs]

    assert [answer for answer in answers if answer[0] not in (0, 1)] == []
    assert not [err for _, _, err in answers if "locked" in err or "Traceback" in err]
    assert_sound(book)


@pytest.mark.parametrize("is_cold", [True, False])
def test_an_index_whose_writer_is_killed_at_any_moment_is_sound(book: Path, *, is_cold: bool) -> None:
    some = random.Random(1)  # noqa: S311 - no secret
    index = Index(book)
    if not is_cold:
        index.bring_up()
    index.close()
    for number in range(int(os.environ.get("KILLS", "4"))):
        files = sorted((book / "claims").rglob("*.yaml"))
        for path in some.sample(files, len(files) if is_cold else 15):
            path.write_bytes(record(some.randrange(1000)))
        (book / "seeds" / "paper.md").write_bytes(article(some.randrange(1000)))
        program = started(book, "check --format json")
        try:
            program.wait(some.uniform(0.15, 1.0))
        except subprocess.TimeoutExpired:
            program.send_signal(signal.SIGKILL)
        program.communicate()
        if number % 2:
            for path in some.sample(files, 10):
                path.unlink()
        assert_sound(book)


def work_cut_short_is_done(other: Index, path: Path) -> None:
    """Work out anew what was to be said of all claims."""
    path.touch()
    other._database.execute("INSERT OR REPLACE INTO meta VALUES ('unfinished', 1)")
    other._database.execute("DELETE FROM meta WHERE key = 'total'")
    other.bring_up()


def an_edit_is_taken_over(other: Index, path: Path) -> None:
    """Take over a file that says the same as before in other bytes."""
    path.write_bytes(path.read_bytes() + b"# looked at\n")
    other.bring_up()


@pytest.mark.parametrize("act", [work_cut_short_is_done, an_edit_is_taken_over])
@pytest.mark.parametrize("moments", [*([moment] for moment in range(16)), range(1, 10**6, 5)], ids=str)
def test_all_that_is_wrong_is_told_while_another_program_takes_files_over(
    book: Path, moments: Sequence[int], act: Callable[[Index, Path], None]
) -> None:
    path = book / "claims" / "0" / f"{IDS[0]}-0.yaml"
    index = Index(book)
    index.bring_up()
    other, statements, done = index.another(), count(), []

    def work(_: str) -> None:
        if not index._is_alone and next(statements) in moments:
            act(other, path)
            done.append(other)

    index._database.set_trace_callback(work)
    found = index.findings(today())
    index._database.set_trace_callback(None)

    assert not index.made
    assert done
    assert found == check(Book.open(book), Standpoint(today(), index.settings.names))
    for opened in (index, other):
        opened.close()


def test_an_index_cut_short_takes_files_that_came_and_went_for_gone(book: Path) -> None:
    """What the system says of the folders is then what it was before."""
    from claimbook.index.watch import LeftError, Watch

    index = Index(book)
    index.bring_up()
    paths = [book / "claims" / f"late-{number}.yaml" for number in range(3)]
    for path in paths:
        path.write_bytes(record(1))

    class LeftAtTwo(Watch):
        def __setattr__(self, name: str, value: object) -> None:
            super().__setattr__(name, value)
            if name == "seen":
                super().__setattr__("left", self.seen >= 2)

    with pytest.raises(LeftError):
        index.bring_up(LeftAtTwo())
    for path in paths:
        path.unlink()
    index.close()

    assert_sound(book)
