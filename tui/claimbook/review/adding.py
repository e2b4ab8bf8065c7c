"""Adding to a claim from what a person fills in: sources, evidence, relations, forecasts, words."""

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
from claimbook.review.composing import items, links_written, read_links, read_probability, source_values
from claimbook.review.when import read_when

Given = Mapping[str, str]
"""What was filled in, by name; empty where nothing was."""

_NAMES = re.compile(r"\{([a-z_]+)\}")


class Unfit(ValueError):  # noqa: N818 - reads as what is said of it
    """An answer that will not do; other answers are named in its sentence in braces."""

    def __init__(self, field: str, sentence: str, *, missing: bool = False) -> None:
        """Say which, what is wrong with it, and whether it is only missing so far."""
        self.field = field
        """Which answer."""
        self.missing = missing
        """Whether nothing was answered yet, or only a part."""
        self._sentence = sentence
        super().__init__(self.said(lambda name: name))

    def said(self, spell: Callable[[str], str]) -> str:
        """Return the sentence with answers named as a form or a command does."""
        return _NAMES.sub(lambda match: spell(match[1]), self._sentence)


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
        begun = any(other in name for name in ids)
        sentence = f"There is no claim {other}: ↓ goes through the ids that have this in them."
        raise Unfit("to", sentence, missing=begun)
    relatable(claim, itself, other, given["as"])
    return [Append(("relations",), _filled({"to": other, "as": given["as"], "note": given["note"]}))]


def relatable(claim: Claim, itself: str, other: str, connection: str) -> None:
    """Make sure that a claim can be said to stand so to another one.

    Raises:
        Unfit: where it is the same one, or that is said already.
    """
    if other == itself:
        raise Unfit("to", f"{itself} cannot stand in a relation to itself.")
    if any(relation.to == other and relation.as_ == connection for relation in claim.relations):
        raise Unfit("to", f"{itself} is said to be “{connection}” {other} already.")


def forecast_changes(claim: Claim, given: Given, today: date, signature: str) -> list[Change]:
    """Return the change that adds a forecast.

    Raises:
        Unfit: about the first answer that will not do.
    """
    day = _day(given, "date", today) or str(today)
    still_open(claim, PartialDate.parse(day))
    if not given["probability"]:
        raise Unfit("probability", "How likely is it? Write 0.6 or 60%.", missing=True)
    try:
        probability = read_probability(given["probability"])
    except ValueError as error:
        raise Unfit("probability", f"{error}.") from None
    if not given["why"]:
        raise Unfit("why", "A forecast needs a reason: write a sentence.", missing=True)
    item = {"date": day, "probability": probability, "by": signature, "why": given["why"]}
    return [Append(("forecasts",), item)]


def still_open(claim: Claim, day: PartialDate) -> None:
    """Make sure that the outcome was not known on the day of a forecast.

    Raises:
        Unfit: where the claim was settled by then.
    """
    if claim.standing is Status.SETTLED and claim.verdicts and day.last >= claim.verdicts[-1].date.first:
        raise Unfit(
            "date",
            f"It was settled on {claim.verdicts[-1].date}, and a forecast is for what is still open. "
            "If it was made before, say when with {date}.",
        )


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


def place_values(find: Callable[[str], Article], given: Given, needed: Sequence[str]) -> dict[str, Any]:
    """Return where something stands: in an article of the book, or else at an address.

    `find` returns an article by its id; `needed` are the answers that an address cannot do without.

    Raises:
        Unfit: about the first answer that will not do.
        Misquoted: where the quote does not stand in the article; and what `find` raises.
    """
    if bool(given["article"]) == bool(given["url"]):
        sentence = (
            "Say where it stands: {article} with {quote} for an article of the book, else {url}; not both."
        )
        raise Unfit("url" if given["url"] else "article", sentence, missing=not given["url"])
    if given["article"]:
        return _by_article(find(given["article"]), given)
    missing = [key for key in needed if not given[key]]
    if missing:
        names = " and ".join(f"{{{key}}}" for key in missing)
        raise Unfit(missing[0], f"{{url}} needs {names} beside it.", missing=True)
    kept = ("url", "publisher", "quote", "before", "after", "translation")
    return _filled({key: given[key] for key in kept})


def _by_article(article: Article, given: Given) -> dict[str, Any]:
    if given["publisher"]:
        raise Unfit("publisher", "{publisher} goes with {url}: an article of the book knows its own.")
    if not given["quote"]:
        raise Unfit("quote", f"{{quote}} is missing: the words of {article.id} that say it.", missing=True)
    around = {key: given[key] or None for key in ("before", "after")}
    words = words_in(article, given["quote"], **around)
    return _filled({"article": article.id, "quote": words, **around, "translation": given["translation"]})


def _place(articles: Mapping[str, Article], given: Given, needed: Sequence[str]) -> dict[str, Any]:
    """Return where something stands, with all that is wrong said of the answer that it is about."""
    if given["article"] and given["article"] not in articles:
        begun = any(given["article"] in name for name in articles)
        sentence = f"The book has no article {given['article']}: ↓ goes through those that have this in them."
        raise Unfit("article", sentence, missing=begun)
    try:
        return place_values(articles.__getitem__, given, needed)
    except Misquoted as error:
        raise Unfit("quote", str(error)) from None


def _via(given: Given) -> list[dict[str, str]] | None:
    """Read whom it is from; `nobody` is first hand, and nothing is not known."""
    if given["via"].casefold() in ("nobody", "first hand", "[]"):
        return []
    try:
        return read_links(given["via"]) or None
    except ValueError as error:
        raise Unfit("via", str(error)) from None


def _day(given: Given, key: str, today: date) -> str | None:
    if not given[key]:
        return None
    try:
        return str(read_when(given[key], today))
    except ValueError as error:
        raise Unfit(key, f"{error}.") from None


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, "")}
