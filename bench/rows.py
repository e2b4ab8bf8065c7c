"""What a measurement comes to: one row, with its budget."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from measure import Took


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement, beside its reference where it has one; medians of one run."""

    name: str
    """What was measured."""
    ours: float
    """Ours, in seconds, or in MB where `unit` says so."""
    peer: str = ""
    """What it was measured against."""
    theirs: float | None = None
    """The same for that."""
    ratio: float | None = None
    """The budget: at most so many times the reference; below 1 it must be ahead."""
    most: float | None = None
    """The budget where it is a figure of its own."""
    unit: str = "s"
    """`s` or `MB`."""
    note: str = ""
    """What else was seen: the worst, how often it was measured."""
    work: float | None = None
    """How many times the reference's work ours is, in seconds of all cores."""

    @property
    def times(self) -> float | None:
        """How many times the reference ours is."""
        return self.ours / self.theirs if self.theirs else None

    @property
    def met(self) -> bool | None:
        """Whether the budget is met; None where there is none."""
        bounds = [] if self.most is None else [self.ours <= self.most]
        if self.ratio is not None and self.times is not None:
            bounds.append(self.times <= self.ratio)
        return all(bounds) if bounds else None


def beside(
    name: str,
    ours: Sequence[float],
    peer: str,
    theirs: Sequence[float],
    *,
    ratio: float | None = None,
    most: float | None = None,
) -> Row:
    """Return the row of several measurements beside as many of a reference."""
    work = _work(ours) / _work(theirs) if _work(theirs) else None
    note = f"{len(ours)} times, {figure(min(ours))}–{figure(max(ours))}"
    note += f", {figure(_work(ours))} of work" if work else ""
    return Row(name, median(ours), peer, median(theirs), ratio, most, note=note, work=work or None)


def _work(took: Sequence[float]) -> float:
    return median([one.work for one in took if isinstance(one, Took)] or [0.0])


def table(rows: list[Row]) -> list[str]:
    """Return rows as a table in Markdown."""
    head = [
        "| what | ours | beside | its figure | ours : its | in work | budget | met |",
        "|---|---|---|---|---|---|---|---|",
    ]
    return [*head, *(line(row) for row in rows)]


def line(row: Row) -> str:
    """Return one row of the table."""
    name = f"{row.name} ({row.note})" if row.note else row.name
    theirs = "–" if row.theirs is None else figure(row.theirs, row.unit)
    times = "–" if row.times is None else f"{row.times:.2f}"
    work = "–" if row.work is None else f"{row.work:.2f}"
    met = {None: "–", True: "yes", False: "**no**"}[row.met]
    cells = (name, figure(row.ours, row.unit), row.peer or "–", theirs, times, work, _budget(row), met)
    return f"| {' | '.join(cells)} |"


def figure(value: float, unit: str = "s") -> str:
    """Say a figure in the unit that suits its size."""
    if unit != "s":
        return f"{value:.0f} {unit}" if value >= 10 else f"{value:.1f} {unit}"
    if value >= 10:
        return f"{value:.1f} s"
    if value >= 1:
        return f"{value:.2f} s"
    return f"{value * 1e3:.3g} ms" if value >= 1e-3 else f"{value * 1e6:.3g} µs"


def _budget(row: Row) -> str:
    parts = [f"≤ {row.ratio:g} ×"] if row.ratio is not None else []
    parts += [f"≤ {figure(row.most, row.unit)}"] if row.most is not None else []
    return ", ".join(parts) or "–"
