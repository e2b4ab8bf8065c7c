"""JSON that does nothing where it lands: in a terminal, or inside a script element of a page."""

import json
import re
from typing import Any

from claimbook.text import UNSAFE

# `</script>` and `<!--` end or change a script element, whatever its type (HTML standard, "Restrictions for
# contents of script elements"); `>` and `&` are for pages that are read as XML.
_ACTING = re.compile(f"[<>&]|{UNSAFE.pattern}")


def safe_json(value: Any, *, indent: int | None = 2) -> str:
    """Write a value as JSON in which every character that could act is written as its code."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
    return _ACTING.sub(_coded, text)


def _coded(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at] << 8 | units[at + 1]:04x}" for at in range(0, len(units), 2))
