"""Every action of the desk, in one table: bindings, footer, help, palette and remapping come from it."""

from dataclasses import dataclass

from claimbook.record.ratings import Rating


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a key does."""

    name: str
    """What settings call it; the binding's id."""
    keys: str
    """The keys, joined by commas."""
    label: str
    """A word or two for the footer and the palette."""
    group: str
    """The heading it stands under in help."""
    contexts: str
    """Where it works: names that screens and widgets ask for, joined by spaces."""
    sentence: str
    """What it does, for help and tooltips."""
    call: str = ""
    """The method that does it, as Textual writes it, where its name is another."""
    in_footer: bool = False
    """Whether the footer shows it."""
    twin: str = ""
    """The command that does the same."""

    @property
    def method(self) -> str:
        """What Textual calls: `verdict` is `action_verdict`, `app.help` the app's."""
        return self.call or self.name.replace("-", "_")


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


ACTIONS: tuple[Action, ...] = (
    Action(
        "verdict",
        "v",
        "Verdict",
        "Claim",
        "desk",
        "Give a verdict on the marked claims, or else on the one at the cursor.",
        in_footer=True,
        twin="claimbook verdict ID RATING --why …",
    ),
    Action(
        "edit",
        "E",
        "Edit",
        "Claim",
        "desk problems",
        "Open the file in your editor ($VISUAL or $EDITOR), at the spot that matters.",
        in_footer=True,
        twin="claimbook edit ID",
    ),
    Action(
        "mark", "space", "Mark", "Claim", "claims", "Mark the claim, or take its mark away.", in_footer=True
    ),
    Action("invert", "asterisk", "Invert marks", "Claim", "claims", "Mark what is not, unmark what is."),
    Action("links", "o", "Open link", "Claim", "desk", "Choose a web address of the claim and open it."),
    Action("copy", "y", "Copy id", "Claim", "desk", "Copy the claim's id to the clipboard."),
    Action(
        "filter",
        "slash",
        "Filter",
        "Find",
        "desk",
        "Filter the list as you type: words, phrases, field:value, is:overdue, -not.",
        in_footer=True,
        twin="claimbook list FILTER …",
    ),
    Action("all", "0", "All claims", "Find", "desk", "Show all claims: no filter, no choice at the side."),
    Action("open", "1", "Open ones", "Find", "desk", "Show the open claims.", "status('open')"),
    Action("reviewing", "2", "In review", "Find", "desk", "Show those in review.", "status('reviewing')"),
    Action("settled", "3", "Settled ones", "Find", "desk", "Show the settled claims.", "status('settled')"),
    Action("shelved", "4", "Shelved ones", "Find", "desk", "Show the shelved claims.", "status('shelved')"),
    Action(
        "problems",
        "p",
        "Problems",
        "Screens",
        "desk",
        "See all that is wrong with the book's files.",
        in_footer=True,
        twin="claimbook check",
    ),
    Action("sidebar", "b", "Sidebar", "Screens", "desk", "Show or hide the sidebar."),
    Action(
        "read",
        "enter",
        "Read",
        "Screens",
        "detail",
        "Give the claim the whole screen; again gives it back.",
        "screen.read",
    ),
    Action(
        "back",
        "escape",
        "Back",
        "Screens",
        "desk problems",
        "Step back: from reading, then the marks, the filter, the choice at the side; or from this screen.",
    ),
    Action("next-claim", "J", "Next claim", "Move", "desk", "Go to the next claim, wherever you are."),
    Action("previous-claim", "K", "Claim before", "Move", "desk", "Go to the claim before."),
    Action("down", "j,down", "Down", "Move", "list text", "Go down."),
    Action("up", "k,up", "Up", "Move", "list text", "Go up."),
    Action("half-down", "ctrl+d", "Half a page down", "Move", "list text", "Go half a page down."),
    Action("half-up", "ctrl+u", "Half a page up", "Move", "list text", "Go half a page up."),
    Action("page-down", "pagedown,ctrl+f", "Page down", "Move", "list text", "Go a page down."),
    Action("page-up", "pageup,ctrl+b", "Page up", "Move", "list text", "Go a page up."),
    Action("top", "g,home", "First", "Move", "list text", "Go to the beginning."),
    Action("bottom", "G,end", "Last", "Move", "list text", "Go to the end."),
    Action(
        "choose",
        "enter",
        "Choose",
        "Move",
        "list",
        "Take the row at the cursor: read the claim, list what the side says, edit the problem.",
    ),
    Action(
        "next-pane",
        "tab",
        "Next part",
        "Move",
        "panes",
        "Go to the next part of the screen.",
        "app.focus_next",
    ),
    Action(
        "previous-pane",
        "shift+tab",
        "Part before",
        "Move",
        "panes",
        "Go to the part of the screen before.",
        "app.focus_previous",
    ),
    Action(
        "keep-filter",
        "enter,down",
        "Keep",
        "Filter line",
        "filter",
        "Keep the filter and go to the list.",
        in_footer=True,
    ),
    Action(
        "drop-filter",
        "escape",
        "Clear",
        "Filter line",
        "filter",
        "Clear the filter and go to the list.",
        in_footer=True,
    ),
    *(_rating(number, rating) for number, rating in enumerate(Rating, 1)),
    Action("save", "ctrl+s", "Save", "Dialog", "verdict", "Save what the dialog says that it will."),
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
"""Every action, in the order in which footer and help show them."""
