"""What words on a command line are read as."""

import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

from claimbook.cli.completing import article_ids, claim_ids, offered
from claimbook.record.dates import PartialDate
from claimbook.record.shapes import nearest

Function = TypeVar("Function", bound=Callable[..., Any])

_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]+)?) *%")
_DAY = re.compile("[0-9][0-9-]*")


class WordType(click.ParamType[str]):
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


class LinkType(click.ParamType[dict[str, str]]):
    """A link in the chain of whom: `Reuters`, `Reuters@2021-03-26`, `anonymous:two people`."""

    name = "name"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dict[str, str]:
        """Read a link."""
        if isinstance(value, dict):
            return value
        named, report = self._report(str(value).strip(), param, ctx)
        head, colon, people = named.partition(":")
        if colon and head.strip().lower() != "anonymous" and nearest(head, ["anonymous"], least=75):
            self.fail(f"{value!r}: did you mean anonymous:{people.strip()}?", param, ctx)
        anonymous = bool(colon) and head.strip().lower() == "anonymous"
        words = people.strip() if anonymous else named
        if not words:
            self.fail(f"{value!r}: write a name, or anonymous:'three people'.", param, ctx)
        link = {"anonymous" if anonymous else "name": words}
        return {**link, "report": report} if report else link

    def _report(
        self, text: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str | None]:
        """Take the day of a report off the end."""
        named, at, day = text.rpartition("@")
        if not at or not _DAY.fullmatch(day):
            return text, None
        try:
            return named.strip(), str(PartialDate.parse(day))
        except ValueError as error:
            raise click.BadParameter(f"{text}: {error}.", ctx, param) from None


class ProbabilityType(click.ParamType[str]):
    """How likely something is: `0.6` or `60%`; written down as a number from 0 to 1."""

    name = "probability"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read a probability."""
        text = str(value).strip()
        percent = _PERCENT.fullmatch(text)
        try:
            number = float(percent[1]) / 100 if percent else float(text)
        except ValueError:
            number = -1.0
        if not 0 <= number <= 1:
            self.fail(f"{value!r}: write a number from 0 to 1, such as 0.6 or 60%.", param, ctx)
        return f"{number:.6f}".rstrip("0").rstrip(".")


def claim_argument(function: Function) -> Function:
    """Give a command the argument ID, a claim's."""
    return click.argument("identifier", metavar="ID", shell_complete=claim_ids)(function)


def article_argument(function: Function) -> Function:
    """Give a command the argument ID, an article's."""
    return click.argument("identifier", metavar="ID", shell_complete=article_ids)(function)


def items(texts: Iterable[str]) -> list[str]:
    """Return the items of options that may be repeated and take several, separated by commas."""
    parts = (part.strip() for text in texts for part in text.split(","))
    return list(dict.fromkeys(part for part in parts if part))
