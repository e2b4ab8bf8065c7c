"""What is known of a book by two ways that are to agree: by reading all of it, and from its index."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from claimbook.book.book import Book
from claimbook.index import stamps
from claimbook.index.index import Index
from claimbook.index.indexed import IndexedBook
from claimbook.index.telling import Line
from claimbook.record.summary import Summary
from claimbook.review.checks import check
from claimbook.review.filters import parse
from claimbook.review.flags import flags
from claimbook.review.origins import claim_origins
from claimbook.review.queue import queue
from claimbook.review.similar import ALIKE, RELATED, Likenesses
from claimbook.review.words import Filter, Standpoint
from claimbook.text import is_plain

IDS = ("apple-car", "apple-cars", "xiaomi-car", "nio", "Nio", "straße", "b", "an-id\nof-two-lines", "con")
FOLDERS = ("", "2021/", "2021/maart/", "Überblick/", "'% _*/")
ARTICLES = ("want", "paper", "wandt", "2021/paper")

_SENTENCES = (
    "Apple builds an electric car of its own in 2024.",
    "Apple is building an electric car of its own by 2024.",
    "Xiaomi builds its electric cars together with Great Wall Motor.",
    "Xiaomi bouwt zijn auto's samen met GWM, coöperatief.",
    "Nio lässt in Straßburg bauen — „bald“.",
    "小米汽车将于2024年上市",
    "Ok.",
)
_QUOTES = ("builds a car", "BUILDS a car", "builds  a car", "a car that flies over the moon", "car")
_NOTES = (
    'He said "no\'t" OR NEAR(x).',
    "50 % * of_it; --",
    "ﬁn \U0010ffff x \ud7ff\ufdd0",
    "l'Économie ÎLE",
    "é" * 70,
)
_NAMES = ("GWM", "Great Wall Motor", "Apple", "apple", "Xiaomi")
_DAYS = ("2020", "2026-11-21", "2026-12", "2027", "0001", "9999", "2026-11-20", "2021-03-26")
_TARGETS = ("apple-car", "apple-cars", "xiaomi-car", "nio", "nobody", "apple-cra", "b")
_ALLOWED = ("similar-claim", "overdue", "single-origin, contested", "contradicted")
_RATINGS = ("true", "mostly true", "mixed", "false", "unproven", "void")
_BROKEN = (
    b"claim: [\n",
    b"",
    b"\xff\xfe\n",
    b"kind: rumour\n",
    b"claim: a\nkind: fact\nclaim: b\nsources: [{article: want}]\n",
    b"<<<<<<< ours\nclaim: a\n=======\nclaim: b\n>>>>>>> theirs\n",
)


def record(seed: int) -> bytes:
    """Return a record made up at random, now and then one that cannot be read."""
    random = Random(seed)  # noqa: S311 - no secret
    if random.random() < 0.12:
        return random.choice(_BROKEN)
    parts = (_head, _days, _sources, _evidence, _relations, _verdicts, _tail)
    lines = [line for part in parts for line in part(random)]
    return ("\n".join(lines) + "\n").encode()


def article(seed: int) -> bytes:
    """Return an article made up at random, now and then one whose front matter cannot be read."""
    random = Random(seed)  # noqa: S311 - no secret
    if random.random() < 0.2:
        return random.choice((b"No front matter.", b"---\npublisher: [\n---\nText.\n", b"\xff"))
    publisher, day = random.choice(("WANT", "The Paper", "Reuters")), random.choice(_DAYS)
    digest = "sha256: " + "0" * 64 + "\n" if random.random() < 0.2 else ""
    text = random.choice(("Apple builds a car.", "Apple builds a car. It builds a car.", "Nothing of it."))
    return f"---\npublisher: {publisher}\ndate: {day}\n{digest}---\n{text}\n".encode()


def settings(seed: int) -> bytes:
    """Return a book's settings made up at random."""
    return (
        b"names: {GWM: Great Wall Motor}\n",
        b"names: {apple: Apple}\nstale_after: 1d\n",
        b"labels: {'true': so it is}\nstale_after: 12w\n",
        b"names: [\n",
        b"stale_after: soon\n",
        b"people: [ann]\n",
    )[seed % 6]


