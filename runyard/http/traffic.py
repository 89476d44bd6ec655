"""Counts requests and their latencies for `/metrics`, and writes Prometheus' text format."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from runyard.store.store import Store

# Seconds; from one tenth of a millisecond, since most answers take less than one.
BUCKETS = (
    0.0001,
    0.00025,
    0.0005,
    0.001,
    0.0025,
    0.005,
    0.01,
    0.025,
    0.05,
    0.1,
    0.25,
    0.5,
    1.0,
    2.5,
    5.0,
    10.0,
)


class Route:
    """The requests of one route."""

    __slots__ = ("buckets", "seconds", "statuses")

    def __init__(self) -> None:
        self.statuses: dict[int, int] = {}
        self.buckets = [0] * (len(BUCKETS) + 1)
        self.seconds = 0.0


class Traffic:
    """All routes of one server process; used on its event loop."""

    def __init__(self) -> None:
        self._routes: dict[str, Route] = {}
        self.in_flight = 0

    def count(self, route: str, status: int, seconds: float) -> None:
        """Count one answered request; `route` is the route's path, never the client's."""
        entry = self._routes.get(route)
        if entry is None:
            entry = self._routes[route] = Route()
        entry.statuses[status] = entry.statuses.get(status, 0) + 1
        entry.buckets[bisect_left(BUCKETS, seconds)] += 1
        entry.seconds += seconds

    def render(self, store: Store, streams: int) -> str:
        """Prometheus' text format 0.0.4."""
        return "\n".join((*self._requests(), *self._latencies(), *_store(store, self.in_flight, streams), ""))

    def _requests(self) -> Iterator[str]:
        yield "# HELP runyard_requests_total Answered requests."
        yield "# TYPE runyard_requests_total counter"
        for route, entry in sorted(self._routes.items()):
            for status, number in sorted(entry.statuses.items()):
                yield f'runyard_requests_total{{route="{route}",status="{status}"}} {number}'

    def _latencies(self) -> Iterator[str]:
        yield "# HELP runyard_request_seconds Time from the request's head to the end of the answer."
        yield "# TYPE runyard_request_seconds histogram"
        for route, entry in sorted(self._routes.items()):
            total = 0
            for bound, number in zip((*BUCKETS, "+Inf"), entry.buckets, strict=True):
                total += number
                yield f'runyard_request_seconds_bucket{{route="{route}",le="{bound}"}} {total}'
            yield f'runyard_request_seconds_sum{{route="{route}"}} {entry.seconds:.6f}'
            yield f'runyard_request_seconds_count{{route="{route}"}} {total}'


def _store(store: Store, in_flight: int, streams: int) -> Iterator[str]:
    measures = store.measures
    backlog = store.compactor.backlog()
    rows: tuple[tuple[str, str, str, float], ...] = (
        ("requests_in_flight", "gauge", "Requests being answered.", in_flight),
        ("live_streams", "gauge", "Open live streams.", streams),
        ("queue_depth", "gauge", "Writes that wait to be committed.", store.writer.depth()),
        ("groups_total", "counter", "Committed groups of writes.", measures.groups),
        ("group_operations_total", "counter", "Writes in committed groups.", measures.operations),
        ("group_size", "gauge", "Writes in the last group.", measures.last_group),
        ("group_size_max", "gauge", "Writes in the largest group.", measures.largest_group),
        ("journal_groups_total", "counter", "Groups that the journal made durable.", measures.journal_groups),
        (
            "journal_seconds_total",
            "counter",
            "Time that the disk took for the journal.",
            measures.journal_seconds,
        ),
        (
            "commit_seconds_total",
            "counter",
            "Time spent in transactions of the database.",
            measures.commit_seconds,
        ),
        ("retries_total", "counter", "Repeated requests that were not applied again.", measures.retries),
        ("compactions_total", "counter", "Compactions of runs.", measures.compactions),
        ("compacted_points_total", "counter", "Points moved into chunks.", measures.compacted_points),
        ("compaction_backlog_points", "gauge", "Points that wait for compaction.", backlog.points),
        ("compaction_backlog_runs", "gauge", "Runs that wait for compaction.", backlog.runs),
    )
    for name, kind, text, value in rows:
        yield f"# HELP runyard_{name} {text}"
        yield f"# TYPE runyard_{name} {kind}"
        yield f"runyard_{name} {value:g}" if isinstance(value, float) else f"runyard_{name} {value}"
