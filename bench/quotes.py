"""How long finding 50 quotes in an article of 100 KB takes, beside the plainest way to do it."""

from collections.abc import Callable
from difflib import SequenceMatcher
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from time import perf_counter

from rapidfuzz import fuzz

from claimbook.book.article import read_article
from claimbook.book.quotes import Prepared, QuoteState, find
from measure import wait_until_quiet
from rows import Row
from setting import Setting

SEEDS = Path(__file__).parent.parent / "seeds"
SIZE = 100_000
RUNS = 5

TITLE = "Finding quotes"


def rows(setting: Setting) -> list[Row]:
    """Find quotes in a long article, each way of finding beside the plainest."""
    del setting
    wait_until_quiet()
    sentences = _sentences()
    text = "\n\n".join(sentences)
    picked = sentences[10 :: len(sentences) // 50][:50]
    spaced = [sentence.replace(" ", "\n").replace("’", "'") for sentence in picked]
    changed = [_changed(sentence) for sentence in picked]
    gone = [sentence[::-1] for sentence in picked]
    mixed = [*picked[:30], *spaced[30:40], *changed[40:45], *gone[45:]]
    return [
        _row("50 exact quotes", text, picked, "str.find", str.find),
        _row("50 spaced quotes", text, spaced, "words split and joined, str.find", _split_and_find),
        _row("50 changed quotes", text, changed, "rapidfuzz.partial_ratio, text whole", _partial),
        _row("50 quotes that are gone", text, gone, "rapidfuzz.partial_ratio, text whole", _partial),
        _row("30 exact, 10 spaced, 5 changed, 5 gone", text, mixed, "rapidfuzz.partial_ratio", _partial),
        _row("3 changed quotes", text, changed[:3], "difflib's longest match", _difflib),
    ]


def _row(name: str, text: str, quotes: list[str], peer: str, theirs: Callable[[str, str], object]) -> Row:
    ours_take = _seconds(lambda: _ours(text, quotes))
    theirs_take = _seconds(lambda: [theirs(text, quote) for quote in quotes])
    return Row(f"{name}, article of {len(text) // 1000} KB", ours_take, peer, theirs_take)


def _seconds(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(RUNS):
        start = perf_counter()
        work()
        taken.append(perf_counter() - start)
    return median(taken)


def _ours(text: str, quotes: list[str]) -> list[QuoteState]:
    """Find all quotes, the article prepared anew."""
    prepared = Prepared(text)
    return [find(prepared, quote).state for quote in quotes]


def _split_and_find(text: str, quote: str) -> int:
    return " ".join(text.replace("’", "'").split()).find(" ".join(quote.split()))


def _partial(text: str, quote: str) -> object:
    return fuzz.partial_ratio_alignment(quote, text)


def _difflib(text: str, quote: str) -> object:
    return SequenceMatcher(None, text, quote, autojunk=False).find_longest_match()


def _sentences() -> list[str]:
    """Make sentences of the seeds' words, no two alike, of 100 KB together."""
    words: list[str] = []
    for path in sorted(SEEDS.glob("*.md")):
        article = read_article(path.read_bytes(), path.name).article
        words += article.text.split() if article else []
    made: list[str] = []
    supply = cycle(words)
    while sum(map(len, made)) < SIZE:
        made.append(f"In bericht {len(made)} staat: {' '.join(islice(supply, 17))}.")
    return made


def _changed(sentence: str) -> str:
    """Leave a word out and put another in its place's neighbour."""
    words = sentence.split()
    return " ".join([*words[:6], "vermoedelijk", *words[8:]])
