"""`claimbook init`."""

from importlib import resources
from pathlib import Path

import click

import claimbook
from claimbook.book.places import ARTICLES, CLAIMS, SCHEMA
from claimbook.book.refusals import Refused
from claimbook.book.store import Store
from claimbook.cli.command import Command
from claimbook.cli.merging import ATTRIBUTE
from claimbook.cli.output import line, narrate, paint
from claimbook.record.schema import schema_text

_ATTRIBUTES = f"""\
# Articles stay byte for byte, records have line feeds, and git merges records by key where it is told how:
# `claimbook merge-driver --install`
seeds/* -text
*.yaml text eol=lf
{ATTRIBUTE}
"""


@click.command(cls=Command, examples=["claimbook init --example rumours"])
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--example", is_flag=True, help="Lay down the four articles and their claims, as a book of your own."
)
def init(folder: Path, *, example: bool) -> None:
    """Begin a book in a folder: `seeds/` for articles, `claims/` for records."""
    if (folder / CLAIMS).exists():
        raise Refused(f"{folder} has a folder {CLAIMS}/ already: nothing was written.")
    folder.mkdir(parents=True, exist_ok=True)
    for name in (ARTICLES, CLAIMS):
        (folder / name).mkdir(exist_ok=True)
    files = {SCHEMA: schema_text().encode(), **(_example() if example else {})}
    if not (folder / ".gitattributes").exists():
        files[".gitattributes"] = _ATTRIBUTES.encode()
    with Store(folder).transaction("begin the book") as transaction:
        for file, data in files.items():
            transaction.create(file, data)
    line(paint(str(folder)))
    narrate(_next(folder, example=example))


def _example() -> dict[str, bytes]:
    """Gather the example's files: from the installed package, or from the checkout it runs in."""
    packed = resources.files(claimbook) / "example"
    if packed.is_dir():
        with resources.as_file(packed) as place:
            return _files(place)
    return _files(Path(claimbook.__file__).parents[2])


def _files(root: Path) -> dict[str, bytes]:
    found = [*(root / ARTICLES).glob("*.md"), *(root / CLAIMS).rglob("*.yaml")]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(found)}


def _next(folder: Path, *, example: bool) -> str:
    where = "" if folder == Path() else f"cd {folder}, then "
    if example:
        return f"A book to look around in. Next: {where}`claimbook` opens the desk, `claimbook list` lists."
    return f"A new book. Next: {where}`claimbook --help` says how to add articles and claims."
