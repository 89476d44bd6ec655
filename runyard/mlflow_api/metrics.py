"""Logging metrics, alone and in batches: the hot path."""

from __future__ import annotations

from collections.abc import Sequence

from runyard import rules
from runyard.entities import KeyValue
from runyard.errors import InvalidParameter
from runyard.http.codec import decode_body, decode_first
from runyard.http.direct import Prepare, Prepared
from runyard.http.request import Request
from runyard.http.response import Response
from runyard.http.router import Route
from runyard.mlflow_api import wire
from runyard.mlflow_api.fields import required, run_id_of
from runyard.mlflow_api.points import Given, group_metrics
from runyard.mlflow_api.runs import check_batch, prepare_logged, write_prepared
from runyard.store.metadata import runs
from runyard.store.metadata.logged_models import record_model_metrics
from runyard.store.metrics.relogged import without_known
from runyard.store.operation import Batch
from runyard.store.transaction import Transaction


async def log_metric(request: Request) -> Response:
    """Log one point."""
    return await _log(request, prepare_metric)


async def log_batch(request: Request) -> Response:
    """Log up to 1,000 metrics, parameters and tags together or not at all."""
    return await _log(request, prepare_batch)


async def _log(request: Request, prepare: Prepare) -> Response:
    prepared = prepare(await request.body(), request.header("content-type") or "")
    return await write_prepared(request, prepared)


def prepare_metric(body: bytes, content_type: str) -> Prepared:
    """Decode and check a log-metric request."""
    wanted = decode_body(body, content_type, wire.LogMetric)
    return _prepare(run_id_of(wanted), [wanted], [], [])


def prepare_batch(body: bytes, content_type: str) -> Prepared:
    """Decode and check a log-batch request."""
    wanted = decode_first(body, content_type, wire.PlainBatch, wire.LogBatch)
    params, tags = wire.pairs(wanted.params), wire.pairs(wanted.tags)
    _check_limits(len(wanted.metrics or ()), len(params), len(tags))
    check_batch(params, tags)
    run_id = required(wanted.run_id, "run_id")
    if isinstance(wanted, wire.PlainBatch):
        return _prepare_plain(run_id, wanted.metrics, params, tags)
    return _prepare(run_id, wanted.metrics or [], params, tags)


def _prepare_plain(
    run_id: str, metrics: Sequence[Given], params: list[KeyValue], tags: list[KeyValue]
) -> Prepared:
    return prepare_logged(Batch(run_id, group_metrics(metrics), params, tags))


def _prepare(
    run_id: str, metrics: Sequence[wire.MetricGiven], params: list[KeyValue], tags: list[KeyValue]
) -> Prepared:
    with_model = [metric for metric in metrics if metric.model_id]
    if not with_model:
        return _prepare_plain(run_id, metrics, params, tags)
    plain = group_metrics([metric for metric in metrics if not metric.model_id])
    linked = group_metrics(with_model)

    def work(transaction: Transaction) -> None:
        # First, because it fails when a model is unknown, and points that wait to be written can't be undone.
        record_model_metrics(transaction, run_id, with_model)
        key = transaction.runs.active(run_id).key
        new = [points for given in linked if (points := without_known(transaction.session, key, given))]
        runs.log_batch(transaction, Batch(run_id, plain + new, params, tags))

    return Prepared(work, guarded=True)


def _check_limits(metrics: int, params: int, tags: int) -> None:
    limits = (
        ("metrics", metrics, rules.MAX_BATCH_METRICS),
        ("params", params, rules.MAX_BATCH_PARAMS),
        ("tags", tags, rules.MAX_BATCH_TAGS),
        ("metrics, params and tags together", metrics + params + tags, rules.MAX_BATCH),
    )
    for field, number, most in limits:
        if number > most:
            raise InvalidParameter(f"A batch may have at most {most} {field}; this one has {number}.")


ROUTES = [
    Route("POST", "/2.0/mlflow/runs/log-metric", log_metric, "write"),
    Route("POST", "/2.0/mlflow/runs/log-batch", log_batch, "write"),
]

# What these routes do, for connections that need no ASGI request (runyard/http/direct.py).
DIRECT: dict[str, Prepare] = {
    "/2.0/mlflow/runs/log-metric": prepare_metric,
    "/2.0/mlflow/runs/log-batch": prepare_batch,
}
