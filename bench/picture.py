"""Draw the README's picture of the desk, `docs/desk.svg`, from the program and this book. Run it by hand."""

import asyncio
import os
import re
import shutil
import tempfile
from pathlib import Path

from claimbook.app.app import Desk
from claimbook.app.widgets.claims import ClaimList

REPOSITORY = Path(__file__).parent.parent
CLAIM = "claims/xiaomi/xiaomi-great-wall-cooperation.yaml"
SIZE = (120, 36)


async def draw(root: Path) -> str:
    """Open the desk on a book, stand on a claim, and return the screen as SVG."""
    app = Desk(root)
    async with app.run_test(size=SIZE) as pilot:
        app.animation_level = "none"
        while app.view is None or not app.view.checked:
            await pilot.pause(0.05)
        await pilot.pause()
        claims = app.screen.query_one(ClaimList)
        claims.move_to(next(index for index, row in enumerate(claims.rows) if row.file == CLAIM))
        await pilot.pause()
        return app.export_screenshot(title="claimbook")


def by_itself(picture: str) -> str:
    """Make a picture that fetches no fonts, and keeps spaces in viewers that drop those words begin with."""
    alone = re.sub(r"\s*@font-face\s*\{[^}]*\}", "", picture)
    return alone.replace("Fira Code, monospace", "monospace").replace("<text ", '<text xml:space="preserve" ')


def main() -> None:
    """Draw on a copy of the book, seen from the day of its last verdicts, with nobody's own settings."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {f"XDG_{name}_HOME": f"{folder}/home" for name in ("CONFIG", "STATE", "CACHE", "DATA")}
        os.environ["CLAIMBOOK_TODAY"] = "2026-11-21"
        os.environ.pop("NO_COLOR", None)
        book = Path(folder) / "ev-rumours"
        for name in ("seeds", "claims"):
            shutil.copytree(REPOSITORY / name, book / name)
        picture = by_itself(asyncio.run(draw(book)))
    target = REPOSITORY / "docs" / "desk.svg"
    target.parent.mkdir(exist_ok=True)
    target.write_text(picture, encoding="utf-8")
    print(f"Wrote {target.relative_to(REPOSITORY)}.")


if __name__ == "__main__":
    main()
