"""Pages of a metric's history, as MLflow's get-history and get-history-bulk give them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from runyard.store.metadata.session import Session
from runyard.store.metrics.cache import SeriesCache
from runyard.store.metrics.points import Points
from runyard.store.metrics.summary import find_series


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Points in history order: by time, then step, then arrival.

    `total` is the number of points that the listing has; give it back as `total` for the following pages, and they
    continue this listing whatever is logged meanwhile. `next_offset` is None on the last page.
    """

    points: Points
    offset: int
    total: int

    @property
    def next_offset(self) -> int | None:
        """Where the next page starts."""
        end = self.offset + len(self.points)
        return end if end < self.total else None


def history_page(
    session: Session,
    cache: SeriesCache,
    run_pk: int,
    name: str,
    *,
    offset: int = 0,
    limit: int | None = None,
    total: int | None = None,
) -> HistoryPage:
    """At most `limit` points of a metric (all, when None) from `offset` on; none when there is no such metric."""
    points = _arrived(session, cache, run_pk, name)
    if total is not None:
        points = points[:total]
    count = len(points)
    ordered = points.in_history_order()
    end = count if limit is None else offset + limit
    return HistoryPage(ordered[offset:end], offset, count)


def history_bulk(
    session: Session, cache: SeriesCache, run_pks: Iterable[int], name: str, max_results: int
) -> Iterator[tuple[int, Points]]:
    """(run, points in history order) of each run that has the metric, until `max_results` points were given."""
    left = max_results
    for run_pk in run_pks:
        if left <= 0:
            return
        points = _arrived(session, cache, run_pk, name).in_history_order()[:left]
        left -= len(points)
        if len(points):
            yield run_pk, points


def _arrived(session: Session, cache: SeriesCache, run_pk: int, name: str) -> Points:
    with session.snapshot():
        row = find_series(session, run_pk, name)
        return Points.empty() if row is None else cache.read(session, row)
