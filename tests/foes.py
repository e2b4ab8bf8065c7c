"""A book that means harm: its texts try to act on the terminal, the desk, or whoever opens an export."""

import json
import os
from pathlib import Path

MARK = "7777"
"""Stands in every control sequence of the book, so that one that arrives is known from the program's own."""

MARKUP = "[/] [/foo] [@click=app.quit]click[/] [bold red]x [link=file:///etc/passwd]y[/link] :skull: $t"
WIDE = "漢字 ｆｕｌｌ 🏴\U000e0067\U000e007f 👩\u200d🚀 e" + "\u0301" * 60 + " \u200b\u2060z \u00adhy"
BIDI = "\u202egnp.exe \u2066iso\u2069 \u200fmark"
FORMULA = "=cmd|' /C calc'!A0"
SCRIPT = "</script><script>alert(1)</script><!-- \u2028\u2029"

SEQUENCES = {
    "set the title": f"\x1b]0;{MARK}\x07",
    "set the icon's name": f"\x1b]1;{MARK}\x1b\\",
    "read the clipboard": f"\x1b]52;c;?{MARK}\x07",
    "fill the clipboard": "\x1b]52;c;Nzc3Nw==\x07",
    "a link": f"\x1b]8;;http://{MARK}.example/\x1b\\here\x1b]8;;\x1b\\",
    "a notification": f"\x1b]9;{MARK}\x07\x1b]777;notify;{MARK};x\x07",
    "a file": f"\x1b]1337;File=name={MARK}:AAAA\x07",
    "move the cursor": f"\x1b[{MARK};{MARK}H\x1b[{MARK}A",
    "ask for an answer": f"\x1b[{MARK}n\x1b[>{MARK}q",
    "clear": f"\x1b[{MARK}J\x1b[{MARK}K",
    "colour": f"\x1b[{MARK}m",
    "another alphabet": "\x1b(0\x0e",
    "reset": "\x1bc\x1b[!p",
    "a device control string": f"\x1bP+q{MARK}\x1b\\",
    "a privacy message": f"\x1b^{MARK}\x1b\\\x1b_G{MARK}\x1b\\\x1bX{MARK}\x1b\\",
    "eight bits": f"\x9b{MARK}m\x9d0;{MARK}\x9c\x90{MARK}\x9c\x85\x8d",
    "bell and the like": "\x07\x08\x08\x0b\x0c\x7f\x05",
    "back to the margin": "seen\rhidden",
}
"""What terminals obey."""

ACTS = "".join(SEQUENCES.values())
TEXT = f"{MARKUP} {BIDI} {WIDE}"


def quoted(text: str) -> str:
    """Write a text in the quotes of JSON and YAML, its characters as they are."""
    return json.dumps(text, ensure_ascii=False)


def record(claim: str, **more: object) -> str:
    """Write a record as JSON, which is YAML, with texts as they are."""
    said = {
        "claim": claim,
        "kind": "rumour",
        "about": ["[/b]", TEXT, "Reuters"],
        "tags": ["[red]", FORMULA],
        "sources": [
            {"article": "2021-evil", "quote": "words that are gone", "translation": TEXT, "note": TEXT},
            {
                "article": "2021-evil",
                "quote": "plain words",
                "stance": "relays",
                "via": [MARKUP, {"anonymous": TEXT}],
            },
            {
                "url": f"https://trusted.example@evil.example/{'%2e' * 40}/[/]",
                "publisher": TEXT,
                "date": "2021",
            },
            {"url": "http://аpple.example/ｘ", "publisher": FORMULA, "date": "2021", "by": TEXT},
        ],
        "evidence": [
            {"url": "https://example.org/", "bearing": "supports", "publisher": TEXT, "note": SCRIPT_SAFE}
        ],
        "verdicts": [{"date": "2021", "rating": "true", "by": TEXT, "why": TEXT}],
        "notes": f"{TEXT}\n{FORMULA}",
        **more,
    }
    return json.dumps(said, ensure_ascii=False, indent=1)


