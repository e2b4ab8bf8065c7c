"""`claimbook list`, and how claims stand in a list."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from claimbook.cli.output import clip, lines, made_lines, narrate, pad, paint, print_json, width
from claimbook.cli.scene import Scene
from claimbook.index.lines import Layout
from claimbook.index.telling import Detail, Line, Listing
from claimbook.record.ratings import Rating, Status
from claimbook.review.marks import mark_of
from claimbook.review.words import Filter

if TYPE_CHECKING:
    from claimbook.record.summary import Summary

_A_SHEET = 12_000
"""Claims that are read from the index before they are printed."""
_A_PAGE = 500
"""Claims that are told machines of at a time."""


def print_list(scene: Scene, filters: tuple[str, ...] = (), *, as_json: bool = False) -> None:
    """List claims, all or those that match every filter."""
    wanted = chosen(filters)
    if as_json:
        _print_json(scene, wanted)
        return
    found = _print_some(scene, wanted) if wanted.terms else _print_all(scene)
    narrate_broken(scene)
    if not found:
        narrate("No claim matches." if filters else "This book has no claims yet: `claimbook new` adds one.")


def _print_all(scene: Scene) -> bool:
    """Print a line for each claim, a sheet at a time; tell whether there is any."""
    size = scene.index.widest(Filter(), scene.today)
    standings = {
        (status, rating): _standing(status, rating, scene)
        for status in map(str, Status)
        for rating in (None, *map(str, Rating))
    }

    def lay_out(row: Line) -> str:
        _, status, rating, identifier, claim, due, _ = row
        return _line(standings[status, rating], identifier, due, claim, size)

    layout, after = Layout(standings, size, _room(size), lay_out), ""
    while True:
        sheet, last = scene.index.lines(layout, after, _A_SHEET)
        made_lines(sheet)
        if len(sheet) < _A_SHEET:
            return bool(sheet or after)
        after = last


def _print_some(scene: Scene, wanted: Filter) -> bool:
    """Print a line for each claim that a filter lets pass; tell whether there is any."""
    sheet = scene.index.rows(wanted, scene.today, most=_A_SHEET)
    lines(_lines(scene, wanted, sheet))
    return bool(sheet)


def _lines(scene: Scene, wanted: Filter, sheet: Sequence[Line]) -> Iterator[str]:
    """Yield a line for each claim, read a sheet at a time after the first."""
    index, size = scene.index, max((len(row[3]) for row in sheet), default=0)
    if len(sheet) == _A_SHEET:
        size = index.widest(wanted, scene.today)
    while sheet:
        last = index.files_at([sheet[-1][-1]]) if len(sheet) == _A_SHEET else ()
        yield from _told(scene, sheet, size)
        sheet = index.rows(wanted, scene.today, last[0], _A_SHEET) if last else ()


def _told(scene: Scene, sheet: Sequence[Line], size: int) -> list[str]:
    """Return a line for each claim; most are plain and fit, and need no counting of cells."""
    room, standings = _room(size), {}
    for status, rating in {(row[1], row[2]) for row in sheet}:
        standings[status, rating] = _standing(status, rating, scene)
    return [
        f"{standings[status, rating]}  {identifier:{size}}  {due or '':10}  {claim}"
        if plain and len(claim) <= room
        else _line(standings[status, rating], identifier, due, claim, size)
        for plain, status, rating, identifier, claim, due, _ in sheet
    ]


def narrate_broken(scene: Scene) -> None:
    """Name the records that cannot be read, and so are not in an answer."""
    for found in scene.index.broken():
        first = found.errors[0]
        narrate(f"{first.place}: {first.message}")


def chosen(filters: tuple[str, ...]) -> Filter:
    """Return the filter that words on the command line make.

    Raises:
        UsageError: for a filter that cannot be read, with the spot marked.
    """
    if not filters:
        return Filter()
    from claimbook.review.filters import FilterError, parse

    # A shell took the quotes off a phrase: what holds a space was quoted.
    text = " ".join(_requoted(word) for word in filters)
    try:
        return parse(text)
    except FilterError as error:
        marks = " " * error.start + "^" * max(1, error.end - error.start)
        import click

        raise click.UsageError(f"{error}\n  {text}\n  {marks}") from None


def select(scene: Scene, filters: tuple[str, ...]) -> "Iterator[Summary]":
    """Return the facts of the claims that match every filter word, in order, without their free text.

    Raises:
        UsageError: for a filter that cannot be read, with the spot marked.
    """
    wanted, index = chosen(filters), scene.index
    if not wanted.terms:
        return index.summaries(words=False)
    found = index.at_once(lambda: list(index.summaries(index.places(wanted, scene.today), words=False)))
    return iter(found)


def rows(some: Iterable[Listing], scene: Scene, *, id_width: int) -> Iterator[str]:
    """Yield claims, each on one line."""
    standing = cache(partial(_standing, scene=scene))
    for one in some:
        yield _line(standing(one.status or "", one.rating), one.id, one.due, one.claim or "", id_width)


def _line(standing: str, identifier: str, due: str | None, claim: str, size: int) -> str:
    cells = [standing, pad(identifier, size), pad(due or "", 10), clip(claim, _room(size))]
    return "  ".join(cells).rstrip()


def _room(size: int) -> int:
    return max(20, width() - 15 - size - 10 - 6)


def _standing(status: str, rating: str | None, scene: Scene) -> str:
    shown = mark_of(status, rating, scene.settings.labels)
    return in_tone(f"{shown.glyph} {pad(shown.word, 13)}", shown.tone)


def in_tone(text: str, tone: str) -> str:
    """Colour a cell and not the spaces that fill it."""
    bare = text.rstrip()
    return paint(bare, tone) + " " * (len(text) - len(bare))


def _requoted(word: str) -> str:
    if any(c.isspace() for c in word) and '"' not in word:
        head, colon, tail = word.rpartition(":")
        return f'{head}{colon}"{tail}"'
    return word


def _print_json(scene: Scene, wanted: Filter) -> None:
    index = scene.index
    faults = [{"file": found.file, "errors": len(found.errors)} for found in index.broken()]
    files = index.at_once(lambda: index.files_at(index.places(wanted, scene.today)))

    def told(some: Sequence[str]) -> list[dict[str, Any]]:
        found = index.listings(place for file in some if (place := index.place_of(file)) is not None)
        details = ((one, index.detail(one.place)) for one in found)
        return [_as_json(scene, one, detail) for one, detail in details if detail]

    pages = (files[start : start + _A_PAGE] for start in range(0, len(files), _A_PAGE))
    claims = (one for some in pages for one in index.at_once(partial(told, some)))
    print_json({"claims": claims, "broken": faults})


def _as_json(scene: Scene, one: Listing, detail: Detail) -> dict[str, Any]:
    return {
        "id": one.id,
        "file": one.file,
        "claim": one.claim,
        "kind": detail.kind,
        "status": one.status,
        "rating": one.rating,
        "due": one.due,
        "about": detail.about,
        "tags": detail.tags,
        "articles": detail.articles,
        "origins": {"min": detail.least, "max": detail.most},
        "flags": [str(flag) for flag in one.flags(scene.today)],
    }
