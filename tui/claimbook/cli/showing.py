"""`claimbook show`: one claim, whole."""

import textwrap
from typing import Any

import click

from claimbook.book.entry import Entry, Quoted
from claimbook.book.quotes import QuoteState
from claimbook.cli.command import Command
from claimbook.cli.output import line, paint, print_json, width
from claimbook.cli.parameters import claim_argument
from claimbook.cli.scene import Scene, open_scene
from claimbook.record.conflicts import conflicts
from claimbook.record.model import Claim, Evidence, Link, Source
from claimbook.record.summary import Summary
from claimbook.review.flags import flags
from claimbook.review.marks import mark, rating_mark
from claimbook.review.origins import claim_origins

_SIGNS = {"supports": "+", "refutes": "−", "context": "·"}


@click.command(cls=Command, examples=["claimbook show apple-car-2024"])
@claim_argument
@click.option(
    "--json", "as_json", is_flag=True, help="For machines: the record, its quotes, origins and flags."
)
@click.pass_context
def show(ctx: click.Context, identifier: str, *, as_json: bool) -> None:
    """Show one claim with its sources, evidence and verdicts.

    Of a record that a merge left in conflict, show both versions.
    """
    scene = open_scene(ctx)
    if not as_json:
        _print_conflicts(scene.book.entry(identifier))
    entry = scene.book.whole(identifier)
    if entry.claim is None or entry.summary is None:
        return
    if as_json:
        print_json(_as_json(scene, entry, entry.claim, entry.summary))
    else:
        _print(scene, entry, entry.claim, entry.summary)


def _print_conflicts(entry: Entry) -> None:
    """Print both sides of what a merge left to a person; such a record cannot be read."""
    for conflict in conflicts(entry.document.source.text) if entry.claim is None else ():
        for title, name, number, lines in (
            ("ours", conflict.ours_name, conflict.ours_line, conflict.ours),
            ("theirs", conflict.theirs_name, conflict.theirs_line, conflict.theirs),
        ):
            named = f" ({name})" if name and name != title else ""
            line(paint(f"{entry.file}:{number} {title}{named}", "strong"))
            for text in lines or ["(nothing)"]:
                line(f"    {paint(text)}")
        line()


def _as_json(scene: Scene, entry: Entry, claim: Claim, summary: Summary) -> dict[str, Any]:
    origins = claim_origins(summary, scene.seen_from.names)
    return {
        "id": entry.id,
        "file": entry.file,
        **claim.model_dump(mode="json", by_alias=True),
        "status": str(claim.standing),
        "quotes": [_quote_json(scene, quoted) for quoted in entry.quotes],
        "origins": {"min": origins.least, "max": origins.most},
        "flags": [str(flag) for flag in flags(summary, scene.seen_from.today, scene.seen_from.names)],
    }


def _quote_json(scene: Scene, quoted: Quoted) -> dict[str, Any]:
    found = quoted.found
    start = found.start if found else None
    file_line = column = None
    if start is not None:
        file_line, column = scene.book.articles[quoted.article].position(start)
    return {
        "at": quoted.at,
        "article": quoted.article,
        "state": str(found.state) if found else None,
        "line": file_line,
        "column": column,
        "start": start,
        "end": found.end if found else None,
        "score": found.score if found else None,
    }


def _print(scene: Scene, entry: Entry, claim: Claim, summary: Summary) -> None:
    shown = mark(summary, scene.settings.labels)
    _text(claim.claim, tone="strong")
    facts = [f"{shown.glyph} {shown.word}", str(claim.kind), ", ".join(claim.about)]
    facts += [f"due {claim.due}"] if claim.due else []
    facts += [str(flag) for flag in flags(summary, scene.seen_from.today, scene.seen_from.names)]
    line(paint(" · ".join(fact for fact in facts if fact), shown.tone))
    line(paint(entry.file, "quiet"))
    _print_sources(scene, entry, claim, summary)
    _print_evidence(claim)
    _print_rest(claim)
    _print_verdicts(scene, claim)


