"""Dialogs, and what works everywhere."""

from claimbook.app.actions.action import Action, Alone
from claimbook.record.ratings import Rating


def _rating(number: int, rating: Rating) -> Action:
    return Action(
        name=f"rate-{rating.replace(' ', '-')}",
        keys=str(number),
        label=str(rating).capitalize(),
        group="Rating",
        contexts="rating",
        sentence=f"{str(rating).capitalize()}: {rating.meaning}.",
        call=f"rate({number - 1})",
        twin=f"claimbook verdict ID {rating.replace(' ', '-')} --why …",
    )


ANSWERING: tuple[Action, ...] = (
    *(_rating(number, rating) for number, rating in enumerate(Rating, 1)),
    Action(
        "save",
        "ctrl+s",
        "Save",
        "Dialog",
        "verdict form new-claim",
        "Save what the dialog says that it will.",
        alone=Alone.ANSWER,
    ),
    Action(
        "next-known",
        "down",
        "Next",
        "Dialog",
        "known",
        "Write the next thing that the book has.",
        alone=Alone.TYPING,
    ),
    Action("known-before", "up", "Before", "Dialog", "known", "Write the one before.", alone=Alone.TYPING),
    Action(
        "take-mine",
        "m",
        "Mine",
        "Dialog",
        "conflict",
        "Write what you said over what stands there.",
        alone=Alone.ANSWER,
    ),
    Action(
        "take-theirs",
        "t",
        "Theirs",
        "Dialog",
        "conflict",
        "Leave what stands there; nothing is written.",
        alone=Alone.ANSWER,
    ),
    Action(
        "take-edit",
        "E",
        "Edit",
        "Dialog",
        "conflict moved",
        "Open the file in your editor, with both changes merged where both can be.",
        alone=Alone.ANSWER,
    ),
    Action(
        "word-before", "left", "Word before", "Dialog", "choice", "Take the word before.", alone=Alone.TYPING
    ),
    Action("next-word", "right", "Next word", "Dialog", "choice", "Take the next word.", alone=Alone.TYPING),
    Action("agree", "enter", "Yes", "Dialog", "question", "Do what is asked.", alone=Alone.ANSWER),
    Action(
        "close",
        "escape",
        "Close",
        "Dialog",
        "dialog",
        "Close this; what was typed is asked about first.",
        alone=Alone.ANSWER,
    ),
    Action(
        "help-here",
        "f1",
        "Help",
        "Dialog",
        "dialog",
        "Show what works here.",
        "app.help",
        twin="claimbook --help",
    ),
    Action(
        "undo",
        "u",
        "Undo",
        "Book",
        "everywhere",
        "Take back the last change that claimbook made.",
        in_footer=True,
        twin="claimbook undo",
    ),
    Action(
        "redo",
        "ctrl+r",
        "Redo",
        "Book",
        "everywhere",
        "Do again what was undone last.",
        twin="claimbook redo",
    ),
    Action(
        "reload", "R,f5", "Read again", "Book", "everywhere", "Look at the files again.", alone=Alone.FRESH
    ),
    Action(
        "help",
        "question_mark,f1",
        "Help",
        "Desk",
        "everywhere",
        "Show what works here.",
        in_footer=True,
        twin="claimbook --help",
    ),
    Action(
        "palette",
        "ctrl+p,colon",
        "Commands",
        "Desk",
        "everywhere",
        "Find an action by its name, or change the theme.",
        "command_palette",
        alone=Alone.DESK,
    ),
    Action(
        "quit",
        "q,ctrl+q,ctrl+c",
        "Quit",
        "Desk",
        "everywhere",
        "Leave the desk.",
        in_footer=True,
        alone=Alone.DESK,
    ),
)
