"""The queue on the desk: counted in the title, listed at the side by its reasons, and always up to date."""

from pathlib import Path

from claimbook.app.facets import Facet
from claimbook.app.widgets.sidebar import Sidebar
from desks import Opened, opened
from test_desk_review import book, review


def items(desk: Opened) -> dict[str, int | None]:
    """Return what stands at the side with a number."""
    sidebar = desk.app.screen_stack[0].query_one(Sidebar)
    return {item.text: item.number for item in sidebar.items if item.number is not None}


async def choose(desk: Opened, target: Facet) -> None:
    sidebar = desk.app.screen_stack[0].query_one(Sidebar)
    desk.app.screen.set_focus(sidebar)
    sidebar.move_to([item.target for item in sidebar.items].index(target))
    await desk.press("enter")


async def test_the_title_and_the_side_say_how_much_wants_a_look(tmp_path: Path) -> None:
    root = book(tmp_path, "a", "b", "c")
    file = root / "claims/b.yaml"
    file.write_text(file.read_text().replace("due: 2025", "due: 2026-12-10"))
    async with opened(root) as desk:
        assert "3 claims · 3 to review" in desk.screen_text().splitlines()[0]
        found = items(desk)
        assert found["To review"] == 3
        assert found["Overdue"] == 2
        assert found["Due soon"] == 1
        headings = [item.text for item in desk.app.screen.query_one(Sidebar).items if item.target is None]
        assert headings.index("Queue") < headings.index("Status")


async def test_a_reason_that_is_chosen_lists_its_claims_and_all_of_the_queue_too(tmp_path: Path) -> None:
    root = book(tmp_path, "a", "b", "c", "d")
    file = root / "claims/b.yaml"
    file.write_text(file.read_text().replace("due: 2025", "due: 2026-12-10"))
    file = root / "claims/d.yaml"
    file.write_text(file.read_text().replace("due: 2025", "review_on: 2030"))
    async with opened(root) as desk:
        await choose(desk, Facet("queue", "overdue"))
        await desk.until(lambda: desk.ids == ["a", "c"])
        assert "to review: overdue · 2 of 4" in desk.screen_text()
        await choose(desk, Facet("queue"))
        await desk.until(lambda: desk.ids == ["a", "b", "c"])


async def test_a_claim_that_is_settled_leaves_the_list_and_the_numbers(tmp_path: Path) -> None:
    root = book(tmp_path, "a", "b")
    async with opened(root) as desk:
        await choose(desk, Facet("queue", "overdue"))
        await desk.until(lambda: desk.ids == ["a", "b"])
        await desk.press("tab", "g")
        await desk.write("v6Nobody knows.")
        await desk.press("ctrl+s")
        file = root / "claims/a.yaml"
        await desk.until(lambda: "rating: unproven" in file.read_text())
        file.write_text(file.read_text() + "\nreview_on: 2030\n")
        await desk.until(lambda: desk.ids == ["b"])
        await desk.until(lambda: items(desk)["To review"] == 1)
        assert "2 claims · 1 to review" in desk.screen_text().splitlines()[0]


async def test_the_queue_chosen_last_time_is_chosen_again(tmp_path: Path) -> None:
    root = book(tmp_path, "a", "b")
    async with opened(root) as desk:
        await choose(desk, Facet("queue", "overdue"))
        await desk.until(lambda: "2 of 2" in desk.screen_text())
        await desk.press("q")
    file = root / "claims/b.yaml"
    file.write_text(file.read_text().replace("due: 2025", "due: 2030"))
    async with opened(root) as desk:
        await desk.until(lambda: desk.ids == ["a"])


async def test_the_side_and_the_review_agree(example: Path) -> None:
    async with opened(example, (100, 30)) as desk:
        number = items(desk)["To review"]
        await review(desk)
        assert f"1 of {number}" in desk.screen_text().splitlines()[0]


async def test_a_book_in_which_nothing_wants_a_look_says_nothing_of_it(tmp_path: Path) -> None:
    async with opened(book(tmp_path)) as desk:
        assert "review" not in desk.screen_text().splitlines()[0]
        assert "To review" not in items(desk)
