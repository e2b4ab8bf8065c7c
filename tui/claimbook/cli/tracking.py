"""`claimbook track`: how often what somebody said came true."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from claimbook.cli.command import Command
from claimbook.cli.listing import narrate_broken
from claimbook.cli.output import line, narrate, pad, paint, print_json, style, width
from claimbook.cli.scene import Scene, open_scene
from claimbook.record.shapes import nearest
from claimbook.review.filters import fold
from claimbook.review.scoring import FEWEST, Tally, brier, calibration
from claimbook.review.trackrecord import (
    DEFINITIONS,
    FORECAST_DEFINITIONS,
    Outcome,
    Record,
    Role,
    Saying,
    track_records,
)
from claimbook.text import visible

_NOBODY = "(nobody named)"
_TONES = {Outcome.TRUE: "good", Outcome.FALSE: "bad", Outcome.MIXED: "mixed"}
_WIDEST = 100


@click.command(cls=Command, examples=["claimbook track", "claimbook track Reuters"])
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@click.pass_context
def track(ctx: click.Context, name: str | None, *, as_json: bool) -> None:
    """Say how often what publishers, agencies and claimants said came true, and how forecasts fared.

    NAME is a part of a name; with it, the claims are listed too. How it is counted stands below the answer.
    """
    scene = open_scene(ctx)
    records = track_records(scene.index.summaries(words=False), scene.seen_from)
    found = [record for record in records if name is None or fold(name) in fold(_shown(record))]
    narrate_broken(scene)
    if as_json:
        print_json({"names": map(_as_json, found)})
        return
    told = [record for record in found if record.weight or name]
    for index, section in enumerate(filter(None, _sections(scene, told, in_full=name is not None))):
        line("\n" * bool(index) + "\n".join(section))
    _narrate(name, records, found, told)


def _sections(scene: Scene, told: Sequence[Record], *, in_full: bool) -> Iterator[list[str]]:
    """Yield the parts of the answer, some of them empty."""
    saying = [record for record in told if record.sayings]
    forecasting = [record for record in told if record.forecasts]
    yield _table(saying)
    if in_full:
        yield from (_claims(scene, record) for record in saying)
    yield from (_forecasts(record) for record in forecasting)
    yield _definitions(DEFINITIONS) if saying else []
    yield _definitions(FORECAST_DEFINITIONS) if forecasting else []


def _narrate(
    name: str | None, records: Sequence[Record], found: Sequence[Record], told: Sequence[Record]
) -> None:
    if name and not found:
        guess = nearest(name, [record.name for record in records if record.name])
        hint = f" Did you mean {guess}?" if guess else ""
        narrate(f"Nobody in this book's sources is called {name}.{hint}")
    elif not found:
        narrate("Nobody has said anything yet.")
    elif len(told) < len(found):
        narrate(f"{len(found) - len(told)} more have said something, and nothing of it counts yet.")


def _table(records: Sequence[Record]) -> list[str]:
    """Return a line for each role in which a name has something scored, or what waits."""
    rows = [row for record in records for row in _rows(record)]
    heads = ("name", "as", "true", "false", "mixed", "n", "share", "95 %")
    widths = [max(len(visible(row[i])) for row in (heads, *rows)) for i in range(len(heads))]
    head = style(_row(heads, widths), "quiet")
    return [head, *(_row(row, widths) for row in rows)] if rows else []


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    left = [pad(cell, size) for cell, size in zip(cells[:2], widths, strict=False)]
    right = [cell.rjust(size) for cell, size in zip(cells[2:], widths[2:], strict=True)]
    return "  ".join([*left, *right]).rstrip()


def _rows(record: Record) -> Iterator[tuple[str, ...]]:
    shown = False
    for role in Role:
        for hedged in (False, True):
            found = record.tally(role, hedged=hedged)
            if found.scored or found.mixed:
                name = "" if shown else _shown(record)
                shown = True
                yield (name, f"{role}, hedged" if hedged else str(role), *_counts(found))
    if not shown:
        yield (_shown(record), _waiting(record), *[""] * 6)


def _counts(found: Tally) -> tuple[str, ...]:
    numbers = (str(found.true), str(found.false), str(found.mixed), str(found.scored))
    if found.share is None or found.interval is None:
        return (*numbers, "–", "")
    low, high = found.interval
    return (*numbers, f"{found.share:.0%}", f"{low:.0%} to {high:.0%}")


def _claims(scene: Scene, record: Record) -> list[str]:
    """Return what the numbers rest on."""
    ratings = scene.index.ratings()
    number = _number(len({saying.claim for saying in record.sayings}), "claim")
    lines = [paint(f"{_shown(record)}: {number}, {_waiting(record)}", "strong")]
    size = max(len(saying.claim) for saying in record.sayings)
    for saying in record.sayings:
        came = style(f"{saying.outcome:8}", _TONES.get(saying.outcome, "quiet"))
        rating = ratings[saying.claim] or "no verdict"
        lines.append(f"  {came}  {pad(saying.claim, size)}  {_role(saying):16}  {rating}")
    return lines


def _waiting(record: Record) -> str:
    return f"{record.not_due} not due, {record.unscored} that do not count"


def _role(saying: Saying) -> str:
    words = [str(saying.role), *(["denies"] if saying.denied else []), *(["hedged"] if saying.hedged else [])]
    return ", ".join(words)


def _forecasts(record: Record) -> list[str]:
    """Return how a reviewer's forecasts fared."""
    score = brier(record.forecasts)
    claims = len({said.claim for said in record.forecasts})
    number = f"{_number(len(record.forecasts), 'forecast')} on {_number(claims, 'claim')}"
    lines = [paint(f"{_shown(record)}: {number}, Brier score {score:.3f}", "strong")]
    for step in calibration(record.forecasts):
        held = f"held {step.low:.0%} to {step.high:.0%} likely: {step.number}"
        came = round(step.came_true * step.number)
        share = f"{step.came_true:.0%}" if step.number >= FEWEST else f"{came} of {step.number}"
        lines.append(f"  {held}, on average {step.forecast:.0%}, and {share} came true")
    return lines


