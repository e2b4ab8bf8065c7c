"""Files that mean harm, or look as if: each is refused with a place, or reads as what a person sees in it.

The files stand in `tests/hostile/`, one hazard each, named by what it is; those called `fine-…` are read.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimbook.record import nodes
from claimbook.record.diagnostics import Severity
from claimbook.record.model import Claim
from claimbook.record.nodes import plain
from claimbook.record.reading import Document, read_record
from conftest import REPOSITORY

HOSTILE = REPOSITORY / "tests/hostile"

Place = tuple[str, int, int]
"""A rule, a line and a column."""

REFUSED: dict[str, list[Place]] = {
    "too-many-sources": [("wrong-type", 4, 3)],
    "address-that-is-code": [("bad-url", 6, 10)],
    "address-with-a-hidden-direction": [("bad-url", 6, 10), ("invisible-character", 6, 30)],
    "alias-bomb": [("yaml-alias", 1, 4), ("yaml-alias", 2, 4), ("yaml-alias", 2, 8)],
    "alias-of-itself": [("yaml-alias", 5, 9), ("yaml-alias", 5, 16)],
    "anchor-and-alias": [("yaml-alias", 1, 8), ("yaml-alias", 5, 8)],
    "binary": [("encoding", 2, 118)],
    "blank-lines-only": [("empty-file", 1, 1)],
    "byte-order-mark-inside": [("control-character", 5, 9)],
    "c1-control": [("control-character", 5, 9)],
    "carriage-returns-alone": [("control-character", 1, 27)],
    "comments-only": [("empty-file", 1, 1)],
    "cut-in-a-character": [("encoding", 5, 9)],
    "delete-character": [("control-character", 5, 9)],
    "directive": [("yaml-documents", 1, 1)],
    "directive-of-tags": [("yaml-documents", 2, 1)],
    "duplicate-key": [("duplicate-key", 5, 5)],
    "duplicate-key-in-quotes": [("duplicate-key", 5, 1)],
    "empty": [("empty-file", 1, 1)],
    "empty-key-in-brackets": [("missing-key", 3, 11), ("unknown-key", 3, 12)],
    "escape-beyond-an-integer": [("yaml-syntax", 5, 9)],
    "escape-beyond-unicode": [("yaml-syntax", 5, 9)],
    "escape-cut-short": [("yaml-syntax", 5, 9)],
    "escape-unknown": [("yaml-syntax", 5, 11)],
    "escaped-byte-order-mark": [("control-character", 5, 9)],
    "escaped-control-in-a-key": [("control-character", 5, 4)],
    "escaped-line-separator": [("control-character", 5, 10)],
    "escaped-lone-surrogate": [("control-character", 5, 11)],
    "escaped-next-line": [("control-character", 5, 10)],
    "escaped-nul": [("control-character", 5, 10)],
    "escaped-surrogate-pair": [("control-character", 5, 9), ("control-character", 5, 15)],
    "escaped-terminal-escape": [("control-character", 5, 13), ("control-character", 5, 23)],
    "html": [("wrong-type", 1, 1)],
    "item-that-is-empty": [("wrong-type", 5, 16), ("wrong-type", 8, 3)],
    "key-that-is-a-list": [("wrong-type", 5, 1)],
    "key-that-is-a-mapping": [("wrong-type", 5, 1)],
    "key-that-is-a-mapping-with-a-question-mark": [("wrong-type", 5, 3)],
    "key-that-is-empty": [("yaml-syntax", 5, 1)],
    "key-too-long-for-yaml": [("yaml-syntax", 5, 1)],
    "latin-1": [("encoding", 1, 20)],
    "line-separator-hides-a-key": [("control-character", 5, 12)],
    "list-without-keys": [("wrong-type", 1, 1)],
    "merge-conflict": [("merge-conflict", 2, 1), ("merge-conflict", 6, 1)],
    "merge-conflict-in-brackets": [("merge-conflict", 6, 1), ("merge-conflict", 10, 1)],
    "merge-conflict-in-plain-text": [("merge-conflict", 7, 1), ("merge-conflict", 11, 1)],
    "merge-conflict-in-quotes": [("merge-conflict", 6, 1), ("merge-conflict", 10, 1)],
    "merge-conflict-with-crlf": [("merge-conflict", 5, 1), ("merge-conflict", 9, 1)],
    "merge-conflict-with-the-base": [
        ("merge-conflict", 2, 1),
        ("merge-conflict", 4, 1),
        ("merge-conflict", 8, 1),
    ],
    "merge-key": [("yaml-alias", 2, 1)],
    "merge-key-bomb": [("yaml-alias", 1, 6), ("yaml-alias", 2, 6), ("yaml-alias", 3, 3)],
    "nested-17-deep-in-blocks": [("too-deep", 21, 33)],
    "nested-17-deep-in-brackets": [("too-deep", 5, 21)],
    "nested-beyond-any-stack": [("too-deep", 1, 21)],
    "next-line-hides-a-key": [("control-character", 1, 41)],
    "noncharacter": [("control-character", 5, 9)],
    "nul": [("control-character", 5, 9)],
    "null": [("empty-file", 1, 1)],
    "number-beyond-floats": [("wrong-type", 7, 18)],
    "number-that-is-none": [("wrong-type", 7, 18)],
    "overlong-utf-8": [("encoding", 1, 8)],
    "paragraph-separator-hides-a-key": [("control-character", 5, 12)],
    "surrogate-in-utf-8": [("encoding", 1, 8)],
    "tab-after-hyphen": [("yaml-syntax", 6, 4)],
    "tab-for-indentation": [("yaml-syntax", 6, 1)],
    "tab-within-indentation": [("yaml-syntax", 5, 3)],
    "tag": [("yaml-tag", 2, 7)],
    "tag-on-nothing": [("yaml-tag", 5, 8)],
    "tag-that-runs-code": [("yaml-tag", 5, 8)],
    "terminal-escape": [("control-character", 5, 8)],
    "text-after-the-end": [("yaml-documents", 6, 1)],
    "text-without-keys": [("wrong-type", 1, 1)],
    "thirtieth-of-february": [("bad-date", 5, 6)],
    "time-that-yaml-1.1-cannot-make": [("bad-date", 5, 6)],
    "two-byte-order-marks": [("control-character", 1, 1)],
    "two-documents": [("yaml-documents", 5, 1)],
    "utf-16": [("encoding", 1, 1)],
    "utf-16-without-a-mark": [("encoding", 1, 1)],
    "year-of-5000-digits": [("bad-date", 5, 6)],
}
"""What is said first of each file; whatever follows is of the same rules."""

RECORD = {"claim": "Apple builds a car.", "kind": "fact", "sources": [{"article": "a"}]}

GUESSED_AT = (
    "yes no on off y n 0123 0o17 0x1F 1_000 1:30 190:20:30 1e3 .inf -.inf .nan 2001-01-01 "
    "2001-12-14t21:59:43.10-05:00 = null ~ True FALSE 685.230_15e+03"
)

FINE: dict[str, dict[str, Any]] = {
    "fine-absent-values": {"notes": "null"},
    "fine-bidi-override": {"notes": "a\u202eb"},
    "fine-byte-order-mark": {},
    "fine-colon-in-brackets": {"about": ["12:30", "a:b"]},
    "fine-comment-after-folding-sign": {"notes": "end"},
    "fine-crlf": {"notes": "one\ntwo\n"},
    "fine-emoji-with-joiner": {"notes": "👩\u200d🚀 \u200eabc"},
    "fine-end-marker": {},
    "fine-escaped-apostrophe": {"notes": "it's"},
    "fine-escaped-emoji": {"notes": "🚗 A\u00a0"},
    "fine-explicit-keys": {},
    "fine-heading-that-looks-like-a-conflict": {"notes": "Heading\n=======\n>>>>>>> quoted\n"},
    "fine-json": {"sources": [{"article": "a", "quote": "a/b\té"}]},
    "fine-keys-of-the-owner": {"x-Desk": {"a": ["1", {}]}, "x-": "y"},
    "fine-markup": {"notes": "[@click=app.quit]quit[/] [/foo] :100:"},
    "fine-mixed-line-ends": {"notes": "one two"},
    "fine-nested-16-deep": {"x-a": eval("[" * 15 + "]" * 15)},  # noqa: S307 - brackets and nothing else
    "fine-question-marks-in-brackets": {"about": ["Who?", "What?"], "tags": ["a?b"]},
    "fine-soft-hyphen": {"notes": "auto\u00admobiel"},
    "fine-start-marker": {},
    "fine-tab-after-colon": {"notes": "end"},
    "fine-tab-in-text": {"notes": "one\ttwo"},
    "fine-tag-characters": {"notes": "a\U000e0041\U000e0042b"},
    "fine-verdict-of-false": {
        "due": "2024",
        "verdicts": [{"date": "2026-11-21", "rating": "false", "by": "no", "why": "1:30"}],
    },
    "fine-without-final-newline": {"notes": "end"},
    "fine-words-that-yaml-1.1-guesses-at": {"about": GUESSED_AT.split()},
    "fine-zero-width": {"notes": "a\u200bb"},
}
"""What each file says besides the record that most of them begin with."""

REMARKED = ("fine-bidi-override", "fine-soft-hyphen", "fine-tag-characters", "fine-zero-width")


def read(name: str) -> Document[Claim]:
    return read_record((HOSTILE / f"{name}.yaml").read_bytes(), f"{name}.yaml")


def places(document: Document[Claim]) -> list[Place]:
    return [(item.rule, item.span.line, item.span.column) for item in document.diagnostics]


@contextmanager
def without_libyaml() -> Iterator[None]:
    """Read as on a machine where PyYAML was installed without libyaml."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nodes, "CParser", None)
        yield


