"""What `series` rows say."""

from __future__ import annotations

import math

from runyard.store.metrics.summary import find_series, list_series
from tests.store.metrics.samples import Workspace


def test_a_row_says_where_a_metric_stands(space: Workspace) -> None:
    space.append({"loss": [(5, 20, 1.0), (7, 10, float("inf")), (7, 10, 0.5), (6, 30, float("nan"))]})
    row = space.series("loss")
    assert (row.count, row.non_finite) == (4, 2)
    assert (row.latest_step, row.latest_time, row.latest_value) == (7, 10, 0.5)
    assert (row.min_value, row.max_value) == (0.5, math.inf)
    assert (row.min_step, row.max_step, row.min_time, row.max_time) == (5, 7, 10, 30)


def test_a_metric_of_nothing_but_nan_has_no_bounds(space: Workspace) -> None:
    space.append({"loss": [(0, 0, float("nan"))]})
    row = space.series("loss")
    assert math.isnan(row.latest_value)
    assert row.min_value is None and row.max_value is None


def test_a_metric_that_was_never_logged_is_none(space: Workspace) -> None:
    assert find_series(space.session, space.run(), "loss") is None
    assert list_series(space.session, space.run()) == []


def test_metrics_are_listed_by_name_in_pages(space: Workspace) -> None:
    space.append({name: [(0, 0, 1.0)] for name in ("b", "a", "c/d", "c", "é")})
    space.append({"other": [(0, 0, 1.0)]}, 2)
    session, run = space.session, space.run()
    assert [row.name for row in list_series(session, run)] == ["a", "b", "c", "c/d", "é"]
    assert [row.name for row in list_series(session, run, limit=2)] == ["a", "b"]
    assert [row.name for row in list_series(session, run, after="b", limit=2)] == ["c", "c/d"]
