"""What a chart draws: several series on one axis, as buckets or as the points themselves."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from runyard.errors import InvalidParameter
from runyard.store.metadata.session import Session
from runyard.store.metrics.blocks import Order, ordered_blocks, sort
from runyard.store.metrics.buckets import Buckets, Grid, bucket, choose_grid, column_bytes, join
from runyard.store.metrics.cache import SeriesCache
from runyard.store.metrics.clock import Clock, process_clock, run_start
from runyard.store.metrics.points import Floats, Integers, Points, between
from runyard.store.metrics.smoothing import Smoothing, smooth_blocks
from runyard.store.metrics.summary import SeriesRow, find_series

# step; wall time in milliseconds since 1970; milliseconds since the start of the run; the same without pauses
Axis = Literal["step", "time", "relative", "process"]
AXES: tuple[Axis, ...] = ("step", "time", "relative", "process")
# Points and buckets that an answer may hold, over all its series.
MOST_ANSWERED = 2_000_000
# Points that are decoded together; a longer series is decoded alone.
READ_TOGETHER = 1_000_000

NO_SMOOTHING = Smoothing()
_PLAIN = Clock()


@dataclass(frozen=True, eq=False, slots=True)
class RawPoints:
    """The points themselves, in order of x; of equal x in the order of time (or step) and arrival."""

    x: Integers
    values: Floats
    smoothed: Floats | None

    def __len__(self) -> int:
        return len(self.x)

    @property
    def nbytes(self) -> int:
        """Bytes of its columns."""
        return column_bytes(self.x, self.values, self.smoothed)


@dataclass(frozen=True, eq=False, slots=True)
class ChartSeries:
    """One series in the asked range.

    `total` counts all its points and `in_range` those in the range. `content` is RawPoints when the range has no more
    points than were asked for, and Buckets otherwise. `first_x` is where the first point of the range lies (None when
    it has none); `latest_x` and `latest_value` are the last point of the whole series on this axis, exactly (None when
    the metric does not exist).
    """

    run_pk: int
    name: str
    total: int
    in_range: int
    content: RawPoints | Buckets
    first_x: int | None
    latest_x: int | None
    latest_value: float | None

    @property
    def raw(self) -> bool:
        """Whether the content is the points themselves."""
        return isinstance(self.content, RawPoints)

    @property
    def nbytes(self) -> int:
        """Bytes of its columns."""
        return self.content.nbytes

    def columns(self) -> dict[str, Floats]:
        """The content as little-endian float64 columns of equal length, for the wire.

        Raw: x, value. Buckets: x, last_x, min, max, mean, last, count, non_finite. Both: smoothed, if asked for.
        """
        content = self.content
        if isinstance(content, RawPoints):
            columns: dict[str, Floats | Integers | None] = {"x": content.x, "value": content.values}
        else:
            columns = {
                "x": content.x,
                "last_x": content.last_x,
                "min": content.minimum,
                "max": content.maximum,
                "mean": content.mean,
                "last": content.last,
                "count": content.count,
                "non_finite": content.non_finite,
            }
        columns["smoothed"] = content.smoothed
        return {name: column.astype("<f8") for name, column in columns.items() if column is not None}


@dataclass(frozen=True, eq=False, slots=True)
class Chart:
    """The answer: the range that was used (both ends count), the width of a bucket, and the series in asked order."""

    axis: Axis
    start: int
    end: int
    bucket_width: int
    series: list[ChartSeries]


@dataclass(frozen=True, slots=True)
class _View:
    """What is asked of every series."""

    axis: Axis
    start: int
    end: int
    grid: Grid
    max_points: int
    smoothing: Smoothing


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A series that is asked for, its row if it exists, and the clock of its axis."""

    run_pk: int
    name: str
    row: SeriesRow | None
    clock: Clock


