"""Changes that meet somebody else's: both texts side by side, and what each way out leaves in the file."""

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest

from claimbook.app.app import Desk
from claimbook.app.screens.comparing import Side
from claimbook.app.screens.conflict import Conflict
from claimbook.app.screens.moved import Moved
from claimbook.app.screens.question import Question
from claimbook.app.screens.verdict import VerdictDialog
from claimbook.app.widgets.fields import Pad
from claimbook.app.widgets.toned import Wrapped
from claimbook.book.disk import Disk
from desks import Opened, opened

Edits = Callable[[str], Path]

CLAIM = "claims/industry/ai-decides-car-choice.yaml"
MINE = "    why: No.\n"


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make an editor that writes a line at the end of the file, and let it have the screen."""
    script = tmp_path / "vim"
    script.write_text('#!/bin/sh\nfor last; do :; done\nprintf "x-edited: here\\n" >> "$last"\n')
    script.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(script))
    monkeypatch.setattr(Desk, "suspend", lambda _: nullcontext())


@pytest.fixture
def edits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Edits:
    """Return what makes a command the editor; the file that it returns has what the editor was given."""
    monkeypatch.setattr(Desk, "suspend", lambda _: nullcontext())
    script, seen = tmp_path / "ed", tmp_path / "seen"

    def make(command: str) -> Path:
        script.write_text(f'#!/bin/sh\nfor last; do :; done\ncp "$last" {seen}\n{command} "$last"\n')
        script.chmod(0o755)
        monkeypatch.setenv("EDITOR", str(script))
        return seen

    return make


@pytest.fixture
def restless(example: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Let somebody save the file whenever the program is about to, as often as the list says."""
    file, left, exchange = example / CLAIM, [3], Disk.exchange

    def saved_first(disk: Disk, one: str, other: str) -> None:
        if left[0] and other.endswith("ai-decides-car-choice.yaml") and MINE not in file.read_text():
            left[0] -= 1
            fresh = file.with_name("4913")
            fresh.write_text(f"{file.read_text()}x-theirs-{left[0]}: by hand\n")
            fresh.replace(file)
        exchange(disk, one, other)

    monkeypatch.setattr(Disk, "exchange", saved_first)
    return left


async def overtaken(desk: Opened, example: Path, more: str = "") -> Path:
    """Save a verdict on a claim whose status somebody has changed unseen, and more below."""
    file = example / CLAIM
    desk.claims.move_to([row.file for row in desk.claims.rows].index(CLAIM))
    await desk.write("v5No.")
    file.write_text(file.read_text().replace("status: open", "status: reviewing", 1) + more)
    await desk.press("ctrl+s")
    await desk.until(lambda: isinstance(desk.app.screen, Conflict))
    return file


async def raced(desk: Opened, example: Path) -> Path:
    """Save a verdict while somebody saves the same file, again and again."""
    desk.claims.move_to([row.file for row in desk.claims.rows].index(CLAIM))
    await desk.write("v5No.")
    await desk.press("ctrl+s")
    await desk.until(lambda: isinstance(desk.app.screen, Conflict))
    return example / CLAIM


def sides(desk: Opened) -> tuple[str, str]:
    screen = desk.app.screen
    return screen.query_one("#mine", Side).text, screen.query_one("#theirs", Side).text


def told(desk: Opened) -> str:
    return desk.app.screen.query_one("#conflict-title", Wrapped).text


@pytest.mark.usefixtures("unwatched")
async def test_a_value_that_both_changed_is_edited_with_all_else_of_both_merged(
    example: Path, edits: Edits
) -> None:
    async with opened(example) as desk:
        file = await overtaken(desk, example, more="x-theirs: by hand\n")
        assert sides(desk) == ("Mine\nsettled", "Theirs, in the file now\nreviewing")
        seen = edits("sed -i -e '/^<<<<<<< /,/^=======$/d' -e '/^>>>>>>> /d'")
        await desk.press("E")
        await desk.until(lambda: len(desk.app.screen_stack) == 1)

        both = "<<<<<<< ours\nstatus: settled\n=======\nstatus: reviewing\n>>>>>>> theirs\n"
        assert both in seen.read_text()
        text = file.read_text()
        assert "status: reviewing\n" in text
        assert "x-theirs: by hand\n" in text
        assert MINE in text
        assert "<<<" not in text

        await desk.press("u")
        await desk.until(lambda: MINE not in file.read_text())
        assert "x-theirs: by hand\n" in file.read_text()


@pytest.mark.usefixtures("unwatched")
async def test_what_is_not_decided_is_not_written_and_what_was_typed_waits(
    example: Path, edits: Edits
) -> None:
    async with opened(example) as desk:
        file = await overtaken(desk, example)
        theirs = file.read_bytes()
        edits("true")
        await desk.press("E")
        await desk.until(lambda: isinstance(desk.app.screen, Question))
        assert "Back to the editor" in desk.screen_text()
        assert file.read_bytes() == theirs

        edits("false")
        await desk.press("enter")
        await desk.until(lambda: any("ended with code 1" in notice for notice in desk.notices))
        assert isinstance(desk.app.screen, VerdictDialog)
        assert desk.app.screen.query_one(Pad).text == "No."
        assert file.read_bytes() == theirs


