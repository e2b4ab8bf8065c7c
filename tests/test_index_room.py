"""Places: numbers in the order of paths, with room between them for what comes later."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimbook.index.room import NoRoomError, Room

names = st.text("ab0/", min_size=1, max_size=6)


@given(batches=st.lists(st.sets(names, min_size=1, max_size=5), max_size=12))
def test_places_are_in_the_order_of_the_paths(batches: list[set[str]]) -> None:
    places: dict[str, int] = {}
    for batch in batches:
        new = sorted(batch - places.keys())
        try:
            room = Room(places, new)
        except NoRoomError:  # files that came between files that came between files: then it is made anew
            new, places = sorted({*new, *places}), {}
            room = Room(places, new)
        places |= {name: room.place(name) for name in new}

        assert sorted(places, key=lambda name: places[name]) == sorted(places)
        assert len(set(places.values())) == len(places)


@given(few=st.lists(names, max_size=4, unique=True))
def test_there_is_always_room_three_files_deep(few: list[str]) -> None:
    places: dict[str, int] = {}
    for name in few:
        places[name] = Room(places, [name]).place(name)

    assert sorted(places, key=lambda name: places[name]) == sorted(places)


@pytest.mark.parametrize("turn", [1, -1])
def test_files_that_are_named_one_after_another_find_room_for_long(turn: int) -> None:
    places: dict[str, int] = {}
    others = [f"claims/2026/{month}/{number:02}.yaml" for month in ("10", "12") for number in range(50_000)]
    room = Room(places, others)
    places = {name: room.place(name) for name in others}
    last = (places["claims/2026/10/49999.yaml"], places["claims/2026/12/00.yaml"])
    beside = {"claims/2026/10/49999.yaml": last[0], "claims/2026/12/00.yaml": last[1]}

    for number in range(1_000)[::turn]:
        name = f"claims/2026/11/{number:04}.yaml"
        beside[name] = Room(beside, [name]).place(name)

    assert sorted(beside, key=lambda name: beside[name]) == sorted(beside)


def test_where_there_is_no_room_it_is_said() -> None:
    with pytest.raises(NoRoomError):
        Room({"a": 1, "c": 2}, ["b"])
