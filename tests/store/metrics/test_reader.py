"""Reading series: one snapshot, several series at once, parts only."""

from __future__ import annotations

import pytest

from runyard.errors import CorruptData
from runyard.store.metrics.points import concatenate
from runyard.store.metrics.reader import read_many, read_series
from tests.store.metrics.samples import Workspace, walk


def test_chunks_come_before_the_tail(space: Workspace) -> None:
    points = walk(10_000)
    space.append_points("loss", points[:9000])
    space.store.compactor.compact_now()
    space.append_points("loss", points[9000:], at_once=100)
    assert space.read("loss").same(points)


@pytest.mark.parametrize("skip", [0, 1, 4095, 4096, 4097, 8192, 8999, 9000, 9001, 9999, 10_000, 10_001])
def test_points_at_the_start_are_left_out(space: Workspace, skip: int) -> None:
    points = walk(10_000)
    space.append_points("loss", points[:9000])
    space.store.compactor.compact_now()
    space.append_points("loss", points[9000:])
    assert space.read("loss", skip=skip).same(points[skip:])


def test_several_series_are_read_with_one_pass_over_the_tail(space: Workspace) -> None:
    for part in range(3):
        space.append({name: walk(10, part).rows() for name in ("a", "b", "c")})
        space.append({"b": [(1, 2, float(part))]})
    a, b = space.series("a").id, space.series("b").id
    read = read_many(space.session, space.run(), {a: 0, b: 32, 999: 0})
    assert read[a].same(concatenate([walk(10, part) for part in range(3)]))
    assert read[b].rows() == [(1, 2, 2.0)]
    assert len(read[999]) == 0


def test_a_snapshot_does_not_see_what_comes_later(space: Workspace) -> None:
    space.append_points("loss", walk(100))
    identity = space.series("loss").id
    with space.session.snapshot():
        assert len(read_series(space.session, space.run(), identity)) == 100
        space.append_points("loss", walk(100))
        assert len(read_series(space.session, space.run(), identity)) == 100
    assert len(read_series(space.session, space.run(), identity)) == 200


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE metric_chunk SET payload = x'0011'",
        "UPDATE metric_chunk SET count = 99",
        "UPDATE metric_chunk SET count = 0",
        "UPDATE metric_chunk SET count = 1000000000",
        "UPDATE metric_tail SET payload = x'0011'",
    ],
)
def test_damage_is_an_error_and_never_wrong_points(space: Workspace, damage: str) -> None:
    space.append_points("loss", walk(100))
    space.store.compactor.compact_now()
    space.append_points("loss", walk(10))
    space.store.write(lambda tx: tx.session.run(damage))
    with pytest.raises(CorruptData):
        space.read("loss")
