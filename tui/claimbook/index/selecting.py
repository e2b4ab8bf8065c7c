"""A filter as a question to the index: conditions in SQL that hold for the claims that it lets pass."""

import re
import sqlite3
from collections.abc import Callable, Mapping
from datetime import date

from claimbook.index.finder import COLUMNS, carriers, spellings, trigrams
from claimbook.index.notes import has_grams, settings_of
from claimbook.index.question import EVERYTHING, FLAGS, Choice, Question
from claimbook.record.summary import Summary
from claimbook.review.filters import Range, fold, keeps_case, read_origins, read_range
from claimbook.review.origins import Names
from claimbook.review.words import WEIGHTS, Filter, Flag, Reason, Term

_UNTOLD = re.compile("[\0\x1f\ud800-\udfff]")
"""NUL ends a text for FTS5, U+001F stands between texts, and surrogates are none that SQLite takes."""

_RARE = 100
"""Trigrams that begin alike from which on it is quicker to look through claims in their order."""
_MOST = 50
"""Terms of a filter that are put into one question."""


def ask_for_choice(choice: Choice, today: date, names: Mapping[str, str], question: Question) -> None:
    """Ask for claims of one sort."""
    if choice.sort == "status":
        question.add("claims.status = ?", choice.value)
    elif choice.sort == "flag":
        _ask_for_flag(choice.value, today, question)
    elif choice.sort == "queue":
        _ask_for_reason(choice.value, today, question)
    elif choice.sort == "about":
        question.add("claims.place IN (SELECT place FROM about WHERE name = ?)", choice.value)
    elif choice.sort == "from":
        question.tables.add("texts")  # what tells whether the claim is in the finder
        name = Names(names).meant(choice.value).casefold()
        question.add("claims.place IN (SELECT place FROM carried WHERE name = ?)", name)
    elif choice.sort:
        question.add("0")


def chosen(choice: Choice, names: Mapping[str, str]) -> Callable[[Summary], bool]:
    """Return the test of `from`, for claims that the finder does not know yet; others need none."""
    if choice.sort != "from":
        return lambda _: True
    meant = Names(names)
    wanted = meant.meant(choice.value).casefold()
    return lambda summary: wanted in carriers(summary, meant)


def ask(
    database: sqlite3.Connection, wanted: Filter, today: date, choice: Choice = EVERYTHING
) -> Question | None:
    """Return a filter as a question about claims that can be read, None where claims are to be looked at.

    That is where it has too many terms, or an odd one.
    """
    if len(wanted.terms) > _MOST or any(_is_odd(term.value) for term in wanted.terms):
        return None
    found = Question()
    found.add("NOT claims.broken")
    ask_for_choice(choice, today, settings_of(database).names, found)
    for term in wanted.terms:
        _ask_for(database, term, today, found)
    return found


def _is_odd(value: str) -> bool:
    """Tell whether the tables cannot be asked for a text: it folds to nothing, or they cannot hold it."""
    return not fold(value) or _UNTOLD.search(value) is not None


def _ask_for(database: sqlite3.Connection, term: Term, today: date, question: Question) -> None:
    inner = Question()
    if not term.name:
        _ask_for_word(database, term, inner)
    elif term.name in COLUMNS:
        _ask_for_text(term, inner)
    else:
        _ASKING[term.name](term.value, today, inner)
    condition = " AND ".join(inner.conditions)
    question.add(f"NOT ifnull({condition}, 0)" if term.denied else condition, *inner.values)
    question.tables |= inner.tables
    if inner.grams and not term.denied:
        question.grams = f"({question.grams}) AND ({inner.grams})" if question.grams else inner.grams


def _ask_for_word(database: sqlite3.Connection, term: Term, question: Question) -> None:
    folded = fold(term.value)
    question.tables.add("words")
    if keeps_case(term.value):
        question.add("instr(words.cased, ?) > 0", fold(term.value, keep_case=True))
    else:
        question.add("instr(words.folded, ?) > 0", folded)
    if folded and not term.denied and has_grams(database):
        found = trigrams(folded) if len(folded) > 2 else _beginning(database, folded)
        if found:
            question.grams = spellings(folded, found)


def _beginning(database: sqlite3.Connection, folded: str) -> list[str]:
    """Return the trigrams that begin so, if they are few; one that nobody has, where there are none."""
    sql = "SELECT term FROM vocabulary WHERE term >= ? AND term < ? LIMIT ?"
    rows = database.execute(sql, (folded, folded + 3 * "\U0010ffff", _RARE + 1)).fetchall()
    found = [term for (term,) in rows]
    return [] if len(found) > _RARE else found or [f"{folded}\x1f\x1f\x1f"[:3]]


def _ask_for_text(term: Term, question: Question) -> None:
    question.tables.add("texts")
    if keeps_case(term.value):
        question.add(f"instr(texts.{term.name}_cased, ?) > 0", fold(term.value, keep_case=True))
    else:
        question.add(f"instr(texts.{term.name}, ?) > 0", fold(term.value))


def _ask_for_choice(column: str) -> Callable[[str, date, Question], None]:
    def make(value: str, _: date, question: Question) -> None:
        question.add(f"claims.{column} IS ?", value.lower().replace("-", " "))

    return make


def _ask_for_days(column: str) -> Callable[[str, date, Question], None]:
    def make(value: str, _: date, question: Question) -> None:
        _within(read_range(value), f"claims.{column}_first", f"claims.{column}_last", question)

    return make


def _ask_for_said(value: str, _: date, question: Question) -> None:
    inner = Question()
    _within(read_range(value), "said.first", "said.last", inner)
    question.tables.add("words")  # what tells whether the claim is in the finder
    conditions = ("said.place = claims.place", *inner.conditions)
    question.add(f"EXISTS (SELECT 1 FROM said WHERE {' AND '.join(conditions)})", *inner.values)  # noqa: S608


def _within(wanted: Range, first: str, last: str, question: Question) -> None:
    if wanted.empty:
        question.add("0")
        return
    bounds = (wanted.first_from, wanted.first_to, wanted.last_from, wanted.last_to)
    question.add(
        f"({first} BETWEEN ? AND ? AND {last} BETWEEN ? AND ?)", *(bound.toordinal() for bound in bounds)
    )


def _ask_for_flag(value: str, today: date, question: Question) -> None:
    if value.lower() == Flag.OVERDUE:
        question.add("claims.overdue_since <= ?", today.toordinal())
    else:
        question.add("(claims.flags & ?) > 0", FLAGS[Flag(value.lower())])


def _ask_for_reason(value: str, today: date, question: Question) -> None:
    sql = "SELECT place FROM reasons WHERE ifnull(starts, 0) <= ? AND ? < ifnull(ends, 9999999)"
    day = today.toordinal()
    if value:
        question.add(f"claims.place IN ({sql} AND weight = ?)", day, day, WEIGHTS[Reason(value)])
    else:
        question.add(f"claims.place IN ({sql})", day, day)


def _ask_for_origins(value: str, _: date, question: Question) -> None:
    least, most = read_origins(value)
    question.add("claims.least >= ?", min(least, 1 << 62))
    if most is not None:
        question.add("claims.most <= ?", min(most, 1 << 62))


_ASKING: dict[str, Callable[[str, date, Question], None]] = {
    "kind": _ask_for_choice("kind"),
    "status": _ask_for_choice("status"),
    "rating": _ask_for_choice("rating"),
    "due": _ask_for_days("due"),
    "judged": _ask_for_days("judged"),
    "review": _ask_for_days("review"),
    "said": _ask_for_said,
    "is": _ask_for_flag,
    "origins": _ask_for_origins,
}