def _head(random: Random) -> Iterator[str]:
    yield f"claim: {random.choice(_SENTENCES)!r}".replace("\\'", "''")
    yield f"kind: {random.choice(('rumour', 'prediction', 'denial'))}"
    if random.random() < 0.6:
        yield f"about: [{', '.join(random.sample(_NAMES, random.randint(1, 3)))}]"
    if random.random() < 0.4:
        yield f"tags: [{random.choice(('ev', 'Élan', 'cars'))}]"
    if random.random() < 0.4:
        yield f"status: {random.choice(('open', 'settled', 'shelved', 'reviewing'))}"


def _days(random: Random) -> Iterator[str]:
    yield from (f"{key}: {random.choice(_DAYS)}" for key in ("due", "review_on") if random.random() < 0.4)


def _sources(random: Random) -> Iterator[str]:
    yield "sources:"
    for _ in range(random.randint(1, 3)):
        if random.random() < 0.25:
            yield "  - url: https://example.org/a"
            yield f"    publisher: {random.choice(('Mint', 'Le Monde', 'GWM'))}"
            yield f"    date: {random.choice(_DAYS)}"
        else:
            yield f"  - article: {random.choice(('want', 'paper', 'paper', 'wand', 'nowhere'))}"
            if random.random() < 0.6:
                yield f"    quote: {random.choice(_QUOTES)}"
        if random.random() < 0.7:
            yield f"    stance: {random.choice(('asserts', 'relays', 'denies', 'doubts'))}"
        if random.random() < 0.3:
            yield "    certainty: hedged"
        if random.random() < 0.5:
            yield f"    via: [{random.choice(('Reuters', 'GWM', '{anonymous: three people}', ''))}]"


def _evidence(random: Random) -> Iterator[str]:
    number = random.choice((0, 1, 2, 3))
    if number:
        yield "evidence:"
    for _ in range(number):
        yield f"  - url: https://example.org/{random.randint(1, 2)}"
        yield f"    publisher: {random.choice(('Mint', 'Post', 'GWM'))}"
        yield f"    bearing: {random.choice(('supports', 'refutes', 'context'))}"
        if random.random() < 0.7:
            yield f"    seen: {random.choice(_DAYS)}"


def _relations(random: Random) -> Iterator[str]:
    number = random.choice((0, 0, 1, 2))
    if number:
        yield "relations:"
    for _ in range(number):
        yield f"  - to: {random.choice(_TARGETS)}"
        yield f"    as: {random.choice(('contradicts', 'contradicts', 'part of'))}"


def _verdicts(random: Random) -> Iterator[str]:
    number = random.choice((0, 0, 1, 2))
    if number:
        yield "verdicts:"
    for _ in range(number):
        yield f"  - date: {random.choice(_DAYS)}"
        yield f"    rating: {random.choice(_RATINGS)}"
        yield "    why: Because."
        yield "    by: ann"


def _tail(random: Random) -> Iterator[str]:
    if random.random() < 0.3:
        yield from ("forecasts:", f"  - date: {random.choice(_DAYS)}", "    probability: 0.6", "    by: ann")
    if random.random() < 0.3:
        yield f"allow: [{random.choice(_ALLOWED)}]"
    if random.random() < 0.4:
        yield from ("notes: |", f"  {random.choice(_NOTES)}")


