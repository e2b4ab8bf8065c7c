"""Lines of the list that SQLite lays out are those that we lay out."""

import io
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimbook.cli import listing, output
from claimbook.index.index import Index
from claimbook.index.lines import Layout
from claimbook.index.telling import Line
from claimbook.record.ratings import Rating, Status

PAIRS = [(str(status), rating) for status in Status for rating in (None, *map(str, Rating))]
WORDS = st.text("ab é€“”ß漢👍\u0301\u200b\x1b\t", min_size=1, max_size=40).filter(str.strip)


def laid_out(standing: str, row: Line, size: int) -> str:
    return listing._line(standing, row[3], row[5], row[4], size)


@settings(max_examples=60)
@given(
    claims=st.lists(st.tuples(WORDS, st.sampled_from(PAIRS), st.sampled_from([None, "2024", "2024-11-02"]))),
    wide=st.integers(1, 200),
    most=st.sampled_from([-1, 1, 3]),
)
def test_sqlite_lays_out_what_we_lay_out(
    claims: list[tuple[str, tuple[str, str | None], str | None]], wide: int, most: int
) -> None:
    from claimbook.text import is_plain

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("claimbook.index.opening.index_file", lambda _: None)
        patch.setattr(listing, "width", lambda: wide)
        index = Index(Path())
        rows = []
        for place, (claim, (status, rating), due) in enumerate(claims):
            name = "é" * (place % 4) + f"c-{place}"
            plain = is_plain(claim) and is_plain(name)
            row = (plain, status, rating, name, claim, due, place)
            index._database.execute(
                "INSERT INTO claims (plain, status, rating, id, claim, due, place, file, folded_id, digest, "
                "broken, flags) VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', x'', 0, 0)",
                (*row, f"claims/{place:04}.yaml"),
            )
            rows.append(row)
        size = max((len(row[3]) for row in rows), default=0)
        standings = {pair: f"✓ {pair[0]}/{pair[1]}" for pair in PAIRS}

        def lay_out(row: Line) -> str:
            assert not row[0]
            return laid_out(standings[row[1], row[2]], row, size)

        layout, made, after = Layout(standings, size, listing._room(size), lay_out), [], ""
        while True:
            sheet, after = index.lines(layout, after, most)
            made += sheet
            if len(sheet) != most:
                break
        index.close()

        assert [one.decode() for one in made] == [
            laid_out(standings[row[1], row[2]], row, size) for row in rows
        ]


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "ascii"])
def test_lines_are_printed_in_any_encoding_and_for_ascii_in_utf_8(
    encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding, errors="backslashreplace"))
    sys.stdout.write("before\n")
    sys.stdout.flush()

    output.made_lines(["é ✓".encode(), b"b"])
    output.made_lines([])

    assert raw.getvalue() == b"before\n" + "é ✓\nb\n".encode(
        "utf-8" if encoding == "ascii" else encoding, "backslashreplace"
    )
