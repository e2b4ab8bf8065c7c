"""An id is a file name on every machine, and never a way out of the book."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from claimbook.book.ids import LONGEST, folded, problem_with, slug, unused

safe_ids = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,6}", fullmatch=True)


@pytest.mark.parametrize("identifier", ["apple-car-2024", "2021-03-26-want-xiaomi", "a", "com10", "x" * 64])
def test_safe_ids_have_no_problem(identifier: str) -> None:
    assert problem_with(identifier) is None


@pytest.mark.parametrize(
    ("identifier", "told"),
    [
        ("", "This id is empty"),
        ("Apple", "rename it to `apple`"),
        ("apple car", "rename it to `apple-car`"),
        ("apple--car", "rename it to `apple-car`"),
        ("-apple", "rename it to `apple`"),
        ("apple-", "rename it to `apple`"),
        ("apple\n", "rename it to `apple`"),
        ("apple.car", "rename it to `apple-car`"),
        ("één", "rename it to `een`"),
        ("../../etc/passwd", "rename it to `etc-passwd`"),
        ("a/b", "rename it to `a-b`"),
        ("a\\b", "rename it to `a-b`"),
        ("c:", "rename it to `c`"),
        (".hidden", "rename it to `hidden`"),
        ("a\x1b[2J", "`a<U+001B>[2J`"),
        ("汽车", "rename it to `untitled`"),
        ("٣", "may have only a-z, 0-9"),  # a digit, and none of 0-9
        ("ſ", "rename it to `s`"),
        ("con", "device on Windows"),
        ("NUL", "device on Windows"),
        ("com1", "device on Windows"),
        ("lpt9", "device on Windows"),
        ("x" * 65, "has 65 characters"),
    ],
)
def test_unsafe_ids_are_told_what_to_do(identifier: str, told: str) -> None:
    problem = problem_with(identifier)
    assert problem is not None
    assert told in problem
    assert problem.isprintable()


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("Apple puts a car into production in 2024.", "apple-puts-a-car-into-production-in-2024"),
        ("Xiaomi’s auto’s: ‘eigen merk’", "xiaomis-autos-eigen-merk"),
        ("Dan ben je één van de grootste", "dan-ben-je-een-van-de-grootste"),
        ("Škoda & Citroën, 1,5 miljoen", "skoda-citroen-1-5-miljoen"),
        ("Straße Łódź Ærø İstanbul", "strasse-lodz-aero-istanbul"),
        ("小米 SU7 汽车", "su7"),
        ("汽车", "untitled"),
        ("", "untitled"),
        ("…!?", "untitled"),
        ("CON", "con-1"),
        ("../../etc/passwd", "etc-passwd"),
        ("a" * 100, "a" * 64),
        ("a" * 60 + " bcd", "a" * 60 + "-bcd"),
        ("a" * 60 + " bcde", "a" * 60),
    ],
)
def test_a_title_becomes_an_id(text: str, identifier: str) -> None:
    assert slug(text) == identifier


@given(st.text(st.characters(codec=None)))
def test_any_text_becomes_a_safe_id(text: str) -> None:
    assert problem_with(slug(text)) is None


@given(safe_ids)
def test_a_safe_id_stays_itself(identifier: str) -> None:
    assume(problem_with(identifier) is None)
    assert slug(identifier) == identifier


def test_ids_that_are_taken_get_a_number() -> None:
    assert unused("apple", []) == "apple"
    assert unused("apple", ["apple"]) == "apple-2"
    assert unused("apple", ["Apple", "apple-2", "APPLE-3"]) == "apple-4"


def test_a_long_id_makes_room_for_its_number() -> None:
    taken = "x" * 62 + "-y"
    assert unused(taken, [taken]) == "x" * 62 + "-2"


@given(safe_ids, st.integers(0, 12))
def test_an_unused_id_is_safe_and_not_taken(identifier: str, number: int) -> None:
    assume(problem_with(identifier) is None)
    taken: list[str] = []
    for _ in range(number):
        taken.append(unused(identifier, taken))
    assert len({folded(other) for other in taken}) == number
    assert all(problem_with(other) is None for other in taken)
    assert all(len(other) <= LONGEST for other in taken)
