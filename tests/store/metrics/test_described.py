"""What charts were told is kept: the same answer without reading, never an old one, bounded in bytes."""

from __future__ import annotations

from typing import Any

import numpy as np

from runyard.store.metrics.cache import SeriesCache
from runyard.store.metrics.charts import Axis, Chart, chart_series
from runyard.store.metrics.described import ENTRY_BYTES, Described
from runyard.store.metrics.smoothing import Smoothing
from tests.store.metrics.samples import Workspace, walk

ROOM = 10_000_000


def columns(chart: Chart) -> list[dict[str, list[float]]]:
    return [{name: column.tolist() for name, column in one.columns().items()} for one in chart.series]


def test_a_chart_that_was_told_before_reads_nothing(space: Workspace) -> None:
    space.append_points("loss", walk(5000))
    space.append_points("few", walk(50))
    wanted = [(space.run(), "loss"), (space.run(), "few"), (space.run(), "none")]
    cache = SeriesCache(ROOM)
    questions: list[dict[str, Any]] = [
        {},
        {"start": 100, "end": 3000},
        {"axis": "relative"},
        {"smoothing": Smoothing("ema", 0.9)},
    ]
    for options in questions:
        first = chart_series(space.session, cache, wanted, **options)
        reads = (cache.hits, cache.misses)
        again = chart_series(space.session, cache, wanted, **options)
        assert (cache.hits, cache.misses) == reads
        fresh = chart_series(space.session, SeriesCache(0), wanted, **options)
        assert columns(first) == columns(again) == columns(fresh)
        assert [one.total for one in again.series] == [5000, 50, 0]


def test_a_series_that_grew_is_told_anew(space: Workspace) -> None:
    points = walk(4000)
    cache = SeriesCache(ROOM)
    wanted = [(space.run(), "loss")]
    for begin, end in ((0, 3000), (3000, 3001), (3001, 4000)):
        space.append_points("loss", points[begin:end])
        for _ in range(2):
            (found,) = chart_series(space.session, cache, wanted, max_points=100).series
            assert (found.total, found.latest_value) == (end, points.values[end - 1])
            assert found.columns()["count"].sum() == end


def test_one_clock_does_not_answer_for_another(space: Workspace) -> None:
    space.append_points("loss", walk(3000))
    cache = SeriesCache(ROOM)
    wanted = [(space.run(), "loss")]
    axes: tuple[Axis, ...] = ("step", "time", "relative")
    step, time, relative = (chart_series(space.session, cache, wanted, axis, max_points=100) for axis in axes)
    assert len({one.series[0].latest_x for one in (step, time, relative)}) == 3
    space.store.write(
        lambda transaction: transaction.session.run("UPDATE run SET start_time = start_time - 5000")
    )
    moved = chart_series(space.session, cache, wanted, "relative", max_points=100)
    assert moved.series[0].latest_x == (relative.series[0].latest_x or 0) + 5000


class Answer:
    def __init__(self, size: int) -> None:
        self.column = np.zeros(size // 8)

    @property
    def nbytes(self) -> int:
        return self.column.nbytes


def test_it_never_holds_more_bytes_than_it_may() -> None:
    size = 8000 + ENTRY_BYTES
    described = Described(2 * size)
    a, b, c = Answer(8000), Answer(8000), Answer(8000)
    described.keep("a", 1, a)
    described.keep("b", 1, b)
    assert described.find("a", 1, Answer) is a
    # b was asked for longest ago; what is larger than everything is not kept and drives nothing out.
    described.keep("c", 1, c)
    described.keep("large", 1, Answer(100_000))
    assert described.size == 2 * size
    assert [described.find(key, 1, Answer) for key in ("a", "b", "c", "large")] == [a, None, c, None]
    described.keep("a", 2, Answer(80))
    assert described.find("a", 1, Answer) is None
    assert described.size == size + 80 + ENTRY_BYTES
    described.clear()
    assert (described.size, described.find("c", 1, Answer)) == (0, None)
