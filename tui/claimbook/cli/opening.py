"""`claimbook` alone: the desk, or the summary where there is no terminal."""

from collections import Counter
from typing import Any

from claimbook.book.book import Book
from claimbook.cli.listing import print_row
from claimbook.cli.output import line, paint, print_json
from claimbook.cli.scene import Scene, day, root_of
from claimbook.record.ratings import Status
from claimbook.review.checks import check
from claimbook.review.filters import Standpoint
from claimbook.review.flags import Flag, flags

_WORTH_SAYING = (Flag.OVERDUE, Flag.QUOTE_BROKEN)


def open_desk(named: str | None) -> int:
    """Open the desk on a book, and return the exit code when it is left."""
    root = root_of(named)
    day()
    from claimbook.app.app import Desk

    desk = Desk(root)
    desk.run()
    return desk.return_code or 0


def print_summary(named: str | None, *, as_json: bool) -> None:
    """Print what a book has and what wants a look."""
    book = Book.open(root_of(named))
    scene = Scene(book, Standpoint(day(), book.settings.names))
    if as_json:
        print_json(_facts(scene))
    else:
        _print(scene)


def _facts(scene: Scene) -> dict[str, Any]:
    book = scene.book
    statuses = Counter(str(summary.status) for summary in book.summaries)
    counted: Counter[str] = Counter()
    for summary in book.summaries:
        counted.update(str(flag) for flag in flags(summary, scene.seen_from.today, scene.seen_from.names))
    found = check(book, scene.seen_from)
    errors = sum(item.is_error for item in found)
    return {
        "book": book.name,
        "articles": len(book.articles),
        "claims": len(book.summaries),
        "broken": len(book.broken),
        "statuses": {str(status): statuses[status] for status in Status},
        "flags": {str(flag): counted[flag] for flag in Flag},
        "errors": errors,
        "warnings": len(found) - errors,
    }


def _print(scene: Scene) -> None:
    facts = _facts(scene)
    line(paint(f"{facts['book']}: {facts['claims']} claims from {facts['articles']} articles", "strong"))
    line("  " + ", ".join(f"{number} {status}" for status, number in facts["statuses"].items() if number))
    found = ", ".join(f"{number} {flag}" for flag, number in facts["flags"].items() if number)
    line(f"  {found or 'nothing flagged'}")
    problems = [f"{facts[key]} {key}" for key in ("broken", "errors", "warnings") if facts[key]]
    line(f"  {', '.join(problems)}: see `claimbook check`" if problems else "  no problems")
    due = [summary for summary in scene.book.summaries if _wanted(scene, summary)]
    if due:
        line()
        line(paint("Wants a look", "strong"))
        for summary in due:
            print_row(summary, scene, id_width=max(len(item.id) for item in due))


def _wanted(scene: Scene, summary: Any) -> bool:
    raised = flags(summary, scene.seen_from.today, scene.seen_from.names)
    return any(flag in _WORTH_SAYING for flag in raised)
