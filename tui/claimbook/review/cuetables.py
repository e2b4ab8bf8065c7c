"""The tables of words in `cues/`: what in a sentence says that somebody claims something.

A table is a text file. `[name]` begins a section, `#` a comment, every other line is one entry: the words
as they stand in a sentence, in small letters. A `*` at the end of a word stands for any ending of it, `_`
for any one word, and `…` for up to eight words, for verbs that come apart: `maakt … bekend`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

MOST_BETWEEN = 8
"""Words that may stand where an entry has `…`."""

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_REMEMBERED = 4_096
_KEY = 2
"""Letters of its first word by which a cue is looked up; every first word has as many."""


class Word(NamedTuple):
    """A word of a sentence."""

    text: str
    """In small letters, with straight apostrophes."""
    start: int
    """Its first code point in the text it was read from, 0-based."""
    end: int
    """The code point after its last."""


class Cue(NamedTuple):
    """Words that stand in a sentence as a table has them."""

    kind: str
    """The section that has them."""
    start: int
    """The first code point of the first word, 0-based."""
    end: int
    """The code point after the last word."""


@cache
def read_table(name: str) -> Mapping[str, tuple[str, ...]]:
    """Read a table of `cues/`: its entries by section."""
    sections: dict[str, list[str]] = {}
    section = ""
    text = (files("claimbook.review") / "cues" / f"{name}.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        entry = line.partition("#")[0].strip()
        if entry.startswith("["):
            section = entry.strip("[]")
        elif entry:
            sections.setdefault(section, []).append(entry)
    return {key: tuple(entries) for key, entries in sections.items()}


def words_of(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Return the words of a stretch of a text: letters and digits, with hyphens and apostrophes inside."""
    matches = _WORD.finditer(text, start, len(text) if end is None else end)
    return [Word(match[0].lower().replace("’", "'"), match.start(), match.end()) for match in matches]


class _Entry(NamedTuple):
    kind: str
    rest: tuple[str, ...]
    """The words after the first."""


class Cues:
    """The entries of some tables, ready to be looked for."""

    def __init__(self, names: Iterable[str]) -> None:
        """Take the names of tables; sections of one name are one."""
        self._by_key: dict[str, list[tuple[str, _Entry]]] = {}
        for name in names:
            for kind, entries in read_table(name).items():
                for entry in entries:
                    first, *rest = entry.lower().replace("’", "'").split()
                    self._by_key.setdefault(first[:_KEY], []).append((first, _Entry(kind, tuple(rest))))
        self._begun_by = lru_cache(_REMEMBERED)(self._look_up)

    def find(self, words: Sequence[Word], *, once: bool = False) -> Iterator[Cue]:
        """Yield every cue among the words, from left to right; cues may overlap.

        Args:
            words: The words of a sentence.
            once: Whether the first cue of each kind is enough.
        """
        texts = [word.text for word in words]
        found: set[str] = set()
        for index, word in enumerate(words):
            for kind, rest in self._begun_by(word.text):
                if kind in found:
                    continue
                last = _matches(texts, index + 1, rest) if rest else index
                if last is not None:
                    if once:
                        found.add(kind)
                    yield Cue(kind, word.start, words[last].end)

    def _look_up(self, word: str) -> tuple[_Entry, ...]:
        """Return the entries, in the order of the tables, that this can be the first word of."""
        return tuple(entry for first, entry in self._by_key.get(word[:_KEY], ()) if _is(word, first))


def _matches(words: Sequence[str], index: int, pattern: Sequence[str]) -> int | None:
    """Return the index of the last word of a pattern that begins at `index`, None where it does not."""
    for place, part in enumerate(pattern):
        if part == "…":
            return _apart(words, index, pattern[place + 1 :])
        if index >= len(words) or not _is(words[index], part):
            return None
        index += 1
    return index - 1


def _apart(words: Sequence[str], index: int, pattern: Sequence[str]) -> int | None:
    """Return the same for one that may begin some words later."""
    for at in range(index, min(index + MOST_BETWEEN + 1, len(words))):
        if _is(words[at], pattern[0]):
            last = _matches(words, at, pattern)
            if last is not None:
                return last
    return None


def _is(word: str, part: str) -> bool:
    return part in ("_", word) or (part[-1] == "*" and word.startswith(part[:-1]))
