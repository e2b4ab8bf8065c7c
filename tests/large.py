"""Books with one file of nearly 1 MB, and what every command takes that meets it.

Run as a program, which is small itself so that its memory is not counted as theirs, it runs commands in a
book, each in a process of its own, and tells of each as JSON how it ended, its seconds and its megabytes:
`python large.py HAZARD FOLDER` with the commands, as JSON, on standard input.
"""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

MB = 1_000_000
_CLAIMBOOK = str(Path(sys.executable).with_name("claimbook"))
RECORD = "claims/large.yaml"
ARTICLE = "seeds/paper.md"
_HEAD = "claim: Apple builds a car.\n\nkind: rumour\n\nabout: [Apple]\n\n"
_SOURCE = "sources:\n  - article: paper\n    quote: Apple builds a car\n"
_FRONT = "---\npublisher: The Paper\ndate: 2021-03-26\n---\n"
_VERDICT = "  - {date: 2026-11-20, rating: false, by: ann, why: Reason {}.}\n"
_BOOK = {
    RECORD: f"{_HEAD}{_SOURCE}",
    "claims/small.yaml": f"{_HEAD}{_SOURCE}\nrelations:\n  - to: large\n    as: follows\n",
    ARTICLE: f"{_FRONT}Apple builds a car, and a wall with Magna.\n",
}


def _fill(piece: str, room: int = MB - 2_000) -> str:
    """Repeat a text as often as there is room for, in bytes."""
    return piece * (room // len(piece.encode()))


def _count(piece: str, most: int = 1_000_000, room: int = MB - 2_000) -> str:
    """Repeat a text with numbers in it, as often as there is room for and at most so often."""
    found: list[str] = []
    for number in range(most):
        text = piece.replace("{}", str(number))
        room -= len(text.encode())
        if room < 0:
            break
        found.append(text)
    return "".join(found)


def _text(words: str) -> str:
    return f"notes: |\n{words}\n"


def _prose(words: str) -> str:
    return f"{_FRONT}{words}\n"


_LONG = "Apple builds a car with Magna and will spend 3 billion euro, says Reuters about it"

RECORDS: dict[str, Callable[[], str]] = {
    "one enormous claim": lambda: f"claim: {_fill('Apple builds a car ')}\n\nkind: rumour\n\n{_SOURCE}",
    "one enormous word": lambda: f"claim: {_fill('a')}\n\nkind: rumour\n\n{_SOURCE}",
    "notes of many lines": lambda: _HEAD + _SOURCE + _text(_fill("  Apple builds.\n")),
    "notes of wide characters": lambda: _HEAD + _SOURCE + _text("  " + _fill("苹果公司造汽车。")),
    "notes of combining marks": lambda: _HEAD + _SOURCE + _text("  e" + _fill("\u0301")),
    "notes of marks and joiners": lambda: _HEAD + _SOURCE + _text("  " + _fill("👩\u200d🚀[/]\u200e")),
    "one enormous quote": lambda: _HEAD + _SOURCE.removesuffix("car\n") + _fill("car ") + "\n",
    "as many quotes as are read": lambda: (
        f"{_HEAD}sources:\n"
        + _count("  - article: paper\n    quote: " + "Apple built a car {} " * 75 + "\n", 500)
    ),
    "as many sources as are read": lambda: (
        f"{_HEAD}sources:\n" + _count("  - url: https://example.org/{}\n    publisher: P{}\n", 500)
    ),
    "links of who has it from whom": lambda: (
        f"{_HEAD}{_SOURCE}    via:\n" + _count("      - Agency {}\n", 19_000)
    ),
    "many relations": lambda: (
        f"{_HEAD}{_SOURCE}relations:\n" + _count("  - {to: small, as: follows}\n", 7_000)
    ),
    "relations that lead nowhere": lambda: (
        f"{_HEAD}{_SOURCE}relations:\n" + _count("  - {to: nowhere-{}, as: follows}\n", 7_000)
    ),
    "many tags": lambda: f"{_HEAD}{_SOURCE}tags:\n" + _count("  - tag-{}\n", 39_000),
    "many subjects": lambda: _HEAD.replace("[Apple]", f"[{_count('Subject {}, ', 39_000)}Apple]") + _SOURCE,
    "many verdicts": lambda: f"{_HEAD}{_SOURCE}verdicts:\n" + _count(_VERDICT, 3_900),
    "many forecasts": lambda: (
        f"{_HEAD}{_SOURCE}forecasts:\n" + _count("  - {date: 2026-11-20, p: 0.5, by: ann, why: W{}}\n", 3_900)
    ),
    "keys of the owner": lambda: _HEAD + _SOURCE + _count("x-{}: a\n", 19_000),
    "keys that nobody knows": lambda: _HEAD + _SOURCE + _count("key-{}: a\n", 19_000),
    "more values than are read": lambda: f"{_HEAD}{_SOURCE}tags:\n" + _count("  - {}\n"),
}
"""What a record of nearly 1 MB may consist of, by what it is called."""

ARTICLES: dict[str, Callable[[], str]] = {
    "an article of one sentence": lambda: _prose(_fill(f"{_LONG} ")),
    "an article of many sentences": lambda: _prose(_fill(f"{_LONG}. ")),
    "an article of tiny sentences": lambda: _prose(_fill("Ja. Nee. Bo. ")),
    "an article of short lines": lambda: _prose(_fill("Ja.\n")),
    "an article of words that tell": lambda: _prose(_fill("be " * 300 + ". Apple ")),
    "an article of words that are all different": lambda: _prose(_count("be{} ")),
    "an article of one word": lambda: _prose(_fill("a")),
    "an article of brackets": lambda: _prose(_fill("[")),
    "an article of quotation marks": lambda: _prose(_fill("“Ja” ")),
    "an article of blank lines": lambda: _prose(_fill("\n")),
    "an article of wide characters": lambda: _prose(_fill("苹果公司造汽车。")),
    "an article of marks": lambda: _prose(_fill("e\u0301\u200b\u202e\x1b[2J")),
    "an article that nearly has the quote": lambda: _prose(_fill("Apple builds a cat ")),
}
"""What an article of nearly 1 MB may consist of."""

SETTINGS: dict[str, Callable[[], str]] = {
    "settings of many names": lambda: "names:\n" + _count("  Name {}: [Other {}]\n", 9_000),
    "settings of one enormous word": lambda: f"names:\n  a: [{_fill('a')}]\n",
    "settings that nobody knows": lambda: _count("key-{}: a\n", 19_000),
}
"""What the settings of a book may consist of."""

HAZARDS = {
    **{name: ("claims/large.yaml", make) for name, make in RECORDS.items()},
    **{name: (ARTICLE, make) for name, make in ARTICLES.items()},
    **{name: ("claimbook.yaml", make) for name, make in SETTINGS.items()},
}
"""By name: which file it is, and what makes it."""

_JUDGE = ("--why", "No car came.", "--by", "ann")
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("list",),
    ("list", "car", "not:boat"),
    ("list", "--json"),
    ("show", "large"),
    ("show", "large", "--json"),
    ("show", "small"),
    ("check",),
    ("check", "--format", "json"),
    ("check", "--fix", "--dry-run"),
    ("queue",),
    ("origins", "large"),
    ("track",),
    ("timeline",),
    ("similar", "Apple builds a car."),
    ("export", "--format", "json"),
    ("export", "--format", "csv"),
    ("export", "--format", "claimreview", "--page-url", "https://example.org/", "--organisation", "O"),
    ("article", "list"),
    ("article", "show", "paper"),
    ("article", "show", "paper", "--json"),
    ("article", "candidates", "paper"),
    ("article", "candidates", "paper", "--points", "-9", "--json"),
    ("set", "large", "due", "2025", "--dry-run"),
    ("set", "large", "due", "2025"),
    ("verdict", "large", "false", *_JUDGE),
    ("source", "large", "--article", "paper", "--quote", "a wall with Magna"),
    ("evidence", "large", "--bearing", "context", "--url", "https://example.org/", "--publisher", "P"),
    ("relate", "large", "--to", "small", "--as", "follows"),
    ("forecast", "large", "0.4", "--why", "No car came."),
    ("new", "Apple builds a car.", "--kind", "rumour", "--article", "paper", "--quote", "Apple builds"),
    ("remove", "large", "about[0]"),
    ("rename", "large", "larger"),
    ("undo",),
    ("redo",),
    ("undo",),
    ("article", "add", ARTICLE, "--publisher", "Another", "--date", "2022", "--title", "Again"),
    ("merge-driver", "claims/small.yaml", RECORD, RECORD, RECORD),
    ("doctor",),
)
"""Every command that reads or writes a book, in an order in which each has something to do."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended, and what it took."""

    words: tuple[str, ...]
    """The command."""
    code: int
    """Its exit code; negative where a signal ended it."""
    seconds: float
    """How long the processor worked for it."""
    megabytes: float
    """The most memory that it had."""
    said: str
    """The end of what it said on standard error."""


