"""A command whose help shows examples that work on the example book, and its filters where it takes them."""

from collections.abc import Iterable, Sequence
from typing import Any

import click


class Command(click.Command):
    """A command with examples."""

    def __init__(
        self, *args: Any, examples: Sequence[str] = (), filters: bool = False, **kwargs: Any
    ) -> None:
        """Take whole command lines as `examples`; with `filters`, help explains the filter language too."""
        super().__init__(*args, **kwargs)
        self.examples = tuple(examples)
        self.filters = filters

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what comes after the options."""
        if self.filters:
            _write_filters(formatter)
        _write_examples(formatter, self.examples)


class Group(click.Group):
    """Commands that share their first word, with the examples of all of them."""

    @property
    def examples(self) -> tuple[str, ...]:
        """The examples of its commands."""
        commands = self.commands.values()
        return tuple(text for command in commands for text in getattr(command, "examples", ()))

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what comes after the commands."""
        _write_examples(formatter, self.examples)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Find the command, or name the nearest one."""
        must_exist(ctx, args[0], self.commands)
        return super().resolve_command(ctx, args)


def must_exist(ctx: click.Context, name: str, commands: Iterable[str]) -> None:
    """Make sure that there is such a command.

    Raises:
        UsageError: with the nearest one.
    """
    known = list(commands)
    if name in known or name.startswith("-") or ctx.resilient_parsing:
        return
    from claimbook.record.shapes import nearest

    guess = nearest(name, known)
    hint = f"did you mean {guess}?" if guess else f"see `{ctx.command_path} --help`."
    raise click.UsageError(f"There is no command {name!r}: {hint}", ctx)


def _write_examples(formatter: click.HelpFormatter, examples: Sequence[str]) -> None:
    if examples:
        with formatter.section("Examples"):
            for example in examples:
                formatter.write(f"{'':{formatter.current_indent}}{example}\n")


def _write_filters(formatter: click.HelpFormatter) -> None:
    """Write the filter language, from the table that parses it."""
    from claimbook.review.filters import FIELDS

    rows = [
        ("word", "a part of any text; capitals count if you write any, accents never"),
        ("'\"two words\"'", "a phrase"),
        ("not:word", "the opposite, of a field too: not:is:overdue"),
        *((known.example, known.help) for known in FIELDS),
        ("due:..2024, due:2025..", "ranges of dates: ends by, starts from; due:2023..2024"),
    ]
    with formatter.section("Filters, which must all match"):
        formatter.write_dl(rows)
