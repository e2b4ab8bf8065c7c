"""Giving verdicts on the desk: what lands in files, what is asked, what is kept when it is refused."""

from pathlib import Path

import pytest
from textual.widgets import Input

from claimbook.app.screens.question import Question
from claimbook.app.screens.verdict import Background, VerdictDialog
from claimbook.app.widgets.fields import Pad
from claimbook.app.widgets.ratings import Ratings
from claimbook.app.widgets.toned import Plain, Wrapped
from desks import Opened, opened

OPEN = "ai-decides-car-choice"


async def at(desk: Opened, identifier: str) -> Path:
    """Put the cursor on a claim and return its file."""
    desk.claims.move_to(desk.ids.index(identifier))
    await desk.settle()
    row = desk.claims.row
    assert row is not None
    return desk.app.keeper._book.root / row.file


def outcome(desk: Opened) -> str:
    return desk.app.screen.query_one("#outcome", Wrapped).text


async def judge(desk: Opened, number: str, why: str) -> None:
    """Fill in the dialog as a reviewer does."""
    await desk.press("v")
    await desk.until(lambda: isinstance(desk.app.screen, VerdictDialog) and desk.app.screen.query(Ratings))
    await desk.press(number)
    await desk.until(lambda: isinstance(desk.app.focused, Pad))
    await desk.write(why)


async def save(desk: Opened) -> None:
    await desk.press("ctrl+s")
    await desk.until(lambda: not isinstance(desk.app.screen, VerdictDialog))


async def test_a_verdict_is_appended_and_the_status_follows_and_nothing_else_changes(example: Path) -> None:
    async with opened(example) as desk:
        file = await at(desk, OPEN)
        before = file.read_text()

        await judge(desk, "5", "Surveys name price first.")
        assert "Appends ✗ false to" in outcome(desk)
        assert "signed ann; status becomes settled" in outcome(desk)
        await save(desk)

        block = (
            "verdicts:\n  - date: 2026-11-21\n    rating: false\n    by: ann\n"
            "    why: Surveys name price first.\n\n"
        )
        after = file.read_text()
        assert block in after
        assert after.replace(block, "").replace("status: settled", "status: open", 1) == before
        await desk.until(lambda: "✗ FALSE since 21 Nov 2026 · settled" in desk.detail)
        assert desk.here == OPEN
        assert not [notice for notice in desk.notices if "outside" in notice]


async def test_undo_takes_it_back_and_redo_gives_it_again(example: Path) -> None:
    async with opened(example) as desk:
        file = await at(desk, OPEN)
        before = file.read_bytes()
        await judge(desk, "6", "Nothing decisive.")
        await save(desk)
        after = file.read_bytes()

        await desk.press("u")
        await desk.until(
            lambda: any(notice.startswith("Undone: Verdict unproven") for notice in desk.notices)
        )
        assert file.read_bytes() == before

        await desk.press("ctrl+r")
        await desk.until(lambda: any(notice.startswith("Done again:") for notice in desk.notices))
        assert file.read_bytes() == after


async def test_undo_refuses_when_the_file_has_moved_on(example: Path) -> None:
    async with opened(example) as desk:
        await desk.press("u")
        await desk.until(lambda: any("nothing to undo" in notice for notice in desk.notices))

        file = await at(desk, OPEN)
        await judge(desk, "6", "Nothing decisive.")
        await save(desk)
        mine = file.read_text() + "\nx-mine: 1\n"
        file.write_text(mine)
        await desk.press("u")
        await desk.until(lambda: "Cannot undo" in desk.screen_text())
        assert file.read_text() == mine


async def test_several_marked_claims_get_one_verdict_in_one_step(example: Path) -> None:
    async with opened(example) as desk:
        await desk.press("1")
        await desk.until(lambda: 2 < desk.claims.count < desk.whole)
        await desk.press("space", "space", "v")
        await desk.until(
            lambda: isinstance(desk.app.screen, VerdictDialog) and desk.app.screen.query(Ratings)
        )
        assert "One verdict for 2 claims" in desk.screen_text()
        await desk.press("1")
        await desk.until(lambda: isinstance(desk.app.focused, Pad))
        await desk.write("Both hold.")
        assert "to 2 records" in outcome(desk)
        await save(desk)

        files = [
            path for path in (example / "claims").rglob("*.yaml") if "why: Both hold." in path.read_text()
        ]
        assert len(files) == 2
        assert not desk.claims.marked

        await desk.press("u")
        await desk.until(lambda: any("(2 files)" in notice for notice in desk.notices))
        assert not [file for file in files if "Both hold." in file.read_text()]


async def test_nothing_is_saved_without_rating_or_reason_and_the_dialog_says_so(example: Path) -> None:
    async with opened(example) as desk:
        file = await at(desk, OPEN)
        before = file.read_bytes()
        await desk.press("v")
        await desk.until(lambda: isinstance(desk.app.screen, VerdictDialog))
        await desk.press("ctrl+s")
        assert "Take a rating first" in outcome(desk)
        await desk.press("4", "ctrl+s")
        await desk.until(lambda: "needs a reason" in outcome(desk))
        assert file.read_bytes() == before


