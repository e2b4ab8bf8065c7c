"""Adding to claims on the desk: what the forms ask, complete and complain of, and what lands in the files."""

from contextlib import nullcontext
from pathlib import Path

import pytest
from textual.widgets import Input

from claimbook.app.app import Desk
from claimbook.app.screens.conflict import Conflict
from claimbook.app.screens.form import Form
from claimbook.app.screens.menu import Menu
from claimbook.app.screens.question import Question
from claimbook.app.screens.verdict import VerdictDialog
from desks import Opened, opened

CLAIM = "claims/industry/ai-decides-car-choice.yaml"


async def adding(desk: Opened, key: str) -> Form:
    """Choose what to add to the claim at hand."""
    desk.claims.move_to([row.file for row in desk.claims.rows].index(CLAIM))
    await desk.press("plus")
    await desk.until(lambda: isinstance(desk.app.screen, Menu))
    await desk.press(key)
    await desk.until(lambda: isinstance(desk.app.screen, Form))
    screen = desk.app.screen
    assert isinstance(screen, Form)
    return screen


def fill(form: Form, **texts: str) -> None:
    for name, text in texts.items():
        form.query_one(f"#box-{name}", Input).value = text


async def save(desk: Opened) -> None:
    await desk.press("ctrl+s")
    await desk.until(lambda: not isinstance(desk.app.screen, Form))


async def test_evidence_is_added_with_dates_as_people_write_them(example: Path) -> None:
    before = (example / CLAIM).read_text()
    async with opened(example) as desk:
        form = await adding(desk, "e")
        await desk.press("right")
        fill(form, url="https://example.org/survey", publisher="Example", date="28 mar 2025", via="nobody")
        await desk.settle()
        shown = desk.screen_text()
        assert "Appends to evidence: url: https://example.org/survey, publisher: Example" in shown
        await save(desk)

        after = (example / CLAIM).read_text()
        for line in (
            "url: https://example.org/survey",
            "date: 2025-03-28",
            "seen: 2026-11-21",
            "bearing: refutes",
        ):
            assert line in after
        assert "via: []" in after

        await desk.press("u")
        await desk.until(lambda: any("Undone: Evidence" in notice for notice in desk.notices))
        assert (example / CLAIM).read_text() == before


async def test_a_source_must_quote_its_article_and_the_complaint_stands_below_the_quote(
    example: Path,
) -> None:
    async with opened(example) as desk:
        form = await adding(desk, "s")
        await desk.write("2021-03-26")
        assert "✗" not in desk.screen_text().partition("Article")[2].partition("Quote")[0]
        await desk.press("right")
        assert form.values["article"] == "2021-03-26-want-xiaomi"
        fill(form, quote="gevestigd in Bading")
        await desk.until(lambda: "✗ “gevestigd in Bading” does not stand" in desk.screen_text())
        before = (example / CLAIM).read_bytes()
        await desk.press("ctrl+s")
        assert isinstance(desk.app.screen, Form)
        assert (example / CLAIM).read_bytes() == before

        fill(form, quote="gevestigd in Baoding", via="Reuters@2021-03-26, anonymous:two people")
        await save(desk)
        text = (example / CLAIM).read_text()
        assert "quote: gevestigd in Baoding" in text
        assert "stance: relays" in text
        assert "- anonymous: two people" in text


async def test_a_relation_completes_ids_and_refuses_one_that_is_not_there(example: Path) -> None:
    async with opened(example) as desk:
        form = await adding(desk, "r")
        fill(form, to="nonesuch")
        await desk.settle()
        assert "There is no claim nonesuch" in desk.screen_text()
        fill(form, to="kart")
        await desk.settle()
        await desk.press("down")
        assert form.values["to"] == "xiaomi-electric-kart-2020"
        await save(desk)
        assert "- to: xiaomi-electric-kart-2020\n    as: contradicts\n" in (example / CLAIM).read_text()


async def test_tags_and_subjects_go_to_all_marked_claims(example: Path) -> None:
    async with opened(example) as desk:
        await desk.press("space", "space", "plus", "t")
        await desk.until(lambda: isinstance(desk.app.screen, Form))
        assert "New tag: 2 claims" in desk.screen_text()
        await desk.write("zebra, okapi")
        await save(desk)
        assert sum("zebra" in path.read_text() for path in (example / "claims").rglob("*.yaml")) == 2

        await adding(desk, "b")
        await desk.write("Okapi Motors")
        await save(desk)
        assert "Okapi Motors" in (example / CLAIM).read_text()


async def test_a_forecast_wants_a_chance_and_a_reason(example: Path) -> None:
    async with opened(example) as desk:
        form = await adding(desk, "f")
        await desk.write("120%")
        assert "✗ write a number from 0 to 1" in desk.screen_text()
        fill(form, probability="15%")
        await desk.until(lambda: "A forecast needs a reason" in desk.screen_text())
        fill(form, why="Too far off.")
        await save(desk)
        text = (example / CLAIM).read_text()
        assert "  - date: 2026-11-21\n    probability: 0.15\n    by: ann\n    why: Too far off.\n" in text


