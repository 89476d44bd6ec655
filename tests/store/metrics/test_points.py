"""The orders in which points are read."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from runyard.store.metrics.points import Points, between, concatenate, is_ordered
from tests.store.metrics.samples import Row, integers, points_of, rows


@given(rows)
def test_history_order_is_time_step_arrival(given: list[Row]) -> None:
    expected = points_of(sorted(given, key=lambda row: (row[1], row[0])))
    assert points_of(given).in_history_order().same(expected)


@given(rows)
def test_step_order_is_step_time_arrival(given: list[Row]) -> None:
    expected = points_of(sorted(given, key=lambda row: row[:2]))
    assert points_of(given).in_step_order().same(expected)


@given(rows)
def test_pairs_are_recognised_as_ordered(given: list[Row]) -> None:
    points = points_of(given)
    pairs = [row[:2] for row in given]
    assert is_ordered(points.steps, points.times) == (pairs == sorted(pairs))


def test_points_in_order_are_not_copied() -> None:
    points = points_of([(0, 1, 3.0), (0, 1, 2.0), (1, 1, 1.0)])
    assert points.in_history_order() is points
    assert points.in_step_order() is points


def test_the_bits_of_values_are_compared() -> None:
    assert not points_of([(0, 0, 0.0)]).same(points_of([(0, 0, -0.0)]))
    assert points_of([(0, 0, float("nan"))]).same(points_of([(0, 0, float("nan"))]))
    assert not points_of([(0, 0, 1.0)]).same(Points.empty())


@given(rows, rows)
def test_concatenation_keeps_order(first: list[Row], second: list[Row]) -> None:
    assert concatenate([points_of(first), points_of(second)]).same(points_of(first + second))
    assert len(concatenate([])) == 0


wide = integers | st.integers(-(2**70), 2**70)


@given(st.lists(integers), wide, wide)
def test_a_range_may_lie_beyond_int64(numbers: list[int], low: int, high: int) -> None:
    numbers.sort()
    first, last = between(np.array(numbers, np.int64), low, high)
    assert numbers[first:last] == [number for number in numbers if low <= number <= high]
