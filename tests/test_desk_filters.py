"""Filters kept under a name: in the person's own settings, in their own text, and at the side."""

from pathlib import Path

import pytest

from claimbook.app.preferences import Preferences, config_file, load_preferences
from claimbook.app.preferencesfile import keep_filter
from claimbook.app.screens.naming import NameFilter
from claimbook.app.widgets.sidebar import Sidebar
from claimbook.book.refusals import Refused
from desks import opened


def settings(text: str) -> Path:
    config_file().parent.mkdir(parents=True, exist_ok=True)
    config_file().write_text(text)
    return config_file()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "filters:\n  Late ones: is:overdue\n"),
        ("# mine\n", "# mine\nfilters:\n  Late ones: is:overdue\n"),
        ("theme:  nord  # dark\n", "theme:  nord  # dark\nfilters:\n  Late ones: is:overdue\n"),
        ("filters: {}\n", "filters:\n  Late ones: is:overdue\n"),
        (
            "filters:\n  # of old\n  A: 'x'\n\nkeys:\n  undo: z\n",
            "filters:\n  # of old\n  A: 'x'\n  Late ones: is:overdue\n\nkeys:\n  undo: z\n",
        ),
        ("filters:\n  Late ones: x  # y\n", "filters:\n  Late ones: is:overdue  # y\n"),
    ],
)
def test_a_filter_is_written_into_the_settings_and_all_else_stays(before: str, after: str) -> None:
    file = settings(before)
    kept = keep_filter("Late ones", "is:overdue")
    assert kept.filters["Late ones"] == "is:overdue"
    assert load_preferences()[0] == kept
    written = file.read_text()
    assert written == after
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_settings_need_not_be_there() -> None:
    assert keep_filter("A", "b").filters == {"A": "b"}
    assert load_preferences()[0] == Preferences(filters={"A": "b"})


def test_broken_settings_are_left_alone() -> None:
    file = settings("kesy: {}\n")
    with pytest.raises(Refused, match="did you mean `keys`"):
        keep_filter("A", "b")
    assert file.read_text() == "kesy: {}\n"


def test_settings_behind_a_link_stay_behind_it(tmp_path: Path) -> None:
    real = tmp_path / "dotfile"
    real.write_text("theme: nord\n")
    config_file().parent.mkdir(parents=True)
    config_file().symlink_to(real)
    keep_filter("A", "b")
    assert config_file().is_symlink()
    assert "A: b" in real.read_text()


async def test_a_filter_gets_a_name_and_stands_at_the_side(example: Path) -> None:
    async with opened(example) as desk:
        await desk.press("ctrl+s")
        assert any("no filter to keep" in notice for notice in desk.notices)
        await desk.press("slash")
        await desk.write("battery is:settled")
        await desk.press("ctrl+s")
        await desk.until(lambda: isinstance(desk.app.screen, NameFilter))
        await desk.press("enter")
        await desk.until(lambda: "Write a name first" in desk.screen_text())
        await desk.write("Batteries")
        await desk.press("enter")
        await desk.until(lambda: len(desk.app.screen_stack) == 1)
        items = {item.text: item.target for item in desk.app.screen.query_one(Sidebar).items}
        assert items["Batteries"] == "/battery is:settled"
        assert "  Batteries: battery is:settled\n" in config_file().read_text()
