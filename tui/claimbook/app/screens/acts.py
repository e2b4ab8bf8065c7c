"""What can be done to claims besides judging them, on each screen that has claims to do it to."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from claimbook.app.actions import ACTIONS
from claimbook.app.screens.room import Room
from claimbook.record.ratings import Status

if TYPE_CHECKING:
    from claimbook.app.tasks import Task


class ActingRoom(Room):
    """A screen with claims that can be put aside and added to; forms say beforehand how many."""

    def targets(self) -> list[str]:
        """Return the files of the claims that an action is for."""
        raise NotImplementedError

    def after(self, *, done: bool) -> None:
        """Go on once a form is closed."""

    def tell_none(self) -> None:
        """Say that there is no claim to do it to."""
        self.notify("There is no claim here to do that to.")

    def action_snooze(self) -> None:
        """Keep claims out of the queue until a day."""
        from claimbook.app.tasks import snooze

        if self.desk.view is not None:
            self._begin(snooze(self.desk.view))

    def action_shelve(self) -> None:
        """Shelve claims, or take them from the shelf where all of them are on it."""
        from claimbook.app.tasks import shelve, take_up

        view = self.desk.view
        if view is not None:
            rows = [view.row(file) for file in self.targets()]
            statuses = {row.listing.status for row in rows if row and not row.broken}
            self._begin(take_up() if statuses == {Status.SHELVED} else shelve(view))

    def action_add(self) -> None:
        """Choose what is to be added."""
        from claimbook.app.addings import ADDINGS
        from claimbook.app.screens.menu import Menu

        if not self.targets():
            self.tell_none()
            return
        actions = [action for action in ACTIONS if action.name.removeprefix("add-") in ADDINGS]
        self.app.push_screen(Menu("Add to the claim", actions), self._chosen)

    def action_add_what(self, name: str) -> None:
        """Add something to the claim at hand."""
        from claimbook.app.addings import ADDINGS

        view, files = self.desk.view, self._readable()
        if view is not None and files:
            task = ADDINGS[name](view, files[0], self.desk.preferences.signature)
            many = name in ("tag", "subject")
            self._open(task, files if many else files[:1])

    def _chosen(self, name: str | None) -> None:
        if name is not None:
            self.action_add_what(name.removeprefix("add-"))

    def _begin(self, task: "Task") -> None:
        if files := self._readable():
            self._open(task, files)

    def _open(self, task: "Task", files: Sequence[str]) -> None:
        from claimbook.app.screens.form import Form

        if self.desk.view is not None:
            form = Form(task, files, self.desk.view)
            self.app.push_screen(form, lambda done: self.after(done=bool(done)))

    def _readable(self) -> list[str]:
        """Return the claims at hand that can be read; say so where none can."""
        view, files = self.desk.view, self.targets()
        readable = [file for file in files if view and file not in view.broken]
        if not files:
            self.tell_none()
        elif not readable:
            self.notify("A broken record cannot be changed: E opens it, to be mended.", severity="warning")
        return readable
