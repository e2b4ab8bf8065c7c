"""`claimbook merge-driver`: what git calls to merge two versions of a record."""

import subprocess
from pathlib import Path

import click

from claimbook.book.refusals import Refused
from claimbook.book.store import Store
from claimbook.cli.command import Command
from claimbook.cli.output import narrate
from claimbook.cli.scene import book_root
from claimbook.record.merging import conflict, merge
from claimbook.record.source import BOM, decode

DRIVER = "claimbook merge-driver %O %A %B %P"
"""The command line that git is told."""
ATTRIBUTE = "claims/**/*.yaml merge=claimbook"
"""The line of `.gitattributes` that names the driver."""
ATTRIBUTES = ".gitattributes"


@click.command("merge-driver", cls=Command, examples=["claimbook merge-driver --install"])
@click.argument("base", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.argument("ours", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.argument("theirs", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.argument("path", required=False)
@click.option("--install", is_flag=True, help="Tell git to merge this book's records with it.")
@click.pass_context
def merge_driver(
    ctx: click.Context,
    base: Path | None,
    ours: Path | None,
    theirs: Path | None,
    path: str | None,
    *,
    install: bool,
) -> None:
    """Merge two versions of a record for git, key by key and item by item.

    Two people who change different keys, or who both append to a list, do not conflict. What both changed
    differently is left between conflict markers, and the exit code is 1.
    """
    if install:
        _install(book_root(ctx))
        return
    if base is None or ours is None or theirs is None:
        raise click.UsageError("git calls this with three files; `--install` tells it to.")
    conflicts = merge_files(base, ours, theirs)
    if conflicts:
        narrate(f"{path or ours}: {conflicts} left between conflict markers.")
    ctx.exit(1 if conflicts else 0)


def merge_files(base: Path, ours: Path, theirs: Path) -> int:
    """Merge three files into `ours`, and return how many conflicts are left in it.

    The conflict of all of it is written first: a merge that is killed leaves markers, and not one side that
    looks like the result.
    """
    mine, other = ours.read_bytes(), theirs.read_bytes()
    texts = [decode(data, "") for data in (base.read_bytes(), mine, other)]
    if any(item.is_error for _, found in texts for item in found):
        separator = b"" if mine.endswith(b"\n") else b"\n"
        ours.write_bytes(b"<<<<<<< ours\n" + mine + separator + b"=======\n" + other + b">>>>>>> theirs\n")
        return 1
    old, new, their = (source.text for source, _ in texts)
    bom = BOM if texts[1][0].bom else ""
    ours.write_bytes((bom + conflict(new, their)).encode())
    merged = merge(old, new, their)
    ours.write_bytes((bom + merged.text).encode())
    return merged.conflicts


def driver_of(root: Path) -> str | None:
    """Return the driver that git is told of for this book, None where it is told of none."""
    done = _git(root, "config", "--get", "merge.claimbook.driver")
    return done.stdout.strip() or None


def _install(root: Path) -> None:
    """Write the driver into the repository's configuration, and the attribute into the book."""
    done = _git(root, "config", "merge.claimbook.driver", DRIVER)
    if done.returncode != 0:
        raise Refused(f"git does not take it ({done.stderr.strip()}): is the book in a git repository?")
    with Store(root).transaction("name the merge driver") as transaction:
        before = transaction.read(ATTRIBUTES)
        text = (before or b"").decode(errors="surrogateescape")
        if ATTRIBUTE not in text.splitlines():
            ended = text if not text or text.endswith("\n") else text + "\n"
            after = f"{ended}{ATTRIBUTE}\n".encode(errors="surrogateescape")
            transaction.replace(ATTRIBUTES, after, before)
    narrate("git merges this book's records with claimbook now; others run the same command once.")


def _git(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(  # noqa: S603 - words of our own
            ["git", "-C", str(root), *words],  # noqa: S607 - git as the person's path has it
            capture_output=True,
            check=False,
            text=True,
        )
    except OSError as error:
        raise Refused(f"git cannot be started ({error.strerror}): install it.") from None
