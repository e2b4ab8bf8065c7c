"""Links between sources that a person may confirm, and that are never made by themselves.

Two things suggest that what counts as several origins is one. Sources name the same agency and day: one ends
at a report of that day, and another names the agency without a report, on its way elsewhere, or, where it is
not said whom it has it from, in its article's text. And articles share much of their text: a quarter or more
of the runs of five words of the shorter one stands in the other too (containment of shingles, Broder, "On the
resemblance and containment of documents", 1997).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from claimbook.record.dates import PartialDate
from claimbook.record.summary import Chain, Summary
from claimbook.record.terms import Bearing
from claimbook.review.origins import Ending, Names, claim_chains, ending, evidence_chains

MUCH = 0.25
"""The share of its runs of words that an article has in common with another one, from which on it is much."""

FEWEST_RUNS = 20
"""Runs of words that two articles share at least, so that a line of page furniture is no sign of anything."""

AGENCIES = (
    *("AFP", "ANP", "ANSA", "Associated Press", "Belga", "Bloomberg", "dpa", "EFE", "Kyodo", "Novum"),
    *("PA Media", "Reuters", "TASS", "UPI", "Xinhua", "Yonhap"),
)
"""Agencies that are looked for in texts, besides those that other sources of the claim name."""

_RUN = 5
_READ = 200_000
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A link that may be missing."""

    sources: tuple[str, ...]
    """What may belong together, such as `sources[0]`."""
    why: str
    """What speaks for it, and what to do if it is so."""


@dataclass(frozen=True, slots=True)
class _Case:
    """What is counted together, with what is known of it."""

    chains: Sequence[Chain]
    texts: Mapping[str, str]
    names: Names
    _known: dict[tuple[str, str], bool] = field(default_factory=dict)
    """Whether an article names somebody, by id and name: many sources may stand in one long article."""

    def ends(self) -> dict[str, Ending]:
        """Return where chains end, by place; without those of which nobody knows."""
        return {chain.at: end for chain in self.chains if (end := ending(chain, self.names)) is not None}

    def text(self, chain: Chain) -> str:
        """Return the text of a chain's article, empty where the book does not hold it."""
        return self.texts.get(chain.article or "", "")[:_READ]

    def mentions(self, chain: Chain, name: str) -> bool:
        """Tell whether the text of a chain's article has a name in it."""
        key = (chain.article or "", name)
        if key not in self._known:
            self._known[key] = _mentions(self.text(chain), name)
        return self._known[key]


def suggestions(
    summary: Summary, texts: Mapping[str, str], names: Mapping[str, str] | None = None
) -> list[Suggestion]:
    """Suggest what may be one origin, in a claim and in each side of its evidence.

    `texts` are those of the articles by id; `names` maps other names to the one that is meant.
    """
    counted = [claim_chains(summary), *(evidence_chains(summary, side) for side in _SIDES)]
    found: list[Suggestion] = []
    for chains in counted:
        case = _Case(chains, texts, Names(names))
        found += [*_one_report(case), *_one_agency(case), *_one_text(case)]
    return found


_SIDES = (Bearing.SUPPORTS, Bearing.REFUTES)


def _one_report(case: _Case) -> Iterator[Suggestion]:
    """Find chains that name the agency of a report, and its day, and do not end at it."""
    ends = case.ends()
    reports = dict.fromkeys((end.name, end.report) for end in ends.values() if end.report is not None)
    for name, report in reports:
        there = [at for at, end in ends.items() if end.report == report and case.names.same(end.name, name)]
        others = [
            chain.at
            for chain in case.chains
            if chain.at not in there
            and any(day.overlaps(report) for day in _days(case, chain, name, ends.get(chain.at)))
        ]
        if others:
            why = (
                f"{_list(there)} {_verb(there, 'end')} at a report of {name} of {report}, and "
                f"{_list(others)}, of the same day, may have it from there: if so, write `name: {name}` and "
                f"`report: {report}` in `via`."
            )
            yield Suggestion((*there, *others), why)


