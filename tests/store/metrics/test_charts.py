"""Charts: shared edges, exact ranges, raw points where there are few, smoothing that no zoom changes."""

from __future__ import annotations

import numpy as np
import pytest

from runyard.errors import InvalidParameter
from runyard.store.metrics.buckets import Buckets
from runyard.store.metrics.cache import SeriesCache
from runyard.store.metrics.charts import MOST_ANSWERED, Axis, Chart, RawPoints, chart_series
from runyard.store.metrics.smoothing import Smoothing, smooth
from tests.store.metrics.samples import LEAST, MOST, Workspace, walk


def chart(space: Workspace, *wanted: tuple[int, str], **options: object) -> Chart:
    given = [(space.run(number), name) for number, name in wanted]
    return chart_series(space.session, SeriesCache(1_000_000), given, **options)  # type: ignore[arg-type]  # passed on


def test_many_points_come_as_buckets_with_shared_edges(space: Workspace) -> None:
    space.append_points("loss", walk(10_000, 1))
    space.append_points("loss", walk(7_000, 2), 2)
    space.store.compactor.compact_now()
    found = chart(space, (1, "loss"), (2, "loss"), max_points=100)
    assert (found.start, found.end, found.bucket_width) == (0, 9999, 128)
    one, two = found.series
    assert not one.raw and not two.raw
    assert (one.total, one.in_range, two.total) == (10_000, 10_000, 7_000)
    assert (one.latest_x, one.latest_value) == (9999, walk(10_000, 1).values[-1])
    assert one.content.x.tolist() == list(range(0, 10_000, 128))
    assert one.content.x[: len(two.content)].tolist() == two.content.x.tolist()
    columns = one.columns()
    assert list(columns) == ["x", "last_x", "min", "max", "mean", "last", "count", "non_finite"]
    assert all(column.dtype == np.dtype("<f8") and len(column) == 79 for column in columns.values())
    assert columns["count"].sum() == 10_000


def test_a_range_with_few_points_gives_the_points_themselves(space: Workspace) -> None:
    points = walk(10_000)
    space.append_points("loss", points)
    (found,) = chart(space, (1, "loss"), start=500, end=599, max_points=100).series
    assert isinstance(found.content, RawPoints) and found.raw
    assert found.content.x.tolist() == list(range(500, 600))
    assert found.content.values.tolist() == points.values[500:600].tolist()
    assert (found.in_range, found.total, found.latest_x) == (100, 10_000, 9999)
    assert list(found.columns()) == ["x", "value"]
    (found,) = chart(space, (1, "loss"), start=500, end=600, max_points=100).series
    assert isinstance(found.content, Buckets)
    assert found.content.count.sum() == 101


@pytest.mark.parametrize("axis", ["step", "time", "relative"])
def test_each_axis_has_its_own_order(space: Workspace, axis: Axis) -> None:
    # Run 1 started at 1000.
    space.append({"loss": [(3, 2000, 1.0), (1, 3000, 2.0), (2, 1500, 3.0), (1, 3000, 4.0)]})
    (found,) = chart(space, (1, "loss"), axis=axis).series
    expected = {
        "step": [(1, 2.0), (1, 4.0), (2, 3.0), (3, 1.0)],
        "time": [(1500, 3.0), (2000, 1.0), (3000, 2.0), (3000, 4.0)],
        "relative": [(500, 3.0), (1000, 1.0), (2000, 2.0), (2000, 4.0)],
    }[axis]
    assert isinstance(found.content, RawPoints)
    assert list(zip(found.content.x.tolist(), found.content.values.tolist(), strict=True)) == expected
    assert (found.latest_x, found.latest_value) == expected[-1]


def test_a_run_without_a_start_time_is_relative_to_its_first_point(space: Workspace) -> None:
    space.append({"a": [(0, 5000, 1.0)], "b": [(0, 7000, 1.0)]})
    space.store.write(lambda tx: tx.session.run("UPDATE run SET start_time = NULL"))
    a, b = chart(space, (1, "a"), (1, "b"), axis="relative").series
    assert (a.latest_x, b.latest_x) == (0, 2000)


