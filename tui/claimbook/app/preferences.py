"""What is a person's and not the book's: name, keys, theme, saved filters; in the user's config folder."""

import getpass
import os
import tempfile
from pathlib import Path

import platformdirs
from pydantic import Field

from claimbook.book.errors import BookFileError, MissingError
from claimbook.book.files import read
from claimbook.book.refusals import Refused
from claimbook.record.changes import SetField
from claimbook.record.diagnostics import Diagnostic, Severity, Span
from claimbook.record.editing import EditRefused, apply
from claimbook.record.model import Part
from claimbook.record.reading import Document, read_document
from claimbook.record.source import SourceText, decode

FILE = "settings.yaml"


class Preferences(Part):
    """A person's settings, `settings.yaml` in the config folder."""

    reviewer: str | None = None
    """The name that verdicts are signed with; without one, the log-in name."""
    theme: str | None = None
    """The desk's theme, as the command palette names it."""
    keys: dict[str, str] = Field(default_factory=dict)
    """Keys for actions, by the action's name: `verdict: v`; several are separated by commas."""
    filters: dict[str, str] = Field(default_factory=dict)
    """Filters under names of one's own, for the desk's sidebar."""

    @property
    def signature(self) -> str:
        """The name to sign verdicts with."""
        return self.reviewer or _login()


def config_file() -> Path:
    """Return where the person's settings are kept."""
    return platformdirs.user_config_path("claimbook", appauthor=False) / FILE


def load_preferences() -> tuple[Preferences, tuple[Diagnostic, ...]]:
    """Read the person's settings; without a file, or with one that cannot be read, the defaults.

    The diagnostics say what is wrong with the file; it is left as it is.
    """
    path = config_file()
    try:
        data = read(path)
    except MissingError:
        return Preferences(), ()
    except BookFileError as error:
        message = f"Your settings cannot be read: {error}"
        return Preferences(), (
            Diagnostic(str(path), Span(1, 1, 1, 1), Severity.ERROR, "encoding", message, ""),
        )
    document: Document[Preferences] = read_document(data, str(path), Preferences)
    return document.content or Preferences(), document.diagnostics


def keep_filter(name: str, text: str) -> Preferences:
    """Write a filter under a name into the person's settings, as an edit of their text, and return them.

    Raises:
        Refused: where the settings cannot be read or written, or the name is none; they stay as they are.
    """
    path = config_file().resolve()
    try:
        before = read(path) if path.exists() else b""
        after = _with_filter(before, str(path), name, text)
        document: Document[Preferences] = read_document(after, str(path), Preferences)
        if document.content is None:
            raise Refused(f"{path} cannot be changed surely: write the filter into it by hand.")
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, after)
    except (OSError, BookFileError, EditRefused) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise Refused(f"Your settings are as they were: {reason or error}") from None
    return document.content


def _with_filter(before: bytes, file: str, name: str, text: str) -> bytes:
    known: Document[Preferences] = read_document(before, file, Preferences)
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


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
