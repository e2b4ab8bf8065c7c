"""Changing a record's text, so that only the characters that must change do."""

from collections.abc import Sequence
from typing import Any

from claimbook.record.changes import (
    Append,
    Change,
    Delete,
    Insert,
    Put,
    Remove,
    SetField,
    Step,
    changed,
    steps,
)
from claimbook.record.deleting import delete
from claimbook.record.diagnostics import Diagnostic, TextEdit
from claimbook.record.draft import Draft
from claimbook.record.inserting import insert_item
from claimbook.record.nodes import Mapping, Path, compose, node_at, plain
from claimbook.record.pieces import Pieces, spliced
from claimbook.record.refusal import EditRefused, Reason
from claimbook.record.replacing import put
from claimbook.record.source import SourceText, decode
from claimbook.record.writing import render_record

__all__ = ["Append", "Change", "EditRefused", "Remove", "SetField", "apply", "edits", "render_record"]


def apply(source: SourceText, changes: Sequence[Change]) -> str:
    """Return a record's text with changes made to it, one after the other, without a byte order mark.

    The new text is read again, and says what the old one said with these changes and nothing else.

    Raises:
        EditRefused: where that cannot be made sure.
    """
    return spliced(source.text, edits(source, changes))


def edits(source: SourceText, changes: Sequence[Change]) -> list[TextEdit]:
    """Return the replacements that make changes to a record's text, in order and not overlapping.

    Raises:
        EditRefused: as `apply` does.
    """
    found = [item for item in decode(source.to_bytes(source.text), source.file)[1] if item.is_error]
    root, refused = compose(source)
    if root is None or found or refused:
        raise _unreadable(source, [*found, *refused])
    edit = _Edit(source, root)
    try:
        return edit.run(changes)
    except EditRefused as refusal:
        if refusal.place:
            raise
        offset = _offset(root, refusal.path or edit.path)
        place = source.diagnostic("edit", refusal.sentence, offset).place
        raise EditRefused(refusal.reason, refusal.sentence, refusal.path, place) from None


class _Edit:
    """The making of some changes to one text.

    Steps that stay inside the values of different top-level keys are worked out on one tree; before any other
    the text is put together and parsed afresh.
    """

    def __init__(self, source: SourceText, root: Mapping) -> None:
        self.source = source
        self.values: dict[str, Any] = plain(root)
        self.draft = Draft(source.text, root)
        self.pieces = Pieces(source.text)
        self.pending: list[TextEdit] = []
        self.touched: set[str | int] = set()
        self.path: Path = ()

    def run(self, changes: Sequence[Change]) -> list[TextEdit]:
        for change in changes:
            self.path = change.path
            wanted = changed(self.values, change)
            for step in steps(self.values, change):
                self._take(step)
            self.values = wanted
        self._splice()
        self._verify()
        return self.pieces.edits()

    def _take(self, step: Step) -> None:
        key = step.path[0]
        inside = self.draft.root.get(str(key)) is not None and not isinstance(step, Delete)
        if self.touched and (key in self.touched or not inside):
            self._recompose()
        self.pending += _planned(self.draft, step)
        self.touched.add(key)
        if not inside:
            self._recompose()

    def _splice(self) -> None:
        try:
            self.pieces.splice(self.pending)
        except ValueError:
            raise _unverified() from None

    def _recompose(self) -> None:
        self._splice()
        text = self.pieces.text()
        root, refused = compose(SourceText(self.source.file, text))
        if root is None or refused:
            raise _unverified()
        self.draft, self.pending, self.touched = Draft(text, root), [], set()

    def _verify(self) -> None:
        made = self.source.to_bytes(self.pieces.text())
        source, found = decode(made, self.source.file)
        errors = [item for item in found if item.is_error]
        if errors:
            raise _unverified(*errors)
        root, refused = compose(source)
        if root is None or refused:
            raise _unverified(*refused[:1])
        if plain(root) != self.values:
            raise _unverified()


def _planned(draft: Draft, step: Step) -> list[TextEdit]:
    if isinstance(step, Put):
        return put(draft, step.path, step.value)
    if isinstance(step, Insert):
        return insert_item(draft, step.path, step.index, step.item)
    return delete(draft, step)


def _unreadable(source: SourceText, found: list[Diagnostic]) -> EditRefused:
    sentence = "This file has errors and cannot be changed: mend them first."
    place = found[0].place if found else source.diagnostic("edit", sentence, 0).place
    return EditRefused(Reason.UNREADABLE, sentence, (), place)


def _unverified(*found: Diagnostic) -> EditRefused:
    cause = f" ({found[0].message.rstrip('.')})" if found else ""
    sentence = f"This cannot be changed surely{cause}: edit the file by hand."
    return EditRefused(Reason.UNVERIFIED, sentence)


def _offset(root: Mapping, path: Path) -> int:
    """Return where a path leads, or the nearest thing that holds it."""
    for length in range(len(path), 0, -1):
        node = node_at(root, path[:length])
        if node is None:
            continue
        holder = node_at(root, path[: length - 1])
        keys = holder.items if isinstance(holder, Mapping) else []
        return next((key.start for key, value in keys if value is node), node.start)
    return root.start
