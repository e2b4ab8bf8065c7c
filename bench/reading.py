"""Reading records, against draining the parser that they are read with: step by step, and as a whole."""

from collections.abc import Callable, Iterator
from functools import cache, partial
from statistics import median
from typing import TypeVar

import yaml

from claimbook.book.book import Book
from claimbook.book.entry import load_entry, looked_up
from claimbook.record.model import Claim
from claimbook.record.nodes import compose, plain
from claimbook.record.quick import quick_record
from claimbook.record.reading import read_record
from claimbook.record.source import decode
from claimbook.record.summary import ArticleFacts, summarize
from measure import REPOSITORY, by_turns, records, seconds
from rows import Row
from setting import Setting

T = TypeVar("T")

TITLE = "Reading"

PEER = "draining CSafeLoader's events"


def rows(setting: Setting) -> Iterator[Row]:
    """Read every record of this repository's book, in each of the ways there are."""
    found = _measured(setting.rounds * 3)
    number = len(records())
    ways = {
        "read and validate": "full reading",
        "read, without positions,": "quick reading",
        "read, look up the quotes and gather the facts of": "entry",
    }
    for way, step in ways.items():
        yield Row(f"{way} {number} records of this repository", found[step], PEER, found["draining"])


def figures(setting: Setting) -> Iterator[str]:
    """Say what the steps take."""
    found = _measured(setting.rounds * 3)
    data = records()
    size = sum(map(len, data)) / len(data) / 1000
    yield f"Where the time of reading goes, for a record of {size:.1f} KB on average:"
    yield ""
    yield "| step | µs | of draining |"
    yield "|---|---|---|"
    for step, spent in found.items():
        yield f"| {step} | {spent / len(data) * 1e6:.1f} | {spent / found['draining']:.2f} |"


@cache
def _measured(times: int) -> dict[str, float]:
    """Return the median seconds of each step for all records, the steps by turns."""
    took = by_turns({name: partial(seconds, step) for name, step in _steps().items()}, times)
    return {name: median(found) for name, found in took.items()}


def _steps() -> dict[str, Callable[[], None]]:
    data = records()
    articles = Book.open(REPOSITORY).articles
    facts = {
        name: ArticleFacts(article.head.publisher, article.head.date, article.is_changed)
        for name, article in articles.items()
    }
    values = [plain(root) for one in data if (root := compose(decode(one, "a.yaml")[0])[0])]
    claims = [Claim.model_validate(one) for one in values]
    return {
        "draining": _each(_drain, data),
        "quick reading": _each(quick_record, data),
        "of that, pydantic": _each(Claim.model_validate, values),
        "facts from a claim": _each(lambda claim: summarize("a", "claims/a.yaml", claim, facts), claims),
        "quotes of a claim": _each(lambda claim: looked_up(claim, articles), claims),
        "entry": _each(lambda one: load_entry("claims/a.yaml", one, articles, facts), data),
        "full reading": _each(lambda one: read_record(one, "claims/a.yaml"), data),
    }


def _each(call: Callable[[T], object], items: list[T]) -> Callable[[], None]:
    def go() -> None:
        for item in items:
            call(item)

    return go


def _drain(data: bytes) -> None:
    for _ in yaml.parse(data, Loader=yaml.CSafeLoader):
        pass
