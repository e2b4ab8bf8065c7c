"""The desk in a terminal, and what its screen says, read as a person reads it."""

import re
from pathlib import Path

from measure import wait_until_quiet
from onscreen import Terminal
from setting import PROGRAM, Setting

_WORDS = (
    "true|mostly true|mixed|mostly false|false|unproven|ambiguous|void|outdated"
    "|open|reviewing|settled|shelved|broken"
)
ROW = re.compile(rf"[▌ ][• ]\S (?:{_WORDS}) +\S+ \S+ \S+")
"""A claim in the list: its glyph, its word, and a sentence, or what is wrong with it."""
BUSY = re.compile(r"(?i)looking at|reading|checking|indexing|comparing|…\s*[\d,]+ (?:of|files)")
"""What the line at the top says while work goes on."""


def open_desk(setting: Setting, number: int, home: str, *, quiet: bool = True) -> Terminal:
    """Start the desk on a book of so many records."""
    book, env = setting.book(number), setting.environment(home)
    if quiet:
        wait_until_quiet()
    return Terminal([PROGRAM], cwd=book, env=env)


def has_claims(terminal: Terminal) -> bool:
    """Tell whether a claim is on the screen."""
    return any(ROW.search(line) for line in terminal.lines)


def is_ready(terminal: Terminal) -> bool:
    """Tell whether claims are on the screen and nothing more is announced."""
    return has_claims(terminal) and not tells_progress(terminal)


def tells_progress(terminal: Terminal) -> bool:
    """Tell whether the line at the top says that work goes on."""
    return bool(BUSY.search(terminal.lines[0]))


def cursor(terminal: Terminal) -> list[str]:
    """Return the line of the list that the cursor is on."""
    return [
        found[0] + line[found.end() :]
        for line in terminal.lines
        if (found := ROW.search(line)) and "▌" in found[0]
    ]


def settle(terminal: Terminal) -> None:
    """Wait until the desk has finished what it began with, however long that takes."""
    terminal.until(is_ready, timeout=900)
    terminal.settle(1.0, timeout=120)


def files_seen(terminal: Terminal, book: Path, most: int = 400) -> list[Path]:
    """Return files whose claims are on the screen, among the first of the book."""
    text = " ".join(line.split("│", 1)[-1] for line in terminal.lines)
    found = []
    for path in sorted((book / "claims").rglob("*.yaml"), key=lambda one: one.relative_to(book).as_posix())[
        :most
    ]:
        match = re.search(rb"^claim: (\S.{20,}?)\r?$", path.read_bytes(), re.MULTILINE)
        if match and match[1].decode()[:40] in text:
            found.append(path)
    return found