def both_ways(data: bytes) -> tuple[Document[Claim], Document[Claim]]:
    quick = read_record(data, "claim.yaml")
    with without_libyaml():
        return quick, read_record(data, "claim.yaml")


def assert_alike(quick: Document[Claim], pure: Document[Claim]) -> None:
    """Compare what two readings say of one text, the positions of all values included."""
    assert quick.root == pure.root
    assert quick.diagnostics == pure.diagnostics
    assert quick.content == pure.content


def test_every_hostile_file_is_in_a_table() -> None:
    assert {path.stem for path in HOSTILE.glob("*.yaml")} == {*REFUSED, *FINE}


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_at_its_place(name: str) -> None:
    document = read(name)

    found = places(document)
    assert document.content is None
    assert found[: len(REFUSED[name])] == REFUSED[name]
    assert {rule for rule, _, _ in found} == {rule for rule, _, _ in REFUSED[name]}
    if not name.endswith("bomb"):
        assert len(found) == len(REFUSED[name])


@pytest.mark.parametrize("name", FINE)
def test_an_odd_file_reads_as_what_a_person_sees_in_it(name: str) -> None:
    document = read(name)

    assert document.root is not None
    assert plain(document.root) == {**RECORD, **FINE[name]}
    assert document.content is not None
    expected = [("invisible-character", Severity.WARNING)] if name in REMARKED else []
    assert [(item.rule, item.severity) for item in document.diagnostics] == expected


