"""Text from anywhere is safe to show, and stays readable."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimbook.text import one_line, visible

UNSAFE = {
    "escape": "\x1b",
    "null": "\x00",
    "bell": "\x07",
    "backspace": "\x08",
    "form feed": "\x0c",
    "delete": "\x7f",
    "C1 control sequence introducer": "\x9b",
    "next line": "\x85",
    "right-to-left override": "\u202e",
    "left-to-right embedding": "\u202a",
    "isolate": "\u2066",
    "line separator": "\u2028",
    "paragraph separator": "\u2029",
    "zero-width space": "\u200b",
    "word joiner": "\u2060",
    "soft hyphen": "\u00ad",
    "byte order mark": "\ufeff",
    "interlinear annotation": "\ufff9",
    "lone surrogate": "\ud800",
    "tag": "\U000e0041",
}

texts = st.one_of(
    st.text(st.characters(codec=None)),
    st.text(st.sampled_from([*UNSAFE.values(), "a", "\u0301", " ", "\t", "\n", "\r", "\u200d", "é", "汽"])),
)


@pytest.mark.parametrize("char", UNSAFE.values(), ids=UNSAFE)
def test_what_could_act_on_a_terminal_is_written_out(char: str) -> None:
    assert visible(f"a{char}b") == f"a<U+{ord(char):04X}>b"


@pytest.mark.parametrize(
    "text",
    [
        "Die elektrische auto’s worden ‘mogelijk’ aangeboden – of “niet”…",
        "a\tb\nc",
        "汽车 автомобиль سيارة 자동차",
        "👩‍💻 ❤️ 👍🏽",  # joined with U+200D, with a variation selector, with a skin tone
        "می‌خواهم",  # Persian needs U+200C
        "שלום\u200f!",  # a direction mark
        "cafe\u0301",
        "[bold]not markup[/] :100: `code` <U+001B>",
    ],
)
def test_what_people_write_stays_as_it_is(text: str) -> None:
    assert visible(text) == text


def test_a_carriage_return_goes_before_a_newline_and_shows_elsewhere() -> None:
    assert visible("a\r\nb\rc\r\r\n") == "a\nb<U+000D>c<U+000D>\n"


def test_an_escape_sequence_loses_its_power_and_keeps_its_letters() -> None:
    assert visible("\x1b]0;title\x07\x1b[2J") == "<U+001B>]0;title<U+0007><U+001B>[2J"


def test_of_a_pile_of_accents_eight_stay() -> None:
    assert visible("e" + "\u0301" * 10 + "!") == "e" + "\u0301" * 8 + "<U+0301>×2!"
    assert visible("\u200d" * 9) == "\u200d" * 8 + "<U+200D>"


@given(texts)
def test_no_text_brings_a_control_character_through(text: str) -> None:
    shown = visible(text)
    assert not [char for char in shown if unicodedata.category(char) in ("Cc", "Cs") and char not in "\t\n"]
    assert not set(shown) & set(UNSAFE.values())
    shown.encode()


@given(texts)
def test_what_is_visible_already_does_not_change(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@given(texts)
def test_one_line_is_one_line(text: str) -> None:
    line = one_line(text)
    assert not set(line) & {"\n", "\t", "\r"}
    assert "  " not in line
    assert line == line.strip()
    assert visible(line) == line


def test_one_line_joins_lines_with_a_space() -> None:
    assert one_line("  Xiaomi's cars\r\n\r\n\tbear   its own name\n") == "Xiaomi's cars bear its own name"
