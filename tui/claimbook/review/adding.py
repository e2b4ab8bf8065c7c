"""Adding to a claim from what a person fills in: sources, evidence, relations, forecasts, words."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from claimbook.book.article import Article
from claimbook.book.drafting import Misquoted, words_in
from claimbook.record.changes import Append, Change
from claimbook.record.dates import PartialDate
from claimbook.record.model import Claim
from claimbook.record.ratings import Status
from claimbook.review.composing import items, links_written, read_links, source_values
from claimbook.review.when import read_when

Given = Mapping[str, str]
"""What was filled in, by name; empty where nothing was."""

_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]+)?) *%")
_NAMES = re.compile(r"\{([a-z_]+)\}")


class Unfit(ValueError):  # noqa: N818 - reads as what is said of it
    """An answer that will not do; other answers are named in its sentence in braces."""

    def __init__(self, field: str, sentence: str, *, missing: bool = False) -> None:
        """Say which, what is wrong with it, and whether it is only missing so far."""
        self.field = field
        """Which answer."""
        self.missing = missing
        """Whether nothing was answered yet."""
        self._sentence = sentence
        super().__init__(self.said(lambda name: name))

    def said(self, spell: Callable[[str], str]) -> str:
        """Return the sentence with answers named as a form or a command does."""
        return _NAMES.sub(lambda match: spell(match[1]), self._sentence)


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


def source_changes(articles: Mapping[str, Article], given: Given, today: date) -> list[Change]:
    """Return the change that adds a source.

    Raises:
        Unfit: about the first answer that will not do.
    """
    item = source_values(
        _place(articles, given, ("publisher", "date")),
        stance=given["stance"] or None,
        certainty=given["certainty"],
        via=_via(given),
        date=_day(given, "date", today),
        by=given["by"] or None,
        fidelity=given["fidelity"] or None,
        note=given["note"] or None,
    )
    return [Append(("sources",), item)]


def evidence_changes(articles: Mapping[str, Article], given: Given, today: date) -> list[Change]:
    """Return the change that adds evidence; it raises what `source_changes` does."""
    item = {
        **_place(articles, given, ("publisher",)),
        "date": _day(given, "date", today),
        "seen": _day(given, "seen", today) or (str(today) if given["url"] else None),
        "bearing": given["bearing"],
        "via": links_written(_via(given)),
        "note": given["note"] or None,
    }
    return [Append(("evidence",), _filled(item))]


def relation_changes(claim: Claim, ids: Sequence[str], itself: str, given: Given) -> list[Change]:
    """Return the change that says how a claim stands to another; `ids` are those that the book has.

    Raises:
        Unfit: about the first answer that will not do.
    """
    other = given["to"]
    if not other:
        raise Unfit("to", "Which claim? Write its id.", missing=True)
    if other not in ids:
        raise Unfit("to", f"There is no claim {other}: ↓ goes through the ids that have this in them.")
    if other == itself:
        raise Unfit("to", "A claim cannot stand in a relation to itself.")
    if any(relation.to == other and relation.as_ == given["as"] for relation in claim.relations):
        raise Unfit("to", f"It is said to be “{given['as']}” {other} already.")
    return [Append(("relations",), _filled({"to": other, "as": given["as"], "note": given["note"]}))]


def forecast_changes(claim: Claim, given: Given, today: date, signature: str) -> list[Change]:
    """Return the change that adds a forecast.

    Raises:
        Unfit: about the first answer that will not do.
    """
    day = _day(given, "date", today) or str(today)
    last = claim.verdicts[-1].date if claim.verdicts else None
    settled = claim.standing is Status.SETTLED and last is not None
    if settled and last is not None and PartialDate.parse(day).last >= last.first:
        sentence = f"It was settled on {last}: write the day before that on which the forecast was made."
        raise Unfit("date", sentence)
    if not given["probability"]:
        raise Unfit("probability", "How likely is it? Write 0.6 or 60%.", missing=True)
    if not given["why"]:
        raise Unfit("why", "A forecast needs a reason: write a sentence.", missing=True)
    try:
        probability = read_probability(given["probability"])
    except ValueError as error:
        raise Unfit("probability", f"{error}.") from None
    item = {"date": day, "probability": probability, "by": signature, "why": given["why"]}
    return [Append(("forecasts",), item)]


def word_changes(claim: Claim, key: str, text: str) -> list[Change]:
    """Return the changes that add words to a list of the claim, `tags` or `about`, each once.

    Raises:
        Unfit: where no word is given.
    """
    words = items([text])
    if not words:
        raise Unfit(key, "Write one, or several with commas between.", missing=True)
    there: Sequence[str] = getattr(claim, key)
    return [Append((key,), word) for word in words if word not in there]


def _place(articles: Mapping[str, Article], given: Given, needed: Sequence[str]) -> dict[str, Any]:
    """Return where something stands: in an article of the book, or else at an address."""
    if given["article"] and given["url"]:
        raise Unfit("url", "Either {article} or {url}, not both.")
    if given["article"]:
        return _by_article(articles, given)
    if not given["url"]:
        raise Unfit("article", "Where does it stand? {article} with {quote}, or else {url}.", missing=True)
    for key in needed:
        if not given[key]:
            raise Unfit(key, f"{{url}} needs {{{key}}} beside it.", missing=True)
    return _filled({key: given[key] for key in ("url", "publisher", "quote", "translation")})


def _by_article(articles: Mapping[str, Article], given: Given) -> dict[str, Any]:
    article = articles.get(given["article"])
    if article is None:
        raise Unfit("article", f"The book has no article {given['article']}: ↓ goes through those it has.")
    if given["publisher"]:
        raise Unfit("publisher", "{publisher} goes with {url}: an article of the book knows its own.")
    if not given["quote"]:
        raise Unfit("quote", "{quote} is missing: the words of the article that say it.", missing=True)
    around = {key: given[key] or None for key in ("before", "after")}
    try:
        words = words_in(article, given["quote"], **around)
    except Misquoted as error:
        raise Unfit("quote", str(error).replace("{", "(").replace("}", ")")) from None
    return _filled({"article": article.id, "quote": words, **around, "translation": given["translation"]})


def _via(given: Given) -> list[dict[str, str]] | None:
    """Read whom it is from; `nobody` is first hand, and nothing is not known."""
    if given["via"].casefold() in ("nobody", "first hand", "[]"):
        return []
    try:
        return read_links(given["via"]) or None
    except ValueError as error:
        raise Unfit("via", str(error).replace("{", "(").replace("}", ")")) from None


def _day(given: Given, key: str, today: date) -> str | None:
    if not given[key]:
        return None
    try:
        return str(read_when(given[key], today))
    except ValueError as error:
        raise Unfit(key, f"{error}.") from None


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, "")}
