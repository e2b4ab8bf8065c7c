"""What becomes of what was typed when the desk is ended, and when it opens again."""

import asyncio
import signal
import termios
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from textual import work

from claimbook.app.keeper import Keeper
from claimbook.app.openbook import OpenBook
from claimbook.app.preferences import Preferences
from claimbook.app.screens.room import Dialog, Room
from claimbook.app.view import View

if TYPE_CHECKING:
    from claimbook.app.drafts import Draft, Kept

_LOCAL = 3
"""Where termios has the modes of lines and echo."""


class PartingBook(OpenBook, inherit_bindings=False):
    """Keeps what was typed where the desk is ended from outside, and offers it the next time."""

    preferences: Preferences
    """The person's settings."""

    def __init__(self, root: Path, keeper: Keeper | None = None, *, ansi_color: bool | None = None) -> None:
        """Take the book's folder, and its keeper where there is one already; read nothing yet."""
        super().__init__(root, keeper, ansi_color=ansi_color)
        self.parting = ""
        """What is to be said once the terminal is the shell's again; empty where nothing is."""
        self._parted = False

    def mind_going_on(self) -> None:
        """Take the terminal again when the process goes on only where it was given back, and is there still.

        Textual takes it whenever the process is continued. A terminal's going away continues the process too:
        that one Textual would wait for without end. One that it still has it would not give back as it was.
        """
        again = signal.getsignal(signal.SIGCONT)
        if callable(again):
            signal.signal(signal.SIGCONT, lambda number, frame: self._go_on(again, number, frame))

    def _go_on(
        self, again: Callable[[int, FrameType | None], object], number: int, frame: FrameType | None
    ) -> None:
        try:
            is_ours = not termios.tcgetattr(0)[_LOCAL] & termios.ICANON
        except termios.error:
            return
        if not is_ours:
            again(number, frame)
        self.refresh(layout=True)

    def on_exit_app(self) -> None:
        """Keep what was typed where the desk is ended in another way, as by a browser. Textual tells it."""
        self.part(keeping=True)

    def part(self, *, keeping: bool) -> None:
        """Keep what was typed and not saved, once, or let it go where the person said so."""
        if keeping and not self._parted and (drafts := self._typed()):
            self._keep(drafts)
        self._parted = True

    def offer_typed(self, view: View) -> None:
        """Offer what was typed and not saved when the desk was ended, once the book has been looked at."""
        if view.recalled:
            return
        self.view_changed.unsubscribe(self)
        from claimbook.app.drafts import kept_drafts

        if kept := kept_drafts(self._root):
            from claimbook.app.resuming import told
            from claimbook.app.screens.question import Question

            drafts = [draft for item in kept for draft in item.drafts]
            self.push_screen(
                Question(told(drafts), "Take it up", "Not now"), lambda yes: self._answer(kept, yes)
            )

    def _answer(self, kept: "Sequence[Kept]", agreed: bool | None) -> None:  # noqa: FBT001 - the answer
        if agreed:
            self._take_up(kept)

    def _typed(self) -> "list[Draft]":
        shown = [screen for screen in self.screen_stack if isinstance(screen, Room | Dialog)]
        return [draft for screen in shown if screen.is_mounted for draft in screen.drafts]

    def _keep(self, drafts: "Sequence[Draft]") -> None:
        """Keep drafts, or give them to whoever started the desk where the disk does not take them."""
        from claimbook.app.drafts import keep_drafts

        try:
            keep_drafts(self._root, drafts)
        except OSError as error:
            from claimbook.app.resuming import spelled

            reason = error.strerror or error
            self.parting = f"What you typed could not be kept ({reason}). Here it is.\n{spelled(drafts)}"
        else:
            self.parting = "What you typed is kept: the desk offers it again when it opens."

    @work(group="drafts")
    async def _take_up(self, kept: "Sequence[Kept]") -> None:
        """Open the screens in which it was typed, as they were; what has no place any more stays kept."""
        from claimbook.app.drafts import drop_drafts, keep_drafts
        from claimbook.app.resuming import screens

        view = self.view
        if view is None:
            return
        waiting = {item.listing.file for item in await asyncio.to_thread(lambda: view.queue)}
        for item in kept:
            found, homeless = screens(item.drafts, view, waiting, self.preferences.signature)
            for screen in found:
                await self.push_screen(screen)
            if homeless:
                self.notify(
                    f"Its article is gone: what you typed stays in {item.file.parent}.", severity="warning"
                )
            with suppress(OSError):  # where that fails, all of it is offered again
                if homeless and found:
                    keep_drafts(self._root, homeless)
                if found:
                    drop_drafts(item)
