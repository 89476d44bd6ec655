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
from runyard.store.metrics.ordered_sample import Span, chosen_places, sample_in_order
from runyard.store.metrics.points import Points, between, concatenate
from runyard.store.metrics.summary import SeriesRow, find_series

# Points from which on a series is not taken into memory for one sample alone.
PASSING_POINTS = 50_000


def sample_interval(
    points: Points, max_results: int, start_step: int | None = None, end_step: int | None = None
) -> Points:
    """At most `max_results` (at least 1) points, given in arrival order, in order of (step, time, arrival).

    With `start_step` and `end_step`, which go together, only points of steps within (both ends count) are looked at.
    """
    return _sample(points, max_results, _span(start_step, end_step))


def _span(start_step: int | None, end_step: int | None) -> Span | None:
    return None if start_step is None or end_step is None else Span(start_step, end_step)


def _sample(points: Points, max_results: int, span: Span | None) -> Points:
    ordered = _within(points.in_step_order(), span)
    return ordered[chosen_places(len(ordered), max_results)]


def _within(ordered: Points, span: Span | None) -> Points:
    if span is None:
        return ordered
    first, last = between(ordered.steps, span.start, span.end)
    return ordered[first:last]


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
    span = _span(start_step, end_step)
    samples = []
    for run_pk in run_pks:
        with session.snapshot():
            row = find_series(session, run_pk, name)
            points = Points.empty() if row is None else _sample_series(session, cache, row, max_results, span)
        samples.append(points)
    return samples


def _sample_series(
    session: Session, cache: SeriesCache, row: SeriesRow, max_results: int, span: Span | None
) -> Points:
    held_whole = row.count <= WHOLE_POINTS
    # A series that is asked for again is worth its memory: the next samples of it cost next to nothing.
    if row.count > PASSING_POINTS and not (held_whole and cache.is_asked_again(row)):
        points = sample_in_order(session, row, max_results, span)
        if points is not None:
            return points
    if held_whole:
        return _sample(cache.read(session, row), max_results, span)
    return _sample_blocks(session, cache, row, max_results, span)


def _sample_blocks(
    session: Session, cache: SeriesCache, row: SeriesRow, max_results: int, span: Span | None
) -> Points:
    """The same sample of a series that is too long to be held: it is counted first, then read again."""

    def blocks() -> Iterator[Points]:
        for _, points in ordered_blocks(session, cache, row, "step"):
            yield _within(points, span)

    count = row.count if span is None else sum(len(points) for points in blocks())
    chosen = chosen_places(count, max_results)
    parts = []
    place = 0
    for points in blocks():
        first, last = np.searchsorted(chosen, (place, place + len(points)))
        parts.append(points[chosen[first:last] - place])
        place += len(points)
    return concatenate(parts)
