"""What YAML's own complaints mean to somebody who edits a file by hand.

The complaints are PyYAML's: what libyaml refuses is read again by `record/tokens.py`, whose words these are. A
parser stumbles where it can go on no further, which is often a line or a page below the slip; here the spot is
moved to where a person has to act.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import yaml

_KEY_LINE = re.compile(r" *(?:- +)*(?P<key>[A-Za-z_][\w-]*)[ \t]*:(?=\s|$)")
_LONE_KEY = re.compile(r" *(?:- +)*[a-z_]+")
_SWALLOWED = re.compile(r"\n *(?:- |[a-z_]+:(?=\s))")

_ODD_LINES = (
    (
        r" *(?P<spot>[\u00a0\u2000-\u200a\u202f\u3000])",
        "The white space that begins this line is no plain space: indent with spaces.",
    ),
    (
        r" *(?P<spot>```)",
        "This fence is no part of a record: delete the line, and the one that closes it.",
    ),
    (
        r" *(?P<spot>//)",
        "This line is no `key: value`: begin it with `#` if it is a comment.",
    ),
    (
        r" *(?P<spot>[–—−•·▪◦*+])[ \t\u00a0]",
        "An item of a list begins with `- `, a plain hyphen and a space: write that for `{spot}`.",
    ),
    (
        r" *(?P<spot>-)[^\s-]",
        "A space is missing after this hyphen: write `- ` to begin an item of a list.",
    ),
    (
        r" *(?:- +)*[\w-]+(?P<spot>：)",
        "This colon is not the plain one: write `: ` after the key.",
    ),
    (
        r" *(?:- +)*[\w-]+:(?P<spot>[\u00a0\u2000-\u200a\u202f\u3000])",
        "The white space after this colon is no plain space: write `: ` after the key.",
    ),
    (
        r" *(?:- +)*[\w-]+(?P<spot>:)(?!//)\S",
        "A space is missing after this colon: write `: ` after the key.",
    ),
)


@dataclass(frozen=True, slots=True)
class Slip:
    """A mistake in the writing of YAML."""

    message: str
    """What is wrong and what to do."""
    start: int
    """Offset of the spot."""
    end: int
    """Offset after it."""


@dataclass(frozen=True, slots=True)
class _Scene:
    """A text, and where a parser gave up on it."""

    text: str
    problem: str
    at: int
    """Where it gave up."""
    since: int
    """Where what it was in the middle of began."""
    quoted: tuple[int, int] | None
    """The extent of the quoted text that it read last, if that was the last thing it read."""

    def line_start(self, offset: int) -> int:
        return self.text.rfind("\n", 0, offset) + 1

    def line(self, offset: int) -> str:
        start = self.line_start(offset)
        end = self.text.find("\n", start)
        return self.text[start : end if end >= 0 else len(self.text)].rstrip("\r")

    def number(self, offset: int) -> int:
        return self.text.count("\n", 0, offset) + 1

    def above(self, offset: int) -> int | None:
        """Return the start of the nearest line above that is neither blank nor a comment."""
        start = self.line_start(offset)
        while start > 0:
            start = self.line_start(start - 1)
            if self.line(start).strip() and not self.line(start).lstrip().startswith("#"):
                return start
        return None

    def before(self) -> str:
        """Return the character before the spot on its line, white space aside."""
        return self.text[self.line_start(self.at) : self.at].rstrip()[-1:]


def explain(error: yaml.MarkedYAMLError, text: str, quoted: tuple[int, int] | None = None) -> Slip:
    """Turn a parser's complaint into what is wrong, what to do, and where.

    `quoted` is the extent of a quoted text, where one was the last thing that the parser read.
    """
    problem = f"{error.context or ''}: {error.problem or ''}"
    at = _offset(error.problem_mark, text)
    since = _offset(error.context_mark, text) if error.context_mark else at
    scene = _Scene(text, problem, at, since, quoted)
    for pattern, tell in _TELLERS:
        if match := re.search(pattern, problem):
            return tell(scene, match)
    return _spot(f"This is not YAML ({error.problem}): compare it with a record that is.", at)


def _offset(mark: yaml.Mark | None, text: str) -> int:
    return min(mark.index if mark is not None else 0, max(0, len(text) - 1))


def _spot(message: str, start: int, end: int | None = None) -> Slip:
    return Slip(message, start, start + 1 if end is None else max(end, start + 1))


def _odd_line(scene: _Scene, offset: int) -> Slip | None:
    """Find the slip in a line that was meant to be a key or an item."""
    start = scene.line_start(offset)
    for pattern, message in _ODD_LINES:
        if match := re.match(pattern, scene.line(offset)):
            spot = match["spot"]
            return _spot(message.replace("{spot}", spot), start + match.start("spot"), start + match.end("spot"))
    return None


def _colon(scene: _Scene, _: re.Match[str]) -> Slip:
    """Tell a colon inside text from a key whose line is indented too deep."""
    start = scene.line_start(scene.at)
    head = scene.text[start : scene.at]
    if not _LONE_KEY.fullmatch(head) or (above := scene.above(scene.at)) is None:
        return _spot(
            "A colon and a space cannot stand inside plain text: put the text in quotes, or after `>-` on a line "
            "of its own.",
            scene.at,
        )
    return _odd_line(scene, above) or _too_deep(scene, start, head)


def _too_deep(scene: _Scene, start: int, head: str) -> Slip:
    indent = len(head) - len(head.lstrip())
    above: int | None = start
    while (above := scene.above(above)) is not None:
        owner = _KEY_LINE.match(scene.line(above))
        if owner and owner.start("key") < indent:
            message = (
                f"This line is indented deeper than `{owner['key'][:40]}:` in line {scene.number(above)}, which has "
                "its text already: line the two up, or begin that text with `>-` if this is part of it."
            )
            return _spot(message, start + indent, start + len(head))
    return _spot("A colon stands here in the middle of a text: put the text in quotes.", scene.at)


def _no_key(scene: _Scene, _: re.Match[str]) -> Slip:
    line = scene.line(scene.since)
    start = scene.line_start(scene.since) + len(line) - len(line.lstrip())
    return _odd_line(scene, scene.since) or _spot(
        "This line is no `key: value`: add the colon, or indent it deeper if the text above goes on here.",
        start,
        scene.line_start(scene.since) + len(line),
    )


def _cannot_start(scene: _Scene, match: re.Match[str]) -> Slip:
    if scene.text[scene.at] == "\t":
        return _spot("A tab stands where spaces are needed: indent with spaces.", scene.at)
    shown = "a backtick" if match["c"] == "`" else f"`{match['c']}`"
    return _odd_line(scene, scene.at) or _spot(
        f"Plain text cannot begin with {shown}: put it in quotes.", scene.at
    )


def _name_sign(scene: _Scene, _: re.Match[str]) -> Slip:
    """Tell what `*` or `&` does at the beginning of a text."""
    sign = scene.text[scene.since]
    start = scene.line_start(scene.since)
    if not scene.text[start : scene.since].strip() and (slip := _odd_line(scene, scene.since)):
        return slip
    return _spot(f"Plain text cannot begin with `{sign}`: put it in quotes.", scene.since)


def _after_value(scene: _Scene, match: re.Match[str]) -> Slip:
    """Tell why text goes on where a value has ended."""
    before = scene.before()
    if slip := _swallowing(scene):
        return slip
    if before == "'":
        message = (
            "Text goes on after the closing quotation mark: double a `'` that belongs to the text, or put the "
            "text after `>-` on a line of its own."
        )
    elif before == '"':
        message = (
            'Text goes on after the closing quotation mark: write `\\"` for one that belongs to the text, or put '
            "the text after `>-` on a line of its own."
        )
    elif before in ("]", "}"):
        message = "Text goes on after the closing bracket: put the text in quotes if it begins with a bracket."
    elif before:
        message = "Text goes on where a value has ended: put the whole of it in quotes."
    else:
        message = "This line is indented less than the text above it: line it up with that, or with a key."
    return _spot(message, scene.at)


def _swallowing(scene: _Scene) -> Slip | None:
    """Find a quotation mark that was closed by a later one only, keys and items in between."""
    if scene.quoted is None or not _SWALLOWED.search(scene.text, *scene.quoted):
        return None
    start, end = scene.quoted
    message = (
        f"This quotation mark is closed in line {scene.number(end)} only: close it where its text ends, or put the "
        "text after `>-` if the mark belongs to it."
    )
    return _spot(message, start)


def _stray(scene: _Scene, match: re.Match[str]) -> Slip:
    sign = match["sign"]
    if slip := _swallowing(scene):
        return slip
    if sign == ",":
        return _spot("A comma stands after the value: put a list in brackets, and text in quotes.", scene.at)
    return _spot(f"This `{sign}` closes nothing: delete it, or put the text in quotes.", scene.at)


def _indentation(scene: _Scene, _: re.Match[str]) -> Slip:
    if slip := _swallowing(scene):
        return slip
    line = scene.line(scene.at)
    end = scene.line_start(scene.at) + len(line)
    message = "The indentation here fits nothing above it: line it up with the keys or hyphens it belongs to."
    return _spot(message, scene.at, end)


def _bracket(scene: _Scene, _: re.Match[str]) -> Slip:
    """Tell a bracket that is never closed from a comma that is missing."""
    opening, closing = ("[", "]") if "sequence" in scene.problem else ("{", "}")
    comment = re.search(r"[ \t]#", scene.line(scene.since)[scene.since - scene.line_start(scene.since) :])
    if comment:
        start = scene.since + comment.start() + 1
        message = f"What follows this `#` is a comment, `{closing}` included: put the text with the `#` in quotes."
        return _spot(message, start)
    ended = scene.at >= len(scene.text.rstrip()) - 1 and not scene.text.rstrip().endswith(closing)
    if ended or _KEY_LINE.match(scene.line(scene.at)) and scene.line_start(scene.at) > scene.since:
        message = f"This `{opening}` is never closed: add `{closing}`, or put the text in quotes."
        return _spot(message, scene.since)
    message = f"A comma is missing here between `{opening}` and `{closing}`: add it, or put the text in quotes."
    return _spot(message, scene.at)


def _no_content(scene: _Scene, _: re.Match[str]) -> Slip:
    sign = scene.text[scene.at : scene.at + 1]
    if "block node" in scene.problem:
        return _spot(f"Plain text cannot begin with `{sign}`: put it in quotes.", scene.at)
    if sign in (",", "]", "}"):
        return _spot("A value is missing before this sign: write it, or delete the comma.", scene.at)
    opening = scene.text[scene.since]
    return _spot(f"A list that `{opening}` begins is not closed: close it, or put the text in quotes.", scene.at)


def _escape(scene: _Scene, _: re.Match[str]) -> Slip:
    start = max(scene.text.rfind("\\", 0, scene.at + 1), scene.since)
    message = "This is no escape that YAML knows: write `\\\\` for a backslash, or use single quotes."
    return _spot(message, start, start + 2)


def _at(message: str, *, since: bool = False) -> "_Teller":
    return lambda scene, _: _spot(message, scene.since if since else scene.at)


_Teller = Callable[[_Scene, re.Match[str]], Slip]

_TELLERS: tuple[tuple[str, _Teller], ...] = (
    (r"mapping values are not allowed", _colon),
    (
        r"mapping keys are not allowed",
        _at("Plain text cannot begin with `? `: put it in quotes."),
    ),
    (
        r"sequence entries are not allowed",
        _at(
            "A list cannot begin on the line of its key: put its first `- ` on the next line, or put the text in "
            "quotes if it begins with a hyphen."
        ),
    ),
    (
        r"tab character that violates",
        _at("A tab stands where spaces are needed: indent with spaces."),
    ),
    (r"found character [\"'](?P<c>\\?.)[\"'] that cannot start", _cannot_start),
    (r"scanning an (?:alias|anchor)", _name_sign),
    (
        r"scanning a tag",
        _at("Plain text cannot begin with `!`: put it in quotes.", since=True),
    ),
    (
        r"directive",
        _at("A line cannot begin with `%`: delete it, or put the text in quotes.", since=True),
    ),
    (r"could not find expected ':'", _no_key),
    (
        r"quoted scalar: found unexpected (?:end of stream|document separator)",
        _at(
            "This quotation mark is never closed: close it, or put the text after `>-` on a line of its own if the "
            "mark belongs to it.",
            since=True,
        ),
    ),
    (r"escape", _escape),
    (
        r"scanning a block scalar",
        _at(
            "The text begins on the line after `>` or `|`: move it there, or put it in quotes if the sign belongs "
            "to it."
        ),
    ),
    (r"flow (?:sequence|mapping): expected ','", _bracket),
    (r"expected the node content", _no_content),
    (r"expected <block end>, but found '(?P<sign>[\]},])'", _stray),
    (r"expected <block end>, but found '<(?:scalar|alias|anchor|tag)>'", _after_value),
    (r"expected <block end>", _indentation),
    (
        r"document start",
        _at("The record ends before this: line it up with the keys above, or delete it."),
    ),
)
