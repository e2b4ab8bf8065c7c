"""Every rule of the check: that it speaks, and that it is silent."""

from datetime import date
from pathlib import Path

import pytest

from claimbook.book.book import Book
from claimbook.record.diagnostics import Diagnostic, Severity
from claimbook.review.checks import RULES, check
from claimbook.review.words import Standpoint

GOOD = """\
claim: Acme opens a plant in Delft in 2027.
kind: prediction
status: settled
due: 2027
sources:
  - article: plant
    quote: Acme opens a plant in Delft
    stance: relays
    via: [Reuters]
evidence:
  - url: https://example.org/one
    publisher: One
    date: 2026-01
    bearing: supports
  - url: https://example.org/two
    publisher: Two
    bearing: supports
relations:
  - to: other
    as: depends on
verdicts:
  - date: 2026-01
    rating: unproven
    why: Nothing yet.
  - date: 2026-02-01
    rating: true
    why: It did.
"""
ARTICLE = """\
---
publisher: The Paper
date: 2026-01-05
---
Acme opens a plant in Delft, it says. Twice: twice.
"""
OTHER = """\
claim: Something quite different from all the rest.
kind: fact
sources:
  - article: plant
    quote: it says
"""
TODAY = Standpoint(date(2026, 11, 21))

SPEAKS = {
    "yaml-syntax": ("why: Nothing yet.", "why: Nothing: yet."),
    "duplicate-key": ("status: settled", "status: settled\nstatus: settled"),
    "yaml-tag": ("kind: prediction", "kind: !!str prediction"),
    "yaml-alias": ("due: 2027", "due: &due 2027"),
    "yaml-documents": ("status: settled", "---\nstatus: settled"),
    "control-character": ("why: It did.", 'why: "It\\x1b did."'),
    "too-deep": ("due: 2027", f"x-deep: {'[' * 20}{']' * 20}\ndue: 2027"),
    "merge-conflict": ("due: 2027", "<<<<<<< ours\ndue: 2027\n=======\ndue: 2028\n>>>>>>> theirs"),
    "unknown-key": ("status: settled", "statsu: settled"),
    "missing-key": ("kind: prediction\n", ""),
    "wrong-type": ("kind: prediction", "kind: predicton"),
    "unknown-article": ("article: plant", "article: plan"),
    "unknown-claim": ("to: other", "to: othr"),
    "quote-gone": ("quote: Acme opens a plant in Delft", "quote: Utter nonsense, nowhere to be found"),
    "quote-changed": ("quote: Acme opens a plant in Delft", "quote: Acme opens a plant in Delff"),
    "quote-ambiguous": ("quote: Acme opens a plant in Delft", "quote: wice"),
    "status-mismatch": ("status: settled", "status: open"),
    "verdict-without-reason": ("    why: It did.\n", ""),
    "verdict-order": ("date: 2026-02-01", "date: 2025-12-31"),
    "bad-date": ("due: 2027", "due: 2027-02-30"),
    "bad-url": ("https://example.org/one", "example.org/one"),
    "invisible-character": ("why: It did.", "why: It\u200b did."),
    "verdict-without-evidence": ("bearing: supports", "bearing: context"),
    "single-origin": (
        "    via: [Reuters]\n",
        "    via: [Reuters]\n  - article: plant\n    quote: it says\n    via: [Reuters]\n",
    ),
    "thin-evidence": ("publisher: Two", "publisher: Two\n    via: [One]"),
    "contested": ("  - url: https://example.org/two\n    publisher: Two\n    bearing: supports", (
        "  - url: https://example.org/two\n    publisher: Two\n    bearing: refutes"
    )),
    "overdue": ("status: settled\ndue: 2027", "status: reviewing\ndue: 2025"),
    "prediction-without-due": ("due: 2027\n", ""),
    "unknown-origin": ("    via: [Reuters]\n", ""),
    "future-date": ("date: 2026-01\n    bearing", "date: 2027-01\n    bearing"),
}  # fmt: skip
"""For each rule, the part of the good record to put something else in for."""

