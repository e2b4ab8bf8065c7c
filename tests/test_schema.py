"""The JSON Schema that editors complete and underline by: it is to agree with what claimbook reads."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from claimbook.record.nodes import Node, Scalar, Sequence
from claimbook.record.reading import read_record
from claimbook.record.schema import schema, schema_text
from conftest import REPOSITORY

SCHEMA = schema()
BOOK = sorted((REPOSITORY / "claims").rglob("*.yaml"))

CORE = (
    (r"|~|null|Null|NULL", lambda _: None),
    (r"true|True|TRUE", lambda _: True),
    (r"false|False|FALSE", lambda _: False),
    (r"[-+]?[0-9]+", int),
    (r"0o[0-7]+|0x[0-9a-fA-F]+", lambda text: int(text, 0)),
    (r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", float),
    (r"[-+]?\.(?:inf|Inf|INF)", lambda _: float("inf")),
    (r"\.(?:nan|NaN|NAN)", lambda _: float("nan")),
)
"""What plain scalars become in the core schema of YAML 1.2, which editors go by."""

TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "null": (type(None),),
}

FULL = """\
claim: 2024 is the year of the electric car.
kind: prediction
about: [3M, 2024, no, true, 1e3]
tags: []
status:
due: 2024
due_said: "2024"
review_on: 2027-01
assigned: ~
settles_when: true
sources:
  - article: 2021-02-want
    quote: 12
    before: 0x1F
    stance: relays
    certainty: hedged
    by: .inf
    via: []
    fidelity: distorted
  - url: HTTPS://example.org/a
    publisher: 3
    date: 2021-03
    via:
      - Reuters
      - 1
      - name: AP
        report: 2021
        x-how: by phone
      - anonymous: three people
evidence:
  - article: a
    quote: words
    seen: 2021-03-26
    archived:
    bearing: context
relations:
  - to: 12
    as: same as
forecasts:
  - date: 2023
    probability: 0.6
  - date: 2023
    probability: "1"
  - date: 2023
    probability: 1
allow: [single-origin]
verdicts:
  - date: 2026-11-21
    as_of: 2021
    rating: false
    confidence: high
    by: no
    why: 1:30
  - date: 2026-11-21
    rating: "true"
    why: yes
x-desk: {a: [1, {b: 2}]}
notes: |
  Free.
"""


def as_an_editor_reads(node: Node) -> Any:
    """Return what an editor makes of a file before it looks at the schema."""
    if isinstance(node, Scalar):
        if node.style:
            return node.value
        return next((make(node.value) for form, make in CORE if re.fullmatch(form, node.value)), node.value)
    if isinstance(node, Sequence):
        return [as_an_editor_reads(item) for item in node.items]
    return {key.value: as_an_editor_reads(value) for key, value in node.items}


def read_as_editor(text: str) -> Any:
    root = read_record(text.encode(), "claim.yaml").root
    assert root is not None
    return as_an_editor_reads(root)


def faults(value: Any, rule: dict[str, Any], at: str = "") -> Iterator[str]:
    """Yield the places of a value that JSON Schema, as far as ours uses it, does not accept."""
    for keyword, wanted in rule.items():
        if not KEYWORDS[keyword](value, wanted, rule, at):
            yield f"{at}: {keyword}"
    if "$ref" in rule:
        yield from faults(value, SCHEMA["definitions"][rule["$ref"].removeprefix("#/definitions/")], at)
    for inner in rule.get("allOf", []):
        yield from faults(value, inner, at)
    if isinstance(value, dict) and "properties" in rule:
        for key in value.keys() & rule["properties"].keys():
            yield from faults(value[key], rule["properties"][key], f"{at}.{key}")
    if isinstance(value, list) and "items" in rule:
        for index, item in enumerate(value):
            yield from faults(item, rule["items"], f"{at}[{index}]")


def _type(value: Any, wanted: Any, *_: Any) -> bool:
    names = wanted if isinstance(wanted, list) else [wanted]
    if isinstance(value, bool):
        return "boolean" in names
    return any(isinstance(value, TYPES[name]) for name in names)


def _known_keys(value: Any, _: Any, rule: dict[str, Any], *__: Any) -> bool:
    patterns = rule["patternProperties"]
    known = rule["properties"]
    return not isinstance(value, dict) or all(
        key in known or any(re.search(pattern, key) for pattern in patterns) for key in value
    )


def _fine(*_: Any) -> bool:
    return True


KEYWORDS: dict[str, Any] = {
    "type": _type,
    "enum": lambda value, wanted, *_: any(value == word and type(value) is type(word) for word in wanted),
    "pattern": lambda value, wanted, *_: not isinstance(value, str) or re.search(wanted, value),
    "required": lambda value, wanted, *_: not isinstance(value, dict) or value.keys() >= set(wanted),
    "additionalProperties": _known_keys,
    "minItems": lambda value, wanted, *_: not isinstance(value, list) or len(value) >= wanted,
    "maxItems": lambda value, wanted, *_: not isinstance(value, list) or len(value) <= wanted,
    "minimum": lambda value, wanted, *_: not _type(value, "number") or value >= wanted,
    "maximum": lambda value, wanted, *_: not _type(value, "number") or value <= wanted,
    "anyOf": lambda value, wanted, _, at: any(not list(faults(value, rule, at)) for rule in wanted),
    **dict.fromkeys(
        ["$schema", "$ref", "allOf", "definitions", "description", "enumDescriptions", "items"], _fine
    ),
    **dict.fromkeys(["patternErrorMessage", "patternProperties", "properties"], _fine),
}
"""How each keyword judges; a keyword that is not here makes the tests fail."""


def objects() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every mapping that the schema describes, with its name."""
    yield "Claim", SCHEMA
    for name, definition in SCHEMA["definitions"].items():
        for choice in definition.get("anyOf", [definition]):
            if "properties" in {**definition, **choice}:
                yield name, {**definition, **choice}


