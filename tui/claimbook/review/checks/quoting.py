"""Whether what a record quotes and names is there."""

from collections.abc import Iterator

from claimbook.book.entry import Quoted
from claimbook.book.quotes import MOST_PLACES, QuoteState
from claimbook.record.shapes import nearest
from claimbook.review.checks.rule import Case, Finding, error
from claimbook.text import one_line


@error
def unknown_article(case: Case) -> Iterator[Finding]:
    """An article that a record names is in the book.

    Without it nobody can hold the quote against it. Add it with `claimbook article add`, or mend the id.
    """
    for key in ("sources", "evidence"):
        for index, part in enumerate(getattr(case.claim, key)):
            if part.article is not None and part.article not in case.articles:
                guess = nearest(part.article, sorted(case.articles))
                hint = _hint(guess, "add it with `claimbook article add`.")
                message = f"There is no readable article `{one_line(part.article)}` in seeds/: {hint}"
                yield Finding(message, (key, index, "article"))


@error
def unknown_claim(case: Case) -> Iterator[Finding]:
    """A claim that a relation points to is in the book.

    Mend the id, or take the relation away.
    """
    for index, relation in enumerate(case.claim.relations):
        if relation.to not in case.claims:
            hint = _hint(case.claims.nearest(relation.to), "mend the id, or delete the relation.")
            yield Finding(f"There is no claim `{one_line(relation.to)}`: {hint}", ("relations", index, "to"))


@error
def quote_gone(case: Case) -> Iterator[Finding]:
    """A quote stands in its article.

    Nothing like it was found. Copy the passage from the article as it is in `seeds/`, with its typing errors;
    `[…]` joins passages that stand in that order.
    """
    for quoted in _in_state(case, QuoteState.GONE):
        message = f"This is nowhere in {quoted.article}: copy the passage from the article as it stands."
        yield Finding(message, (*quoted.path, "quote"))


@error
def quote_changed(case: Case) -> Iterator[Finding]:
    """A quote is the article's words, character for character.

    Something near it stands in the article, which is shown. It is never taken over by itself: look which
    of the two is right. White space, and curly against straight quotation marks, make no difference.
    """
    for quoted in _in_state(case, QuoteState.CHANGED):
        near = _nearest_text(case, quoted)
        score = quoted.found.score if quoted.found else 0
        message = f"{quoted.article} has it otherwise ({score:.0%} alike): “{near}”. Copy what it says."
        yield Finding(message, (*quoted.path, "quote"))


@error
def quote_ambiguous(case: Case) -> Iterator[Finding]:
    """A quote stands once in its article.

    Otherwise nobody can tell which passage is meant. Lengthen it, or add `before:` or `after:` with the words
    that stand next to it.
    """
    for quoted in _in_state(case, QuoteState.AMBIGUOUS):
        number = len(quoted.found.passages) if quoted.found else 0
        times = f"at least {number}" if number >= MOST_PLACES else str(number)
        where = f"This stands {times} times in {quoted.article}"
        message = f"{where}: lengthen it, or add `before:` or `after:`."
        yield Finding(message, (*quoted.path, "quote"))


def _in_state(case: Case, state: QuoteState) -> Iterator[Quoted]:
    return (quoted for quoted in case.entry.quotes if quoted.found and quoted.found.state is state)


def _nearest_text(case: Case, quoted: Quoted) -> str:
    if quoted.found is None or quoted.found.start is None:
        return ""
    text = case.articles[quoted.article].text[quoted.found.start : quoted.found.end]
    shown = one_line(text)
    return shown if len(shown) <= 120 else shown[:119] + "…"


def _hint(guess: str | None, otherwise: str) -> str:
    return f"did you mean `{guess}`?" if guess else otherwise
