"""The list of runs and the page of one."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from fastapi import APIRouter, Query

from runyard.errors import FilterError, InvalidParameter
from runyard.store.metadata import run_data
from runyard.store.metadata.search.grammar import parse_order
from runyard.store.metadata.search.run_query import Level
from runyard.store.metadata.search.runs import count_children, search_runs
from runyard.store.metadata.search.vocabulary import RUNS
from runyard.store.metadata.session import Session
from runyard.store.queries.run_page import RunPageData, run_page
from runyard.store.queries.run_rows import Columns, ListedRun, listed
from runyard.studio_api import models
from runyard.studio_api.asking import AskedColumns, AskedRuns, Which
from runyard.studio_api.permissions import needs
from runyard.studio_api.reader import Reader


class Place(NamedTuple):
    """Which page of the list."""

    order_by: list[str]
    max_results: int
    page_token: str | None
    level: Level
    parent: str | None


def run_routes(reader: Reader) -> APIRouter:
    """Routes below /runs that read metadata."""
    router = APIRouter(tags=["runs"])

    @router.get("/runs", response_model=models.RunPage, **needs("read"))
    async def list_runs(
        which: AskedRuns,
        columns: AskedColumns,
        order_by: Annotated[list[str] | None, Query(description="as in MLflow: `metrics.loss DESC`")] = None,
        nested: Annotated[
            bool, Query(description="a tree: only runs whose parent does not match, with numbers of children")
        ] = False,
        parent: Annotated[
            str | None, Query(description="of a tree: the run whose children are listed")
        ] = None,
        max_results: Annotated[int, Query(ge=1, le=1000)] = 100,
        page_token: str | None = None,
    ) -> models.RunPage:
        """Runs, the newest first unless asked otherwise, with the asked columns."""
        level: Level = "children" if parent is not None else "top" if nested else "all"
        place = Place(_checked_order(order_by or []), max_results, page_token, level, parent)
        return await reader.read(_page, which, place, columns)

    @router.get("/runs/by-id", response_model=models.RunPage, **needs("read"))
    async def runs_by_id(
        run_id: Annotated[list[str], Query(min_length=1, max_length=500)], columns: AskedColumns
    ) -> models.RunPage:
        """These runs with the asked columns, to bring rows on screen up to date; unknown ids are left out."""
        rows = await reader.read(_by_id, run_id, columns)
        return models.RunPage(runs=rows, next_page_token=None)

    @router.get("/runs/{run_id}", response_model=models.RunDetail, **needs("read"))
    async def get_run(run_id: str) -> models.RunDetail:
        """One run, deleted or not, without its metrics."""
        return await read_detail(reader, run_id)

    return router


def _checked_order(clauses: list[str]) -> list[str]:
    """The clauses. Raises InvalidParameter, whose place none would look for in the filter."""
    try:
        parse_order(clauses, RUNS)
    except FilterError as error:
        raise InvalidParameter(f"Invalid value for parameter 'order_by': {error.reason}.") from None
    return clauses


def _page(session: Session, which: Which, place: Place, columns: Columns) -> models.RunPage:
    with session.snapshot():
        experiments = which.experiment_ids(session)
        found = search_runs(
            session,
            experiments,
            which.filter,
            place.order_by,
            which.view_type,
            max_results=place.max_results,
            page_token=place.page_token,
            level=place.level,
            parent=place.parent,
            text=which.text,
        )
        rows = [row(run) for run in listed(session, found.ids, columns)]
        if place.level != "all":
            counts = count_children(
                session, experiments, found.ids, which.filter, which.view_type, which.text
            )
            for key, each in zip(found.ids, rows, strict=True):
                each.child_count = counts.get(key, 0)
    return models.RunPage(runs=rows, next_page_token=found.next_page_token)


def _by_id(session: Session, run_ids: list[str], columns: Columns) -> list[models.RunRow]:
    with session.snapshot():
        keys = list(run_data.find_many(session, run_ids).values())
        return [row(run) for run in listed(session, keys, columns)]


def row(run: ListedRun) -> models.RunRow:
    """A run as the list shows it."""
    fields = dict(vars(run))
    fields.pop("artifact_uri")
    return models.RunRow(**fields)


async def read_detail(reader: Reader, run_id: str) -> models.RunDetail:
    """A run as its page shows it; raises RunNotFound."""
    return _shown(await reader.read(run_page, run_id))


def _shown(page: RunPageData) -> models.RunDetail:
    fields = dict(vars(page.run))
    for columns in ("metrics", "metric_min", "metric_max", "params", "tags"):
        del fields[columns]
    return models.RunDetail(
        **fields,
        metric_count=page.metric_count,
        child_count=page.child_count,
        params=[models.KeyValue(key=key, value=value) for key, value in page.params],
        tags=[models.KeyValue(key=key, value=value) for key, value in page.tags],
    )