WITH_FILES = {
    "encoding": ("claims/plant.yaml", b"claim: caf\xe9\n"),
    "too-large": ("claims/plant.yaml", b"notes: " + b"x" * (1 << 20)),
    "empty-file": ("claims/plant.yaml", b"# nothing\n"),
    "duplicate-id": ("claims/sub/plant.yaml", GOOD.encode()),
    "unsafe-id": ("claims/con.yaml", GOOD.encode()),
    "odd-id": ("claims/plant.yml", GOOD.encode()),
    "article-changed": ("seeds/plant.md", ARTICLE.replace("---\nA", f"sha256: {'0' * 64}\n---\nA").encode()),
    "similar-claim": ("claims/twin.yaml", GOOD.encode()),
}
"""For rules about more than one record's text, a file to write."""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "claims").mkdir()
    (tmp_path / "seeds/plant.md").write_text(ARTICLE)
    (tmp_path / "claims/plant.yaml").write_text(GOOD)
    (tmp_path / "claims/other.yaml").write_text(OTHER)
    return tmp_path


def found(root: Path) -> list[Diagnostic]:
    return check(Book.open(root), TODAY)


def test_every_rule_is_tried_here() -> None:
    assert set(SPEAKS) | set(WITH_FILES) == set(RULES)


def test_a_good_book_gives_every_rule_nothing_to_say(book: Path) -> None:
    assert found(book) == []


@pytest.mark.parametrize("rule", SPEAKS)
def test_a_rule_speaks_of_a_record(book: Path, rule: str) -> None:
    before, after = SPEAKS[rule]
    assert before in GOOD
    (book / "claims/plant.yaml").write_text(GOOD.replace(before, after))

    diagnostics = [item for item in found(book) if item.rule == rule]

    assert diagnostics
    assert {item.severity for item in diagnostics} == {RULES[rule].severity}
    assert all(item.file == "claims/plant.yaml" and item.message.endswith((".", "?")) for item in diagnostics)


@pytest.mark.parametrize("rule", WITH_FILES)
def test_a_rule_speaks_of_a_file(book: Path, rule: str) -> None:
    file, data = WITH_FILES[rule]
    (book / file).parent.mkdir(exist_ok=True)
    (book / file).write_bytes(data)

    assert rule in {item.rule for item in found(book)}


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        ("verdict-order", "date: 2026-02-01", "date: 2026"),
        ("status-mismatch", "status: settled", "status: shelved"),
        ("status-mismatch", "status: settled\n", ""),
        ("overdue", "status: settled\ndue: 2027", "status: reviewing\ndue: 2026"),
        (
            "prediction-without-due",
            "kind: prediction\nstatus: settled\ndue: 2027",
            "kind: fact\nstatus: settled",
        ),
        ("unknown-origin", "stance: relays\n    via: [Reuters]", "stance: asserts"),
        ("unknown-origin", "via: [Reuters]", "via: []"),
        (
            "single-origin",
            "    via: [Reuters]\n",
            "    via: [Reuters]\n  - article: plant\n    quote: it says\n",
        ),
        ("future-date", "date: 2026-02-01", "date: 2026"),
    ],
)
def test_a_rule_is_silent_where_it_does_not_apply(book: Path, rule: str, before: str, after: str) -> None:
    (book / "claims/plant.yaml").write_text(GOOD.replace(before, after))

    assert rule not in {item.rule for item in found(book)}


def test_a_warning_that_is_allowed_is_silent_and_an_error_is_not(book: Path) -> None:
    text = GOOD.replace("due: 2027\n", "").replace("status: settled", "status: open")
    (book / "claims/plant.yaml").write_text(text + "allow: [prediction-without-due, status-mismatch]\n")

    assert [item.rule for item in found(book)] == ["status-mismatch"]


def test_the_nearest_right_name_is_said(book: Path) -> None:
    text = GOOD.replace("article: plant", "article: plnat").replace("to: other", "to: othre")
    (book / "claims/plant.yaml").write_text(text)

    messages = {item.rule: item.message for item in found(book)}

    assert "did you mean `plant`?" in messages["unknown-article"]
    assert "did you mean `other`?" in messages["unknown-claim"]


def test_every_rule_explains_what_it_asks() -> None:
    for rule in RULES.values():
        assert rule.explanation.count(".") >= 1, rule.name
        assert rule.headline[0].isupper(), rule.name


def test_findings_stand_in_order_of_file_and_place(book: Path) -> None:
    text = GOOD.replace("due: 2027\n", "").replace("status: settled", "status: open")
    (book / "claims/plant.yaml").write_text(text)

    places = [(item.file, item.span.line) for item in found(book)]

    assert places == sorted(places)
    assert {item.severity for item in found(book)} == {Severity.ERROR, Severity.WARNING}
