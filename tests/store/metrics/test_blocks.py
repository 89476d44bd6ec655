"""Long series in blocks: the same answers as of the whole, with less in memory."""

from __future__ import annotations

import random
import tempfile
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runyard.errors import CorruptData
from runyard.store.metrics import blocks, chunk, compact, history, interval
from runyard.store.metrics.blocks import Order, ordered_blocks, sort
from runyard.store.metrics.cache import SeriesCache
from runyard.store.metrics.charts import AXES, chart_series
from runyard.store.metrics.history import history_page
from runyard.store.metrics.interval import history_interval
from runyard.store.metrics.points import Points, concatenate
from runyard.store.metrics.smoothing import Smoothing, smooth, smooth_blocks
from tests.store.metrics.samples import Row, Workspace, points_of, walk, workspace


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Series count as long from 100 points on."""
    with monkeypatch.context() as patch:
        shrink(patch)
        yield patch


def shrink(patch: pytest.MonkeyPatch) -> None:
    for module in (blocks, interval):
        patch.setattr(module, "WHOLE_POINTS", 100)
    patch.setattr(blocks, "BLOCK_POINTS", 300)


def take(
    space: Workspace, order: Order, count: int | None = None, skip: int = 0, end: int | None = None
) -> list[tuple[int, Points]]:
    row = space.series("loss")
    with space.session.snapshot():
        return list(
            ordered_blocks(space.session, SeriesCache(0), row, order, count=count, skip=skip, end=end)
        )


near = st.tuples(st.integers(-3, 3), st.integers(0, 3), st.floats(0, 1))


@given(st.lists(st.lists(near, min_size=1, max_size=30), min_size=1, max_size=12), st.data())
@settings(deadline=None, max_examples=60)
def test_blocks_join_to_the_sorted_series(batches: list[list[Row]], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "WHOLE_POINTS", 0)
        patch.setattr(blocks, "BLOCK_POINTS", 40)
        for module in (chunk, compact):
            patch.setattr(module, "CHUNK_POINTS", 8)
        with workspace(Path(folder)) as space:
            split = data.draw(st.integers(0, len(batches)))
            for index, batch in enumerate(batches):
                if index == split:
                    space.store.compactor.compact_now()
                space.append({"loss": batch})
            arrived = points_of([row for batch in batches for row in batch])
            order: Order = data.draw(st.sampled_from(["history", "step"]))
            count = data.draw(st.integers(0, len(arrived) + 2))
            skip = data.draw(st.integers(0, len(arrived)))
            expected = sort(arrived[:count], order)
            found = take(space, order, count)
            assert concatenate([points for _, points in found]).same(expected)
            assert all(len(points) for _, points in found)
            end = data.draw(st.integers(skip, len(arrived) + 2))
            part = take(space, order, count, skip, end)
            for place, points in part:
                assert points.same(expected[place : place + len(points)])
                assert place + len(points) > skip and place < max(end, 1)
            wanted = range(skip, min(end, len(expected)))
            places = {place + index for place, points in part for index in range(len(points))}
            assert places.issuperset(wanted)


def fill(space: Workspace) -> None:
    """Chunks and a tail; ties, disorder between neighbours, holes, and steps that stand still."""
    shuffled = random.Random(1)
    rows = walk(9000).rows()
    for index in range(0, 9000, 60):
        part = rows[index : index + 60]
        shuffled.shuffle(part)
        rows[index : index + 60] = part
    rows = [
        (step // 2, time, float("nan") if step % 50 == 3 else value) for step, time, value in rows[:8000]
    ] + [(4001, time, value) for step, time, value in rows[8000:]]
    for start in range(0, 7000, 500):
        space.append({"loss": rows[start : start + 500]})
        space.store.write(lambda tx: compact.apply(tx, compact.plan(space.session, space.run())))
    space.append({"loss": rows[7000:]})


def test_answers_are_those_of_the_whole(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(space)
    run, session, cache = space.run(), space.session, SeriesCache(0)

    def answers() -> list[object]:
        found: list[object] = []
        for offset, limit in ((0, None), (0, 100), (4090, 500), (8990, 100), (9000, 1)):
            page = history_page(session, cache, run, "loss", offset=offset, limit=limit)
            found.append((bits(page.points), page.total, page.next_offset))
        page = history_page(session, cache, run, "loss", offset=100, limit=5000, total=6200)
        found.append((bits(page.points), page.total, page.next_offset))
        for most, span in ((1, ()), (320, ()), (2500, ()), (320, (1000, 1900)), (50, (9999, 99999))):
            found += [bits(one) for one in history_interval(session, cache, [run], "loss", most, *span)]
        for axis in AXES:
            for start, end in ((None, None), (3990, 4010), (50_000, 120_000)):
                chart = chart_series(session, cache, [(run, "loss")], axis, start, end, 100)
                (one,) = chart.series
                found.append((one.total, one.in_range, one.raw, one.latest_x, one.latest_value))
                columns = one.columns()
                # The mean of a bucket that lies in two blocks is rounded once more.
                means = columns.pop("mean", np.empty(0))
                found.append({name: column.tobytes() for name, column in columns.items()})
                found.append(np.round(means, 9).tolist())
        return found

    whole = answers()
    shrink(monkeypatch)
    assert len(take(space, "step")) > 3
    assert len(take(space, "history")) > 3
    assert answers() == whole


def bits(points: Points) -> bytes:
    return points.steps.tobytes() + points.times.tobytes() + points.values.tobytes()


@pytest.mark.parametrize(
    "smoothing", [Smoothing("ema", 0.95), Smoothing("mean", 301), Smoothing("gaussian", 40)]
)
@pytest.mark.parametrize(("count", "size"), [(400, 1), (3000, 50), (3000, 1000), (3000, 5000)])
def test_smoothing_in_blocks_is_that_of_the_whole(smoothing: Smoothing, count: int, size: int) -> None:
    values = walk(count).values.copy()
    values[::13] = np.nan
    values[150:300] = np.inf
    parts = [values[start : start + size] for start in range(0, len(values), size)]
    found = list(smooth_blocks(iter(parts), smoothing))
    assert [len(part) for part in found] == [len(part) for part in parts]
    assert np.allclose(np.concatenate(found), smooth(values, smoothing), rtol=1e-9, equal_nan=True)


def test_smoothed_charts_of_long_series_are_those_of_the_whole(
    space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(space)
    wanted, smoothing = [(space.run(), "loss")], Smoothing("mean", 151)
    whole = chart_series(space.session, SeriesCache(0), wanted, smoothing=smoothing, max_points=200).series[0]
    shrink(monkeypatch)
    found = chart_series(space.session, SeriesCache(0), wanted, smoothing=smoothing, max_points=200).series[0]
    assert np.allclose(found.columns()["smoothed"], whole.columns()["smoothed"], rtol=1e-9, equal_nan=True)


def test_a_long_history_comes_in_pages_even_if_none_are_asked_for(
    space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "MOST_POINTS", 1000)
    space.append_points("loss", walk(2500))
    page = history_page(space.session, SeriesCache(0), space.run(), "loss")
    assert (len(page.points), page.next_offset) == (1000, 1000)


def test_a_long_series_is_never_held_whole(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    space.append_points("loss", walk(400_000))
    space.store.compactor.compact_now()
    run = space.run()

    def peak() -> int:
        tracemalloc.start()
        chart_series(space.session, SeriesCache(0), [(run, "loss")], start=10, end=20)
        history_interval(space.session, SeriesCache(0), [run], "loss", 320)
        history_page(space.session, SeriesCache(0), run, "loss", offset=200_000, limit=1000)
        result = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return result

    assert peak() > 24 * 400_000
    for module in (blocks, interval):
        monkeypatch.setattr(module, "WHOLE_POINTS", 10_000)
    monkeypatch.setattr(blocks, "BLOCK_POINTS", 10_000)
    assert peak() < 24 * 100_000


def test_a_long_series_that_lacks_a_chunk_is_an_error(space: Workspace, small: pytest.MonkeyPatch) -> None:
    space.append_points("loss", walk(9000))
    space.store.compactor.compact_now()
    space.store.write(lambda tx: tx.session.run("DELETE FROM metric_chunk WHERE seq = 1"))
    with pytest.raises(CorruptData, match="fewer stored points"):
        take(space, "step")
