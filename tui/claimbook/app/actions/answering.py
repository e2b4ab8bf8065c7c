"""Dialogs, and what works everywhere."""

from claimbook.app.actions.action import Action
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
    ),
    Action("next-known", "down", "Next", "Dialog", "known", "Write the next thing that the book has."),
    Action("known-before", "up", "Before", "Dialog", "known", "Write the one before."),
    Action("take-mine", "m", "Mine", "Dialog", "conflict", "Write what you said over what stands there."),
    Action(
        "take-theirs", "t", "Theirs", "Dialog", "conflict", "Leave what stands there; nothing is written."
    ),
    Action(
        "take-edit",
        "E",
        "Edit",
        "Dialog",
        "conflict moved",
        "Open the file in your editor, with both changes merged where both can be.",
    ),
    Action("word-before", "left", "Word before", "Dialog", "choice", "Take the word before."),
    Action("next-word", "right", "Next word", "Dialog", "choice", "Take the next word."),
    Action("agree", "enter", "Yes", "Dialog", "question", "Do what is asked."),
    Action(
        "close", "escape", "Close", "Dialog", "dialog", "Close this; what was typed is asked about first."
    ),
    Action("help-here", "f1", "Help", "Dialog", "dialog", "Show what works here.", "app.help"),
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
    Action("reload", "R,f5", "Read again", "Book", "everywhere", "Look at the files again."),
    Action("help", "question_mark,f1", "Help", "Desk", "everywhere", "Show what works here.", in_footer=True),
    Action(
        "palette",
        "ctrl+p,colon",
        "Commands",
        "Desk",
        "everywhere",
        "Find an action by its name, or change the theme.",
        "command_palette",
    ),
    Action("quit", "q,ctrl+q,ctrl+c", "Quit", "Desk", "everywhere", "Leave the desk.", in_footer=True),
)
