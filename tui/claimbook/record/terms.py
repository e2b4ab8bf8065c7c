"""The words that a record's keys choose from."""

from enum import StrEnum


class Kind(StrEnum):
    """What sort of statement a claim is."""

    RUMOUR = "rumour"
    PREDICTION = "prediction"
    ANNOUNCEMENT = "announcement"
    STATEMENT = "statement"
    DENIAL = "denial"
    FACT = "fact"
    OPINION = "opinion"


class Stance(StrEnum):
    """What a source does with the claim."""

    ASSERTS = "asserts"
    RELAYS = "relays"
    DOUBTS = "doubts"
    DENIES = "denies"


class Certainty(StrEnum):
    """How sure a source sounds."""

    PLAIN = "plain"
    HEDGED = "hedged"


class Fidelity(StrEnum):
    """How an article relays its own source."""

    ACCURATE = "accurate"
    STRENGTHENED = "strengthened"
    WEAKENED = "weakened"
    DISTORTED = "distorted"


class Bearing(StrEnum):
    """What a piece of evidence does to the claim."""

    SUPPORTS = "supports"
    REFUTES = "refutes"
    CONTEXT = "context"


class Connection(StrEnum):
    """How one claim stands to another."""

    CONTRADICTS = "contradicts"
    SAME_AS = "same as"
    PART_OF = "part of"
    FOLLOWS = "follows"
    SUPERSEDES = "supersedes"
    DEPENDS_ON = "depends on"


class Confidence(StrEnum):
    """How sure the reviewer is of a verdict."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
