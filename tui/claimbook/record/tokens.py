"""PyYAML's own parser, reading what libyaml reads.

The two differ in tabs: libyaml takes them as space between tokens and inside plain text, PyYAML's own scanner
stops there. A book must read the same on every machine, so this one follows libyaml.
"""

from typing import Any

from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner


class PureParser(Reader, Scanner, Parser):
    """An event parser in pure Python."""

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
            if self.peek() == "#":
                while self.peek() not in "\0\r\n\x85\u2028\u2029":
                    self.forward()
            if not self.scan_line_break():  # type: ignore[no-untyped-call]
                return
            if not self.flow_level:
                self.allow_simple_key = True

    def scan_plain_spaces(self, indent: int, start_mark: Any) -> Any:
        """Take the white space inside plain text, tabs included."""
        if self.peek() not in " \t":
            return super().scan_plain_spaces(indent, start_mark)
        length = 0
        while self.peek(length) in " \t":
            length += 1
        if self.peek(length) in "\r\n\x85\u2028\u2029":
            self.forward(length)
            return super().scan_plain_spaces(indent, start_mark)
        whitespaces = self.prefix(length)
        self.forward(length)
        return [whitespaces]
