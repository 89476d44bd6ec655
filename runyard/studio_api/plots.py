"""Columns of values for plots over many runs."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from runyard.store.queries import plots
from runyard.studio_api import models
from runyard.studio_api.permissions import needs
from runyard.studio_api.plot_models import (
    MetricColumn,
    MetricUse,
    ParamUse,
    PlotRun,
    PlotRuns,
    RunColumns,
    RunNames,
    WantedColumns,
)
from runyard.studio_api.reader import Reader


def plot_routes(reader: Reader) -> APIRouter:
    """Routes that read, and are posted to since up to 1,000 ids are too long for an address."""
    router = APIRouter(tags=["runs"])

    @router.post("/runs/columns", response_model=RunColumns, **needs("read"))
    async def run_columns(wanted: WantedColumns) -> RunColumns:
        """The asked parameters and metrics of up to 1,000 runs, without reading points."""
        found = await reader.read(plots.columns, wanted.run_ids, wanted.params, wanted.metrics)
        return RunColumns(
            runs=[
                PlotRun(**{name: getattr(run, name) for name in PlotRun.model_fields}) for run in found.runs
            ],
            params=[models.ComparedText(name=column.name, values=column.values) for column in found.params],
            metrics=[MetricColumn(**vars(column)) for column in found.metrics],
        )

    @router.post("/runs/names", response_model=RunNames, **needs("read"))
    async def run_names(
        wanted: PlotRuns,
        limit: Annotated[int, Query(ge=1, le=1000, description="most names of each kind")] = 200,
    ) -> RunNames:
        """Parameters and metrics that these runs have, those first that tell them apart."""
        found = await reader.read(plots.uses, wanted.run_ids, limit)
        return RunNames(
            params=[ParamUse(name=name, runs=runs, values=values) for name, runs, values in found.params],
            metrics=[MetricUse(name=name, runs=runs) for name, runs in found.metrics],
            counted=found.counted,
            more=found.more,
        )

    return router
