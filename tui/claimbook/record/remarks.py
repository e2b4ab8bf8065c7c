"""What is YAML all right, and perhaps not what was meant."""

import re
from collections.abc import Iterator

from claimbook.record.diagnostics import Diagnostic, Severity
from claimbook.record.nodes import Mapping, Node, Scalar
from claimbook.record.source import SourceText

_HASH = re.compile(r"(?<=[ \t])#(?=\w)")


def text_lost_to_comments(source: SourceText, root: Mapping) -> list[Diagnostic]:
    """Remark on words that read like text, as in `note: the #1 maker`, and that YAML takes for a comment."""
    found = [
        match.start() for match in _HASH.finditer(source.text) if _text_before(source.text, match.start())
    ]
    if not found:
        return []
    kept = [(item.start, item.end) for item in _scalars(root) if item.style]
    lost = [offset for offset in found if not any(start <= offset < end for start, end in kept)]
    message = "From this `#` on the line is a comment: put the text in quotes if the words belong to it."
    return [
        source.diagnostic("yaml-syntax", message, offset, severity=Severity.WARNING) for offset in lost[:20]
    ]


def _text_before(text: str, offset: int) -> bool:
    line = text[text.rfind("\n", 0, offset) + 1 : offset]
    return not line.isspace() and not line.lstrip().startswith("#")


def _scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Mapping):
        for key, value in node.items:
            yield key
            yield from _scalars(value)
    else:
        for item in node.items:
            yield from _scalars(item)
