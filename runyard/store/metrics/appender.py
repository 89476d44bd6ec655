"""The write path of metrics: merges the points of a group of requests into few rows.

Every touched series is one row of `series`, written once per group; the points of a run are one row of
`metric_tail` per group. What a series holds is remembered between groups, so an append reads nothing.
"""

from __future__ import annotations

import math
import struct
import time
from array import array
from collections import OrderedDict
from collections.abc import Sequence
from itertools import count
from typing import NamedTuple

from runyard.store.changes import Change
from runyard.store.metadata.session import Row, Session, marks, slices
from runyard.store.metrics.tail import encode_tail

# Remembered series; at about 350 bytes each they take 18 MB when all are in use.
REMEMBERED_SERIES = 50_000
# Series that one statement reads when a batch touches new ones.
READ_AT_ONCE = 250
# Points in one tail row; a row is read whole, so this bounds a reader's memory (28 bytes a point).
TAIL_ROW_POINTS = 262_144

_SELECT = """
    SELECT name, id, latest_step, latest_time, latest_value, latest_nan, count, min_value, max_value,
           min_step, max_step, min_time, max_time, non_finite
    FROM series WHERE run_id = ? AND name IN
"""
_UPSERT = """
    INSERT INTO series (run_id, name, id, experiment_id, latest_step, latest_time, latest_value, latest_nan,
                        count, min_value, max_value, min_step, max_step, min_time, max_time, non_finite)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (run_id, name) DO UPDATE SET
        latest_step = excluded.latest_step, latest_time = excluded.latest_time,
        latest_value = excluded.latest_value, latest_nan = excluded.latest_nan, count = excluded.count,
        min_value = excluded.min_value, max_value = excluded.max_value,
        min_step = excluded.min_step, max_step = excluded.max_step,
        min_time = excluded.min_time, max_time = excluded.max_time, non_finite = excluded.non_finite
"""

_INSERT_TAIL = "INSERT INTO metric_tail (run_id, id, points, payload) VALUES (?, ?, ?, ?)"


class SeriesPoints(NamedTuple):
    """Points of one series in the order in which they arrived; the three sequences have equal length."""

    name: str
    steps: Sequence[int]
    times: Sequence[int]
    values: Sequence[float]
    # The least and the greatest, where the caller knows them already.
    step_range: tuple[int, int] | None = None
    time_range: tuple[int, int] | None = None
    # The three columns as `pack_points` gives them, where somebody has packed them already.
    packed: tuple[bytes, bytes, bytes] | None = None


def pack_points(
    steps: Sequence[int], times: Sequence[int], values: Sequence[float]
) -> tuple[bytes, bytes, bytes]:
    """64-bit numbers in this machine's byte order; raises struct.error for anything else."""
    integers = f"{len(steps)}q"
    return (
        struct.pack(integers, *steps),
        struct.pack(integers, *times),
        struct.pack(f"{len(values)}d", *values),
    )


