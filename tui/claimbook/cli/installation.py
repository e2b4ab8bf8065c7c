"""How this installation of claimbook fares: Python, libraries, terminal, editor, settings, watching."""

import os
import platform
import re
import shutil
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from claimbook import __version__
from claimbook.app.editor import editor_command
from claimbook.app.preferences import config_file, load_preferences
from claimbook.book.probing import watches_allowed
from claimbook.book.refusals import Refused
from claimbook.cli.symptoms import Symptom, fine, odd, wrong

_OLDEST = (3, 11)
_ENOUGH_FOLDERS = 1024
_ENOUGH_PROGRAMS = 16
_REQUIREMENT = re.compile(r"(?P<name>[A-Za-z0-9._-]+)\s*(?P<bounds>[^;]*)(?:;(?P<marker>.*))?")
_LEAST = re.compile(r">=\s*([0-9][0-9.]*)")


def look_at_installation() -> Iterator[Symptom]:
    """Yield how each part fares."""
    yield _python()
    yield from _libraries()
    yield _parser()
    yield _extra()
    yield _terminal()
    yield _editor()
    yield from _settings()
    yield _watching()
    yield from _day()


def _python() -> Symptom:
    seen = f"claimbook {__version__} on Python {platform.python_version()}, {platform.system()}"
    if sys.version_info < _OLDEST:
        return wrong("python", seen, f"Install it on Python {_OLDEST[0]}.{_OLDEST[1]} or newer.")
    return fine("python", seen)


def _libraries() -> Iterator[Symptom]:
    """Hold the libraries that are there against those that claimbook asks for."""
    try:
        requirements = metadata.requires("claimbook") or []
    except metadata.PackageNotFoundError:
        yield odd(
            "libraries", "claimbook is not installed as a package.", "Install it, for instance with pip."
        )
        return
    seen = []
    for requirement in requirements:
        match = _REQUIREMENT.fullmatch(requirement)
        if match is None or "extra" in (match["marker"] or ""):
            continue
        name, bounds = match["name"], match["bounds"].strip()
        found = _version(name)
        least = _LEAST.search(bounds)
        if found is None:
            yield wrong("libraries", f"{name} is missing.", f"pip install '{name}{bounds}'")
        elif least and _numbers(found) < _numbers(least[1]):
            yield wrong(
                "libraries", f"{name} {found} is older than {least[1]}.", f"pip install '{name}{bounds}'"
            )
        else:
            seen.append(f"{name} {found}")
    yield fine("libraries", ", ".join(seen))


def _parser() -> Symptom:
    import yaml

    if yaml.__with_libyaml__:
        return fine("libyaml", "PyYAML has its C parser.")
    return odd(
        "libyaml",
        "PyYAML has no C parser, so reading takes longer.",
        "Install a PyYAML wheel for your system.",
    )


def _extra() -> Symptom:
    found = _version("trafilatura")
    if found:
        return fine("articles from html", f"trafilatura {found}")
    return fine("articles from html", "Not installed; `pip install 'claimbook[fetch]'` adds them.")


def _terminal() -> Symptom:
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    if encoding != "utf8":
        return odd(
            "terminal",
            f"Output is encoded as {sys.stdout.encoding}.",
            "Set LANG to a UTF-8 one, or PYTHONUTF8=1.",
        )
    if not sys.stdout.isatty():
        return fine("terminal", "None: output is plain text.")
    if os.environ.get("TERM", "dumb") == "dumb":
        return odd(
            "terminal", "TERM names none that the desk can draw on.", "Set TERM, to xterm-256color say."
        )
    if os.environ.get("NO_COLOR"):
        return fine("terminal", f"{os.environ['TERM']}, without colours as NO_COLOR asks.")
    full = os.environ.get("COLORTERM") in ("truecolor", "24bit")
    return fine("terminal", f"{os.environ['TERM']}, {'all colours' if full else 'some colours'}")


def _editor() -> Symptom:
    advice = "Set $VISUAL or $EDITOR, for instance to `code --wait`."
    try:
        name = editor_command(Path("claim.yaml"))[0]
    except Refused as error:
        return odd("editor", str(error), advice)
    if shutil.which(name) is None:
        return odd("editor", f"{name} is not found.", advice)
    return fine("editor", name)


def _settings() -> Iterator[Symptom]:
    _, diagnostics = load_preferences()
    for item in diagnostics:
        yield (wrong if item.is_error else odd)("settings", f"{item.place}: {item.message}", "Mend the file.")
    if not diagnostics:
        there = config_file().exists()
        yield fine("settings", f"{config_file()}{'' if there else ' (none yet, so the defaults hold)'}")


def _watching() -> Symptom:
    allowed = watches_allowed()
    if allowed is None:
        return fine("watching", "There is no limit to speak of.")
    folders, programs = allowed
    seen = f"{folders:,} folders by {programs:,} programs"
    if folders < _ENOUGH_FOLDERS or programs < _ENOUGH_PROGRAMS:
        advice = "Raise fs.inotify.max_user_watches and max_user_instances, or the desk may miss changes."
        return odd("watching", f"The system watches at most {seen}.", advice)
    return fine("watching", f"At most {seen}.")


def _day() -> Iterator[Symptom]:
    told = os.environ.get("CLAIMBOOK_TODAY")
    if told:
        yield odd("today", f"CLAIMBOOK_TODAY sets the day to {told}.", "Unset it, unless that is meant.")


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"[0-9]+", version)[:3])
