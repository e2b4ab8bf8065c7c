"""The desk, a Textual app over one book."""

import asyncio
import os
import signal
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path, PurePath
from typing import ClassVar, Literal, TypeVar

from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.screen import Screen
from textual.worker import WorkerFailed

from claimbook.app.colours import readable
from claimbook.app.facets import Facet
from claimbook.app.keeper import Keeper
from claimbook.app.keymap import bindings, read_keymap
from claimbook.app.memory import recall, remember
from claimbook.app.parting import PartingBook
from claimbook.app.preferences import load_preferences
from claimbook.app.screens.desk import DeskScreen
from claimbook.app.screens.room import Dialog, Room
from claimbook.app.styles import FIRST
from claimbook.text import visible

T = TypeVar("T")

_SIGNALS = (signal.SIGTERM, signal.SIGHUP)


class Desk(PartingBook, inherit_bindings=False):
    """The desk: an open book, its screens, and the person's settings."""

    TITLE = "claimbook"
    BINDINGS: ClassVar[list[BindingType]] = bindings("everywhere")
    CSS_PATH: ClassVar[list[str | PurePath]] = FIRST

    def __init__(self, root: Path, keeper: Keeper | None = None) -> None:
        no_color = os.environ.get("NO_COLOR")
        super().__init__(root, keeper, ansi_color=True if no_color else None)
        if no_color:  # Textual takes it away, and the editor is to know of it too
            os.environ["NO_COLOR"] = no_color
        self.preferences, self._complaints = load_preferences()
        self._keymap_told = read_keymap(self.preferences.keys)
        self._memory = recall(root)
        self._begin_theme()

    @property
    def fault(self) -> BaseException | None:
        """What ended the desk, where that was a fault of the program's; a worker's is unwrapped."""
        error = self._exception
        return error.error if isinstance(error, WorkerFailed) else error

    def get_default_screen(self) -> Screen[None]:
        """Begin with the desk. Textual asks for this."""
        return DeskScreen(self._memory)

    def get_css_variables(self) -> dict[str, str]:
        """Add the colours of the desk to the theme's. Textual asks for this."""
        theme = super().get_css_variables()
        return theme | readable(theme, dark=self.current_theme.dark)

    async def on_mount(self) -> None:
        """Put the person's settings to use, and begin to read."""
        self.set_keymap(self._keymap_told.keys)
        loop = asyncio.get_running_loop()
        for number in _SIGNALS:
            with suppress(NotImplementedError):  # not on this system
                loop.add_signal_handler(number, self.leave, 128 + number)
        self.mind_going_on()
        for item in self._complaints:
            self.notify(f"{item.place}: {item.message}", severity="warning")
        for complaint in self._keymap_told.complaints:
            self.notify(complaint, severity="warning")
        if (told := self.preferences.theme) and told not in self.available_themes:
            self.notify(f"There is no theme {told}: the palette (ctrl+p) names them.", severity="warning")
        self._give_keys()
        self.view_changed.subscribe(self, self.offer_typed)
        await self._await_recalled()
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
        from claimbook.app.screens.help import Help

        screen = self.screen
        if isinstance(screen, (Room, Dialog)) and not isinstance(screen, Help):
            self.push_screen(Help(screen.CONTEXTS, self._keymap_told.keys))

    async def action_quit(self) -> None:
        """Leave the desk; ask first where something that was typed would be lost."""
        unsaved = self.screen.unsaved if isinstance(self.screen, Room) else ""
        if not unsaved:
            self.leave(0)
            return
        from claimbook.app.screens.question import ask

        question = ask(f"Leave the desk, and lose {unsaved}?", "Lose it", "Stay")
        self.push_screen(question, lambda agreed: self.leave(0) if agreed else None)

    def leave(self, code: int) -> None:
        """Remember how the desk was, and leave it with an exit code; any but 0 keeps what was typed."""
        self.keeper.leave()
        self.part(keeping=code != 0)
        base = self.screen_stack[0] if self.screen_stack else None
        if isinstance(base, DeskScreen):
            memory = base.memory
            memory.theme = self._memory.theme if self.no_color else self.theme
            remember(self._root, memory)
        self.exit(return_code=code)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer the actions that work on a screen, and the themes. Textual asks for this, for the palette."""
        from claimbook.app.palette import commands

        yield SystemCommand("Theme", "Change the colours.", self.action_change_theme)
        if isinstance(screen, Room):
            yield from commands(screen)

    def _fatal_error(self) -> None:
        """End without Textual's traceback: it shows values, which are other people's texts; see `fault`."""
        self.part(keeping=True)
        self.bell()
        self._close_messages_no_wait()

    def _begin_theme(self) -> None:
        """Take the person's theme, before anything is styled."""
        told = self.preferences.theme
        remembered = "ansi-dark" if self.no_color else self._memory.theme
        if told in self.available_themes or remembered in self.available_themes:
            self.set_reactive(App.theme, told if told in self.available_themes else remembered)
