"""Who has it from whom, and how many independent origins that leaves.

The rule is the record page's. The origin is the last link of `via`. Without `via`, a source that asserts is
its publisher's, and so is any evidence; a source that relays has an unknown origin; doubts and denials are
none. People who stay anonymous are known by whoever quotes them. Two links of one name are one origin where
both name the same report or neither names any, two where they name different ones; where that cannot be told,
the least number merges them and the most number splits them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from claimbook.record.dates import PartialDate
from claimbook.record.summary import Chain, Summary
from claimbook.record.terms import Bearing, Stance

_NO_ORIGIN = (Stance.DOUBTS, Stance.DENIES)


@dataclass(frozen=True, slots=True)
class Group:
    """Sources that go back to one origin, as far as can be told."""

    origin: str
    """Its name, with the day of the report where one is named."""
    sources: tuple[str, ...]
    """Where they stand in the record, such as `sources[0]`."""
    why: str
    """Why they count as one."""


@dataclass(frozen=True, slots=True)
class Origins:
    """How many independent origins there are, as an interval, and which."""

    least: int
    """The number if everything that may be one is one."""
    most: int
    """The number if everything that may be apart is apart."""
    groups: tuple[Group, ...] = ()
    """The known origins."""
    unknown: tuple[str, ...] = ()
    """Sources that have it from nobody knows whom."""


@dataclass(frozen=True, slots=True)
class Ending:
    """Where a chain ends, as far as it is known."""

    name: str
    """The name that is meant, of whoever comes last and is named."""
    report: PartialDate | None
    """The report that is meant, where it is said."""
    unnamed: str | None
    """The words for the people whom that one does not name, where it has it from such."""
    chain: Chain
    """The chain."""

    @property
    def own(self) -> bool:
        """Whether it ends with the publisher itself."""
        return not any(link.name for link in self.chain.links or ())


class Names:
    """Other names of companies and people, with the name that is meant."""

    def __init__(self, names: Mapping[str, str] | None = None) -> None:
        """Take the book's table; capitals make no difference in it."""
        self._meant = {other.casefold(): name for other, name in (names or {}).items()}

    def meant(self, name: str) -> str:
        """Return the name that is meant."""
        return self._meant.get(name.casefold(), name)

    def same(self, one: str, other: str) -> bool:
        """Tell whether two names mean the same."""
        return self.meant(one).casefold() == self.meant(other).casefold()


def claim_origins(summary: Summary, names: Mapping[str, str] | None = None) -> Origins:
    """Count the origins of the claim itself; `names` maps other names to the one that is meant."""
    return _count(claim_chains(summary), Names(names))


def evidence_origins(
    summary: Summary, bearing: Bearing | str, names: Mapping[str, str] | None = None
) -> Origins:
    """Count the origins of the evidence on one side."""
    return _count(evidence_chains(summary, bearing), Names(names))


def number_of_origins(summary: Summary, names: Mapping[str, str] | None = None) -> tuple[int, int]:
    """Count the origins of the claim itself as `claim_origins` does, without saying which they are."""
    chains = claim_chains(summary)
    return _number(len(chains), _endings(chains, Names(names))) if chains else (0, 0)


def most_origins(chains: Iterable[Chain], names: Mapping[str, str] | None = None) -> int:
    """Count the origins of some chains if everything that may be apart is apart, and no more than that."""
    meant = Names(names)
    known: set[tuple[str, PartialDate | None]] = set()
    unknown = 0
    for chain in chains:
        end = ending(chain, meant)
        if end is None:
            unknown += 1
        else:
            known.add((end.name.casefold(), end.report))
    return len(known) + unknown


def claim_chains(summary: Summary) -> list[Chain]:
    """Return the sources that make the claim, and not those that doubt or deny it."""
    return [source for source in summary.sources if source.stance not in _NO_ORIGIN]


def evidence_chains(summary: Summary, bearing: Bearing | str) -> list[Chain]:
    """Return the evidence on one side."""
    return [item for item in summary.evidence if item.bearing == bearing]


def ending(chain: Chain, names: Names) -> Ending | None:
    """Find where a chain ends, or None where nobody knows."""
    if chain.links is None and chain.stance is Stance.RELAYS:
        return None
    name, report, unnamed = chain.publisher, None, None
    for link in chain.links or ():
        if link.name is not None:
            name, report, unnamed = link.name, link.report, None
        else:
            report, unnamed = link.report or report, link.anonymous
    return None if name is None else Ending(names.meant(name), report, unnamed, chain)


