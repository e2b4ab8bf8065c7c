"""The command `claimbook`: the table of commands, each of which is imported when it is run."""

import importlib
from typing import Any, NamedTuple

import click
from click.shell_completion import CompletionItem

from claimbook import __version__
from claimbook.cli.command import must_exist
from claimbook.cli.streams import has_terminal


class Entry(NamedTuple):
    """Where a command is, and what it does in a few words."""

    place: str
    """Module and name, joined by a colon."""
    help: str
    """What it does."""


COMMANDS = {
    "init": Entry("beginning:init", "Begin a book, or lay down the example."),
    "article": Entry("articles:article", "Take in articles, list them, show what claims quote from them."),
    "new": Entry("adding:new", "Add a claim with the source that makes it."),
    "source": Entry("appending:source", "Add a place where a claim was made."),
    "evidence": Entry("appending:evidence", "Add something that bears on a claim's being true."),
    "relate": Entry("appending:relate", "Say how a claim stands to another one."),
    "forecast": Entry("appending:forecast", "Say how likely a claim is while it is open."),
    "verdict": Entry("changing:verdict", "Give a verdict with its reason."),
    "set": Entry("changing:set_field", "Set one field of a claim."),
    "remove": Entry("removing:remove", "Take out a field, or an item of a list."),
    "rename": Entry("renaming:rename", "Give a claim another id, and take along who points to it."),
    "edit": Entry("editing:edit", "Open a claim in your editor, then check it."),
    "undo": Entry("history:undo", "Take back the last change that claimbook made."),
    "redo": Entry("history:redo", "Do again what was undone last."),
    "list": Entry("answering:list_claims", "List claims, all or those that a filter finds."),
    "show": Entry("showing:show", "Show one claim with its sources, evidence and verdicts."),
    "similar": Entry("searching:similar", "Find claims that say nearly what a sentence says."),
    "check": Entry("answering:check", "Hold the book against the rules."),
    "queue": Entry("answering:queue_claims", "List the claims that want a look, and why."),
    "origins": Entry("tracing:origins", "Draw who has a claim from whom."),
    "track": Entry("tracking:track", "Say how often what somebody said came true."),
    "timeline": Entry("timing:show_timeline", "Tell what was said, denied, judged and due, in order."),
    "export": Entry("exporting:export", "Write claims as JSON, CSV or ClaimReview."),
    "schema": Entry("describing:schema", "Print the JSON Schema of a record."),
    "completion": Entry("completing:completion", "Print what a shell needs to complete commands and ids."),
    "doctor": Entry("doctoring:doctor", "Say what is wrong with this installation or this book."),
    "serve": Entry("serving:serve", "Serve the desk to a browser on this machine."),
    "merge-driver": Entry("merging:merge_driver", "Merge two versions of a record, for git."),
}
"""Every command, in the order in which help shows them."""


class Commands(click.Group):
    """Finds a command's module only when it is run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the table's order."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].place.partition(":")
        command: click.Command = getattr(importlib.import_module(f"claimbook.cli.{module}"), name)
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Find the command, or name the nearest one."""
        must_exist(ctx, args[0], COMMANDS)
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Offer the commands without importing them, and the options."""
        names = [name for name in COMMANDS if name.startswith(incomplete)]
        options = click.Command.shell_complete(self, ctx, incomplete)
        return [*(CompletionItem(name, help=COMMANDS[name].help) for name in names), *options]

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write how to begin."""
        with formatter.section("Examples"):
            formatter.write(
                "  claimbook init --example rumours\n  claimbook --book rumours list via:Reuters\n"
            )

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in COMMANDS.items()])


@click.group(
    cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.option("--book", metavar="DIR", help="The book's folder; else the nearest one upwards.")
@click.option("--json", "as_json", is_flag=True, help="The summary for machines.")
@click.version_option(__version__, prog_name="claimbook", message="%(prog)s %(version)s")
@click.pass_context
def claimbook(ctx: click.Context, book: str | None, *, as_json: bool) -> None:
    """Track the claims that news makes: who said it, where it came from, whether it came true.

    Without a command, in a book, this opens the desk; without a terminal it prints the summary.
    """
    if ctx.invoked_subcommand is not None:
        if as_json:
            raise click.UsageError("--json comes after the command's name.", ctx)
        return
    if as_json or not has_terminal():
        from claimbook.cli.opening import print_summary

        print_summary(book, as_json=as_json)
    else:
        from claimbook.cli.desk import open_desk

        ctx.exit(open_desk(book))
