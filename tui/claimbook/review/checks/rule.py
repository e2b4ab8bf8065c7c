"""What a rule is: a function from a file to findings, with a name, a weight and an explanation."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from claimbook.book.article import Article
from claimbook.book.entry import Entry
from claimbook.record.diagnostics import Diagnostic, Fix, Severity
from claimbook.record.model import Claim
from claimbook.record.nodes import Path
from claimbook.record.summary import Summary
from claimbook.review.guessing import Ids
from claimbook.review.similar import Likeness


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a rule objects to in a record."""

    message: str
    """What is wrong and what to do."""
    path: Path
    """The value it is about."""
    about_key: bool = False
    """Whether the key is to be marked and not the value."""
    fix: Fix | None = None
    """A safe mending, where there is one."""
    since: date | None = None
    """The first day on which it holds, where the day makes a difference."""
    until: date | None = None
    """The first day on which it holds no longer, where the day makes a difference."""

    @property
    def timed(self) -> bool:
        """Tell whether the day makes a difference."""
        return self.since is not None or self.until is not None

    def holds(self, today: date) -> bool:
        """Tell whether it holds on a day."""
        return (self.since is None or self.since <= today) and (self.until is None or today < self.until)


@dataclass(frozen=True, slots=True)
class Case:
    """A record that can be read, with what a rule may know besides."""

    entry: Entry
    """The claim file as it was read."""
    claim: Claim
    """What it says."""
    summary: Summary
    """Its facts."""
    claims: Ids
    """The ids of all claim files, with their paths."""
    articles: Mapping[str, Article]
    """The articles that can be read, by id."""
    names: Mapping[str, str]
    """Other names of companies and people, with the name that is meant."""
    similar: Callable[[Summary], list[Likeness]] = field(repr=False)
    """Finds the claims of the book that are like one and stand in no relation to it."""


Find = Callable[[Case], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that a book is held to."""

    name: str
    """As it is written in `allow:` and said in diagnostics."""
    severity: Severity
    """What its findings weigh."""
    explanation: str
    """What it asks, why, and what to do: a first sentence, and more."""
    find: Find = field(repr=False)
    """Yields what it objects to; nothing where reading the file has said it already."""

    @property
    def headline(self) -> str:
        """The first sentence of the explanation, without its full stop."""
        return self.explanation.partition("\n")[0].rstrip(".")

    @property
    def looks(self) -> bool:
        """Whether it looks for anything itself; reading a file says all there is to be said otherwise."""
        return self.find is not _nothing

    def diagnostic(self, case: Case, finding: Finding) -> Diagnostic:
        """Return what is to be said of a finding of this rule, with its place in the file."""
        return case.entry.document.diagnostic(
            self.name,
            finding.message,
            finding.path,
            key=finding.about_key,
            severity=self.severity,
            fix=finding.fix,
        )


def _nothing(_: Case) -> Iterator[Finding]:
    return iter(())


RULES: dict[str, Rule] = {}
"""Every rule by name, in the order in which the modules define them."""


def error(find: Find) -> Find:
    """Make a rule of a function whose findings are errors; its name and docstring are the rule's."""
    return _register(find, Severity.ERROR)


def warning(find: Find) -> Find:
    """Make a rule of a function whose findings are warnings."""
    return _register(find, Severity.WARNING)


def said_in_reading(severity: Severity, name: str, explanation: str) -> None:
    """Register a rule that reading a file holds it to, before there is a record to speak of."""
    RULES[name] = Rule(name, severity, inspect.cleandoc(explanation), _nothing)


def _register(find: Find, severity: Severity) -> Find:
    name = find.__name__.replace("_", "-")
    RULES[name] = Rule(name, severity, inspect.cleandoc(find.__doc__ or ""), find)
    return find
