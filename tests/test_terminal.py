"""Other people's text on a real terminal: every command, and every screen of the desk, over a book of foes.

Nothing in the book, in names, settings, variables or arguments may reach the terminal as something it obeys.
"""

import json
import signal
from base64 import b64decode
from pathlib import Path

import pytest

import foes
from foes import ACTS, FORMULA, MARK, MARKUP, TEXT
from terminal import CONTROL, Terminal, painted, sequences, shape, terminal
from test_help_examples import commands

A = "a-hostile"
NEW = ("--kind", "rumour", "--url", "https://e.org/", "--publisher", TEXT, "--date", "2021")

CASES: dict[str, list[list[str]]] = {
    "init": [["init", "."], ["init", f"fresh{ACTS.replace('/', '')}"]],
    "article add": [["article", "add", ACTS], ["article", "add", "seeds/2021-evil.md", "--publisher", ACTS]],
    "article list": [["article", "list"], ["article", "list", "--json"]],
    "article show": [["article", "show", "2021-evil", *how] for how in ([], ["--json"])]
    + [["article", "show", ACTS]],
    "article candidates": [["article", "candidates", "2021-evil", *how] for how in ([], ["--json"])],
    "new": [
        ["new", ACTS, *NEW],
        ["new", TEXT, *NEW, "--dry-run"],
        ["new", TEXT, "--kind", ACTS, "--url", "x"],
    ],
    "source": [["source", A, "--article", "2021-evil", "--quote", ACTS], ["source", ACTS]],
    "evidence": [["evidence", A, "--url", ACTS, "--bearing", "supports"], ["evidence", A, "--bearing", ACTS]],
    "relate": [["relate", A, "--to", ACTS, "--as", "follows"], ["relate", A, "--to", A, "--as", ACTS]],
    "forecast": [
        ["forecast", "c-script", ACTS, "--why", "x"],
        ["forecast", "c-script", "0.5", "--why", ACTS],
    ],
    "verdict": [
        ["verdict", A, ACTS, "--why", "x"],
        ["verdict", A, "true", "--why", ACTS],
        ["verdict", A, "true", "--why", TEXT, "--date", ACTS],
        ["verdict", A, "true", "--why", TEXT, "--by", FORMULA, "--dry-run"],
        ["verdict", A, "true", "--why", TEXT, "--by", FORMULA, "--date", "2026-11-21"],
        ["verdict", f"\x1b[{MARK}m", "true", "--why", TEXT, "--by", "ann"],
        ["verdict", "e-raw-1", "true", "--why", "x"],
    ],
    "set": [["set", A, ACTS, "x"], ["set", A, "kind", ACTS], ["set", A, "notes", TEXT, "--dry-run"]],
    "remove": [["remove", A, ACTS], ["remove", A, "notes", "--dry-run"]],
    "rename": [["rename", A, ACTS], ["rename", ACTS, "x"], ["rename", f"\x1b[{MARK}m", "renamed"]],
    "edit": [["edit", ACTS], ["edit", "e-raw-1"], ["edit", f"\x1b[{MARK}m"], ["VISUAL", ACTS, "edit", A]],
    "undo": [["undo", "--dry-run"], ["undo"], ["undo", "--json"]],
    "redo": [["redo", "--dry-run"], ["redo"]],
    "list": [["list"], ["list", "--json"], ["list", ACTS], ["list", f"no:{ACTS}"], ["list", f"due:{ACTS}"]],
    "show": [["show", name] for name in (A, "c-script", "d-huge", "e-raw-1", ACTS)] + [["show", A, "--json"]],
    "similar": [["similar", ACTS], ["similar", TEXT]],
    "check": [["check", *how] for how in ([], ["--format", "json"], ["--format", "github"], [ACTS])]
    + [["check", "--explain", ACTS]],
    "queue": [["queue"], ["queue", "--json"]],
    "origins": [["origins", A], ["origins", A, "--json"], ["origins", ACTS]],
    "track": [["track"], ["track", TEXT], ["track", ACTS], ["track", "--json"]],
    "timeline": [["timeline"], ["timeline", "--json"], ["timeline", ACTS]],
    "export": [["export", "--format", form] for form in ("json", "csv", "claimreview")],
    "schema": [["schema"]],
    "completion": [["completion", ACTS], ["completion", "bash"]],
    "doctor": [["doctor"], ["doctor", "--json"]],
    "serve": [["serve", "--port", ACTS]],
    "merge-driver": [["merge-driver", ACTS, ACTS, ACTS], ["merge-driver", ACTS]],
    "": [[ACTS], [f"--{ACTS}"], ["--book", ACTS, "list"], ["list", f"--{ACTS}"], ["--help"], ["--json"]]
    + [["COMPLETE", f"claimbook {word} "] for word in ("show", "article show", "set a-hostile")]
    + [["TODAY", ACTS], ["FAULT", ACTS]],
}
"""What each command is asked; words in capitals set the scene, see `PLAY`."""

