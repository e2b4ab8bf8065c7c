"""How much memory and time programs take, as the system counts them (Linux)."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

_MEASURE = """\
import json, os, resource, sys
child = os.fork()
if child == 0:
    null = os.open(os.devnull, os.O_RDWR)
    for number in range(3): os.dup2(null, number)
    os.execvp(sys.argv[1], sys.argv[1:])
status, used = os.wait4(child, 0)[1:]
print(json.dumps([used.ru_maxrss, os.waitstatus_to_exitcode(status)]))
"""


def peak(words: Sequence[str | Path], *, cwd: Path, env: Mapping[str, str]) -> tuple[float, int]:
    """Run a program and return the most memory that one of its processes had, in MB, and its exit code.

    It is started by a small Python, because a process counts the memory of the one that it was forked from.
    """
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", _MEASURE, *map(str, words)],
        cwd=cwd,
        env=dict(env),
        capture_output=True,
        check=True,
    )
    kilobytes, code = json.loads(done.stdout)
    return kilobytes / 1024, code


def own_peak(process: int) -> float:
    """Return the most memory that a running process has had, in MB."""
    for line in Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


def cpu(process: int) -> float:
    """Return the seconds that a process and its threads have worked."""
    total = 0
    for path in Path(f"/proc/{process}/task").glob("*/schedstat"):
        with suppress(OSError):
            total += int(path.read_text(encoding="ascii").split()[0])
    return total / 1e9


def bytes_read(process: int) -> int:
    """Return how many bytes a process has read from files, pipes and the terminal."""
    return int(Path(f"/proc/{process}/io").read_text(encoding="ascii").split()[1])


@contextmanager
def together(process: int) -> Iterator[list[float]]:
    """Watch a process and its children; the list's one item is the most memory they had together, in MB.

    Memory that several of them share counts once, divided among them.
    """
    most, over = [0.0], threading.Event()

    def watch() -> None:
        while not over.wait(0.1):
            most[0] = max(most[0], sum(_share(one) for one in _family(process)))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield most
    finally:
        over.set()
        watcher.join()


def _family(process: int) -> Iterator[int]:
    yield process
    for path in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):
            for word in path.read_text(encoding="ascii").split():
                yield from _family(int(word))


def _share(process: int) -> float:
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text(encoding="utf-8").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0