@contextmanager
def settled() -> Iterator[None]:
    """Have files trusted as soon as the clock of the file system has moved on."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stamps, "RACY", -(10.0**10))
        yield


def let_the_clock_move_on(root: Path) -> None:
    """Wait for a moment at which a file that is written gets other times than one written just now."""
    probe = root / "clock"
    probe.write_bytes(b"")
    before = probe.stat().st_ctime_ns
    while probe.stat().st_ctime_ns == before:
        probe.chmod(0o600)
    probe.unlink()


def assert_agree(root: Path, index: Index, today: date, filters: tuple[str, ...] = ()) -> None:
    """Hold an index that is up to date against the book itself, in everything that it answers."""
    book = Book.open(root)
    seen_from = Standpoint(today, book.settings.names)
    assert index.settings == book.settings
    assert list(index.summaries()) == book.summaries
    assert index.findings(today) == check(book, seen_from)
    _assert_same_claims(book, index)
    _assert_same_counts(book, index, today)
    assert _queued(index, today) == [
        (item.summary.file, item.reasons) for item in queue(book.summaries, seen_from, book.settings.patience)
    ]
    some = sorted(book.entries)[::2]
    assert index.findings(today, some) == check(book, seen_from, some)
    assert_same_likenesses(book, index)
    for text in filters:
        assert_selects_alike(book, index, parse(text), today)


def assert_selects_alike(book: Book, index: Index, wanted: Filter, today: date) -> None:
    """Hold what a filter finds in an index against what it finds in all facts."""
    found = wanted.select(book.summaries, Standpoint(today, book.settings.names))
    places = index.places(wanted, today)
    assert [_listed(one, today) for one in index.listings(places)] == [
        _told(one, today, book) for one in found
    ]
    assert list(index.summaries(places)) == found
    rows = [
        (identifier, claim, status, rating, due)
        for _, status, rating, identifier, claim, due, _ in index.rows(wanted, today)
    ]
    assert rows == [(one.id, one.claim, one.status, one.rating, one.due and str(one.due)) for one in found]
    assert [row for sheet in _sheets(index, wanted, today) for row in sheet] == index.rows(wanted, today)
    assert index.widest(wanted, today) == max((len(one.id) for one in found), default=0)
    assert list(index.places(wanted, today, most=2)) == list(places)[:2]
    with_broken = [one.file for one in index.listings(index.places(wanted, today, broken=True))]
    assert with_broken == sorted([*(one.file for one in found), *(entry.file for entry in book.broken)])


def _sheets(index: Index, wanted: Filter, today: date) -> Iterator[list[Line]]:
    """Yield lines of the list two at a time."""
    after = ""
    while sheet := index.rows(wanted, today, after, 2):
        yield sheet
        (after,) = index.files_at([sheet[-1][-1]])


def assert_same_likenesses(book: Book, index: Index) -> None:
    """Hold what is found to be like a sentence against each other."""
    sought = "Apple builds an electric car"
    for least in (RELATED, ALIKE):
        assert index.like(sought, least=least) == Likenesses(book.summaries, least=least).like(sought)


def _assert_same_claims(book: Book, index: Index) -> None:
    indexed = IndexedBook(book.root, index)
    assert index.files() == list(book.entries)
    assert list(index.ids().items()) == list(book.ids.items())
    assert [(one.file, one.id, one.errors) for one in index.broken()] == [
        (entry.file, entry.id, entry.errors) for entry in book.broken
    ]
    assert indexed.stray == book.stray
    assert dict(indexed.facts) == dict(book.facts)
    assert dict(indexed.articles) == dict(book.articles)
    assert dict(indexed.shelf) == dict(book.shelf)
    for name in (*IDS, "paper", "nobody"):
        assert index.like_named(name) == book.like_named(name)
        assert index.pointing(name) == [entry.file for entry in book.pointing(name)]
        assert index.quoting(name) == [entry.file for entry in book.quoting(name)]


def _assert_same_counts(book: Book, index: Index, today: date) -> None:
    names, claims = book.settings.names, book.summaries
    tallies = index.tallies(today)
    assert tallies.claims == len(claims)
    assert tallies.broken == len(book.broken)
    assert tallies.articles == len(book.articles)
    assert tallies.files == len(book.entries) + len(book.shelf)
    assert tallies.statuses == Counter(one.status for one in claims)
    assert tallies.flags == Counter(flag for one in claims for flag in flags(one, today, names))
    assert tallies.about == Counter(name for one in claims for name in {names.get(n, n) for n in one.about})
    assert index.ratings() == {one.id: one.rating for one in claims}


def _queued(index: Index, today: date) -> list[tuple[Any, ...]]:
    return [(item.listing.file, item.reasons) for item in index.queue(today)]


def _listed(one: Any, today: date) -> tuple[Any, ...]:
    return (one.file, one.id, one.claim, one.status, one.rating, one.due, bool(one.plain), one.flags(today))


def _told(one: Summary, today: date, book: Book) -> tuple[Any, ...]:
    due = None if one.due is None else str(one.due)
    plain = is_plain(one.claim) and is_plain(one.id)
    return (
        one.file,
        one.id,
        one.claim,
        one.status,
        one.rating,
        due,
        plain,
        flags(one, today, book.settings.names),
    )


def assert_details(book: Book, index: Index, today: date) -> None:
    """Hold what machines are told of each claim against each other."""
    for one, place in zip(book.summaries, index.places(parse(""), today), strict=True):
        detail, origins = index.detail(place), claim_origins(one, book.settings.names)
        assert detail == (
            one.kind,
            list(one.about),
            list(one.tags),
            len(one.articles),
            origins.least,
            origins.most,
        )
