"""The track record screen: who was right how often, drawn with its interval and its number."""

from pathlib import Path

from claimbook.app.screens.track import Track, TrackList
from claimbook.app.trackbars import Order, TrackRow, bar, definitions, numbers, told, track_rows
from claimbook.app.widgets.toned import Paragraphs
from claimbook.record.summary import Summary
from claimbook.review.trackrecord import DEFINITIONS, Role, track_records
from desks import Opened, opened
from facts import SEEN_FROM, facts, source, verdict


def paper(ratings: list[str], publisher: str = "Paper") -> list[Summary]:
    """Return claims that a paper made, with what came of each."""
    return [
        facts(f"{publisher.lower()}-{number}", sources=[source(publisher)], verdicts=[verdict(rating)])
        for number, rating in enumerate(ratings)
    ]


def rows_of(*summaries: Summary, order: Order = Order.NUMBER) -> list[TrackRow]:
    return track_rows(track_records(summaries, SEEN_FROM), order)


def text(row: TrackRow, cells: int = 40) -> str:
    return "".join(span.text for span in bar(row, cells))


def rows(desk: Opened) -> TrackList:
    return desk.app.screen.query_one(TrackList)


def below(desk: Opened) -> str:
    return desk.app.screen.query_one(Paragraphs).text


async def track(desk: Opened) -> TrackList:
    await desk.press("W")
    await desk.until(lambda: isinstance(desk.app.screen, Track) and rows(desk).rows)
    return rows(desk)


def test_a_share_is_drawn_in_its_interval_and_told_with_it() -> None:
    (row,) = rows_of(*paper(["true"] * 8 + ["false"] * 2))

    drawn = text(row)

    assert (row.number, numbers(row)) == (10, " 80% 49–94%")
    assert len(drawn) == 40
    assert drawn.index("█") == 32
    assert (drawn.index("▒"), drawn.rindex("▒")) == (19, 37)
    assert set(drawn[19:38]) == {"▒", "█"}
    assert set(drawn[:19]) == {"·"}


def test_under_five_there_is_no_percentage_but_each_outcome_by_itself() -> None:
    (row,) = rows_of(*paper(["true", "mostly true", "false", "mixed"]))

    assert text(row).rstrip() == "✓✓✗◑"
    assert "%" not in numbers(row)
    assert numbers(row).strip() == "n under 5"


def test_rows_are_sorted_by_number_name_share_and_the_lower_end_of_the_share() -> None:
    found = [
        *paper(["true"] * 5, "Zebra"),
        *paper(["true"] * 19 + ["false"], "Lion"),
        *paper(["true"], "Ape"),
    ]

    def names(order: Order) -> list[str]:
        return [row.name for row in rows_of(*found, order=order)]

    assert names(Order.NUMBER) == ["Lion", "Zebra", "Ape"]
    assert names(Order.NAME) == ["Ape", "Lion", "Zebra"]
    assert names(Order.SHARE) == ["Zebra", "Lion", "Ape"]
    assert names(Order.SURE) == ["Lion", "Zebra", "Ape"]
    assert Order.SURE.next is Order.NUMBER


def test_forecasts_have_their_brier_score_and_a_calibration_without_shares_of_few() -> None:
    def held(number: int, probability: float) -> Summary:
        said = {"date": "2021-05", "probability": probability, "by": "bob"}
        rating = verdict("true" if probability > 0.5 else "false")
        return facts(f"c{number}", sources=[source("Paper")], forecasts=[said], verdicts=[rating])

    found = [held(number, 0.9) for number in range(6)] + [held(9, 0.1)]
    row = next(row for row in rows_of(*found) if row.role is None)

    lines = ["".join(span.text for span in part.spans) for part in told(row, 49, lambda _: "")]

    assert (row.name, row.number, numbers(row)) == ("bob", 7, "Brier 0.010")
    few = next(line for line in lines if line.startswith("0 to 20%"))
    many = next(line for line in lines if line.startswith("80 to 100%"))
    assert few.endswith("0 of 1 true")
    assert "█" not in few
    assert many.endswith("6 of 6 true")
    assert "█" in many
    assert "▒" in many


def test_every_definition_is_stated() -> None:
    stated = "\n".join("".join(span.text for span in part.spans) for part in definitions(forecasts=True))
    for term, words in DEFINITIONS.items():
        assert term in stated
        assert words in stated
    assert "Brier score" in stated


async def test_everybody_is_listed_with_bar_number_and_claims_and_the_definitions_below(
    example: Path,
) -> None:
    async with opened(example, (120, 40)) as desk:
        found = await track(desk)
        assert found.row is not None
        assert (found.row.name, found.row.role) == ("Dutchcowboys", Role.ORIGIN)
        shown = desk.screen_text()
        assert "track record, 7 names by number" in shown
        line = next(line for line in shown.splitlines() if "Dutchcowboys" in line)
        assert "14   1   3  15" in line
        assert "93% 70–99%" in line
        assert "█ the share of n that came true in ▒ its 95 % interval (Wilson)" in shown
        assert "✗ false" in below(desk)
        assert "bmw-huawei-not-google-apple" in below(desk)
        assert "How it is counted" in below(desk)


async def test_sorting_keeps_the_cursor_on_its_row(example: Path) -> None:
    async with opened(example, (80, 24)) as desk:
        found = await track(desk)
        await desk.press("j", "j")
        here = found.row
        assert here is not None
        for order in (*list(Order)[1:], Order.NUMBER):
            await desk.press("s")
            assert f"by {order}" in desk.screen_text()
            assert found.row is not None
            assert (found.row.name, found.row.title) == (here.name, here.title)


async def test_enter_lists_what_a_name_said_or_passed_on_and_it_comes_back_next_time(example: Path) -> None:
    async with opened(example) as desk:
        found = await track(desk)
        found.move_to([row.name for row in found.rows].index("Reuters"))
        await desk.press("enter")
        await desk.until(lambda: len(desk.app.screen_stack) == 1 and 0 < desk.claims.count < 84)

        assert "from Reuters · " in desk.screen_text()
        for row in desk.claims.rows:
            assert row.summary is not None
            carrying = [
                name
                for one in row.summary.sources
                for name in (one.publisher, one.by, *(link.name for link in one.links or ()))
            ]
            assert "Reuters" in carrying
        number = desk.claims.count
        await desk.press("q")

    async with opened(example) as desk:
        await desk.until(lambda: desk.claims.count == number)
        await desk.press("escape")
        await desk.until(lambda: desk.claims.count == 84)


async def test_escape_goes_back_with_the_place_kept(example: Path) -> None:
    async with opened(example) as desk:
        await desk.press("j", "j", "j")
        here = desk.here
        await track(desk)
        await desk.press("escape")
        await desk.until(lambda: desk.claims.has_focus)
        assert desk.here == here


async def test_a_book_in_which_nothing_counts_yet_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "claims").mkdir()
    async with opened(tmp_path) as desk:
        await desk.press("W")
        await desk.until(
            lambda: isinstance(desk.app.screen, Track) and "`claimbook new` adds a claim" in below(desk)
        )
        assert "How it is counted" in below(desk)
        await desk.press("s", "enter")

        (tmp_path / "claims/a.yaml").write_text(
            "claim: x\nkind: fact\nsources:\n"
            "  - {url: 'https://example.org', publisher: '[/] P', date: 2021, note: n}\n"
        )
        await desk.until(lambda: "Of 1 name nothing counts yet" in below(desk))
