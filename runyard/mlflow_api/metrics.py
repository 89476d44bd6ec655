"""Logging metrics, alone and in batches: the hot path."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from runyard import rules
from runyard.entities import KeyValue
from runyard.errors import InvalidParameter, MissingParameter
from runyard.http.codec import decode_body, encode
from runyard.http.direct import Prepare, Prepared
from runyard.http.request import Request
from runyard.http.response import Response
from runyard.http.router import Route
from runyard.mlflow_api import wire
from runyard.mlflow_api.fields import required, run_id_of
from runyard.mlflow_api.runs import check_batch
from runyard.store.metadata import runs
from runyard.store.metadata.logged_models import record_model_metrics
from runyard.store.metrics.appender import SeriesPoints
from runyard.store.metrics.relogged import without_known
from runyard.store.transaction import Transaction


async def log_metric(request: Request) -> Response:
    """Log one point."""
    return await _log(request, prepare_metric)


async def log_batch(request: Request) -> Response:
    """Log up to 1,000 metrics, parameters and tags together or not at all."""
    return await _log(request, prepare_batch)


async def _log(request: Request, prepare: Prepare) -> Response:
    work, guarded, _ = prepare(await request.body(), request.header("content-type") or "")
    await request.write(work, guarded)
    return encode(request, wire.Empty())


def prepare_metric(body: bytes, content_type: str) -> Prepared:
    """Decode and check a log-metric request."""
    wanted = decode_body(body, content_type, wire.LogMetric)
    return _prepare(run_id_of(wanted), [wanted], [], [])


def prepare_batch(body: bytes, content_type: str) -> Prepared:
    """Decode and check a log-batch request."""
    wanted = decode_body(body, content_type, wire.LogBatch)
    params, tags = wire.pairs(wanted.params), wire.pairs(wanted.tags)
    metrics = wanted.metrics or []
    _check_limits(len(metrics), len(params), len(tags))
    check_batch(params, tags)
    return _prepare(required(wanted.run_id, "run_id"), metrics, params, tags)


def _prepare(
    run_id: str, metrics: Sequence[wire.MetricGiven], params: list[KeyValue], tags: list[KeyValue]
) -> Prepared:
    with_model = [metric for metric in metrics if metric.model_id]
    if not with_model:
        batch = runs.Batch(run_id, group_metrics(metrics), params, tags)
        return Prepared(partial(runs.log_batch, batch=batch), guarded=False)
    plain = group_metrics([metric for metric in metrics if not metric.model_id])
    linked = group_metrics(with_model)

    def work(transaction: Transaction) -> None:
        # First, because it fails when a model is unknown, and points that wait to be written can't be undone.
        record_model_metrics(transaction, run_id, with_model)
        key = transaction.runs.active(run_id).key
        new = [points for given in linked if (points := without_known(transaction.session, key, given))]
        runs.log_batch(transaction, runs.Batch(run_id, plain + new, params, tags))

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


def group_metrics(metrics: Sequence[wire.MetricGiven]) -> list[SeriesPoints]:
    """Sort points by series, each in the order given, and check names and ranges.

    Raises MissingParameter or InvalidParameter that names the entry and the rule.
    """
    groups: dict[str | None, tuple[list[int], list[int | None], list[float | None]]] = {}
    for metric in metrics:
        group = groups.get(metric.key)
        if group is None:
            group = groups[metric.key] = ([], [], [])
        steps, times, values = group
        steps.append(metric.step or 0)
        times.append(metric.timestamp)
        values.append(metric.value)
    found = []
    for key, (steps, times, values) in groups.items():
        if key is None or None in values or None in times:
            raise _missing(metrics)
        rules.check_key(key, "key")
        step_range = _checked_range(key, steps, rules.MIN_STEP, "step")
        time_range = _checked_range(key, times, 0, "timestamp")  # type: ignore[arg-type]  # None was refused above
        found.append(SeriesPoints(key, steps, times, values, step_range, time_range))  # type: ignore[arg-type]  # the same
    return found


def _missing(metrics: Sequence[wire.MetricGiven]) -> MissingParameter:
    for index, metric in enumerate(metrics):
        for field in ("key", "value", "timestamp"):
            if getattr(metric, field) is None:
                return MissingParameter(field if len(metrics) == 1 else f"metrics[{index}].{field}")
    raise AssertionError("nothing is missing")


def _checked_range(key: str, numbers: Sequence[int], least: int, field: str) -> tuple[int, int]:
    """The least and the greatest of `numbers`."""
    low, high = min(numbers), max(numbers)
    if low < least or high > rules.MAX_STEP:
        raise InvalidParameter(
            f"Invalid value for parameter '{field}' of metric '{key}': it must be an integer from {least} to "
            f"{rules.MAX_STEP}."
        )
    return low, high


ROUTES = [
    Route("POST", "/2.0/mlflow/runs/log-metric", log_metric, "write"),
    Route("POST", "/2.0/mlflow/runs/log-batch", log_batch, "write"),
]

# What these routes do, for connections that need no ASGI request (runyard/http/direct.py).
DIRECT: dict[str, Prepare] = {
    "/2.0/mlflow/runs/log-metric": prepare_metric,
    "/2.0/mlflow/runs/log-batch": prepare_batch,
}
