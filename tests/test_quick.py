"""The quick way through a record: where it answers, the full reader says the same and has no remarks."""

import os
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, create_model

from claimbook.record.layout import laid_out
from claimbook.record.model import Claim
from claimbook.record.nodes import plain
from claimbook.record.quick import LARGEST, quick_content, quick_record
from claimbook.record.reading import Document, read_document, read_record
from claimbook.record.shapes import shape_of
from claimbook.record.source import SourceText
from conftest import REPOSITORY
from handstyled import KEYS, documents, paths
from mutating import mutated
from test_hostile import HOSTILE, without_libyaml, yamlish

RECORDS = [path.read_bytes() for path in sorted((REPOSITORY / "claims").rglob("*.yaml"))]
TEXTS = [data.decode() for data in RECORDS]
SMALL = b"claim: Apple builds a car.\nkind: fact\nsources:\n  - article: a\n"
MUTATIONS = int(os.environ.get("CLAIMBOOK_MUTATIONS", "3000"))

LETTERS = tuple("abcdefghijkl")
ANYTHING: dict[str, Any] = dict.fromkeys((*KEYS, *LETTERS), (Any, None))
Loose: type[BaseModel] = create_model("Loose", **ANYTHING)
"""A model that takes any value, so that all that the parser makes of a text is compared."""


def agrees(data: bytes, model: type[BaseModel] = Claim) -> bool:
    """Hold the quick answer against the full one; tell whether there is a quick one."""
    quick = quick_content(data, model)
    if quick is None:
        return False
    document = read_document(data, "claim.yaml", model)
    assert document.diagnostics == ()
    assert document.content == quick.content
    assert document.content.model_fields_set == quick.content.model_fields_set
    assert list(document.content.__pydantic_extra__ or ()) == list(quick.content.__pydantic_extra__ or ())
    return True


SMALL_TEXTS = [
    SMALL.decode(),
    "a: b\nc:\n  - d\n  - e: f\n    g: [h, i]\n    j: |\n      k\n       l\nk: 'n'\n",
    "x-a: \n   b: c\n   d: |-\n     e\n\n\nf: g # h\ni:\n    - j: >\n        k\n\n        l\n      a: b\n",
    "a:\n  - b:\n      - c\n      - d: >-\n          e\n        g: []\n  - 'h: i'\nj: \"k # l\"\n",
    "a:   # b\n- c: [d, {e: f, g: h}, 'i'] # j\n  k:\n  - l\n  - {a: \"b\"}\n# c\nd: e f  # g\n",
    "about: [\"it's\", 'a b']\nk: 'i''s' #\nsources:\n- article: a\n  via: [b c, {anonymous: d}]\nl:\n- a\n",
]
"""Records that are all edges of the layout, where most slips make something else of them."""


def test_every_record_of_this_book_is_read_the_quick_way() -> None:
    assert all(agrees(data) and agrees(data, Loose) for data in RECORDS)
    assert all(laid_out(text, shape_of(Claim)) for text in TEXTS)


def test_lines_read_as_the_parser_reads_them() -> None:
    """Hold what is read line by line against the parser, where slips come close together."""
    random = Random(MUTATIONS)  # noqa: S311 - slips, not secrets
    answered = sum(agrees(mutated(random, SMALL_TEXTS), Loose) for _ in range(MUTATIONS))

    assert answered > MUTATIONS // 10


def assert_in_place(data: bytes, model: type[BaseModel] = Claim) -> bool:
    """Hold the places of all values, found without nodes where that can be, against the nodes."""
    quick = quick_content(data, model)
    if quick is None or not quick.is_laid_out:
        return False
    full = read_document(data, "claim.yaml", model)
    assert full.root is not None
    for path in [(), *paths(plain(full.root))]:
        for place in (path, (*path, "absent"), (*path, 7)):
            for key in (False, True):
                unopened = Document.unopened(data, "claim.yaml", quick)
                assert unopened.span_of(place, key=key) == full.span_of(place, key=key)
    return True


def test_everything_stands_where_its_nodes_would_say() -> None:
    assert all(assert_in_place(data) for data in RECORDS)


