"""The claim at the cursor, whole."""

from typing import ClassVar

from textual.binding import BindingType

from claimbook.app.keymap import bindings
from claimbook.app.widgets.toned import Paragraphs


class Detail(Paragraphs):
    """Tells a claim; Enter gives it the whole screen."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("text", "detail")
