"""Ids that may stand as file names on every machine, and none that could lead out of the book."""

import re
import unicodedata
from collections.abc import Iterable

from claimbook.text import one_line

LONGEST = 64
"""Characters that an id may have."""

_SAFE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])", re.IGNORECASE)
_APOSTROPHES = re.compile("['’‘ʼ`´]")
_LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ħ": "h", "ı": "i", "ŋ": "n"}
)
_READ = 1000
"""Characters of a text that an id is made from; more than enough for 64."""


def problem_with(identifier: str) -> str | None:
    """Say what makes an id unfit and what to do, in one sentence; None for a safe one.

    An id is the stem of a file's name: runs of `a-z` and `0-9`, joined by single hyphens, at most 64
    characters, and none of the names that Windows keeps for devices, with whatever ending.
    """
    is_safe, is_device = _SAFE.fullmatch(identifier), _DEVICE.fullmatch(identifier)
    if is_safe and not is_device and len(identifier) <= LONGEST:
        return None
    if not identifier:
        return "This id is empty: write one of a-z, 0-9 and single hyphens."
    shown = f"The id `{_shortened(one_line(identifier))}`"
    if is_device:
        return f"{shown} is the name of a device on Windows: rename it, for instance to `{slug(identifier)}`."
    if not is_safe:
        return f"{shown} may have only a-z, 0-9 and single hyphens: rename it to `{slug(identifier)}`."
    return f"{shown} has {len(identifier)} characters: shorten it to {LONGEST} or fewer."


def folded(identifier: str) -> str:
    """Return what two ids must not have in common: folders of some systems tell no case apart."""
    return identifier.casefold()


def slug(text: str) -> str:
    """Make a safe id from a title or a claim.

    Letters lose their accents, what has no likeness in ASCII is left out, and the id ends with the last
    whole word that fits. It is `untitled` where nothing is left.
    """
    text = _APOSTROPHES.sub("", text[:_READ].casefold()).translate(_LETTERS)
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(char for char in plain if not unicodedata.combining(char)).lower()
    made = _joined(re.findall("[a-z0-9]+", plain)) or "untitled"
    return f"{made}-1" if _DEVICE.fullmatch(made) else made


def unused(identifier: str, taken: Iterable[str]) -> str:
    """Return the id, or the first of `id-2`, `id-3` … that none of the taken ones equals in any case."""
    known = {folded(other) for other in taken}
    candidate, number = identifier, 1
    while folded(candidate) in known:
        number += 1
        ending = f"-{number}"
        candidate = identifier[: LONGEST - len(ending)].rstrip("-") + ending
    return candidate


def _joined(words: list[str]) -> str:
    """Join as many words as fit; the first one is cut where it does not."""
    made = ""
    for word in words:
        longer = f"{made}-{word}" if made else word[:LONGEST]
        if len(longer) > LONGEST:
            break
        made = longer
    return made


def _shortened(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"
