"""What to say of changes that came in from outside, in a line or two."""

from typing import Literal, NamedTuple

from claimbook.app.view import View
from claimbook.book.brought import Changes
from claimbook.book.places import CLAIMS

_NAMED = 2
"""Claims that are named one by one; of more, their number is said."""


class Notice(NamedTuple):
    """Something to tell the person."""

    text: str
    """A sentence; other people's text in it is not safe to show yet."""
    severity: Literal["information", "warning", "error"] = "information"
    """How loud."""


def news(before: View, after: View, changes: Changes) -> list[Notice]:
    """Return what to say of changes: broken and mended records by themselves, the rest in one line."""
    broken = [_broken(after, file) for file in [*changes.changed, *changes.added] if _is_broken(after, file)]
    mended = [
        Notice(f"{_id(file)} can be read again.")
        for file in changes.changed
        if _is_broken(before, file) and not _is_broken(after, file)
    ]
    rest = Changes(
        added=[file for file in changes.added if not _is_broken(after, file)],
        changed=[f for f in changes.changed if not _is_broken(before, f) and not _is_broken(after, f)],
        removed=changes.removed,
    )
    return [*_few(broken), *_few(mended), *_in_one_line(rest)]


def _is_broken(view: View, file: str) -> bool:
    return file in view.broken


def _broken(view: View, file: str) -> Notice:
    row = view.row(file)
    if row is None or not row.entry.errors:
        return Notice(f"{file} cannot be read.", "error")
    first = row.entry.errors[0]
    return Notice(f"{first.place} cannot be read now. {first.message}", "error")


def _few(notices: list[Notice]) -> list[Notice]:
    if len(notices) <= _NAMED:
        return notices
    more = f"… and {len(notices) - _NAMED} files more."
    return [*notices[:_NAMED], Notice(more, notices[0].severity)]


def _in_one_line(changes: Changes) -> list[Notice]:
    parts = [
        *_part(changes.changed, "changed"),
        *_part(changes.added, "new"),
        *_part(changes.removed, "gone"),
    ]
    return [Notice(f"From outside: {'; '.join(parts)}.")] if parts else []


def _part(files: list[str], word: str) -> list[str]:
    claims = [file for file in files if file.startswith(f"{CLAIMS}/")]
    articles = [file for file in files if file not in claims]
    return [*_named(claims, "claims", word), *_named(articles, "articles", word)]


def _named(files: list[str], what: str, word: str) -> list[str]:
    if not files:
        return []
    if len(files) <= _NAMED:
        return [f"{', '.join(_id(file) for file in files)} {word}"]
    return [f"{len(files):,} {what} {word}"]


def _id(file: str) -> str:
    return file.rsplit("/", 1)[-1].rsplit(".", 1)[0]
