"""A real terminal's other end: programs run on a pty, and what they send to it is taken apart."""

import codecs
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from termios import tcsetwinsize

import pyte

CONTROL = re.compile(
    r"\x1b[\]PX^_][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"  # strings: titles, clipboard, links
    r"|\x1b\[[0-?]*[ -/]*[@-~]?"  # sequences: colours, movements, questions
    r"|\x1b[ -/]*[0-~]?"  # two characters: resets, alphabets
    r"|[\x00-\x09\x0b-\x1f\x7f-\x9f]"  # one: bell, tab, carriage return, and the eight-bit forms of the above
)
"""What a terminal obeys, one at a time; a line break apart."""

_UNKNOWN = re.compile(r"\x1b\[[<=>?][0-9;]*\$?[A-Za-z]|\x1b[=>]|\x1b\[[0-9;]* ?q")
"""Modes and questions that the terminal of the tests takes for letters; they draw nothing."""
_A_WHILE = 0.5
_PATIENCE = 30
_ATTACH = "import fcntl, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0)\n"
"""Makes the pty the terminal that the program can open as /dev/tty."""


class Terminal:
    """A pty with a program on it."""

    def __init__(
        self, code: str, *words: str, cwd: Path, env: Mapping[str, str], size: tuple[int, int]
    ) -> None:
        """Run Python code with words in `sys.argv`; the size is in columns and rows."""
        self._end, inner = pty.openpty()
        tcsetwinsize(inner, (size[1], size[0]))
        told = {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8", **env}
        self.program = subprocess.Popen(
            [sys.executable, "-c", _ATTACH + code, *words],
            cwd=cwd,
            env=told,
            stdin=inner,
            stdout=inner,
            stderr=inner,
            start_new_session=True,
        )
        self._inner = inner
        self.size = size
        self.sent = b""

    @property
    def stream(self) -> str:
        """All that was sent, decoded, but for a character whose end is still on its way."""
        return codecs.getincrementaldecoder("utf-8")("replace").decode(bytes(self.sent))

    @property
    def text(self) -> str:
        """What was sent to be read."""
        return CONTROL.sub("", self.stream)

    @property
    def shown(self) -> list[str]:
        """What stands on the screen, line by line, as a terminal that obeys all that was sent draws it.

        A character that takes two cells is followed by a space, so that columns are cells.
        """
        screen = pyte.Screen(*self.size)
        pyte.Stream(screen).feed(_UNKNOWN.sub("", self.stream))
        rows, columns = range(self.size[1]), range(self.size[0])
        return ["".join(screen.buffer[y][x].data or " " for x in columns) for y in rows]

    def click(self, column: int, row: int) -> None:
        """Press and release the mouse on a cell; both are counted from 0."""
        place = f"\x1b[<0;{column + 1};{row + 1}"
        self.type(f"{place}M{place}m")

    def until_shown(self, condition: Callable[[list[str]], object]) -> list[str]:
        """Wait until the screen is as it should be, and return it."""
        deadline = time.monotonic() + _PATIENCE
        while not condition(shown := self.shown):
            if not self._take(deadline) or time.monotonic() > deadline:
                raise AssertionError("it never came to stand there:\n" + "\n".join(shown))
        return shown

    def until_quiet(self) -> None:
        """Wait until nothing more is sent for a while."""
        deadline = time.monotonic() + _PATIENCE
        while self._take(time.monotonic() + _A_WHILE) and time.monotonic() < deadline:
            pass

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self._end, keys.encode())

    def until(self, words: str, *, since: int = 0) -> int:
        """Wait until words have been sent, after so many bytes; return how many bytes there are then."""
        deadline = time.monotonic() + _PATIENCE
        while words not in CONTROL.sub("", codecs.decode(self.sent[since:], "utf-8", "replace")):
            if not self._take(deadline) or time.monotonic() > deadline:
                raise AssertionError(f"{words!r} never came; the last was {self.text[-2000:]!r}")
        return len(self.sent)

    def end(self) -> int:
        """Take what comes until the program ends, and return its exit code."""
        deadline = time.monotonic() + _PATIENCE
        while self.program.poll() is None and time.monotonic() < deadline:
            self._take(time.monotonic() + 0.05)
        while self._take(time.monotonic() + 0.05):
            pass
        return self.program.wait(1)

    def close(self) -> None:
        """End the program, whatever it does."""
        if self.program.poll() is None:
            self.program.send_signal(signal.SIGKILL)
            self.program.wait()
        for end in (self._end, self._inner):
            with suppress(OSError):
                os.close(end)

    def _take(self, deadline: float) -> bool:
        ready, _, _ = select.select([self._end], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            return False
        try:
            piece = os.read(self._end, 1 << 16)
        except OSError:  # how Linux says that the other end is closed
            return False
        self.sent += piece
        return bool(piece)


@contextmanager
def terminal(
    code: str, *words: str, cwd: Path, env: Mapping[str, str] | None = None, size: tuple[int, int] = (100, 30)
) -> Iterator[Terminal]:
    """Run Python code on a terminal of its own, and end it."""
    opened = Terminal(code, *words, cwd=cwd, env=env or {}, size=size)
    try:
        yield opened
    finally:
        opened.close()


def sequences(stream: str) -> list[str]:
    """Return what a terminal would obey, in order; line breaks and what begins a line apart."""
    return [found for found in CONTROL.findall(stream.replace("\r\n", "\n")) if found != "\t"]


def shape(sequence: str) -> str:
    """Return a sequence with its numbers left out: what kind of thing it makes a terminal do."""
    return re.sub(r"[0-9;:]+", "#", sequence) if sequence.startswith("\x1b[") else sequence


def painted(sequence: str) -> bool:
    """Tell whether a sequence is a colour or a weight, all that commands may send."""
    return re.fullmatch(r"\x1b\[[0-9;]*m", sequence) is not None


Words = Sequence[str]
