"""Commands say the same whatever has become of the index that they answer from."""

import fcntl
import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from agreeing import FOLDERS, IDS, article, assert_agree, record, settings
from claimbook.index import database
from claimbook.index.index import Index
from claimbook.index.place import index_file
from claimbook.index.working import Line
from claimbook.record.dates import today
from conftest import Result, Run, runner

COMMANDS = (
    "",
    "list",
    "list car not:Apple",
    "list --json",
    "list --json is:overdue",
    "queue",
    "queue --json about:GWM",
    "check",
    "check --format json",
    "check --format github",
    "check claims/apple-car.yaml claims/2021/nio.yaml",
    "check --fix --dry-run",
    "track",
    "track --json Reuters",
    "timeline",
    "timeline --by subject --json",
    "export --format csv",
    "export --format json car",
    "export --format claimreview",
    'similar "Apple builds a car"',
    'similar --json "Xiaomi"',
    "show apple-car",
    "show --json apple-car",
    "show no-such-claim",
    "show xiaomi-car",
    "origins apple-car",
    "origins --json apple-car",
    "article list",
    "article show paper",
    "doctor",
)


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a book with claims of all sorts, some of them broken."""
    root = tmp_path / "book"
    for number in range(14):
        folder = root / "claims" / FOLDERS[number % 2]
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{IDS[number % len(IDS)]}.yaml").write_bytes(record(number))
    (root / "claims" / "apple-car.yaml").write_bytes(record(8))
    (root / "claims" / "xiaomi-car.yaml").write_bytes(b"claim: [\n")
    (root / "seeds").mkdir()
    for number, name in enumerate(("want", "paper")):
        (root / "seeds" / f"{name}.md").write_bytes(article(number + 3))
    (root / "claimbook.yaml").write_bytes(settings(0))
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(capsys)


class Reference(dict[str, Result]):
    """What reading commands say where no index can be kept; each is asked when it is first wanted."""

    def __init__(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__()
        self._run = run
        self._monkeypatch = monkeypatch

    def __missing__(self, command: str) -> Result:
        with self._monkeypatch.context() as patch:
            patch.setattr("claimbook.index.opening.index_file", lambda _: None)
            self[command] = self._run(*shlex.split(command))
        return self[command]


@pytest.fixture
def reference(book: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Reference:
    assert Path.cwd() == book
    return Reference(run, monkeypatch)


def assert_all_alike(run: Run, reference: Reference, commands: tuple[str, ...] = COMMANDS) -> None:
    """Hold what commands say against what they say without an index."""
    for command in commands:
        assert _sound(run(*shlex.split(command))) == _sound(reference[command]), command


def _sound(result: Result) -> Result:
    """Leave out what the doctor says of the index itself."""
    told = re.sub(r"^.{2}\w+ +index: .*\n( {4,}.*\n)*", "", result.out, flags=re.MULTILINE)
    return replace(result, out=told, err=re.sub(r"\d+ warnings?\.\n$", "", result.err))


def the_index(root: Path) -> Path:
    found = index_file(root)
    assert found is not None
    return found


def warm(root: Path) -> Path:
    """Have an index that is up to date, and return where it is."""
    index = Index(root)
    index.bring_up()
    while index.take_in():
        pass
    index.close()
    return the_index(root)


def parts(file: Path) -> Iterator[Path]:
    """Yield the files that an index is made of."""
    yield from file.parent.glob(f"{file.stem}-*")


def test_a_cold_and_a_warm_index_answer_alike(book: Path, run: Run, reference: Reference) -> None:
    assert not the_index(book).exists()
    assert_all_alike(run, reference)
    warm(book)
    assert_all_alike(run, reference)
    assert reference["list"].out
    assert reference["check"].code == 1


def another_version(file: Path) -> None:
    with sqlite3.connect(file) as found:
        found.execute("UPDATE meta SET value = 'of old' WHERE key = 'version'")
    found.close()


def a_table_less(file: Path) -> None:
    found = sqlite3.connect(file)
    found.execute("DROP TABLE findings")
    found.close()


def nonsense_in_it(file: Path) -> None:
    found = sqlite3.connect(file)
    found.execute("UPDATE summaries SET facts = '[1]'")
    found.execute("UPDATE findings SET body = '{'")
    found.execute("UPDATE meta SET value = 'x' WHERE key = 'settings'")
    found.commit()
    found.close()


def of_an_older_day(file: Path) -> None:
    """Leave an index of the book as it was before most of it was written."""
    found = sqlite3.connect(file)
    found.execute("DELETE FROM meta WHERE key = 'total'")
    found.execute("UPDATE claims SET stamp = NULL, digest = x'00'")
    found.execute("DELETE FROM claims WHERE place % 2")
    found.commit()
    found.close()


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def no_database(file: Path) -> None:
    file.write_bytes(b"This is no database at all.\n" * 400)


def a_folder_in_its_stead(file: Path) -> None:
    file.unlink()
    file.mkdir()


def a_link_to_nowhere(file: Path) -> None:
    file.unlink()
    file.symlink_to("nowhere")


def gone(file: Path) -> None:
    shutil.rmtree(file.parent)


def the_cache_is_a_file(file: Path) -> None:
    shutil.rmtree(file.parent)
    file.parent.write_bytes(b"")


def the_log_is_noise(file: Path) -> None:
    for part in parts(file):
        if part.name.endswith(("-wal", "-shm")):
            part.write_bytes(os.urandom(4096))
    file.resolve().with_name(f"{file.resolve().name}-wal").write_bytes(os.urandom(4096))


HARMS: tuple[Callable[[Path], None], ...] = (
    *(another_version, a_table_less, nonsense_in_it, of_an_older_day, emptied, no_database),
    *(a_folder_in_its_stead, a_link_to_nowhere, gone, the_cache_is_a_file, the_log_is_noise),
)


@pytest.mark.parametrize("harm", HARMS)
def test_a_spoilt_index_answers_alike(
    harm: Callable[[Path], None], book: Path, run: Run, reference: Reference
) -> None:
    for command in ("", "list", "list --json", "queue", "check", "show apple-car"):
        harm(warm(book))
        assert run(*command.split()) == reference[command], command
        shutil.rmtree(the_index(book).parent.parent)


@given(share=st.floats(0, 1), seed=st.integers(0, 2**32), cut=st.booleans())
@trying(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_index_cut_off_anywhere_or_overwritten_with_noise_answers_alike(
    *, share: float, seed: int, cut: bool, book: Path, run: Run, reference: Reference
) -> None:
    file = warm(book)
    data = bytearray(file.read_bytes())
    at = int(share * len(data))
    if cut:
        data = data[:at]
    else:
        at -= at % 4096
        data[at : at + 4 * 4096] = Random(seed).randbytes(4 * 4096)  # noqa: S311 - no secret
    file.resolve().write_bytes(data)

    assert_all_alike(run, reference, ("list", "queue", "check"))


class _Failing(sqlite3.Connection):
    """A connection to a disk that is full as soon as something is written."""

    error = sqlite3.SQLITE_FULL

    def execute(self, sql: str, *values: object) -> sqlite3.Cursor:
        if sql.startswith(("INSERT", "BEGIN IMMEDIATE", "COMMIT", "CREATE", "UPDATE")):
            self.fail()
        return super().execute(sql, *values)  # type: ignore[arg-type]

    def fail(self) -> None:
        raise _error(self.error)


def _error(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("so it is")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize("code", [sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY])
@pytest.mark.parametrize("is_warm", [False, True])
def test_a_disk_that_takes_nothing_costs_speed_only(
    code: int,
    book: Path,
    run: Run,
    reference: Reference,
    monkeypatch: pytest.MonkeyPatch,
    *,
    is_warm: bool,
) -> None:
    if is_warm:
        warm(book)
    connect = sqlite3.connect

    def failing(place: Path | str, **options: object) -> sqlite3.Connection:
        kind = sqlite3.Connection if place == ":memory:" else _Failing
        return connect(place, factory=kind, **options)  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr(_Failing, "error", code)
    monkeypatch.setattr(database.sqlite3, "connect", failing)  # type: ignore[attr-defined]

    assert_all_alike(run, reference, COMMANDS[:8])


def test_without_a_home_the_index_is_kept_nowhere(
    book: Path, run: Run, reference: Reference, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: Path("~/.cache/claimbook"))

    assert_all_alike(run, reference)
    assert not (book / "~").exists()


@contextmanager
def locked_by_us(file: Path) -> Iterator[None]:
    """Hold the lock that programs of ours hold while they write."""
    with file.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def locked_by_another(file: Path) -> Iterator[None]:
    """Hold the database as a program that knows nothing of ours may."""
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        other.close()


@pytest.mark.parametrize("lock", [locked_by_us, locked_by_another])
def test_an_index_that_another_program_does_not_let_go_is_done_without(
    lock: Callable[[Path], AbstractContextManager[None]],
    book: Path,
    run: Run,
    reference: Reference,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("claimbook.index.opening._AT_LEAST", 0.01)
    monkeypatch.setattr("claimbook.index.opening._A_FILE", 0.0)
    monkeypatch.setattr("claimbook.index.database.A_MOMENT", 0.01)
    file = warm(book)
    inode = file.stat().st_ino
    (book / "claims" / "late.yaml").write_bytes(record(3))
    (book / "claims" / "late.yaml").unlink()

    with lock(file):
        assert_all_alike(run, reference, COMMANDS[:12])
    assert file.stat().st_ino == inode  # nothing was wrong with it
    assert_all_alike(run, reference)


def test_an_index_replaced_while_it_is_open_answers_on(book: Path) -> None:
    mine = Index(book)
    mine.bring_up()
    file = the_index(book)
    with ExitStack() as opened:
        for _ in range(3):
            no_database(file)
            file.unlink()
            other = Index(book)
            opened.callback(other.close)
            other.bring_up()
            (book / "claims" / "nio.yaml").write_bytes(record(5))
            mine.bring_up()
            assert_agree(book, mine, today())
            other.bring_up()
            assert_agree(book, other, today())
    mine.close()
    again = Index(book)
    again.bring_up()
    assert_agree(book, again, today())
    again.close()


def test_nobody_else_may_read_the_index(book: Path) -> None:
    """It has the words of a book in it."""
    before = os.umask(0)
    try:
        index = Index(book)
        index.bring_up()
        file = the_index(book)

        assert file.parent.stat().st_mode & 0o777 == 0o700
        assert {path.stat().st_mode & 0o777 for path in file.parent.iterdir()} == {0o600}
        index.close()
    finally:
        os.umask(before)


def test_a_file_in_the_folder_where_one_stands_is_never_taken_for_a_module(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Large books are read by processes of their own, which begin in that folder."""
    monkeypatch.setattr("claimbook.index.updating.MANY", 1)
    for name in ("yaml", "json", "claimbook", "pydantic"):
        (book / f"{name}.py").write_text(
            f"open({str(tmp_path / 'run')!r}, 'a').write(repr(__import__('sys').argv))"
        )
    index = Index(book)
    index.bring_up()
    assert_agree(book, index, today())
    index.close()

    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("code", ["", "import time; time.sleep(0.5)", "print('x' * 99)", None])
