"""The record's JSON Schema, by which editors complete, explain and underline."""

import json
from typing import Any

from claimbook.record.model import Claim
from claimbook.record.ratings import Rating

_DIALECT = "http://json-schema.org/draft-07/schema#"

_EITHER = {"Source": ("article", "url"), "Evidence": ("article", "url"), "Link": ("name", "anonymous")}
"""Keys of which a mapping needs one."""


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a claim record.

    It comes from the model, and takes besides what editors make of plain text before a schema sees it:
    `rating: false` as a boolean, `due: 2024` as a number, an empty value as null.
    """
    tree = Claim.model_json_schema(by_alias=True)
    definitions = tree.pop("$defs")
    for name, definition in definitions.items():
        definitions[name] = _opened(definition)
        if keys := _EITHER.get(name):
            definitions[name]["anyOf"] = [{"required": [key]} for key in keys]
    definitions["Link"] = _or_bare_name(definitions["Link"])
    definitions["Rating"] = _ratings(definitions["Rating"])
    whole: dict[str, Any] = _moved({"$schema": _DIALECT, **_opened(tree), "definitions": definitions})
    return whole


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
    """Describe a value; null stands among its types, as editors show one type better than a choice of two."""
    node = {key: value for key, value in node.items() if key not in ("title", "default")}
    description = {"description": node.pop("description")}
    (body,) = [choice for choice in node.pop("anyOf", [node]) if choice != {"type": "null"}]
    if "$ref" in body:
        return {**description, **({"anyOf": [body, {"type": "null"}]} if optional else {"allOf": [body]})}
    types = body["type"] if isinstance(body["type"], list) else [body["type"]]
    return {**description, **body, "type": [*types, "null"] if optional else body["type"]}


def _or_bare_name(node: dict[str, Any]) -> dict[str, Any]:
    """Let a link be a name alone."""
    name = {
        "type": ["string", "number", "boolean"],
        "description": "An agency, a paper, a company, a person.",
    }
    return {"anyOf": [name, node], "description": node["description"]}


def _ratings(node: dict[str, Any]) -> dict[str, Any]:
    """Offer the ratings as they are written, two of which editors take for booleans."""
    booleans = {"true": True, "false": False}
    plain = {
        "enum": [booleans.get(word, word) for word in node["enum"]],
        "enumDescriptions": [Rating(word).meaning for word in node["enum"]],
    }
    quoted = {"type": "string", "pattern": "^(?:true|false)$"}
    return {"description": node["description"], "anyOf": [plain, quoted]}


def _moved(node: Any) -> Any:
    """Point references to where draft 7 keeps definitions."""
    if isinstance(node, dict):
        return {key: _moved(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_moved(item) for item in node]
    return node.replace("#/$defs/", "#/definitions/") if isinstance(node, str) else node
