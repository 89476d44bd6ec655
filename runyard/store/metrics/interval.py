"""MLflow's get-history-bulk-interval: an even sample of each run's points.

The sample is the one that mlflow 3.17 takes: the points in order of (step, time) are dealt into `max_results`
buckets as SQL's NTILE does, each bucket gives its first point, and the very last point takes the place of the last
bucket's. One difference is deliberate: mlflow orders points of one step and time by value, we by arrival.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from runyard.store.metadata.session import Session
from runyard.store.metrics.cache import SeriesCache
from runyard.store.metrics.points import Points, between
from runyard.store.metrics.summary import find_series


def sample_interval(
    points: Points, max_results: int, start_step: int | None = None, end_step: int | None = None
) -> Points:
    """At most `max_results` (at least 1) points, given in arrival order, in order of (step, time, arrival).

    With `start_step` and `end_step`, which go together, only points of steps within (both ends count) are looked at.
    """
    ordered = points.in_step_order()
    if start_step is not None and end_step is not None:
        first, last = between(ordered.steps, start_step, end_step)
        ordered = ordered[first:last]
    count, buckets = len(ordered), max(1, max_results)
    if count <= buckets:
        return ordered
    size, larger = divmod(count, buckets)
    index = np.arange(buckets, dtype=np.int64)
    chosen = index * size + np.minimum(index, larger)
    chosen[-1] = count - 1
    return ordered[chosen]


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

    Answers hold at most `max_results` points for each run; one series is decoded at a time.
    """
    samples = []
    for run_pk in run_pks:
        with session.snapshot():
            row = find_series(session, run_pk, name)
            points = Points.empty() if row is None else cache.read(session, row)
        samples.append(sample_interval(points, max_results, start_step, end_step))
    return samples
