"""Records as a slip, a sync program or a foe may leave them, changes to them, and what must hold of both.

`python tests/mutants.py --inputs 500000 --seed 1` tries so many and prints the figures; the suite tries a few
thousand. What a text means is told by PyYAML's own composer here, so that the program does not judge itself.
"""

import argparse
import copy
import faulthandler
import json
import random
import re
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from claimbook.record import nodes
from claimbook.record.changes import Append, Change, Remove, SetField
from claimbook.record.diagnostics import Diagnostic
from claimbook.record.editing import apply
from claimbook.record.nodes import plain
from claimbook.record.reading import read_record
from claimbook.record.refusal import EditRefused, Reason
from claimbook.record.source import BOM, SourceText

REPOSITORY = Path(__file__).parent.parent

FRAGMENTS: tuple[str, ...] = (
    *"\t \n:-?,[]{}\"'#|>&*!%@`\\0~=a",
    *("  ", "\r\n", ": ", "- ", ", ", " #", "# ", ">-", "|2", ">+1", "&a ", "*a", "!t ", "!!str ", "!<a>"),
    *("\\x41", "\\u12", "\\ud800", "\\e", "\\N", "\\\n", "\\\t", "\\'", "\\U0011FFFF", "---", "---\n", "..."),
    *("...\n", "<<: ", "null", "é", "😀", "\ufeff", "\u0085", "\u2028", "\u00a0", "\n\n", "\n\t", "\n \t"),
    *(":\t", "-\t", "?\t", "\n- ", "\n  - ", "\n    ", "%YAML 1.1\n", "<<<<<<< a\n", '"a":b', "[]:", "{}: "),
    *("# note\n", "\n# note\n", "  # note", "\x1b[2J", "\x07", "\x9b", "\u202e", "\u200b", "🏴\U000e0067"),
    "x" * 1030,
)
TEXTS: tuple[str, ...] = (
    *("settled", "open", "2024-03-28", "", " ", "null", "~", "no", "1:30", "0123", "- x", "a: b", "x #y"),
    *("it's", '"', "{", "[", "\t", "# x", "a\nb", "a\n\nb\n", "\n", " lead", "trail ", "a:", ":", "?", "---"),
    *(
        "...",
        "...\n",
        "%a",
        "@a",
        "`a",
        "&a",
        "*a",
        "!a",
        "|",
        ">-",
        "é",
        "漢字 🚗",
        "a\\b",
        "<<",
        "<<<<<<< a",
    ),
    *("word " * 40, "one. two.\nthree " * 12, "x" * 300, "\u202e", "a\u200bb", "=1+1", "[/foo]"),
)
NEW_KEYS = ("notes", "assigned", "x-mine", "tags", "note", "by", "why", "due", "x-: odd", "a b")
LISTS = ("verdicts", "tags", "evidence", "x-list", "forecasts")


@dataclass
class Figures:
    """What a run of inputs came to."""

    counted: Counter[str] = field(default_factory=Counter)
    """How many inputs were read, refused, changed and so on."""
    slowest: dict[str, float] = field(default_factory=dict)
    """Seconds that the slowest reading and the slowest change took."""
    failures: list[str] = field(default_factory=list)
    """What went wrong, each with the text it went wrong with."""
    unsure: list[str] = field(default_factory=list)
    """Changes that were refused as they could not be made sure, which is no failure."""

    def told(self, wrong: Iterable[str], right: str) -> str:
        """Say in a line how often each thing went wrong, and how many went right."""
        counts = [f"{what}: {self.counted[what]:,}" for what in wrong]
        return f"{'; '.join(counts)}; {right}: {self.counted[right]:,}"

    def time(self, what: str, began: float) -> None:
        self.slowest[what] = max(self.slowest.get(what, 0.0), time.perf_counter() - began)


def seeds(*, hand: bool = True) -> list[str]:
    """Return the texts to begin with: this book's claims, and records in many hands."""
    found = [path.read_text(encoding="utf-8") for path in sorted((REPOSITORY / "claims").rglob("*.yaml"))]
    return [*found, *_handstyled()] if hand else found


def _handstyled(count: int = 200) -> Iterator[str]:
    from hypothesis import HealthCheck, Phase, given, settings

    import handstyled

    made: list[str] = []
    quiet = settings(
        max_examples=count,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        deadline=None,
    )
    quiet(given(handstyled.documents())(lambda source: made.append(source.text)))()
    yield from made