@pytest.mark.parametrize("name", [*REFUSED, *FINE])
def test_a_hostile_file_reads_the_same_without_libyaml(name: str) -> None:
    assert_alike(*both_ways((HOSTILE / f"{name}.yaml").read_bytes()))


def test_nothing_in_a_file_is_carried_out() -> None:
    read("tag-that-runs-code")
    assert not Path("/tmp/claimbook-was-here").exists()  # noqa: S108 - the place that the file names


@pytest.mark.parametrize("pure", [False, True])
def test_every_hostile_file_is_read_alike_in_a_thread_with_a_small_stack(pure: bool) -> None:  # noqa: FBT001 - a parameter
    names = [*REFUSED, *FINE]
    found: dict[str, list[Place]] = {}

    def read_all() -> None:
        found.update({name: places(read(name)) for name in names})

    before = threading.stack_size(512 * 1024)
    try:
        thread = threading.Thread(target=read_all)
        with without_libyaml() if pure else nullcontext():
            thread.start()
            thread.join()
    finally:
        threading.stack_size(before)

    assert found == {name: places(read(name)) for name in names}


MIB = 1024 * 1024
LARGE: dict[str, tuple[str, str]] = {
    "one bracket after another": ("b'[' * MIB", "too-deep"),
    "one hyphen after another": ("b'- ' * (MIB // 2)", "too-deep"),
    "a text of one line": ("b'claim: ' + b'x ' * (MIB // 2 - 20)", "missing-key"),
    "a text of half a million lines": ("b'claim: x\\n' + b' x\\n' * (MIB // 3 - 20)", "missing-key"),
    "a key of a megabyte": ("b'x' * (MIB - 20) + b': a'", "yaml-syntax"),
    "an unclosed quotation mark": ("b'\"' + b'x\\n' * (MIB // 8)", "yaml-syntax"),
    "an unclosed bracket": ("b'[' + b'x ' * (MIB // 8)", "yaml-syntax"),
    "items without number": ("b'about:\\n' + b'-\\n' * (MIB // 2 - 20)", "too-large"),
    "as many empty links as are read": (
        "b'sources:\\n- via:\\n' + b'  -\\n' * (MOST - 20)",
        "missing-key",
    ),
    "as many empty sources as are read": ("b'sources:\\n' + b'- {}\\n' * (MOST // 2 - 20)", "missing-key"),
    "as many items as are read, and then a slip": (
        "b'about: [' + b'a, ' * (MOST - 50) + b'\\n'",
        "yaml-syntax",
    ),
    "one key again and again": ("b'a:\\n' * (MIB // 3 - 20)", "duplicate-key"),
    "one alias again and again": ("b'a: &a [x]\\nb: [' + b'*a,' * (MIB // 3 - 20) + b']'", "yaml-alias"),
    "one conflict after another": ("b'<<<<<<< a\\n' * (MIB // 10)", "merge-conflict"),
    "invisible characters": ("'\\u200b\\n'.encode() * (MIB // 4 - 20)", "wrong-type"),
    "blank lines": ("b'\\n' * MIB", "empty-file"),
    "a byte too many": ("b'\\n' * (MIB + 1)", "too-large"),
}
"""How to make each, and what is said of it first that is an error."""

