"""The list of runs and the page of one."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from fastapi import APIRouter, Query

from runyard.errors import FilterError, InvalidParameter
from runyard.store.metadata import run_data
from runyard.store.metadata.search import ViewType
from runyard.store.metadata.search.grammar import parse_filter, parse_order
from runyard.store.metadata.search.runs import search_runs
from runyard.store.metadata.search.vocabulary import RUNS
from runyard.store.metadata.session import Session
from runyard.studio_api import models, reading
from runyard.studio_api.experiments import active_experiments, all_experiments
from runyard.studio_api.permissions import needs
from runyard.studio_api.reader import Reader

# Also bounds the text of the filter that it becomes.
MAX_SEARCH_CHARACTERS = 500
View = Literal["active", "deleted"]
_VIEWS: dict[View, ViewType] = {"active": "ACTIVE_ONLY", "deleted": "DELETED_ONLY"}
Columns = Annotated[list[str] | None, Query(max_length=100)]


class Asked(NamedTuple):
    """Which runs a page of the list holds."""

    experiments: list[str]
    filter: str
    view: View
    order_by: list[str]
    max_results: int
    page_token: str | None


def run_routes(reader: Reader) -> APIRouter:
    """Routes below /runs that read metadata."""
    router = APIRouter(tags=["runs"])

    @router.get("/runs", response_model=models.RunPage, **needs("read"))
    async def list_runs(
        experiment_id: Annotated[list[str] | None, Query(description="none: all active experiments")] = None,
        filter: Annotated[str, Query(description="an expression in MLflow's filter language")] = "",
        search: Annotated[
            str,
            Query(
                description="text in the name, id, user, description or a tag",
                max_length=MAX_SEARCH_CHARACTERS,
            ),
        ] = "",
        view: Annotated[
            View, Query(description="runs that are in the trash, or those that are not")
        ] = "active",
        order_by: Annotated[list[str] | None, Query(description="as in MLflow: `metrics.loss DESC`")] = None,
        metric: Columns = None,
        param: Columns = None,
        max_results: Annotated[int, Query(ge=1, le=1000)] = 100,
        page_token: str | None = None,
    ) -> models.RunPage:
        """Runs, the newest first unless asked otherwise, with the asked columns."""
        text = _filter(filter, search)
        asked = Asked(
            experiment_id or [], text, view, _checked_order(order_by or []), max_results, page_token
        )
        return await reader.read(_page, asked, metric or [], param or [])

    @router.get("/runs/by-id", response_model=models.RunPage, **needs("read"))
    async def runs_by_id(
        run_id: Annotated[list[str], Query(min_length=1, max_length=500)],
        metric: Columns = None,
        param: Columns = None,
    ) -> models.RunPage:
        """These runs with the asked columns, to bring rows on screen up to date; unknown ids are left out."""
        rows = await reader.read(_by_id, run_id, metric or [], param or [])
        return models.RunPage(runs=rows, next_page_token=None)

    @router.get("/runs/{run_id}", response_model=models.RunDetail, **needs("read"))
    async def get_run(run_id: str) -> models.RunDetail:
        """One run, deleted or not, without its metrics."""
        return detail(await reader.read(reading.run_page, run_id))

    return router


def _filter(expression: str, text: str) -> str:
    """The expression of runs that match both. Raises FilterError with the place in what was asked."""
    parse_filter(expression, RUNS)
    if not text:
        return expression
    quoted = "E'%" + text.replace("\\", "\\\\").replace("'", "\\'") + "%'"
    wanted = f"attributes.text ILIKE {quoted}"
    return f"({expression}) AND {wanted}" if expression else wanted


def _checked_order(clauses: list[str]) -> list[str]:
    """The clauses. Raises InvalidParameter, whose place none would look for in the filter."""
    try:
        parse_order(clauses, RUNS)
    except FilterError as error:
        raise InvalidParameter(f"Invalid value for parameter 'order_by': {error.reason}.") from None
    return clauses


def _page(session: Session, asked: Asked, metrics: list[str], params: list[str]) -> models.RunPage:
    with session.snapshot():
        experiments = asked.experiments or _experiments(session, asked.view)
        found = search_runs(
            session,
            experiments,
            asked.filter,
            asked.order_by,
            _VIEWS[asked.view],
            max_results=asked.max_results,
            page_token=asked.page_token,
        )
        rows = [row(run) for run in reading.listed(session, found.ids, metrics, params)]
    return models.RunPage(runs=rows, next_page_token=found.next_page_token)


def _experiments(session: Session, view: View) -> list[str]:
    """Those whose runs are listed; of the trash also those that are in it themselves."""
    return active_experiments(session) if view == "active" else all_experiments(session)


def _by_id(
    session: Session, run_ids: list[str], metrics: list[str], params: list[str]
) -> list[models.RunRow]:
    with session.snapshot():
        keys = list(run_data.find_many(session, run_ids).values())
        return [row(run) for run in reading.listed(session, keys, metrics, params)]


def row(run: reading.ListedRun) -> models.RunRow:
    """A run as the list shows it."""
    fields = dict(vars(run))
    fields.pop("artifact_uri")
    return models.RunRow(**fields)


def detail(page: reading.RunPageData) -> models.RunDetail:
    """A run as its page shows it."""
    fields = dict(vars(page.run))
    del fields["metrics"], fields["params"]
    return models.RunDetail(
        **fields,
        parent_run_name=page.parent_name,
        metric_count=page.metric_count,
        params=[models.KeyValue(key=key, value=value) for key, value in page.params],
        tags=[models.KeyValue(key=key, value=value) for key, value in page.tags],
    )
