"""Mutants of records, see `mutants.py`: none crashes reader or editor, and none changes its meaning."""

import pytest

from claimbook.record import editing
from claimbook.record.changes import Append, SetField
from claimbook.record.nodes import compose
from claimbook.record.source import SourceText
from mutants import Mutator, Trial, meaning, seeds, unasked
from torturing import Torture

WRONG = ("crash", "refused without a word", "read otherwise", "read otherwise without libyaml")
CHANGED_WRONG = ("changed otherwise", "lines lost")


@pytest.mark.torture
def test_no_mutant_crashes_reader_or_editor_or_is_read_or_changed_otherwise(torture: Torture) -> None:
    tried = torture.times(3000, 1_000_000)

    figures = Trial(Mutator(seeds(), seed=7)).run(tried)

    counted = figures.counted
    assert figures.failures == []
    assert counted["inputs"] == tried
    assert min(counted["read"], counted["refused by the reader"], counted["changed"]) > tried // 4
    assert counted["read by both parsers"] == tried // 10
    assert counted["change refused: unverified"] < tried // 100
    torture.tell("mutants of records, read", tried, figures.told(WRONG, "read"))
    torture.tell("mutants of records, changed", counted["changed"], figures.told(CHANGED_WRONG, "changed"))


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
