"""The tables of the README, made from the tables in the code.

`python tests/manual.py` writes them into README.md; a test holds that they are the ones that are there.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"


def commands() -> list[str]:
    """List the commands."""
    from claimbook.cli.commands import COMMANDS

    return _table(
        ("command", "what it does"), ((f"`{name}`", entry.help) for name, entry in COMMANDS.items())
    )


def filters() -> list[str]:
    """List the filter language."""
    from claimbook.review.filters import FIELDS

    rows = [
        ("`word`", "a part of any text; capitals count if you write any, accents never"),
        ('`"two words"`', "a phrase"),
        ("`not:word`", "the opposite, of a field too: `not:is:overdue`; on the desk also `-word`"),
        *((f"`{field.example}`", field.help) for field in FIELDS),
        ("`due:..2024`, `due:2025..`", "ranges of dates: ends by, starts from"),
    ]
    return _table(("filter", "what it looks at"), rows)


def rules() -> list[str]:
    """List the rules of the check."""
    from claimbook.review.checks import RULES

    rows = ((f"`{rule.name}`", str(rule.severity), rule.headline) for rule in RULES.values())
    return _table(("rule", "", "what it asks"), rows)


def keys() -> list[str]:
    """List the desk's actions with their keys, and the commands that do the same."""
    from claimbook.app.actions import ACTIONS
    from claimbook.app.keymap import keys_of

    rows = (
        (
            keys_of(action, {}),
            action.name,
            action.sentence,
            f"`{action.twin}`" if action.twin else f"none: {action.alone}",
        )
        for action in ACTIONS
        if action.group not in ("Dialog", "Rating", "Filter line")
    )
    return _table(("keys", "action", "what it does", "the same as a command"), rows)


TABLES: dict[str, Callable[[], list[str]]] = {
    "commands": commands,
    "filters": filters,
    "keys": keys,
    "rules": rules,
}


def written(text: str) -> str:
    """Return the README's text with every table as it should be."""
    for name, make in TABLES.items():
        head, _, rest = text.partition(f"<!-- {name} -->")
        tail = rest.partition(f"<!-- /{name} -->")[2]
        text = "\n".join((f"{head}<!-- {name} -->", "", *make(), "", f"<!-- /{name} -->{tail}"))
    return text


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    lines = [head, tuple("---" for _ in head), *rows]
    return [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines]


if __name__ == "__main__":
    README.write_text(written(README.read_text(encoding="utf-8")), encoding="utf-8")
