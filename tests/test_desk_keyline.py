"""The line of keys at the bottom: what it tells, and what the mouse does on it."""

from textual.events import MouseScrollDown, MouseScrollUp

from claimbook.app.screens.verdict import VerdictDialog
from claimbook.app.widgets.filterline import FilterLine
from claimbook.app.widgets.keyline import KeyLine
from desks import SMALL, Opened, opened


def line(desk: Opened) -> KeyLine:
    return desk.app.screen_stack[0].query_one(KeyLine)


def shown(desk: Opened) -> str:
    """Return what stands in the line."""
    here = line(desk)
    return here.render_lines(here.size.region)[0].text


def cell(desk: Opened, word: str) -> tuple[int, int]:
    return shown(desk).index(word), 0


async def test_it_tells_the_keys_that_work_where_the_focus_is() -> None:
    async with opened(SMALL) as desk:
        assert shown(desk).startswith("v Verdict r Review E Edit")

        await desk.press("slash")

        assert desk.app.screen.query_one(FilterLine).is_written
        assert shown(desk).startswith("esc Clear")
        assert "Verdict" not in shown(desk)  # a v is a letter there


async def test_a_click_on_a_key_does_what_the_key_does() -> None:
    async with opened(SMALL) as desk:
        await desk.pilot.click(KeyLine, offset=cell(desk, "Verdict"))
        await desk.until(lambda: isinstance(desk.app.screen, VerdictDialog))


async def test_between_two_keys_there_is_nothing_to_click() -> None:
    async with opened(SMALL) as desk:
        await desk.pilot.click(KeyLine, offset=(shown(desk).index(" r Review"), 0))
        await desk.settle()

        assert len(desk.app.screen_stack) == 1


async def test_the_key_under_the_mouse_is_lit_and_explained() -> None:
    async with opened(SMALL) as desk:
        await desk.pilot.hover(KeyLine, offset=cell(desk, "Review"))
        await desk.settle()

        review = next(offer for offer in line(desk).offers if offer.word == "Review")
        assert str(line(desk).tooltip) == review.sentence
        segments = line(desk).render_lines(line(desk).size.region)[0]
        grounds = {part.text: part.style.bgcolor for part in segments if part.style}
        assert grounds[" Review"] != grounds[" Verdict"]

        await desk.pilot.hover("#claims")
        await desk.settle()
        assert line(desk).tooltip is None


async def test_where_not_all_keys_fit_the_wheel_shows_the_rest() -> None:
    async with opened(SMALL, size=(40, 20)) as desk:
        first = shown(desk)

        await turn(desk, MouseScrollDown)
        assert shown(desk)[:30] == first[4:34]

        for _ in range(100):
            await turn(desk, MouseScrollDown)
        assert shown(desk).rstrip().endswith(line(desk).offers[-1].word)

        for _ in range(100):
            await turn(desk, MouseScrollUp)
        assert shown(desk) == first


async def turn(desk: Opened, way: type[MouseScrollDown | MouseScrollUp]) -> None:
    """Turn the mouse's wheel above the line."""
    here = line(desk)
    here.post_message(way(here, 1, 0, 0, 0, 0, shift=False, meta=False, ctrl=False))
    await desk.settle()
