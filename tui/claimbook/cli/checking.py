"""`claimbook check`: hold the book against the rules."""

from collections import defaultdict
from pathlib import Path

from claimbook.book.listing import told
from claimbook.book.places import CLAIMS
from claimbook.cli.output import line, lines, narrate, paint, print_diagnostics, print_json
from claimbook.cli.reading import all_wrong
from claimbook.cli.scene import Scene
from claimbook.record.diagnostics import Diagnostic, TextEdit


def print_findings(
    scene: Scene, files: tuple[str, ...] = (), form: str = "text", *, fix: bool = False, dry_run: bool = False
) -> bool:
    """Hold the book, or some of its files, against every rule; tell whether there is an error."""
    wanted = [_file(scene, name) for name in files] or None
    found = all_wrong(scene.index, scene.today, wanted)
    if fix:
        done = _mend(scene, found, dry_run=dry_run)
        scene.index.bring_up()
        found = all_wrong(scene.index, scene.today, wanted)
        if not done and not _mend(scene, found, dry_run=dry_run):  # what could not be read then can be now
            narrate("There is nothing to mend safely.")
        elif not done and not dry_run:
            scene.index.bring_up()
            found = all_wrong(scene.index, scene.today, wanted)
    count = len(wanted) if wanted else scene.index.tallies(scene.today).files
    _print(found, count, form)
    return any(item.is_error for item in found)


def _print(found: list[Diagnostic], files: int, form: str) -> None:
    errors = sum(item.is_error for item in found)
    if form == "json":
        print_json(
            {
                "files": files,
                "errors": errors,
                "warnings": len(found) - errors,
                "diagnostics": [_as_json(item) for item in found],
            }
        )
        return
    if form == "github":
        lines(map(_annotation, found))
    else:
        print_diagnostics(found)
    narrate(f"{files} files, {_many(errors, 'error')}, {_many(len(found) - errors, 'warning')}.")


def _as_json(item: Diagnostic) -> dict[str, object]:
    edits = [{"start": e.start, "end": e.end, "text": e.text} for e in item.fix.edits] if item.fix else []
    return {
        "file": item.file,
        "line": item.span.line,
        "column": item.span.column,
        "end_line": item.span.end_line,
        "end_column": item.span.end_column,
        "severity": item.severity,
        "rule": item.rule,
        "message": item.message,
        "fix": {"title": item.fix.title, "edits": edits} if item.fix else None,
    }


def _annotation(item: Diagnostic) -> str:
    """Write a finding as GitHub's workflow command, escaped as GitHub documents it."""
    place = f"file={_property(item.file)},line={item.span.line},col={item.span.column}"
    place += f",endLine={item.span.end_line},endColumn={item.span.end_column},title={_property(item.rule)}"
    return f"::{item.severity} {place}::{paint(item.message).replace('%', '%25')}"


def _property(text: str) -> str:
    return paint(text).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")


def _mend(scene: Scene, found: list[Diagnostic], *, dry_run: bool) -> bool:
    """Apply the fixes, file by file, as one step; tell whether there were any.

    Raises:
        BrokenRecord: where one of the files cannot be read now.
    """
    from claimbook.book.refusals import BrokenRecord
    from claimbook.book.saving import Draft, save_drafts
    from claimbook.cli.diffs import print_diff

    drafts = []
    edits: defaultdict[str, list[TextEdit]] = defaultdict(list)
    for item in found:
        if item.fix and item.file.startswith(f"{CLAIMS}/"):
            edits[item.file] += item.fix.edits
    for file, wanted in edits.items():
        document = scene.book.entries[file].document
        if not document.source.text:
            first = document.diagnostics[0]
            raise BrokenRecord(first.place, first.message)
        source, text = document.source, document.source.text
        for edit in sorted(wanted, key=lambda edit: edit.start, reverse=True):
            text = text[: edit.start] + edit.text + text[edit.end :]
        drafts.append(Draft(file, source.to_bytes(source.text), source.to_bytes(text)))
    if dry_run:
        print_diff(drafts)
    elif drafts:
        save_drafts(scene.book, "mend what check found", drafts)
        narrate(f"{_many(len(drafts), 'file')} mended; `claimbook undo` takes it back.")
    return bool(drafts)


def print_rule(name: str) -> None:
    """Say what a rule asks, why, and what to do."""
    import textwrap

    from claimbook.record.shapes import nearest
    from claimbook.review.checks import RULES

    rule = RULES.get(name)
    if rule is None:
        guess = nearest(name, RULES)
        hint = f"did you mean {guess}?" if guess else f"there are {', '.join(RULES)}."
        raise _usage(f"There is no rule {name!r}: {hint}")
    line(paint(f"{rule.name} ({rule.severity})", "strong"))
    for paragraph in rule.explanation.split("\n\n"):
        line()
        line(textwrap.fill(" ".join(paragraph.split()), 80))


def _file(scene: Scene, name: str) -> str:
    """Return a file's path relative to the book, from one relative to where the person stands."""
    path = Path(name)
    for candidate in (path, scene.index.root / path):
        if candidate.exists():
            try:
                return told(candidate.resolve().relative_to(scene.index.root.resolve()).as_posix())
            except ValueError:
                raise _usage(f"{name} is outside of the book.") from None
    raise _usage(f"There is no file {name}.")


def _usage(sentence: str) -> Exception:
    import click

    return click.UsageError(sentence)


def _many(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
