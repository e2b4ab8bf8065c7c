"""What the desk is told of a filter's claims, while another program works on the index."""

from itertools import count
from pathlib import Path

import pytest

from agreeing import record
from claimbook.app.keeper import Judgement, Keeper
from claimbook.index.index import Index
from claimbook.index.question import EVERYTHING
from claimbook.record.ratings import Rating, Status
from claimbook.review.filters import parse

A_MINUTE = 60.0
CLAIM = b"""\
claim: A car comes in 2024
kind: fact
status: open
sources:
- url: https://a.example/1
  publisher: A
  date: 2023-01-01
"""


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


def test_a_change_of_a_large_book_shows_at_once_and_is_counted_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claimbook.app.keeper._LARGE", 1)
    (tmp_path / "claims").mkdir()
    for number in range(3):
        (tmp_path / "claims" / f"claim-{number}.yaml").write_bytes(CLAIM)
    keeper = Keeper(tmp_path)
    before, _ = keeper.look()

    judged = keeper.judge(["claims/claim-1.yaml"], Judgement(Rating.TRUE, "It came true.", "me"))

    assert judged.hasty
    assert judged.number > before.number
    assert [row.listing.rating for row in judged.rows] == [None, "true", None]
    assert judged.tallies == before.tallies
    counted = keeper.catch_up()
    assert not counted.hasty
    assert counted.tallies.statuses[Status.SETTLED] == 1


@pytest.mark.parametrize("name", ["claims/claim-3.yaml", "claimbook.yaml"])
def test_what_came_or_is_no_claim_is_counted_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr("claimbook.app.keeper._LARGE", 1)
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims/claim-1.yaml").write_bytes(CLAIM)
    keeper = Keeper(tmp_path)
    keeper.look()

    (tmp_path / name).write_bytes(CLAIM if name.startswith("claims/") else b"labels: {true: yes indeed}\n")
    view, _ = keeper.look_at([name])

    assert not view.hasty
    assert view.labels == ({} if name.startswith("claims/") else {"true": "yes indeed"})
