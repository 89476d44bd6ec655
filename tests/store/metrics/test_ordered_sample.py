"""Samples taken chunk by chunk: the same as of the whole series, or none where the order does not allow it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runyard.errors import CorruptData
from runyard.store.metrics import chunk, compact, interval
from runyard.store.metrics.cache import SeriesCache
from runyard.store.metrics.interval import history_interval, sample_interval
from runyard.store.metrics.ordered_sample import Span, sample_in_order
from runyard.store.metrics.points import Points, is_ordered
from tests.store.metrics.samples import Row, Workspace, points_of, walk, workspace

rows = st.lists(st.tuples(st.integers(-3, 30), st.integers(0, 3), st.floats(0, 1)), min_size=1, max_size=60)
spans = st.none() | st.builds(Span, st.integers(-6, 31), st.integers(-6, 31))


def sample(space: Workspace, most: int, span: Span | None) -> Points | None:
    with space.session.snapshot():
        return sample_in_order(space.session, space.series("loss"), most, span)


@given(rows, st.booleans(), st.integers(0, 60), st.integers(1, 70), spans)
@settings(deadline=None, max_examples=80)
def test_a_sample_is_that_of_the_whole_series(
    logged: list[Row], in_order: bool, compacted: int, most: int, span: Span | None
) -> None:
    if in_order:
        logged = sorted(logged, key=lambda row: row[:2])
    arrived = points_of(logged)
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        for module in (chunk, compact):
            patch.setattr(module, "CHUNK_POINTS", 8)
        with workspace(Path(folder)) as space:
            for part in (logged[:compacted], logged[compacted:]):
                if part:
                    space.store.compactor.compact_now()
                    space.append({"loss": part})
            found = sample(space, most, span)
            assert found is None or found.same(sample_interval(arrived, most, *(span or ())))
            if is_ordered(arrived.steps, arrived.times):
                assert found is not None


def test_a_long_series_is_taken_into_memory_only_when_it_is_asked_for_again(
    space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(interval, "PASSING_POINTS", 5000)
    points = walk(9000)
    space.append_points("loss", points[:8000])
    space.store.compactor.compact_now()
    space.append_points("loss", points[8000:])
    cache = SeriesCache(10_000_000)
    for held in (0, 9000, 9000):
        (found,) = history_interval(space.session, cache, [space.run()], "loss", 320)
        assert found.same(sample_interval(points, 320))
        assert cache.size // 24 // 9000 == held // 9000


def test_a_series_out_of_order_is_sorted_as_a_whole(
    space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(interval, "PASSING_POINTS", 5000)
    points = walk(9000)[np.random.default_rng(1).permutation(9000)]
    space.append_points("loss", points)
    space.store.compactor.compact_now()
    (found,) = history_interval(space.session, SeriesCache(0), [space.run()], "loss", 320)
    assert found.same(sample_interval(points, 320))


def test_a_missing_or_damaged_chunk_is_told(space: Workspace) -> None:
    space.append_points("loss", walk(9000))
    space.store.compactor.compact_now()
    space.store.write(lambda tx: tx.session.run("UPDATE metric_chunk SET payload = 'x' WHERE seq = 1"))
    with pytest.raises(CorruptData, match="shorter than its header"):
        sample(space, 320, None)
    # What a sample does not touch is not read.
    assert sample(space, 320, Span(0, 100)) is not None
    space.store.write(lambda tx: tx.session.run("DELETE FROM metric_chunk WHERE seq = 1"))
    with pytest.raises(CorruptData, match="fewer stored points"):
        sample(space, 320, None)
