"""Slips of the pen, of an editor and of a merge, made at random in texts that can be read."""

from collections.abc import Callable
from random import Random

FRAGMENTS: list[str] = [
    *"\t \n:-?,[]{}\"'#|>&*!%@`\\0~=a",
    *("  ", "\r\n", "\r", ": ", "- ", ", ", " #", " #a", "#1 ", "# ", ">-", "|2", ">+1", "&a ", "*a", "!t "),
    *("\\x41", "\\u12", "\\ud800", "\\e", "\\N", "\\\n", "\\'", "---\n", "...", "<<: ", "null", "~", "x-a: "),
    *("é", "😀", "\ufeff", "\u0085", "\u2028", "\u00a0", "\u200b", "\u202e", "\x1b", "\x00", "\n\n", "\n\t"),
    *("\n- ", "\n  - ", "\n    ", "%YAML 1.1\n", "<<<<<<< a\n", ">>>>>>> b\n", "[]", "{}", "[[", "{a: b}"),
    *(
        "claim: ",
        "kind: ",
        "via: []",
        "due: 2024\n",
        "rating: false",
        "0x1F",
        "1:30",
        "2024-02-30",
        "http://",
    ),
]


def mutated(random: Random, texts: list[str]) -> bytes:
    """Return one of the texts with a few slips in it."""
    text = random.choice(texts)
    for _ in range(random.choice((1, 1, 1, 2, 3, 6))):
        text = random.choice(SLIPS)(random, text, texts)
    data = text.encode()
    if random.random() < 0.03:
        at = random.randrange(len(data) + 1)
        data = data[:at] + bytes([random.randrange(256)]) + data[at + random.randrange(2) :]
    return data


def _typed(random: Random, text: str, _: list[str]) -> str:
    at = random.randrange(len(text) + 1)
    return text[:at] + random.choice(FRAGMENTS) + text[at + random.choice((0, 0, 1, 3)) :]


def _deleted(random: Random, text: str, _: list[str]) -> str:
    at = random.randrange(len(text) + 1)
    return text[:at] + text[at + random.choice((1, 1, 2, 5, 40)) :]


def _indented(random: Random, text: str, _: list[str]) -> str:
    lines = text.split("\n")
    at = random.randrange(len(lines))
    line = lines[at]
    lines[at] = random.choice((" " + line, "  " + line, line[1:], line[2:], line.lstrip(), "\t" + line))
    return "\n".join(lines)


def _moved(random: Random, text: str, _: list[str]) -> str:
    lines = text.split("\n")
    line = lines.pop(random.randrange(len(lines)))
    lines.insert(random.randrange(len(lines) + 1), line)
    return "\n".join(lines)


def _doubled(random: Random, text: str, _: list[str]) -> str:
    lines = text.split("\n")
    lines.insert(random.randrange(len(lines) + 1), random.choice(lines))
    return "\n".join(lines)


def _joined(random: Random, text: str, _: list[str]) -> str:
    breaks = [at for at, char in enumerate(text) if char == "\n"] or [0]
    at = random.choice(breaks)
    return text[:at] + random.choice((" ", "", ": ", ", ")) + text[at + 1 :].lstrip(" ")


def _restyled(random: Random, text: str, _: list[str]) -> str:
    """Write one value in another style."""
    lines = text.split("\n")
    at = random.randrange(len(lines))
    key, colon, value = lines[at].partition(": ")
    if colon:
        quoted = (
            f'"{value}"',
            f"'{value}'",
            f"[{value}]",
            f"{{a: {value}}}",
            f"{value} # so",
            f"| \n  {value}",
        )
        lines[at] = key + colon + random.choice(quoted)
    return "\n".join(lines)


def _merged(random: Random, text: str, texts: list[str]) -> str:
    other = random.choice(texts).split("\n")
    lines = text.split("\n")
    at, start = random.randrange(len(lines) + 1), random.randrange(len(other))
    lines[at:at] = other[start : start + random.choice((1, 2, 5, 20))]
    return "\n".join(lines)


def _cut(random: Random, text: str, _: list[str]) -> str:
    return text[: random.randrange(len(text) + 1)]


def _carried(_: Random, text: str, __: list[str]) -> str:
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


SLIPS: tuple[Callable[[Random, str, list[str]], str], ...] = (
    *(_typed, _typed, _typed, _deleted, _indented, _moved, _doubled, _joined, _restyled, _restyled),
    *(_merged, _cut, _carried),
)
