"""Points of one series as three columns, and the orders in which they are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
# Bytes that a point takes in memory.
POINT_BYTES = 24


@dataclass(frozen=True, eq=False, slots=True)
class Points:
    """Columns of equal length: `steps` (int64), `times` (int64, milliseconds since 1970) and `values` (float64).

    Points that come from storage are in arrival order unless a function says otherwise. Never change the arrays:
    other threads may hold them.
    """

    steps: Integers
    times: Integers
    values: Floats

    @classmethod
    def empty(cls, count: int = 0) -> Points:
        """Room for `count` points, to be filled."""
        return cls(np.empty(count, np.int64), np.empty(count, np.int64), np.empty(count, np.float64))

    @classmethod
    def of(cls, steps: Sequence[int], times: Sequence[int], values: Sequence[float]) -> Points:
        """Columns from Python numbers."""
        return cls(np.array(steps, np.int64), np.array(times, np.int64), np.array(values, np.float64))

    def __len__(self) -> int:
        return len(self.steps)

    def __getitem__(self, selection: slice | Integers | NDArray[np.bool_]) -> Points:
        return Points(self.steps[selection], self.times[selection], self.values[selection])

    def rows(self) -> list[tuple[int, int, float]]:
        """The points as (step, time, value)."""
        return list(zip(self.steps.tolist(), self.times.tolist(), self.values.tolist(), strict=True))

    def same(self, other: Points) -> bool:
        """Whether both hold equal points in equal order, to the bit: NaN payloads and the sign of zero count."""
        return (
            np.array_equal(self.steps, other.steps)
            and np.array_equal(self.times, other.times)
            and np.array_equal(self.values.view(np.int64), other.values.view(np.int64))
        )

    def in_history_order(self) -> Points:
        """Sorted by (time, step, arrival), given arrival order; the same object when they are so already."""
        return self._sorted(self.times, self.steps)

    def in_step_order(self) -> Points:
        """Sorted by (step, time, arrival), given arrival order; the last point is the latest by our rule."""
        return self._sorted(self.steps, self.times)

    def _sorted(self, first: Integers, second: Integers) -> Points:
        if is_ordered(first, second):
            return self
        # lexsort is stable: arrival decides among equals.
        return self[np.lexsort((second, first))]


def is_ordered(first: Integers, second: Integers) -> bool:
    """Whether the pairs (first[i], second[i]) never decrease."""
    rises = first[1:] > first[:-1]
    if rises.all():
        return True
    return bool((rises | ((first[1:] == first[:-1]) & (second[1:] >= second[:-1]))).all())


def between(numbers: Integers, low: int, high: int) -> tuple[int, int]:
    """The slice of ascending `numbers` from `low` to `high`, both included; these may lie beyond int64."""
    least, most = -(2**63), 2**63 - 1
    first = len(numbers) if low > most else int(np.searchsorted(numbers, max(low, least), "left"))
    last = 0 if high < least else int(np.searchsorted(numbers, min(high, most), "right"))
    return first, max(first, last)


def concatenate(parts: Sequence[Points]) -> Points:
    """The points of `parts`, one after the other."""
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return Points.empty()
    return Points(
        np.concatenate([part.steps for part in parts]),
        np.concatenate([part.times for part in parts]),
        np.concatenate([part.values for part in parts]),
    )
