"""The words that invented claims and articles are made of, Dutch and English; all firms are invented."""

from itertools import product
from pathlib import Path


def _read() -> dict[str, tuple[str, ...]]:
    """Read the lists; a heading is a line that begins with `==`."""
    text = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8")
    sections = (section.partition("\n") for section in text.split("\n== ")[1:])
    return {
        name: tuple("" if word == "(nothing)" else word for word in words.split("\n") if word)
        for name, _, words in sections
    }


_WORDS = _read()

SUBJECTS = tuple(f"{stem} {trade}" for trade, stem in product(_WORDS["trades"], _WORDS["stems"]))
"""Three hundred firms."""
PUBLISHERS = _WORDS["publishers"]
"""Papers and sites."""
AGENCIES = _WORDS["agencies"]
"""Agencies that others have it from."""
REVIEWERS = _WORDS["reviewers"]
"""People who give verdicts."""
TAGS = _WORDS["tags"]
"""Subjects."""
CITIES = _WORDS["cities"]
"""Places, many with letters that fold."""
THINGS = _WORDS["things"]
"""What firms make or buy."""
DEEDS = _WORDS["deeds"]
"""What they do with it."""
MANNERS = _WORDS["manners"]
"""How, in a city."""
AIMS = _WORDS["aims"]
"""Why, with a number."""
DUTCH_OPENINGS = _WORDS["dutch_openings"]
"""How sentences of articles begin."""
DUTCH_CORES = _WORDS["dutch_cores"]
"""What they say."""
ENGLISH_OPENINGS = _WORDS["english_openings"]
"""How sentences of articles begin."""
ENGLISH_CORES = _WORDS["english_cores"]
"""What they say."""
TAILS = _WORDS["tails"]
"""How sentences end."""
REASONS = _WORDS["reasons"]
"""Why a rating was given."""
REMARKS = _WORDS["remarks"]
"""What is noted of a source."""
COMMENTS = _WORDS["comments"]
"""What people leave behind in a file."""
