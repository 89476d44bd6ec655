"""The list of runs in groups."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query

from runyard.entities import wire_value
from runyard.errors import InvalidParameter
from runyard.store.metadata.search.group_order import ordered
from runyard.store.metadata.search.run_groups import Figures, RunGroup, group_runs
from runyard.store.metadata.search.tree import Aggregate, Name
from runyard.store.metadata.session import Session
from runyard.store.page_tokens import Whole, make_token, read_token
from runyard.store.queries.run_rows import Columns
from runyard.studio_api import table_models as models
from runyard.studio_api.asking import AskedColumns, AskedRuns, Which
from runyard.studio_api.permissions import needs
from runyard.studio_api.reader import Reader

Order = Literal["value", "metric", "metric_min", "metric_max"]
_AGGREGATES: dict[str, Aggregate] = {"metrics": "latest", "metric_min": "min", "metric_max": "max"}


def group_routes(reader: Reader) -> APIRouter:
    """The route of groups."""
    router = APIRouter(tags=["runs"])

    @router.get("/run-groups", response_model=models.RunGroupPage, **needs("read"))
    async def group_of_runs(
        which: AskedRuns,
        columns: AskedColumns,
        by: Annotated[str, Query(description="`params.lr`, `tags.team`, `attributes.status`, ...")],
        order_by: Annotated[Order, Query(description="a metric: by the mean")] = "value",
        order_metric: Annotated[str, Query(description="the metric's name")] = "",
        descending: bool = False,
        max_results: Annotated[int, Query(ge=1, le=1000)] = 100,
        page_token: str | None = None,
    ) -> models.RunGroupPage:
        """Groups with figures of the asked metrics, each over all its runs; parameters and tags are left out."""
        names = _names(columns)
        ordering = _ordering(order_by, order_metric, names)
        asked = [*which, by, order_by, order_metric, descending]
        after = read_token(asked, page_token, tuple[Whole, str | None])
        groups = await reader.read(_groups, which, by, names, ordering, descending)
        start = 0 if after is None else _behind(groups, after)
        shown = groups[start : start + max_results]
        end = start + len(shown)
        return models.RunGroupPage(
            groups=[_group(group, names) for group in shown],
            total=len(groups),
            next_page_token=make_token(asked, [end, shown[-1].value]) if end < len(groups) else None,
        )

    return router


def _groups(
    session: Session, which: Which, by: str, names: list[Name], ordering: int | None, descending: bool
) -> list[RunGroup]:
    with session.snapshot():
        experiments = which.experiment_ids(session)
        found = group_runs(session, experiments, by, names, which.filter, which.view_type, which.text)
    return ordered(found, ordering, descending)


def _names(columns: Columns) -> list[Name]:
    return [
        Name("metric", metric, aggregate)
        for field, aggregate in _AGGREGATES.items()
        for metric in dict.fromkeys(getattr(columns, field))
    ]


def _ordering(order_by: Order, metric: str, names: list[Name]) -> int | None:
    """The place of the metric that orders; None for the value."""
    if order_by == "value":
        return None
    aggregate = _AGGREGATES["metrics" if order_by == "metric" else order_by]
    try:
        return names.index(Name("metric", metric, aggregate))
    except ValueError:
        raise InvalidParameter(
            f"Invalid value '{metric[:100]}' for parameter 'order_metric': it must be one of the metrics asked for."
        ) from None


def _behind(groups: list[RunGroup], place: tuple[int, str | None]) -> int:
    """Where the next page starts: behind the last group of the page before, or where that stood if it is gone."""
    index, value = place
    found = next((at + 1 for at, group in enumerate(groups) if group.value == value), None)
    return found if found is not None else index


def _group(group: RunGroup, names: list[Name]) -> models.RunGroup:
    answer = models.RunGroup(value=group.value, runs=group.runs, metrics={}, metric_min={}, metric_max={})
    for place, figures in group.figures.items():
        name = names[place]
        field = next(field for field, aggregate in _AGGREGATES.items() if aggregate == name.aggregate)
        getattr(answer, field)[name.key] = _figures(figures)
    return answer


def _figures(figures: Figures) -> models.Figures:
    return models.Figures(
        count=figures.count,
        not_finite=figures.not_finite,
        mean=_number(figures.mean),
        std=_number(figures.std),
        min=_number(figures.min),
        max=_number(figures.max),
    )


def _number(value: float | None) -> Any:
    """A mean or a deviation of very large values may itself be infinite."""
    return None if value is None else wire_value(value)
