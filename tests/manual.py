"""The tables of the README, made from the tables in the code.

`python tests/manual.py` writes them into README.md; a test holds that they are the ones that are there.
"""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"


def commands() -> list[str]:
    """List the commands."""
    from claimbook.cli.main import COMMANDS

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
    """List the desk's actions with their keys and their twins on the command line."""
    from claimbook.app.actions import ACTIONS

    rows = ((f"`{action.shown_keys}`", action.name, action.sentence) for action in ACTIONS)
    return _table(("keys", "action", "what it does"), rows)


TABLES: dict[str, Callable[[], list[str]]] = {
    "commands": commands,
    "filters": filters,
    "keys": keys,
    "rules": rules,
}


def written(text: str) -> str:
    """Return the README's text with every table as it should be."""
    for name, make in TABLES.items():
        block = "\n".join((f"<!-- {name} -->", *make(), f"<!-- /{name} -->"))
        text = re.sub(
            rf"<!-- {name} -->.*?<!-- /{name} -->", lambda _, block=block: block, text, flags=re.DOTALL
        )
    return text


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    lines = [head, tuple("---" for _ in head), *rows]
    return [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines]


if __name__ == "__main__":
    README.write_text(written(README.read_text(encoding="utf-8")), encoding="utf-8")