SCRIPT_SAFE = SCRIPT.replace("\u2028\u2029", "")


def build(root: Path) -> Path:
    """Lay down the book, with broken and oddly named files, and return its folder."""
    claims, seeds = root / "claims", root / "seeds"
    claims.mkdir(parents=True)
    seeds.mkdir()
    (claims / "a-hostile.yaml").write_text(record(TEXT))
    (claims / "b-formula.yaml").write_text(
        record(FORMULA, status="settled", relations=[{"to": "a-hostile", "as": "same as", "note": TEXT}])
    )
    (claims / "c-script.yaml").write_text(
        record(SCRIPT_SAFE, due="2020", due_said=TEXT, assigned=TEXT, verdicts=[])
    )
    (claims / "d-huge.yaml").write_text(record("W" * 20_000 + WIDE, notes=f"{MARKUP}漢\u0301" * 3000))
    for number, (name, text) in enumerate(SEQUENCES.items()):
        (claims / f"e-raw-{number}.yaml").write_bytes(f"claim: {name} {text}\nkind: {text}\n".encode())
        escaped = json.dumps(text)
        (claims / f"f-escaped-{number}.yaml").write_text(f"claim: {escaped}\n{escaped}: x\nkind: y\n")
    (claims / "g-keys.yaml").write_text(f"claim: x\nkind: {json.dumps(MARKUP)}\n{quoted(TEXT)}: y\n")
    (claims / "h-bytes.yaml").write_bytes(b"claim: \xff\x9b7777m\x1b[7777m\n")
    for name in (
        f"\x1b[{MARK}m",
        f"\x1b]0;{MARK}\x07",
        f"a\n{MARK}\rb",
        "[@click=app.quit]x[bold]",
        "\u202ename",
        "\x9b7777m",
    ):
        (claims / f"{name}.yaml").write_text(record("An odd name."))
        (claims / f"{name}.txt").write_text("x")
        (seeds / f"{name}.md").write_text(f"---\npublisher: {json.dumps(MARKUP)}\ndate: 2021\n---\ntext\n")
    (Path(os.fsdecode(os.fsencode(claims) + b"/\xff\xfe\x9b7777m.yaml"))).write_text(record("No UTF-8."))
    folder = claims / f"\x1b]0;{MARK}\x07folder"
    folder.mkdir()
    (folder / "in-a-folder.yaml").write_text(record("Inside."))
    said = dict.fromkeys(("title", "publisher", "author"), TEXT)
    head = "".join(f"{key}: {quoted(text)}\n" for key, text in said.items())
    head += "date: 2021\nlang: '[/]'\nurl: https://a@b.example/[/]\n"
    body = (
        f"plain words {TEXT} The company will build cars in 2030, {ACTS} sources told Reuters. {TEXT}\n" * 3
    )
    (seeds / "2021-evil.md").write_bytes(f"---\n{head}---\n{body}".encode())
    (seeds / "2022-raw.md").write_bytes(
        f"---\ntitle: {ACTS}\npublisher: x\ndate: 2021\n---\n{ACTS}\n".encode()
    )
    settings = {
        "names": {"[/]": TEXT},
        "labels": {"true": TEXT},
        "organisation": SCRIPT_SAFE,
        "page_url": "https://example.org/{id}",
    }
    (root / "claimbook.yaml").write_text(json.dumps(settings, ensure_ascii=False))
    own = root / ".claimbook"
    (own / "recovered/claims").mkdir(parents=True)
    (own / f"recovered/claims/\x1b]0;{MARK}\x07.yaml").write_text("x")
    (own / "lock").write_text(json.dumps({"pid": ACTS, "command": ACTS}))
    (own / "journal").mkdir()
    (own / "journal/00000001.done").write_text(json.dumps({"title": ACTS}))
    (claims / f".\x1b]0;{MARK}\x07.yaml.0123456789ab.claimbook").write_text("x")
    return root
