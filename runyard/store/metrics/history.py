"""Pages of a metric's history, as MLflow's get-history and get-history-bulk give them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from runyard.store.metadata.session import Session
from runyard.store.metrics.blocks import ordered_blocks
from runyard.store.metrics.cache import SeriesCache
from runyard.store.metrics.points import Points, concatenate
from runyard.store.metrics.summary import find_series

# Of one page: 48 MB.
MOST_POINTS = 2_000_000


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
    """At most `limit` points of a metric from `offset` on; none when there is no such metric.

    No page holds more than MOST_POINTS, also when `limit` is None. Reads no more of a series that has more points
    than that than the page needs.
    """
    end = offset + (MOST_POINTS if limit is None else min(limit, MOST_POINTS))
    parts = []
    with session.snapshot():
        row = find_series(session, run_pk, name)
        if row is None:
            return HistoryPage(Points.empty(), offset, 0)
        count = row.count if total is None else min(total, row.count)
        blocks = ordered_blocks(session, cache, row, "history", count=count, skip=offset, end=end)
        for place, points in blocks:
            parts.append(points[max(0, offset - place) : max(0, end - place)])
    return HistoryPage(concatenate(parts), offset, count)


def history_bulk(
    session: Session, cache: SeriesCache, run_pks: Iterable[int], name: str, max_results: int
) -> Iterator[tuple[int, Points]]:
    """(run, points in history order) of each run that has the metric, until `max_results` points were given."""
    left = max_results
    for run_pk in run_pks:
        if left <= 0:
            return
        points = history_page(session, cache, run_pk, name, limit=left).points
        left -= len(points)
        if len(points):
            yield run_pk, points
