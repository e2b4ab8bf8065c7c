"""The arithmetic of track records: shares with their intervals, and how well forecasts were calibrated."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

FEWEST = 5
"""Outcomes below which no share is told: one of them more or less would change it by 20 points or more."""

_Z = 1.959963984540054
"""The normal deviate that leaves 2.5 % on each side."""

_BINS = 5


@dataclass(frozen=True, slots=True)
class Tally:
    """How often what was said came true."""

    true: int = 0
    """Rated true or mostly true."""
    false: int = 0
    """Rated false or mostly false."""
    mixed: int = 0
    """Rated mixed, which is neither and stands beside."""

    @property
    def scored(self) -> int:
        """The number that the share rests on: true and false."""
        return self.true + self.false

    @property
    def share(self) -> float | None:
        """The share that came true, 0 to 1; None where too few are scored to tell one."""
        return self.true / self.scored if self.scored >= FEWEST else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The share's 95 % interval; None where there is no share."""
        return wilson(self.true, self.scored) if self.scored >= FEWEST else None


@dataclass(frozen=True, slots=True)
class Said:
    """A forecast whose outcome is known."""

    claim: str
    """The claim's id."""
    probability: float
    """How likely it was held to be, 0 to 1."""
    came_true: bool
    """Whether it was rated true or mostly true."""


@dataclass(frozen=True, slots=True)
class Bin:
    """One line of a calibration table."""

    low: float
    """The least probability that belongs to it."""
    high: float
    """The probability that no longer does; that of the last line belongs to it."""
    number: int
    """Forecasts in it."""
    forecast: float
    """The mean of their probabilities."""
    came_true: float
    """The share of them that came true."""


def wilson(true: int, number: int) -> tuple[float, float]:
    """Return the 95 % score interval of a share, for at least one observation.

    Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American
    Statistical Association 22 (1927), 209-212: the shares p for which the observed one is at most z standard
    errors of p away. Unlike the textbook interval it stays within 0 and 1 and is never empty at the ends.
    """
    share, z2 = true / number, _Z * _Z
    centre = share + z2 / (2 * number)
    spread = _Z * sqrt(share * (1 - share) / number + z2 / (4 * number * number))
    scale = 1 + z2 / number
    low = 0.0 if true == 0 else (centre - spread) / scale
    high = 1.0 if true == number else (centre + spread) / scale
    return max(0.0, low), min(1.0, high)


def brier(forecasts: Sequence[Said]) -> float | None:
    """Return the mean square by which forecasts missed, 0 best, 1 worst; None for no forecast.

    Brier, "Verification of forecasts expressed in terms of probability", Monthly Weather Review 78 (1950),
    1-3, in the form for one event, which is half of his sum over both outcomes. Always saying 0.5 scores
    0.25. The forecasts on one claim are averaged first, so that saying it often does not weigh more.
    """
    by_claim: dict[str, list[float]] = {}
    for said in forecasts:
        by_claim.setdefault(said.claim, []).append((said.probability - said.came_true) ** 2)
    return _mean([_mean(missed) for missed in by_claim.values()]) if by_claim else None


def calibration(forecasts: Sequence[Said]) -> tuple[Bin, ...]:
    """Return how often what was held so likely came true, in steps of 20 points; empty steps are left out.

    Here every forecast counts once.
    """
    table: dict[int, list[Said]] = {}
    for said in forecasts:
        table.setdefault(min(int(said.probability * _BINS + 1e-9), _BINS - 1), []).append(said)
    return tuple(_bin(index, table[index]) for index in sorted(table))


def _bin(index: int, said: Sequence[Said]) -> Bin:
    return Bin(
        low=index / _BINS,
        high=(index + 1) / _BINS,
        number=len(said),
        forecast=_mean([item.probability for item in said]),
        came_true=_mean([float(item.came_true) for item in said]),
    )


def _mean(numbers: Iterable[float]) -> float:
    values = list(numbers)
    return sum(values) / len(values)