class Mutator:
    """Makes mutants of texts, and changes to what they say; the same ones for the same seed."""

    def __init__(self, texts: list[str], seed: int) -> None:
        self.texts = texts
        self.random = random.Random(seed)  # noqa: S311 - for trying, not for secrets
        self._slips: tuple[Callable[[str], str], ...] = (
            self._insert,
            self._insert,
            self._delete,
            self._double_line,
            self._drop_line,
            self._swap_lines,
            self._indent,
            self._join_lines,
            self._comment,
            self._graft,
        )

    def mutant(self) -> bytes:
        """Return a record of a few keys with up to five slips in it; some not even UTF-8."""
        text = self._shortened(self.random.choice(self.texts))
        for _ in range(self.random.choice((0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 5))):
            text = self.random.choice(self._slips)(text)
        odds = self.random.random()
        if odds < 0.08:
            text = text.replace("\n", "\r\n")
        elif odds < 0.12:
            text = BOM + text
        elif odds < 0.16:
            text = text.rstrip("\n")
        data = text.encode("utf-8", "surrogatepass")
        return self._damaged(data) if self.random.random() < 0.04 else data

    def change(self, values: dict[str, Any]) -> Change:
        """Return a change that commands and the desk could make, or an owner's script."""
        known = [path for path, _ in walk(values)]
        kind = self.random.random()
        lists = [path for path, value in walk(values) if isinstance(value, list)]
        if kind < 0.35 and known:
            return SetField(self.random.choice(known), self._value())
        if kind < 0.5:
            holders = [(), *(path for path, value in walk(values) if isinstance(value, dict))]
            return SetField((*self.random.choice(holders), self.random.choice(NEW_KEYS)), self._value())
        if kind < 0.8 or not known:
            return Append(self.random.choice([*lists, *lists, (self.random.choice(LISTS),)]), self._value())
        return Remove(self.random.choice(known))

    def _value(self) -> Any:
        odds = self.random.random()
        if odds < 0.6:
            return self._text()
        if odds < 0.85:
            return {"date": "2026-11-21", "rating": "false", "why": self._text()}
        return [self._text() for _ in range(self.random.randint(0, 3))]

    def _text(self) -> str:
        if self.random.random() < 0.7:
            return self.random.choice(TEXTS)
        usual = (32, 10, 45, 58, 97, 233, 0x1F697)
        some = range(self.random.randint(1, 12))
        return "".join(chr(self.random.choice((*usual, self.random.randint(33, 126)))) for _ in some)

    def _shortened(self, text: str) -> str:
        """Keep some of the blocks of a record, so that many can be tried."""
        blocks = re.split(r"(?<=\n)(?=[a-z])", text)
        kept = self.random.sample(range(len(blocks)), min(len(blocks), self.random.choice((2, 3, 4))))
        return "".join(blocks[index] for index in sorted(kept)) if self.random.random() < 0.95 else text

    def _insert(self, text: str) -> str:
        start = self.random.randint(0, len(text))
        gone = self.random.choice((0, 0, 0, 1, 3))
        return text[:start] + self.random.choice(FRAGMENTS) + text[start + gone :]

    def _delete(self, text: str) -> str:
        start = self.random.randint(0, len(text))
        return text[:start] + text[start + self.random.choice((1, 1, 2, 5, 30)) :]

    def _line(self, text: str) -> tuple[list[str], int]:
        lines = text.splitlines(keepends=True) or [""]
        return lines, self.random.randrange(len(lines))

    def _double_line(self, text: str) -> str:
        lines, at = self._line(text)
        return "".join([*lines[: at + 1], *lines[at:]])

    def _drop_line(self, text: str) -> str:
        lines, at = self._line(text)
        return "".join([*lines[:at], *lines[at + 1 :]])

    def _swap_lines(self, text: str) -> str:
        lines, at = self._line(text)
        other = self.random.randrange(len(lines))
        lines[at], lines[other] = lines[other], lines[at]
        return "".join(lines)

    def _indent(self, text: str) -> str:
        lines, at = self._line(text)
        lines[at] = self.random.choice((" ", "  ", "\t", "    ")) + lines[at]
        return "".join(lines)

    def _join_lines(self, text: str) -> str:
        lines, at = self._line(text)
        lines[at] = lines[at].rstrip("\n")
        return "".join(lines)

    def _comment(self, text: str) -> str:
        lines, at = self._line(text)
        margin = " " * self.random.choice((0, 2, 4, 6))
        lines.insert(at, f"{margin}# {self.random.choice(('why', 'it’s: so', '- x', ''))}\n")
        return "".join(lines)

    def _graft(self, text: str) -> str:
        lines, at = self._line(text)
        others, start = self._line(self.random.choice(self.texts))
        return "".join([*lines[:at], *others[start : start + self.random.randint(1, 3)], *lines[at:]])

    def _damaged(self, data: bytes) -> bytes:
        at = self.random.randint(0, len(data))
        return data[:at] + self.random.randbytes(self.random.randint(1, 3)) + data[at + 1 :]


