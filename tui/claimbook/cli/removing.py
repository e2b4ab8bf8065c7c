"""`claimbook remove`: take a field or an item of a list out of a claim."""

from typing import Any

import click

from claimbook.book.refusals import Refused
from claimbook.cli.changing import claim_of, parse_path, save
from claimbook.cli.command import Command
from claimbook.cli.parameters import claim_argument
from claimbook.cli.scene import Scene, open_scene
from claimbook.record.changes import Remove
from claimbook.record.nodes import Path, plain
from claimbook.record.refusal import spelled

_NEEDED = (("claim",), ("kind",), ("sources",))


@click.command(
    cls=Command,
    examples=[
        "claimbook remove apple-car-2024 'evidence[4]' --dry-run",
        "claimbook remove apple-car-2024 'sources[0].note' --dry-run",
    ],
)
@claim_argument
@click.argument("path", metavar="PATH")
@click.option("--dry-run", is_flag=True, help="Print the change and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@click.pass_context
def remove(ctx: click.Context, identifier: str, path: str, *, dry_run: bool, as_json: bool) -> None:
    """Take out a field, or an item of a list; `evidence[0]` is the first.

    Verdicts stay, as does what a record cannot do without.
    """
    scene = open_scene(ctx)
    claim_of(scene, identifier)
    place = parse_path(path)
    _removable(scene, identifier, place)
    title = f"remove {spelled(place)} from {identifier}"
    save(scene, identifier, title, [Remove(place)], dry_run=dry_run, as_json=as_json)


def _removable(scene: Scene, identifier: str, path: Path) -> None:
    if path[0] == "verdicts":
        raise Refused(
            "Verdicts are never taken away: a correction is one more, with "
            f"`claimbook verdict {identifier} RATING --why …`. Nothing was written."
        )
    values = _values(scene, identifier, path)
    if path in _NEEDED or (path[0] == "sources" and len(path) == 2 and len(values["sources"]) == 1):
        message = f"A record cannot do without `{spelled(path)}`: change it, or delete the file."
        raise Refused(f"{message} Nothing was written.")


def _values(scene: Scene, identifier: str, path: Path) -> dict[str, Any]:
    """Return the record's values, after making sure that the path leads to one.

    Raises:
        Refused: with what is there instead.
    """
    root = scene.book.whole(identifier).document.root
    values: dict[str, Any] = {} if root is None else plain(root)
    value: Any = values
    for depth, step in enumerate(path):
        held = spelled(path[:depth]) or identifier
        if isinstance(step, int) and isinstance(value, list):
            if step >= len(value):
                last = f"{held}[{len(value) - 1}]"
                raise Refused(
                    f"`{held}` ends with `{last}`: there is no `{held}[{step}]`. Nothing was written."
                )
            value = value[step]
        elif isinstance(value, dict) and step in value:
            value = value[step]
        else:
            raise Refused(f"There is no `{spelled(path[: depth + 1])}` in {identifier}. Nothing was written.")
    return values
