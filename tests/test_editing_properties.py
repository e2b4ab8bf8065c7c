"""Records in anybody's hand, changed in every way: all but the change stays, character for character."""

import copy
import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import handstyled as hand
from claimbook.record.changes import Append, Change, Remove, SetField
from claimbook.record.diagnostics import TextEdit
from claimbook.record.draft import Draft
from claimbook.record.editing import apply, edits
from claimbook.record.geometry import Page
from claimbook.record.nodes import Mapping, Scalar, Sequence, node_at, plain
from claimbook.record.pieces import Pieces, spliced
from claimbook.record.refusal import EditRefused, Reason
from claimbook.record.source import SourceText

EXAMPLES = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


@st.composite
def changed_records(draw: st.DrawFn) -> tuple[SourceText, Mapping, Change]:
    source = draw(hand.documents())
    root = hand.readable(source)
    assume(root is not None)
    assert root is not None
    return source, root, draw(hand.changes(plain(root)))


def test_a_change_changes_what_it_is_about_and_nothing_else() -> None:
    seen = made(settings(EXAMPLES, max_examples=500))

    assert all(seen[kind] > 10 for kind in ("SetField", "Append", "Remove")), seen


def test_of_changes_not_one_in_thirty_is_refused() -> None:
    """Of many, and the same ones each time, as chance brings those that are refused in swarms."""
    seen = made(settings(EXAMPLES, max_examples=2000, derandomize=True))

    assert seen["refused"] * 30 < seen.total()


def made(examples: settings) -> Counter[str]:
    """Make changes to records, and count them by kind, and those that are refused."""
    seen: Counter[str] = Counter()

    @examples
    @given(changed_records())
    def change_one(case: tuple[SourceText, Mapping, Change]) -> None:
        source, root, change = case
        try:
            found = edits(source, [change])
        except EditRefused as refused:
            seen["refused"] += 1
            assert_may_be_refused(source, refused)
            return
        seen[type(change).__name__] += 1
        check(source, root, change, found)

    change_one()
    return seen


def check(source: SourceText, root: Mapping, change: Change, made: list[TextEdit]) -> None:
    text = spliced(source.text, made)
    assert text == apply(source, [change])
    new = SourceText(source.file, text)
    new_root = hand.readable(new)
    assert new_root is not None
    assert plain(new_root) == expected(plain(root), change)
    assert_in_order(made)
    kept = [
        text
        for offset, text in hand.comments(source.text, root)
        if not goes_with(source, root, change, offset)
    ]
    assert is_within(kept, [text for _, text in hand.comments(text, new_root)])
    assert_least(source, root, change, made)


def expected(values: dict[str, Any], change: Change) -> dict[str, Any]:
    values = copy.deepcopy(values)
    *above, last = change.path
    holder = hand.at(values, tuple(above))
    if isinstance(change, SetField):
        holder[last] = change.value
    elif isinstance(change, Append):
        holder.setdefault(last, []).append(change.item) if isinstance(holder, dict) else holder[last].append(
            change.item
        )
    else:
        del holder[last]
        if isinstance(last, int) and not holder:
            outer = hand.at(values, tuple(above[:-1]))
            if isinstance(outer, dict):
                del outer[above[-1]]
    return values


def goes_with(source: SourceText, root: Mapping, change: Change, offset: int) -> bool:
    """Whether a comment is the removed thing's own: on its lines, from the first to the last."""
    path = change.path
    above = node_at(root, path[:-1])
    if isinstance(change, Remove) and isinstance(above, Sequence) and above.flow and len(above.items) == 1:
        path = path[:-1]
    node = node_at(root, path)
    if (
        node is None
        or isinstance(change, Append)
        or (isinstance(node, Scalar) and isinstance(change, SetField))
    ):
        return False
    page = Page(source.text)
    holder = node_at(root, path[:-1])
    begin = node.start
    if isinstance(holder, Mapping):
        begin = next(key.start for key, value in holder.items if value is node)
    elif isinstance(holder, Sequence) and not holder.flow:
        begin = Draft(source.text, root).dash(holder, int(path[-1]))
    start = page.line_start(begin)
    return start <= offset <= page.line_end(page.content_end(node))