def _days(case: _Case, chain: Chain, name: str, end: Ending | None) -> Iterator[PartialDate]:
    """Yield the days on which a chain names an agency, as far as it leaves open which report it means."""
    if end is not None and end.report is not None and case.names.same(end.name, name):
        return
    for link in chain.links or ():
        if link.name is not None and case.names.same(link.name, name):
            yield from filter(None, [link.report or chain.date])
    if chain.publisher and case.names.same(chain.publisher, name) and chain.date:
        yield chain.date
    if chain.links is None and chain.date and case.mentions(chain, name):
        yield chain.date


def _one_agency(case: _Case) -> Iterator[Suggestion]:
    """Find articles of one day that name one agency, where it is not said whom they have it from."""
    silent = [chain for chain in case.chains if chain.links is None and chain.article and chain.date]
    named = (link.name for chain in case.chains for link in chain.links or () if link.name)
    for name in dict.fromkeys((*AGENCIES, *map(case.names.meant, named))):
        naming = [chain for chain in silent if case.mentions(chain, name)]
        for same in _same_day(naming):
            if len({chain.article for chain in same}) > 1:
                places = tuple(chain.at for chain in same)
                why = (
                    f"The articles of {_list(places)} name {name} and are of the same day: if they have it "
                    f"from there, write `name: {name}` and the day of its report in `via` of each."
                )
                yield Suggestion(places, why)


def _same_day(chains: Sequence[Chain]) -> Iterator[list[Chain]]:
    """Gather chains whose dates can be the same day as that of the first one of them."""
    left = list(chains)
    while left:
        first = left[0].date
        same = [chain for chain in left if chain.date and first and chain.date.overlaps(first)]
        left = [chain for chain in left if chain not in same]
        yield same


def _one_text(case: _Case) -> Iterator[Suggestion]:
    """Find articles that share much text and do not end at one report."""
    ends = case.ends()
    by_article: dict[str, list[Chain]] = {}
    for chain in case.chains:
        if case.text(chain):
            by_article.setdefault(chain.article or "", []).append(chain)
    runs = {article: _runs(case.text(chains[0])) for article, chains in by_article.items()}
    for one, other in combinations(by_article, 2):
        share = _share(runs[one], runs[other])
        pairs = [(ends.get(a.at), ends.get(b.at)) for a in by_article[one] for b in by_article[other]]
        if share >= MUCH and not all(_surely_one(*pair, case.names) for pair in pairs):
            places = tuple(chain.at for chain in (*by_article[one], *by_article[other]))
            why = (
                f"{one} and {other} share {share:.0%} of their text: if one has it from the other, or both "
                "have it from a third, say so in `via`."
            )
            yield Suggestion(places, why)


def _surely_one(one: Ending | None, other: Ending | None, names: Names) -> bool:
    if one is None or other is None:
        return False
    return names.same(one.name, other.name) and one.report == other.report


def shared_text(one: str, other: str) -> float:
    """Return the share of its runs of words that the shorter text has in common with the other, 0 to 1."""
    return _share(_runs(one), _runs(other))


def _share(one: frozenset[int], other: frozenset[int]) -> float:
    shared = len(one & other)
    return shared / min(len(one), len(other)) if shared >= FEWEST_RUNS else 0.0


def _runs(text: str) -> frozenset[int]:
    words = [word.casefold() for word in _WORD.findall(text)]
    return frozenset(hash(tuple(words[i : i + _RUN])) for i in range(len(words) - _RUN + 1))


def _mentions(text: str, name: str) -> bool:
    return bool(text) and re.search(rf"\b{re.escape(name)}\b", text) is not None


def _list(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def _verb(places: Sequence[str], verb: str) -> str:
    return f"{verb}s" if len(places) == 1 else verb
