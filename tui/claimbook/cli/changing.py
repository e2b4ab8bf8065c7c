"""Commands that change one claim: `verdict` and `set`."""

import re
from typing import Any

import click

from claimbook.app.preferences import load_preferences
from claimbook.book.drafting import words_in
from claimbook.book.refusals import Refused
from claimbook.book.saving import Draft, change_claims
from claimbook.cli.command import Command
from claimbook.cli.diffs import print_diff
from claimbook.cli.output import line, narrate, paint, print_json
from claimbook.cli.parameters import ParamType, WordType, claim_argument
from claimbook.cli.scene import Scene, open_scene
from claimbook.record.changes import Change, SetField
from claimbook.record.dates import PartialDate
from claimbook.record.model import Claim
from claimbook.record.nodes import Path
from claimbook.record.ratings import Rating, Status, status_agrees
from claimbook.record.shapes import Shape, nearest, shape_of
from claimbook.record.terms import Confidence
from claimbook.review.judging import verdict_changes

_STEP = re.compile(r"([a-z_][a-z_-]*)((?:\[[0-9]+\])*)")


class DateType(ParamType[PartialDate]):
    """A year, a month or a day."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> PartialDate:
        """Read a date."""
        if isinstance(value, PartialDate):
            return value
        try:
            return PartialDate.parse(value)
        except ValueError as error:
            raise click.BadParameter(f"{value}: {error}.", ctx, param) from None


class RatingType(ParamType[Rating]):
    """A rating, its words joined by a space or a hyphen."""

    name = "rating"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Rating:
        """Read a rating."""
        word = str(value).lower().replace("-", " ").strip()
        if word in list(Rating):
            return Rating(word)
        guess = nearest(word, list(Rating))
        hint = f"did you mean {guess}?" if guess else f"write one of {', '.join(Rating)}."
        raise click.BadParameter(f"There is no rating {value}: {hint}", ctx, param)


@click.command(
    cls=Command,
    examples=['claimbook verdict ai-decides-car-choice unproven --why "Surveys name price first." --dry-run'],
)
@claim_argument
@click.argument("rating", metavar="RATING", type=RatingType())
@click.option("--why", required=True, help="The reason, in a sentence or two.")
@click.option("--by", help="Who gives it; else your name from the settings, or your log-in name.")
@click.option("--date", "given", type=DateType(), help="When it is given; else today.")
@click.option("--as-of", type=DateType(), help="The moment it is judged for, where that is not today.")
@click.option("--confidence", type=WordType(Confidence, "confidence"), help="How sure you are.")
@click.option("--dry-run", is_flag=True, help="Print the change and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@click.pass_context
def verdict(
    ctx: click.Context,
    identifier: str,
    rating: Rating,
    why: str,
    by: str | None,
    given: PartialDate | None,
    as_of: PartialDate | None,
    confidence: str | None,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Give a verdict: one more entry in the record, and the status that follows from it.

    Ratings: true, mostly-true, mixed, mostly-false, false; off the scale: unproven, ambiguous, void,
    outdated.
    """
    scene = open_scene(ctx)
    claim = claim_of(scene, identifier)
    try:
        changes = verdict_changes(
            claim,
            rating=rating,
            why=why,
            by=by or load_preferences()[0].signature,
            given=given or scene.seen_from.today,
            as_of=as_of,
            confidence=Confidence(confidence) if confidence else None,
        )
    except ValueError as error:
        raise click.UsageError(f"--why: {error}.") from None
    title = f"verdict on {identifier}: {rating}"
    save(scene, identifier, title, changes, dry_run=dry_run, as_json=as_json)


