"""New text: every value in every style reads back, and a new record is laid out as the contract shows."""

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import handstyled as hand
from claimbook.record.editing import render_record
from claimbook.record.nodes import Scalar, compose, node_at, plain
from claimbook.record.reading import read_record
from claimbook.record.refusal import EditRefused
from claimbook.record.scalars import Spot, write_scalar
from claimbook.record.source import decode
from claimbook.record.writing import flow_text

EXAMPLES = settings(deadline=None)
FIELDS = st.dictionaries(
    st.sampled_from(hand.KEYS), hand.VALUES.filter(lambda value: value != ""), min_size=1, max_size=8
)

WHOLE = """\
# yaml-language-server: $schema=../.schema.json
claim: Xiaomi builds its electric cars together with Great Wall Motor.

kind: rumour

about: [Xiaomi, Great Wall Motor]

tags: [ev, manufacturing]

status: settled

due: 2024

settles_when: A filing, an announcement or a car shows who builds it.

sources:
  - article: 2021-03-26-want-xiaomi
    quote: werkt het bedrijf naar verluidt samen met Great Wall Motor
    stance: relays
    via:
      - name: Reuters
        report: 2021-03-26
      - anonymous: three people
    note: Reuters wrote "in talks".
  - article: 2021-04-autowereld-xiaomi
    quote: Xiaomi concrete samenwerkingsplannen heeft met Great Wall Motor Company
    via: [Reuters, Bloomberg]

relations:
  - to: xiaomi-own-brand
    as: part of

verdicts:
  - date: 2026-11-21
    rating: false
    confidence: high
    by: desk
    why: >-
      Great Wall denied it the same day: there were no such talks.
      The SU7 comes from Xiaomi's own plant, and no filing names another maker.

notes: |
  Free text.

  With two paragraphs.

x-own: kept
"""


def test_a_new_record_is_laid_out_as_the_contract_shows() -> None:
    source, _ = decode(WHOLE.encode(), "a.yaml")
    root, refused = compose(source)
    assert root is not None
    assert not refused
    values = plain(root)
    shuffled = dict(reversed(values.items()))
    shuffled["sources"] = [dict(reversed(item.items())) for item in values["sources"]]
    assert render_record(shuffled, "../.schema.json") == WHOLE
    assert read_record(WHOLE.encode(), "a.yaml").content is not None


def test_words_that_another_reader_would_take_for_something_else_stay_as_they_are() -> None:
    text = render_record({"claim": "A", "due": "2024", "by": "no", "rating": "true", "at": "1:30"})
    assert text == "claim: A\n\ndue: 2024\n\nby: no\n\nrating: true\n\nat: 1:30\n"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("", "''"),
        ("null", "'null'"),
        ("~", "'~'"),
        ("- no item", "'- no item'"),
        ("a: b", "'a: b'"),
        ("a:b", "a:b"),
        ("ends in:", "'ends in:'"),
        ("a #b", "'a #b'"),
        ("a#b", "a#b"),
        ("it's so", "it's so"),
        ("it's: so", '"it\'s: so"'),
        ('it\'s: "so"', "'it''s: \"so\"'"),
        (" spaces ", "' spaces '"),
        ("\ta", "'\ta'"),
        ("%x", "'%x'"),
        ("[…] and on", "'[…] and on'"),
        ("🚗 “x” 漢字", "🚗 “x” 漢字"),
        ("https://e.org/x?y=1#z", "https://e.org/x?y=1#z"),
    ],
)
def test_a_text_has_quotation_marks_only_where_it_needs_them(text: str, written: str) -> None:
    assert render_record({"claim": text}) == f"claim: {written}\n"


def test_a_text_with_line_ends_is_written_over_lines() -> None:
    assert render_record({"notes": "One.\n  Two\n"}) == "notes: |\n  One.\n    Two\n"
    assert render_record({"notes": "One.\nTwo"}) == "notes: |-\n  One.\n  Two\n"
    assert render_record({"notes": "  One.\nTwo"}) == 'notes: "  One.\\nTwo"\n'