SLOWEST = ("one bracket after another", "a text of one line", "as many empty links as are read")
"""Those that are also read by PyYAML alone, which takes twenty times as long."""

MEASURE = """
import json, resource, sys
from claimbook.record import nodes
from claimbook.record.nodes import MOST
from claimbook.record.reading import read_record
if {pure}:
    nodes.CParser = None
MIB = 1024 * 1024
found = {{}}
for name, (code, _) in json.load(sys.stdin).items():
    document = read_record(eval(code), "large.yaml")
    errors = [item.rule for item in document.diagnostics if item.is_error]
    found[name] = (errors[0], len(document.diagnostics))
if sys.platform == "linux":  # getrusage also counts what the process was before it became this program
    lines = open("/proc/self/status").read().splitlines()
    peak = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) * 1024
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
print(json.dumps([found, peak // MIB]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="memory is measured with getrusage")
@pytest.mark.parametrize("pure", [False, True])
def test_large_hostile_files_take_bounded_time_and_memory(pure: bool) -> None:  # noqa: FBT001 - a parameter
    chosen = {name: LARGE[name] for name in (SLOWEST if pure else LARGE)}
    done = subprocess.run(
        [sys.executable, "-c", MEASURE.format(pure=pure)],
        input=json.dumps(chosen),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    found, megabytes = json.loads(done.stdout)

    assert {name: rule for name, (rule, _) in found.items()} == {
        name: rule for name, (_, rule) in chosen.items()
    }
    assert all(count <= 121 for _, count in found.values())
    assert megabytes < 300


RECORDS = [path.read_text() for path in sorted((REPOSITORY / "claims").rglob("*.yaml"))]
SEEDS = [
    *(text for text in RECORDS if len(text) < 2000),
    "a: b\nc:\n  - d\n  - e: f\n    g: [h, {i: j}]\n",
    "claim: x\nkind: fact\nsources:\n  - article: a\n    via: [Reuters, {anonymous: y}]\n",
    "a: \"b\n  c\"\nd: 'e'\nf: >-\n  g\n  h\n\ni: |+\n   j\n\nk: l\n",
    "",
]
FRAGMENTS = [
    *"\t \n:-?,[]{}\"'#|>&*!%@`\\0~=a",
    *("  ", "\r\n", ": ", "- ", ", ", " #", "# ", ">-", "|2", ">+1", "&a ", "*a", "!t ", "!!str ", "!<a>"),
    *("\\x41", "\\u12", "\\ud800", "\\e", "\\N", "\\\n", "\\\t", "\\'", "\\U0011FFFF", "---", "---\n", "..."),
    *("...\n", "<<: ", "null", "é", "😀", "\ufeff", "\u0085", "\u2028", "\u00a0", "\n\n", "\n\t", "\n \t"),
    *(":\t", "-\t", "?\t", "\n- ", "\n  - ", "\n    ", "%YAML 1.1\n", "<<<<<<< a\n", '"a":b', "[]:", "{}: "),
    "x" * 1030,
]


@st.composite
def yamlish(draw: st.DrawFn) -> str:
    """Draw a record with slips in it, or pieces of YAML in any order."""
    text = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(1, 6 if text else 16))):
        start = draw(st.integers(0, len(text)))
        gone = draw(st.sampled_from([0, 0, 0, 0, 1, 3]))
        text = text[:start] + draw(st.sampled_from(FRAGMENTS)) + text[start + gone :]
    return text.replace("\n", "\r\n") if draw(st.sampled_from([False, False, False, True])) else text


@pytest.mark.skipif(
    vars(nodes)["CParser"] is None, reason="PyYAML has no libyaml here, so there is nothing to compare"
)
@settings(max_examples=600, deadline=None)
@given(yamlish())
def test_libyaml_and_pyyaml_read_the_same(text: str) -> None:
    assert_alike(*both_ways(text.encode()))


def assert_a_record_or_diagnostics(data: bytes) -> None:
    document = read_record(data, "claim.yaml")
    lines = document.source.text.split("\n")

    assert (document.content is None) == any(item.is_error for item in document.diagnostics)
    for item in document.diagnostics:
        assert item.message[-1] in ".?"
        assert (item.span.line, item.span.column) <= (item.span.end_line, item.span.end_column)
        if item.rule not in ("encoding", "too-large"):
            assert item.source_line == lines[item.span.line - 1].rstrip("\r")
            assert item.span.column <= len(lines[item.span.line - 1]) + 1


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_make_a_diagnostic_or_a_record(data: bytes) -> None:
    assert_a_record_or_diagnostics(data)


@settings(max_examples=400, deadline=None)
@given(yamlish())
def test_any_slip_makes_a_diagnostic_or_a_record(text: str) -> None:
    assert_a_record_or_diagnostics(text.encode())