def walk(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Yield every path into a value, with what is there."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, item in inside:
        yield (*path, step), item
        yield from walk(item, (*path, step))


def meaning(text: str) -> tuple[Any, yaml.Node | None]:
    """Return what a text says as PyYAML's composer has it, every scalar as text; None where it gives up."""
    for loader in (yaml.CBaseLoader, yaml.BaseLoader):
        try:
            root = yaml.compose(text, Loader=loader)
        except yaml.YAMLError:
            continue
        return _said(root), root
    return None, None


def _said(node: Any) -> Any:
    if isinstance(node, yaml.ScalarNode):
        absent = not node.style and node.value in ("", "~", "null", "Null", "NULL")
        return None if absent else node.value
    if isinstance(node, yaml.SequenceNode):
        return [_said(item) for item in node.value]
    said = ((key.value, _said(value)) for key, value in node.value) if node else ()
    return {key: value for key, value in said if value is not None}


def expected(values: Any, change: Change) -> Any:
    """Return what a record says after a change, worked out without the program."""
    values = copy.deepcopy(values)
    holder = values
    for step in change.path[:-1]:
        holder = holder[step]
    last: Any = change.path[-1]
    if isinstance(change, SetField):
        holder[last] = change.value
    elif isinstance(change, Append):
        if isinstance(holder, dict):
            holder.setdefault(last, [])
        holder[last].append(change.item)
    else:
        del holder[last]
        if isinstance(last, int) and not holder and isinstance(change.path[-2], str):
            return expected(values, Remove(change.path[:-1]))
    return values


def lines_that_may_go(lines: list[str], root: yaml.Node, change: Change) -> range:
    """Return the lines that a change may rewrite: those of the value, or of the brackets that it is in."""
    span = range(0)
    node: Any = root
    key: Any = None
    for depth, step in enumerate(change.path, 1):
        if node.flow_style:
            break
        if isinstance(node, yaml.MappingNode):
            key, node = next(((k, v) for k, v in node.value if k.value == step), (None, None))
            if node is None:
                return range(0)
            span = range(key.start_mark.line, max(key.end_mark.line + 1, _lines(node).stop))
        else:
            node = node.value[step]
            span = range(_hyphen(lines, node), _lines(node).stop)
        if _is_emptied(node, change, depth):
            break
    is_small = isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value
    return span if is_small or not isinstance(change, Append) else range(0)


def _hyphen(lines: list[str], node: Any) -> int:
    """Return the line of the hyphen that an item stands behind, or below."""
    line: int = node.start_mark.line
    if "-" not in lines[line][: node.start_mark.column]:
        line = next(above for above in range(line - 1, -1, -1) if lines[above].lstrip().startswith("-"))
    return line


def _is_emptied(node: Any, change: Change, depth: int) -> bool:
    """Tell whether a list or mapping loses all that it says, and so is written anew or goes."""
    is_last_step = isinstance(change, Remove) and len(change.path) == depth + 1
    return is_last_step and isinstance(node, yaml.CollectionNode) and len(_said(node)) == 1


def _lines(node: Any) -> range:
    """Return the lines of a node; of a block, to the end of the last thing in it."""
    last = node
    while isinstance(last, yaml.CollectionNode) and last.value and not last.flow_style:
        last = last.value[-1]
        last = last[1] if isinstance(last, tuple) else last
    begun, end = node.start_mark.line, last.end_mark.line
    return range(begun, end if last.end_mark.column == 0 and end > begun else end + 1)


def unasked(before: str, after: str, change: Change, root: yaml.Node) -> list[str]:
    """Return the lines with words that are gone from a text though a change had no business with them.

    The first key of an item stands behind the hyphen, so one that comes or goes there moves the next; and a
    `|` or `>` that ends the file without a line end says so in another way when it no longer does.
    """
    lines = before.split("\n")
    may_go = lines_that_may_go(lines, root, change)
    left = [_bare(line) for line in after.split("\n")]
    lost = []
    at = 0
    for number, line in enumerate(lines):
        wanted = _bare(line)
        if number in may_go or not wanted.strip():
            continue
        if wanted in left[at:]:
            at = left.index(wanted, at) + 1
        else:
            lost.append(line)
    return lost


def _bare(line: str) -> str:
    return re.sub(r"([|>])[-+0-9]*(?=\s*(#|$))", r"\1", line.rstrip("\r").lstrip(" -"))


class Trial:
    """Tries one input after the other, and keeps the figures."""

    def __init__(self, mutator: Mutator, *, compare_every: int = 10) -> None:
        self.mutator = mutator
        self.compare_every = compare_every
        self.figures = Figures()

    def run(self, inputs: int) -> Figures:
        for number in range(inputs):
            if number % 1000 == 0 and __name__ == "__main__":
                faulthandler.dump_traceback_later(1200, exit=True)
            data = self.mutator.mutant()
            try:
                self._try(data, number)
            except Exception:  # noqa: BLE001 - whatever comes out of the program is what is looked for
                self._fail("crash", data, traceback.format_exc())
        return self.figures

    def _try(self, data: bytes, number: int) -> None:
        self.figures.counted["inputs"] += 1
        began = time.perf_counter()
        document = read_record(data, "claim.yaml")
        self.figures.time("reading", began)
        if number % self.compare_every == 0:
            self._compare(data, document)
        if document.root is None or any(_unreadable(item) for item in document.diagnostics):
            self.figures.counted["refused by the reader"] += 1
            if not document.diagnostics:
                self._fail("refused without a word", data, "")
            return
        said, root = meaning(document.source.text)
        self.figures.counted["read"] += 1
        if root is None:  # what libyaml reads and PyYAML does not stands beside the reverse
            self.figures.counted["read without a second opinion"] += 1
        elif said != plain(document.root):
            self._fail("read otherwise", data, f"{said!r}\n{plain(document.root)!r}")
        elif isinstance(said, dict):
            self._change(document.source, said, root)

    def _compare(self, data: bytes, quick: Any) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(nodes, "CParser", None)
            pure = read_record(data, "claim.yaml")
        self.figures.counted["read by both parsers"] += 1
        if (quick.root, quick.diagnostics, quick.content) != (pure.root, pure.diagnostics, pure.content):
            self._fail("read otherwise without libyaml", data, f"{quick.diagnostics}\n{pure.diagnostics}")

    def _change(self, source: SourceText, said: dict[str, Any], root: yaml.Node) -> None:
        change = self.mutator.change(said)
        began = time.perf_counter()
        try:
            after = apply(source, [change])
        except EditRefused as refused:
            self.figures.counted[f"change refused: {refused.reason}"] += 1
            if refused.reason is Reason.UNVERIFIED:
                self.figures.unsure.append(f"{source.text!r} {change}")
            return
        finally:
            self.figures.time("changing", began)
        self.figures.counted["changed"] += 1
        wanted = expected(said, change)
        now, _ = meaning(after)
        if now != wanted:
            self._fail("changed otherwise", source.text.encode(), f"{change}\n{now!r}\n{wanted!r}")
        elif lost := unasked(source.text, after, change, root):
            self._fail("lines lost", source.text.encode(), f"{change}\n{lost}\n{after}")

    def _fail(self, what: str, data: bytes, why: str) -> None:
        self.figures.counted[what] += 1
        self.figures.failures.append(f"{what}: {data!r}\n{why}")


_UNREADABLE = frozenset(
    (
        *("yaml-syntax", "duplicate-key", "yaml-tag", "yaml-alias", "yaml-documents", "encoding", "too-deep"),
        *("control-character", "too-large", "merge-conflict", "empty-file"),
    )
)


def _unreadable(item: Diagnostic) -> bool:
    return item.rule in _UNREADABLE or item.message.startswith("A key is text")


def main() -> None:
    """Try many inputs, and print what came of them as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--compare-every", type=int, default=10)
    told = parser.parse_args()
    began = time.perf_counter()
    figures = Trial(Mutator(seeds(), told.seed), compare_every=told.compare_every).run(told.inputs)
    spent = time.perf_counter() - began
    shown = {
        "seed": told.seed,
        "seconds": round(spent),
        **figures.counted,
        "slowest ms": {name: round(seconds * 1000, 1) for name, seconds in figures.slowest.items()},
    }
    print(json.dumps(shown, indent=1))  # noqa: T201 - it is a script
    sys.stdout.write("\n".join([*figures.failures[:20], "unsure:", *figures.unsure[:20]]))


if __name__ == "__main__":
    main()
