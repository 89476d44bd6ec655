"""What the write path keeps of a series, against the points themselves."""

from __future__ import annotations

import math
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from runyard.settings import Settings
from runyard.store.metadata import runs
from runyard.store.metrics.appender import SeriesPoints
from runyard.store.operation import Batch
from runyard.store.store import Store

POINT = st.tuples(
    st.one_of(st.integers(-3, 3), st.integers(-(2**63), 2**63 - 1)),
    st.one_of(st.integers(0, 3), st.integers(0, 2**63 - 1)),
    st.one_of(st.sampled_from([math.nan, math.inf, -math.inf, -0.0, 1e308]), st.floats()),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(POINT, min_size=1, max_size=5), min_size=1, max_size=6))
def test_the_series_row_says_what_the_points_are(requests: list[list[tuple[int, int, float]]]) -> None:
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder), Settings()) as store:
        run_id = store.write(lambda tx: runs.create(tx, runs.NewRun("r", "0", "", "", 1, [])))
        for points in requests:
            steps, times, values = zip(*points, strict=True)
            batch = Batch(run_id, [SeriesPoints("m", steps, times, values)], [], [])
            store.write(lambda tx, batch=batch: runs.log_batch(tx, batch))  # type: ignore[misc]
        row = store.session().one(
            "SELECT latest_step, latest_time, latest_value, latest_nan, count, min_value, max_value, "
            "min_step, max_step, min_time, max_time, non_finite FROM series"
        )
    everything = [point for points in requests for point in points]
    index = max(range(len(everything)), key=lambda i: (everything[i][0], everything[i][1], i))
    latest = everything[index]
    numbers = [value for _, _, value in everything if not math.isnan(value)]
    assert row == (
        latest[0],
        latest[1],
        None if math.isnan(latest[2]) else latest[2],
        int(math.isnan(latest[2])),
        len(everything),
        min(numbers, default=None),
        max(numbers, default=None),
        min(step for step, _, _ in everything),
        max(step for step, _, _ in everything),
        min(moment for _, moment, _ in everything),
        max(moment for _, moment, _ in everything),
        sum(not math.isfinite(value) for _, _, value in everything),
    )