def chart_series(
    session: Session,
    cache: SeriesCache,
    wanted: Sequence[tuple[int, str]],
    axis: Axis = "step",
    start: int | None = None,
    end: int | None = None,
    max_points: int = 1000,
    smoothing: Smoothing = NO_SMOOTHING,
    clocks: Clocks | None = None,
) -> Chart:
    """Describe the series `wanted`, (run, metric name) each, on `axis` from `start` to `end`, both included.

    Without `start` or `end` the range is that of all the series together. `max_points` (2 to 100,000) bounds the
    points or buckets of each series. Smoothing sees each series whole. Charts of one request and axis may share
    `clocks`. Raises InvalidParameter.

    What was told is kept in the cache. Holds the answer (at most MOST_ANSWERED points), the cache, and READ_TOGETHER
    points or the blocks of one series.
    """
    _check(wanted, axis, max_points)
    smoothing.check()
    clocks = clocks or Clocks(session, cache, axis)
    found = [_find(session, run_pk, name, clocks) for run_pk, name in wanted]
    start, end = _range(found, axis, start, end)
    view = _View(axis, start, end, choose_grid(start, end, max_points), max_points, smoothing)
    series = _described(cache, found, view)
    for indexes in _together(found, series.keys()):
        group = [found[index] for index in indexes]
        with session.snapshot():
            for index, blocks in zip(indexes, _read(session, cache, group, axis), strict=True):
                series[index] = _describe(found[index], blocks, view)
                _keep(cache, found[index], view, series[index])
    return Chart(axis, start, end, view.grid.width, [series[index] for index in range(len(found))])


def _check(wanted: Sequence[tuple[int, str]], axis: str, max_points: int) -> None:
    if axis not in AXES:
        raise InvalidParameter(f"Invalid axis '{axis}': it must be one of {', '.join(AXES)}.")
    if not 2 <= max_points <= 100_000:
        raise InvalidParameter(f"Invalid max_points {max_points}: it must be between 2 and 100000.")
    if len(wanted) * max_points > MOST_ANSWERED:
        raise InvalidParameter(
            f"{len(wanted)} series of {max_points} points are more than the {MOST_ANSWERED} points of one answer."
        )


class Clocks:
    """The clocks of one axis, each made once for its run."""

    def __init__(self, session: Session, cache: SeriesCache, axis: Axis) -> None:
        self._session = session
        self._cache = cache
        self._axis = axis
        self._made: dict[int, Clock] = {}

    def of(self, run_pk: int) -> Clock:
        """The run's clock."""
        if self._axis in ("step", "time"):
            return _PLAIN
        if run_pk not in self._made:
            self._made[run_pk] = self._make(run_pk)
        return self._made[run_pk]

    def _make(self, run_pk: int) -> Clock:
        if self._axis == "relative":
            return Clock(run_start(self._session, run_pk))
        with self._session.snapshot():
            return process_clock(self._session, self._cache, run_pk)


def _find(session: Session, run_pk: int, name: str, clocks: Clocks) -> _Wanted:
    row = find_series(session, run_pk, name)
    return _Wanted(run_pk, name, row, _PLAIN if row is None else clocks.of(run_pk))


def _range(found: Sequence[_Wanted], axis: Axis, start: int | None, end: int | None) -> tuple[int, int]:
    bounds = [_bounds(one.row, axis, one.clock) for one in found if one.row is not None]
    if start is None:
        start = min((low for low, _ in bounds), default=0 if end is None else end)
    if end is None:
        end = max((high for _, high in bounds), default=start)
    return start, max(start, end)


def _bounds(row: SeriesRow, axis: Axis, clock: Clock) -> tuple[int, int]:
    if axis == "step":
        return row.min_step, row.max_step
    return clock.place(row.min_time), clock.place(row.max_time)


def _described(cache: SeriesCache, found: Sequence[_Wanted], view: _View) -> dict[int, ChartSeries]:
    """By index, the series of which the same was told before, and that have not grown since."""
    known = {}
    for index, one in enumerate(found):
        if one.row is not None:
            told = cache.described.find(_question(one, one.row, view), one.row.count, ChartSeries)
            if told is not None:
                known[index] = told
    return known


def _keep(cache: SeriesCache, one: _Wanted, view: _View, told: ChartSeries) -> None:
    # A series that grew meanwhile was told with more points than its row has.
    if one.row is not None and told.total == one.row.count:
        cache.described.keep(_question(one, one.row, view), told.total, told)


def _question(one: _Wanted, row: SeriesRow, view: _View) -> Hashable:
    return (row.run_pk, row.id, one.clock.key, view)