def test_files_that_processes_of_their_own_do_not_read_are_read_here(
    code: str | None, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def start(number: int) -> "tuple[subprocess.Popen[bytes], list[Line]]":
        if code is None:
            raise OSError
        pipe = subprocess.PIPE
        words = [sys.executable, "-c", code]
        program = subprocess.Popen(words, stdin=pipe, stdout=pipe, start_new_session=True)
        assert number
        assert program.stdin
        assert program.stdout
        return program, [Line(program.stdin, program.stdout)]

    monkeypatch.setattr("claimbook.index.updating.MANY", 1)
    monkeypatch.setattr("claimbook.index.working.MANY", 1)
    monkeypatch.setattr("claimbook.index.working._start", start)
    index = Index(book)
    index.bring_up()

    assert_agree(book, index, today())
    assert not index.made
    index.close()


@pytest.mark.parametrize("bunches", [0, 1, 3])
def test_what_one_process_of_several_leaves_undone_is_done_all_the_same(
    bunches: int, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One ends after a few bunches, as if the system had run out of memory."""
    code = f"""
import os
from claimbook.index import working
fork, receive, seen = os.fork, working._receive, []
def end_early(back):
    seen.append(back)
    return receive(back) if len(seen) < 2 + {bunches} else os._exit(1)
def forked():
    number = fork()
    if number == 0:
        working._receive = end_early
    return number
os.fork = forked
import sys
working.work([int(word) for word in sys.argv[1:]])
"""
    popen = subprocess.Popen

    def started(words: list[str], **named: Any) -> "subprocess.Popen[bytes]":
        return popen([words[0], "-c", code, *words[4:]], **named)

    monkeypatch.setattr("claimbook.index.updating.MANY", 1)
    monkeypatch.setattr("claimbook.index.working._BUNCH", 2)
    monkeypatch.setattr("claimbook.index.working._cores", lambda: 3)
    monkeypatch.setattr("claimbook.index.working.subprocess.Popen", started)
    index = Index(book)
    index.bring_up()

    assert_agree(book, index, today())
    assert not index.made
    index.close()


def test_a_command_of_its_own_says_the_same_again(book: Path) -> None:
    code = "from claimbook.cli.main import main; main()"
    command = [sys.executable, "-c", code, "list"]
    first, second = (subprocess.run(command, cwd=book, capture_output=True, check=True) for _ in range(2))

    assert (first.stdout, first.stderr) == (second.stdout, second.stderr)
    assert first.stdout


def git(*words: str) -> None:
    config = ("-c", "user.name=ann", "-c", "user.email=ann@example.org", "-c", "core.autocrlf=false")
    subprocess.run(["git", *config, *words], check=True, capture_output=True)


def two_branches(root: Path) -> None:
    """Have a second branch in which many claims are others, and elsewhere."""
    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-q", "-m", "One")
    git("checkout", "-q", "-b", "other")
    for number, path in enumerate(sorted((root / "claims").rglob("*.yaml"))):
        if number % 3 == 0:
            path.write_bytes(record(number + 100))
        elif number % 3 == 1:
            path.replace(root / "claims" / f"moved-{number}.yaml")
    (root / "seeds" / "paper.md").write_bytes(article(9))
    git("add", ".")
    git("commit", "-q", "-m", "Other")


DEEDS = (
    "verdict apple-car false --why Because. --by ann",
    "verdict nio true --why Because. --by ann",
    "set apple-car status reviewing",
    "set b due 2020",
    "rename apple-car apple-carriage",
    "rename apple-carriage apple-car",
    'new "Apple builds an electric car of its own in 2024." --kind rumour --article paper',
    "relate apple-car --to nio --as contradicts",
    "remove apple-car sources[0]",
    "undo",
    "undo",
    "redo",
    "check --fix",
)


@pytest.mark.parametrize("seed", range(2))
def test_the_index_follows_commands_and_git(seed: int, book: Path, run: Run) -> None:
    some = Random(seed)  # noqa: S311 - no secret
    two_branches(book)
    done = set()
    for number in range(15):
        if number % 5 == 4:
            git("stash", "-q", "--include-untracked", "--", "claims")
            git("checkout", "-q", some.choice(("main", "other")))
        else:
            deed = some.choice(DEEDS)
            done.add((deed.split()[0], run(*shlex.split(deed)).code))
        index = Index(book)
        index.bring_up()
        assert_agree(book, index, today(), ("car",))
        assert not index.made
        index.close()

    assert len({name for name, code in done if code == 0}) > 1