def _definitions(definitions: Mapping[str, str]) -> list[str]:
    size = max(map(len, definitions), default=0)
    room = max(20, min(width(), _WIDEST) - size - 2)
    lines = []
    for term, text in definitions.items():
        first, *rest = textwrap.wrap(text, room)
        lines.append(style(f"{term:{size}}", "quiet") + f"  {first}")
        lines += [f"{'':{size}}  {part}" for part in rest]
    return lines


def _as_json(record: Record) -> dict[str, Any]:
    return {
        "name": record.name,
        **{f"as_{role}": _role_json(record, role) for role in Role},
        "not_due": record.not_due,
        "unscored": record.unscored,
        "brier": brier(record.forecasts),
        "forecasts": len(record.forecasts),
        "calibration": [
            {
                "low": step.low,
                "high": step.high,
                "number": step.number,
                "forecast": step.forecast,
                "came_true": step.came_true,
            }
            for step in calibration(record.forecasts)
        ],
        "claims": [
            {
                "id": saying.claim,
                "role": saying.role,
                "denied": saying.denied,
                "hedged": saying.hedged,
                "outcome": saying.outcome,
            }
            for saying in record.sayings
        ],
    }


def _role_json(record: Record, role: Role) -> dict[str, Any]:
    plain, hedged = (_tally_json(record.tally(role, hedged=hedged)) for hedged in (False, True))
    return {**plain, "hedged": hedged}


def _tally_json(found: Tally) -> dict[str, Any]:
    low, high = found.interval or (None, None)
    return {
        "scored": found.scored,
        "true": found.true,
        "false": found.false,
        "mixed": found.mixed,
        "share": found.share,
        "low": low,
        "high": high,
    }


def _shown(record: Record) -> str:
    return record.name or _NOBODY


def _number(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
