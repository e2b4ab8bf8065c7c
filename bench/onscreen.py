"""A terminal for programs that draw: it times what arrives, and knows what is on the screen."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

SIZE = (120, 36)
"""Columns and lines."""
_QUERIES = {b"\x1b[?2026$p": b"\x1b[?2026;2$y", b"\x1b[c": b"\x1b[?62;22c", b"\x1b[6n": b"\x1b[1;1R"}
"""What programs ask a terminal, and what this one answers: among it that it knows where a frame ends."""
_PRIVATE = re.compile(rb"\x1b\[[<=>?][0-9;]*\$?[A-Za-z]|\x1b[=>]|\x1b\[[0-9;]* ?q")
_UNFINISHED = re.compile(rb"\x1b(?:\[[0-9;<=>?$ ]*)?\Z")
_OPEN, _CLOSED = b"\x1b[?2026h", b"\x1b[?2026l"
_BURST = 0.004
"""Seconds of silence after which what has come is looked at, so that looking takes no time from others."""

Condition = Callable[["Terminal"], object]


class Terminal:
    """A program in a pseudo-terminal, from its start until it is left.

    Times are `time.perf_counter` seconds, taken when bytes arrive and not when they are looked at.
    """

    def __init__(self, words: Sequence[str | Path], *, cwd: Path, env: Mapping[str, str]) -> None:
        """Start the program."""
        self._screen = pyte.Screen(*SIZE)
        self._stream = pyte.ByteStream(self._screen)
        self._open = False
        self._rest = b""
        self._asked = b""
        self.last = 0.0
        """When the last bytes came."""
        self.begun = time.perf_counter()
        """When the program was started."""
        self.process, self._end = pty.fork()
        if self.process == 0:
            _become([str(word) for word in words], cwd, env)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    @property
    def lines(self) -> list[str]:
        """What is on the screen, line by line."""
        return list(self._screen.display)

    @property
    def text(self) -> str:
        """What is on the screen."""
        return "\n".join(self.lines)

    def press(self, keys: str) -> float:
        """Send keys as a keyboard does, and return when."""
        os.write(self._end, keys.encode())
        return time.perf_counter()

    def until(self, condition: Condition, *, timeout: float = 60) -> float:
        """Read until a condition holds after a whole frame; return when that frame had come.

        Raises:
            TimeoutError: where it never does; tells what is on the screen.
        """
        if condition(self):
            return self.last
        stop = time.perf_counter() + timeout
        while time.perf_counter() < stop:
            for when, data in self._gather(0.25):
                self._take(when, data)
                if not self._open and condition(self):
                    return when
        raise TimeoutError(f"the screen never showed it:\n{self.text}")

    def settle(self, silence: float = 0.15, *, timeout: float = 60) -> float:
        """Read until nothing has come for a while; return when the last bytes came."""
        stop = time.perf_counter() + timeout
        while time.perf_counter() < stop:
            chunks = self._gather(silence)
            if not chunks:
                break
            for when, data in chunks:
                self._take(when, data)
        return self.last

    def leave(self, keys: str, *, timeout: float = 20) -> None:
        """Press the keys that end the program, and wait until it has."""
        self.press(keys)
        stop = time.monotonic() + timeout
        with suppress(OSError):  # the other end is closed: it has ended
            while time.monotonic() < stop and os.waitpid(self.process, os.WNOHANG)[0] == 0:
                if select.select([self._end], [], [], 0.05)[0]:
                    os.read(self._end, 65_536)
        self.kill()

    def kill(self) -> None:
        """End the program, if it still runs."""
        with suppress(ProcessLookupError, ChildProcessError):
            os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)
        with suppress(OSError):
            os.close(self._end)

    def _gather(self, patience: float) -> list[tuple[float, bytes]]:
        """Wait for bytes, and return all that follow at once, with their times; none where none come."""
        found: list[tuple[float, bytes]] = []
        while select.select([self._end], [], [], _BURST if found else patience)[0]:
            try:
                data = os.read(self._end, 65_536)
            except OSError:
                data = b""
            if not data:
                raise EOFError(f"the program has ended; its screen was:\n{self.text}")
            found.append((time.perf_counter(), data))
            self._answer(data)
            if len(found) > 500:
                break
        return found

    def _answer(self, data: bytes) -> None:
        self._asked = self._asked[-16:] + data
        for query, reply in _QUERIES.items():
            if query in self._asked:
                os.write(self._end, reply)
                self._asked = self._asked.replace(query, b"")

    def _take(self, when: float, data: bytes) -> None:
        self.last = when
        data = self._rest + data
        cut = _UNFINISHED.search(data)
        data, self._rest = (data[: cut.start()], cut[0]) if cut else (data, b"")
        at_open, at_closed = data.rfind(_OPEN), data.rfind(_CLOSED)
        if at_open >= 0 or at_closed >= 0:
            self._open = at_open > at_closed
        self._stream.feed(_PRIVATE.sub(b"", data))


def shows(pattern: str) -> Condition:
    """Return the condition that some line of the screen matches a regular expression."""
    found = re.compile(pattern)
    return lambda terminal: any(found.search(line) for line in terminal.lines)


def _become(words: list[str], cwd: Path, env: Mapping[str, str]) -> None:
    """Be the program, in the child; never return."""
    try:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", SIZE[1], SIZE[0], 0, 0))
        os.chdir(cwd)
        os.execvpe(words[0], words, dict(env))  # noqa: S606 - it is started without a shell on purpose
    finally:
        os._exit(127)
