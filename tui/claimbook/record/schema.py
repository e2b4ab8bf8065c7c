"""The record's JSON Schema, by which editors complete, explain and underline."""

import json
from typing import Any

from claimbook.record.model import Claim
from claimbook.record.ratings import Rating

_DIALECT = "http://json-schema.org/draft-07/schema#"


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a claim record.

    It comes from the model, and takes besides what editors make of plain text before a schema sees it:
    `rating: false` as a boolean, `due: 2024` as a number, an empty value as null.
    """
    tree = Claim.model_json_schema(by_alias=True)
    definitions = tree.pop("$defs")
    for name, definition in definitions.items():
        definitions[name] = _link(definition) if name == "Link" else _opened(definition)
    ratings = definitions["Rating"]
    words = ratings["enum"]
    ratings["enumDescriptions"] = [Rating(word).meaning for word in [*words, "true", "false"]]
    ratings["enum"] = [*words, True, False]
    del ratings["type"]
    whole = {"$schema": _DIALECT, "title": "A claim record", **_opened(tree), "definitions": definitions}
    moved: dict[str, Any] = _moved(whole)
    return moved


def schema_text() -> str:
    """Return the JSON Schema as the text of `claims/.schema.json`."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _opened(node: dict[str, Any]) -> dict[str, Any]:
    """Let an object keep `x-` keys and refuse other strangers, and let optional values be empty."""
    node = {key: value for key, value in node.items() if key != "title"}
    if node.get("type") != "object":
        return node
    required = node.get("required", [])
    node["properties"] = {
        key: _property(value, optional=key not in required) for key, value in node["properties"].items()
    }
    node["patternProperties"] = {"^x-": {"description": "A key of your own."}}
    node["additionalProperties"] = False
    return node


def _property(node: dict[str, Any], *, optional: bool) -> dict[str, Any]:
    node = {key: value for key, value in node.items() if key not in ("title", "default")}
    description = node.pop("description", None)
    choices = node.pop("anyOf", None) or [node]
    if optional and {"type": "null"} not in choices:
        choices = [*choices, {"type": "null"}]
    body = choices[0] if len(choices) == 1 else {"anyOf": choices}
    return (
        {"description": description, **body}
        if "$ref" not in body
        else {"description": description, "allOf": [body]}
    )


def _link(node: dict[str, Any]) -> dict[str, Any]:
    """Let a link be a bare name."""
    name = {
        "type": ["string", "number", "boolean"],
        "description": "An agency, a paper, a company, a person.",
    }
    return {"anyOf": [name, _opened(node)], "description": node.get("description", "")}


def _moved(node: Any) -> Any:
    """Point references to where draft 7 keeps definitions."""
    if isinstance(node, dict):
        return {key: _moved(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_moved(item) for item in node]
    return node.replace("#/$defs/", "#/definitions/") if isinstance(node, str) else node
