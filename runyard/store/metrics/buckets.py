"""Cuts a series into buckets of equal width and describes each exactly; nothing is sampled.

Edges lie at multiples of a power of two, counted from 0 on the axis. So they are the same for every series of a
request and for every request of that width, and a series that grows or is panned keeps its buckets until the width
doubles, when two neighbours become one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from runyard.store.metrics.points import Floats, Integers


@dataclass(frozen=True, slots=True)
class Grid:
    """Buckets number `first` to `last`: bucket k holds k * width <= x < (k + 1) * width."""

    width: int
    first: int
    last: int

    @property
    def count(self) -> int:
        """The number of buckets."""
        return self.last - self.first + 1


@dataclass(frozen=True, eq=False, slots=True)
class Buckets:
    """One entry per bucket that has points, in order of x.

    `x` is the bucket's left edge and `last_x` where its last point lies. `minimum`, `maximum` and `mean` are of the
    finite values and NaN when there is none; `last` is the value of the last point whatever it is; `count` counts all
    points, `non_finite` those that are NaN or infinite. `smoothed` is the smoothed curve at the last point.
    """

    x: Integers
    last_x: Integers
    minimum: Floats
    maximum: Floats
    mean: Floats
    last: Floats
    count: Integers
    non_finite: Integers
    smoothed: Floats | None = None

    def __len__(self) -> int:
        return len(self.x)

    @property
    def nbytes(self) -> int:
        """Bytes of its columns."""
        whole = (self.x, self.last_x, self.count, self.non_finite)
        return column_bytes(*whole, self.minimum, self.maximum, self.mean, self.last, self.smoothed)


def column_bytes(*columns: Integers | Floats | None) -> int:
    """Bytes of the columns that are there."""
    return sum(column.nbytes for column in columns if column is not None)


def choose_grid(start: int, end: int, max_buckets: int) -> Grid:
    """The narrowest grid that covers start <= x <= end with at most `max_buckets` (at least 2) buckets."""
    # A range that straddles 0 needs two buckets at any width, so one can't be asked for.
    most = max(2, max_buckets)
    width = 1
    while end // width - start // width + 1 > most:
        width *= 2
    return Grid(width, start // width, end // width)


def bucket(x: Integers, values: Floats, grid: Grid, smoothed: Floats | None = None) -> Buckets:
    """Describe the points in each bucket of `grid`; `x` must not decrease and lie within the grid."""
    starts, edges = _cut(x, grid)
    ends = np.append(starts[1:], len(x)) - 1 if len(starts) else starts
    count = np.diff(np.append(starts, len(x)))
    finite = np.isfinite(values)
    if finite.all():
        non_finite = np.zeros(len(starts), np.int64)
        minimum, maximum, mean = _describe(values, starts, count)
    else:
        non_finite = np.add.reduceat((~finite).astype(np.int64), starts) if len(starts) else count
        minimum, maximum, mean = _describe_finite(values, finite, starts, count - non_finite)
    return Buckets(
        x=edges,
        last_x=x[ends],
        minimum=minimum,
        maximum=maximum,
        mean=mean,
        last=values[ends],
        count=count,
        non_finite=non_finite,
        smoothed=None if smoothed is None else smoothed[ends],
    )


def join(left: Buckets, right: Buckets) -> Buckets:
    """The buckets of two neighbouring parts of a series on one grid, `right` behind `left`."""
    if not len(left) or not len(right):
        return left if len(left) else right
    shared = 1 if left.x[-1] == right.x[0] else 0
    columns = {
        name: np.concatenate([getattr(left, name)[: len(left) - shared], getattr(right, name)])
        for name in ("x", "last_x", "minimum", "maximum", "mean", "last", "count", "non_finite")
    }
    if shared:
        at = len(left) - 1
        finite = [part.count[index] - part.non_finite[index] for part, index in ((left, -1), (right, 0))]
        columns["minimum"][at] = np.fmin(left.minimum[-1], right.minimum[0])
        columns["maximum"][at] = np.fmax(left.maximum[-1], right.maximum[0])
        columns["mean"][at] = _joined_mean(left.mean[-1], right.mean[0], *finite)
        columns["count"][at] += left.count[-1]
        columns["non_finite"][at] += left.non_finite[-1]
    smoothed = None
    if left.smoothed is not None and right.smoothed is not None:
        smoothed = np.concatenate([left.smoothed[: len(left) - shared], right.smoothed])
    return Buckets(**columns, smoothed=smoothed)


def _joined_mean(left: float, right: float, left_count: int, right_count: int) -> float:
    if not left_count or not right_count:
        return left if left_count else right
    share = left_count / (left_count + right_count)
    return left * share + right * (1 - share)


def _cut(x: Integers, grid: Grid) -> tuple[Integers, Integers]:
    """The index of the first point of each bucket that has any, and the buckets' left edges."""
    edges = _edges(grid)
    bounds = np.empty(grid.count + 1, np.int64)
    bounds[0], bounds[-1] = 0, len(x)
    bounds[1:-1] = np.searchsorted(x, edges[1:], "left")
    filled = np.flatnonzero(bounds[1:] > bounds[:-1])
    return bounds[filled], edges[filled]


def _edges(grid: Grid) -> Integers:
    # Python's integers: a width may lie beyond int64, and the first edge below the smallest step there is.
    edges = [number * grid.width for number in range(grid.first, grid.last + 1)]
    edges[0] = max(edges[0], -(2**63))
    return np.array(edges, np.int64)


def _describe(values: Floats, starts: Integers, count: Integers) -> tuple[Floats, Floats, Floats]:
    """Minimum, maximum and mean of finite values."""
    if not len(starts):
        none = np.empty(0)
        return none, none, none
    minimum = np.minimum.reduceat(values, starts)
    maximum = np.maximum.reduceat(values, starts)
    with np.errstate(over="ignore", invalid="ignore"):
        mean = np.add.reduceat(values, starts) / count
        if not np.isfinite(mean).all():
            # The sum of large numbers overflows where their mean does not.
            mean = np.add.reduceat(values * 2.0**-64, starts) / count * 2.0**64
    # Rounding may put the mean of equal values a bit outside them.
    return minimum, maximum, np.clip(mean, minimum, maximum)


def _describe_finite(
    values: Floats, finite: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], starts: Integers, count: Integers
) -> tuple[Floats, Floats, Floats]:
    """The same of the finite values of each bucket, `count` of them; NaN where there are none."""
    minimum, maximum, mean = (np.full(len(starts), np.nan) for _ in range(3))
    some = count > 0
    kept = count[some]
    inner_starts = np.append(0, np.cumsum(kept)[:-1]) if len(kept) else kept
    minimum[some], maximum[some], mean[some] = _describe(values[finite], inner_starts, kept)
    return minimum, maximum, mean
