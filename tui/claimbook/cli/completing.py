"""Completion in a shell: the script that it needs, and the ids of a book."""

from collections.abc import Iterable

import click
from click.shell_completion import CompletionItem, get_completion_class

from claimbook.cli.command import Command
from claimbook.text import one_line


@click.command(cls=Command, examples=["claimbook completion bash", "claimbook completion zsh"])
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    r"""Print the script by which a shell completes commands, options and ids.

    \b
    Keep it where your shell looks for such scripts:
      bash  ~/.local/share/bash-completion/completions/claimbook
      zsh   a file _claimbook in a folder of your $fpath
      fish  ~/.config/fish/completions/claimbook.fish
    """
    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"There is no completion for {shell}.")
    click.echo(kind(ctx.find_root().command, {}, "claimbook", "_CLAIMBOOK_COMPLETE").source())


def claim_ids(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the ids of the book's claims; no file is opened for it."""
    del param
    from claimbook.book.places import CLAIMS

    return offered(_stems(ctx, CLAIMS, ".yaml"), incomplete)


def article_ids(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the ids of the book's articles; no file is opened for it."""
    del param
    from claimbook.book.places import ARTICLES

    return offered(_stems(ctx, ARTICLES, ".md"), incomplete)


def offered(words: Iterable[str], incomplete: str) -> list[CompletionItem]:
    """Return the words that begin with what is written so far."""
    return [CompletionItem(word) for word in words if word.startswith(incomplete)]


def _stems(ctx: click.Context, folder: str, ending: str) -> list[str]:
    from claimbook.book.places import walk
    from claimbook.book.refusals import NoBook
    from claimbook.cli.where import root_of

    try:
        root = root_of(ctx.find_root().params.get("book"))
    except NoBook:
        return []
    names = (name.rsplit("/", 1)[-1] for name, _ in walk(root, folder))
    # A name that a terminal could obey is not for a shell to print.
    return sorted(
        name.removesuffix(ending) for name in names if name.endswith(ending) and one_line(name) == name
    )
