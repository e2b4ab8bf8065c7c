"""`claimbook schema`."""

import click

from claimbook.book.places import SCHEMA
from claimbook.book.store import Store
from claimbook.cli.command import Command
from claimbook.cli.output import narrate
from claimbook.cli.scene import book_root
from claimbook.record.schema import schema_text


@click.command(cls=Command, examples=["claimbook schema"])
@click.option("--write", is_flag=True, help=f"Write it to {SCHEMA} in the book, for editors.")
@click.pass_context
def schema(ctx: click.Context, *, write: bool) -> None:
    """Print the JSON Schema of a claim record, by which editors complete and explain."""
    text = schema_text()
    if not write:
        click.echo(text, nl=False)
        return
    store = Store(book_root(ctx))
    with store.transaction("write the schema") as transaction:
        transaction.replace(SCHEMA, text.encode(), transaction.read(SCHEMA))
    narrate(f"{SCHEMA} is up to date.")
