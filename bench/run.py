"""Run every benchmark beside its peer, print the table, and write it to `bench/results.md`.

A module has `rows()`, each a measurement beside its peer, and where there is more to tell than time
`figures()`, lines of text that come below the table.
"""

import importlib
import platform
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

HERE = Path(__file__).parent
MODULES = ("reading", "edit", "quotes", "saving", "starting", "candidates")


class Row(NamedTuple):
    """One measurement beside its peer, in seconds, medians of one run."""

    name: str
    """What was measured."""
    ours: float
    """How long ours took."""
    peer: str
    """What it was measured against."""
    theirs: float
    """How long that took."""


def main() -> None:
    """Measure, print and write."""
    sys.path.insert(0, str(HERE))
    modules = [importlib.import_module(name) for name in MODULES]
    lines = [*_head(), *_table(modules), *_figures(modules)]
    (HERE / "results.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _head() -> Iterator[str]:
    yield "# Benchmarks"
    yield ""
    packages = ("pydantic", "PyYAML", "textual", "rapidfuzz", "ruamel.yaml")
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    machine = f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}"
    yield f"{date.today()}, {machine}, {versions}."  # noqa: DTZ011 - the day where it was measured
    yield "Each row was measured beside its peer in one run, medians; `make bench` measures again."
    yield ""


def _table(modules: Iterable[ModuleType]) -> Iterator[str]:
    yield "| what | ours | peer | its time | ours : peer |"
    yield "|---|---|---|---|---|"
    for module in modules:
        for row in module.rows():
            text = _line(Row(*row))
            print(text, flush=True)
            yield text


def _figures(modules: Iterable[ModuleType]) -> Iterator[str]:
    for module in modules:
        if hasattr(module, "figures"):
            for text in ("", *module.figures()):
                print(text, flush=True)
                yield text


def _line(row: Row) -> str:
    ratio = f"{row.ours / row.theirs:.2f}" if row.theirs else "–"
    return f"| {row.name} | {_time(row.ours)} | {row.peer} | {_time(row.theirs)} | {ratio} |"


def _time(seconds: float) -> str:
    return f"{seconds * 1e3:.3g} ms" if seconds >= 1e-3 else f"{seconds * 1e6:.3g} µs"


if __name__ == "__main__":
    main()
