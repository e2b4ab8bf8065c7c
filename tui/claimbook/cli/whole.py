"""`claimbook list`, `queue` and `check` of a whole book, where nothing else is said.

They answer without click, which reads command lines: importing it takes as long as listing ten thousand
claims. All that has more words goes by `answering`, to the same functions.
"""

from typing import TYPE_CHECKING

from claimbook.cli.output import narrate
from claimbook.cli.scene import Scene, leave, scene_of
from claimbook.cli.where import root_of

if TYPE_CHECKING:
    from claimbook.cli.ahead import Look


def answer(name: str, named: str | None, ahead: "Look | None") -> int:
    """Answer a command about the book that is named, or about the nearest one, and return its exit code."""
    try:
        scene = scene_of(root_of(named), ahead, checks=name == "check")
        try:
            return int(_answer(name, scene))
        finally:
            leave(scene)
    except KeyboardInterrupt:
        narrate("")  # the line in which the terminal shows what was pressed ends here
        raise


def _answer(name: str, scene: Scene) -> bool:
    """Print what a command says, and tell whether it found errors."""
    if name == "check":
        from claimbook.cli.checking import print_findings

        return print_findings(scene)
    if name == "queue":
        from claimbook.cli.queueing import print_queue

        print_queue(scene)
    else:
        from claimbook.cli.listing import print_list

        print_list(scene)
    return False
