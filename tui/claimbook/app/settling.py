"""Two changes that meet: the person edits both, merged as far as that goes, and the result is saved."""

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from claimbook.app.editor import edited_text
from claimbook.app.keeper import REFUSALS
from claimbook.app.lettering import Paragraph, Span, prose
from claimbook.app.screens.question import Question
from claimbook.app.view import View
from claimbook.book.combining import offered
from claimbook.book.errors import ConflictError
from claimbook.book.refusals import Overtaken, Refused
from claimbook.record.conflicts import conflicts

if TYPE_CHECKING:
    from claimbook.app.openbook import OpenBook


def both(error: Overtaken | ConflictError) -> ConflictError | None:
    """Return the three texts of a conflict, where there is something to be made of them."""
    texts = error.texts if isinstance(error, Overtaken) else error
    return texts if texts is not None and offered(texts) is not None else None


async def settle(desk: "OpenBook", texts: ConflictError, title: str) -> View | None:
    """Let the person edit what two changes come to, until it is saved; None where they leave it."""
    data = offered(texts)
    while data is not None:
        data = _edited(desk, texts.file, data)
        if data is None:
            return None
        try:
            with desk.keyboard.held():
                return await desk.keep(desk.keeper.settle, texts, title, data)
        except REFUSALS as error:
            if not await desk.push_screen_wait(_question(error)):
                return None
            if isinstance(error, ConflictError) and (met := both(error)) is not None:
                texts, data = met, offered(met)
    return None


def _edited(desk: "OpenBook", file: str, data: bytes) -> bytes | None:
    """Open the editor on a text, at the first place that is left to the person; None where that fails."""
    line = next((found.line for found in conflicts(data.decode(errors="replace"))), 1)
    try:
        with desk.suspend():
            return edited_text(PurePosixPath(file).name, data, line)
    except SuspendNotSupported:
        desk.notify("No editor can be started from here: nothing was written.", severity="warning")
    except Refused as error:
        desk.notify(f"{error} Nothing was written.", severity="error")
    except OSError as error:
        desk.notify(f"There is no room to edit ({error.strerror or error}).", severity="error")
    return None


def _question(error: Exception) -> Question:
    lost = "What you edited is lost where you leave it; what you typed before stays in its form."
    parts = [Paragraph((prose(str(error)),)), Paragraph(()), Paragraph((Span(lost, "quiet"),))]
    return Question(parts, "Back to the editor", "Leave it")