@pytest.mark.parametrize(
    "smoothing", [Smoothing("ema", 0.9), Smoothing("mean", 51), Smoothing("gaussian", 5)]
)
def test_smoothing_is_the_same_at_every_zoom(space: Workspace, smoothing: Smoothing) -> None:
    points = walk(5000)
    space.append_points("loss", points)
    whole = smooth(points.values, smoothing)
    (raw,) = chart(space, (1, "loss"), start=4000, end=4049, smoothing=smoothing).series
    assert raw.content.smoothed is not None
    assert raw.content.smoothed.tolist() == whole[4000:4050].tolist()
    assert isinstance(raw.content, RawPoints)
    assert raw.content.values.tolist() == points.values[4000:4050].tolist()
    (wide,) = chart(space, (1, "loss"), max_points=50, smoothing=smoothing).series
    assert isinstance(wide.content, Buckets) and wide.content.smoothed is not None
    assert wide.content.smoothed.tolist() == whole[wide.content.last_x].tolist()


def test_series_come_in_asked_order_whatever_is_read_together(space: Workspace) -> None:
    for number in (1, 2):
        space.append({name: walk(20, number * 10 + index).rows() for index, name in enumerate("ab")}, number)
    wanted = [(2, "b"), (1, "b"), (1, "none"), (2, "a"), (1, "a"), (2, "b")]
    found = chart(space, *wanted)
    assert [(one.run_pk, one.name) for one in found.series] == [(space.run(n), name) for n, name in wanted]
    assert [one.total for one in found.series] == [20, 20, 0, 20, 20, 20]
    assert found.series[0].latest_value == walk(20, 21).values[-1]
    assert (found.series[2].latest_x, found.series[2].raw) == (None, True)


def test_large_series_are_read_one_at_a_time(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("runyard.store.metrics.charts.READ_TOGETHER", 100)
    for name in "abc":
        space.append_points(name, walk(60))
    found = chart(space, (1, "a"), (1, "b"), (1, "c"))
    assert [one.total for one in found.series] == [60, 60, 60]


def test_a_range_outside_the_points_and_beyond_int64_is_empty_or_whole(space: Workspace) -> None:
    space.append({"loss": [(LEAST, 0, 1.0), (MOST, 1, 2.0)]})
    assert len(chart(space, (1, "loss"), start=1, end=5).series[0].content) == 0
    assert len(chart(space, (1, "loss"), start=2**70, end=2**71).series[0].content) == 0
    assert len(chart(space, (1, "loss"), start=-(2**70), end=2**70).series[0].content) == 2
    assert len(chart(space, (1, "loss"), start=9, end=5).series[0].content) == 0


def test_nothing_that_exists_gives_an_empty_chart(space: Workspace) -> None:
    found = chart(space, (1, "loss"))
    assert (found.start, found.end, found.series[0].total) == (0, 0, 0)
    assert chart_series(space.session, SeriesCache(0), []).series == []


def test_answers_are_deterministic_and_do_not_depend_on_compaction(space: Workspace) -> None:
    space.append_points("loss", walk(9000), at_once=700)
    before = chart(space, (1, "loss"), max_points=64, smoothing=Smoothing("ema", 0.5)).series[0].columns()
    space.store.compactor.compact_now()
    after = chart(space, (1, "loss"), max_points=64, smoothing=Smoothing("ema", 0.5)).series[0].columns()
    assert {name: column.tobytes() for name, column in before.items()} == {
        name: column.tobytes() for name, column in after.items()
    }


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"axis": "colour"}, "Invalid axis"),
        ({"max_points": 1}, "Invalid max_points"),
        ({"max_points": 100_001}, "Invalid max_points"),
        ({"smoothing": Smoothing("ema", 2)}, "Invalid smoothing amount"),
    ],
)
def test_wrong_options_are_refused(space: Workspace, options: dict[str, object], message: str) -> None:
    with pytest.raises(InvalidParameter, match=message):
        chart(space, (1, "loss"), **options)


def test_too_large_answers_are_refused(space: Workspace) -> None:
    wanted = [(1, "loss")] * (MOST_ANSWERED // 100_000 + 1)
    with pytest.raises(InvalidParameter, match="more than the 2000000 points"):
        chart(space, *wanted, max_points=100_000)
