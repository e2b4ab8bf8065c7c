"""Which blocks of an article belong to the page and not to the article.

Newsletters, reading times, bylines, correction mail and labels are known by `cues/furniture.txt`, and only
where a block is short. A teaser, the headline of another article between the paragraphs of this one, is a
heading of some length that has no name and no long word in common with the paragraph below it. All of it
is a guess that costs at most a suggestion: the text stays as it is.
"""

import re
from collections.abc import Container, Sequence
from functools import cache

from claimbook.review.cuetables import Cue, Cues, Word, words_of
from claimbook.review.sentences import Form, Sentence

MOST_WORDS = 30
"""Words of a block that can be furniture; in a longer one somebody tells something."""
LEAST_TEASER = 6
"""Words of a heading that can be a teaser."""

_LONG_WORD = 7
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


def furniture(text: str, sentences: Sequence[Sentence]) -> frozenset[int]:
    """Return the numbers of the blocks that are furniture."""
    found: set[int] = set()
    below: frozenset[str] = frozenset()
    for number, block in reversed(_blocks(sentences).items()):
        if _is_furniture(text, block):
            found.add(number)
        elif block[0].form is not Form.HEADING:
            below = frozenset(word.text for word in words_of(text, block[0].start, block[-1].end))
        elif number > 0 and _is_teaser(text, block, below):
            found.add(number)
    return frozenset(found)


def _blocks(sentences: Sequence[Sentence]) -> dict[int, list[Sentence]]:
    blocks: dict[int, list[Sentence]] = {}
    for sentence in sentences:
        blocks.setdefault(sentence.block, []).append(sentence)
    return blocks


def _is_furniture(text: str, block: Sequence[Sentence]) -> bool:
    words = words_of(text, block[0].start, block[-1].end)
    if len(words) > MOST_WORDS:
        return False
    is_heading = block[0].form is Form.HEADING
    return not words or any(_says_so(text, words, cue, is_heading=is_heading) for cue in _cues().find(words))


def _says_so(text: str, words: Sequence[Word], cue: Cue, *, is_heading: bool) -> bool:
    """Tell whether a cue makes furniture of a block, by where it stands in it."""
    begins = cue.start == words[0].start
    after = [word for word in words if word.start >= cue.end]
    match cue.kind:
        case "anywhere":
            return True
        case "begin":
            return begins
        case "label":
            return begins and (not after or text[cue.end : cue.end + 1] == ":")
        case "byline":
            return begins and is_heading and _all_names(text, after)
        case _:
            return is_heading and _is_day(words, cue.start)


def _all_names(text: str, words: Sequence[Word]) -> bool:
    return 1 <= len(words) <= LEAST_TEASER and all(text[word.start].isupper() for word in words)


def _is_day(words: Sequence[Word], month: int) -> bool:
    """Tell whether a month stands between a day and a year, or before both, as in `26 mrt 2021`."""
    at = next(index for index, word in enumerate(words) if word.start == month)
    near = [word.text for word in words[max(0, at - 1) : at + 3]]
    has_day = any(word.isdecimal() and len(word) <= 2 for word in near)
    return has_day and any(_YEAR.fullmatch(word) for word in near)


def _is_teaser(text: str, block: Sequence[Sentence], below: Container[str]) -> bool:
    """Tell whether a heading has nothing to do with the words of the paragraph below it."""
    words = words_of(text, block[0].start, block[-1].end)
    return len(words) >= LEAST_TEASER and not any(word.text in below for word in words if _tells(text, word))


def _tells(text: str, word: Word) -> bool:
    return text[word.start].isupper() or word.end - word.start >= _LONG_WORD


@cache
def _cues() -> Cues:
    return Cues(["furniture"])
