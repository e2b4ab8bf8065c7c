"""A person's own: keys, theme, saved filters, what is remembered; help and palette from one table."""

import json
from pathlib import Path

import click
import pytest

from claimbook.app.actions import ACTIONS, Action
from claimbook.app.keymap import actions_in, bindings, keys_of, read_keymap
from claimbook.app.memory import MOST, Memory, memory_file, recall, remember
from claimbook.app.preferences import config_file
from claimbook.app.screens.help import Help, help_text
from claimbook.app.widgets.filterline import FilterLine
from claimbook.app.widgets.sidebar import Sidebar
from claimbook.cli.commands import claimbook
from desks import opened


def settings(text: str) -> None:
    config_file().parent.mkdir(parents=True, exist_ok=True)
    config_file().write_text(text)


def test_every_action_has_a_name_of_its_own_and_a_sentence() -> None:
    names = [action.name for action in ACTIONS]
    assert len(set(names)) == len(names)
    assert all(action.sentence.endswith(".") for action in ACTIONS)


def named(words: list[str]) -> tuple[click.Command, list[str]]:
    """Return the command that words name, and the words after its name."""
    command: click.Command = claimbook
    while (
        isinstance(command, click.Group)
        and words
        and words[0] in command.list_commands(click.Context(command))
    ):
        found = command.get_command(click.Context(command), words[0])
        assert found is not None
        command, words = found, words[1:]
    return command, words


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.name)
def test_what_an_action_does_a_command_does_too_or_the_table_says_why_none_can(action: Action) -> None:
    assert bool(action.twin) != bool(action.alone)
    program, *words = action.twin.split() or ["claimbook", "--help"]
    assert program == "claimbook"
    several = [word.rstrip(",") for word in words if word.endswith(",")]
    for name in [*several, " ".join(words[len(several) :])]:
        command, rest = named(name.split())
        assert command is not claimbook or rest == ["--help"], f"There is no command {name}."
        known = {"--help"}.union(*(parameter.opts for parameter in command.params))
        assert {word for word in rest if word.startswith("--")} <= known
        assert (
            not rest
            or rest[0].startswith("--")
            or any(isinstance(parameter, click.Argument) for parameter in command.params)
        )


@pytest.mark.parametrize("context", sorted({c for action in ACTIONS for c in action.contexts.split()}))
def test_no_key_does_two_things_in_one_place_and_each_can_be_remapped(context: str) -> None:
    keys = [key for action in actions_in([context]) for key in action.keys.split(",")]
    assert len(set(keys)) == len(keys)
    for action, binding in zip(actions_in([context]), bindings(context), strict=True):
        assert (binding.id, binding.tooltip) == (action.name, action.sentence)  # type: ignore[union-attr]


def test_keys_of_the_settings_are_held_against_the_table() -> None:
    told = read_keymap({"verdict": "x", "undoo": "z", "quit": "", "mark": "asterisk"})
    assert told.keys == {"verdict": "x", "mark": "asterisk"}
    assert any("no action undoo: did you mean undo?" in complaint for complaint in told.complaints)
    assert any("quit names no key" in complaint for complaint in told.complaints)
    assert any("asterisk is both mark and invert" in complaint for complaint in told.complaints)


def test_help_names_every_action_of_a_place_with_the_keys_it_has_now() -> None:
    text = "\n".join(
        "".join(span.text for span in part.spans) for part in help_text(["desk"], {"verdict": "x,f9"})
    )
    for action in actions_in(["desk"]):
        assert action.sentence in text
        assert action.twin in text
    assert "x f9" in text
    assert "is:overdue" in text
    assert keys_of(next(a for a in ACTIONS if a.name == "down"), {}) == "j ↓"


async def test_own_keys_filters_and_theme_are_used_and_what_is_wrong_is_said(example: Path) -> None:
    settings("theme: textual-light\nkeys:\n  problems: X\n  undoo: z\nfilters:\n  Batteries: battery\n")
    async with opened(example) as desk:
        assert desk.app.theme == "textual-light"
        assert any("did you mean undo?" in notice for notice in desk.notices)
        await desk.press("p")
        assert len(desk.app.screen_stack) == 1
        await desk.press("X")
        assert len(desk.app.screen_stack) == 2
        await desk.press("escape")

        side = desk.app.screen.query_one(Sidebar)
        side.move_to([item.text for item in side.items].index("Batteries"))
        desk.app.screen.set_focus(side)
        await desk.press("enter")
        await desk.until(lambda: desk.app.screen.query_one(FilterLine).text == "battery")
        await desk.until(lambda: desk.claims.count < 10)


