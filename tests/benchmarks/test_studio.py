"""Frames and the table of the studio's benchmark, and the data that it measures."""

from __future__ import annotations

import pytest

from benchmarks.bench import Result
from benchmarks.measure import Row, Sample
from benchmarks.servers import MLFLOW, RUNYARD
from benchmarks.studio.content import CURVES, MANY, Sizes, runs
from benchmarks.studio.frames import frame_sample, share_over
from benchmarks.studio.measurements import MEASUREMENTS
from benchmarks.studio.table import row_cells
from benchmarks.targets import at_most

ROW = Row("scroll", "scrolling", "ms", targets=(at_most(50, "ms"),), peer=MLFLOW.name)


def test_frame_sample_is_longest_frame() -> None:
    sample = frame_sample([16.7] * 98 + [50.0, 83.4], {"reached": 7})
    assert sample.value == 83.4
    assert sample.details["share_over_50_ms"] == 0.01
    assert sample.details["longest_ms"][:3] == [83.4, 50.0, 16.7]
    assert sample.details["frames"] == 100
    assert sample.details["reached"] == 7


def test_frame_of_50_ms_is_not_over() -> None:
    assert share_over([50.0, 50.1]) == 0.5


def test_no_frames_is_no_figure() -> None:
    with pytest.raises(ValueError, match="no frame"):
        frame_sample([], {})


def test_row_shows_median_and_worst() -> None:
    result = Result("scroll")
    result.samples["scroll"][RUNYARD.name] = [Sample(value) for value in (20.0, 30.0, 90.0)]
    result.samples["scroll"][MLFLOW.name] = [Sample(120.0)]
    cells = row_cells(result, ROW, [RUNYARD, MLFLOW])
    assert cells == ["scrolling", "ms", "30.0", "90.0", "120", "120", "4.00 ×", "≤ 50 ms", "met"]


def test_row_without_peer_says_so() -> None:
    result = Result("scroll")
    result.samples["scroll"][RUNYARD.name] = [Sample(60.0)]
    cells = row_cells(result, ROW, [RUNYARD, MLFLOW])
    assert cells[2:] == ["60.0", "60.0", "–", "–", "–", "≤ 50 ms", "**not met**"]


def test_content_is_the_same_for_each_server() -> None:
    sizes = Sizes(
        runs=3,
        curves=2,
        curve_points=10,
        grid_runs=1,
        grid_metrics=2,
        grid_points=3,
        wide_metrics=4,
        wide_points=2,
    )
    first, second = list(runs(sizes)), list(runs(sizes))
    assert len({run.run_id for run in first}) == len(first) == 7
    assert [run.series[0].values.tolist() for run in first] == [
        run.series[0].values.tolist() for run in second
    ]
    newest = max(first, key=lambda run: run.start_time)
    assert newest.experiment == MANY
    curves = [run for run in first if run.experiment == CURVES]
    assert [len(run.series[0].times) for run in curves] == [10, 10]


def test_keys_of_rows_are_unique() -> None:
    keys = [row.key for measurement in MEASUREMENTS for row in measurement.rows]
    assert len(set(keys)) == len(keys)
