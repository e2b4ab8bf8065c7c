"""The desk on a disk that takes nothing: what was typed stays in sight until there is room again."""

from pathlib import Path

from claimbook.app.screens.article import ArticleScreen
from claimbook.app.screens.form import Form
from claimbook.app.screens.newclaim import NewClaimDialog
from claimbook.app.screens.review import ReviewScreen
from claimbook.app.screens.verdict import VerdictDialog
from claimbook.app.widgets.fields import Pad, Reason
from claimbook.app.widgets.ratings import Ratings
from desks import Opened, opened
from faults import full_disk

CAR = "claims/apple/apple-car-2024.yaml"
FULL = "No space left on device"


def files(root: Path) -> dict[Path, bytes]:
    found = [path for name in ("claims", "seeds") for path in (root / name).rglob("*") if path.is_file()]
    return {path: path.read_bytes() for path in found}


async def on_the_car(desk: Opened) -> None:
    desk.claims.move_to(desk.ids.index("apple-car-2024"))
    await desk.settle()


async def refused(desk: Opened, example: Path, dialog: type[object], words: str) -> None:
    """Try to save on a full disk: nothing is written, it is said, and the words are where they were.

    What comes from outside meanwhile takes the sentence from nobody.
    """
    before = files(example)
    with full_disk():
        await desk.press("ctrl+s")
        await desk.until(lambda: FULL in " ".join(desk.screen_text().split()))
    assert isinstance(desk.app.screen, dialog)
    assert isinstance(desk.app.screen, VerdictDialog | Form | NewClaimDialog | ReviewScreen)
    assert desk.app.view is not None
    desk.app.screen.show_view(desk.app.view)
    await desk.settle()
    assert "What you typed is still here." in " ".join(desk.screen_text().split())
    assert words in desk.screen_text()
    assert files(example) == before


async def test_a_verdict_stays_in_its_dialog(example: Path) -> None:
    async with opened(example, (100, 40)) as desk:
        await on_the_car(desk)
        await desk.press("v")
        await desk.until(
            lambda: isinstance(desk.app.screen, VerdictDialog) and desk.app.screen.query(Ratings)
        )
        await desk.press("1")
        await desk.until(lambda: isinstance(desk.app.focused, Pad))
        await desk.write("Typed once.")

        await refused(desk, example, VerdictDialog, "Typed once.")

        await desk.press("ctrl+s")
        await desk.until(lambda: not isinstance(desk.app.screen, VerdictDialog))
        assert "why: Typed once." in (example / CAR).read_text()


async def test_an_addition_stays_in_its_form(example: Path) -> None:
    async with opened(example, (100, 40)) as desk:
        await on_the_car(desk)
        await desk.press("plus", "t")
        await desk.until(lambda: isinstance(desk.app.screen, Form))
        await desk.write("zebra")

        await refused(desk, example, Form, "zebra")

        await desk.press("ctrl+s")
        await desk.until(lambda: not isinstance(desk.app.screen, Form))
        assert "zebra" in (example / CAR).read_text()


async def test_a_new_claim_stays_in_its_form(example: Path) -> None:
    async with opened(example, (100, 60)) as desk:
        await on_the_car(desk)
        await desk.press("a")
        await desk.until(lambda: isinstance(desk.app.screen, ArticleScreen))
        await desk.press("n")
        await desk.until(lambda: isinstance(desk.app.screen, NewClaimDialog))
        await desk.write("Zebras drive.")

        await refused(desk, example, NewClaimDialog, "Zebras drive.")


async def test_a_reason_stays_in_the_review(example: Path) -> None:
    async with opened(example, (100, 40)) as desk:
        await desk.press("r")
        await desk.until(lambda: isinstance(desk.app.screen, ReviewScreen) and desk.app.screen._items)
        await desk.press("6")
        await desk.until(lambda: isinstance(desk.app.focused, Reason))
        await desk.write("Typed once.")

        await refused(desk, example, ReviewScreen, "Typed once.")

        await desk.press("ctrl+s")
        await desk.until(lambda: "Typed once." not in desk.screen_text())
        assert any("why: Typed once." in data.decode() for data in files(example).values())


async def test_undo_says_that_it_could_not_be_done_and_can_be_done_later(example: Path) -> None:
    async with opened(example) as desk:
        await on_the_car(desk)
        before = (example / CAR).read_bytes()
        await desk.press("plus", "t")
        await desk.until(lambda: isinstance(desk.app.screen, Form))
        await desk.write("zebra")
        await desk.press("ctrl+s")
        await desk.until(lambda: not isinstance(desk.app.screen, Form))

        with full_disk():
            await desk.press("u")
            await desk.until(lambda: any(FULL in notice for notice in desk.notices))
        assert b"zebra" in (example / CAR).read_bytes()

        await desk.press("u")
        await desk.until(lambda: any("Undone" in notice for notice in desk.notices))
        assert (example / CAR).read_bytes() == before
