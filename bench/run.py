"""Measure everything beside its reference, print it, and write it to `bench/results.md`.

A module has `TITLE`, and `rows`, each a measurement with its budget, or `figures`, lines of text, or both.
What people say of the figures stands in `bench/remarks.md` and comes after the tables.
"""

import argparse
import importlib
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import ModuleType

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from machine import told  # noqa: E402 - bench/ is no package
from measure import say  # noqa: E402
from rows import Row, line, table  # noqa: E402
from setting import Setting  # noqa: E402

MODULES = (
    "opening", "deskwork", "commands", "saving", "starting", "edit",
    "beside", "reading", "quotes", "candidates", "phases",
)  # fmt: skip


def main() -> None:
    """Measure, print and write."""
    options = _options()
    begun = datetime.now().astimezone()
    with _place(options.keep) as place:
        sizes = [int(size) for size in options.sizes.replace(",", " ").split()]
        setting = Setting(place, sizes, options.rounds, options.peers)
        for number in setting.kept:
            setting.mend(number)
        parts = [
            part for name in options.only or MODULES for part in _part(importlib.import_module(name), setting)
        ]
    lines = ["# Benchmarks", "", *told(begun), *_introduction(setting), *parts]
    remarks = HERE / "remarks.md"
    if remarks.exists():
        lines += ["", remarks.read_text(encoding="utf-8").rstrip()]
    options.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    say(f"written to {options.out}")


def _part(module: ModuleType, setting: Setting) -> Iterator[str]:
    """Measure what one module is about; what goes wrong with it is said, and costs only itself."""
    say(f"== {module.TITLE}")
    yield from ("", f"## {module.TITLE}", "")
    trouble = ""
    if hasattr(module, "rows"):
        found: list[Row] = []
        try:
            for row in module.rows(setting):
                print(line(row), flush=True)
                found.append(row)
        except (TimeoutError, EOFError, RuntimeError, OSError) as error:
            trouble = f"**Not measured to its end:** {str(error).splitlines()[0]}"
            say(f"{module.TITLE}: {error}")
        yield from table(found)
    if trouble:
        yield from ("", trouble)
    if hasattr(module, "figures"):
        yield from ([""] if hasattr(module, "rows") else [])
        for text in module.figures(setting):
            print(text, flush=True)
            yield text


def _introduction(setting: Setting) -> Iterator[str]:
    books = ", ".join(f"{size:,}" for size in setting.sizes)
    yield ""
    yield f"Medians of {setting.rounds} where a row does not say otherwise, each by turns with its reference"
    yield f"in the same run; `make bench` measures again. The books have {books} records. `in work` is"
    yield "the same ratio in seconds of the cores' work, which what others do on the machine hardly disturbs."


@contextmanager
def _place(kept: Path | None) -> Iterator[Path]:
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="claimbook-bench-") as place:
        yield Path(place)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure claimbook beside its references.")
    parser.add_argument(
        "--sizes", default=os.environ.get("BENCH_SIZES", "1000,10000,100000"), help="of the books"
    )
    parser.add_argument("--rounds", type=int, default=5, help="how often each thing is measured")
    parser.add_argument("--only", nargs="+", metavar="MODULE", choices=MODULES, help="measure only these")
    kept = os.environ.get("BENCH_KEEP")
    parser.add_argument(
        "--keep", type=Path, default=Path(kept) if kept else None, help="keep books in a folder"
    )
    peers = os.environ.get("BENCH_PEERS")
    parser.add_argument(
        "--peers", type=Path, default=Path(peers) if peers else None, help="programs of peers"
    )
    parser.add_argument("--out", type=Path, default=HERE / "results.md", help="where to write the results")
    return parser.parse_args()


if __name__ == "__main__":
    main()
