"""What words on a command line are read as."""

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem

from claimbook.cli.completing import article_ids, claim_ids, offered
from claimbook.record.shapes import nearest
from claimbook.review.composing import read_link, read_probability

if TYPE_CHECKING:
    ParamType = click.ParamType
else:

    class ParamType(click.ParamType):
        """click's own, which names the type that it returns only since 8.4."""

        def __class_getitem__(cls, _: object) -> type:
            return cls


Function = TypeVar("Function", bound=Callable[..., Any])


class WordType(ParamType[str]):
    """One of a few words; two of them may be joined by a space or a hyphen."""

    def __init__(self, words: type[StrEnum], what: str) -> None:
        """Take the words, and what they are called in a complaint."""
        self.name = what
        self._words = [str(word) for word in words]

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read a word, or name the nearest one."""
        word = " ".join(str(value).lower().replace("-", " ").split())
        if word in self._words:
            return word
        guess = nearest(word, self._words)
        hint = f"did you mean {guess}?" if guess else f"write one of {', '.join(self._words)}."
        raise click.BadParameter(f"There is no {self.name} {value!r}: {hint}", ctx, param)

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """Show the words in help."""
        return f"[{'|'.join(word.replace(' ', '-') for word in self._words)}]"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Offer the words, in the form that needs no quotes."""
        return offered((word.replace(" ", "-") for word in self._words), incomplete)


class LinkType(ParamType[dict[str, str]]):
    """A link in the chain of whom: `Reuters`, `Reuters@2021-03-26`, `anonymous:two people`."""

    name = "name"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dict[str, str]:
        """Read a link."""
        if isinstance(value, dict):
            return value
        try:
            return read_link(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


class ProbabilityType(ParamType[str]):
    """How likely something is: `0.6` or `60%`; written down as a number from 0 to 1."""

    name = "probability"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read a probability."""
        try:
            return read_probability(str(value))
        except ValueError as error:
            self.fail(f"{value!r}: {error}.", param, ctx)


def claim_argument(function: Function) -> Function:
    """Give a command the argument ID, a claim's."""
    return click.argument("identifier", metavar="ID", shell_complete=claim_ids)(function)


def article_argument(function: Function) -> Function:
    """Give a command the argument ID, an article's."""
    return click.argument("identifier", metavar="ID", shell_complete=article_ids)(function)
