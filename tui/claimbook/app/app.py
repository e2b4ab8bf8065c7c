"""The desk, a Textual app over one book."""

import asyncio
import os
import signal
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePath
from threading import Lock
from typing import Any, ClassVar, Literal, TypeVar

from textual import work
from textual.app import App, SuspendNotSupported, SystemCommand
from textual.binding import BindingType
from textual.screen import Screen
from textual.signal import Signal
from textual.worker import WorkerFailed

from claimbook.app.editor import run_editor
from claimbook.app.facets import Facet
from claimbook.app.faults import told as finding
from claimbook.app.keeper import REFUSALS, Addition, Judgement, Keeper, Left
from claimbook.app.keymap import bindings, read_keymap
from claimbook.app.lettering import Paragraph, label
from claimbook.app.memory import recall, remember
from claimbook.app.news import news
from claimbook.app.palette import commands
from claimbook.app.preferences import load_preferences
from claimbook.app.screens.conflict import Conflict, Way, line_of
from claimbook.app.screens.desk import DeskScreen
from claimbook.app.screens.help import Help
from claimbook.app.screens.question import Question, ask
from claimbook.app.screens.room import Dialog, Room
from claimbook.app.spoken import count
from claimbook.app.view import View
from claimbook.book.errors import ConflictError
from claimbook.book.refusals import Refused
from claimbook.book.saving import Overtaken
from claimbook.book.watch import watch
from claimbook.record.dates import today
from claimbook.text import visible

T = TypeVar("T")

_SIGNALS = (signal.SIGTERM, signal.SIGHUP)


