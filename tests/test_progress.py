"""Long work tells a person how far it is, and a pipe nothing."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Event
from types import SimpleNamespace

import pytest

from claimbook.cli.reading import all_wrong, brought_up
from claimbook.index.index import Index
from claimbook.index.watch import Step, Watch
from conftest import Run

_PATIENCE = 30.0
"""Seconds after which a word that has not come will not come."""


class Terminal(io.StringIO):
    """What a person sees of stderr, and a way to wait for it."""

    def __init__(self) -> None:
        super().__init__()
        self.wanted = ""
        self.shown = Event()

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        done = super().write(text)
        if self.wanted in self.getvalue():
            self.shown.set()
        return done

    def has_come(self, text: str) -> bool:
        """Wait until a text is seen."""
        self.wanted = text
        self.shown.clear()
        return text in self.getvalue() or self.shown.wait(_PATIENCE)

    @property
    def lines(self) -> list[str]:
        """What stood on the line, one after another."""
        return [part.rstrip() for part in self.getvalue().split("\r")]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Return a terminal on which work is told of at once."""
    found = Terminal()
    monkeypatch.setattr("claimbook.cli.reading.sys", SimpleNamespace(stderr=found))
    monkeypatch.setattr("claimbook.cli.reading._PATIENCE", 0.0)
    monkeypatch.setattr("claimbook.cli.reading._STEP", 0.001)
    return found


@pytest.fixture
def stops_at(monkeypatch: pytest.MonkeyPatch, terminal: Terminal) -> Callable[[Step, str], list[bool]]:
    """Return a way to have work wait, where a step begins, until a text is seen."""

    def stop(step: Step, text: str) -> list[bool]:
        came: list[bool] = []
        begin = Watch.begin

        def stopping(watch: Watch, now: Step, wanted: int) -> None:
            begin(watch, now, wanted)
            if now is step:
                came.append(terminal.has_come(text))

        monkeypatch.setattr(Watch, "begin", stopping)
        return came

    return stop


Stops = Callable[[Step, str], list[bool]]


def test_a_person_sees_what_is_read_and_a_clean_line_afterwards(
    example: Path, terminal: Terminal, stops_at: Stops
) -> None:
    came = stops_at(Step.READING, "\rReading … 0 of 84 files")

    index = brought_up(example)

    assert came == [True]
    assert len(list(index.summaries())) > 50
    assert terminal.lines[-2:] == ["", ""]


def test_a_person_sees_that_the_files_are_looked_at_before_any_is_read(
    example: Path, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    came: list[bool] = []

    def wait(_: Path) -> int:
        came.append(terminal.has_come("\rLooking at the files …"))
        return 0

    monkeypatch.setattr("claimbook.index.updating.whole_total", wait)

    brought_up(example)

    assert came == [True]


@pytest.mark.parametrize("step", [Step.CHECKING, Step.COMPARING])
def test_a_person_sees_how_far_the_checks_are(
    example: Path, stops_at: Stops, step: Step, terminal: Terminal
) -> None:
    index = brought_up(example)
    came = stops_at(step, f"\r{step} … 0 of 84 files")

    found = all_wrong(index, date(2026, 11, 21))

    assert came == [True]
    assert found == index.known_findings(date(2026, 11, 21))
    assert terminal.lines[-2:] == ["", ""]


def test_how_far_it_is_counts_every_file(example: Path) -> None:
    index, watch = Index(example), Watch()

    index.bring_up(watch)
    assert (watch.step, watch.seen, watch.wanted) == (Step.READING, 84, 84)
    index.check(date(2026, 11, 21), watch=watch)
    assert (watch.step, watch.seen, watch.wanted) == (Step.CHECKING, 84, 84)
    index.compare(watch)
    assert (watch.step, watch.seen, watch.wanted) == (Step.COMPARING, 84, 84)


def test_quick_work_is_not_told_of(
    example: Path, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claimbook.cli.reading._PATIENCE", _PATIENCE)

    brought_up(example)

    assert terminal.getvalue() == ""


def test_a_terminal_that_is_gone_costs_nothing(
    example: Path, terminal: Terminal, stops_at: Stops, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = Event()

    def refuse(_: str) -> int:
        refused.set()
        raise OSError

    monkeypatch.setattr(terminal, "write", refuse)
    monkeypatch.setattr(terminal, "has_come", lambda _: refused.wait(_PATIENCE))
    came = stops_at(Step.READING, "")

    index = brought_up(example)

    assert came == [True]
    assert len(list(index.summaries())) > 50


def test_a_pipe_is_told_nothing(claimbook: Run) -> None:
    assert claimbook("list").err == ""
