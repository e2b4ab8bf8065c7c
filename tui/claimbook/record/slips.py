"""What YAML's own complaints mean to somebody who edits a file by hand.

The complaints are PyYAML's: what libyaml refuses is read again by `record/tokens.py`, whose words these are.
A parser stumbles where it can go on no further, which is often a line or a page below the slip; here the spot
is moved to where a person has to act.
"""

import re
from collections.abc import Callable

import yaml

from claimbook.record.scene import Scene, Slip, odd_line, spot

_KEY_LINE = re.compile(r" *(?:- +)*(?P<key>[A-Za-z_][\w-]*)[ \t]*:(?=\s|$)")
_LONE_KEY = re.compile(r" *(?:- +)*[a-z_]+")
_SWALLOWED = re.compile(r"\n *(?:- |[A-Za-z_][\w-]*:(?=\s))")


def explain(error: yaml.MarkedYAMLError, text: str, quoted: tuple[int, int] | None = None) -> Slip:
    """Turn a parser's complaint into what is wrong, what to do, and where.

    `quoted` is the extent of the last text that was read, where that is in quotation marks.
    """
    problem = f"{error.context or ''}: {error.problem or ''}"
    at = _offset(error.problem_mark, text)
    since = _offset(error.context_mark, text) if error.context_mark else at
    scene = Scene(text, problem, at, since, quoted)
    for pattern, tell in _TELLERS:
        if match := re.search(pattern, problem):
            return tell(scene, match)
    return spot(f"This is not YAML ({error.problem}): compare it with a record that is.", at)


def _offset(mark: yaml.Mark | None, text: str) -> int:
    return min(mark.index if mark is not None else 0, max(0, len(text) - 1))


def _colon(scene: Scene, _: re.Match[str]) -> Slip:
    """Tell a colon inside text from a key whose line is indented too deep."""
    start = scene.line_start(scene.at)
    head = scene.text[start : scene.at]
    if not _LONE_KEY.fullmatch(head) or (above := scene.above(scene.at)) is None:
        message = (
            "A colon and a space cannot stand inside plain text: put the text in quotes, or after `>-` on a "
            "line of its own."
        )
        return spot(message, scene.at)
    return odd_line(scene, above) or _too_deep(scene, start, head)


def _too_deep(scene: Scene, start: int, head: str) -> Slip:
    indent = len(head) - len(head.lstrip())
    above = scene.above(start)
    while above is not None:
        owner = _KEY_LINE.match(scene.line(above))
        if owner and owner.start("key") < indent:
            other = f"`{owner['key'][:40]}:` in line {scene.number(above)}"
            message = (
                f"This line is indented deeper than {other}, which has its text already: line the two up, or "
                "begin that text with `>-` if this is part of it."
            )
            return spot(message, start + indent, start + len(head))
        above = scene.above(above)
    return spot("A colon stands here in the middle of a text: put the text in quotes.", scene.at)


def _no_key(scene: Scene, _: re.Match[str]) -> Slip:
    line = scene.line(scene.since)
    start = scene.line_start(scene.since) + len(line) - len(line.lstrip())
    return odd_line(scene, scene.since) or spot(
        "This line is no `key: value`: add the colon, or indent it deeper if the text above goes on here.",
        start,
        scene.line_start(scene.since) + len(line),
    )


def _cannot_start(scene: Scene, match: re.Match[str]) -> Slip:
    if scene.text[scene.at] == "\t":
        return spot("A tab stands where spaces are needed: indent with spaces.", scene.at)
    shown = "a backtick" if match["c"] == "`" else f"`{match['c']}`"
    return odd_line(scene, scene.at) or spot(
        f"Plain text cannot begin with {shown}: put it in quotes.", scene.at
    )


def _name_sign(scene: Scene, _: re.Match[str]) -> Slip:
    """Tell what `*` or `&` does at the beginning of a text."""
    sign = scene.text[scene.since]
    start = scene.line_start(scene.since)
    if not scene.text[start : scene.since].strip() and (slip := odd_line(scene, scene.since)):
        return slip
    return spot(f"Plain text cannot begin with `{sign}`: put it in quotes.", scene.since)


def _after_value(scene: Scene, _: re.Match[str]) -> Slip:
    """Tell why text goes on where a value has ended."""
    before = scene.before()
    if slip := _swallowing(scene):
        return slip
    if before == "'":
        message = (
            "Text goes on after the closing quotation mark: double a `'` that belongs to the text, or put "
            "the text after `>-` on a line of its own."
        )
    elif before == '"':
        message = (
            'Text goes on after the closing quotation mark: write `\\"` for one that belongs to the text, or '
            "put the text after `>-` on a line of its own."
        )
    elif before in ("]", "}"):
        message = (
            "Text goes on after the closing bracket: put the text in quotes if it begins with a bracket."
        )
    elif before:
        message = "Text goes on where a value has ended: put the whole of it in quotes."
    else:
        message = "This line is indented less than the text above it: line it up with that, or with a key."
    return spot(message, scene.at)


