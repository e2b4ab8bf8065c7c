"""The desk on a real terminal, ended by signals: the terminal works, and what was typed is kept."""

import fcntl
import json
import os
import pty
import re
import resource
import select
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desks import SMALL

_START = """
import fcntl, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
from claimbook.cli.main import main
main()
"""
"""Makes the terminal the desk's own, so that closing it hangs up, as closing a window does."""
PATIENCE = 60
"""Seconds after which something is taken for never coming."""


class Terminal:
    """A pseudo-terminal with a desk on it."""

    def __init__(self, root: Path) -> None:
        self.ours, self.theirs = pty.openpty()
        fcntl.ioctl(self.theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        self.before = termios.tcgetattr(self.theirs)
        self.written = b""
        program = [sys.executable, "-c", _START, "--book", str(root)]
        child = {**os.environ, "TERM": "xterm-256color", "TEXTUAL_ANIMATIONS": "none"}
        self.desk: subprocess.Popen[bytes] = subprocess.Popen(
            program,
            stdin=self.theirs,
            stdout=self.theirs,
            stderr=self.theirs,
            env=child,
            start_new_session=True,
        )

    def until(self, text: str) -> None:
        """Read what the desk writes until a text is among it."""
        end = time.monotonic() + PATIENCE
        while text.encode() not in self.written:
            assert time.monotonic() < end, self.written[-2000:].decode(errors="replace")
            self.read()

    def read(self) -> None:
        if select.select([self.ours], [], [], 0.1)[0]:
            self.written += os.read(self.ours, 65536)

    def strike(self, text: str) -> None:
        os.write(self.ours, text.encode())

    def end(self, number: signal.Signals) -> int:
        """Send a signal and return the exit code."""
        self.desk.send_signal(number)
        end = time.monotonic() + PATIENCE
        while self.desk.poll() is None:
            assert time.monotonic() < end, "The desk did not end."
            self.read()
        while select.select([self.ours], [], [], 0)[0]:
            self.read()
        return self.desk.returncode

    def hang_up(self) -> int:
        """Close the terminal as a window is closed, and return the exit code."""
        os.close(self.ours)
        os.close(self.theirs)
        self.ours = self.theirs = -1
        return self.desk.wait(PATIENCE)

    @property
    def modes(self) -> list[object]:
        """How the terminal deals with what is typed: echo, lines, signals."""
        return termios.tcgetattr(self.theirs)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    root = Path(shutil.copytree(SMALL, tmp_path / "ev-rumours"))
    found = Terminal(root)
    yield found
    found.desk.kill()
    found.desk.wait()
    for number in {found.ours, found.theirs} - {-1}:
        os.close(number)


def drafts() -> list[dict[str, object]]:
    """Return the drafts that are kept, of whatever book."""
    folder = Path(os.environ["XDG_STATE_HOME"]) / "claimbook/drafts"
    return [draft for file in folder.rglob("*.json") for draft in json.loads(file.read_text())["drafts"]]


def given_back(terminal: Terminal) -> str:
    """Make sure that the terminal is as the desk found it, and return what is said on it then."""
    assert terminal.modes == terminal.before
    for name, on, off in (
        ("the alternate screen", b"\x1b[?1049h", b"\x1b[?1049l"),
        ("a hidden cursor", b"\x1b[?25l", b"\x1b[?25h"),
        ("the mouse", b"\x1b[?1000h", b"\x1b[?1000l"),
        ("marks around pastes", b"\x1b[?2004h", b"\x1b[?2004l"),
        ("telling of focus", b"\x1b[?1004h", b"\x1b[?1004l"),
    ):
        assert on in terminal.written, name
        assert terminal.written.rfind(off) > terminal.written.rfind(on), name
    tail = terminal.written[terminal.written.rfind(b"\x1b[?1049l") :].decode()
    assert "Traceback" not in tail
    return tail.replace("\r\n", "\n")


def full(terminal: Terminal) -> None:
    """Let no file of the desk's grow any more, by the system itself."""
    resource.prlimit(terminal.desk.pid, resource.RLIMIT_FSIZE, (0, 0))


def closed(terminal: Terminal) -> None:
    """Let there be no folder for drafts, and none to be made."""
    del terminal
    state = Path(os.environ["XDG_STATE_HOME"])
    state.mkdir()
    (state / "claimbook").write_text("not a folder")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize(("fault", "reason"), [(full, "File too large"), (closed, "a directory|File exists")])
def test_what_no_disk_takes_is_said_on_a_working_terminal(
    terminal: Terminal, number: signal.Signals, fault: Callable[[Terminal], None], reason: str
) -> None:
    terminal.until("6 claims")
    terminal.until("problems")
    terminal.strike("v5Word by word.\x1b[200~ Pasted\nin lines.\x1b[201~")
    terminal.until("lines.")
    fault(terminal)

    assert terminal.end(number) == 128 + number

    said = given_back(terminal)
    assert re.search(rf"What you typed could not be kept \([^)]*({reason})\)\. Here it is\.\n", said)
    assert "a verdict for director-zuerich\n  rating: false\n" in said
    assert "  why: Word by word. Pasted\nin lines.\n" in said
    assert not drafts()
    assert not list(Path(os.environ["XDG_STATE_HOME"]).rglob("*.part"))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_a_working_terminal_and_keeps_what_was_typed(
    terminal: Terminal, number: signal.Signals
) -> None:
    terminal.until("6 claims")
    assert terminal.modes != terminal.before, "The desk has not taken the terminal."
    terminal.strike("v5Word by word, 7 of 9.")
    terminal.until("9.")

    assert terminal.end(number) == 128 + number

    assert "What you typed is kept" in given_back(terminal)
    (draft,) = drafts()
    assert draft["texts"] == {
        "rating": "false",
        "confidence": "unsaid",
        "why": "Word by word, 7 of 9.",
        "as-of": "",
    }


def test_a_terminal_that_is_closed_ends_the_desk_and_the_draft_is_kept(terminal: Terminal) -> None:
    terminal.until("6 claims")
    terminal.strike("v5Word by word.")
    terminal.until("word.")
    assert terminal.hang_up() == 128 + signal.SIGHUP, "It waited for the terminal to come back."
    (draft,) = drafts()
    assert draft["about"] == ["claims/cars/director-zuerich.yaml"]


def test_a_desk_that_was_stopped_goes_on_and_gives_the_terminal_back_as_it_was(terminal: Terminal) -> None:
    terminal.until("6 claims")
    terminal.until("problems")
    for number in (signal.SIGSTOP, signal.SIGCONT):
        terminal.desk.send_signal(number)
    terminal.strike("v5Word by word.")
    terminal.until("word.")
    assert terminal.end(signal.SIGTERM) == 128 + signal.SIGTERM
    assert "What you typed is kept" in given_back(terminal)
