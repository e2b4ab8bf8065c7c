"""`claimbook` in a terminal: the desk."""

from contextlib import suppress

from claimbook.cli.where import day, root_of


def open_desk(named: str | None) -> int:
    """Open the desk on a book, and return the exit code when it is left; a fault that ended it is raised."""
    root = root_of(named)
    day()
    from claimbook.app import haste

    haste.begin()
    from claimbook.app.keeper import Keeper

    keeper = Keeper(root)
    keeper.recall_ahead()  # while what draws it is imported, which takes longer

    from claimbook.app.app import Desk

    desk = Desk(root, keeper)
    desk.run()
    if desk.parting:
        from claimbook.cli.output import narrate

        with suppress(OSError):  # the terminal may be gone, which is what ended the desk
            narrate(desk.parting)
    if desk.fault is not None:
        raise desk.fault
    return desk.return_code or 0