def _count(chains: Sequence[Chain], names: Names) -> Origins:
    if not chains:
        return Origins(0, 0)
    endings = _endings(chains, names)
    known = {found.chain.at for found in endings}
    unknown = tuple(chain.at for chain in chains if chain.at not in known)
    groups: list[Group] = []
    for name, same in _by_name(endings).items():
        groups += _groups(name, same, _reports(same))
    return Origins(*_number(len(chains), endings), tuple(groups), unknown)


def _endings(chains: Iterable[Chain], names: Names) -> list[Ending]:
    return [found for chain in chains if (found := ending(chain, names)) is not None]


def _number(chains: int, endings: Sequence[Ending]) -> tuple[int, int]:
    """Return the least and the most number of origins that so many chains have, of which some have an end."""
    least = most = 0
    for same in _by_name(endings).values():
        reports = _reports(same)
        least += max(1, len(_finest(reports)))
        most += len(reports) + any(found.report is None for found in same)
    return max(1, least), most + chains - len(endings)


def _reports(same: Iterable[Ending]) -> set[PartialDate]:
    return {found.report for found in same if found.report is not None}


def _by_name(endings: Iterable[Ending]) -> dict[str, list[Ending]]:
    found: dict[str, list[Ending]] = {}
    shown: dict[str, str] = {}
    for item in endings:
        name = shown.setdefault(item.name.casefold(), item.name)
        found.setdefault(name, []).append(item)
    return found


def _finest(reports: set[PartialDate]) -> set[PartialDate]:
    """Leave out the reports that may be another, more exactly dated one."""
    return {
        report
        for report in reports
        if not any(
            other != report and report.first <= other.first <= other.last <= report.last for other in reports
        )
    }


def _groups(name: str, same: list[Ending], reports: set[PartialDate]) -> list[Group]:
    if not reports:
        return [Group(name, _places(same), _why_undated(name, same))]
    undated = [item for item in same if item.report is None]
    if len(reports) == 1:
        dated = [item for item in same if item.report is not None]
        (report,) = reports
        return [_dated_group(name, report, dated, undated)]
    groups = [
        _dated_group(name, report, [item for item in same if item.report == report], [])
        for report in sorted(reports)
    ]
    if undated:
        why = f"{_list(_places(undated))} {_verb(undated, 'name')} no report: it may be any of {_of(name)}."
        groups.append(Group(name, _places(undated), why))
    return groups


def _dated_group(name: str, report: PartialDate, dated: list[Ending], undated: list[Ending]) -> Group:
    why = f"{_list(_places(dated))} {_verb(dated, 'go')} back to {_of(name)} report of {report}"
    if undated:
        why += (
            f"; {_list(_places(undated))} {_verb(undated, 'go')} back to {name} too, "
            "and may mean the same report"
        )
    same = [*dated, *undated]
    return Group(f"{name}, {report}", _places(same), f"{why}.{_unnamed(name, same)}")


def _why_undated(name: str, same: list[Ending]) -> str:
    places = _list(_places(same))
    if not all(item.own for item in same):
        apart = ", and name no report that would tell two apart" if len(same) > 1 else ""
        return f"{places} {_verb(same, 'go')} back to {name}{apart}.{_unnamed(name, same)}"
    if len(same) == 1:
        people = f", from people it does not name (“{same[0].unnamed}”)" if same[0].unnamed else ""
        return f"{places} is {_of(name)} own{people}."
    return f"{places} are {_of(name)} own: a publisher counts once.{_unnamed(name, same)}"


def _unnamed(name: str, same: list[Ending]) -> str:
    """Say what becomes of people who are not named, where sources describe them."""
    words = tuple(dict.fromkeys(f"“{item.unnamed}”" for item in same if item.unnamed))
    if len(words) < 2:
        return ""
    return f" People who are not named ({_list(words)}) are known by {name} and not by the words for them."


def _of(name: str) -> str:
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def _places(endings: list[Ending]) -> tuple[str, ...]:
    return tuple(item.chain.at for item in endings)


def _verb(endings: list[Ending], verb: str) -> str:
    """Return the verb for one or for several sources."""
    if len(endings) > 1:
        return verb
    return "goes" if verb == "go" else f"{verb}s"


def _list(words: tuple[str, ...]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