def test_everything_in_odd_layouts_stands_where_its_nodes_would_say() -> None:
    random = Random(MUTATIONS)  # noqa: S311 - slips, not secrets
    answered = sum(assert_in_place(mutated(random, SMALL_TEXTS), Loose) for _ in range(MUTATIONS // 2))

    assert answered > MUTATIONS // 40


def test_a_document_that_was_not_opened_has_its_text_and_nodes_when_they_are_asked_for() -> None:
    quick = quick_record(RECORDS[0])
    assert quick is not None
    unopened = Document.unopened(RECORDS[0], "claim.yaml", quick)
    full = read_record(RECORDS[0], "claim.yaml")

    assert unopened.source.text == full.source.text
    assert unopened.root == full.root
    assert (unopened.content, unopened.diagnostics) == (full.content, ())


@pytest.mark.parametrize("path", sorted(HOSTILE.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_hostile_file_is_left_to_the_full_reader_or_read_the_same(path: Any) -> None:
    data = path.read_bytes()
    quick = [agrees(data), agrees(data, Loose)]

    if read_record(data, path.name).diagnostics:
        assert quick[0] is False


@pytest.mark.parametrize(
    "line",
    [
        b"notes: the #1 maker\n",
        b"notes: #1\n",
        b"notes: a\n#b\n",
        b"tags: [a, b] #c\n",
        "notes: a\u200bb\n".encode(),
        b'notes: "\\e"\n',
        b"notes: &a b\n",
        b"notes: ! b\n",
        b"tags: [a, ~]\n",
        b"tags: [a, [null]]\n",
        b"x-a: [b, ]\nx-b:\n  -\n",
        b"nots: a\n",
        b"claim: b\n",
        b"x-a: {b: c, b: d}\n",
        b"x-a: {<<: c}\n",
        b"x-a: " + b"[" * 16 + b"]" * 16 + b"\n",
        b"notes: a\rb\n",
        b"...\n",
        b"---\na: b\n",
        b"due: 2024-02-30\n",
        b"x-a: " + b"b" * LARGEST + b"\n",
    ],
)
def test_what_is_unusual_is_left_to_the_full_reader(line: bytes) -> None:
    assert agrees(SMALL)
    assert quick_record(SMALL + line) is None


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"notes:\ndue: ~\n",
        b"notes: https://e.org/a#b and c#d\n",
        "notes: “é” 漢字 🚗\n".encode(),
        b'notes: "a\\n\\"b\\" \\/ \\t"\n',
        b"notes: |\n  # a\n\n  b\n",
        b"x-a: {b: [c, {d: e}], 'f': , g}\n",
        b"x-a: " + b"[" * 15 + b"]" * 15 + b"\n",
        b"about: [R&D, Bravo !, a * b]\n",
        b"# a comment\n",
    ],
)
def test_what_is_usual_is_read_the_quick_way(line: bytes) -> None:
    assert agrees(SMALL + line)
    assert agrees((SMALL + line).replace(b"\n", b"\r\n"))
    assert agrees(b"---\n" + SMALL + line)


def test_without_libyaml_the_layout_is_read_all_the_same_and_the_rest_is_left_to_the_full_reader() -> None:
    with without_libyaml():
        assert all(agrees(data) for data in RECORDS[:10])
        assert quick_record(SMALL + b"tags: [a, b,]\n") is None
    assert agrees(SMALL + b"tags: [a, b,]\n")


@settings(max_examples=300, deadline=None)
@given(documents())
def test_what_people_write_by_hand_reads_the_same(source: SourceText) -> None:
    agrees(source.to_bytes(source.text), Loose)
    agrees(source.to_bytes(source.text))


@settings(max_examples=600, deadline=None)
@given(yamlish())
def test_text_with_slips_in_it_reads_the_same(text: str) -> None:
    agrees(text.encode(), Loose)
    agrees(text.encode())


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=100), st.binary(max_size=40))
def test_any_bytes_read_the_same(before: bytes, after: bytes) -> None:
    agrees(before, Loose)
    agrees(SMALL + after)


def test_mutated_records_read_the_same() -> None:
    random = Random(MUTATIONS)  # noqa: S311 - slips, not secrets
    answered = sum(agrees(mutated(random, TEXTS)) for _ in range(MUTATIONS))

    assert answered > MUTATIONS // 5
