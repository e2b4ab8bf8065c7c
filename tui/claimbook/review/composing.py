"""From what a person fills in, as options or in a form, to the values that a record is written from."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from claimbook.record.dates import PartialDate
from claimbook.record.ratings import Status
from claimbook.record.shapes import nearest
from claimbook.record.terms import Stance

_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]+)?) *%")
_DAY = re.compile("[0-9][0-9-]*")
_BETWEEN = re.compile(r"\s*[,;]\s*")


def claim_values(sentence: str, kind: str, source: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """Return an open claim with one source as it is to be written; `more` are other keys of a record."""
    return {
        "claim": sentence.strip(),
        "kind": kind,
        "status": str(Status.OPEN),
        "sources": [dict(source)],
        **more,
    }


def source_values(
    place: Mapping[str, Any],
    *,
    stance: str | None,
    certainty: str,
    via: Sequence[Mapping[str, str]] | None,
    **more: Any,
) -> dict[str, Any]:
    """Return a source as it is to be written.

    `place` says where it stands; without a stance, a source that has it from others relays, and else asserts.
    `via` is None where nobody knows, and empty where it is first hand.
    """
    chosen = stance or str(Stance.RELAYS if via else Stance.ASSERTS)
    item = {
        **place,
        "date": more.get("date"),
        "stance": chosen,
        "certainty": certainty,
        "by": more.get("by"),
        "via": links_written(via),
        "fidelity": more.get("fidelity"),
        "note": more.get("note"),
    }
    return {key: value for key, value in item.items() if value is not None}


def links_written(links: Sequence[Mapping[str, str]] | None) -> list[Any] | None:
    """Return a chain as it is to be written: names alone where no link has more than a name."""
    if links is None:
        return None
    if all(set(link) == {"name"} for link in links):
        return [link["name"] for link in links]
    return [dict(link) for link in links]


def read_link(text: str) -> dict[str, str]:
    """Read a link in the chain of whom: `Reuters`, `Reuters@2021-03-26`, `anonymous:two people`.

    Raises:
        ValueError: with what to write instead.
    """
    named, report = _report(text.strip())
    head, colon, people = named.partition(":")
    if colon and head.strip().lower() != "anonymous" and nearest(head, ["anonymous"], least=75):
        raise ValueError(f"{text!r}: did you mean anonymous:{people.strip()}?")
    anonymous = bool(colon) and head.strip().lower() == "anonymous"
    words = people.strip() if anonymous else named
    if not words:
        raise ValueError(f"{text!r}: write a name, or anonymous:'three people'.")
    link = {"anonymous" if anonymous else "name": words}
    return {**link, "report": report} if report else link


def read_links(text: str) -> list[dict[str, str]]:
    """Read a chain of links with commas between them, nearest first; it raises what `read_link` does."""
    return [read_link(part) for part in _BETWEEN.split(text.strip()) if part]


def read_probability(text: str) -> str:
    """Read `0.6` or `60%`, and return it as it is written down, a number from 0 to 1.

    Raises:
        ValueError: where it is none.
    """
    percent = _PERCENT.fullmatch(text.strip())
    try:
        number = float(percent[1]) / 100 if percent else float(text)
    except ValueError:
        number = math.nan
    if not 0 <= number <= 1:
        raise ValueError("write a number from 0 to 1, such as 0.6 or 60%")
    return f"{number:.6f}".rstrip("0").rstrip(".")


def items(texts: Iterable[str]) -> list[str]:
    """Return the items of texts that may hold several, separated by commas; each once."""
    parts = (part.strip() for text in texts for part in text.split(","))
    return list(dict.fromkeys(part for part in parts if part))


def _report(text: str) -> tuple[str, str | None]:
    """Take the day of a report off the end."""
    named, at, day = text.rpartition("@")
    if not at or not _DAY.fullmatch(day):
        return text, None
    try:
        return named.strip(), str(PartialDate.parse(day))
    except ValueError as error:
        raise ValueError(f"{text}: {error}.") from None
