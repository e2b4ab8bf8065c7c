"""`claimbook merge-driver`: what git calls to merge two versions of a record."""

import subprocess
from contextlib import ExitStack, suppress
from pathlib import Path

import click

from claimbook.cli.command import Command

DRIVER = "claimbook merge-driver %O %A %B %P"
"""The command line that git is told."""
ATTRIBUTE = "claims/**/*.yaml merge=claimbook"
"""The line of `.gitattributes` that names the driver."""
ATTRIBUTES = ".gitattributes"

_BOM = b"\xef\xbb\xbf"


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
        from claimbook.cli.scene import book_root

        _install(book_root(ctx))
        return
    if base is None or ours is None or theirs is None:
        raise click.UsageError("git calls this with three files; `--install` tells it to.")
    conflicts = merge_files(base, ours, theirs)
    if conflicts:
        from claimbook.cli.output import narrate

        narrate(f"{path or ours}: {conflicts} left between conflict markers.")
    ctx.exit(1 if conflicts else 0)


def merge_files(base: Path, ours: Path, theirs: Path) -> int:
    """Merge three files into `ours`, and return how many conflicts are left in it.

    The conflict of all of it is written first, before anything else is even imported: a merge that is killed
    leaves markers, and not one side that looks like the result.

    Raises:
        WriteError: The result could not be written; `ours` is as it was, or has the markers.
    """
    old, mine, other = base.read_bytes(), ours.read_bytes(), theirs.read_bytes()
    _put(ours, conflict_of(mine, other))
    from claimbook.record.merging import merge
    from claimbook.record.source import decode

    texts = [decode(data, "") for data in (old, mine, other)]
    if any(item.is_error for _, found in texts for item in found):
        return 1
    before, new, their = (source for source, _ in texts)
    merged = merge(before.text, new.text, their.text)
    _put(ours, new.to_bytes(merged.text))
    return merged.conflicts


def conflict_of(ours: bytes, theirs: bytes) -> bytes:
    """Write two files as one conflict, in whole lines, a byte order mark of ours before the first marker."""
    bom = _BOM if ours.startswith(_BOM) else b""
    mine, other = (_ended(data.removeprefix(_BOM)) for data in (ours, theirs))
    return bom + b"<<<<<<< ours\n" + mine + b"=======\n" + other + b">>>>>>> theirs\n"


def _ended(data: bytes) -> bytes:
    return data if not data or data.endswith(b"\n") else data + b"\n"


def _put(path: Path, data: bytes) -> None:
    """Give a file other content in one step: whoever looks finds the old or the new, and never a part."""
    from claimbook.book.belongings import belongings
    from claimbook.book.files import DISK, speaking_of, temporary_name, write_new

    target = str(path.absolute())
    temporary = temporary_name(target)
    with speaking_of(str(path)), ExitStack() as undoing:
        like = belongings(target, DISK.stat(target), disk=DISK)
        undoing.callback(_drop, temporary)
        write_new(temporary, data, mode=0o666, like=like, disk=DISK)
        DISK.rename(temporary, target)
        undoing.pop_all()


def _drop(path: str) -> None:
    with suppress(OSError):
        Path(path).unlink()


def driver_of(root: Path) -> str | None:
    """Return the driver that git is told of for this book, None where it is told of none."""
    done = _git(root, "config", "--get", "merge.claimbook.driver")
    return done.stdout.strip() or None


def _install(root: Path) -> None:
    """Write the driver into the repository's configuration, and the attribute into the book."""
    from claimbook.book.refusals import Refused
    from claimbook.book.store import Store
    from claimbook.cli.output import narrate

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
    from claimbook.book.refusals import Refused

    try:
        return subprocess.run(  # noqa: S603 - words of our own
            ["git", "-C", str(root), *words],  # noqa: S607 - git as the person's path has it
            capture_output=True,
            check=False,
            text=True,
        )
    except OSError as error:
        raise Refused(f"git cannot be started ({error.strerror}): install it.") from None