async def test_date_and_confidence_are_said_and_a_bad_date_is_marked_beside_it(example: Path) -> None:
    async with opened(example) as desk:
        file = await at(desk, OPEN)
        await judge(desk, "3", "Half of it.")
        await desk.press("tab", "right", "right", "right", "tab")
        await desk.write("2024-02-30")
        note = desk.app.screen.query_one("#as-of-note", Plain)
        assert "2024-02 has 29 days" in "".join(span.text for line in note._lines for span in line)
        await desk.press("ctrl+s")
        assert isinstance(desk.app.screen, VerdictDialog)

        desk.app.screen.query_one("#as-of", Input).value = "2024-02"
        await save(desk)
        assert "    as_of: 2024-02\n    rating: mixed\n    confidence: high\n" in file.read_text()


async def test_evidence_is_in_sight_while_one_writes_at_eighty_columns(example: Path) -> None:
    async with opened(example, (80, 24)) as desk:
        await at(desk, "apple-car-2024")
        await judge(desk, "5", "Gone.")
        shown = desk.screen_text()
        assert "Evidence  + 0  − 3  · 2" in shown
        assert "Gone." in shown
        assert "Save (ctrl+s)" in shown
        assert "wrong in the main" not in shown


async def test_escape_asks_before_a_reason_is_lost(example: Path) -> None:
    async with opened(example) as desk:
        await judge(desk, "5", "Long thought.")
        await desk.press("escape")
        assert isinstance(desk.app.screen, Question)
        await desk.press("escape")
        assert desk.app.screen.query_one(Pad).text == "Long thought."

        await desk.press("escape", "enter")
        await desk.until(lambda: len(desk.app.screen_stack) == 1)


async def test_a_reason_may_be_begun_without_leaving_the_ratings(example: Path) -> None:
    async with opened(example) as desk:
        await desk.press("v")
        await desk.until(lambda: isinstance(desk.app.screen, VerdictDialog))
        await desk.write("Because")
        await desk.until(lambda: "Because" in desk.app.screen.query_one(Pad).text)


async def test_a_refusal_is_shown_and_what_was_typed_is_kept(
    example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(example) as desk:
        file = await at(desk, OPEN)
        await judge(desk, "5", "Nobody asked.")
        file.chmod(0o444)
        before = file.read_bytes()
        monkeypatch.setattr("os.geteuid", lambda: 1000)
        await desk.press("ctrl+s")
        await desk.until(lambda: "What you typed is still here" in outcome(desk))

        assert file.read_bytes() == before
        assert desk.app.screen.query_one(Pad).text == "Nobody asked."

        other = example / "claims" / "apple" / "apple-car-2024.yaml"
        other.write_text(other.read_text() + "\nx-note: by hand\n")
        await desk.until(lambda: any("From outside" in notice for notice in desk.notices))
        assert "What you typed is still here" in outcome(desk)
        await desk.press("x")
        await desk.until(lambda: outcome(desk).startswith("Appends"))
        await desk.press("backspace")

        file.chmod(0o644)
        await save(desk)
        assert "Nobody asked." in file.read_text()


async def test_a_hand_edit_made_while_the_dialog_is_open_is_kept_and_shown(example: Path) -> None:
    async with opened(example) as desk:
        file = await at(desk, OPEN)
        await judge(desk, "6", "Still open.")
        file.write_text(file.read_text() + "\nx-note: by hand\n")
        await desk.until(lambda: any("From outside" in notice for notice in desk.notices))
        assert desk.app.screen.query_one(Pad).text == "Still open."
        await save(desk)

        text = file.read_text()
        assert "x-note: by hand" in text
        assert "why: Still open." in text


async def test_a_record_that_breaks_under_the_dialog_is_not_written(example: Path) -> None:
    async with opened(example) as desk:
        file = await at(desk, OPEN)
        await judge(desk, "6", "Still open.")
        broken = file.read_text().replace("kind:", "knid:", 1)
        file.write_text(broken)
        await desk.press("ctrl+s")
        await desk.until(lambda: "✗" in outcome(desk))
        assert file.read_text() == broken
        assert desk.app.screen.query_one(Pad).text == "Still open."


async def test_a_broken_record_cannot_be_judged(example: Path) -> None:
    file = example / "claims/apple/apple-approached-nissan.yaml"
    file.write_text("claim: x\n")
    async with opened(example) as desk:
        await desk.press("v")
        await desk.until(lambda: any("cannot be judged" in notice for notice in desk.notices))
        assert len(desk.app.screen_stack) == 1


async def test_two_files_of_one_id_are_not_written(example: Path) -> None:
    twin = example / "claims/zz" / f"{OPEN}.yaml"
    twin.parent.mkdir()
    twin.write_bytes((example / f"claims/industry/{OPEN}.yaml").read_bytes())
    before = twin.read_bytes()
    async with opened(example) as desk:
        await at(desk, OPEN)
        await judge(desk, "6", "Which of them?")
        await desk.press("ctrl+s")
        await desk.until(lambda: "same id" in outcome(desk))
        assert twin.read_bytes() == before


async def test_the_background_scrolls_and_names_each_of_several_claims(example: Path) -> None:
    async with opened(example, (80, 24)) as desk:
        await desk.press("space", "space", "v")
        await desk.until(
            lambda: isinstance(desk.app.screen, VerdictDialog) and desk.app.screen.query(Ratings)
        )
        text = desk.app.screen.query_one(Background).text
        assert "Apple approached Nissan about a joint car project." in text
        assert "A passenger car made by Apple goes into production in 2024." in text
