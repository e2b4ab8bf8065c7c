"""A record in an editor: a real language server completes, explains and underlines by our schema."""

import json
import queue
import shutil
import subprocess
import threading
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import IO, Any

import pytest

from claimbook.record.schema import schema_text
from conftest import REPOSITORY

INSTALLED = REPOSITORY / ".venv/npm/node_modules/.bin/yaml-language-server"
PROGRAM = str(INSTALLED) if INSTALLED.exists() else shutil.which("yaml-language-server")

pytestmark = pytest.mark.skipif(
    PROGRAM is None or shutil.which("node") is None,
    reason="yaml-language-server is not installed: `make test` gets it where there is npm",
)

SETTINGS = {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}

GOOD = """\
# yaml-language-server: $schema=../.schema.json
claim: Apple builds a car.
kind: rumour
about: [Apple, 3M, 2024, no]
status: settled
due: 2024
due_said:
review_on: 2027-01
x-desk: {mood: [1, 2]}
sources:
  - article: a-b
    quote: some words
    via:
      - name: Reuters
        report: 2021-03-26
      - anonymous: three people
      - AP
    note: 12:30
  - url: https://example.org/a
    publisher: P
    date: 2021
    via: []
evidence:
  - url: https://example.org/b
    bearing: refutes
    archived:
verdicts:
  - date: 2026-11-21
    rating: false
    by: no
    confidence:
    why: 1
"""


class Editor:
    """As much of an editor as a language server needs."""

    def __init__(self, program: "subprocess.Popen[bytes]", root: Path) -> None:
        assert program.stdin is not None
        assert program.stdout is not None
        self.stdin, self.root = program.stdin, root
        self.numbers = count(1)
        self.inbox: queue.Queue[dict[str, Any]] = queue.Queue()
        threading.Thread(target=receive, args=(program.stdout, self.inbox), daemon=True).start()
        offers = {"hover": {"contentFormat": ["markdown"]}, "completion": {"completionItem": {}}}
        capabilities = {"workspace": {"configuration": True}, "textDocument": offers}
        self.ask("initialize", {"processId": None, "rootUri": root.as_uri(), "capabilities": capabilities})
        self.tell("initialized", {})
        self.tell("workspace/didChangeConfiguration", {"settings": {"yaml": SETTINGS}})

    def send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self.stdin.flush()

    def tell(self, method: str, params: Any) -> None:
        self.send({"method": method, "params": params})

    def ask(self, method: str, params: Any) -> Any:
        number = next(self.numbers)
        self.send({"id": number, "method": method, "params": params})
        while True:
            message = self.next_message()
            if message.get("id") == number and "method" not in message:
                return message["result"]

    def next_message(self) -> dict[str, Any]:
        """Wait for a message, and answer it where it asks for settings."""
        message = self.inbox.get(timeout=30)
        if message.get("method") == "workspace/configuration":
            items = message["params"]["items"]
            answer = [SETTINGS if item.get("section") == "yaml" else {} for item in items]
            self.send({"id": message["id"], "result": answer})
        elif "id" in message and "method" in message:
            self.send({"id": message["id"], "result": None})
        return message

    def open(self, name: str, text: str) -> list[str]:
        """Open a record and return what is underlined in it, as `line: message`."""
        uri = (self.root / f"claims/cars/{name}.yaml").as_uri()
        item = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": item})
        while True:
            message = self.next_message()
            params = message.get("params", {})
            if message.get("method") == "textDocument/publishDiagnostics" and params["uri"] == uri:
                return [
                    f"{item['range']['start']['line'] + 1}: {item['message']}"
                    for item in params["diagnostics"]
                ]

    def at(self, name: str, text: str, word: str) -> dict[str, Any]:
        """Name the place at the end of a word, as the protocol does."""
        before = text[: text.index(word) + len(word)]
        position = {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}
        uri = (self.root / f"claims/cars/{name}.yaml").as_uri()
        return {"textDocument": {"uri": uri}, "position": position}

    def completions(self, name: str, text: str, word: str) -> dict[str, str]:
        """Open a record and return what is offered after a word, with the explanations."""
        self.open(name, text)
        found = self.ask("textDocument/completion", self.at(name, text, word))
        return {item["label"]: item["documentation"] for item in found["items"]}

    def hover(self, name: str, text: str, word: str) -> str:
        """Return what is shown when the mouse rests on a word of an open record."""
        shown = self.ask("textDocument/hover", self.at(name, text, word))
        return str(shown["contents"]["value"])


def receive(stream: IO[bytes], inbox: "queue.Queue[dict[str, Any]]") -> None:
    """Read messages until the server ends."""
    length = 0
    for line in stream:
        if line.lower().startswith(b"content-length:"):
            length = int(line.partition(b":")[2])
        elif not line.strip():
            inbox.put(json.loads(stream.read(length)))


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    root = tmp_path_factory.mktemp("book")
    (root / "claims/cars").mkdir(parents=True)
    (root / "claims/.schema.json").write_text(schema_text())
    command = [str(PROGRAM), "--stdio"]
    pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nothing) as program:
        yield Editor(program, root)
        program.terminate()


def test_nothing_is_underlined_in_a_good_record(editor: Editor) -> None:
    assert editor.open("bad", GOOD.replace("settled", "setled"))
    assert editor.open("good", GOOD) == []


@pytest.mark.parametrize("name", ["great-wall-largest-carmaker", "xiaomi-great-wall-cooperation"])
def test_nothing_is_underlined_in_records_of_the_book(editor: Editor, name: str) -> None:
    (path,) = (REPOSITORY / "claims").rglob(f"{name}.yaml")

    assert editor.open(name, path.read_text()) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("status: settled", "statsu: settled", "5: Property statsu is not allowed."),
        ("    why: 1\n", "", '28: Missing property "why".'),
        ("date: 2021\n", "date: last year\n", "21: Write a date as 2024, 2024-03 or 2024-03-28."),
        (
            "https://example.org/b",
            "example.org",
            "24: Write a web address that begins with http:// or https://.",
        ),
    ],
)
def test_a_slip_is_underlined(editor: Editor, old: str, new: str, expected: str) -> None:
    assert old in GOOD

    assert editor.open("slip-" + expected.partition(":")[0], GOOD.replace(old, new)) == [expected]


def test_ratings_are_completed_with_their_meanings(editor: Editor) -> None:
    text = GOOD.replace("rating: false", "rating: ")

    offered = editor.completions("rating", text, "rating: ")

    assert list(offered)[:5] == ["true", "mostly true", "mixed", "mostly false", "false"]
    assert len(offered) == 9
    assert offered["unproven"] == "looked, and found nothing decisive"


def test_keys_that_are_missing_are_completed(editor: Editor) -> None:
    text = GOOD.replace("    confidence:\n", "    \n")

    offered = editor.completions("key", text, "    by: no\n    ")

    assert {"as_of", "confidence"} <= offered.keys()
    assert "rating" not in offered
    assert offered["confidence"] == "How sure the reviewer is."


def test_a_key_explains_itself(editor: Editor) -> None:
    editor.open("hover", GOOD)

    assert "The last moment it can still come true" in editor.hover("hover", GOOD, "\ndue")
    assert "it is not so" in editor.hover("hover", GOOD, "    rating")
    assert "Whom the source has it from" in editor.hover("hover", GOOD, "    via")
