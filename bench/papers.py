"""Invented articles, Dutch and English, whose sentences the invented claims quote."""

from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from random import Random

from vocabulary import (
    AGENCIES,
    CITIES,
    DUTCH_CORES,
    DUTCH_OPENINGS,
    ENGLISH_CORES,
    ENGLISH_OPENINGS,
    PUBLISHERS,
    SUBJECTS,
    TAILS,
)

FIRST = date(2019, 1, 7)
"""The day of the oldest article."""
LAST = date(2026, 11, 20)
"""The day of the newest."""


@dataclass(frozen=True, slots=True)
class Paper:
    """An article to quote from."""

    id: str
    """Its file's stem."""
    day: date
    """When it was published."""
    publisher: str
    """Who published it."""
    lang: str
    """`nl` or `en`."""
    sentences: tuple[str, ...]
    """Its sentences, each of them once in the text."""
    text: str
    """What stands below the front matter."""
    data: bytes
    """What the file holds."""


def papers(number: int, seed: int) -> list[Paper]:
    """Make so many articles, oldest first."""
    rng = Random(f"papers {seed}")  # noqa: S311 - nothing is kept secret here
    span = (LAST - FIRST).days
    days = sorted(FIRST + timedelta(days=rng.randrange(span)) for _ in range(number))
    return [_paper(index, day, rng) for index, day in enumerate(days)]


def _paper(index: int, day: date, rng: Random) -> Paper:
    lang = rng.choice(("nl", "nl", "en"))
    publisher = rng.choice(PUBLISHERS)
    firms = rng.sample(SUBJECTS, 8)
    sentences = tuple(dict.fromkeys(_sentence(lang, firms, rng) for _ in range(rng.randint(25, 90))))
    text = _text(sentences, publisher, day, rng)
    head = [f"title: {firms[0]} {'in' if lang == 'nl' else 'and'} {firms[1]}", f"publisher: {publisher}"]
    head += [f"date: {day}", f"lang: {lang}", f"sha256: {sha256(text.encode()).hexdigest()}"]
    data = "\n".join(("---", *head, "---", text)).encode()
    slug = firms[0].lower().replace(" ", "-")
    return Paper(f"{day}-{slug}-{index}", day, publisher, lang, sentences, text, data)


def _sentence(lang: str, firms: list[str], rng: Random) -> str:
    openings, cores = (DUTCH_OPENINGS, DUTCH_CORES) if lang == "nl" else (ENGLISH_OPENINGS, ENGLISH_CORES)
    opening = rng.choice(openings).format(agency=rng.choice(AGENCIES))
    core = rng.choice(cores).format(firm=rng.choice(firms), city=rng.choice(CITIES), n=rng.randint(12, 9_999))
    return f"{opening} {core}{rng.choice(TAILS)}."


def _text(sentences: tuple[str, ...], publisher: str, day: date, rng: Random) -> str:
    """Lay sentences out in paragraphs, with the furniture of a page."""
    parts = [f"{publisher} – {day:%d-%m-%Y}", "Leestijd: 3 minuten"]
    at = 0
    while at < len(sentences):
        long = rng.randint(1, 6)
        parts.append(" ".join(sentences[at : at + long]))
        at += long
    parts.append("Foutje gezien? Mail ons.")
    return "\n\n".join(parts) + "\n"
