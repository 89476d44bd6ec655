"""Reading a metric's points: whole histories, of many runs, and samples for charts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from typing import TYPE_CHECKING

import msgspec

from runyard.entities import Metric, wire_value
from runyard.errors import InvalidParameter, MissingParameter
from runyard.http.codec import decode, encode
from runyard.http.request import Request
from runyard.http.response import JSON, Response, StreamingResponse
from runyard.http.router import Route
from runyard.mlflow_api import wire
from runyard.mlflow_api.fields import required, run_id_of
from runyard.store.metadata.run_data import find, find_many
from runyard.store.metadata.session import Session
from runyard.store.page_tokens import Whole, make_token, read_token
from runyard.store.store import Store

if TYPE_CHECKING:
    from runyard.store.metrics.history import HistoryPage
    from runyard.store.metrics.points import Points

MOST_RUNS = 100
# MLflow's page size for bulk history, and the most points of one piece of a streamed answer.
MOST_POINTS = 25_000
MOST_SAMPLES = 2_500
DEFAULT_SAMPLES = 320


def to_metrics(name: str, points: Points, run_id: str | None = None) -> list[Metric]:
    """`points` as an answer carries them; `run_id` only where an answer mixes runs."""
    columns = zip(points.steps.tolist(), points.times.tolist(), points.values.tolist(), strict=True)
    return [Metric(name, wire_value(value), time, step, run_id=run_id) for step, time, value in columns]


async def get_history(request: Request) -> Response:
    """All points of a metric by (timestamp, step, arrival); paged when `max_results` is given."""
    wanted = await decode(request, wire.GetHistory)
    run_id = run_id_of(wanted)
    name = required(wanted.metric_key, "metric_key")
    if wanted.max_results is not None and wanted.max_results < 1:
        raise InvalidParameter(
            f"Invalid value {wanted.max_results} for parameter 'max_results': it must be at least 1."
        )
    page = await request.read(_page, request.store, run_id, name, wanted)
    token = None
    if page.next_offset is not None:
        token = make_token([run_id, name], [page.next_offset, page.total])
    if len(page.points) <= MOST_POINTS:
        answer = await asyncio.to_thread(to_metrics, name, page.points)
        return encode(request, wire.History(answer, token))
    return StreamingResponse(_pieces(name, page.points, token), JSON)


def _page(session: Session, store: Store, run_id: str, name: str, wanted: wire.GetHistory) -> HistoryPage:
    from runyard.store.metrics.history import history_page

    position = read_token([run_id, name], wanted.page_token, tuple[Whole, Whole])
    offset, total = position or (0, None)
    key = find(session, run_id)
    return history_page(
        session, store.series_cache, key, name, offset=offset, limit=wanted.max_results, total=total
    )


async def _pieces(name: str, points: Points, token: str | None) -> AsyncGenerator[bytes, None]:
    """A long answer piece by piece, so that memory holds the points but never all of their text."""
    yield b'{"metrics":['
    for start in range(0, len(points), MOST_POINTS):
        piece = await asyncio.to_thread(_encode, name, points[start : start + MOST_POINTS])
        yield (b"," if start else b"") + piece[1:-1]
    yield b"]" + (b"" if token is None else b',"next_page_token":"%s"' % token.encode()) + b"}"


def _encode(name: str, points: Points) -> bytes:
    return msgspec.json.encode(to_metrics(name, points))


def _run_ids(given: list[str] | None, field: str) -> list[str]:
    if not given:
        raise MissingParameter(field)
    if len(given) > MOST_RUNS:
        raise InvalidParameter(
            f"Invalid value for parameter '{field}': at most {MOST_RUNS} runs can be asked for; "
            f"these are {len(given)}."
        )
    return given


async def get_history_bulk(request: Request) -> Response:
    """Points of one metric of several runs, by run, timestamp, step."""
    wanted = await decode(request, wire.GetHistoryBulk)
    run_ids = _run_ids(wanted.run_id, "run_id")
    name = required(wanted.metric_key, "metric_key")
    most = min(MOST_POINTS if wanted.max_results is None else wanted.max_results, MOST_POINTS)
    found = await request.read(_bulk, request.store, run_ids, name, most)
    return encode(request, {"metrics": found})


def _bulk(session: Session, store: Store, run_ids: Sequence[str], name: str, most: int) -> list[Metric]:
    from runyard.store.metrics.history import history_bulk

    keys = find_many(session, sorted(set(run_ids)))
    names = {key: run_id for run_id, key in keys.items()}
    answer: list[Metric] = []
    for key, points in history_bulk(session, store.series_cache, list(names), name, most):
        answer += to_metrics(name, points, names[key])
    return answer


async def get_history_interval(request: Request) -> Response:
    """An even sample of one metric of several runs, for charts."""
    wanted = await decode(request, wire.GetHistoryInterval)
    run_ids = _run_ids(wanted.run_ids, "run_ids")
    name = required(wanted.metric_key, "metric_key")
    start, end = wanted.start_step, wanted.end_step
    if (start is None) != (end is None):
        raise InvalidParameter("Parameters 'start_step' and 'end_step' must be given both or not at all.")
    if start is not None and end is not None and start > end:
        raise InvalidParameter(
            f"Invalid value for parameter 'end_step': {end} is less than 'start_step' {start}."
        )
    most = DEFAULT_SAMPLES if wanted.max_results is None else wanted.max_results
    if not 1 <= most <= MOST_SAMPLES:
        raise InvalidParameter(
            f"Invalid value {most} for parameter 'max_results': it must be at least 1 and at most {MOST_SAMPLES}."
        )
    found = await request.read(_interval, request.store, run_ids, name, most, start, end)
    return encode(request, wire.History(found))


def _interval(
    session: Session,
    store: Store,
    run_ids: Sequence[str],
    name: str,
    most: int,
    start: int | None,
    end: int | None,
) -> list[Metric]:
    from runyard.store.metrics.interval import history_interval

    keys = find_many(session, list(dict.fromkeys(run_ids)))
    samples = history_interval(session, store.series_cache, list(keys.values()), name, most, start, end)
    answer: list[Metric] = []
    for run_id, points in zip(keys, samples, strict=True):
        answer += to_metrics(name, points, run_id)
    return answer


ROUTES = [
    Route("GET", "/2.0/mlflow/metrics/get-history", get_history, "read"),
    Route("GET", "/2.0/mlflow/metrics/get-history-bulk", get_history_bulk, "read"),
    Route("GET", "/2.0/mlflow/metrics/get-history-bulk-interval", get_history_interval, "read"),
]
