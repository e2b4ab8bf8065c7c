"""Colours that can be read: in every theme, and where there are none."""

from pathlib import Path

import pytest
from rich.color import Color as TerminalColor
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from claimbook.app.colours import LEAST, contrast
from claimbook.app.widgets.field import Field
from claimbook.app.widgets.fields import Pad
from desks import Opened, opened

COLOURED = [name for name in BUILTIN_THEMES if not name.startswith("ansi")]


def test_contrast_is_what_wcag_says_it_is() -> None:
    black, white, grey = (Color.parse(name) for name in ("#000000", "#ffffff", "#777777"))
    assert contrast(black, white) == 21
    assert contrast(white, white) == 1
    assert contrast(grey, white) == pytest.approx(4.48, abs=0.01)


def triplet(colour: TerminalColor | None) -> Color:
    assert colour is not None
    return Color(*colour.get_truecolor())


async def test_marks_can_be_read_in_every_theme_at_the_cursor_too(example: Path) -> None:
    async with opened(example) as desk:
        assert "false" in [row.listing.rating for row in desk.claims.rows][:4]
        for theme in COLOURED:
            desk.app.theme = theme
            await desk.settle()
            for y in range(4):
                await desk.press("j" if y else "g")
                for part in [part for part in desk.claims.render_line(y) if part.text.strip(" ▌")][:1]:
                    assert part.style is not None
                    found = contrast(triplet(part.style.color), triplet(part.style.bgcolor))
                    assert found >= LEAST, (theme, part.text)


def styled(desk: Opened, how: str) -> list[str]:
    """Return the words on the screen that have a style."""
    lines = desk.app.screen._compositor.render_strips()
    parts = [part.text for line in lines for part in line if part.style and getattr(part.style, how)]
    return " ".join(parts).split()


async def test_without_colours_cursors_the_focus_and_the_command_chosen_are_seen(
    example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened(example, (100, 30)) as desk:
        await desk.write("v5No")
        desk.app.screen.query_one(Pad).cursor_blink = False
        await desk.press("left")
        assert "o" in styled(desk, "reverse")
        await desk.press("tab", "tab")
        desk.app.screen.query_one("#as-of", Field).cursor_blink = False
        await desk.write("2024")
        await desk.press("left")
        assert "4" in styled(desk, "reverse")
        await desk.press("escape")
        assert {"Lose", "it", "(enter)"} <= set(styled(desk, "reverse"))
        await desk.press("escape", "escape", "enter", "ctrl+p")
        await desk.until(lambda: "Add" in styled(desk, "underline"))
