"""MLflow's get-history-bulk-interval: an even sample of each run's points.

The sample is the one that mlflow 3.17 takes: the points in order of (step, time) are dealt into `max_results`
buckets as SQL's NTILE does, each bucket gives its first point, and the very last point takes the place of the last
bucket's. One difference is deliberate: mlflow orders points of one step and time by value, we by arrival.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from runyard.store.metadata.session import Session
from runyard.store.metrics.blocks import WHOLE_POINTS, ordered_blocks
from runyard.store.metrics.cache import SeriesCache
from runyard.store.metrics.points import Integers, Points, between, concatenate
from runyard.store.metrics.summary import SeriesRow, find_series


def sample_interval(
    points: Points, max_results: int, start_step: int | None = None, end_step: int | None = None
) -> Points:
    """At most `max_results` (at least 1) points, given in arrival order, in order of (step, time, arrival).

    With `start_step` and `end_step`, which go together, only points of steps within (both ends count) are looked at.
    """
    ordered = _within(points.in_step_order(), start_step, end_step)
    return ordered[_chosen(len(ordered), max_results)]


def _within(ordered: Points, start_step: int | None, end_step: int | None) -> Points:
    if start_step is None or end_step is None:
        return ordered
    first, last = between(ordered.steps, start_step, end_step)
    return ordered[first:last]


def _chosen(count: int, max_results: int) -> Integers:
    """The places of the sample among `count` points."""
    buckets = max(1, max_results)
    if count <= buckets:
        return np.arange(count, dtype=np.int64)
    size, larger = divmod(count, buckets)
    index = np.arange(buckets, dtype=np.int64)
    chosen = index * size + np.minimum(index, larger)
    chosen[-1] = count - 1
    return chosen


def history_interval(
    session: Session,
    cache: SeriesCache,
    run_pks: Sequence[int],
    name: str,
    max_results: int,
    start_step: int | None = None,
    end_step: int | None = None,
) -> list[Points]:
    """A sample for each of `run_pks`, in their order; empty for a run that has no such metric.

    Holds at most `max_results` points for each run, and one series or block (see `blocks`) at a time.
    """
    samples = []
    for run_pk in run_pks:
        with session.snapshot():
            row = find_series(session, run_pk, name)
            if row is None:
                samples.append(Points.empty())
            elif row.count <= WHOLE_POINTS:
                points = cache.read(session, row)
                samples.append(sample_interval(points, max_results, start_step, end_step))
            else:
                samples.append(_sample_blocks(session, cache, row, max_results, start_step, end_step))
    return samples


def _sample_blocks(
    session: Session,
    cache: SeriesCache,
    row: SeriesRow,
    max_results: int,
    start_step: int | None,
    end_step: int | None,
) -> Points:
    """The same sample of a series that is too long to be held: it is counted first, then read again."""

    def blocks() -> Iterator[Points]:
        for _, points in ordered_blocks(session, cache, row, "step"):
            yield _within(points, start_step, end_step)

    count = row.count if start_step is None else sum(len(points) for points in blocks())
    chosen = _chosen(count, max_results)
    parts = []
    place = 0
    for points in blocks():
        first, last = np.searchsorted(chosen, (place, place + len(points)))
        parts.append(points[chosen[first:last] - place])
        place += len(points)
    return concatenate(parts)