def _together(found: Sequence[_Wanted], known: Collection[int]) -> Iterator[list[int]]:
    """Indexes of series to be read at once: of one run, and READ_TOGETHER points at most unless it is one series.

    Those that are `known` are left out.
    """
    group: list[int] = []
    points = 0
    unknown = [index for index in range(len(found)) if index not in known]
    for index in sorted(unknown, key=lambda index: found[index].run_pk):
        row = found[index].row
        count = 0 if row is None else row.count
        if group and (found[group[0]].run_pk != found[index].run_pk or points + count > READ_TOGETHER):
            yield group
            group, points = [], 0
        group.append(index)
        points += count
    if group:
        yield group


def _read(
    session: Session, cache: SeriesCache, group: Sequence[_Wanted], axis: Axis
) -> Iterator[Iterator[Points]]:
    """The points of series of one run in the order of the axis; they may have grown since their rows were found."""
    order: Order = "step" if axis == "step" else "history"
    rows = [find_series(session, one.run_pk, one.name) for one in group]
    if len(rows) > 1:
        # Into the cache with one pass over the tail.
        together = cache.read_many(session, [row for row in rows if row is not None])
        parts = iter(together)
        for row in rows:
            yield iter([] if row is None else [sort(next(parts), order)])
    elif rows[0] is None:
        yield iter([])
    else:
        yield (points for _, points in ordered_blocks(session, cache, rows[0], order))


def _describe(one: _Wanted, blocks: Iterator[Points], view: _View) -> ChartSeries:
    """Go once over a series; holds a few blocks and what is answered."""
    total = in_range = 0
    first_x: int | None = None
    latest: tuple[int, float] | None = None
    raw: list[RawPoints] = []
    buckets: Buckets | None = None
    for x, values, smoothed in _curves(blocks, view, one.clock):
        total += len(x)
        latest = (int(x[-1]), float(values[-1]))
        first, last = between(x, view.start, view.end)
        if first == last:
            continue
        if first_x is None:
            first_x = int(x[first])
        in_range += last - first
        cut = None if smoothed is None else smoothed[first:last]
        raw.append(RawPoints(x[first:last], values[first:last], cut))
        if in_range <= view.max_points:
            # A slice would keep its whole block in memory.
            raw[-1] = _copy(raw[-1])
        else:
            buckets = _pour(raw, buckets, view.grid)
    content = buckets if buckets is not None else _join_raw(raw, view.smoothing)
    return ChartSeries(one.run_pk, one.name, total, in_range, content, first_x, *(latest or (None, None)))


def _curves(
    blocks: Iterator[Points], view: _View, clock: Clock
) -> Iterator[tuple[Integers, Floats, Floats | None]]:
    """(x, values, smoothed values) of each block."""
    if view.smoothing.kind == "none":
        for points in blocks:
            yield *_columns(points, view.axis, clock), None
        return
    # Smoothing may look ahead: what was read meanwhile waits for it.
    waiting: deque[tuple[Integers, Floats]] = deque()

    def values_of_blocks() -> Iterator[Floats]:
        for points in blocks:
            waiting.append(_columns(points, view.axis, clock))
            yield points.values

    for smoothed in smooth_blocks(values_of_blocks(), view.smoothing):
        yield *waiting.popleft(), smoothed


def _columns(points: Points, axis: Axis, clock: Clock) -> tuple[Integers, Floats]:
    return (points.steps if axis == "step" else clock.places(points.times)), points.values


def _pour(raw: list[RawPoints], buckets: Buckets | None, grid: Grid) -> Buckets | None:
    """Put points into buckets and empty the list."""
    for part in raw:
        filled = bucket(part.x, part.values, grid, part.smoothed)
        buckets = filled if buckets is None else join(buckets, filled)
    raw.clear()
    return buckets


def _copy(part: RawPoints) -> RawPoints:
    return RawPoints(
        part.x.copy(), part.values.copy(), None if part.smoothed is None else part.smoothed.copy()
    )


def _join_raw(raw: list[RawPoints], smoothing: Smoothing) -> RawPoints:
    if len(raw) == 1:
        return raw[0]
    smoothed = None
    if smoothing.kind != "none":
        smoothed = np.concatenate(
            [np.empty(0), *(part.smoothed for part in raw if part.smoothed is not None)]
        )
    return RawPoints(
        np.concatenate([np.empty(0, np.int64), *(part.x for part in raw)]),
        np.concatenate([np.empty(0), *(part.values for part in raw)]),
        smoothed,
    )
