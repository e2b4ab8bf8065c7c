"""A small form: boxes with what is wrong beside each, and what saving will do before it is done."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input

from claimbook.app.keeper import REFUSALS
from claimbook.app.keymap import bindings
from claimbook.app.lettering import Line, Span, label
from claimbook.app.listed import Row
from claimbook.app.screens.writing import WritingDialog
from claimbook.app.spoken import count
from claimbook.app.tasks import Box, Task
from claimbook.app.view import View
from claimbook.app.widgets.fields import Choice
from claimbook.app.widgets.known import KnownField
from claimbook.app.widgets.toned import Plain, Wrapped
from claimbook.record.changes import Append, Change, SetField
from claimbook.record.model import Claim
from claimbook.record.refusal import spelled
from claimbook.review.adding import Unfit
from claimbook.text import one_line

_SHOWN = 60
"""Characters of a value that are shown of what will be written."""


class Form(WritingDialog[bool]):
    """Changes one claim, or several in one step; answers whether it did."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("form")
    CONTEXTS: ClassVar[tuple[str, ...]] = ("form", "known", "choice", "dialog", "panes")

    def __init__(
        self, task: Task, files: Sequence[str], view: View, begun: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(begun)
        self._errand = task
        self._files = files
        self._view = view
        self._tried = False

    def compose(self) -> ComposeResult:
        """Lay out the boxes."""
        with Vertical(classes="dialog form"):
            yield Wrapped(self._title(), classes="form-title")
            with VerticalScroll(classes="boxes", can_focus=False):
                for box in self._errand.boxes:
                    yield from _box(box)
            yield Wrapped(id="outcome", classes="outcome")
            with Horizontal(classes="buttons"):
                yield Button(Content("Save (ctrl+s)"), id="save", variant="primary", compact=True)
                yield Button(Content("Close (esc)"), id="cancel", compact=True)

    def on_mount(self) -> None:
        """Begin with the first box, and follow the book."""
        self.desk.view_changed.subscribe(self, self.show_view)
        first = self._errand.boxes[0].name if self._errand.boxes else None
        self.query_one(f"#box-{first}" if first else "#save").focus()
        self.take_up()
        self._tell()

    def fields(self) -> dict[str, Widget]:
        """Return the boxes."""
        return {box.name: self.query_one(f"#box-{box.name}") for box in self._errand.boxes}

    def subject(self) -> tuple[str, tuple[str, ...]]:
        """Return what the form does, and the claims that it does it to."""
        return self._errand.name, tuple(self._files)

    def show_view(self, view: View) -> None:
        """Hold what was typed against the book as it is now."""
        self._view = view
        if not self._refused:
            self._tell()

    @property
    def values(self) -> dict[str, str]:
        """What stands in the boxes."""
        return {box.name: self._value(box).strip() for box in self._errand.boxes}

    def _value(self, box: Box) -> str:
        if box.words:
            return self.query_one(f"#box-{box.name}", Choice).value
        return self.query_one(f"#box-{box.name}", Input).value

    @on(Input.Changed)
    @on(Choice.Changed)
    def _tell(self) -> None:
        """Say what would happen now, and what is wrong beside the box that it is about."""
        self._refused = False
        wrong, changes = self._outcome()
        if wrong is None:
            self._complain("", ())
            self._say(self._promise(changes))
        elif self._tried or not wrong.missing:
            self._complain(wrong.field, (label(f"✗ {wrong.said(self._spell)}", "bad"),))
            self._say((label(f"Nothing can be saved yet: see under {self._spell(wrong.field)}.", "quiet"),))
        else:
            self._complain("", ())
            self._say((label(wrong.said(self._spell), "quiet"),))

    def _complain(self, field: str, line: Line) -> None:
        """Say what is wrong under one box, and nothing under the others."""
        for box in self._errand.boxes:
            self.query_one(f"#note-{box.name}", Wrapped).say(line if box.name == field else ())

    def _spell(self, field: str) -> str:
        return next((box.label for box in self._errand.boxes if box.name == field), field)

    @on(Input.Submitted)
    def _on(self) -> None:
        """Save where nothing is missing, and else go on to the next box."""
        wrong, _ = self._outcome()
        if wrong is None:
            self.action_save()
        else:
            self.focus_next()

    @on(Button.Pressed, "#save")
    def action_save(self) -> None:
        """Save, or go to what will not do."""
        self._tried = True
        wrong, changes = self._outcome()
        self._tell()
        if wrong is not None:
            for box in self.query(f"#box-{wrong.field}"):
                box.focus()
        elif any(changes) and not self._saving:
            self._save()

    @work
    async def _save(self) -> None:
        """Save, and stay with what was typed where that is refused."""
        values, task = self.values, self._errand

        def make(claim: Claim) -> Sequence[Change]:
            return task.make(values, claim)

        self._say((Span("Saving …", "quiet"),))
        files = [row.file for row in self._rows()]
        try:
            with self.saving():
                saved = await self.desk.write(
                    files, task.step.lower(), self.desk.keeper.change, files, task.step, make
                )
        except (*REFUSALS, Unfit) as error:
            self._refuse((label(f"✗ {error} What you typed is still here.", "bad"),))
            return
        if saved:
            self.dismiss(True)  # noqa: FBT003 - the answer
        else:
            self._tell()

    def _outcome(self) -> tuple[Unfit | None, list[Sequence[Change]]]:
        """Return what will not do, or the changes to each claim."""
        values = self.values
        try:
            return None, [
                self._errand.make(values, row.entry.claim) for row in self._rows() if row.entry.claim
            ]
        except Unfit as wrong:
            return wrong, []

    def _rows(self) -> list[Row]:
        rows = (self._view.row(file) for file in self._files)
        return [row for row in rows if row is not None and not row.broken]

    def _title(self) -> Line:
        rows = self._rows()
        if len(rows) == 1 and rows[0].entry.claim:
            return (Span(f"{self._errand.title}: ", "strong"), label(rows[0].entry.claim.claim))
        return (Span(f"{self._errand.title}: {count(len(rows), 'claim')}", "strong"),)

    def _promise(self, changes: Sequence[Sequence[Change]]) -> Line:
        """Say what saving writes, and where."""
        made = [parts for parts in changes if parts]
        if not made:
            return (Span("That changes nothing.", "quiet"),)
        rows = self._rows()
        where = rows[0].file if len(rows) == 1 else count(len(made), "record")
        said = "; ".join(_said(change) for change in made[0])
        return (label(f"{said}, in {where}"),)

    def _say(self, line: Line) -> None:
        self.query_one("#outcome", Wrapped).say(line)


def _box(box: Box) -> ComposeResult:
    """Lay one box out, with room for what is wrong under it."""
    with Vertical(classes="box"):
        with Horizontal():
            yield Plain((Span(box.label, "strong"),), classes="label")
            if box.words:
                yield Choice(box.words, id=f"box-{box.name}")
            else:
                yield KnownField(box.known, box.hint, several=box.several, id=f"box-{box.name}")
        yield Wrapped(id=f"note-{box.name}", classes="note")


def _said(change: Change) -> str:
    if isinstance(change, Append):
        return f"Appends to {spelled(change.path)}: {_shown(change.item)}"
    if isinstance(change, SetField):
        return f"Sets {spelled(change.path)}: {_shown(change.value)}"
    return f"Takes {spelled(change.path)} away"


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_shown(item)}" for key, item in value.items())
    if isinstance(value, list):
        return "[" + ", ".join(_shown(item) for item in value) + "]"
    text = one_line(str(value).strip())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
