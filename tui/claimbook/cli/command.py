"""A command whose help shows examples that work on the example book, and its filters where it takes them."""

from collections.abc import Sequence
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
        if self.examples:
            with formatter.section("Examples"):
                for example in self.examples:
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