def _print_sources(scene: Scene, entry: Entry, claim: Claim, summary: Summary) -> None:
    origins = claim_origins(summary, scene.seen_from.names)
    count = str(origins.least) if origins.least == origins.most else f"{origins.least} to {origins.most}"
    _heading(f"Sources: {len(claim.sources)}, origins: {count}")
    states = {quoted.at: quoted.found.state if quoted.found else None for quoted in entry.quotes}
    for index, source in enumerate(claim.sources):
        where = _where(scene, source)
        chain = "".join(f" ← {_link(link)}" for link in source.via or ())
        _text(f"{where}{chain}, {source.stance}, {source.certainty}", indent=2)
        if source.quote:
            state = states.get(f"sources[{index}]")
            broken = state not in (QuoteState.EXACT, QuoteState.SPACED) and source.article is not None
            _text(f"“{source.quote}”{f' [quote {state}]' if broken else ''}", indent=4)
        _optional(source.translation, "= ")
        _optional(source.note, "")


def _print_evidence(claim: Claim) -> None:
    if not claim.evidence:
        return
    count = {bearing: sum(item.bearing == bearing for item in claim.evidence) for bearing in _SIGNS}
    _heading(f"Evidence: {count['supports']} for, {count['refutes']} against, {count['context']} context")
    for item in claim.evidence:
        _text(f"{_SIGNS[item.bearing]} {_evidence_place(item)}", indent=2)
        if item.url:
            _text(item.url, indent=4, tone="quiet")
        _optional(item.note, "")


def _print_rest(claim: Claim) -> None:
    if claim.relations:
        _heading("Relations")
        for relation in claim.relations:
            _text(f"{relation.as_} {relation.to}", indent=2)
            _optional(relation.note, "")
    for heading, text in (("Settles when", claim.settles_when), ("Notes", claim.notes)):
        if text:
            _heading(heading)
            _text(text, indent=2)


def _print_verdicts(scene: Scene, claim: Claim) -> None:
    _heading(f"Verdicts: {len(claim.verdicts)}")
    for verdict in claim.verdicts:
        shown = rating_mark(verdict.rating, scene.settings.labels)
        as_of = f", as of {verdict.as_of}" if verdict.as_of else ""
        sure = f", {verdict.confidence} confidence" if verdict.confidence else ""
        by = f", {verdict.by}" if verdict.by else ""
        _text(f"{shown.glyph} {shown.word}{as_of}{sure} ({verdict.date}{by})", indent=2, tone=shown.tone)
        _text(verdict.why, indent=4)


def _where(scene: Scene, source: Source) -> str:
    if source.article is None:
        return f"{source.publisher} {source.date}, {source.url}"
    article = scene.book.articles.get(source.article)
    if article is None:
        return f"{source.article} (not in the book)"
    return f"{article.head.publisher} {source.date or article.head.date}"


def _evidence_place(item: Evidence) -> str:
    chain = "".join(f" ← {_link(link)}" for link in item.via or ())
    return " ".join(str(part) for part in (item.publisher or item.article, item.date) if part) + chain


def _link(link: Link) -> str:
    named = link.name or link.anonymous or ""
    return f"{named} ({link.report})" if link.report else named


def _heading(text: str) -> None:
    line()
    line(paint(text, "strong"))


def _optional(text: str | None, sign: str) -> None:
    if text:
        _text(sign + text, indent=4, tone="quiet")


def _text(text: str, *, indent: int = 0, tone: str = "") -> None:
    """Print somebody's text, wrapped, paragraph by paragraph."""
    room = min(width(), 100) - indent
    for paragraph in text.splitlines() or [""]:
        for part in textwrap.wrap(paint(paragraph), room, break_on_hyphens=False, break_long_words=False) or [
            ""
        ]:
            line(" " * indent + paint(part, tone))
