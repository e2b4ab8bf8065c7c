"""Looking at a book's files while the program starts: what is seen so is what looking later would see."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import platformdirs
import pytest

from claimbook.cli import ahead
from claimbook.cli.ahead import Look, asking, look
from claimbook.cli.commands import COMMANDS
from claimbook.index.index import Index
from claimbook.index.place import index_file
from claimbook.index.stamps import whole_total

OLD = time.time() - 1_000


@pytest.fixture(autouse=True)
def _two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)


def _open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir())) if sys.platform == "linux" else 0


@pytest.fixture
def book(example: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a book whose files are old enough to be believed, with an index, where we stand."""
    for path in (*example.rglob("*.yaml"), *example.rglob("*.md")):
        os.utime(path, (OLD, OLD))
    monkeypatch.setattr("claimbook.index.stamps.RACY", -1e12)
    monkeypatch.chdir(example)
    index = Index(example)
    index.bring_up()
    index.close()
    return example


@pytest.fixture
def looking() -> Iterator[list[Look]]:
    """Provide a list for looks that are to be ended."""
    looks: list[Look] = []
    yield looks
    for one in looks:
        one.close()


@pytest.mark.skipif(sys.platform != "linux", reason="it is done on Linux alone")
def test_what_is_seen_ahead_is_what_is_there(book: Path, looking: list[Look]) -> None:
    looking += [look(["list"]), look(["--book", str(book), "list"]), look([f"--book={book}", "check"])]

    assert [one.total(book) for one in looking] == [whole_total(book)] * 3
    assert [one.total(book) for one in looking] == [None] * 3
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_it_is_seen_from_within_a_book_too(
    book: Path, looking: list[Look], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(book / "claims" / "apple")
    looking.append(look(["list"]))

    assert looking[0].total(book) == (whole_total(book) if sys.platform == "linux" else None)


def test_what_was_seen_of_another_book_or_long_ago_is_of_no_use(
    book: Path, looking: list[Look], monkeypatch: pytest.MonkeyPatch
) -> None:
    looking += [look(["list"]), look(["list"])]

    assert looking[0].total(book.parent) is None
    monkeypatch.setattr(ahead, "_FRESH", -1.0)
    assert looking[1].total(book) is None


def test_where_looking_fails_nothing_is_told(
    book: Path, looking: list[Look], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: str) -> int:
        raise OSError

    monkeypatch.setattr("claimbook.index.stamps.whole_total", fail)
    looking.append(look(["list"]))

    assert looking[0].total(book) is None


def test_without_room_for_a_process_nobody_looks(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fork() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", fork)
    before = _open_files()

    assert look(["list"]).total(book) is None
    assert _open_files() == before


def test_outside_of_any_book_nobody_looks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert look(["list"]).total(tmp_path) is None


@pytest.mark.parametrize(
    "words", [[], ["--version"], ["--book", "x"], ["undo"], ["init", "list"], ["--book"]]
)
def test_what_asks_no_book_begins_no_look(words: list[str]) -> None:
    assert not asking(words)


def test_all_that_ask_are_commands() -> None:
    assert set(COMMANDS) >= ahead._ASKING
    assert all(asking([name]) and asking(["--book", "x", name]) for name in ahead._ASKING)


def test_an_index_believes_a_look_and_looks_itself_where_there_is_none(book: Path) -> None:
    index, asked = Index(book), []

    def seen(total: int | None) -> int | None:
        asked.append(total)
        return total

    assert not index.bring_up(seen=lambda: seen(whole_total(book)))
    assert not index.bring_up(seen=lambda: seen(None))
    path = next((book / "claims").rglob("*.yaml"))
    path.write_text(path.read_text(encoding="utf-8") + "# by hand\n", encoding="utf-8")
    assert index.bring_up(seen=lambda: seen(None)).changed == [path.relative_to(book).as_posix()]
    assert not index.bring_up(seen=lambda: seen(1))
    assert len(asked) == 4
    index.close()


@pytest.mark.parametrize("words", [["list"], ["queue"], ["check"], ["show", "apple-approached-nissan"]])
def test_the_program_says_the_same_with_and_without(words: list[str], book: Path) -> None:
    def told(code: str) -> tuple[int, bytes, bytes]:
        done = subprocess.run(
            [sys.executable, "-c", code, *words], cwd=book, capture_output=True, check=False
        )
        return done.returncode, done.stdout, done.stderr

    with_it = told("from claimbook.cli.main import main; main()")
    without = told(
        "import os; os.sched_getaffinity = lambda _: {0}; from claimbook.cli.main import main; main()"
    )
    assert with_it == without == told("import sys; from claimbook.cli.main import run; sys.exit(run())")
    assert with_it[1]


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"XDG_CACHE_HOME": "/a/b"},
        {"XDG_CACHE_HOME": ""},
        {"XDG_CACHE_HOME": " "},
        {"XDG_CACHE_HOME": "/a/ b "},
        {"XDG_CACHE_HOME": "rel/ative"},
        {"HOME": "/c/"},
        {"HOME": ""},
        {"HOME": "rel"},
        {"HOME": "/"},
    ],
)
def test_the_index_is_kept_where_platformdirs_has_caches(
    told: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", "/home/of/ann")
    for name, value in told.items():
        monkeypatch.setenv(name, value)

    folder, file = platformdirs.user_cache_path("claimbook", appauthor=False), index_file(tmp_path)
    assert (file and file.parent) == (folder / "index" if folder.is_absolute() else None)
