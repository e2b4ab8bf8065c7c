"""What the desk is told of a filter's claims, while another program works on the index."""

from itertools import count
from pathlib import Path

import pytest

from agreeing import record
from claimbook.app.keeper import Keeper
from claimbook.index.index import Index
from claimbook.index.question import EVERYTHING
from claimbook.review.filters import parse

A_MINUTE = 60.0


@pytest.mark.parametrize("way", ["select", "glance"])
@pytest.mark.parametrize("moment", range(10))
def test_what_is_called_all_is_all_whatever_becomes_searchable_meanwhile(
    tmp_path: Path, moment: int, way: str
) -> None:
    (tmp_path / "claims").mkdir()
    for number in range(20):
        (tmp_path / "claims" / f"claim-{number}.yaml").write_bytes(record(number))
    keeper = Keeper(tmp_path)
    view, _ = keeper.look()
    other = Index(tmp_path)
    statements = count()
    asked = view.searched if way == "select" else view.index
    asked._database.set_trace_callback(lambda _: next(statements) == moment and other.take_in())

    wanted = parse("car")
    if way == "select":
        found, is_all = view.select(wanted, EVERYTHING, 100)
    else:
        found, is_all = view.glance(wanted, EVERYTHING, 100, A_MINUTE)

    everything = other.listings(other.places(wanted, view.seen_from.today, broken=True))
    assert len(everything) > 1
    assert not is_all or [row.file for row in found] == [one.file for one in everything]
    other.close()
