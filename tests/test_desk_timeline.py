"""The timeline screen: claims drawn on a line of time, its keys, and the ways there and back."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimbook.app.screens.origins import Origins
from claimbook.app.screens.timeline import Timeline
from claimbook.app.timechart import axis, density, happenings, legend
from claimbook.app.timescale import Scale
from claimbook.app.widgets.timerows import TimeRows
from claimbook.app.widgets.toned import Paragraphs
from claimbook.record.dates import PartialDate
from claimbook.review.timeline import Event, timeline
from desks import Opened, opened
from facts import facts, source

TODAY = date(2026, 11, 21)
days = st.dates(date(1, 1, 1), date(9999, 12, 31))


def events_of(said: str, due: str) -> list[Event]:
    return timeline([facts(sources=[source(date=said)], due=due)])


def drawn(events: list[Event], scale: Scale, cells: int) -> str:
    return "".join(span.text for span in happenings(events, scale, cells, TODAY, {}))


def rows(desk: Opened) -> TimeRows:
    return desk.app.screen.query_one(TimeRows)


async def draw(desk: Opened) -> TimeRows:
    await desk.press("T")
    await desk.until(lambda: isinstance(desk.app.screen, Timeline) and rows(desk).rows)
    return rows(desk)


async def narrow_to(desk: Opened, text: str, number: int) -> None:
    await desk.press("slash")
    await desk.write(text)
    await desk.press("enter")
    await desk.until(lambda: desk.claims.has_focus and desk.claims.count == number)


def test_a_day_is_a_point_and_a_year_a_stretch_at_whose_end_something_is_due() -> None:
    scale = Scale.fit(date(2021, 1, 1), date(2022, 12, 31), 28)

    line = drawn(events_of("2021-02-01", "2022"), scale, 28)

    assert line.index("●") == scale.cell(date(2021, 2, 1))
    assert line.index("┥") == scale.cell(date(2022, 12, 31))
    assert line[scale.cell(date(2022, 1, 1)) : line.index("┥")] == "━" * 11
    assert "━" not in line[: scale.cell(date(2021, 12, 30))]
    assert set(line[line.index("●") + 1 : line.index("━")]) == {"┈"}


def test_what_lies_outside_is_marked_at_the_edges_and_today_by_a_line() -> None:
    events = events_of("2021-02-01", "2030")

    line = drawn(events, Scale.fit(date(2024, 1, 1), date(2027, 1, 1), 40), 40)

    assert line[0] == "‹"
    assert line[-1] == "›"
    assert drawn([], Scale.fit(TODAY, TODAY, 9), 9).count("│") == 1


def test_blocks_tell_how_many_claims_were_said_when() -> None:
    scale = Scale.fit(date(2021, 1, 1), date(2021, 1, 10), 14)
    said = ["2021-01-02", *["2021-01-08"] * 8]
    claims = [facts(f"c{number}", sources=[source(date=day)]) for number, day in enumerate(said)]

    line = "".join(span.text for span in density(timeline(claims), scale, 14))

    assert line[scale.cell(date(2021, 1, 2))] == "▁"
    assert line[scale.cell(date(2021, 1, 8))] == "█"


@given(days, days, st.integers(10, 200))
def test_on_a_scale_that_fits_every_day_is_in_sight_and_ticks_do_not_run_into_each_other(
    one: date, other: date, cells: int
) -> None:
    first, last = sorted((one, other))
    scale = Scale.fit(first, last, cells)

    assert 0 <= scale.cell(first) <= scale.cell(last) < cells
    ticks = scale.ticks(cells)
    assert all(a.cell + len(a.text) < b.cell for a, b in pairwise(ticks))
    for line in axis(scale, cells, TODAY):
        assert sum(len(span.text) for span in line) == cells


@given(days, days, st.lists(st.sampled_from(["in", "out", "left", "right"]), max_size=60))
def test_no_way_of_moving_or_zooming_leaves_the_calendar(one: date, other: date, moves: list[str]) -> None:
    first, last = sorted((one, other))
    scale = Scale.fit(first, last, 60)
    for move in moves:
        if move in ("in", "out"):
            scale = scale.zoomed(0.5 if move == "in" else 2.0, 30, 3_652_059 / 60)
        else:
            scale = scale.moved(15 if move == "right" else -15)
        assert scale.per_cell >= 1
        assert date.min <= scale.day(0) <= scale.day(60) <= date.max
        scale.ticks(60)


@given(st.integers(1, 9999), st.integers(20, 120))
def test_a_year_is_drawn_wherever_it_lies(year: int, cells: int) -> None:
    when = f"{year:04}"
    span = PartialDate.parse(when)
    line = drawn(events_of(when, when), Scale.fit(span.first, span.last, cells), cells)
    assert len(line) == cells
    assert "┥" in line


@pytest.mark.parametrize("width", [80, 100, 160])
def test_the_legend_names_every_glyph_and_breaks_nothing(width: int) -> None:
    lines = ["".join(span.text for span in line) for line in legend(width, by_subject=True)]
    assert all(len(line) <= width for line in lines)
    for item in ("● said", "◆ denied", "┥ due", "✓◑✗ judged", "━ day not known", "▂█ claims said"):
        assert any(item in line for line in lines), item


async def test_the_claims_listed_are_drawn_the_one_at_the_cursor_is_told_and_enter_goes_there(
    example: Path,
) -> None:
    async with opened(example, (100, 30)) as desk:
        await narrow_to(desk, "id:xiaomi-great", 3)
        await desk.press("j")
        here = desk.here
        chart = await draw(desk)
        assert chart.count == 3
        assert chart.row is not None
        assert chart.row.key == (None, f"claims/xiaomi/{here}.yaml")
        shown = desk.screen_text()
        assert "timeline, 3 claims" in shown
        assert "26 Mar 2021  ● said      WANT ← Reuters ← “three people”, hedged" in shown
        told = desk.app.screen.query_one(Paragraphs).text
        assert "◔ judged    mostly false, by desk, given 2026-11-21" in told

        await desk.press("g")
        wanted = chart.row.summary
        assert wanted is not None
        await desk.press("enter")
        await desk.until(lambda: len(desk.app.screen_stack) == 1)
        assert desk.here == wanted.id


async def test_the_row_at_the_cursor_is_in_sight_however_long_the_list(example: Path) -> None:
    async with opened(example, (80, 24)) as desk:
        chart = await draw(desk)
        await desk.until(
            lambda: chart.scroll_offset.y <= chart.cursor < chart.scroll_offset.y + chart.size.height
        )
        assert chart.row is not None
        assert chart.row.summary is not None
        assert chart.row.summary.id == desk.here


async def test_keys_zoom_move_fit_and_show_all_again(example: Path) -> None:
    async with opened(example) as desk:
        await narrow_to(desk, "id:xiaomi-great", 3)
        chart = await draw(desk)
        whole = chart.scale
        assert whole is not None
        held = chart.pivot

        await desk.press("plus")
        closer = chart.scale
        assert closer is not None
        assert closer.per_cell == whole.per_cell / 2
        assert abs(closer.cell(whole.day(held)) - held) <= 1
        await desk.press("right")
        assert chart.scale is not None
        assert chart.scale.start > closer.start
        await desk.press("h")
        assert chart.scale.start == pytest.approx(closer.start)
        await desk.press("minus")
        assert chart.scale.per_cell == pytest.approx(whole.per_cell)

        await desk.press("f")
        row = chart.row
        assert row is not None
        assert chart.scale.cell(row.events[0].when.first) >= 0
        await desk.press("0")
        assert chart.scale == whole


async def test_subjects_have_rows_with_their_claims_below_and_enter_lists_them(example: Path) -> None:
    async with opened(example) as desk:
        chart = await draw(desk)
        before = chart.row
        await desk.press("s")
        assert "by subject" in desk.screen_text()
        heads = [row.subject for row in chart.rows if row.claims]
        assert "Xiaomi" in heads
        assert before is not None
        assert chart.row is not None
        assert chart.row.key[1] == before.key[1]

        chart.move_to(next(i for i, row in enumerate(chart.rows) if row.claims and row.subject == "Xiaomi"))
        await desk.press("enter")
        await desk.until(lambda: len(desk.app.screen_stack) == 1 and desk.claims.count == 22)
        assert "about Xiaomi" in desk.screen_text()


async def test_from_a_row_one_goes_to_its_origins_and_back_to_the_row(example: Path) -> None:
    async with opened(example) as desk:
        chart = await draw(desk)
        await desk.press("j", "j")
        row = chart.row
        assert row is not None
        assert row.summary is not None
        await desk.press("O")
        assert isinstance(desk.app.screen, Origins)
        assert desk.app.screen.file == row.summary.file

        await desk.press("escape")
        assert isinstance(desk.app.screen, Timeline)
        assert chart.row == row
        await desk.press("escape")
        await desk.until(lambda: desk.claims.has_focus)


async def test_an_edit_from_outside_is_drawn_and_the_scale_stays(example: Path) -> None:
    file = example / "claims/xiaomi/xiaomi-great-wall-announcement.yaml"
    async with opened(example) as desk:
        await narrow_to(desk, "id:xiaomi-great", 3)
        chart = await draw(desk)
        await desk.press("plus")
        scale = chart.scale
        file.write_text(file.read_text().replace("due: 2021-04-04", "due: 2023", 1))
        await desk.until(lambda: any(str(event.when) == "2023" for row in chart.rows for event in row.events))
        assert chart.scale == scale


async def test_a_claim_without_any_date_says_that_there_is_nothing_to_draw(tmp_path: Path) -> None:
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims/a.yaml").write_text(
        "claim: '[/] x'\nkind: fact\nsources:\n  - {url: 'https://example.org', publisher: P, note: n}\n"
    )
    async with opened(tmp_path) as desk:
        await desk.press("T")
        await desk.until(
            lambda: (
                isinstance(desk.app.screen, Timeline)
                and "Nothing to draw" in desk.app.screen.query_one(Paragraphs).text
            )
        )
        await desk.press("plus", "f", "0", "s", "enter", "O", "escape")
        assert len(desk.app.screen_stack) == 1