@pytest.mark.usefixtures("unwatched", "editor")
async def test_of_several_claims_the_one_that_both_changed_is_edited_as_it_stands(example: Path) -> None:
    async with opened(example) as desk:
        place = [row.file for row in desk.claims.rows].index(CLAIM)
        desk.claims.move_to(place - 1)
        await desk.press("space", "space")
        file = await overtaken(desk, example)
        theirs = file.read_text()
        await desk.press("E")
        await desk.until(lambda: "x-edited" in file.read_text())
        assert file.read_text() == f"{theirs}x-edited: here\n"
        assert isinstance(desk.app.screen, VerdictDialog)
        assert desk.app.screen.query_one(Pad).text == "No."

        await desk.press("ctrl+s")
        await desk.until(lambda: len(desk.app.screen_stack) == 1)
        text = file.read_text()
        assert "x-edited: here" in text
        assert MINE in text
        assert "status: settled" in text


@pytest.mark.usefixtures("unwatched", "restless")
async def test_files_that_differ_stand_side_by_side_line_by_line(example: Path) -> None:
    async with opened(example, (100, 30)) as desk:
        await raced(desk, example)
        mine, theirs = sides(desk)
        assert "why: No." in mine
        assert "status: settled" in mine
        assert "x-theirs-0" not in mine
        assert "x-theirs-0: by hand" in theirs
        assert "status: open" in theirs
        assert "why: No." not in theirs
        shown = desk.screen_text()
        assert told(desk) == f"{CLAIM} was changed by somebody else while it was being saved."
        for way in ("Write mine (m)", "Leave theirs (t)", "Edit both, merged (E)"):
            assert way in shown


@pytest.mark.usefixtures("unwatched", "restless")
async def test_mine_is_written_into_what_they_saved_and_their_lines_stay(example: Path) -> None:
    async with opened(example) as desk:
        file = await raced(desk, example)
        await desk.press("m")
        await desk.until(lambda: len(desk.app.screen_stack) == 1)
        text = file.read_text()
        assert MINE in text
        assert "status: settled" in text
        assert all(f"x-theirs-{number}: by hand" in text for number in range(3))


@pytest.mark.usefixtures("unwatched", "restless")
async def test_theirs_stays_to_the_byte_and_what_was_typed_is_kept(example: Path) -> None:
    async with opened(example) as desk:
        file = await raced(desk, example)
        theirs = file.read_bytes()
        await desk.press("t")
        await desk.until(lambda: isinstance(desk.app.screen, VerdictDialog))
        assert file.read_bytes() == theirs
        assert desk.app.screen.query_one(Pad).text == "No."


@pytest.mark.usefixtures("unwatched", "restless")
async def test_the_editor_gets_what_both_saved_and_all_of_it_arrives_in_the_file(
    example: Path, edits: Edits
) -> None:
    async with opened(example) as desk:
        file = await raced(desk, example)
        seen = edits("printf 'x-edited: here\\n' >>")
        await desk.press("E")
        await desk.until(lambda: len(desk.app.screen_stack) == 1)
        text = file.read_text()
        assert text == f"{seen.read_text()}x-edited: here\n"
        assert MINE in text
        assert "status: settled" in text
        assert all(f"x-theirs-{number}: by hand" in text for number in range(3))
        assert any("u takes it back" in notice for notice in desk.notices)


async def moved_on(desk: Opened, example: Path, *, action: str = "u") -> Path:
    """Undo, or redo, a verdict on a claim that somebody has written to since."""
    file = example / CLAIM
    desk.claims.move_to([row.file for row in desk.claims.rows].index(CLAIM))
    await desk.write("v6Nothing decisive.")
    await desk.press("ctrl+s")
    await desk.until(lambda: len(desk.app.screen_stack) == 1)
    if action == "ctrl+r":
        await desk.press("u")
        await desk.until(lambda: any("Undone" in notice for notice in desk.notices))
    file.write_text(file.read_text() + "\nx-mine: by hand\n")
    await desk.press(action)
    await desk.until(lambda: isinstance(desk.app.screen, Moved))
    return file


@pytest.mark.parametrize("action", ["u", "ctrl+r"])
async def test_undo_and_redo_that_are_refused_show_both_texts(example: Path, action: str) -> None:
    async with opened(example, (100, 30)) as desk:
        file = await moved_on(desk, example, action=action)
        theirs = file.read_bytes()
        would_be, now = sides(desk)
        assert "x-mine: by hand" in now
        assert "x-mine: by hand" not in would_be
        assert ("Nothing decisive." in would_be) == (action == "ctrl+r")
        assert ("Nothing decisive." in now) == (action == "u")
        word = "undo" if action == "u" else "redo"
        step = "Verdict unproven on ai-decides-car-choice"
        assert told(desk) == f"Cannot {word} “{step}”: {CLAIM} has changed since."
        await desk.press("escape")
        await desk.until(lambda: len(desk.app.screen_stack) == 1)
        assert file.read_bytes() == theirs


@pytest.mark.usefixtures("editor")
async def test_a_refused_undo_offers_the_editor(example: Path) -> None:
    async with opened(example) as desk:
        file = await moved_on(desk, example)
        theirs = file.read_text()
        await desk.press("E")
        await desk.until(lambda: "x-edited" in file.read_text())
        assert file.read_text() == f"{theirs}x-edited: here\n"


async def test_a_refused_undo_of_several_files_names_each(example: Path) -> None:
    async with opened(example, (100, 30)) as desk:
        await desk.press("space", "space")
        await desk.write("v6Both alike.")
        await desk.press("ctrl+s")
        await desk.until(lambda: len(desk.app.screen_stack) == 1)
        files = [path for path in (example / "claims").rglob("*.yaml") if "Both alike." in path.read_text()]
        files[0].unlink()
        files[1].write_text(files[1].read_text() + "\nx-mine: by hand\n")
        await desk.press("u")
        await desk.until(lambda: isinstance(desk.app.screen, Moved))
        assert "2 files have changed since" in told(desk)
        _, now = sides(desk)
        assert "(no file)" in now
        assert all(path.name in now for path in files)
