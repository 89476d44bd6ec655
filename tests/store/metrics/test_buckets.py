"""Buckets against a plain loop."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runyard.store.metrics.buckets import Buckets, Grid, bucket, choose_grid
from tests.store.metrics.samples import LEAST, MOST, integers, walk

points = st.lists(st.tuples(integers, st.floats()), min_size=1, max_size=80)


def same(found: float, expected: float) -> bool:
    return found == expected or (math.isnan(found) and math.isnan(expected))


def check_against_loop(x: list[int], values: list[float], grid: Grid, found: Buckets) -> None:
    groups: dict[int, list[int]] = {}
    for index, place in enumerate(x):
        groups.setdefault(place // grid.width, []).append(index)
    assert len(found) == len(groups)
    for at, (number, members) in enumerate(groups.items()):
        inside = [values[index] for index in members]
        finite = [value for value in inside if math.isfinite(value)]
        assert grid.first <= number <= grid.last
        assert found.x[at] == max(number * grid.width, LEAST)
        assert found.last_x[at] == x[members[-1]]
        assert found.count[at] == len(members)
        assert found.non_finite[at] == len(members) - len(finite)
        assert same(found.last[at], inside[-1])
        assert same(found.minimum[at], min(finite, default=math.nan))
        assert same(found.maximum[at], max(finite, default=math.nan))
        if not finite:
            assert math.isnan(found.mean[at])
            continue
        assert min(finite) <= found.mean[at] <= max(finite)
        mean = float(sum(map(Fraction, finite)) / len(finite))
        assert math.isclose(found.mean[at], mean, rel_tol=1e-9, abs_tol=1e-12 * max(map(abs, finite)))


@given(points, st.integers(1, 50))
@settings(deadline=None)
def test_each_bucket_describes_its_points_exactly(given: list[tuple[int, float]], most: int) -> None:
    given = sorted(given, key=lambda point: point[0])
    x, values = [point[0] for point in given], [point[1] for point in given]
    grid = choose_grid(x[0], x[-1], most)
    found = bucket(np.array(x), np.array(values), grid)
    check_against_loop(x, values, grid, found)


@pytest.mark.parametrize("holes", [False, True])
def test_long_series_too(holes: bool) -> None:
    series = walk(30_000)
    values = series.values.copy()
    if holes:
        values[::7] = np.nan
        values[100:2000] = np.inf
    grid = choose_grid(0, 29_999, 100)
    check_against_loop(series.steps.tolist(), values.tolist(), grid, bucket(series.steps, values, grid))


@given(integers, integers, st.integers(2, 3000))
def test_a_grid_covers_the_range_with_few_enough_buckets(one: int, other: int, most: int) -> None:
    start, end = min(one, other), max(one, other)
    grid = choose_grid(start, end, most)
    assert grid.first * grid.width <= start and end < (grid.last + 1) * grid.width
    assert grid.count <= most
    assert grid.width & (grid.width - 1) == 0
    if grid.width > 1:
        half = grid.width // 2
        assert end // half - start // half + 1 > most


def test_buckets_nest_when_the_width_doubles() -> None:
    series = walk(1000)
    narrow = bucket(series.steps, series.values, choose_grid(0, 999, 200))
    wide = bucket(series.steps, series.values, choose_grid(0, 999, 100))
    assert set(wide.x.tolist()) <= set(narrow.x.tolist())
    assert wide.minimum[0] == narrow.minimum[:2].min()
    assert wide.last[0] == narrow.last[1]


def test_the_last_point_is_always_there() -> None:
    for count in (1, 2, 999, 1000, 1001):
        series = walk(count)
        found = bucket(series.steps, series.values, choose_grid(0, count - 1, 10))
        assert (found.last_x[-1], found.last[-1]) == (count - 1, series.values[-1])


def test_all_of_int64_fits_on_one_grid() -> None:
    grid = choose_grid(LEAST, MOST, 2)
    found = bucket(np.array([LEAST, -1, 0, MOST]), np.arange(4.0), grid)
    assert found.count.tolist() == [2, 2]
    assert found.x.tolist() == [LEAST, 0]


def test_the_smoothed_curve_is_taken_at_each_last_point() -> None:
    series = walk(100)
    found = bucket(series.steps, series.values, choose_grid(0, 99, 10), series.values * 2)
    assert found.smoothed is not None
    assert found.smoothed.tolist() == (found.last * 2).tolist()


def test_no_points_give_no_buckets() -> None:
    found = bucket(np.empty(0, np.int64), np.empty(0), choose_grid(0, 100, 10))
    assert len(found) == len(found.mean) == len(found.non_finite) == 0