def make_book(hazard: str, root: Path) -> None:
    """Lay down a book with one file of nearly 1 MB."""
    place, make = HAZARDS[hazard]
    for name, text in {**_BOOK, place: make()}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


def run_all(root: Path, commands: Iterable[Iterable[str]]) -> Iterator[Ended]:
    """Run commands in a book, one after the other."""
    for words in commands:
        yield _run(root, tuple(words))


def _run(root: Path, words: tuple[str, ...]) -> Ended:
    said = root.parent / "said"
    child = os.fork()
    if not child:
        os.chdir(root)
        for number, name in enumerate((os.devnull, os.devnull, str(said))):
            flags = os.O_RDWR | (os.O_CREAT | os.O_TRUNC if number == 2 else 0)
            os.dup2(os.open(name, flags, 0o600), number)
        os.execv(_CLAIMBOOK, ["claimbook", *words])  # noqa: S606 - no shell is wanted
    _, status, used = os.wait4(child, 0)
    unit = 1 if sys.platform == "darwin" else 1024
    megabytes = used.ru_maxrss * unit / MB
    text = said.read_text(encoding="utf-8", errors="replace")[-2_000:]
    return Ended(words, os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, megabytes, text)


if __name__ == "__main__":
    book = Path(sys.argv[2]) / "book"
    make_book(sys.argv[1], book)
    for ended in run_all(book, json.load(sys.stdin)):
        told = [ended.words, ended.code, ended.seconds, ended.megabytes, ended.said]
        sys.stdout.write(json.dumps(told) + "\n")
