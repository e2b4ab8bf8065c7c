"""Who has a claim from whom, as a tree: origins, whoever passed it on, articles, and the passages in them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from claimbook.record.dates import PartialDate
from claimbook.record.summary import Chain, Summary
from claimbook.record.terms import Bearing, Stance
from claimbook.review.origins import (
    Names,
    Origins,
    claim_chains,
    claim_origins,
    ending,
    evidence_chains,
    evidence_origins,
)

if TYPE_CHECKING:
    from claimbook.record.model import Claim, Evidence, Source


class Sort(StrEnum):
    """What a node of the tree stands for."""

    ORIGIN = "origin"
    UNKNOWN = "unknown"
    LINK = "link"
    PLACE = "place"
    PASSAGE = "passage"


@dataclass(slots=True)
class Node:
    """A node of the tree; whatever is below it has it from there."""

    sort: Sort
    """What it stands for."""
    text: str
    """Its name, or where a passage stands in the record and what it does."""
    note: str = ""
    """Why several sources are one origin; or the words of a passage."""
    quoted: bool = False
    """Whether the note is somebody's words."""
    below: list["Node"] = field(default_factory=list)
    """Who has it from there."""

    def child(self, sort: Sort, text: str) -> "Node":
        """Return the node of this name below, made where there is none yet."""
        for node in self.below:
            if (node.sort, node.text) == (sort, text):
                return node
        self.below.append(Node(sort, text))
        return self.below[-1]


@dataclass(frozen=True, slots=True)
class Lineage:
    """Where one side comes from: the claim, or the evidence for or against it."""

    side: str
    """`claim`, `supports` or `refutes`."""
    pieces: int
    """How many sources or pieces of evidence it has."""
    origins: Origins
    """How many origins these leave, and why."""
    roots: tuple[Node, ...]
    """The tree: known origins first, then what nobody knows the origin of."""


def lineages(claim: "Claim", summary: Summary, names: Mapping[str, str] | None = None) -> list[Lineage]:
    """Return the trees of the claim and of both sides of its evidence."""
    words = _words(claim)
    sides = [("claim", claim_chains(summary), claim_origins(summary, names))]
    for bearing in (Bearing.SUPPORTS, Bearing.REFUTES):
        chains = evidence_chains(summary, bearing)
        sides.append((str(bearing), chains, evidence_origins(summary, bearing, names)))
    return [
        Lineage(side, len(chains), origins, _roots(chains, origins, words, Names(names)))
        for side, chains, origins in sides
    ]


def others(claim: "Claim", summary: Summary) -> list[Node]:
    """Return the sources that are no origin of the claim, as they doubt or deny it."""
    words = _words(claim)
    top = Node(Sort.UNKNOWN, "")
    for chain in summary.sources:
        if chain.stance in (Stance.DOUBTS, Stance.DENIES):
            links = [link for link in reversed(chain.links or ()) if link.name]
            _hang(top, chain, [_label(link.name or "", link.report) for link in links], words)
    return top.below


def _roots(
    chains: Sequence[Chain], origins: Origins, words: Mapping[str, tuple[str, bool]], names: Names
) -> tuple[Node, ...]:
    at = {chain.at: chain for chain in chains}
    roots = []
    for group in origins.groups:
        root = Node(Sort.ORIGIN, group.origin, group.why if len(group.sources) > 1 else "")
        for place in group.sources:
            _hang(root, at[place], _way(at[place], names), words)
        roots.append(root)
    if origins.unknown:
        root = Node(Sort.UNKNOWN, "from nobody knows whom", _why_unknown(origins))
        for place in origins.unknown:
            _hang(root, at[place], (), words)
        roots.append(root)
    return tuple(roots)


def _why_unknown(origins: Origins) -> str:
    if len(origins.unknown) == 1 and not origins.groups:
        return "It is one origin, whoever that is."
    own = "an origin of its own" if len(origins.unknown) == 1 else "origins of their own"
    return f"It may be any of the others, or {own}." if origins.groups else f"They may be one, or {own}."


def _way(chain: Chain, names: Names) -> list[str]:
    """Return who passed it on between its origin and its publisher, from the origin on."""
    named = [link for link in chain.links or () if link.name]
    end = ending(chain, names)
    passed_on = named[:-1] if end is not None and not end.own else named
    return [_label(names.meant(link.name or ""), link.report) for link in reversed(passed_on)]


def _hang(root: Node, chain: Chain, way: Iterable[str], words: Mapping[str, tuple[str, bool]]) -> None:
    """Hang a passage below its origin: whoever passed it on, then the article, then its words."""
    node = root
    for name in way:
        node = node.child(Sort.LINK, name)
    place = _label(chain.publisher or chain.article or "", chain.date)
    node = node.child(
        Sort.PLACE, f"{place} ({chain.article})" if chain.article and chain.publisher else place
    )
    note, quoted = words[chain.at]
    node.below.append(Node(Sort.PASSAGE, _passage(chain), note, quoted))


def _label(name: str, day: PartialDate | None) -> str:
    return f"{name}, {day}" if day else name


def _passage(chain: Chain) -> str:
    facts = [str(fact) for fact in (chain.stance, chain.certainty, chain.fidelity) if fact]
    facts += [f"said by {chain.by}"] if chain.by else []
    unnamed = [f"“{link.anonymous}”" for link in chain.links or () if link.anonymous]
    facts += [f"from {', '.join(unnamed)}"] if unnamed else []
    return f"{chain.at} {', '.join(facts)}".rstrip()


def _words(claim: "Claim") -> dict[str, tuple[str, bool]]:
    """Return the words of each source and piece of evidence, or what we say of it, by place."""
    parts: list[tuple[str, Source | Evidence]] = [
        *((f"sources[{i}]", source) for i, source in enumerate(claim.sources)),
        *((f"evidence[{i}]", item) for i, item in enumerate(claim.evidence)),
    ]
    return {at: (part.quote or part.note or "", bool(part.quote)) for at, part in parts}
