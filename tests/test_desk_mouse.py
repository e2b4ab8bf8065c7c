"""The mouse on other people's text, and the frame around it, as a real terminal draws it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import foes
from foes import MARK
from terminal import Terminal, terminal
from test_terminal import OPEN, surroundings

COLUMNS, ROWS = 100, 30
FOOTER = "v Verdict r Review E Edit"
BAIT = ("[@click", "[/]", "click[/]", "[link=", "[bold", ":skull:", "<U+202E>", "<U+001B>")
"""What in a text would act if it were markup, or a sequence."""


@pytest.fixture(scope="module")
def enemy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return foes.build(tmp_path_factory.mktemp("foes") / f"\x1b]0;{MARK}\x07book")


@pytest.fixture
def browser(tmp_path: Path) -> Path:
    """Return a browser that leaves word of what it was given to open."""
    program = tmp_path / "browser"
    program.write_text(f'#!/bin/sh\necho "$1" >> {tmp_path}/opened\n')
    program.chmod(0o755)
    return program


@pytest.fixture
def desk(enemy: Path, browser: Path, tmp_path: Path) -> Iterator[Terminal]:
    """Return a desk on the book of foes, which is there when it has drawn itself."""
    told = {**surroundings(tmp_path), "BROWSER": str(browser)}
    with terminal(OPEN, cwd=enemy, env=told, size=(COLUMNS, ROWS)) as tty:
        tty.until_shown(lambda shown: is_framed(shown) and len(in_detail(shown)) > 10)
        tty.until_quiet()  # until it has held all claims against the rules
        yield tty
        assert tty.program.poll() is None, "the desk has ended"
        assert not (tmp_path / "opened").exists()


def divider(shown: list[str]) -> int:
    """Return the column of the line between the filters and the list, -1 where none is drawn."""
    return shown[1].find("│")


def marked(shown: list[str]) -> list[int]:
    """Return the rows of the screen in which the cursor of the list is."""
    return [row for row, text in enumerate(shown) if "│▌" in text]


def under(shown: list[str]) -> int:
    """Return the row of the line below the list, -1 where none is drawn."""
    return next((row for row, text in enumerate(shown) if row and text.count("─") > 40), -1)


def is_framed(shown: list[str]) -> bool:
    """Tell whether title, borders and keys stand where they belong, whatever stands between them."""
    at = divider(shown)
    return (
        len(shown) == ROWS
        and "────" in shown[0]
        and shown[0].rstrip().endswith("problems")
        and shown[-1].startswith(FOOTER)
        and all(text[at] == "│" for text in shown[1:-1])
        and set(shown[under(shown)][at + 1 :]) == {"─"}
        and shown[1].lstrip("▌ ").startswith("All claims")
    )


def baits(shown: list[str], rows: range, columns: range) -> Iterator[tuple[int, int]]:
    """Yield the cells of a part of the screen in which something begins that would like to act."""
    for row in rows:
        for column in columns:
            if shown[row].startswith(BAIT, column):
                yield column, row


def in_detail(shown: list[str]) -> list[tuple[int, int]]:
    """Return the same for the detail below the list."""
    return list(baits(shown, range(under(shown) + 1, ROWS - 1), range(divider(shown), COLUMNS)))


def select(desk: Terminal, row: int, column: int, beside: list[str] | None = None) -> None:
    """Click on a row of the list, and wait until the cursor is there; `beside` is to stay around it."""
    desk.click(column, row)
    desk.until_shown(lambda now: marked(now) == [row] and is_framed(now) and beside in (None, around(now)))


def test_what_is_shown_of_any_claim_leaves_the_frame_where_it_is(desk: Terminal) -> None:
    start = desk.shown
    assert is_framed(start)
    for key in "jjjjjjjjjjjjjjjjjjjjjjjjj":
        before = desk.shown
        desk.type(key)
        desk.until_shown(moved_from(before, start[-1]))


def test_a_click_on_a_row_puts_the_cursor_there_and_does_nothing_else(desk: Terminal) -> None:
    shown = desk.shown
    for column, row in list(baits(shown, range(2, under(shown)), range(divider(shown), COLUMNS)))[:20]:
        select(desk, row, column, around(shown))


def around(shown: list[str]) -> list[str]:
    """Return what stands on the screen beside the list and what is told below it."""
    return [shown[0], *(text[: divider(shown)] for text in shown[1:-1]), shown[-1]]


def test_a_click_on_words_in_the_detail_does_nothing(desk: Terminal) -> None:
    shown = desk.shown
    places = in_detail(shown)
    for column, row in places:
        desk.click(column, row)
        desk.click(column, row)
    select(desk, 2, COLUMNS // 2)
    desk.until_shown(lambda now: around(now) == around(shown))
    select(desk, 1, COLUMNS // 2)


def test_a_click_on_a_subject_filters_by_it(desk: Terminal) -> None:
    at = divider(desk.shown)
    row = next(row for row, text in enumerate(desk.shown) if text[:at].strip().startswith("[/b]"))

    desk.click(3, row)

    desk.until_shown(
        lambda shown: (
            shown[row].startswith("▌") and shown[-1].split()[-1:] == ["Quit"] and "11 claims" in shown[0]
        )
    )


def moved_from(before: list[str], footer: str) -> Callable[[list[str]], bool]:
    return lambda shown: shown != before and is_framed(shown) and bool(marked(shown)) and shown[-1] == footer


def in_a_dialog(word: str) -> Callable[[list[str]], bool]:
    return lambda shown: any(word in text for text in shown)


def test_a_click_on_a_link_shows_where_it_leads_and_opens_nothing(desk: Terminal) -> None:
    desk.type("o")
    shown = desk.until_shown(in_a_dialog("Enter opens it at"))
    places = [(text.index("example"), row) for row, text in enumerate(shown) if ".example " in text]
    assert places
    for column, row in places:
        desk.click(column, row)
    for column, row in baits(shown, range(1, ROWS - 1), range(COLUMNS)):
        desk.click(column, row)
    desk.type("\x1b[27u")
    desk.until_shown(lambda shown: is_framed(shown) and not in_a_dialog("Enter opens")(shown))


def test_clicks_in_an_article_select_and_nothing_else(desk: Terminal) -> None:
    desk.type("a")
    shown = desk.until_shown(lambda shown: len(list(baits(shown, range(2, ROWS - 1), range(COLUMNS)))) > 5)
    places = list(baits(shown, range(1, ROWS - 1), range(COLUMNS)))
    for column, row in places[:20]:
        desk.click(column, row)
    desk.type("\x1b[27u")
    desk.type("\x1b[27u")
    desk.until_shown(is_framed)
