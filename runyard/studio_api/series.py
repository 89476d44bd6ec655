"""Curves for charts, as msgpack with typed-array columns.

The answer is {"x": axis, "charts": [{"start", "end", "bucket_width", "series": [...]}]}, charts in the order asked.
A series is {"run_id", "metric", "raw", "total", "non_finite", "first_x", "latest_x", "latest_value", "columns"}:
`total` and `non_finite` count the points in the range, `first_x` is where the first of them lies, `columns` maps names
to little-endian float64 arrays of equal length.
Raw (the points themselves): x, value. Otherwise, per bucket with points: x (its left edge), last_x, min, max, mean,
last, count, non_finite. Both have `smoothed` if smoothing was asked for. Bucket edges are shared within a chart.
"""

from __future__ import annotations

import math
from typing import Any

import msgspec
import numpy as np
from fastapi import APIRouter, Response

from runyard.errors import InvalidParameter, RunNotFound
from runyard.store.metadata import run_data
from runyard.store.metadata.session import Session
from runyard.store.metrics.cache import SeriesCache
from runyard.store.metrics.charts import ChartSeries, Clocks, chart_series
from runyard.store.metrics.smoothing import Smoothing
from runyard.studio_api import models
from runyard.studio_api.permissions import needs
from runyard.studio_api.reader import Reader

MSGPACK = "application/msgpack"
# Over all charts of a request; 64 MB of columns at most.
MOST_POINTS = 1_000_000


def series_routes(reader: Reader) -> APIRouter:
    """The route that answers curves."""
    router = APIRouter(tags=["series"])

    @router.post(
        "/series",
        response_class=Response,
        responses={200: {"content": {MSGPACK: {"schema": {"type": "string", "format": "binary"}}}}},
        **needs("read"),
    )
    async def read_series(request: models.SeriesRequest) -> Response:
        """The curves of up to 50 charts; see the module series.py for the answer's columns."""
        _check(request)
        return Response(await reader.read(_answer, reader.store.series_cache, request), media_type=MSGPACK)

    return router


def _check(request: models.SeriesRequest) -> None:
    points = sum(len(chart.run_ids) * len(chart.metrics) for chart in request.charts) * request.max_points
    if points > MOST_POINTS:
        raise InvalidParameter(
            f"These charts may hold {points} points; one answer holds at most {MOST_POINTS}."
        )


def _answer(session: Session, cache: SeriesCache, request: models.SeriesRequest) -> bytes:
    clocks = Clocks(session, cache, request.x)
    charts = [_chart(session, cache, request, chart, clocks) for chart in request.charts]
    return msgspec.msgpack.encode({"x": request.x, "charts": charts})


def _chart(
    session: Session,
    cache: SeriesCache,
    request: models.SeriesRequest,
    asked: models.Chart,
    clocks: Clocks,
) -> dict[str, Any]:
    keys = _keys(session, asked.run_ids)
    chart = chart_series(
        session,
        cache,
        [(key, metric) for key in keys.values() for metric in asked.metrics],
        request.x,
        None if asked.start is None else _whole(math.floor, asked.start),
        None if asked.end is None else _whole(math.ceil, asked.end),
        request.max_points,
        Smoothing(request.smoothing.kind, request.smoothing.amount),
        clocks,
    )
    run_ids = {key: run_id for run_id, key in keys.items()}
    return {
        "start": chart.start,
        "end": chart.end,
        "bucket_width": chart.bucket_width,
        "series": [_series(run_ids[series.run_pk], series) for series in chart.series],
    }


def _keys(session: Session, run_ids: list[str]) -> dict[str, int]:
    """Row ids by run id, in the order asked; raises RunNotFound."""
    keys = run_data.find_many(session, run_ids)
    for run_id in run_ids:
        if run_id not in keys:
            raise RunNotFound(run_id)
    return keys


def _whole(rounding: Any, value: float) -> int:
    """A bound of the range as a whole number; raises InvalidParameter for NaN and infinities."""
    if not math.isfinite(value):
        raise InvalidParameter(f"A range must be finite: {value}")
    return int(rounding(value))


def _series(run_id: str, series: ChartSeries) -> dict[str, Any]:
    columns = series.columns()
    if series.raw:
        non_finite = int(np.count_nonzero(~np.isfinite(columns["value"])))
    else:
        non_finite = int(columns["non_finite"].sum())
    return {
        "run_id": run_id,
        "metric": series.name,
        "raw": series.raw,
        "total": series.in_range,
        "non_finite": non_finite,
        "first_x": series.first_x,
        "latest_x": series.latest_x,
        "latest_value": series.latest_value,
        "columns": {name: column.tobytes() for name, column in columns.items()},
    }
