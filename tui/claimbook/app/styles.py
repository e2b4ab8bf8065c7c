"""The style sheets of the desk: what the first picture takes, and what the screens behind it take."""

from collections.abc import Iterator
from pathlib import Path, PurePath

from textual.css.stylesheet import Stylesheet

_HERE = Path(__file__).parent
_WIDGETS = ("toned", "rows", "keyline", "sidebar", "detail", "fields", "filterline")
_SCREENS = ("dialogs", "verdict", "problems", "origins", "timeline", "track", "review", "form", "article")
FIRST: list[str | PurePath] = [
    _HERE / "app.tcss",
    *(_HERE / f"widgets/{name}.tcss" for name in _WIDGETS),
    _HERE / "screens/desk.tcss",
]
"""Those of the desk itself."""


def read_rest(styles: Stylesheet) -> Iterator[str]:
    """Read the sheets that are not read yet, and yield the name of each once it is."""
    for name in _SCREENS:
        path = _HERE / f"screens/{name}.tcss"
        if not styles.has_source(str(path)):
            styles.read(path)
            styles.parse()
            yield name