@pytest.mark.parametrize("path", BOOK, ids=lambda path: path.stem)
def test_the_schema_accepts_every_record_of_the_book(path: Path) -> None:
    assert not list(faults(read_as_editor(path.read_text()), SCHEMA))


def test_the_schema_accepts_what_editors_make_of_plain_text() -> None:
    assert read_record(FULL.encode(), "claim.yaml").diagnostics == ()
    read = read_as_editor(FULL)

    assert (read["due"], read["verdicts"][0]["rating"], read["about"][3]) == (2024, False, True)
    assert not list(faults(read, SCHEMA))


@pytest.mark.parametrize(
    ("name", "described"), objects(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_key_is_described_and_strangers_are_refused(name: str, described: dict[str, Any]) -> None:
    assert described["description"], name
    assert all(len(value["description"]) > 8 for value in described["properties"].values()), name
    assert described["additionalProperties"] is False
    assert described["patternProperties"] == {"^x-": {"description": "A key of your own."}}


def test_every_mapping_of_a_record_is_described() -> None:
    names = {name for name, _ in objects()}

    assert names == {"Claim", "Source", "Evidence", "Link", "Relation", "Forecast", "Verdict"}


REFUSED = {
    "a key that there is not": ("kind: prediction", "kind: prediction\nverdict: x"),
    "a key that there is not in a source": ("before: 0x1F", "befor: 0x1F"),
    "a key that there is not in a link": ("x-how: by phone", "how: by phone"),
    "a kind that there is not": ("kind: prediction", "kind: prophecy"),
    "a rating that there is not": ("rating: false", "rating: no"),
    "a verdict without a reason": ("    why: yes\n", ""),
    "a verdict with a blank reason": ("    why: yes", '    why: " "'),
    "a source from nowhere": ("article: 2021-02-want\n    quote: 12", "quote: 12"),
    "a link without a name": ("name: AP\n        report", "report"),
    "a date in words": ("date: 2021-03\n", "date: March\n"),
    "a date with the day first": ("seen: 2021-03-26", "seen: 26-03-2021"),
    "an address that is code": ("HTTPS://example.org/a", "javascript:alert(1)"),
    "a probability over one": ("probability: 0.6", "probability: 60"),
    "text for a list": ("allow: [single-origin]", "allow: single-origin"),
    "a list for text": ('due_said: "2024"', "due_said: [2024]"),
    "a relation to nothing": ("to: 12", "to:"),
    "no sources": (FULL[FULL.index("sources:") : FULL.index("evidence:")], "sources: []\n"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_the_schema_refuses_what_claimbook_refuses(name: str) -> None:
    old, new = REFUSED[name]
    assert old in FULL
    text = FULL.replace(old, new, 1)

    assert read_record(text.encode(), "claim.yaml").content is None
    assert list(faults(read_as_editor(text), SCHEMA))


def test_the_text_of_the_schema_is_json_of_draft_7() -> None:
    assert json.loads(schema_text()) == SCHEMA
    assert SCHEMA["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert schema_text().endswith("}\n")


def test_every_rating_is_offered_once_with_its_meaning() -> None:
    offered, _ = SCHEMA["definitions"]["Rating"]["anyOf"]

    assert offered["enum"][:3] == [True, "mostly true", "mixed"]
    assert len(offered["enum"]) == len(offered["enumDescriptions"]) == 9
