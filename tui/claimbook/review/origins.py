"""Who has it from whom, and how many independent origins that leaves.

The rule is the record page's. The origin is the last link of `via`. Without `via`, a source that asserts is
its publisher's, and so is any evidence; a source that relays has an unknown origin; doubts and denials are
none. People who stay anonymous are known by whoever quotes them. Two links of one name are one origin where
both name the same report or neither names any, two where they name different ones; where that cannot be told,
the least number merges them and the most number splits them.
"""

from collections.abc import Iterable, Mapping
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
class _Ending:
    name: str
    report: PartialDate | None
    chain: Chain


def claim_origins(summary: Summary, names: Mapping[str, str] | None = None) -> Origins:
    """Count the origins of the claim itself; `names` maps other names to the one that is meant."""
    return _count([s for s in summary.sources if s.stance not in _NO_ORIGIN], names or {})


def evidence_origins(
    summary: Summary, bearing: Bearing | str, names: Mapping[str, str] | None = None
) -> Origins:
    """Count the origins of the evidence on one side."""
    return _count([item for item in summary.evidence if item.bearing == bearing], names or {})


def _count(chains: list[Chain], names: Mapping[str, str]) -> Origins:
    if not chains:
        return Origins(0, 0)
    meant = {other.casefold(): name for other, name in names.items()}
    endings = [ending for chain in chains if (ending := _ending(chain, meant)) is not None]
    known = {ending.chain.at for ending in endings}
    unknown = tuple(chain.at for chain in chains if chain.at not in known)
    least = most = 0
    groups: list[Group] = []
    for name, same in _by_name(endings).items():
        reports = {ending.report for ending in same if ending.report is not None}
        least += max(1, len(_finest(reports)))
        most += len(reports) + any(ending.report is None for ending in same)
        groups += _groups(name, same, reports)
    return Origins(max(1, least), most + len(unknown), tuple(groups), unknown)


def _ending(chain: Chain, meant: Mapping[str, str]) -> _Ending | None:
    """Find where a chain ends, or None where nobody knows."""
    if chain.links is None and chain.stance is Stance.RELAYS:
        return None
    name, report = chain.publisher, None
    for link in chain.links or ():
        if link.name is not None:
            name, report = link.name, link.report
        else:
            report = link.report or report
    return None if name is None else _Ending(meant.get(name.casefold(), name), report, chain)


def _by_name(endings: Iterable[_Ending]) -> dict[str, list[_Ending]]:
    found: dict[str, list[_Ending]] = {}
    shown: dict[str, str] = {}
    for ending in endings:
        name = shown.setdefault(ending.name.casefold(), ending.name)
        found.setdefault(name, []).append(ending)
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


def _groups(name: str, same: list[_Ending], reports: set[PartialDate]) -> list[Group]:
    if not reports:
        return [Group(name, _places(same), _why(name, same))]
    undated = [ending for ending in same if ending.report is None]
    if len(reports) == 1:
        dated = [ending for ending in same if ending.report is not None]
        (report,) = reports
        return [_dated_group(name, report, dated, undated)]
    groups = [
        _dated_group(name, report, [e for e in same if e.report == report], []) for report in sorted(reports)
    ]
    if undated:
        why = f"{_list(_places(undated))} names no report: it may be any of {_of(name)}."
        groups.append(Group(name, _places(undated), why))
    return groups


def _dated_group(name: str, report: PartialDate, dated: list[_Ending], undated: list[_Ending]) -> Group:
    why = f"{_list(_places(dated))} {_verb(dated)} back to {_of(name)} report of {report}"
    if undated:
        why += (
            f"; {_list(_places(undated))} {_verb(undated)} back to {name} too, and may mean the same report"
        )
    return Group(f"{name}, {report}", _places([*dated, *undated]), why + ".")


def _why(name: str, same: list[_Ending]) -> str:
    if len(same) == 1 and not same[0].chain.links:
        return f"{same[0].chain.at} is {_of(name)} own."
    return f"{_list(_places(same))} {_verb(same)} back to {name}."


def _of(name: str) -> str:
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def _places(endings: list[_Ending]) -> tuple[str, ...]:
    return tuple(ending.chain.at for ending in endings)


def _verb(endings: list[_Ending]) -> str:
    return "goes" if len(endings) == 1 else "go"


def _list(words: tuple[str, ...]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
