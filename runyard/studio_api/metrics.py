"""Names of metrics, parameters and tags, and the metrics of one run."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from runyard.store.metadata.experiments import active_ids, key_of
from runyard.store.metadata.session import Session
from runyard.store.queries import names
from runyard.store.queries.run_page import metric_columns
from runyard.studio_api import models
from runyard.studio_api.permissions import needs
from runyard.studio_api.reader import Reader

Limit = Annotated[int, Query(ge=1, le=1000)]
Search = Annotated[str, Query(description="text that the name contains")]
Pattern = Annotated[
    str, Query(description="regular expression that the name matches, in upper or lower case")
]


def metric_routes(reader: Reader) -> APIRouter:
    """Routes that tell names and latest values."""
    router = APIRouter(tags=["metrics"])

    @router.get("/metric-names", response_model=models.Names, **needs("read"))
    async def metric_names(
        experiment_id: Annotated[list[str] | None, Query(description="none: all active experiments")] = None,
        search: Search = "",
        regex: Pattern = "",
        limit: Limit = 100,
    ) -> models.Names:
        """Metric names, by name."""
        wanted = names.name_test(search, regex)
        found, more = await reader.read(_metric_names, experiment_id or [], wanted, limit)
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
    async def param_names(search: Search = "", regex: Pattern = "", limit: Limit = 100) -> models.Names:
        """Parameter names of all runs, by name."""
        wanted = names.name_test(search, regex)
        found, more = await reader.read(names.key_names, "param", wanted, limit)
        return models.Names(names=found, more=more)

    @router.get("/tag-names", response_model=models.Names, **needs("read"))
    async def tag_names(search: Search = "", regex: Pattern = "", limit: Limit = 100) -> models.Names:
        """Names of tags of all runs, those that MLflow sets itself included, by name."""
        wanted = names.name_test(search, regex)
        found, more = await reader.read(names.key_names, "run_tag", wanted, limit)
        return models.Names(names=found, more=more)

    @router.get("/runs/{run_id}/metrics", response_model=models.MetricTable, **needs("read"))
    async def run_metrics(
        run_id: str,
        name: Annotated[list[str] | None, Query(description="only these", max_length=500)] = None,
    ) -> models.MetricTable:
        """The latest value of each metric of a run."""
        columns = await reader.read(metric_columns, run_id, name or [])
        return models.MetricTable(**vars(columns))

    return router


def _metric_names(
    session: Session, experiments: list[str], wanted: names.Test, limit: int
) -> tuple[list[str], bool]:
    keys = [key_of(experiment) for experiment in experiments or active_ids(session)]
    return names.metric_names(session, keys, wanted, limit)