def test_a_long_text_without_spaces_stays_on_its_line() -> None:
    address = "https://e.org/" + "x" * 200
    assert render_record({"url": address}) == f"url: {address}\n"


def test_a_long_list_of_words_has_a_line_for_each() -> None:
    words = [f"a rather long word {n}" for n in range(9)]
    assert render_record({"about": words}) == "about:\n" + "".join(f"  - {word}\n" for word in words)


def test_lists_in_lists_and_empty_ones_read_back() -> None:
    values = {"x-a": [["a", ["b"]], [], {}, [{"k": [], "l": {"m": "n"}}]], "x-b": {}, "x-c": []}
    assert read_back(render_record(values)) == values


@pytest.mark.parametrize("value", ["\x1b[0m", "\r", "\x85", "\ufeff", "\udc00", "\u2029", "\x7f"])
def test_a_new_record_with_characters_that_no_record_can_hold_is_refused(value: str) -> None:
    with pytest.raises(EditRefused, match=r"has the character U\+[0-9A-F]{4}, .*, so delete it"):
        render_record({"claim": f"A{value}"})


@EXAMPLES
@given(FIELDS)
def test_a_new_record_reads_back_as_it_was_meant(values: dict[str, Any]) -> None:
    text = render_record(values, ".schema.json")
    assert read_back(text) == values
    assert text.endswith("\n")
    order = [key for key in hand.KEYS if key in values and not key.startswith("x-")]
    known = [key for key in read_back(text) if not key.startswith("x-")]
    assert known == order


@settings(EXAMPLES, max_examples=300)
@given(hand.TEXTS, st.sampled_from(["", "'", '"', "|", ">"]), st.booleans(), st.booleans())
@example(text="0\n\n", style="|", flow=False, keep=True)
@example(text="a\n\nb\n\n\n", style=">", flow=False, keep=True)
def test_a_text_reads_back_in_every_style(text: str, style: str, flow: bool, keep: bool) -> None:  # noqa: FBT001
    written = write_scalar(text, style, Spot(2, flow=flow, keep=keep))
    head = f"[{written.head}]" if flow else written.head
    document = "\n".join([f"a: {head}", *written.body, ""])
    value = read_back(document + "b: c\n", hollow=True)["a"]
    assert (value[0] if flow else value) == text
    assert not (flow and written.body)


@settings(EXAMPLES, max_examples=200)
@given(hand.TEXTS, st.sampled_from(["'", '"', "|", ">"]))
def test_a_text_keeps_its_style_where_it_fits(text: str, style: str) -> None:
    written = write_scalar(text, style, Spot(2))
    source, _ = decode("\n".join([f"a: {written.head}", *written.body, ""]).encode(), "a.yaml")
    root, _ = compose(source)
    assert root is not None
    node = node_at(root, ("a",))
    assert isinstance(node, Scalar)
    lines = text.split("\n")
    if style == '"' or (style == "'" and len(lines) == 1):
        assert node.style == style
    if style in ("|", ">") and all(line and line == line.strip(" \t") for line in lines):
        assert node.style == style


@EXAMPLES
@given(hand.ITEMS)
def test_a_value_in_brackets_reads_back(value: Any) -> None:
    for always in (False, True):
        text = flow_text([value], always=always)
        assert "\n" not in text
        assert read_back(f"a: {text}\n", hollow=True) == {"a": [value]}


def read_back(text: str, *, hollow: bool = False) -> dict[str, Any]:
    source, found = decode(text.encode(), "a.yaml")
    root, refused = compose(source)
    assert root is not None, text
    assert not refused, text
    assert not any(item.is_error for item in found)
    values: dict[str, Any] = plain(root)
    assert hollow or not hand.hollow(values)
    return values
