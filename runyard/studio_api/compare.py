"""Several runs side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query

from runyard.store.queries.comparison import Compared, ComparedRuns, compare
from runyard.studio_api import models
from runyard.studio_api.permissions import needs
from runyard.studio_api.reader import Reader
from runyard.studio_api.runs import row

# A table of more columns can't be read, nor a chart of more curves.
MOST_RUNS = 100


def compare_routes(reader: Reader) -> APIRouter:
    """The route that compares runs."""
    router = APIRouter(tags=["runs"])

    @router.get("/compare", response_model=models.Comparison, **needs("read"))
    async def compare_runs(
        run_id: Annotated[list[str], Query(min_length=1, max_length=MOST_RUNS)],
        limit: Annotated[int, Query(ge=1, le=5000, description="most names of each kind")] = 2000,
    ) -> models.Comparison:
        """Parameters, tags and latest metrics of runs, by name; unknown runs are left out."""
        return _comparison(await reader.read(compare, run_id, limit))

    return router


def _comparison(found: ComparedRuns) -> models.Comparison:
    return models.Comparison(
        runs=[row(run) for run in found.runs],
        params=_rows(models.ComparedText, found.params),
        tags=_rows(models.ComparedText, found.tags),
        metrics=_rows(models.ComparedMetric, found.metrics),
        more=found.more,
    )


def _rows(kind: Any, rows: Sequence[Compared[Any]]) -> list[Any]:
    return [kind(name=each.name, values=each.values) for each in rows]
