"""The text of a record as somebody's hand might have written it: no two people write YAML alike."""

import re
import textwrap
from collections.abc import Iterable, Sequence
from random import Random

from vocabulary import COMMENTS

_RISKY = re.compile(r"^[\s\-?:,\[\]{}#&*!|>'\"%@`~]|: |:$| #|\s$|^$|^(?:null|Null|NULL)$")
_FOLD = 88


class Hand:
    """One writer's habits, in one file."""

    def __init__(self, rng: Random) -> None:
        """Draw the habits."""
        self._rng = rng
        self._dash = rng.choice(("  - ", "  - ", "- "))
        self._quote = rng.choice(('"', "'"))
        self._always_quotes = rng.random() < 0.1
        self._folds_from = rng.choice((60, 80, 100))
        self._airy = rng.random() < 0.75
        self._comments = rng.choice((0.0, 0.05, 0.15))
        self._lines: list[str] = []

    @property
    def text(self) -> str:
        """What is written so far."""
        return "\n".join(self._lines).rstrip("\n") + "\n"

    def remark(self, text: str) -> None:
        """Write a comment on a line of its own."""
        self._lines.append(f"# {text}")

    def field(self, key: str, value: str) -> None:
        """Write a key with a text."""
        self._lines += [*self._maybe_comment(""), *self._pair(key, value, ""), *self._gap()]

    def words(self, key: str, values: Sequence[str]) -> None:
        """Write a key with a short list, on one line or one to a line."""
        if self._rng.random() < 0.7:
            self._lines.append(f"{key}: [{', '.join(self._flow(value) for value in values)}]")
        else:
            self._lines += [f"{key}:", *(f"{self._dash}{self._plain(value)}" for value in values)]
        self._lines += self._gap()

    def items(self, key: str, items: Iterable[Sequence[tuple[str, object]]]) -> None:
        """Write a key with a list of mappings; a value that is a list holds texts or mappings."""
        self._lines.append(f"{key}:")
        for item in items:
            self._lines += [*self._maybe_comment("  "), *self._item(item, self._dash)]
        self._lines += self._gap()

    def _item(self, item: Sequence[tuple[str, object]], dash: str) -> list[str]:
        indent = " " * len(dash)
        lines = [
            line
            for key, value in item
            for line in (
                self._links(key, value, indent)
                if isinstance(value, list)
                else self._pair(key, str(value), indent)
            )
        ]
        return [dash + lines[0].removeprefix(indent), *lines[1:]]

    def _links(self, key: str, links: list[str | tuple[tuple[str, str], ...]], indent: str) -> list[str]:
        if all(isinstance(link, str) for link in links) or self._rng.random() < 0.3:
            flow = ", ".join(
                self._flow(link)
                if isinstance(link, str)
                else "{" + ", ".join(f"{name}: {self._flow(value)}" for name, value in link) + "}"
                for link in links
            )
            return [f"{indent}{key}: [{flow}]"]
        lines = [f"{indent}{key}:"]
        for link in links:
            pairs = (("name", link),) if isinstance(link, str) else link
            lines += self._item(pairs, f"{indent}{self._dash}")
        return lines

    def _pair(self, key: str, value: str, indent: str) -> list[str]:
        if len(value) > self._folds_from and "  " not in value:
            sign = ">-" if self._rng.random() < 0.9 else ">"
            if sign == ">-" or key in ("notes", "note", "why"):
                folded = textwrap.wrap(value, _FOLD, break_long_words=False, break_on_hyphens=False)
                return [f"{indent}{key}: {sign}", *(f"{indent}  {line}" for line in folded)]
        trail = f"  # {self._rng.choice(COMMENTS)}" if self._rng.random() < self._comments / 4 else ""
        return [f"{indent}{key}: {self._plain(value)}{trail}"]

    def _plain(self, value: str) -> str:
        return self._quoted(value) if self._always_quotes or _RISKY.search(value) else value

    def _flow(self, value: str) -> str:
        return self._quoted(value) if re.search(r"[,\[\]{}]", value) else self._plain(value)

    def _quoted(self, value: str) -> str:
        if self._quote == "'":
            return "'" + value.replace("'", "''") + "'"
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'

    def _maybe_comment(self, indent: str) -> list[str]:
        if self._rng.random() < self._comments:
            return [f"{indent}# {self._rng.choice(COMMENTS)}"]
        return []

    def _gap(self) -> list[str]:
        return [""] if self._airy else []
