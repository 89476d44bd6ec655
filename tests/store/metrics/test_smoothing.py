"""Smoothing against plain loops."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runyard.errors import InvalidParameter
from runyard.store.metrics.points import Floats
from runyard.store.metrics.smoothing import LARGEST_WINDOW, Kind, Smoothing, smooth
from tests.store.metrics.samples import walk


def ema_loop(values: list[float], weight: float) -> list[float]:
    state = 0.0
    result: list[float] = []
    for index, value in enumerate(values):
        state = weight * state + (1 - weight) * value
        result.append(state / (1 - weight ** (index + 1)))
    return result


def mean_loop(values: list[float], window: float) -> list[float]:
    half = int(window) // 2
    windows = [values[max(0, index - half) : index + half + 1] for index in range(len(values))]
    return [math.fsum(part) / len(part) for part in windows]


def gaussian_loop(values: list[float], deviation: float) -> list[float]:
    half = int(4 * deviation + 0.5)
    result: list[float] = []
    for index in range(len(values)):
        near = range(max(0, index - half), min(len(values), index + half + 1))
        weights = [math.exp(-(((other - index) / deviation) ** 2) / 2) for other in near]
        total = math.fsum(weight * values[other] for weight, other in zip(weights, near, strict=True))
        result.append(total / math.fsum(weights))
    return result


LOOPS: dict[str, Callable[[list[float], float], list[float]]] = {
    "ema": ema_loop,
    "mean": mean_loop,
    "gaussian": gaussian_loop,
}
AMOUNTS: dict[Kind, list[float]] = {
    "ema": [0.0, 0.1, 0.6, 0.99, 0.9999],
    "mean": [1, 2, 3, 8, 51, 999, 2047],
    "gaussian": [0.1, 1, 3, 20, 150],
}
CASES = [Smoothing(kind, amount) for kind, amounts in AMOUNTS.items() for amount in amounts]


def close(found: Floats, expected: list[float], scale: float) -> bool:
    return bool(np.allclose(found, expected, rtol=1e-9, atol=1e-12 * scale))


@pytest.mark.parametrize("smoothing", CASES, ids=str)
@pytest.mark.parametrize("count", [1, 2, 3, 10, 100, 777, 3000])
def test_each_kind_is_its_formula(smoothing: Smoothing, count: int) -> None:
    values = np.random.default_rng(count).normal(size=count) * 100 + 5
    expected = LOOPS[smoothing.kind](values.tolist(), smoothing.amount)
    assert close(smooth(values, smoothing), expected, 100)


@given(st.lists(st.floats(), max_size=40), st.sampled_from(CASES))
@settings(deadline=None)
def test_values_that_are_not_finite_stay_and_count_for_no_other(
    given: list[float], smoothing: Smoothing
) -> None:
    values = np.array(given, np.float64)
    found = smooth(values, smoothing)
    finite = np.isfinite(values)
    assert np.array_equal(found[~finite].view(np.int64), values[~finite].view(np.int64))
    assert np.array_equal(found[finite], smooth(values[finite], smoothing))
    if finite.any():
        assert np.isfinite(found[finite]).all()
        # Halves, because the slack may lie beyond the largest number.
        low, high = values[finite].min() / 2, values[finite].max() / 2
        slack = 1e-9 * max(abs(low), abs(high))
        smoothed = found[finite] / 2
        assert low - slack <= smoothed.min() and smoothed.max() <= high + slack


def test_none_changes_nothing() -> None:
    values = walk(10).values
    assert smooth(values, Smoothing()) is values


@pytest.mark.parametrize("smoothing", CASES, ids=str)
def test_the_given_values_are_not_changed(smoothing: Smoothing) -> None:
    values = walk(500).values
    before = values.copy()
    values.flags.writeable = False
    smooth(values, smoothing)
    assert np.array_equal(values, before)


def test_the_past_of_an_exponential_average_never_changes() -> None:
    values = walk(1000).values
    whole = smooth(values, Smoothing("ema", 0.9))
    assert np.allclose(smooth(values[:600], Smoothing("ema", 0.9)), whole[:600], rtol=1e-12)


def test_a_large_value_long_ago_leaves_no_noise_in_small_ones() -> None:
    values = np.full(100_000, 1e-6)
    values[:10] = 1e12
    for smoothing in (Smoothing("mean", 101), Smoothing("gaussian", 10)):
        assert np.allclose(smooth(values, smoothing)[20_000:], 1e-6, rtol=1e-9)


@pytest.mark.parametrize(
    "smoothing",
    [
        Smoothing("ema", 1.0),
        Smoothing("ema", -0.1),
        Smoothing("ema", math.nan),
        Smoothing("mean", 0),
        Smoothing("mean", LARGEST_WINDOW + 1),
        Smoothing("gaussian", 0),
        Smoothing("gaussian", 1e9),
    ],
    ids=str,
)
def test_amounts_outside_their_range_are_refused(smoothing: Smoothing) -> None:
    with pytest.raises(InvalidParameter, match="Invalid smoothing amount"):
        smooth(walk(10).values, smoothing)
