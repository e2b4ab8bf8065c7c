"""A few thousand of the mutants that `tests/mutants.py` tried by the million: nothing crashes or changes meaning."""

import pytest

from claimbook.record import editing
from claimbook.record.changes import Append, SetField
from claimbook.record.nodes import compose
from claimbook.record.source import SourceText
from mutants import Figures, Mutator, Trial, meaning, seeds, unasked

TRIED = 3000


@pytest.fixture(scope="module")
def figures() -> Figures:
    return Trial(Mutator(seeds(), seed=7)).run(TRIED)


def test_no_mutant_crashes_reader_or_editor_or_is_read_or_changed_otherwise(figures: Figures) -> None:
    assert figures.failures == []
    assert figures.counted["inputs"] == TRIED


def test_mutants_are_of_all_sorts(figures: Figures) -> None:
    counted = figures.counted
    assert min(counted["read"], counted["refused by the reader"]) > TRIED // 4
    assert counted["changed"] > TRIED // 4
    assert counted["read by both parsers"] == TRIED // 10
    assert counted["change refused: unverified"] < TRIED // 100


def test_the_trial_notices_a_change_that_does_more(monkeypatch: pytest.MonkeyPatch) -> None:
    def greedy(source: SourceText, changes: object) -> str:
        return editing.apply(source, changes) + "x-more: y\n"  # type: ignore[arg-type]

    monkeypatch.setattr("mutants.apply", greedy)

    assert Trial(Mutator(seeds(hand=False), seed=1)).run(100).counted["changed otherwise"] > 10


def test_the_trial_notices_lines_that_go() -> None:
    before = "a: b\n# why\nc:\n  - d\n"
    root = meaning(before)[1]
    assert root is not None

    assert unasked(before, "a: b\nc:\n  - d\n  - e\n", Append(("c",), "e"), root) == ["# why"]
    assert unasked(before, "a: x\n# why\nc:\n  - d\n", SetField(("a",), "x"), root) == []
    assert compose(SourceText("", before))[0] is not None