PLAY = """
import json, os, sys
from pathlib import Path
from claimbook.cli.main import run

def play(words):
    if words[0] == "COMPLETE":
        count = str(len(words[1].split()))
        os.environ.update(_CLAIMBOOK_COMPLETE="bash_complete", COMP_WORDS=words[1], COMP_CWORD=count)
        try:
            return run([])
        except SystemExit as left:  # how click ends a completion
            return left.code
        finally:
            del os.environ["_CLAIMBOOK_COMPLETE"]
    if words[0] in ("VISUAL", "TODAY"):
        name = {"VISUAL": "VISUAL", "TODAY": "CLAIMBOOK_TODAY"}[words[0]]
        before, os.environ[name] = os.environ[name], words[1]
        code = run(words[2:] or ["list"])
        os.environ[name] = before
        return code
    if words[0] == "FAULT":
        from claimbook.book.book import Book
        opening, Book.refresh = Book.refresh, lambda book: {}[words[1]]
        code = run(["list"])
        Book.refresh = opening
        return code
    return run(words)

for words in json.loads(Path(sys.argv[1]).read_text()):
    code = play(words)
    sys.stderr.flush()
    print("\\n=== ended with", code, flush=True)
"""


@pytest.fixture(scope="module")
def enemy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return foes.build(tmp_path_factory.mktemp("foes") / f"\x1b]0;{MARK}\x07book")


def surroundings(home: Path) -> dict[str, str]:
    """Return variables that mean harm where they may."""
    folders = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CONFIG", "STATE", "CACHE", "DATA")}
    told = {"HOME": str(home), "VISUAL": "true", "USER": ACTS, "LOGNAME": ACTS, "TMPDIR": str(home)}
    return {**folders, **told, "CLAIMBOOK_TODAY": "2026-11-21"}


@pytest.fixture(scope="module")
def played(enemy: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[str, str]]]:
    """Return what each command sent to the terminal, and its exit code, line of the table by line."""
    home = tmp_path_factory.mktemp("home")
    words = home / "words.json"
    words.write_text(json.dumps([case for cases in CASES.values() for case in cases]))
    with terminal(PLAY, str(words), cwd=enemy, env=surroundings(home)) as tty:
        tty.type("n\n" * 20)
        assert tty.end() == 0
    pieces = tty.stream.replace("\r\n", "\n").split("\n=== ended with ")
    codes = [piece.partition("\n")[0] for piece in pieces[1:]]
    sent = [pieces[0], *(piece.partition("\n")[2] for piece in pieces[1:])]
    answers = iter(zip(sent, codes, strict=False))
    return {name: [next(answers) for _ in cases] for name, cases in CASES.items()}


def test_every_command_is_in_the_table() -> None:
    assert set(CASES) == {name for name, _ in commands()} | {""}


@pytest.mark.parametrize("name", CASES)
def test_a_command_sends_colours_and_nothing_else_that_acts(
    played: dict[str, list[tuple[str, str]]], name: str
) -> None:
    for case, (sent, code) in zip(CASES[name], played[name], strict=True):
        acting = [item for item in sequences(sent) if not painted(item) or MARK in item]
        assert [item for item in acting if item != "\r"] == [], case  # CSV ends its lines with CR LF
        assert code != "70" or case[0] == "FAULT", case
        assert not {"\u202e", "\u2066", "\u2028", "\u200b", "\U000e0067"} & set(sent), case
        assert "Traceback" not in sent