class Desk(App[None], inherit_bindings=False):
    """Holds the open book, and what screens share: reading, changing, the editor, the person's settings."""

    TITLE = "claimbook"
    BINDINGS: ClassVar[list[BindingType]] = bindings("everywhere")
    CSS_PATH: ClassVar[list[str | PurePath]] = [
        "app.tcss",
        *(f"widgets/{name}.tcss" for name in ("toned", "rows", "sidebar", "detail", "fields", "filterline")),
        *(
            f"screens/{name}.tcss"
            for name in (
                "desk",
                "dialogs",
                "verdict",
                "problems",
                "origins",
                "timeline",
                "track",
                "review",
                "form",
                "article",
            )
        ),
    ]

    def __init__(self, root: Path) -> None:
        no_color = os.environ.get("NO_COLOR")
        super().__init__(ansi_color=True if no_color else None)
        if no_color:  # Textual takes it away, and the editor is to know of it too
            os.environ["NO_COLOR"] = no_color
        self.keeper = Keeper(root)
        """The way to the book."""
        self.view: View | None = None
        """The book as it is shown, None until it is read."""
        self.view_changed: Signal[View] = Signal(self, "view-changed")
        """Says that the view is another."""
        self.preferences, self._complaints = load_preferences()
        """The person's settings."""
        self._root = root
        self._turn = Lock()
        self._checking = False
        self._keymap_told = read_keymap(self.preferences.keys)
        self._memory = recall(root)

    @property
    def fault(self) -> BaseException | None:
        """What ended the desk, where that was a fault of the program's; a worker's is unwrapped."""
        error = self._exception
        return error.error if isinstance(error, WorkerFailed) else error

    def get_default_screen(self) -> Screen[None]:
        """Begin with the desk. Textual asks for this."""
        return DeskScreen(self._memory)

    def on_mount(self) -> None:
        """Put the person's settings to use, and begin to read."""
        self.set_keymap(self._keymap_told.keys)
        self._begin_theme()
        loop = asyncio.get_running_loop()
        for number in _SIGNALS:
            with suppress(NotImplementedError):  # not on this system
                loop.add_signal_handler(number, self.leave, 128 + number)
        for item in self._complaints:
            self.notify(f"{item.place}: {item.message}", severity="warning")
        for complaint in self._keymap_told.complaints:
            self.notify(complaint, severity="warning")
        self._follow()
        self._read()
        self.set_interval(60, self._look_at_the_day)

    def on_unmount(self) -> None:
        """Give the signals back."""
        loop = asyncio.get_running_loop()
        for number in _SIGNALS:
            with suppress(NotImplementedError):
                loop.remove_signal_handler(number)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: Literal["information", "warning", "error"] = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Show a notice; its text is somebody else's, so it is made visible and is never markup."""
        del markup
        super().notify(visible(message), title=title, severity=severity, timeout=timeout, markup=False)

    async def keep(self, what: Callable[..., T], *given: object) -> T:
        """Have the keeper do something in a thread, after whatever it is doing now."""

        def in_turn() -> T:
            with self._turn:
                return what(*given)

        return await asyncio.to_thread(in_turn)

    async def judge(self, files: Sequence[str], judgement: Judgement) -> bool:
        """Append a verdict to records and say what came of it; errors are the keeper's."""
        return await self.write(files, str(judgement.rating), self.keeper.judge, files, judgement)

    async def write(
        self, files: Sequence[str], what: str, change: Callable[..., View], *given: object
    ) -> bool:
        """Have the keeper change records, show what came of it and answer whether it was done.

        Where somebody else has changed the same value, the person is asked; other errors are the keeper's.
        """
        while True:
            try:
                self._show(await self.keep(change, *given))
            except (Overtaken, ConflictError) as error:
                answer = await self.push_screen_wait(Conflict(error))
                self._show((await self.keep(self.keeper.look_at, files))[0])
                if answer is Way.MINE:
                    continue
                if answer is Way.EDIT:
                    self.edit(files[0], line_of(self.view, files, error))
                return False
            room = next(screen for screen in reversed(self.screen_stack) if isinstance(screen, Room))
            room.tell(f"Saved: {what} on {_named(files)}. u takes it back.")
            self._check()
            return True

    async def add(self, values: Mapping[str, Any], identifier: str | None, folder: str) -> Addition:
        """Add a claim, and show the book with it; errors are the keeper's."""
        added = await self.keep(self.keeper.add, values, identifier, folder)
        self._show(added.view)
        self._check()
        return added

    def edit(self, file: str, line: int) -> None:
        """Open a file of the book in the person's editor, then read it again."""
        try:
            with self.suspend():
                run_editor(self._root / file, line)
        except SuspendNotSupported:
            self.notify(f"No editor can be started from here: open {file} yourself.", severity="warning")
            return
        except Refused as error:
            self.notify(str(error), severity="error")
        self._look_after_editing(file)

    def stand_on(self, file: str) -> None:
        """Put the desk's cursor on a claim, if it is listed."""
        base = self.screen_stack[0]
        if isinstance(base, DeskScreen):
            base.stand_on(file)

    def list_claims(self, facet: Facet) -> None:
        """Have the desk list what belongs to a choice, whatever its filter was."""
        base = self.screen_stack[0]
        if isinstance(base, DeskScreen):
            base.list_claims(facet)

    def action_undo(self) -> None:
        """Take the last change back."""
        self._step("undo")

    def action_redo(self) -> None:
        """Do it again."""
        self._step("redo")

    def action_reload(self) -> None:
        """Look at the files again."""
        self._look(())

    def action_help(self) -> None:
        """Show what works here."""
        screen = self.screen
        if isinstance(screen, (Room, Dialog)) and not isinstance(screen, Help):
            self.push_screen(Help(screen.CONTEXTS, self._keymap_told.keys))

    async def action_quit(self) -> None:
        """Leave the desk; ask first where something that was typed would be lost."""
        unsaved = self.screen.unsaved if isinstance(self.screen, Room) else ""
        if not unsaved:
            self.leave(0)
            return
        question = ask(f"Leave the desk, and lose {unsaved}?", "Lose it", "Stay")
        self.push_screen(question, lambda agreed: self.leave(0) if agreed else None)

    def leave(self, code: int) -> None:
        """Remember how the desk was, and leave it with an exit code."""
        self.keeper.leave()
        base = self.screen_stack[0] if self.screen_stack else None
        if isinstance(base, DeskScreen):
            memory = base.memory
            memory.theme = self._memory.theme if self.no_color else self.theme
            remember(self._root, memory)
        self.exit(return_code=code)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer the actions that work on a screen, and the themes. Textual asks for this, for the palette."""
        yield SystemCommand("Theme", "Change the colours.", self.action_change_theme)
        if isinstance(screen, Room):
            yield from commands(screen)

    def _fatal_error(self) -> None:
        """End without Textual's traceback: it shows values, which are other people's texts; see `fault`."""
        self.bell()
        self._close_messages_no_wait()

    def _begin_theme(self) -> None:
        told = self.preferences.theme
        remembered = "ansi-dark" if self.no_color else self._memory.theme
        if told in self.available_themes or remembered in self.available_themes:
            self.theme = told if told in self.available_themes else remembered
        if told and told not in self.available_themes:
            self.notify(f"There is no theme {told}: the palette (ctrl+p) names them.", severity="warning")

    @work(group="read")
    async def _read(self) -> None:
        """Read the book for the first time, and say how far that is."""
        progress = self.set_interval(0.3, self._tell_progress)
        try:
            view, _ = await self.keep(self.keeper.look)
        except Left:
            return
        finally:
            progress.stop()
        self._show(view)
        self._check()

    def _tell_progress(self) -> None:
        if isinstance(self.screen, DeskScreen):
            self.screen.show_progress(self.keeper.seen)

    @work(group="check")
    async def _check(self) -> None:
        """Hold what is new against the rules, a part at a time."""
        if self._checking:
            return
        self._checking = True
        while self.view is not None and not self.view.checked:
            self._show(await self.keep(self.keeper.check))
        self._checking = False

    @work(group="watch")
    async def _follow(self) -> None:
        """Look whenever files change, whoever changes them."""
        try:
            async for files in watch(self._root):
                self._look(sorted(files))
        except OSError as error:
            reason = error.strerror or error
            self.notify(
                f"Changes from outside do not show by themselves ({reason}): R reads.", severity="warning"
            )

    @work(group="look")
    async def _look(self, files: Sequence[str]) -> None:
        """Read files again, or the whole book, and say what came in."""
        try:
            view, changes = await self.keep(self.keeper.look_at, files)
        except Left:
            return
        before = self.view
        self._show(view)
        for notice in news(before, view, changes) if before else ():
            self.notify(notice.text, severity=notice.severity, timeout=8 if notice.severity == "error" else 4)
        self._check()

    def _look_at_the_day(self) -> None:
        if self.view is not None and self.view.seen_from.today != today():
            self._look(())

    @work(group="edit")
    async def _look_after_editing(self, file: str) -> None:
        """Show what an edit came to; where it broke something, offer the way back to the spot."""
        view, _ = await self.keep(self.keeper.look_at, [file])
        while not view.checked:
            view = await self.keep(self.keeper.check)
        self._show(view)
        errors = [item for item in view.problems_of(file) if item.is_error]
        if errors:
            head = Paragraph((label(f"{count(len(errors), 'error')} in {file}", "bad"),))
            parts = [head, *(part for item in errors for part in (Paragraph(()), *finding(item, 60)))]
            question = Question(parts, "Back to the editor", "Leave it")
            self.push_screen(question, lambda back: self.edit(file, errors[0].span.line) if back else None)
        elif found := view.problems_of(file):
            self.notify(f"{count(len(found), 'warning')} in {file}: p shows them.")

    @work(group="step")
    async def _step(self, action: Literal["undo", "redo"]) -> None:
        try:
            view, step = await self.keep(self.keeper.turn, action)
        except REFUSALS as error:
            self.notify(str(error), severity="warning", timeout=8)
            return
        self._show(view)
        done = "Undone" if action == "undo" else "Done again"
        self.notify(f"{done}: {step.title} ({count(len(step.files), 'file')}).")
        self._check()

    def _show(self, view: View) -> None:
        self.view = view
        self.view_changed.publish(view)


def _named(files: Sequence[str]) -> str:
    if len(files) > 1:
        return count(len(files), "claim")
    return files[0].rsplit("/", 1)[-1].removesuffix(".yaml")