class _Series:
    """What `series` holds about one series."""

    __slots__ = (
        "count",
        "experiment_id",
        "id",
        "latest",
        "latest_value",
        "max_step",
        "max_time",
        "max_value",
        "min_step",
        "min_time",
        "min_value",
        "name",
        "non_finite",
        "run_id",
    )

    def __init__(self, run_id: int, experiment_id: int, name: str, identity: int) -> None:
        self.run_id = run_id
        self.experiment_id = experiment_id
        self.name = name
        self.id = identity
        self.latest = (-(2**63), -1)  # (step, timestamp), below every point
        self.latest_value = math.nan
        self.count = 0
        self.min_value: float | None = None
        self.max_value: float | None = None
        self.min_step = 2**63 - 1
        self.max_step = -(2**63)
        self.min_time = 2**63 - 1
        self.max_time = -(2**63)
        self.non_finite = 0

    def add(self, points: SeriesPoints) -> None:
        """Count `points` in."""
        steps, times, values = points.steps, points.times, points.values
        if len(steps) == 1:
            self._add_one(steps[0], times[0], values[0])
            return
        first_step, last_step = points.step_range or (min(steps), max(steps))
        first_moment, last_moment = points.time_range or (min(times), max(times))
        if steps[-1] == last_step and times[-1] == last_moment:
            step, moment, index = last_step, last_moment, -1
        else:
            # Of equal (step, timestamp) the last that arrived is the latest.
            step, moment, index = max(zip(steps, times, count()))
        if (step, moment) >= self.latest:
            self.latest = (step, moment)
            self.latest_value = values[index]
        self.count += len(steps)
        self.min_step = min(self.min_step, first_step)
        self.max_step = max(self.max_step, last_step)
        self.min_time = min(self.min_time, first_moment)
        self.max_time = max(self.max_time, last_moment)
        self._add_values(values)

    def _add_one(self, step: int, moment: int, value: float) -> None:
        """`add` without its passes over sequences: most requests log one point."""
        if (step, moment) >= self.latest:
            self.latest = (step, moment)
            self.latest_value = value
        self.count += 1
        if step < self.min_step:
            self.min_step = step
        if step > self.max_step:
            self.max_step = step
        if moment < self.min_time:
            self.min_time = moment
        if moment > self.max_time:
            self.max_time = moment
        if value - value != 0.0:  # NaN and infinities
            self.non_finite += 1
        if value == value:
            if self.min_value is None or value < self.min_value:
                self.min_value = value
            if self.max_value is None or value > self.max_value:
                self.max_value = value

    def _add_values(self, values: Sequence[float]) -> None:
        # A sum is finite only when every term is (an overflow merely takes the slower way).
        if not math.isfinite(sum(values)):
            self.non_finite += sum(not math.isfinite(value) for value in values)
            values = [value for value in values if value == value]
            if not values:
                return
        low, high = min(values), max(values)
        self.min_value = low if self.min_value is None else min(self.min_value, low)
        self.max_value = high if self.max_value is None else max(self.max_value, high)

    def row(self) -> tuple[int | str | float | None, ...]:
        """The parameters of `_UPSERT`."""
        nan = self.latest_value != self.latest_value
        return (
            self.run_id,
            self.name,
            self.id,
            self.experiment_id,
            self.latest[0],
            self.latest[1],
            None if nan else self.latest_value,
            int(nan),
            self.count,
            self.min_value,
            self.max_value,
            self.min_step,
            self.max_step,
            self.min_time,
            self.max_time,
            self.non_finite,
        )


class _Pending:
    """Points of one run that wait for the end of the group."""

    __slots__ = ("counts", "experiment_id", "names", "run_id", "series_ids", "steps", "times", "values")

    def __init__(self, run_id: str, experiment_id: int) -> None:
        self.run_id = run_id
        self.experiment_id = experiment_id
        self.names: dict[str, None] = {}
        self.series_ids: list[int] = []
        self.counts: list[int] = []
        self.steps: array[int] = array("q")
        self.times: array[int] = array("q")
        self.values: array[float] = array("d")

    def add(self, series_id: int, points: SeriesPoints) -> None:
        self.names[points.name] = None
        self.series_ids.append(series_id)
        number = len(points.steps)
        self.counts.append(number)
        if number == 1:
            self.steps.append(points.steps[0])
            self.times.append(points.times[0])
            self.values.append(points.values[0])
            return
        # Seven times as fast as `array.extend`, which takes numbers one by one.
        steps, times, values = points.packed or pack_points(points.steps, points.times, points.values)
        self.steps.frombytes(steps)
        self.times.frombytes(times)
        self.values.frombytes(values)