def test_the_hostile_words_are_shown_and_not_dropped(played: dict[str, list[tuple[str, str]]]) -> None:
    shown = CONTROL.sub("", played["show"][0][0])
    assert "[@click=app.quit]click[/]" in shown
    assert "<U+202E>gnp.exe" in shown
    assert ":skull:" in shown
    assert f"<U+001B>]0;{MARK}<U+0007>" in CONTROL.sub("", played["article show"][0][0])


def test_the_data_stays_as_it_was(enemy: Path, played: dict[str, list[tuple[str, str]]]) -> None:
    del played
    assert json.loads((enemy / "claims/b-formula.yaml").read_text())["notes"] == f"{TEXT}\n{FORMULA}"
    assert ACTS.encode() in (enemy / "seeds/2021-evil.md").read_bytes()


BACK = ("\x1b[27u", "Filter")

WALK = [
    ("jjjjj", "3 origins"),
    *(("o", "Enter opens it at"), BACK),
    *(("v", "Save (ctrl+s)"), BACK),
    *(("a", "passages"), ("c", "◇"), BACK),
    *(("O", "origin"), BACK),
    *(("T", "timeline, "), BACK),
    *(("W", "track record, "), BACK),
    *(("L", "0 claims"), BACK),
    *(("p", "invisible"), ("jjjjjjjj", "^"), BACK),
    *(("r", "Let stand"), BACK),
    *(("?", "clipboard"), BACK),
    *(("+", "Add to the claim"), ("e", "Bearing"), BACK),
    ("y", "Copied"),
    ("\x10", "earch for commands"),
    ("zzz", "No matches"),
]
"""Where one goes on the desk: keys, and a word that comes then."""
CALM = [("jj", "claims"), ("o", "Enter opens it at"), BACK, ("v", "Save (ctrl+s)"), BACK, ("y", "Copied")]
"""Likewise on a harmless book."""


def walk(tty: Terminal, steps: list[tuple[str, str]]) -> None:
    """Open the desk, go everywhere, and leave."""
    tty.until("Filter")
    tty.until("claims · ")
    for keys, word in steps:
        since = len(tty.sent)
        tty.type(keys)
        tty.until(word, since=since)
    tty.program.terminate()
    assert tty.end() == 128 + signal.SIGTERM


OPEN = "from claimbook.cli.main import main; main([])"


def settings(home: Path) -> None:
    """Leave settings and a memory that mean harm."""
    (home / "config/claimbook").mkdir(parents=True)
    told = {"reviewer": TEXT, "theme": MARKUP, "keys": {MARKUP: "x"}, "filters": {TEXT: f"about:{MARKUP}"}}
    (home / "config/claimbook/settings.yaml").write_text(json.dumps(told, ensure_ascii=False))


def test_the_desk_sends_what_it_sends_for_a_harmless_book_and_nothing_from_the_data(
    enemy: Path, example: Path, tmp_path: Path
) -> None:
    """Compared by kind: colours, movements, modes; the harmless book says which the desk has."""
    with terminal(OPEN, cwd=example, env={**surroundings(tmp_path / "calm"), "USER": "ann"}) as calm:
        walk(calm, CALM)
        kinds = {shape(item) for item in sequences(calm.stream)}
    settings(tmp_path)
    before = {path: path.read_bytes() for path in enemy.glob("[cs]*/**/*") if path.is_file()}

    with terminal(OPEN, cwd=enemy, env=surroundings(tmp_path)) as tty:
        walk(tty, WALK)
        found = sequences(tty.stream)
        text = tty.text

    clipboard = [item for item in found if item.startswith("\x1b]52;")]
    assert [item for item in found if MARK in item] == []
    assert {shape(item) for item in found if item not in clipboard} <= kinds
    assert [b64decode(item[7:-1]) for item in clipboard] == [A.encode()]
    assert not {"\u202e", "\u2066", "\u2028", "\u200b", "\U000e0067"} & set(text)
    assert "\u0301" * 9 not in text
    assert {path: path.read_bytes() for path in before} == before