def _swallowing(scene: Scene) -> Slip | None:
    """Find a quotation mark that was closed by a later one only, keys and items in between."""
    if scene.quoted is None or not _SWALLOWED.search(scene.text, *scene.quoted):
        return None
    start, end = scene.quoted
    message = (
        f"This quotation mark is closed in line {scene.number(end)} only: close it where its text ends, or "
        "put the text after `>-` if the mark belongs to it."
    )
    return spot(message, start)


def _stray(scene: Scene, match: re.Match[str]) -> Slip:
    sign = match["sign"]
    if slip := _swallowing(scene):
        return slip
    if sign == ",":
        return spot("A comma stands after the value: put a list in brackets, and text in quotes.", scene.at)
    return spot(f"This `{sign}` closes nothing: delete it, or put the text in quotes.", scene.at)


def _indentation(scene: Scene, _: re.Match[str]) -> Slip:
    if slip := _swallowing(scene):
        return slip
    if scene.text[scene.at] == ":":
        return spot("A key is missing before this colon: write it, or put the text in quotes.", scene.at)
    line = scene.line(scene.at)
    end = scene.line_start(scene.at) + len(line)
    message = "The indentation here fits nothing above it: line it up with the keys or hyphens it belongs to."
    return spot(message, scene.at, end)


def _bracket(scene: Scene, _: re.Match[str]) -> Slip:
    """Tell a bracket that is never closed from a comma that is missing."""
    opening, closing = ("[", "]") if "sequence" in scene.problem else ("{", "}")
    comment = re.search(r"[ \t]#", scene.line(scene.since)[scene.since - scene.line_start(scene.since) :])
    if comment:
        start = scene.since + comment.start() + 1
        message = (
            f"What follows this `#` is a comment, `{closing}` included: put the text with the `#` in quotes."
        )
        return spot(message, start)
    ended = scene.at >= len(scene.text.rstrip()) - 1 and not scene.text.rstrip().endswith(closing)
    below = scene.line_start(scene.at) > scene.since
    if ended or (below and _KEY_LINE.match(scene.line(scene.at))):
        return _unclosed(scene, scene.since)
    message = (
        f"A comma is missing here between `{opening}` and `{closing}`: add it, or put the text in quotes."
    )
    return spot(message, scene.at)


def _no_content(scene: Scene, _: re.Match[str]) -> Slip:
    sign = scene.text[scene.at : scene.at + 1]
    if "block node" in scene.problem:
        return spot(f"Plain text cannot begin with `{sign}`: put it in quotes.", scene.at)
    if sign in (",", "]", "}"):
        return spot("A value is missing before this sign: write it, or delete the comma.", scene.at)
    if "stream end" in scene.problem:
        return _unclosed(scene, max(scene.text.rfind(opening) for opening in "[{"))
    return spot(f"Plain text in brackets cannot begin with `{sign}`: put it in quotes.", scene.at)


def _unclosed(scene: Scene, opening: int) -> Slip:
    sign = scene.text[opening]
    closing = "]" if sign == "[" else "}"
    return spot(f"This `{sign}` is never closed: add `{closing}`, or put the text in quotes.", opening)


def _escape(scene: Scene, _: re.Match[str]) -> Slip:
    start = max(scene.text.rfind("\\", 0, scene.at + 1), scene.since)
    message = "This is no escape that YAML knows: write `\\\\` for a backslash, or use single quotes."
    return spot(message, start, start + 2)


def _at(message: str, *, since: bool = False) -> "_Teller":
    return lambda scene, _: spot(message, scene.since if since else scene.at)


_Teller = Callable[[Scene, re.Match[str]], Slip]

_TELLERS: tuple[tuple[str, _Teller], ...] = (
    (r"mapping values are not allowed", _colon),
    (
        r"mapping keys are not allowed",
        _at("Plain text cannot begin with `? `: put it in quotes."),
    ),
    (
        r"sequence entries are not allowed",
        _at(
            "A list cannot begin on the line of its key: put its first `- ` on the next line, or put the "
            "text in quotes if it begins with a hyphen."
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
            "This quotation mark is never closed: close it, or put the text after `>-` on a line of its own "
            "if the mark belongs to it.",
            since=True,
        ),
    ),
    (r"escape", _escape),
    (
        r"scanning a block scalar",
        _at(
            "The text begins on the line after `>` or `|`: move it there, or put it in quotes if the sign "
            "belongs to it."
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