class MetricAppender:
    """Used by the writer's thread alone, inside its transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._series: OrderedDict[tuple[int, str], _Series] = OrderedDict()
        self._touched: dict[tuple[int, str], _Series] = {}
        self._pending: dict[int, _Pending] = {}
        self._next_id: int | None = None
        self._tail_ids: dict[int, int] = {}
        # Runs that were created here and have no series yet: the first look for some is spared.
        self._new_runs: set[int] = set()

    def begin_run(self, run_key: int) -> None:
        """Know that a run was just created, and has no points."""
        if len(self._new_runs) >= REMEMBERED_SERIES:
            self._new_runs.clear()
        self._new_runs.add(run_key)

    def append(self, run_key: int, run_id: str, experiment_id: int, batch: Sequence[SeriesPoints]) -> None:
        """Take points of the run whose row has id `run_key`; they are written by `flush`.

        The caller has checked names, ranges and the run's state: nothing here fails halfway.
        """
        pending = self._pending.get(run_key)
        if pending is None:
            pending = self._pending[run_key] = _Pending(run_id, experiment_id)
        for points in batch:
            key = (run_key, points.name)
            series = self._touched.get(key)
            if series is None:
                series = self._touched[key] = self._find(key, experiment_id, batch)
            series.add(points)
            pending.add(series.id, points)

    def recall(self, run_key: int, experiment_id: int, batch: Sequence[SeriesPoints]) -> None:
        """Read what `append` has to know of the batch's series, so that it touches memory alone."""
        for points in batch:
            if (run_key, points.name) not in self._series:
                self._read(run_key, experiment_id, batch)
                return

    def _find(self, key: tuple[int, str], experiment_id: int, batch: Sequence[SeriesPoints]) -> _Series:
        series = self._series.get(key)
        if series is not None:
            self._series.move_to_end(key)
            return series
        self._read(key[0], experiment_id, batch)
        return self._series[key]

    def _read(self, run_key: int, experiment_id: int, batch: Sequence[SeriesPoints]) -> None:
        """Remember all series of a batch: one that creates a run's series must not ask for each alone."""
        unknown = [points.name for points in batch if (run_key, points.name) not in self._series]
        if run_key in self._new_runs:
            self._new_runs.remove(run_key)
            self._tail_ids[run_key] = 0
            for name in unknown:
                self._series[run_key, name] = self._series_of(run_key, experiment_id, name, None)
            return
        for names in slices(unknown, READ_AT_ONCE):
            rows = self._session.all(f"{_SELECT} ({marks(names)})", (run_key, *names))
            found = {row[0]: row for row in rows}
            for name in names:
                self._series[run_key, name] = self._series_of(run_key, experiment_id, name, found.get(name))

    def _series_of(self, run_key: int, experiment_id: int, name: str, row: Row | None) -> _Series:
        if row is None:
            return _Series(run_key, experiment_id, name, self._allocate())
        series = _Series(run_key, experiment_id, name, row[1])
        series.latest = (row[2], row[3])
        series.latest_value = math.nan if row[5] else row[4]
        series.count, series.min_value, series.max_value = row[6:9]
        series.min_step, series.max_step, series.min_time, series.max_time = row[9:13]
        series.non_finite = row[13]
        return series

    def _allocate(self) -> int:
        if self._next_id is None:
            row = self._session.one("SELECT coalesce(max(id), 0) FROM series")
            self._next_id = row[0] if row else 0
        self._next_id += 1
        return self._next_id

    def flush(self, changes: list[Change]) -> None:
        """Write the touched series and the points; append one change per run to `changes`."""
        if not self._pending:
            return
        self._session.many(_UPSERT, [series.row() for series in self._touched.values()])
        rows = []
        for run_key, pending in self._pending.items():
            for points, payload in _tail_rows(pending):
                rows.append((run_key, self._tail_id(run_key), points, payload))
            names = tuple(pending.names)
            experiment = str(pending.experiment_id)
            changes.append(Change(pending.run_id, experiment, "metrics", names, len(pending.steps)))
        self._session.many(_INSERT_TAIL, rows)
        self._touched.clear()
        self._pending.clear()
        while len(self._series) > REMEMBERED_SERIES:
            self._series.popitem(last=False)

    def _tail_id(self, run_key: int) -> int:
        """An id above all that the run's rows have: by the clock, which other processes' ids follow too."""
        last = self._tail_ids.get(run_key)
        if last is None:
            row = self._session.one("SELECT max(id) FROM metric_tail WHERE run_id = ?", (run_key,))
            last = (row and row[0]) or 0
        if len(self._tail_ids) > REMEMBERED_SERIES:
            self._tail_ids.clear()
        self._tail_ids[run_key] = identity = max(last + 1, time.time_ns() // 1000)
        return identity

    def forget(self) -> None:
        """Drop what is remembered about series (another process wrote, or a savepoint was undone)."""
        self._series.clear()
        self._next_id = None
        self._tail_ids.clear()
        self._new_runs.clear()

    def discard(self) -> None:
        """Drop everything that was not written."""
        self._touched.clear()
        self._pending.clear()
        self.forget()


def _tail_rows(pending: _Pending) -> list[tuple[int, bytes]]:
    """Payloads of at most about TAIL_ROW_POINTS points: (points, payload)."""
    if len(pending.steps) <= TAIL_ROW_POINTS:
        payload = encode_tail(
            pending.series_ids, pending.counts, pending.steps, pending.times, pending.values
        )
        return [(len(pending.steps), payload)]
    rows = []
    first_segment = first_point = last_point = 0
    for segment, size in enumerate(pending.counts):
        last_point += size
        if last_point - first_point >= TAIL_ROW_POINTS or segment == len(pending.counts) - 1:
            segments, points = slice(first_segment, segment + 1), slice(first_point, last_point)
            payload = encode_tail(
                pending.series_ids[segments],
                pending.counts[segments],
                pending.steps[points],
                pending.times[points],
                pending.values[points],
            )
            rows.append((last_point - first_point, payload))
            first_segment, first_point = segment + 1, last_point
    return rows
