"""What is a person's and not the book's: name, keys, theme, saved filters; in the user's config folder."""

import getpass
from pathlib import Path

import platformdirs
from pydantic import Field

from claimbook.record.diagnostics import Diagnostic, Severity, Span
from claimbook.record.model import Part
from claimbook.record.reading import Document, read_document

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
        data = path.read_bytes()
    except FileNotFoundError:
        return Preferences(), ()
    except OSError as error:
        message = f"Your settings cannot be read ({error.strerror or error}): look at the file's permissions."
        span = Span(1, 1, 1, 1)
        return Preferences(), (Diagnostic(str(path), span, Severity.ERROR, "encoding", message, ""),)
    document: Document[Preferences] = read_document(data, str(path), Preferences)
    return document.content or Preferences(), document.diagnostics


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
