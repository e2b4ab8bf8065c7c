"""Taking up what was typed when the desk was ended: told in words, then on the screens it was typed on."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from textual.screen import Screen

from claimbook.app.addings import ADDINGS
from claimbook.app.drafts import Draft
from claimbook.app.lettering import Paragraph, Span, label, prose
from claimbook.app.screens.form import Form
from claimbook.app.screens.naming import NameFilter
from claimbook.app.screens.newclaim import NewClaimDialog
from claimbook.app.screens.review import ReviewScreen
from claimbook.app.screens.verdict import VerdictDialog
from claimbook.app.spoken import count
from claimbook.app.tasks import Task, shelve, snooze
from claimbook.app.view import View
from claimbook.review.anchoring import Anchored
from claimbook.text import one_line

_SHOWN = 200
"""Characters of a text that the question shows."""
_NAMED = {
    "review": "a verdict",
    "verdict": "a verdict",
    "new-claim": "a new claim",
    "filter": "a filter's name",
}


def told(drafts: Iterable[Draft]) -> list[Paragraph]:
    """Say what was typed, for the question whether to take it up."""
    parts = [Paragraph((Span("This was not saved when the desk was ended:", "strong"),))]
    for draft in drafts:
        parts += [Paragraph((label(f"· {_title(draft)}", "quiet"),), hang=2), *_texts(draft)]
    return parts


def spelled(drafts: Iterable[Draft]) -> str:
    """Write drafts down in full, for where nothing better can be done with them."""
    return "\n".join(f"{_title(draft)}\n{_lines(draft)}" for draft in drafts)


def screens(
    drafts: Sequence[Draft], view: View, waiting: Collection[str], signature: str
) -> tuple[list[Screen[Any]], list[Draft]]:
    """Return the screens to open, from below to the top, and the drafts that have none any more.

    Args:
        drafts: What was typed.
        view: The book.
        waiting: The files of the claims that the review has.
        signature: The name that is signed with.
    """
    reviewed = [draft for draft in drafts if draft.sort == "review" and draft.about[0] in waiting]
    found: list[Screen[Any]] = [ReviewScreen(reviewed[-1].about[0], reviewed)] if reviewed else []
    homeless = []
    for draft in drafts:
        if draft not in reviewed:
            screen = _screen(draft, view, signature)
            if screen is None:
                homeless.append(draft)
            else:
                found.append(screen)
    return found, homeless


def _screen(draft: Draft, view: View, signature: str) -> Screen[Any] | None:
    if draft.sort in ("verdict", "review"):
        return VerdictDialog(draft.about, view, draft.texts)
    if draft.sort == "filter":
        return NameFilter(draft.about[0], draft.texts)
    if draft.sort == "new-claim":
        return _new_claim(draft, view)
    task = _task(draft, view, signature)
    return Form(task, draft.about, view, draft.texts) if task else None


def _new_claim(draft: Draft, view: View) -> NewClaimDialog | None:
    article, quote, before, after = draft.about
    known = view.articles.get(article)
    quoted = Anchored(quote, before or None, after or None)
    return NewClaimDialog(known, quoted, view, draft.texts) if known else None


def _task(draft: Draft, view: View, signature: str) -> Task | None:
    if draft.sort in ADDINGS:
        return ADDINGS[draft.sort](view, draft.about[0], signature)
    setting_aside = {"snooze": snooze, "shelve": shelve}.get(draft.sort)
    return setting_aside(view) if setting_aside else None


def _title(draft: Draft) -> str:
    what = _NAMED.get(draft.sort, draft.sort.replace("-", " "))
    if draft.sort == "new-claim":
        return f"{what} from {draft.about[0]}"
    if len(draft.about) > 1:
        return f"{what} for {count(len(draft.about), 'claim')}"
    return f"{what} for {draft.about[0].rsplit('/', 1)[-1].removesuffix('.yaml')}"


def _texts(draft: Draft) -> Iterator[Paragraph]:
    text = one_line(" · ".join(text for text in draft.texts.values() if text.strip()))
    shown = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    yield Paragraph((prose(shown),), indent=2)


def _lines(draft: Draft) -> str:
    return "\n".join(f"  {name}: {text}" for name, text in draft.texts.items() if text.strip())
