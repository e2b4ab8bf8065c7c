"""Diagnostics as JSON, compact and quickly read: the form in which an index keeps them."""

import json

from claimbook.record.diagnostics import Diagnostic, Fix, Severity, Span, TextEdit

_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def write_diagnostic(found: Diagnostic) -> str:
    """Return a diagnostic but for its file, which has a column of its own."""
    span = (found.span.line, found.span.column, found.span.end_line, found.span.end_column)
    fix = found.fix and (
        found.fix.title,
        [(edit.start, edit.end, edit.text) for edit in found.fix.edits],
    )
    return _dump([span, found.severity, found.rule, found.message, found.source_line, fix])


def read_diagnostic(file: str, text: str) -> Diagnostic:
    """Return the diagnostic that `write_diagnostic` wrote."""
    span, severity, rule, message, line, fix = json.loads(text)
    mended = fix and Fix(fix[0], tuple(TextEdit(*edit) for edit in fix[1]))
    return Diagnostic(file, Span(*span), Severity(severity), rule, message, line, mended or None)
