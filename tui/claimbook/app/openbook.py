"""What a desk does with its book: reading it, following it, changing it, editing it by hand."""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from textual import events, work
from textual.app import App, SuspendNotSupported
from textual.screen import Screen
from textual.signal import Signal

from claimbook.app import haste
from claimbook.app.keeper import REFUSALS, Addition, Judgement, Keeper
from claimbook.app.keyboard import Keyboard
from claimbook.app.lettering import Paragraph, label
from claimbook.app.screens.desk import DeskScreen
from claimbook.app.screens.room import Room
from claimbook.app.spoken import count
from claimbook.app.styles import read_rest
from claimbook.app.view import View
from claimbook.book.errors import ConflictError, MovedOnError
from claimbook.book.refusals import Overtaken, Refused
from claimbook.index.watch import LeftError
from claimbook.record.dates import today

if TYPE_CHECKING:
    from claimbook.app.screens.conflict import Way

T = TypeVar("T")

_SHOWING = 1.0
"""Seconds from one look at how far checking a large book is to the next."""
_FIRST_GLIMPSE = 0.05
"""Seconds from one look at what is read so far to the next, while that is nothing."""
_A_GLIMPSE = 0.25
"""Seconds from one such look to the next afterwards, at least."""
_FOR_GLIMPSES = 10
"""The part of the time that looking may take, so that the reading has it."""
_HOLDING = 0.2
"""Seconds that the first picture waits for the book as it was known last."""
_SIGNALS = (signal.SIGTERM, signal.SIGHUP)