def assert_in_order(made: list[TextEdit]) -> None:
    for first, second in pairwise(made):
        assert first.end < second.start
    assert all(edit.end > edit.start or edit.text for edit in made)


def is_within(some: Iterable[str], all_of_them: Iterable[str]) -> bool:
    rest = iter(all_of_them)
    return all(item in rest for item in some)


def assert_least(source: SourceText, root: Mapping, change: Change, made: list[TextEdit]) -> None:
    node = node_at(root, change.path)
    gone = [source.text[edit.start : edit.end] for edit in made]
    if isinstance(change, Append) or node is None:
        assert all(re.sub(r"\s", "", text) in ("", "[]", "~", "null", "+") for text in gone), gone
    elif isinstance(change, Remove):
        assert all(edit.text in ("", "{}", "[]", " {}", " []") for edit in made), made
    elif isinstance(node, Scalar) and isinstance(change.value, str):
        page = Page(source.text)
        end = page.next_line(max(node.end, page.content_end(node)))
        assert all(node.start <= edit.start and edit.end <= end for edit in made)
        assert all(edit.start < node.end or edit.start == edit.end for edit in made)


def assert_may_be_refused(source: SourceText, refused: EditRefused) -> None:
    """Only keys with a question mark, and comments inside what is replaced by something of another kind."""
    assert str(refused).startswith("claims/by-hand.yaml:")
    assert refused.sentence.endswith("by hand.")
    if refused.reason is Reason.EXPLICIT_KEY:
        assert re.search(r"^ *(- +)*\?", source.text, re.MULTILINE)
    else:
        assert refused.reason is Reason.COMMENT
        assert "#" in source.text


@settings(EXAMPLES, max_examples=120)
@given(st.data())
def test_changes_one_after_the_other_are_each_made(data: st.DataObject) -> None:
    source, root, change = data.draw(changed_records())
    made: list[Change] = []
    values = plain(root)
    for _ in range(4):
        try:
            apply(source, [*made, change])
        except EditRefused as refused:
            assert_may_be_refused(source, refused)
            break
        made.append(change)
        values = expected(values, change)
        change = data.draw(hand.changes(values))
    text = spliced(source.text, edits(source, made))
    new_root = hand.readable(SourceText(source.file, text))
    assert new_root is not None
    assert plain(new_root) == values
    assert_in_order(edits(source, made))


@settings(EXAMPLES, max_examples=150)
@given(hand.documents(), st.data())
def test_what_is_so_already_is_not_written(source: SourceText, data: st.DataObject) -> None:
    root = hand.readable(source)
    assume(root is not None)
    assert root is not None
    values = plain(root)
    assume(values)
    path = data.draw(st.sampled_from(hand.paths(values)))
    assert edits(source, [SetField(path, hand.at(values, path))]) == []


@given(st.text("abc\n", max_size=30), st.data())
def test_replacements_upon_replacements_come_out_as_replacements_in_the_first_text(
    text: str, data: st.DataObject
) -> None:
    pieces, now = Pieces(text), text
    for _ in range(data.draw(st.integers(0, 4))):
        cuts = sorted(data.draw(st.sets(st.integers(0, len(now)), max_size=6)))
        spots = list(zip(cuts[::2], cuts[1::2], strict=False))
        made = [TextEdit(start, end, data.draw(st.text("xyz", max_size=3))) for start, end in spots]
        now = spliced(now, made)
        pieces.splice(made)
        assert pieces.text() == now
    assert spliced(text, pieces.edits()) == now
    assert_in_order(pieces.edits())


def test_replacements_that_overlap_are_an_error() -> None:
    with pytest.raises(ValueError, match="overlap"):
        Pieces("abc").splice([TextEdit(0, 2, "x"), TextEdit(1, 3, "y")])


def test_blanks_behind_an_item_are_not_taken_into_a_long_text_put_in_its_place() -> None:
    long = " ".join(["Xiaomi"] * 20)
    source = SourceText("claims/by-hand.yaml", "sources:\n  - article: 'WANT' \t\n  - article: want\n")

    text = apply(source, [SetField(("sources", 0), long)])

    root = hand.readable(SourceText(source.file, text))
    assert root is not None
    assert plain(root) == {"sources": [long, {"article": "want"}]}
    assert text.endswith("\n  - article: want\n")
