"""SECURITY.md says what is so: the tests it names are there, and the figures say when they were found."""

import re

from conftest import REPOSITORY

PAGE = (REPOSITORY / "SECURITY.md").read_text(encoding="utf-8")


def test_every_test_that_is_named_is_there() -> None:
    named = re.findall(r"`(tests/[^`]+\.(?:py|md))`", PAGE)
    assert len(set(named)) > 15
    assert [name for name in named if not (REPOSITORY / name).exists()] == []


def test_there_are_eight_promises_each_held_by_tests() -> None:
    rows = re.findall(r"^\| ([0-9]) \| (.+) \| (.+) \|$", PAGE, re.MULTILINE)
    assert [number for number, _, _ in rows] == list("12345678")
    assert all("`tests/test_" in held for _, _, held in rows)


def test_figures_say_when_and_on_what_they_were_measured() -> None:
    figures = PAGE.partition("<!-- figures -->")[2].partition("<!-- /figures -->")[0]
    rows = re.findall(r"^\| (.+?) \| ([0-9,]+) \| (.+?) \| ([0-9-]{10}) \|$", figures, re.MULTILINE)
    assert len(rows) >= 5
    assert re.search(r"processors, Python 3\.", figures)
