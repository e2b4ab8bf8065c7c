"""PyYAML's own parser, reading what libyaml reads.

The two differ at the edges: in tabs, in `?` and `:` inside brackets and braces, in what may follow `>`, in a
few escapes. A book must read the same on every machine, so this one accepts what libyaml 0.2.5 accepts; what
libyaml refuses is read by this one on every machine (see `compose`).
"""

from typing import TYPE_CHECKING, Any

from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner, ScannerError
from yaml.tokens import (
    FlowEntryToken,
    FlowMappingEndToken,
    FlowSequenceEndToken,
    ScalarToken,
    TagToken,
    ValueToken,
)

_BLANK = " \t"
_BREAK = "\r\n\x85\u2028\u2029"
_WHITE = "\0" + _BLANK + _BREAK
_FLOW = ",[]{}"
_WORD = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_")
_URI = _WORD | frozenset(";/?:@&=+$.!~*'()%")


class PureParser(Reader, Scanner, Parser):
    """An event parser in pure Python."""

    ESCAPE_REPLACEMENTS = {**Scanner.ESCAPE_REPLACEMENTS, "'": "'"}  # type: ignore[misc]  # noqa: RUF012 - as PyYAML declares it

    if TYPE_CHECKING:  # PyYAML's own methods, as they behave

        def scan_line_break(self) -> str: ...  # noqa: D102
        def get_token(self) -> Any: ...  # noqa: D102
        def peek_token(self) -> Any: ...  # noqa: D102
        def parse_flow_node(self) -> Any: ...  # noqa: D102

    def __init__(self, text: str) -> None:
        """Take the whole text of one file."""
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)

    def scan_to_next_token(self) -> None:
        """Skip spaces, comments and line breaks, and tabs where libyaml skips them."""
        while True:
            while self.peek() == " " or (
                self.peek() == "\t" and (self.flow_level or not self.allow_simple_key)
            ):
                self.forward()
            self._skip_comment()
            if not self.scan_line_break():
                return
            if not self.flow_level:
                self.allow_simple_key = True

    def check_plain(self) -> bool:
        """Tell whether plain text begins here."""
        first = self.peek()
        if first == "-":
            return self.peek(1) not in _BLANK
        if first in ("?", ":"):
            return not self.flow_level and self.peek(1) not in _WHITE
        return first not in _WHITE + _FLOW + "#&*!|>'\"%@`"

    def scan_plain(self) -> ScalarToken:
        """Take plain text, over as many lines as it goes on for."""
        start = end = self.get_mark()
        indent = self.indent + 1
        chunks: list[str] = []
        spaces, broken = "", False
        while self.peek() != "#" and not self._at_document_indicator():
            if length := self._plain_length():
                chunks += (spaces, self.prefix(length))
                self.forward(length)
                end, broken = self.get_mark(), False
            if self.peek() not in _BLANK + _BREAK:
                break
            spaces, broken = self._plain_spaces(indent, start)
            if not self.flow_level and self.column < indent:
                break
        self.allow_simple_key = broken
        return ScalarToken("".join(chunks), True, start, end)  # noqa: FBT003 - PyYAML's own order

    def scan_block_scalar_indicators(self, start_mark: Any) -> tuple[bool | None, int | None]:
        """Take `+`, `-` and the number after `|` or `>`, in either order."""
        chomping, increment = self._chomping(), None
        if self.peek() in "0123456789":
            increment = int(self.peek())
            if increment == 0:
                raise ScannerError(
                    "while scanning a block scalar", start_mark, "indentation indicator 0", self.get_mark()
                )
            self.forward()
            chomping = self._chomping() if chomping is None else chomping
        return chomping, increment

    def scan_block_scalar_ignored_line(self, start_mark: Any) -> None:
        """Skip blanks and a comment up to the line end."""
        while self.peek() in _BLANK:
            self.forward()
        super().scan_block_scalar_ignored_line(start_mark)

    def scan_flow_scalar_non_spaces(self, double: bool, start_mark: Any) -> list[str]:  # noqa: FBT001 - PyYAML's
        """Take the words of quoted text, with its escapes."""
        try:
            return super().scan_flow_scalar_non_spaces(double, start_mark)
        except (ValueError, OverflowError):  # of chr()
            problem = "found invalid Unicode character escape code"
            raise ScannerError(
                "while scanning a quoted scalar", start_mark, problem, self.get_mark()
            ) from None

    def scan_tag(self) -> TagToken:
        """Take a tag whatever it says: none is read."""
        start = self.get_mark()
        verbatim = self.peek(1) == "<"
        length = 1
        while (ch := self.peek(length)) in _URI or (verbatim and ch in "<>,[]"):
            length += 1
        self.forward(length)
        if self.peek() not in _WHITE and not (self.flow_level and self.peek() == ","):
            problem = f"expected ' ', but found {self.peek()!r}"
            raise ScannerError("while scanning a tag", start, problem, self.get_mark())
        return TagToken((None, "!"), start, self.get_mark())

    def parse_flow_mapping_value(self) -> Any:
        """Place an empty value in braces at what follows it."""
        return self._flow_value(FlowMappingEndToken, self.parse_flow_mapping_key)

    def parse_flow_sequence_entry_mapping_value(self) -> Any:
        """Place an empty value of a pair in brackets at what follows it."""
        return self._flow_value(FlowSequenceEndToken, self.parse_flow_sequence_entry_mapping_end)

    def _flow_value(self, closing: type, after: Any) -> Any:
        if self.check_token(ValueToken):
            self.get_token()
            if not self.check_token(FlowEntryToken, closing):
                self.states.append(after)
                return self.parse_flow_node()
        self.state = after
        return self.process_empty_scalar(self.peek_token().start_mark)

    def _skip_comment(self) -> None:
        if self.peek() == "#":
            while self.peek() not in "\0" + _BREAK:
                self.forward()

    def _at_document_indicator(self) -> bool:
        return self.column == 0 and self.prefix(3) in ("---", "...") and self.peek(3) in _WHITE

    def _plain_length(self) -> int:
        """Count the characters of plain text that stand here without white space."""
        ends = _WHITE + _FLOW if self.flow_level else _WHITE
        length = 0
        while (ch := self.peek(length)) not in ends and not (ch == ":" and self.peek(length + 1) in ends):
            length += 1
        return length

    def _plain_spaces(self, indent: int, start: Any) -> tuple[str, bool]:
        """Take white space inside plain text: what it stands for, and whether a line ends in it."""
        length = 0
        while self.peek(length) in _BLANK:
            length += 1
        spaces = self.prefix(length)
        self.forward(length)
        if not (line_break := self.scan_line_break()):
            return spaces, False
        breaks = ""
        while self.peek() in _BLANK + _BREAK:
            if self.peek() == "\t" and self.column < indent:
                problem = "found a tab character that violates indentation"
                raise ScannerError("while scanning a plain scalar", start, problem, self.get_mark())
            if self.peek() in _BLANK:
                self.forward()
            else:
                breaks += self.scan_line_break()
        return breaks or " " if line_break == "\n" else line_break + breaks, True

    def _chomping(self) -> bool | None:
        """Take `+` (keep, True) or `-` (strip, False) after `|` or `>`, None where neither stands."""
        if self.peek() not in "+-":
            return None
        keep = bool(self.peek() == "+")
        self.forward()
        return keep
