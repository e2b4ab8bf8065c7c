"""`claimbook init`."""

from collections.abc import Mapping
from importlib import resources
from pathlib import Path

import click

import claimbook
from claimbook.book.files import DISK, speaking_of, target_name
from claimbook.book.lock import FOLDER
from claimbook.book.places import ARTICLES, CLAIMS, SCHEMA
from claimbook.book.refusals import Refused
from claimbook.book.store import Store
from claimbook.cli.command import Command
from claimbook.cli.merging import ATTRIBUTE, ATTRIBUTES
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
    """Begin a book in a folder: `seeds/` for articles, `claims/` for records.

    One that was cut short while it began is completed.
    """
    files = {SCHEMA: schema_text().encode(), **(_example() if example else {})}
    if not (folder / ATTRIBUTES).exists():
        files[ATTRIBUTES] = _ATTRIBUTES.encode()
    missing = _missing(folder, files)
    _make_folders(folder / ARTICLES)
    with Store(folder).transaction("begin the book") as transaction:
        for file, data in missing.items():
            transaction.create(file, data)
    line(paint(str(folder)))
    narrate(_next(folder, example=example))


def _missing(folder: Path, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files that are still to be written.

    Raises:
        Refused: There is a book already, and not just what a beginning that was cut short left of one.
    """
    found = (path for name in (CLAIMS, ARTICLES) for path in (folder / name).rglob("*") if path.is_file())
    there = {path.relative_to(folder).as_posix(): path for path in found}
    ours = {name: path for name, path in there.items() if name in files or target_name(path.name) is None}
    if (folder / CLAIMS).exists() and not (
        (folder / FOLDER).is_dir()
        and not any(Store(folder).history())
        and all(path.read_bytes() == files.get(name) for name, path in ours.items())
    ):
        raise Refused(f"{folder} has a folder {CLAIMS}/ already: nothing was written.")
    return {file: data for file, data in files.items() if file not in there}


def _make_folders(folder: Path) -> None:
    for path in (*reversed(folder.absolute().parents), folder.absolute()):
        if not path.is_dir():
            with speaking_of(str(path)):
                DISK.mkdir(str(path))


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