class OpenBook(App[None], inherit_bindings=False):
    """Holds the open book, and does with it what takes longer than a key may, one thing at a time."""

    def __init__(self, root: Path, keeper: Keeper | None = None, *, ansi_color: bool | None = None) -> None:
        """Take the book's folder, and its keeper where there is one already; read nothing yet."""
        super().__init__(ansi_color=ansi_color)
        self.keeper = keeper or Keeper(root)
        """The way to the book."""
        self.view: View | None = None
        """The book as it is shown, None until it is read."""
        self.view_changed: Signal[View] = Signal(self, "view-changed")
        """Says that the view is another."""
        self.keyboard = Keyboard(self, super().on_event)
        """Gives out what is typed, in its order."""
        self._root = root
        self._keeping = ThreadPoolExecutor(1, "keeping")
        self._searching = ThreadPoolExecutor(1, "searching")
        self._checking = False

    async def on_event(self, event: events.Event) -> None:
        """Let the keyboard give out keys and pastes in their turn. Textual asks for this."""
        if isinstance(event, (events.Key, events.Paste)) and not event.is_forwarded:
            self.keyboard.strike(event)
        else:
            await super().on_event(event)

    def on_unmount(self) -> None:
        """Let the threads end with what they have been given to do. Textual tells when."""
        self._keeping.shutdown(wait=False)
        self._searching.shutdown(wait=False)

    async def keep(self, what: Callable[..., T], *given: object) -> T:
        """Have the keeper do something in its thread, after whatever it is doing now.

        It is done to the end, whatever becomes of those who wait for it.
        """
        return await asyncio.shield(asyncio.wrap_future(self._keeping.submit(what, *given)))

    async def search(self, what: Callable[..., T], *given: object) -> T:
        """Have something looked for in the thread that searches; what SQLite takes for that it takes once."""
        return await asyncio.wrap_future(self._searching.submit(what, *given))

    async def judge(self, files: Sequence[str], judgement: Judgement) -> bool:
        """Append a verdict to records and say what came of it; errors are the keeper's."""
        return await self.write(files, str(judgement.rating), self.keeper.judge, files, judgement)

    async def write(
        self, files: Sequence[str], what: str, change: Callable[..., View], *given: object
    ) -> bool:
        """Have the keeper change records, show what came of it and answer whether it was done.

        Where somebody else has changed the same value, the person is asked; other errors are the keeper's.
        """
        from claimbook.app.screens.conflict import Way

        while True:
            try:
                with self.keyboard.held():
                    self._show(await self.keep(change, *given))
            except (Overtaken, ConflictError) as error:
                answer = await self._ask_about(error, files)
                if answer is Way.MINE:
                    continue
                if answer is not Way.EDIT or not await self._edit_both(error, files, what):
                    return False
            self._tell(f"Saved: {what} on {_named(files)}. u takes it back.")
            self._check()
            return True

    async def _ask_about(self, error: Overtaken | ConflictError, files: Sequence[str]) -> "Way | None":
        """Show both changes, ask what is to become of them, and read what is there by then."""
        from claimbook.app.screens.conflict import Conflict

        self.keyboard.forget()
        answer = await self.push_screen_wait(Conflict(error, alone=len(files) == 1))
        self._show((await self.keep(self.keeper.look_at, files))[0])
        return answer

    async def _edit_both(self, error: Overtaken | ConflictError, files: Sequence[str], what: str) -> bool:
        """Have both changes edited as one text, and tell whether that was saved.

        Where there is more than one claim to change, or no text with both, the file is edited as it is now.
        """
        from claimbook.app.screens.conflict import line_of
        from claimbook.app.settling import both, settle

        texts = both(error) if len(files) == 1 else None
        if texts is None:
            self.edit(error.file, line_of(self.view, error))
            return False
        view = await settle(self, texts, f"{what.capitalize()} and another change on {_named(files)}")
        if view is not None:
            self._show(view)
        return view is not None

    async def add(self, values: Mapping[str, Any], identifier: str | None, folder: str) -> Addition:
        """Add a claim, and show the book with it; errors are the keeper's."""
        with self.keyboard.held():
            added = await self.keep(self.keeper.add, values, identifier, folder)
        self._show(added.view)
        self._check()
        return added

    def edit(self, file: str, line: int) -> None:
        """Open a file of the book in the person's editor, then read it again."""
        from claimbook.app.editor import run_editor

        try:
            with self.suspend():
                run_editor(self._root / file, line)
        except SuspendNotSupported:
            self.notify(f"No editor can be started from here: open {file} yourself.", severity="warning")
            return
        except Refused as error:
            self.notify(str(error), severity="error")
        self._look_after_editing(file)

    @work(group="keys")
    async def _give_keys(self) -> None:
        await self.keyboard.run()

    async def _await_recalled(self) -> None:
        """Have the first picture show the book as it was known last, unless that takes long."""
        recalled = asyncio.wrap_future(self.keeper.recall_ahead())
        await asyncio.wait({recalled}, timeout=_HOLDING)
        if recalled.done() and not recalled.exception():
            self._show_recalled(recalled.result())

    def _load_screen_css(self, screen: Screen[Any]) -> None:
        """Have all styles there before another screen opens. Textual asks for this."""
        if not isinstance(screen, DeskScreen):
            for _ in read_rest(self.stylesheet):
                pass
        super()._load_screen_css(screen)

    def _show_recalled(self, view: View | None) -> None:
        if view is not None:
            self._show(view)

    @work(group="read")
    async def _read(self) -> None:
        """Read the book for the first time, and say how far that is."""
        if self.view is None:
            self._show_recalled(await asyncio.wrap_future(self.keeper.recall_ahead()))
        if self.view is not None:
            await self._painted()
        haste.end()
        for _ in read_rest(self.stylesheet):
            await asyncio.sleep(0)  # so that a key need not wait for all of them
        self._follow()
        progress = self.set_interval(0.3, self._tell_progress)
        glimpses = self._glimpse() if self.view is None else None
        try:
            view, _ = await self.keep(self.keeper.look)
        except LeftError:
            return
        finally:
            progress.stop()
            if glimpses is not None:
                glimpses.cancel()
        self._show(view)
        self._check()

    @work(group="glimpse")
    async def _glimpse(self) -> None:
        """Show what is read so far of a book that is read for the first time, now and then."""
        rest = _FIRST_GLIMPSE
        while True:
            await asyncio.sleep(rest)
            begun = monotonic()
            view = await asyncio.to_thread(self.keeper.glimpse)
            if view is not None:
                self._show(view)
                rest = max(_A_GLIMPSE, _FOR_GLIMPSES * (monotonic() - begun))

    async def _painted(self) -> None:
        """Wait until what is to be shown is on the screen; what comes next would take its time from it."""
        painted = asyncio.Event()
        self.call_after_refresh(painted.set)
        await painted.wait()

    def _tell_progress(self) -> None:
        if isinstance(self.screen, DeskScreen) and (self.view is None or self.reading):
            self.screen.show_progress()

    @property
    def reading(self) -> bool:
        """Whether files are being read that were not known, so that the book shows as it was or in part."""
        return self.view is not None and self.view.recalled and self.keeper.watch.seen > 0

    @work(group="check")
    async def _check(self) -> None:
        """Count what is not counted yet, and hold what is new against the rules, a part at a time."""
        if self.view is not None and self.view.hasty:
            self._show(await self.keep(self.keeper.catch_up))
        if self._checking:
            return
        self._checking = True
        has_helper = await self.keep(lambda: self.keeper.large)
        while self.view is not None and not self.view.checked:
            if has_helper:  # what changes meanwhile is for it, too
                has_helper = await self._have_checked()
            else:
                self._show(await self.keep(self.keeper.check))
        self._checking = False
        whole = False
        while not whole:
            whole = await self.keep(self.keeper.take_in)

    async def _have_checked(self) -> bool:
        """Have another program do that, show how far it is, and tell whether it got to the end."""
        from claimbook.index.behind import LAST_STEP

        with self.keeper.begun() as program:
            steps = program.stdout if program is not None else None
            shown, step, last = monotonic(), "begun", ""
            while steps is not None and step:
                last, step = step, (await asyncio.to_thread(steps.readline)).strip()
                if not step or monotonic() > shown + _SHOWING:
                    self._show(await self.keep(self.keeper.catch_up))
                    shown = monotonic()
        return last == LAST_STEP

    @work(group="watch")
    async def _follow(self) -> None:
        """Look whenever files change, whoever changes them."""
        watch = await asyncio.to_thread(_watch)
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
        except LeftError:
            return
        from claimbook.app.news import news

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
            from claimbook.app.faults import told as finding
            from claimbook.app.screens.question import Question

            head = Paragraph((label(f"{count(len(errors), 'error')} in {file}", "bad"),))
            parts = [head, *(part for item in errors for part in (Paragraph(()), *finding(item, 60)))]
            question = Question(parts, "Back to the editor", "Leave it")
            self.push_screen(question, lambda back: self.edit(file, errors[0].span.line) if back else None)
        elif found := view.problems_of(file):
            self.notify(f"{count(len(found), 'warning')} in {file}: p shows them.")

    @work(group="step")
    async def _step(self, action: Literal["undo", "redo"]) -> None:
        try:
            with self.keyboard.held():
                view, step = await self.keep(self.keeper.turn, action)
                self._show(view)
                self._room.turn_back_to(step.files)
        except MovedOnError as error:
            from claimbook.app.screens.moved import Moved

            self.keyboard.forget()
            if file := await self.push_screen_wait(Moved(error, action)):
                self.edit(file, 1)
            return
        except REFUSALS as error:
            self.notify(str(error), severity="warning", timeout=8)
            return
        done = "Undone" if action == "undo" else "Done again"
        self._tell(f"{done}: {step.title} ({count(len(step.files), 'file')}).")
        self._check()

    def _tell(self, sentence: str) -> None:
        """Have the screen that shows the book say what was done."""
        self._room.tell(sentence)

    @property
    def _room(self) -> Room:
        return next(screen for screen in reversed(self.screen_stack) if isinstance(screen, Room))

    def _show(self, view: View) -> None:
        self.view = view
        self.view_changed.publish(view)
        for notice in self.keeper.take_notices():
            self.notify(notice, severity="warning", timeout=10)


def _named(files: Sequence[str]) -> str:
    if len(files) > 1:
        return count(len(files), "claim")
    return files[0].rsplit("/", 1)[-1].removesuffix(".yaml")


def _watch() -> "Callable[[Path], AsyncIterator[set[str]]]":
    """Import what watching takes."""
    from claimbook.book.watch import watch

    return watch
