"""Metric and parameter names, and the metrics of one run."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from runyard.store.metadata.experiments import key_of
from runyard.store.metadata.session import Session
from runyard.studio_api import models, names, reading
from runyard.studio_api.experiments import active_experiments
from runyard.studio_api.permissions import needs
from runyard.studio_api.reader import Reader

Limit = Annotated[int, Query(ge=1, le=1000)]


def metric_routes(reader: Reader) -> APIRouter:
    """Routes that tell names and latest values."""
    router = APIRouter(tags=["metrics"])

    @router.get("/metric-names", response_model=models.Names, **needs("read"))
    async def metric_names(
        experiment_id: Annotated[list[str] | None, Query(description="none: all active experiments")] = None,
        search: Annotated[str, Query(description="text that the name contains")] = "",
        limit: Limit = 100,
    ) -> models.Names:
        """Metric names, by name."""
        found, more = await reader.read(_metric_names, experiment_id or [], search, limit)
        return models.Names(names=found, more=more)

    @router.get("/metric-names/common", response_model=models.Names, **needs("read"))
    async def common_metrics(
        experiment_id: Annotated[list[str] | None, Query(description="none: all", max_length=100)] = None,
        limit: Limit = 3,
    ) -> models.Names:
        """Metrics that most of the newest runs have, the commonest first: what a list shows by itself."""
        keys = [key_of(experiment) for experiment in experiment_id or []]
        return models.Names(names=await reader.read(names.common_metrics, keys, limit), more=False)

    @router.get("/param-names", response_model=models.Names, **needs("read"))
    async def param_names(
        search: Annotated[str, Query(description="text that the name contains")] = "", limit: Limit = 100
    ) -> models.Names:
        """Parameter names of all runs, by name."""
        found, more = await reader.read(names.param_names, search, limit)
        return models.Names(names=found, more=more)

    @router.get("/tag-names", response_model=models.Names, **needs("read"))
    async def tag_names(
        search: Annotated[str, Query(description="text that the name contains")] = "", limit: Limit = 100
    ) -> models.Names:
        """Tag names of all runs, by name."""
        found, more = await reader.read(names.tag_names, search, limit)
        return models.Names(names=found, more=more)

    @router.get("/runs/{run_id}/metrics", response_model=models.MetricTable, **needs("read"))
    async def run_metrics(
        run_id: str,
        name: Annotated[list[str] | None, Query(description="only these", max_length=500)] = None,
    ) -> models.MetricTable:
        """What is known of each metric of a run without reading points."""
        columns = await reader.read(reading.metric_columns, run_id, name or [])
        return models.MetricTable(**vars(columns))

    return router


def _metric_names(session: Session, experiments: list[str], text: str, limit: int) -> tuple[list[str], bool]:
    keys = [key_of(experiment) for experiment in experiments or active_experiments(session)]
    return names.metric_names(session, keys, text, limit)
