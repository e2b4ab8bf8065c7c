"""Data for the peers, as much as a book of so many claims has, made of the same sentences."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from inventing import headline
from makebook import SEED
from measure import say
from vocabulary import CITIES, PUBLISHERS, TAGS

_DAY = date(2020, 1, 1)


def kept(path: Path, make: Callable[[Path], None]) -> Path:
    """Return a file or folder of data, made where it is not there yet."""
    if not path.exists():
        say(f"making {path.name} ...")
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_name(f"{path.name}.half")
        make(half)
        half.rename(path)
    return path


def tasks(number: int) -> Callable[[Path], None]:
    """Write tasks for Taskwarrior's import."""

    def make(path: Path) -> None:
        found = [
            {
                "description": headline(SEED, index).sentence,
                "project": headline(SEED, index).firm,
                "tags": [TAGS[index % len(TAGS)]],
                "due": f"{2027 + index % 7}0301T120000Z",
                "entry": f"{_DAY + timedelta(days=index % 2000):%Y%m%d}T120000Z",
                "status": "pending",
            }
            for index in range(number)
        ]
        path.write_text(json.dumps(found), encoding="utf-8")

    return make


def journal(number: int) -> Callable[[Path], None]:
    """Write a journal for hledger."""

    def make(path: Path) -> None:
        lines = []
        for index in range(number):
            head, city = headline(SEED, index), CITIES[index % len(CITIES)]
            lines.append(
                f"{_DAY + timedelta(days=index * 2000 // number)} * {head.firm} | {head.id}  ; {city}"
            )
            lines.append(f"    expenses:{TAGS[index % len(TAGS)]}  €{index % 900 + 1}.50")
            lines.append("    assets:bank\n")
        path.write_text("\n".join(lines), encoding="utf-8")

    return make


def ledger(number: int) -> Callable[[Path], None]:
    """Write a ledger for Beancount."""

    def make(path: Path) -> None:
        lines = [f"{_DAY} open Expenses:{tag.capitalize()} EUR" for tag in TAGS]
        lines.append(f"{_DAY} open Assets:Bank EUR\n")
        for index in range(number):
            head = headline(SEED, index)
            lines.append(f'{_DAY + timedelta(days=index * 2000 // number)} * "{head.firm}" "{head.sentence}"')
            lines.append(f"  Expenses:{TAGS[index % len(TAGS)].capitalize()}  {index % 900 + 1}.50 EUR")
            lines.append("  Assets:Bank\n")
        path.write_text("\n".join(lines), encoding="utf-8")

    return make


def library(number: int) -> Callable[[Path], None]:
    """Lay out a library for papis, a folder with an `info.yaml` to each document."""

    def make(path: Path) -> None:
        for index in range(number):
            head, day = headline(SEED, index), _DAY + timedelta(days=index % 2000)
            folder = path / head.id
            folder.mkdir(parents=True)
            lines = [
                f"title: {head.sentence}",
                f"author: {head.firm}",
                f"year: {day.year}",
                f"month: {day.month}",
            ]
            lines += [
                f"publisher: {PUBLISHERS[index % len(PUBLISHERS)]}",
                f"ref: doc{index}",
                f"papis_id: {index:032x}",
            ]
            lines += [
                f"tags: [{TAGS[index % len(TAGS)]}, {TAGS[(index + 7) % len(TAGS)]}]",
                "type: article",
                "files: []",
            ]
            (folder / "info.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")

    return make
