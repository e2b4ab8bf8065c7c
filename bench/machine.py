"""On what it was measured: the machine, its load, and the versions."""

import os
import platform
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from measure import waits

_PACKAGES = ("click", "pydantic", "PyYAML", "textual", "rapidfuzz", "watchfiles", "ruamel.yaml")


def told(begun: datetime) -> Iterator[str]:
    """Say on what, when and how quietly it was measured."""
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    cores = f"{os.cpu_count()} cores{_processor()}"
    system = f"{platform.system()} {platform.release()}, {platform.machine()}, {cores}"
    took = datetime.now().astimezone() - begun
    yield f"{begun:%Y-%m-%d %H:%M} ({took.seconds // 60} minutes). {system}."
    yield f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {packages}."
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    yield (
        f"Before {waits['waited']} of {waits['rounds']} rounds others were at work, and {waits['busy']} "
        f"began all the same after some seconds; load at the end {load}."
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f" of {names[0]}" if names else ""