async def test_settings_that_cannot_be_read_are_told_and_left_alone(example: Path) -> None:
    settings("theme: nonesuch\nkesy: {}\n")
    async with opened(example) as desk:
        assert any("did you mean `keys`?" in notice for notice in desk.notices)
    assert config_file().read_text() == "theme: nonesuch\nkesy: {}\n"


async def test_theme_filter_choice_and_cursor_come_back(example: Path) -> None:
    async with opened(example) as desk:
        await desk.press("3", "slash")
        await desk.write("xiaomi")
        await desk.press("enter")
        await desk.until(lambda: desk.claims.has_focus and desk.claims.count < 40)
        await desk.press("j", "j")
        desk.app.theme = "nord"
        here, ids = desk.here, desk.ids
        await desk.press("q")

    async with opened(example) as desk:
        await desk.until(lambda: desk.ids == ids)
        assert desk.here == here
        assert desk.app.theme == "nord"
        assert f"settled · {len(ids)} of {desk.whole}" in desk.screen_text()
        assert desk.app.screen.query_one(FilterLine).text == "xiaomi"


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"books": 3}', '{"theme": 1, "books": {"%": {"cursor": [], "x": 1}}}', "\x00" * 9],
)
def test_a_memory_that_is_broken_is_as_good_as_none(tmp_path: Path, text: str) -> None:
    memory_file().parent.mkdir(parents=True)
    memory_file().write_text(text.replace("%", str(tmp_path)))
    assert recall(tmp_path) == Memory()
    remember(tmp_path, Memory(theme="nord", cursor="claims/a.yaml"))
    assert recall(tmp_path) == Memory(theme="nord", cursor="claims/a.yaml")


def test_books_are_remembered_apart_and_not_for_ever(tmp_path: Path) -> None:
    for number in range(MOST + 5):
        remember(tmp_path / str(number), Memory(filter=str(number)))
    assert recall(tmp_path / "0") == Memory()
    assert recall(tmp_path / str(MOST)).filter == str(MOST)
    assert len(json.loads(memory_file().read_text())["books"]) == MOST


def test_a_memory_that_cannot_be_kept_stops_nothing(tmp_path: Path) -> None:
    memory_file().parent.parent.mkdir(parents=True, exist_ok=True)
    memory_file().parent.write_text("a file where the folder would be")
    remember(tmp_path, Memory(filter="x"))
    assert recall(tmp_path) == Memory()


async def test_help_opens_for_where_one_is_and_the_palette_offers_the_actions(example: Path) -> None:
    async with opened(example) as desk:
        await desk.press("question_mark")
        assert isinstance(desk.app.screen, Help)
        assert "Give a verdict on the marked claims" in desk.screen_text()
        await desk.press("escape", "p", "question_mark")
        assert "Give a verdict on the marked claims" not in desk.screen_text()
        await desk.press("escape", "escape")

        offered = {command.title for command in desk.app.get_system_commands(desk.app.screen_stack[0])}
        assert offered >= {"Verdict", "Problems", "Invert marks", "Undo", "Theme"}
        await desk.press("colon")
        await desk.write("invert")
        await desk.until(lambda: "Mark what is not" in desk.screen_text())
        await desk.press("enter")
        await desk.until(lambda: len(desk.claims.marked) == desk.whole)


async def test_no_color_leaves_no_colour(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened(example) as desk:
        strips = desk.app.screen._compositor.render_strips()
        drawn = [segment for strip in strips for segment in strip._segments]
        filtered = [
            s
            for f in desk.app._filters
            if f.enabled
            for s in f.apply(drawn, desk.app.screen.background_colors[1])
        ]
        assert {
            color.name for s in filtered if s.style for color in (s.style.color, s.style.bgcolor) if color
        } <= {"default"}
        assert "▌ ? unproven" in desk.screen_text()


async def test_the_id_is_copied(example: Path) -> None:
    async with opened(example) as desk:
        await desk.press("y")
        assert desk.app.clipboard == "apple-approached-nissan"
