"""Opening a file in the person's own editor, at a line."""

import os
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path

from claimbook.book.refusals import Refused

_PLUS = (
    "vi",
    "vim",
    "nvim",
    "view",
    "nano",
    "emacs",
    "emacsclient",
    "kak",
    "micro",
    "joe",
    "mcedit",
    "ne",
    "jed",
)
_COLON = ("code", "code-insiders", "codium", "cursor", "zed", "subl", "hx", "helix")
_GOTO = ("code", "code-insiders", "codium", "cursor")
_USUAL = ("sensible-editor", "nano", "vim", "vi")


def editor_command(path: Path, line: int = 1) -> list[str]:
    """Return the words that start the editor of `$VISUAL` or `$EDITOR` on a file, at a line where it can.

    The variable is split into words as a shell would, and no shell is run.

    Raises:
        Refused: where no editor is named and none is found.
    """
    told = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    try:
        words = shlex.split(told) if told else []
    except ValueError:
        raise Refused(f"$VISUAL or $EDITOR has an open quotation mark ({told}): mend it.") from None
    if not words:
        found = next((name for name in _USUAL if shutil.which(name)), None)
        if found is None:
            raise Refused("There is no editor: set $VISUAL, for example to `code --wait`.")
        words = [found]
    return [*words, *_at_line(Path(words[0]).name, path, line)]


def run_editor(path: Path, line: int = 1) -> None:
    """Open a file in the editor and wait until it is closed.

    Raises:
        Refused: where the editor cannot be started, or says that it failed.
    """
    words = editor_command(path, line)
    try:
        code = subprocess.run(words, check=False).returncode  # noqa: S603 - the person's own editor, no shell
    except OSError as error:
        reason = error.strerror or str(error)
        raise Refused(f"The editor {words[0]} cannot be started ({reason}): set $VISUAL.") from None
    if code != 0:
        raise Refused(f"The editor {words[0]} ended with code {code}; the file is as the editor left it.")


def edited_text(name: str, data: bytes, line: int) -> bytes:
    """Have a text edited that is in no file yet, under a file's name, and return what became of it.

    Raises:
        Refused: where the editor cannot be started, or says that it failed.
        OSError: where there is no room for it.
    """
    with tempfile.TemporaryDirectory(prefix="claimbook-") as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        run_editor(path, line)
        return path.read_bytes()


def _at_line(name: str, path: Path, line: int) -> list[str]:
    absolute = str(path.absolute())
    if line <= 1:
        return [absolute]
    if name in _PLUS:
        return [f"+{line}", absolute]
    if name in _COLON:
        place = f"{absolute}:{line}"
        return ["--goto", place] if name in _GOTO else [place]
    return [absolute]
