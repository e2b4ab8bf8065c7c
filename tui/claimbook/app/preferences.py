"""What is a person's and not the book's: name, keys, theme, saved filters; in the user's config folder."""

import getpass
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs

from claimbook.record.diagnostics import Diagnostic

FILE = "settings.yaml"


@dataclass(frozen=True, slots=True)
class Preferences:
    """A person's settings, `settings.yaml` in the config folder."""

    reviewer: str | None = None
    """The name that verdicts are signed with; without one, the log-in name."""
    theme: str | None = None
    """The desk's theme, as the command palette names it."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Keys for actions, by the action's name: `verdict: v`; several are separated by commas."""
    filters: Mapping[str, str] = field(default_factory=dict)
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
    if not path.exists() and not path.is_symlink():
        return Preferences(), ()
    from claimbook.app.preferencesfile import read_preferences

    return read_preferences(path)


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
