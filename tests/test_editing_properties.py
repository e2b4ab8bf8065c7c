"""Records in anybody's hand, changed in every way: all that is not the change stays, character for character."""

import copy
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, event, given, seed, settings
from hypothesis import strategies as st

import handstyled as hand
from claimbook.record.changes import Append, Change, Remove, SetField
from claimbook.record.diagnostics import TextEdit
from claimbook.record.draft import Draft
from claimbook.record.editing import apply, edits
from claimbook.record.geometry import Page
from claimbook.record.nodes import Mapping, Node, Scalar, Sequence, node_at, plain
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


@settings(EXAMPLES, max_examples=600)
@given(changed_records())
def test_a_change_changes_what_it_is_about_and_nothing_else(case: tuple[SourceText, Mapping, Change]) -> None:
    source, root, change = case
    try:
        made = edits(source, [change])
    except EditRefused as refused:
        event(f"refused: {refused.reason}")
        assert_may_be_refused(source, root, change, refused)
        return
    check(source, root, change, made)


def check(source: SourceText, root: Mapping, change: Change, made: list[TextEdit]) -> None:
    text = spliced(source.text, made)
    assert text == apply(source, [change])
    new = SourceText(source.file, text)
    new_root = hand.readable(new)
    assert new_root is not None
    assert plain(new_root) == expected(plain(root), change)
    assert_in_order(made)
    kept = [text for offset, text in hand.comments(source.text, root) if not goes_with(source, root, change, offset)]
    assert is_within(kept, [text for _, text in hand.comments(text, new_root)])
    assert_least(source, root, change, made)


def expected(values: dict[str, Any], change: Change) -> dict[str, Any]:
    values = copy.deepcopy(values)
    *above, last = change.path
    holder = hand.at(values, tuple(above))
    if isinstance(change, SetField):
        holder[last] = change.value
    elif isinstance(change, Append):
        holder.setdefault(last, []).append(change.item) if isinstance(holder, dict) else holder[last].append(change.item)
    else:
        del holder[last]
        if isinstance(last, int) and not holder:
            outer = hand.at(values, tuple(above[:-1]))
            if isinstance(outer, dict):
                del outer[above[-1]]
    return values


def goes_with(source: SourceText, root: Mapping, change: Change, offset: int) -> bool:
    """Whether a comment is the removed thing's own: on its lines, from its first character to its last line's end."""
    path = change.path
    above = node_at(root, path[:-1])
    if isinstance(change, Remove) and isinstance(above, Sequence) and above.flow and len(above.items) == 1:
        path = path[:-1]
    node = node_at(root, path)
    if node is None or isinstance(change, Append) or isinstance(node, Scalar) and isinstance(change, SetField):
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
    for first, second in zip(made, made[1:], strict=False):
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


def assert_may_be_refused(source: SourceText, root: Mapping, change: Change, refused: EditRefused) -> None:
    assert str(refused).startswith("claims/by-hand.yaml:")
    assert refused.reason is not Reason.UNVERIFIED, refused
    if refused.reason is Reason.EXPLICIT_KEY:
        assert "?" in source.text
    elif refused.reason is Reason.COMMENT:
        assert "#" in source.text
    else:
        assert refused.reason is Reason.NO_PLACE
