"""What the desk shows of other people's texts, and how lines are cut, wrapped and marked."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual import events

from claimbook.app.lettering import (
    LONGEST,
    Line,
    Paragraph,
    Span,
    between,
    cells,
    clip,
    mark_words,
    pad,
    prose,
    wrap,
)
from claimbook.app.screens.links import Links, real_host
from claimbook.app.widgets.fields import Pad
from claimbook.app.widgets.ratings import Ratings
from claimbook.text import UNSAFE
from desks import opened

HOSTILE = r"""claim: "\u202eevil [/] [@click=app.quit]quit[/] :100: [bold red]x漢字 é"
kind: rumour
about: ["[/b]", "[@click=app.bell]bell[/]", "a\u200bb"]
tags: ["[red]"]
sources:
  - url: http://user:pass@exämple.com/[/]
    publisher: "[/] \u2066paper"
    date: 2021
    quote: "\u202e[link=javascript:alert(1)]x[/link]"
    note: "tag\U000e0041ged"
    via: ["[/]", {anonymous: "[@click=app.quit]people[/]"}]
evidence:
  - {url: "https://example.org/[/]", bearing: supports, note: "[/]"}
verdicts:
  - {date: 2021, rating: true, why: "[/] \u2066why"}
"""

lines = st.lists(
    st.builds(
        Span, st.text(st.characters(blacklist_categories=["Cs"]), max_size=12), st.sampled_from(["", "bad"])
    ),
    max_size=4,
).map(lambda spans: tuple(Span(UNSAFE.sub("", span.text).expandtabs(), span.tone) for span in spans))


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims" / "a-hostile.yaml").write_text(HOSTILE)
    (tmp_path / "claims" / "b-broken.yaml").write_text('claim: "[/] [@click=app.quit]x[/]"\n"[/]": y\n')
    (tmp_path / "claims" / "c-escape.yaml").write_bytes(b"claim: a\x1b[31mred\xc2\x9b\n")
    return tmp_path


async def test_no_text_of_a_book_acts_on_the_desk_or_on_the_terminal(hostile: Path) -> None:
    async with opened(hostile) as desk:
        shown = [desk.screen_text()]
        await desk.press("o")
        assert isinstance(desk.app.screen, Links)
        shown.append(desk.screen_text())
        await desk.press("escape", "v")
        await desk.until(lambda: desk.app.screen.query(Ratings))
        shown.append(desk.screen_text())
        await desk.press("1", "escape", "escape", "j")
        shown.append(desk.screen_text())
        await desk.press("j", "p", "j", "j")
        shown.append(desk.screen_text())
        await desk.press("escape", "g")
        for place in ((2, 0), (2, 2), (4, 3)):
            await desk.pilot.click("#detail", offset=place)

    text = "\n".join(shown)
    assert not [character for character in text.replace("\n", "") if UNSAFE.match(character)]
    assert "<U+202E>" in text
    assert "[/] [@click=app.quit]quit[/] :100: [bold red]x漢字" in text
    assert "xn--exmple-cua.com" in text


async def test_pasted_control_characters_are_shown_and_do_not_act(example: Path) -> None:
    async with opened(example) as desk:
        await desk.press("slash")
        desk.app.post_message(events.Paste("a\x1b[31m\u202eb"))
        await desk.until(lambda: "a<U+001B>[31m<U+202E>b" in desk.screen_text())
        await desk.press("escape")
        await desk.until(lambda: desk.claims.has_focus)
        await desk.press("v")
        await desk.until(lambda: desk.app.screen.query(Ratings))
        await desk.press("1")
        await desk.until(lambda: isinstance(desk.app.focused, Pad))
        desk.app.post_message(events.Paste("x\x9by"))
        await desk.until(lambda: desk.app.screen.query_one(Pad).text == "x<U+009B>y")


async def test_a_text_of_a_megabyte_is_told_at_once_and_cut_with_a_word(example: Path) -> None:
    long = "word " * 150_000
    record = (example / "claims/apple/apple-car-2024.yaml").read_text().partition("\nnotes:")[0]
    (example / "claims/aaa.yaml").write_text(f"{record}\nnotes: {long}\n")
    async with opened(example) as desk:
        assert "characters more: E shows them all" in desk.detail
        assert len(desk.detail) < LONGEST + 20_000


@given(lines, st.integers(0, 30))
def test_a_line_that_is_cut_is_never_wider_and_one_that_fits_is_left_alone(line: Line, width: int) -> None:
    assert cells(clip(line, width)) <= width
    assert cells(pad(line, width)) == width
    if cells(line) <= width:
        assert clip(line, width) == line


@given(lines, lines, st.integers(1, 40))
def test_two_ends_of_a_line_fill_its_width(left: Line, right: Line, width: int) -> None:
    assert cells(between(left, right, width)) == width


@given(lines, st.integers(10, 30), st.integers(0, 3), st.integers(0, 3))
def test_wrapping_loses_no_word_and_keeps_to_the_width(
    line: Line, width: int, indent: int, hang: int
) -> None:
    wrapped = list(wrap(Paragraph(line, indent, hang), width))
    assert all(cells(part) <= width for part in wrapped)
    told = "".join("".join(span.text for span in part) for part in wrapped)
    assert "".join(told.split()) == "".join("".join(span.text for span in line).split())


@given(lines, st.text(max_size=3))
def test_marking_words_changes_no_text(line: Line, word: str) -> None:
    marked = mark_words(line, [word])
    assert "".join(span.text for span in marked) == "".join(span.text for span in line)


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("Xiaomi and xiaomi", "xiaomi", ["Xiaomi", "xiaomi"]),
        ("Xiaomi and xiaomi", "Xiaomi", ["Xiaomi"]),
        ("een coöperatie", "cooperatie", ["coöperatie"]),
        ("cafe\u0301s", "cafe", ["cafe\u0301"]),
        ("ﬁlm", "film", ["ﬁlm"]),
        ("nothing", "word", []),
    ],
)
def test_words_are_marked_as_the_filter_finds_them(text: str, word: str, found: list[str]) -> None:
    marked = mark_words((Span(text),), [word])
    assert [span.text for span in marked if span.tone == "match"] == found


def test_prose_keeps_its_lines_and_its_joiners() -> None:
    assert prose("a\r\nb\tc\x07").text == "a\nb   c<U+0007>"
    assert cell_len(prose("👩\u200d🔬").text) == 2


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://example.org/a?b#c", "example.org"),
        ("https://example.org@evil.com/", "evil.com"),
        ("http://exämple.com:8080/", "xn--exmple-cua.com:8080"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("https:///x", None),
        ("https://[::1", None),
        ("https://example.org/\u202egpj", None),
        ("https://example.org:99999/", None),
    ],
)
def test_an_address_is_opened_only_where_its_real_host_can_be_told(url: str, host: str | None) -> None:
    assert real_host(url) == host
