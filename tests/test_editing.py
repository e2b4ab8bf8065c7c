"""Changes to records written by hand, and what becomes of the text around them.

`edits/*.txt` hold the cases as differences: a line with a space before it stays, `-` goes and `+` comes.
`␠` and `␉` stand for spaces and tabs at the ends of lines.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from claimbook.record.changes import Append, Change, Remove, SetField
from claimbook.record.diagnostics import TextEdit
from claimbook.record.editing import apply, edits
from claimbook.record.nodes import compose, plain
from claimbook.record.pieces import spliced
from claimbook.record.reading import read_record
from claimbook.record.refusal import EditRefused, Reason
from claimbook.record.source import SourceText, decode

HERE = Path(__file__).parent
VERDICT = {
    "date": "2026-11-21",
    "rating": "mostly false",
    "by": "ann",
    "why": "Nothing came of it: no car.",
}


@dataclass(frozen=True)
class Case:
    name: str
    changes: tuple[Change, ...]
    before: str
    after: str
    flags: frozenset[str]

    @property
    def source(self) -> SourceText:
        bom = "\ufeff" if "bom" in self.flags else ""
        return decode((bom + self.before).encode(), "claims/a.yaml")[0]


def cases(file: str) -> Iterator[Case]:
    text = (HERE / "edits" / file).read_text(encoding="utf-8").replace("␠", " ").replace("␉", "\t")
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        title, *lines = part.removesuffix("\n").split("\n")
        flags = frozenset(re.findall(r"crlf|bom|ragged", title[title.find("[") :] if "[" in title else ""))
        changes = tuple(change(line) for line in lines if line.startswith("="))
        before = whole([line[1:] for line in lines if line[:1] in (" ", "-")], flags)
        after = whole([line[1:] for line in lines if line[:1] in (" ", "+")], flags)
        yield Case(title, changes, before, after, flags)


def whole(lines: list[str], flags: frozenset[str]) -> str:
    end = "\r\n" if "crlf" in flags else "\n"
    return end.join(lines) + ("" if "ragged" in flags else end)


def change(line: str) -> Change:
    """Read `= set sources[0].quote: "q"`."""
    match = re.fullmatch(r"= (set|append|remove) ([^:\s]+)(?:: (.*))?", line)
    assert match, line
    path = tuple(int(n) if n else key for key, n in re.findall(r"([\w-]+)(?![\w\]-])|\[(\d+)\]", match[2]))
    if match[1] == "remove":
        return Remove(path)
    return (SetField if match[1] == "set" else Append)(path, json.loads(match[3]))


def with_verdicts() -> list[Case]:
    return [case for case in cases("verdicts.txt") if "why" in case.before]


def source(text: str) -> SourceText:
    return SourceText("claims/a.yaml", text)


@pytest.mark.parametrize("case", cases("verdicts.txt"), ids=lambda case: case.name)
def test_a_verdict_is_added_and_every_other_line_stays(case: Case) -> None:
    made = edits(case.source, [Append(("verdicts",), VERDICT)])
    assert spliced(case.before, made) == case.after
    assert all(edit.start == edit.end for edit in made)


def test_the_hand_styled_files_are_forty() -> None:
    assert len(list(cases("verdicts.txt"))) == 40


@pytest.mark.parametrize("case", cases("changes.txt"), ids=lambda case: case.name)
def test_a_change_is_made_where_it_belongs(case: Case) -> None:
    assert apply(case.source, case.changes) == case.after


@pytest.mark.parametrize("case", with_verdicts(), ids=lambda case: case.name)
def test_a_verdict_taken_away_again_leaves_the_text_as_it_was(case: Case) -> None:
    after = decode(case.source.to_bytes(case.after), "claims/a.yaml")[0]
    root, _ = compose(after)
    assert root is not None
    last = len(plain(root)["verdicts"]) - 1
    assert apply(after, [Remove(("verdicts", last))]) == case.before


def test_a_change_of_what_is_so_already_changes_nothing() -> None:
    text = source("status:  'open'\ntags: [ev]\n")
    assert edits(text, [SetField(("status",), "open"), SetField(("tags",), ["ev"])]) == []


def test_a_value_that_is_replaced_is_one_replacement() -> None:
    assert edits(source("claim: A\nstatus: open\n"), [SetField(("status",), "settled")]) == [
        TextEdit(17, 21, "settled")
    ]


def test_changes_of_several_steps_are_told_as_replacements_in_the_first_text() -> None:
    text = source("claim: A\ntags: [ev]\nnotes: n\n")
    made = edits(
        text,
        [
            Append(("tags",), "cars"),
            Append(("tags",), "vans"),
            Remove(("notes",)),
            SetField(("notes",), "m"),
            SetField(("notes",), "k"),
        ],
    )
    assert spliced(text.text, made) == "claim: A\ntags: [ev, cars, vans]\nnotes: k\n"
    assert all(first.end < second.start for first, second in pairwise(made))


def test_every_record_of_the_book_takes_a_verdict_and_keeps_its_lines() -> None:
    records = sorted((HERE.parent / "claims").rglob("*.yaml"))
    assert records
    for path in records:
        text, _ = decode(path.read_bytes(), path.name)
        made = apply(text, [Append(("verdicts",), VERDICT), SetField(("status",), "settled")])
        lines = iter(made.split("\n"))
        assert all(line in lines for line in text.text.split("\n") if not line.startswith("status:"))
        read = read_record(text.to_bytes(made), path.name)
        assert read.content is not None
        assert read.content.verdicts[-1].rating == "mostly false"


def test_a_byte_order_mark_is_not_part_of_the_new_text_and_is_not_lost() -> None:
    text, _ = decode("\ufeffclaim: A\n".encode(), "a.yaml")
    made = apply(text, [SetField(("claim",), "B")])
    assert made == "claim: B\n"
    assert text.to_bytes(made) == "\ufeffclaim: B\n".encode()


def test_many_differences_at_once_are_written_as_a_whole() -> None:
    text = source("claim: A\ntags:\n" + "".join(f"  - t{n}\n" for n in range(300)))
    wanted = [f"u{n}" for n in range(200)]
    made = apply(text, [SetField(("tags",), wanted)])
    assert made == "claim: A\ntags:\n" + "".join(f"  - {tag}\n" for tag in wanted)


NO_PLACE = [
    ("claim: A\n", SetField(("notes", "more"), "x"), "1:1: There is no `notes.more` here"),
    ("claim: A\n", SetField(("claim", "x"), "x"), "1:1: There is no `claim.x` here"),
    ("a: 1\nclaim: A\n", Append(("claim",), "x"), "2:1: `claim` is no list"),
    ("claim: A\ntags: [ev]\n", Remove(("tags", 1)), "2:1: There is no `tags[1]` here"),
    ("claim: A\ntags: [ev]\n", Remove(("tags", -1)), "2:8: There is no `tags[-1]` here"),
    ("claim: A\ntags: [ev]\n", SetField(("tags", "x"), "y"), "2:1: There is no `tags.x`"),
    ("claim: A\n", Remove(("notes",)), "1:1: There is no `notes` here"),
    ("claim: A\n", Remove(("claim",)), "1:1: `claim` is all that this file says: delete"),
    ("claim: A\n", SetField((), "B"), "1:1: "),
]
UNFIT: list[tuple[Any, str]] = [
    ("B\x1b[2J", "`claim` has the character U+001B"),
    ("\ud800", "`claim` has the character U+D800"),
    ("B\r\n", "`claim` has the character U+000D"),
    ("B\u2028", "`claim` has the character U+2028"),
    ({"a\0": "b"}, "`claim` has the character U+0000"),
    ({"a" * 300: "b"}, "`claim` has a key of more than 250 characters"),
    ([["x"], 7], "`claim[1]` has a value of type int"),
    ([None], "`claim[0]` has a value of type NoneType"),
]
IN_THE_WAY = [
    ("about: # who\n  - X # him\n", SetField(("about",), "X"), "1:1: `about` has comments inside"),
    ("a: 1\nb: [ # c\n  d]\n", Remove(("b", 0)), "2:1: `b` has comments inside"),
    ("a: 1\n? b\n: c\n", Remove(("b",)), "2:3: `b` is written with a `?` before it"),
    ("a: 1\nb: [ ? ]\n", Append(("b",), "c"), "2:1: A `?` with nothing behind it stands in these brackets"),
]
UNREADABLE = [
    ("claim: A\n<<<<<<< HEAD\n", SetField(("claim",), "B"), "2:1: This file has errors"),
    ("claim: A\nclaim: B\n", SetField(("claim",), "C"), "2:1: This file has errors"),
    ("n: 'a\n<<<<<<< b\n'\n", SetField(("n",), "C"), "2:1: This file has errors"),
    ("", SetField(("claim",), "C"), "1:1: This file has errors"),
]
REFUSED = [
    *((Reason.NO_PLACE, *case) for case in NO_PLACE),
    *((Reason.UNFIT, "claim: A\n", SetField(("claim",), v), f"1:1: The text for {s}") for v, s in UNFIT),
    *((Reason.COMMENT, *case) for case in IN_THE_WAY[:2]),
    *((Reason.EXPLICIT_KEY, *case) for case in IN_THE_WAY[2:]),
    *((Reason.UNREADABLE, *case) for case in UNREADABLE),
]


@pytest.mark.parametrize(("reason", "text", "change", "start"), REFUSED, ids=[case[3] for case in REFUSED])
def test_what_cannot_be_done_is_refused_with_the_place_and_what_to_do(
    reason: Reason, text: str, change: Change, start: str
) -> None:
    with pytest.raises(EditRefused) as caught:
        apply(source(text), [change])
    assert caught.value.reason is reason
    said = str(caught.value)
    assert said.startswith("claims/a.yaml:" + start)
    assert re.search(r"(: |, so )(edit|change|remove|mend|look|delete|shorten|give)[^:]*\.$", said)
    assert "\x1b" not in said


def test_nesting_that_would_not_be_read_is_refused() -> None:
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    for value in (deep, [[[[[[[[[[[[[[[["x"]]]]]]]]]]]]]]]]):
        with pytest.raises(EditRefused) as caught:
            apply(source("claim: A\n"), [SetField(("x",), value)])
        assert caught.value.reason is Reason.UNFIT


def test_a_file_that_would_be_too_large_is_refused() -> None:
    with pytest.raises(EditRefused, match="split it"):
        apply(source("claim: A\n"), [SetField(("notes",), "word " * 220_000 + ".")])
