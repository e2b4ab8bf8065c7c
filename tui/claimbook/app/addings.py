"""The forms that add something to a claim, each with what the book has to complete from."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from claimbook.app.tasks import Box, Task
from claimbook.app.view import View
from claimbook.record.terms import Bearing, Certainty, Connection, Fidelity, Stance
from claimbook.review.adding import (
    evidence_changes,
    forecast_changes,
    relation_changes,
    source_changes,
    word_changes,
)

Adding = Callable[[View, str, str], Task]
"""Makes a form from the book, the claim's file and the person's name."""

_DATE_HINT = "2024, 2024-03, 28 Mar 2024, yesterday"
_UNSAID = "unsaid"
_TRANSLATION = Box("translation", "Translation", hint="of the quote")


def _source(view: View, file: str, signature: str) -> Task:
    del file, signature
    boxes = (
        *_passage(view),
        *_address(view),
        _TRANSLATION,
        Box(
            "via",
            "Via",
            known=_links(view),
            hint="Reuters@2021-03-26, anonymous:two people; or nobody",
            several=True,
        ),
        Box("stance", "Stance", words=(_UNSAID, *map(str, Stance))),
        Box("certainty", "Certainty", words=tuple(map(str, Certainty))),
        Box("by", "Said by", known=_names(view), hint="who is said to have stated it"),
        Box("fidelity", "Fidelity", words=(_UNSAID, *map(str, Fidelity))),
        Box("note", "Note"),
    )
    articles, today = view.articles, view.seen_from.today
    return Task("New source", "Source", boxes, lambda given, _: source_changes(articles, _said(given), today))


def _evidence(view: View, file: str, signature: str) -> Task:
    del file, signature
    boxes = (
        Box("bearing", "Bearing", words=tuple(map(str, Bearing))),
        *_address(view),
        Box("note", "Note", hint="what it says about the claim"),
        Box("via", "Via", known=_links(view), hint="whom it has it from; nobody is first hand", several=True),
        Box("seen", "Seen", hint="when you read it; today, where there is an address"),
        *_passage(view),
        _TRANSLATION,
    )
    articles, today = view.articles, view.seen_from.today
    return Task(
        "New evidence", "Evidence", boxes, lambda given, _: evidence_changes(articles, _said(given), today)
    )


def _relation(view: View, file: str, signature: str) -> Task:
    del signature
    ids = list(view.index.ids())
    row = view.row(file)
    itself = row.id if row else ""
    boxes = (
        Box(
            "to", "Claim", known=[name for name in ids if name != itself], hint="its id; ↓ goes through them"
        ),
        Box("as", "This is", words=tuple(map(str, Connection))),
        Box("note", "Note"),
    )
    return Task(
        "New relation", "Relation", boxes, lambda given, claim: relation_changes(claim, ids, itself, given)
    )


def _forecast(view: View, file: str, signature: str) -> Task:
    del file
    boxes = (
        Box("probability", "How likely", hint="0.6 or 60%"),
        Box("why", "Why"),
        Box("date", "Said on", hint="today"),
    )
    today = view.seen_from.today
    return Task(
        "New forecast",
        "Forecast",
        boxes,
        lambda given, claim: forecast_changes(claim, given, today, signature),
    )


def _tag(view: View, file: str, signature: str) -> Task:
    del file, signature
    return _words("tags", "Tags", "New tag", view.index.known_words("tag"))


def _subject(view: View, file: str, signature: str) -> Task:
    del file, signature
    return _words("about", "About", "New subject", _names(view))


ADDINGS: Mapping[str, Adding] = {
    "source": _source,
    "evidence": _evidence,
    "relation": _relation,
    "tag": _tag,
    "subject": _subject,
    "forecast": _forecast,
}
"""The forms by what they add; the action is `add-` and that."""


def _words(key: str, title: str, name: str, known: list[str]) -> Task:
    box = Box(key, title, known=known, hint="several with commas between", several=True)
    return Task(
        name,
        name.removeprefix("New ").capitalize(),
        (box,),
        lambda given, claim: word_changes(claim, key, given[key]),
    )


def _passage(view: View) -> tuple[Box, ...]:
    """Ask for words of an article that the book has."""
    return (
        Box("article", "Article", known=sorted(view.articles), hint="of the book; ↓ goes through them"),
        Box("quote", "Quote", hint="the article's words; […] joins passages"),
        Box("before", "Before", hint="words before the quote, where it stands more than once"),
        Box("after", "After", hint="words after it"),
    )


def _address(view: View) -> tuple[Box, ...]:
    """Ask where an article stands that the book does not hold, and when it was published."""
    return (
        Box("url", "Address", hint="where the book does not hold the article"),
        Box("publisher", "Publisher", known=_publishers(view), hint="beside an address"),
        Box("date", "Date", hint=_DATE_HINT),
    )


def _said(given: Mapping[str, str]) -> dict[str, str]:
    return {key: "" if value == _UNSAID else value for key, value in given.items()}


def _publishers(view: View) -> list[str]:
    articles = _common(article.head.publisher for article in view.articles.values())
    return list(dict.fromkeys([*articles, *view.index.known_words("publisher")]))


def _links(view: View) -> list[str]:
    return view.index.known_words("via")


def _names(view: View) -> list[str]:
    return [name for name, _ in view.tallies.about.most_common()]


def _common(words: Iterable[str]) -> list[str]:
    """Return words, each once, the commonest first."""
    return [word for word, _ in Counter(words).most_common()]
