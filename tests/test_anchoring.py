"""Quotes made of a stretch of an article: they mean that place and no other."""

from hypothesis import given
from hypothesis import strategies as st

from claimbook.book.article import Article, ArticleHead
from claimbook.book.quotes import WHOLE, find
from claimbook.record.dates import PartialDate
from claimbook.review.anchoring import Anchored, anchor, trimmed

REPEATING = st.lists(st.sampled_from(["Apple", "says", "so.", "“Yes”", "e\u0301", "\n", "\n\n", "x"])).map(
    " ".join
)


def article(text: str) -> Article:
    head = ArticleHead(publisher="Example", date=PartialDate(2021))
    return Article("talk", "seeds/talk.md", head, text, 5, "")


def test_words_that_stand_once_are_quoted_as_they_stand_without_white_space_around_them() -> None:
    assert anchor(article("He said  “no”, twice.\n"), 3, 15) == Anchored("said  “no”,")


def test_the_fewest_words_that_tell_the_place_are_added_before_or_after() -> None:
    text = "It is so. Today it is so. Now it is so!"
    assert anchor(article(text), 16, 24) == Anchored("it is so", before="Today")
    assert anchor(article("so it is, so it goes"), 0, 2) == Anchored("so", after="it is,")


def test_words_on_both_sides_are_added_where_one_side_does_not_tell() -> None:
    lead = " ".join(f"w{n}" for n in range(9))
    tail = " ".join(f"v{n}" for n in range(9))
    text = f"{lead} so {tail}. {lead} so other. another so {tail}."
    start = text.index(" so ") + 1
    found = anchor(article(text), start, start + 2)
    assert found is not None
    assert found.before
    assert found.after


def test_nothing_is_made_of_white_space_or_of_words_without_a_place_of_their_own() -> None:
    assert anchor(article("one  two"), 3, 5) is None
    assert anchor(article("so " * 200), 300, 302) is None


def test_line_ends_that_a_record_cannot_hold_become_spaces() -> None:
    assert anchor(article("one\r\ntwo\tthree"), 0, 14) == Anchored("one two three")


@given(REPEATING, st.integers(0, 60), st.integers(0, 60))
def test_what_is_made_of_any_stretch_is_found_there_and_nowhere_else(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    made = anchor(article(text), start, end)
    if made is None:
        return
    found = find(text, made.quote, made.before, made.after)
    assert found.state in WHOLE
    assert (found.start, found.end) == trimmed(text, start, end)
