"""What is YAML all right, and perhaps not what was meant."""

import re
from collections.abc import Iterator

from claimbook.record.diagnostics import Diagnostic, Severity
from claimbook.record.nodes import Mapping, Node, Scalar
from claimbook.record.source import SourceText

_HASH = re.compile(r"#(?=\w)")


def text_lost_to_comments(source: SourceText, root: Mapping) -> list[Diagnostic]:
    """Remark on words that read like text, as in `note: the #1 maker`, and that YAML takes for a comment.

    A comment after a single word, as in `kind: rumour #so far`, is taken for one here too.
    """
    signs = {match.start() for match in _HASH.finditer(source.text)}
    if not signs:
        return []
    texts = [item for item in _scalars(root) if not item.style and (not item.value or " " in item.value)]
    lost = [_after_blanks(source.text, item.end) for item in texts]
    message = "From this `#` on the line is a comment: put the text in quotes if the words belong to it."
    return [
        source.diagnostic("yaml-syntax", message, offset, severity=Severity.WARNING)
        for offset in lost
        if offset in signs
    ][:20]


def _after_blanks(text: str, start: int) -> int:
    while text[start : start + 1] in (" ", "\t"):
        start += 1
    return start


def _scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Mapping):
        for _, value in node.items:
            yield from _scalars(value)
    else:
        for item in node.items:
            yield from _scalars(item)
