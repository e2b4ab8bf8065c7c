"""How a person's settings are read from their file, and how a filter is written into it."""

import os
import tempfile
from pathlib import Path

from pydantic import Field

from claimbook.app.preferences import Preferences, config_file
from claimbook.book.errors import BookFileError, MissingError
from claimbook.book.files import read
from claimbook.book.refusals import Refused
from claimbook.record.changes import SetField
from claimbook.record.diagnostics import Diagnostic, Severity, Span
from claimbook.record.editing import EditRefused, apply
from claimbook.record.model import Part
from claimbook.record.reading import Document, read_document
from claimbook.record.source import SourceText, decode


class PreferencesFile(Part):
    """What the file can say; see `Preferences` for what it means."""

    reviewer: str | None = None
    """The name that verdicts are signed with; without one, the log-in name."""
    theme: str | None = None
    """The desk's theme, as the command palette names it."""
    keys: dict[str, str] = Field(default_factory=dict)
    """Keys for actions, by the action's name: `verdict: v`; several are separated by commas."""
    filters: dict[str, str] = Field(default_factory=dict)
    """Filters under names of one's own, for the desk's sidebar."""


def read_preferences(path: Path) -> tuple[Preferences, tuple[Diagnostic, ...]]:
    """Read the person's settings; where they cannot be read, the defaults.

    The diagnostics say what is wrong with the file; it is left as it is.
    """
    try:
        data = read(path)
    except MissingError:
        return Preferences(), ()
    except BookFileError as error:
        message = f"Your settings cannot be read: {error}"
        return Preferences(), (
            Diagnostic(str(path), Span(1, 1, 1, 1), Severity.ERROR, "encoding", message, ""),
        )
    document: Document[PreferencesFile] = read_document(data, str(path), PreferencesFile)
    return _meant(document.content), document.diagnostics


def keep_filter(name: str, text: str) -> Preferences:
    """Write a filter under a name into the person's settings, as an edit of their text, and return them.

    Raises:
        Refused: where the settings cannot be read or written, or the name is none; they stay as they are.
    """
    path = config_file().resolve()
    try:
        before = read(path) if path.exists() else b""
        after = _with_filter(before, str(path), name, text)
        document: Document[PreferencesFile] = read_document(after, str(path), PreferencesFile)
        if document.content is None:
            raise Refused(f"{path} cannot be changed surely: write the filter into it by hand.")
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, after)
    except (OSError, BookFileError, EditRefused) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise Refused(f"Your settings are as they were: {reason or error}") from None
    return _meant(document.content)


def _with_filter(before: bytes, file: str, name: str, text: str) -> bytes:
    known: Document[PreferencesFile] = read_document(before, file, PreferencesFile)
    wrong = next((item for item in known.diagnostics if item.is_error), None)
    if before.strip() and wrong is not None and known.root is not None:
        raise Refused(f"{wrong.place}: {wrong.message} Mend that first; nothing was written.")
    source, _ = decode(before, file)
    if known.root is None or known.root.get("filters") is None:
        ended = source.text if not source.text or source.text.endswith("\n") else f"{source.text}\n"
        source = SourceText(file, f"{ended}filters:\n", bom=source.bom)
    has_some = known.content is not None and known.content.filters
    change = SetField(("filters", name), text) if has_some else SetField(("filters",), {name: text})
    return source.to_bytes(apply(source, [change]))


def _replace(path: Path, data: bytes) -> None:
    """Put a file in the place of another, whole or not at all, with the permissions that it had."""
    number, name = tempfile.mkstemp(dir=path.parent, prefix=".settings-")
    try:
        with os.fdopen(number, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            Path(name).chmod(path.stat().st_mode & 0o777)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _meant(told: PreferencesFile | None) -> Preferences:
    if told is None:
        return Preferences()
    return Preferences(told.reviewer, told.theme, told.keys, told.filters)
