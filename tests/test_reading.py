"""From the text of a record to what it says, and what a person is told of a slip in it."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimbook.record.diagnostics import Diagnostic, Severity
from claimbook.record.model import Claim, Link, Part, Text
from claimbook.record.nodes import Mapping, Node, Scalar, Sequence, node_at
from claimbook.record.ratings import Rating, Status
from claimbook.record.reading import Document, read_document, read_record
from claimbook.text import visible
from conftest import REPOSITORY

WHOLE = """\
# a record that says a little of everything
claim: Apple builds a car.

kind: rumour

about: [Apple]

status: settled

due: 2024

sources:
  - article: a-b
    quote: some words
    stance: relays
    via:
      - name: Reuters
        report: 2021-03-26
      - anonymous: three people
    note: hello

evidence:
  - url: https://example.org/x
    publisher: P
    date: 2021-03-26
    bearing: refutes
    note: fine

relations:
  - to: other
    as: part of

forecasts:
  - date: 2023
    probability: 0.6

verdicts:
  - date: 2026-11-21
    rating: mostly false
    by: desk
    why: Because of it.

notes: >-
  Free text.
  More.
"""

BOOK = sorted((REPOSITORY / "claims").rglob("*.yaml"))


def read(text: str) -> Document[Claim]:
    return read_record(text.encode(), "claim.yaml")


def with_slip(old: str, new: str) -> str:
    """Return the record with its first such text replaced."""
    assert old in WHOLE
    return WHOLE.replace(old, new, 1)


def told(old: str, new: str) -> Diagnostic:
    """Return the one diagnostic that a slip is given."""
    document = read(with_slip(old, new))
    (only,) = document.diagnostics
    return only


def place(item: Diagnostic) -> str:
    return f"{item.span.line}:{item.span.column}-{item.span.end_column}"


def test_a_record_is_read_whole() -> None:
    document = read(WHOLE)

    assert document.diagnostics == ()
    claim = document.content
    assert claim is not None
    assert claim.claim == "Apple builds a car."
    assert claim.standing is Status.SETTLED
    assert claim.rating is Rating.MOSTLY_FALSE
    assert claim.sources[0].via is not None
    assert [link.name or link.anonymous for link in claim.sources[0].via] == ["Reuters", "three people"]
    assert str(claim.due) == "2024"
    assert claim.forecasts[0].probability == 0.6
    assert claim.notes == "Free text. More."


@pytest.mark.parametrize("path", BOOK, ids=lambda path: path.stem)
def test_every_record_of_the_book_reads_without_a_remark(path: Path) -> None:
    document = read_record(path.read_bytes(), path.name)

    assert document.diagnostics == ()
    assert document.content is not None


AS_WRITTEN = (
    "false true no yes on off y n 0123 1e3 1:30 .inf 2001-01-01 2024 0x1F = << 12_000 -1 +1 "
    "'null' \"~\" '2024' No 1. 3M don't C# a:b ?x :x"
)


@pytest.mark.parametrize("text", AS_WRITTEN.split())
def test_every_scalar_is_the_text_that_was_written(text: str) -> None:
    document = read(with_slip("by: desk", f"by: {text}"))

    assert document.content is not None
    assert document.content.verdicts[0].by == text.strip("'\"")


@pytest.mark.parametrize("written", ["", " ", "~", " null", " Null", " NULL", " # nothing yet"])
def test_an_empty_value_is_an_absent_field(written: str) -> None:
    document = read(with_slip("due: 2024", f"due: {written}"))

    assert document.content is not None
    assert document.content.due is None


@pytest.mark.parametrize("written", ["", "~", "null"])
def test_an_empty_item_is_an_error_that_says_to_quote_it(written: str) -> None:
    item = told("about: [Apple]", f"about:\n  - Apple\n  - {written}")

    assert (item.rule, item.span.line) == ("wrong-type", 8)
    assert "in quotes" in item.message


def test_a_link_may_be_a_name_alone_and_no_links_mean_first_hand() -> None:
    document = read(
        with_slip("via:\n      - name: Reuters\n        report: 2021-03-26\n", "via:\n      - Reuters\n")
    )
    first_hand = read(with_slip("    note: fine", "    via: []"))

    assert document.content is not None
    assert document.content.sources[0].via == [Link(name="Reuters"), Link(anonymous="three people")]
    assert first_hand.content is not None
    assert first_hand.content.evidence[0].via == []


def test_keys_of_the_owner_are_kept_at_every_level() -> None:
    document = read(with_slip("    note: fine", "    note: fine\n    x-desk: {a: [1]}") + "x-1: y\n")

    assert document.content is not None
    assert document.content.model_extra == {"x-1": "y"}
    assert document.content.evidence[0].model_extra == {"x-desk": {"a": ["1"]}}


def test_status_left_out_is_what_the_verdicts_say() -> None:
    document = read(with_slip("status: settled", ""))

    assert document.content is not None
    assert document.content.status is None
    assert document.content.standing is Status.SETTLED


SLIPS = {
    "a colon in plain text": (
        ("note: hello", "note: hello: there"),
        ("yaml-syntax", "20:16-17", "put the text in quotes, or after `>-`"),
    ),
    "a colon at the end": (
        ("note: hello", "note: hello:"),
        ("yaml-syntax", "20:16-17", "put the text in quotes, or after `>-`"),
    ),
    "a colon in the second line of a text": (
        ("why: Because of it.", "why: Because\n      Apple said: no."),
        ("yaml-syntax", "42:17-18", "put the text in quotes, or after `>-`"),
    ),
    "a colon in an item in brackets": (
        ("[Apple]", "[Apple: Inc, x]"),
        ("wrong-type", "6:9-19", "the colon after `Apple` makes a key of that: put the text in quotes"),
    ),
    "a colon in an item": (
        ("about: [Apple]", "about:\n  - Apple: the firm"),
        ("wrong-type", "7:5-10", "put the text in quotes"),
    ),
    "two keys on one line": (
        ("stance: relays", "stance: relays certainty: hedged"),
        ("yaml-syntax", "15:29-30", "on a line of its own"),
    ),
    "a tab for indentation": (
        ("    note: hello", "\tnote: hello"),
        ("yaml-syntax", "20:1-2", "indent with spaces"),
    ),
    "a tab after spaces": (
        ("    note: hello", "    \tnote: hello"),
        ("yaml-syntax", "20:5-6", "indent with spaces"),
    ),
    "no-break spaces for indentation": (
        ("    quote: some words", "\u00a0\u00a0\u00a0\u00a0quote: some words"),
        ("yaml-syntax", "14:1-2", "no plain space: indent with spaces"),
    ),
    "a no-break space after the colon": (
        ("note: hello", "note:\u00a0hello"),
        ("yaml-syntax", "20:10-11", "no plain space: write `: `"),
    ),
    "no space after the colon": (
        ("note: hello", "note:hello"),
        ("yaml-syntax", "20:9-10", "A space is missing after this colon"),
    ),
    "no space after the first colon": (
        ("claim: Apple", "claim:Apple"),
        ("yaml-syntax", "2:6-7", "A space is missing after this colon"),
    ),
    "a colon of another script": (
        ("note: hello", "note：hello"),
        ("yaml-syntax", "20:9-10", "not the plain one"),
    ),
    "no colon": (
        ("kind: rumour", "kind rumour"),
        ("yaml-syntax", "4:1-12", "add the colon"),
    ),
    "an equals sign for the colon": (
        ("kind: rumour", "kind = rumour"),
        ("yaml-syntax", "4:1-14", "add the colon"),
    ),
    "two colons": (
        ("kind: rumour", "kind:: rumour"),
        ("unknown-key", "4:1-6", "did you mean `kind`?"),
    ),
    "text that goes on at the margin": (
        ("why: Because of it.", "why: Because of\nit."),
        ("yaml-syntax", "42:1-4", "indent it deeper"),
    ),
    "folded text at the margin": (
        ("  Free text.\n  More.", "Free text.\nMore."),
        ("yaml-syntax", "44:1-11", "indent it deeper"),
    ),
    "folded text that is indented less": (
        ("  Free text.\n  More.", "  Free text.\n More."),
        ("yaml-syntax", "45:2-3", "indented less than the text above it: line it up"),
    ),
    "text on the line of the folding sign": (
        (">-\n  Free", ">- Free"),
        ("yaml-syntax", "43:11-12", "move it there"),
    ),
    "text that begins with a sign for folding": (
        ("note: hello", "note: > 5 percent"),
        ("yaml-syntax", "20:13-14", "put it in quotes if the sign belongs to it"),
    ),
    "no space after the hyphen": (
        ("  - article: a-b", "  -article: a-b"),
        ("yaml-syntax", "13:3-4", "A space is missing after this hyphen"),
    ),
    "no space after hyphens": (
        ("about: [Apple]", "about:\n  -Apple\n  -Huawei"),
        ("wrong-type", "7:3-10", "write a space after each hyphen"),
    ),
    "no space after the second hyphen": (
        ("about: [Apple]", "about:\n  - Apple\n  -Huawei"),
        ("yaml-syntax", "8:3-4", "A space is missing after this hyphen"),
    ),
    "a dash for a hyphen": (
        ("  - article: a-b", "  – article: a-b"),
        ("yaml-syntax", "13:3-4", "write that for `–`"),
    ),
    "a bullet for a hyphen": (
        ("  - article: a-b", "  * article: a-b"),
        ("yaml-syntax", "13:3-4", "write that for `*`"),
    ),
    "a list on the line of its key": (
        ("about: [Apple]", "about: - Apple"),
        ("yaml-syntax", "6:8-9", "put its first `- ` on the next line"),
    ),
    "a key indented too far": (
        ("    quote: some words", "     quote: some words"),
        ("yaml-syntax", "14:6-11", "deeper than `article:` in line 13"),
    ),
    "a key at the margin": (
        ("    quote: some words", "quote: some words"),
        ("yaml-syntax", "15:5-11", "deeper than `quote:` in line 14"),
    ),
    "a top-level key with a space before it": (
        ("kind: rumour", " kind: rumour"),
        ("yaml-syntax", "4:2-6", "deeper than `claim:` in line 2"),
    ),
    "a key indented too little": (
        ("    quote: some words", "   quote: some words"),
        ("yaml-syntax", "14:4-21", "line it up with the keys or hyphens"),
    ),
    "an item indented too little": (
        ("      - anonymous: three", "     - anonymous: three"),
        ("yaml-syntax", "19:6-31", "line it up with the keys or hyphens"),
    ),
    "an unclosed quotation mark": (
        ("note: hello", 'note: "hello'),
        ("yaml-syntax", "20:11-12", "never closed: close it"),
    ),
    "an unclosed quotation mark that a later one closes": (
        ("note: hello", 'note: "hello\n    x-said: "yes"'),
        ("yaml-syntax", "20:11-12", "closed in line 21 only: close it where its text ends"),
    ),
    "an apostrophe at the beginning": (
        ("note: hello", "note: 's Morgens vroeg"),
        ("yaml-syntax", "20:11-12", "put the text after `>-`"),
    ),
    "an apostrophe in single quotes": (
        ("note: hello", "note: 'it's so'"),
        ("yaml-syntax", "20:15-16", "double a `'` that belongs to the text"),
    ),
    "text after a closing quotation mark": (
        ("note: hello", 'note: "hello" he said'),
        ("yaml-syntax", "20:19-20", 'write `\\"` for one that belongs to the text'),
    ),
    "a quoted list without brackets": (
        ("about: [Apple]", 'about: "Apple", "Huawei"'),
        ("yaml-syntax", "6:15-16", "put a list in brackets"),
    ),
    "text that begins with a bracket": (
        ("note: hello", "note: [sic] hello"),
        ("yaml-syntax", "20:17-18", "put the text in quotes if it begins with a bracket"),
    ),
    "an unclosed bracket": (
        ("[Apple]", "[Apple"),
        ("yaml-syntax", "6:8-9", "add `]`"),
    ),
    "a bracket too many": (
        ("[Apple]", "[Apple]]"),
        ("yaml-syntax", "6:15-16", "This `]` closes nothing"),
    ),
    "a comma that is missing": (
        ("[Apple]", '["Apple" "Huawei"]'),
        ("yaml-syntax", "6:17-18", "A comma is missing"),
    ),
    "a comma too many": (
        ("[Apple]", "[Apple, , Huawei]"),
        ("yaml-syntax", "6:16-17", "delete the comma"),
    ),
    "a hash sign in brackets": (
        ("[Apple]", "[Apple #1]"),
        ("yaml-syntax", "6:15-16", "put the text with the `#` in quotes"),
    ),
    "text that begins with an at sign": (
        ("note: hello", "note: @reuters says"),
        ("yaml-syntax", "20:11-12", "cannot begin with `@`: put it in quotes"),
    ),
    "text that begins with a percent sign": (
        ("note: hello", "note: %5 more"),
        ("yaml-syntax", "20:11-12", "cannot begin with `%`: put it in quotes"),
    ),
    "text that begins with a backtick": (
        ("note: hello", "note: `x` y"),
        ("yaml-syntax", "20:11-12", "cannot begin with a backtick: put it in quotes"),
    ),
    "text that begins with a star": (
        ("note: hello", "note: *hello* there"),
        ("yaml-syntax", "20:11-12", "cannot begin with `*`: put it in quotes"),
    ),
    "text that begins with an ampersand": (
        ("note: hello", "note: & more"),
        ("yaml-syntax", "20:11-12", "cannot begin with `&`: put it in quotes"),
    ),
    "text that begins with an exclamation mark": (
        ("note: hello", "note: !important words"),
        ("yaml-tag", "20:11-21", "quote the text"),
    ),
    "text that begins with a question mark": (
        ("note: hello", "note: ? hello"),
        ("yaml-syntax", "20:11-12", "cannot begin with `? `: put it in quotes"),
    ),
    "text that begins with a comma": (
        ("note: hello", "note: , hello"),
        ("yaml-syntax", "20:11-12", "cannot begin with `,`: put it in quotes"),
    ),
    "a path with backslashes": (
        ("note: hello", 'note: "C:\\windows"'),
        ("yaml-syntax", "20:14-16", "write `\\\\` for a backslash"),
    ),
    "a comment with slashes": (
        ("kind: rumour", "// so far\nkind: rumour"),
        ("yaml-syntax", "4:1-3", "begin it with `#`"),
    ),
    "a fence from a chat": (
        ("# a record", "```yaml\n# a record"),
        ("yaml-syntax", "1:1-4", "delete the line"),
    ),
    "a wrong key": (
        ("verdicts:", "verdict:"),
        ("unknown-key", "37:1-8", "did you mean `verdicts`?"),
    ),
    "a wrong key in a source": (
        ("stance: relays", "stanse: relays"),
        ("unknown-key", "15:5-11", "did you mean `stance`?"),
    ),
    "a required key misspelt": (
        ("kind: rumour", "Kind: rumour"),
        ("unknown-key", "4:1-5", "did you mean `kind`?"),
    ),
    "one of two keys misspelt": (
        ("article: a-b", "artikel: a-b"),
        ("unknown-key", "13:5-12", "did you mean `article`?"),
    ),
    "a key that is like no other": (
        ("note: fine", "comment: fine"),
        ("unknown-key", "27:5-12", "write one of url, article, quote"),
    ),
    "a key twice": (
        ("kind: rumour", "kind: rumour\n\nkind: fact"),
        ("duplicate-key", "6:1-5", "stands in line 4 already"),
    ),
    "a wrong rating": (
        ("mostly false", "mostly flase"),
        ("wrong-type", "39:13-25", "did you mean `mostly false`?"),
    ),
    "a rating with a capital": (
        ("mostly false", "Mostly-False"),
        ("wrong-type", "39:13-25", "did you mean `mostly false`?"),
    ),
    "a rating like no other": (
        ("mostly false", "pants on fire"),
        ("wrong-type", "39:13-26", "write one of true, mostly true, mixed"),
    ),
    "a rating that is missing": (
        ("    rating: mostly false\n", ""),
        ("missing-key", "38:5-9", "add `rating:` and one of true"),
    ),
    "a verdict without a reason": (
        ("    why: Because of it.\n", ""),
        ("verdict-without-reason", "38:5-9", "add `why:` and the reason"),
    ),
    "a verdict with an empty reason": (
        ("why: Because of it.", "why:"),
        ("verdict-without-reason", "41:5-8", "write it after `why:`"),
    ),
    "a verdict with a blank reason": (
        ("why: Because of it.", 'why: " "'),
        ("verdict-without-reason", "41:5-8", "write it after `why:`"),
    ),
    "a claim that is missing": (
        ("claim: Apple builds a car.\n", ""),
        ("missing-key", "3:1-5", "add `claim:`"),
    ),
    "a source from nowhere": (
        ("article: a-b\n    quote: some words", "quote: some words"),
        ("missing-key", "13:5-10", "neither `article:` nor `url:`"),
    ),
    "a source from two places": (
        ("article: a-b", "article: a-b\n    url: https://example.org"),
        ("wrong-type", "14:5-8", "delete one of the two"),
    ),
    "a source by address without its date": (
        ("article: a-b", "url: https://example.org\n    publisher: P"),
        ("missing-key", "13:5-8", "add `date:` beside it"),
    ),
    "evidence from an article without a quote": (
        ("url: https://example.org/x", "article: a-b"),
        ("missing-key", "23:5-12", "add `quote:`"),
    ),
    "a link with two names": (
        ("- name: Reuters", "- name: Reuters\n        anonymous: x"),
        ("wrong-type", "18:9-18", "delete one of the two"),
    ),
    "an address without a scheme": (
        ("https://example.org/x", "www.example.org"),
        ("bad-url", "23:10-25", "begins with http:// or https://"),
    ),
    "a day that does not exist": (
        ("due: 2024", "due: 2026-02-30"),
        ("bad-date", "10:6-16", "2026-02 has 28 days, write one of them"),
    ),
    "a month that does not exist": (
        ("due: 2024", "due: 2024-13"),
        ("bad-date", "10:6-13", "write one from 01 to 12"),
    ),
    "a date with the day first": (
        ("due: 2024", "due: 21-11-2026"),
        ("bad-date", "10:6-16", "write a date as 2026-11-21"),
    ),
    "a date in words": (
        ("due: 2024", "due: end of 2024"),
        ("bad-date", "10:6-17", "write a date as 2024, 2024-03 or 2024-03-28"),
    ),
    "a list for a date": (
        ("due: 2024", "due: [2024]"),
        ("wrong-type", "10:6-12", "write a date"),
    ),
    "a percentage": (
        ("probability: 0.6", "probability: 60%"),
        ("wrong-type", "35:18-21", "write a number from 0 to 1, such as 0.6"),
    ),
    "a probability over one": (
        ("probability: 0.6", "probability: 60"),
        ("wrong-type", "35:18-20", "write a number from 0 to 1, such as 0.6"),
    ),
    "a decimal comma": (
        ("probability: 0.6", "probability: 0,6"),
        ("wrong-type", "35:18-21", "write a number from 0 to 1, such as 0.6"),
    ),
    "text for a list": (
        ("about: [Apple]", "about: Apple, Huawei"),
        ("wrong-type", "6:8-21", "write `[Apple, Huawei]`"),
    ),
    "text for a list of links": (
        ("    note: fine", "    via: Reuters"),
        ("wrong-type", "27:10-17", "write `[Reuters]`"),
    ),
    "text for an item that has keys": (
        ("  - to: other\n    as: part of", "  - other"),
        ("wrong-type", "30:5-10", "write keys with values, such as `to: …`"),
    ),
    "a list for text": (
        ("note: hello", "note: [hello]"),
        ("wrong-type", "20:11-18", "in quotes if the brackets belong to it"),
    ),
    "a list for a choice": (
        ("as: part of", "as: [part of]"),
        ("wrong-type", "31:9-18", "write one of contradicts, same as, part of"),
    ),
    "a choice with a hyphen": (
        ("as: part of", "as: part-of"),
        ("wrong-type", "31:9-16", "did you mean `part of`?"),
    ),
    "no items": (
        ("about: [Apple]", "about: [Apple]\n\ntags: {}"),
        ("wrong-type", "8:7-9", "begin each item with `- `"),
    ),
    "a second record": (
        ("notes: >-", "---\nnotes: >-"),
        ("yaml-documents", "43:1-2", "delete the line"),
    ),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_told_where_to_act_and_what_to_do(name: str) -> None:
    (old, new), (rule, spot, what_to_do) = SLIPS[name]
    item = told(old, new)

    assert (item.rule, place(item), item.severity) == (rule, spot, Severity.ERROR)
    assert what_to_do in item.message


@pytest.mark.parametrize("name", SLIPS)
def test_a_message_is_one_short_sentence_that_a_terminal_can_show(name: str) -> None:
    item = told(*SLIPS[name][0])

    assert re.fullmatch(r"[`A-Z].*[.?]", item.message)
    assert len(item.message) < 230
    assert visible(item.message) == item.message
    assert "\n" not in item.message


def test_a_dictionary_where_a_list_of_items_belongs_is_told_how_items_begin() -> None:
    sources = WHOLE.index("sources:\n") + len("sources:\n")
    text = WHOLE[:sources] + "  article: a-b\n\n" + WHOLE[WHOLE.index("evidence:") :]
    (item,) = read(text).diagnostics

    assert (item.rule, place(item)) == ("wrong-type", "13:3-10")
    assert "begin each item with `- `, such as `- article: …`" in item.message


def test_merge_conflict_markers_are_each_named() -> None:
    conflict = "<<<<<<< HEAD\nkind: fact\n=======\nkind: rumour\n>>>>>>> theirs"
    found = read(with_slip("kind: rumour", conflict)).diagnostics

    assert [(item.rule, place(item)) for item in found] == [
        ("merge-conflict", "4:1-13"),
        ("merge-conflict", "8:1-15"),
    ]
    assert all("delete the markers" in item.message for item in found)


@pytest.mark.parametrize(
    ("old", "new", "spot"),
    [
        ("note: hello", "note: #1 in China", "20:11-12"),
        ("quote: some words", "quote: see also #xiaomi", "14:21-22"),
    ],
)
def test_words_that_become_a_comment_are_remarked_on(old: str, new: str, spot: str) -> None:
    document = read(with_slip(old, new))

    (item,) = document.diagnostics
    assert (item.rule, place(item), item.severity) == ("yaml-syntax", spot, Severity.WARNING)
    assert "put the text in quotes" in item.message
    assert document.content is not None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("kind: rumour", "kind: rumour #so far"),
        ("kind: rumour", "kind: rumour   # rumour · prediction"),
        ("quote: some words", "quote: 'the #1 maker'"),
        ("  Free text.", "  The #1 maker."),
        ("quote: some words", "quote: some words # not all"),
        ("kind: rumour", "#kind so far\nkind: rumour"),
        ("sources:", "sources: #all"),
    ],
)
def test_comments_and_hash_signs_in_quotes_are_not_remarked_on(old: str, new: str) -> None:
    assert read(with_slip(old, new)).diagnostics == ()


def test_all_that_is_wrong_is_told_in_the_order_of_the_file() -> None:
    text = (
        WHOLE.replace("rumour", "rumor").replace("mostly false", "flase").replace("note: fine", "nte: fine")
    )
    found = read(text).diagnostics

    assert [item.span.line for item in found] == [4, 27, 39]
    assert all(item.is_error for item in found)


def test_the_line_of_a_diagnostic_is_shown_without_its_line_end() -> None:
    document = read_record(WHOLE.replace("\n", "\r\n").replace("rumour", "rumor").encode(), "a/b.yaml")

    (item,) = document.diagnostics
    assert (item.place, item.source_line) == ("a/b.yaml:4:7", "kind: rumor")


def test_a_byte_order_mark_is_no_column() -> None:
    document = read_record("\ufeffclaim: a\nkind: rumor\nsources: [{article: a}]\n".encode(), "a.yaml")

    assert document.source.bom
    assert [place(item) for item in document.diagnostics] == ["2:7-12"]
    broken = read_record(b"\xef\xbb\xbfclaim: \xff\n", "a.yaml")
    assert [place(item) for item in broken.diagnostics] == ["1:8-9"]


def test_columns_count_characters_and_not_bytes() -> None:
    item = told("note: hello", "note: één 🚗 auto: hier")

    assert place(item) == "20:21-22"


def test_positions_of_values_lead_back_to_them() -> None:
    document = read(WHOLE)

    assert document.root is not None
    text = document.source.text
    for path, shown in [
        (("sources", 0, "via", 1, "anonymous"), "three people"),
        (("verdicts", 0, "rating"), "mostly false"),
        (("about",), "[Apple]"),
    ]:
        start, end = document.span_of(path)
        assert text[start:end] == shown
    start, end = document.span_of(("verdicts", 0, "why"), key=True)
    assert text[start:end] == "why"
    start, end = document.span_of(("verdicts", 0, "as_of"), key=True)
    assert text[start:end] == "date"
    assert node_at(document.root, ("sources", 7)) is None


@pytest.mark.parametrize("path", BOOK, ids=lambda path: path.stem)
def test_every_key_and_value_of_the_book_stands_where_it_is_said_to_stand(path: Path) -> None:
    document = read_record(path.read_bytes(), path.name)

    assert document.root is not None
    for scalar in scalars(document.root):
        raw = document.source.text[scalar.start : scalar.end]
        assert raw.startswith(scalar.style)
        if scalar.style in ("", "|", ">"):
            assert raw.removeprefix(f"{scalar.style}-").split() == scalar.value.split()
        else:
            assert raw.endswith(scalar.style)


def scalars(node: Node) -> list[Scalar]:
    if isinstance(node, Scalar):
        return [node]
    if isinstance(node, Sequence):
        return [scalar for item in node.items for scalar in scalars(item)]
    assert isinstance(node, Mapping)
    return [scalar for key, value in node.items for scalar in (key, *scalars(value))]


@settings(max_examples=150, deadline=None)
@given(
    st.text(
        st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufeff\ufffe\uffff")
    )
)
def test_single_quotes_keep_any_line_of_text(text: str) -> None:
    written = "'" + text.replace("'", "''") + "'"
    document = read(with_slip("note: hello", f"x-note: {written}"))

    assert document.content is not None
    assert document.content.sources[0].model_extra == {"x-note": text}


class Notice(Part):
    """Another kind of file that is read the same way."""

    publisher: Text
    """Who published it."""


@pytest.mark.parametrize("text", ["", "Just text.\n", "- a list\n"])
def test_a_file_that_says_nothing_is_told_the_key_that_its_kind_begins_with(text: str) -> None:
    (item,) = read_document(text.encode(), "notice.yaml", Notice).diagnostics

    assert "`publisher: `" in item.message
    assert item.span.line == item.span.end_line == 1
