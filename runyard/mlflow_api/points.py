"""Sorts the points of a request by series: the passes over columns that a large batch spends its time in."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import TypeVar

from runyard import rules
from runyard.errors import InvalidParameter, MissingParameter
from runyard.mlflow_api import wire
from runyard.store.metrics.appender import SeriesPoints, pack_points

T = TypeVar("T")
Given = wire.MetricGiven | wire.PlainMetric


def group_metrics(metrics: Sequence[Given]) -> list[SeriesPoints]:
    """Sort points by series, each in the order given, and check names and ranges.

    Raises MissingParameter or InvalidParameter that names the entry and the rule.
    """
    # Columns first: a pass over a list is much cheaper than a step of a loop for each point.
    keys = [metric.key for metric in metrics]
    steps = [metric.step or 0 for metric in metrics]
    times = [metric.timestamp for metric in metrics]
    values = [metric.value for metric in metrics]
    try:
        return [
            _series(key, _taken(steps, where), _taken(times, where), _taken(values, where))  # type: ignore[arg-type]  # None raises
            for key, where in _places(keys)
        ]
    except (TypeError, struct.error):
        # A None among numbers, or one that does not fit 64 bits: say which.
        _check_each(metrics)
        raise


def _series(key: str, steps: list[int], times: list[int], values: list[float]) -> SeriesPoints:
    rules.check_key(key, "key")
    if len(steps) == 1:
        step, moment, value = steps[0], times[0], values[0]
        if (
            value is None
            or step < rules.MIN_STEP
            or step > rules.MAX_STEP
            or moment < 0
            or moment > rules.MAX_STEP
        ):
            raise TypeError
        return SeriesPoints(key, steps, times, values)
    packed = pack_points(steps, times, values)
    step_range, time_range = (min(steps), max(steps)), (min(times), max(times))
    if step_range[0] < rules.MIN_STEP or time_range[0] < 0:
        raise TypeError
    return SeriesPoints(key, steps, times, values, step_range, time_range, packed)


def _places(keys: list[str | None]) -> Iterator[tuple[str, slice | list[int]]]:
    """Where in the columns each series is, in the order in which they first appear."""
    number = len(keys)
    try:
        period = keys.index(keys[0], 1) if number > 1 else 1
    except ValueError:
        period = number
    first = keys[:period]
    if number % period == 0 and len(set(first)) == period and first * (number // period) == keys:
        # One series, each its own, or step by step: what training loops and clients log.
        for index, key in enumerate(first):
            yield _named(key), slice(index, None, period)
        return
    places: dict[str | None, list[int]] = {}
    for index, key in enumerate(keys):
        places.setdefault(key, []).append(index)
    for key, where in places.items():
        yield _named(key), where


def _named(key: str | None) -> str:
    if key is None:
        raise TypeError
    return key


def _taken(column: list[T], where: slice | list[int]) -> list[T]:
    if isinstance(where, slice):
        return column[where]
    return [column[index] for index in where]


def _check_each(metrics: Sequence[Given]) -> None:
    """Raise the error of the first entry that breaks a rule."""
    for index, metric in enumerate(metrics):
        for field in ("key", "value", "timestamp"):
            if getattr(metric, field) is None:
                raise MissingParameter(field if len(metrics) == 1 else f"metrics[{index}].{field}")
    for metric in metrics:
        key = metric.key
        assert key is not None, "checked above"
        rules.check_key(key, "key")
        for field, number, least in (
            ("step", metric.step or 0, rules.MIN_STEP),
            ("timestamp", metric.timestamp, 0),
        ):
            if number is not None and not least <= number <= rules.MAX_STEP:
                raise InvalidParameter(
                    f"Invalid value for parameter '{field}' of metric '{key}': it must be an integer from {least} "
                    f"to {rules.MAX_STEP}."
                )