async def test_what_is_missing_is_said_on_saving_and_escape_asks_before_anything_is_lost(
    example: Path,
) -> None:
    before = (example / CLAIM).read_bytes()
    async with opened(example, (80, 24)) as desk:
        form = await adding(desk, "e")
        fill(form, url="https://example.org/a")
        await desk.press("ctrl+s")
        assert "Address needs Publisher beside it." in desk.screen_text()
        assert desk.app.focused is form.query_one("#box-publisher")
        await desk.press("escape")
        assert isinstance(desk.app.screen, Question)
        await desk.press("escape")
        assert form.values["url"] == "https://example.org/a"
        await desk.press("escape", "enter")
        await desk.until(lambda: len(desk.app.screen_stack) == 1)
        assert (example / CLAIM).read_bytes() == before


async def test_an_empty_form_closes_without_a_question(example: Path) -> None:
    async with opened(example) as desk:
        await adding(desk, "s")
        await desk.press("escape")
        await desk.until(lambda: len(desk.app.screen_stack) == 1)


async def conflict(desk: Opened, example: Path) -> Path:
    """Give a verdict to a claim whose status somebody has changed unseen."""
    file = example / CLAIM
    desk.claims.move_to([row.file for row in desk.claims.rows].index(CLAIM))
    await desk.press("v")
    await desk.until(lambda: isinstance(desk.app.screen, VerdictDialog))
    await desk.press("5")
    await desk.write("No.")
    file.write_text(file.read_text().replace("status: open", "status: reviewing", 1))
    await desk.press("ctrl+s")
    await desk.until(lambda: isinstance(desk.app.screen, Conflict))
    return file


@pytest.mark.usefixtures("unwatched")
async def test_a_conflict_shows_both_and_mine_is_written_over_theirs(example: Path) -> None:
    async with opened(example) as desk:
        file = await conflict(desk, example)
        shown = desk.screen_text()
        assert "Somebody else has changed `status`" in shown
        assert "settled" in shown
        assert "reviewing" in shown
        await desk.press("m")
        await desk.until(lambda: len(desk.app.screen_stack) == 1)
        assert "status: settled" in file.read_text()
        assert "why: No." in file.read_text()


@pytest.mark.usefixtures("unwatched")
async def test_a_conflict_can_be_left_theirs_with_what_was_typed_kept(example: Path) -> None:
    async with opened(example) as desk:
        file = await conflict(desk, example)
        theirs = file.read_bytes()
        await desk.press("t")
        await desk.until(lambda: isinstance(desk.app.screen, VerdictDialog))
        assert file.read_bytes() == theirs
        await desk.until(lambda: "Appends" in desk.screen_text())
        assert "No." in desk.screen_text()
        await desk.press("ctrl+s")
        await desk.until(lambda: len(desk.app.screen_stack) == 1)
        assert "status: settled" in file.read_text()


@pytest.mark.usefixtures("unwatched")
async def test_a_conflict_is_edited_at_what_both_changed(
    example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened_at: list[tuple[str, str]] = []

    def edit(name: str, data: bytes, line: int) -> bytes:
        opened_at.append((name, data.decode().splitlines()[line - 1]))
        return data

    monkeypatch.setattr("claimbook.app.settling.edited_text", edit)
    monkeypatch.setattr(Desk, "suspend", lambda _: nullcontext())
    async with opened(example) as desk:
        await conflict(desk, example)
        await desk.press("E")
        await desk.until(lambda: opened_at)
        assert opened_at == [("ai-decides-car-choice.yaml", "<<<<<<< ours")]


@pytest.mark.usefixtures("unwatched")
async def test_the_ways_out_stay_in_sight_on_a_very_small_terminal(example: Path) -> None:
    async with opened(example, (60, 10)) as desk:
        await desk.press("plus", "s")
        assert "Save (ctrl+s)" in desk.screen_text()
        await desk.write("words")
        await desk.press("escape")
        assert "Keep writing (esc)" in desk.screen_text()
        await desk.press("enter")
        await conflict(desk, example)
        assert "Leave theirs (t)" in desk.screen_text()
        await desk.press("t")
        assert "No." in desk.screen_text()
        assert "Save (ctrl+s)" in desk.screen_text()


@pytest.mark.parametrize("keys", ["v", "+e", "+t"])
async def test_what_is_told_meanwhile_does_not_lie_over_the_buttons(keys: str, example: Path) -> None:
    async with opened(example, size=(80, 24)) as desk:
        await desk.write(keys)
        await desk.until(lambda: "ctrl+s" in desk.screen_text())

        for claim in ("apple-car-2024", "xiaomi-electric-kart-2020"):
            desk.app.notify(f"{claim} changed: it can be read again, and what it says is another thing now.")
        await desk.until(lambda: "xiaomi-electric-kart-2020 changed" in desk.screen_text())

        shown = desk.screen_text()
        assert "(ctrl+s)" in shown
        assert "(esc)" in shown