@click.command(
    "set",
    cls=Command,
    examples=[
        "claimbook set apple-car-2024 review_on 2027-01-01 --dry-run",
        'claimbook set apple-car-2024 tags "cars, ev, self-driving" --dry-run',
    ],
)
@claim_argument
@click.argument("field", metavar="FIELD")
@click.argument("value", metavar="VALUE")
@click.option("--dry-run", is_flag=True, help="Print the change and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@click.pass_context
def set_field(
    ctx: click.Context, identifier: str, field: str, value: str, *, dry_run: bool, as_json: bool
) -> None:
    """Set one field of a claim; the items of a list are separated by commas.

    A field is a key, or one further in: evidence[0].note.
    """
    scene = open_scene(ctx)
    claim = claim_of(scene, identifier)
    path = parse_path(field)
    _settable(claim, identifier, path, value)
    _quotable(scene, claim, path, value)
    changes: list[Change] = [SetField(path, _as_written(path, value))]
    save(scene, identifier, f"set {field} of {identifier}", changes, dry_run=dry_run, as_json=as_json)


def parse_path(text: str) -> Path:
    """Read `evidence[0].note`, and make sure that records have such a field.

    Raises:
        UsageError: with the nearest right name.
    """
    path: list[str | int] = []
    shape: Shape | None = shape_of(Claim)
    for part in text.split("."):
        match = _STEP.fullmatch(part)
        if match is None:
            raise click.UsageError(f"{text!r} names no field: write a key, or evidence[0].note.")
        key = match[1]
        if shape is not None and key not in shape.keys and not key.startswith("x-"):
            guess = nearest(key, shape.keys)
            hint = f"did you mean {guess}?" if guess else f"there are {', '.join(shape.keys)}."
            raise click.UsageError(f"There is no field {key}: {hint}")
        path += [key, *(int(number) for number in re.findall(r"[0-9]+", match[2]))]
        shape = shape.keys.get(key) if shape else None
    return tuple(path)


def _settable(claim: Claim, identifier: str, path: Path, value: str) -> None:
    if path[0] == "verdicts":
        raise Refused(
            "Verdicts are never rewritten: give one more, with "
            f"`claimbook verdict {identifier} RATING --why …`. Nothing was written."
        )
    if path == ("status",) and value in list(Status) and not status_agrees(Status(value), claim.rating):
        raise Refused(
            f"The status {value} does not follow from the last verdict ({claim.rating or 'none'}): give the "
            f"verdict that it follows from, with `claimbook verdict {identifier} …`. Nothing was written."
        )


def _quotable(scene: Scene, claim: Claim, path: Path, value: str) -> None:
    """Refuse a quote that does not stand in its article."""
    match path:
        case ("sources" | "evidence" as key, int(index), "quote") if index < len(getattr(claim, key)):
            part = getattr(claim, key)[index]
            if part.article in scene.book.articles:
                words_in(scene.book.articles[part.article], value, part.before, part.after)


def _as_written(path: Path, value: str) -> str | list[str]:
    """Return the value, as a list where the field takes one of plain texts."""
    if path in (("about",), ("tags",), ("allow",)):
        return [item.strip() for item in value.split(",") if item.strip()]
    return value


def claim_of(scene: Scene, identifier: str) -> Claim:
    """Return a claim whose record can be read.

    Raises:
        NoSuchClaim, BrokenRecord: where there is none.
    """
    claim = scene.book.whole(identifier).claim
    if claim is None:
        raise Refused(f"{identifier} cannot be read.")
    return claim


def save(
    scene: Scene, identifier: str, title: str, changes: list[Change], *, dry_run: bool, as_json: bool
) -> None:
    """Change a claim, or with `dry_run` print what would change, and say what was done."""
    drafts = change_claims(scene.book, title, {identifier: changes}, dry_run=dry_run)
    if as_json:
        print_json(
            {"id": identifier, "written": not dry_run, "changes": [draft_json(draft) for draft in drafts]}
        )
        return
    if dry_run:
        print_diff(drafts)
        return
    entry = scene.book.whole(identifier)
    line(paint(entry.file))
    if entry.summary:
        narrate(f"{title}; the status is {entry.summary.status}. `claimbook undo` takes it back.")


def draft_json(draft: Draft) -> dict[str, Any]:
    """Return a change to a file as JSON."""
    return {
        "file": draft.file,
        "before": None if draft.before is None else draft.before.decode(errors="replace"),
        "after": None if draft.after is None else draft.after.decode(errors="replace"),
    }
