"""Long work tells a person how far it is, and a pipe nothing."""

from pathlib import Path

import pytest

from claimbook.cli.reading import brought_up
from conftest import Run


@pytest.fixture
def slow_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every look at the clock be a second after the one before."""
    seconds = iter(range(1_000_000))
    monkeypatch.setattr("claimbook.cli.reading.time.monotonic", lambda: next(seconds))


@pytest.mark.usefixtures("slow_clock")
def test_a_person_sees_how_far_the_reading_is_and_a_clean_line_afterwards(
    example: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)

    index = brought_up(example)

    said = capsys.readouterr().err
    assert "\rReading … 50 of 84 files" in said
    assert said.endswith("\r")
    assert not said.rsplit("\r", 2)[1].strip()
    assert len(list(index.summaries())) > 50


@pytest.mark.usefixtures("slow_clock")
def test_a_pipe_is_told_nothing(claimbook: Run) -> None:
    assert "Reading" not in claimbook("list").err
