"""The list of experiments, and changes of one."""

from __future__ import annotations

from fastapi import APIRouter, Query

from runyard import rules
from runyard.errors import InvalidParameter
from runyard.store.metadata import experiments, saved_views
from runyard.store.metadata.session import Session
from runyard.store.page_tokens import Whole, make_token, read_token
from runyard.store.queries.experiments import ActiveExperiment, active_experiment, active_experiments
from runyard.studio_api import models, trash_models
from runyard.studio_api.permissions import needs
from runyard.studio_api.reader import Reader


def experiment_routes(reader: Reader) -> APIRouter:
    """Routes below /experiments."""
    router = APIRouter(tags=["experiments"])

    @router.get("/experiments", response_model=models.ExperimentPage, **needs("read"))
    async def list_experiments(
        search: str = Query("", description="text that the name contains"),
        max_results: int = Query(500, ge=1, le=1000),
        page_token: str | None = None,
    ) -> models.ExperimentPage:
        """Active experiments in the order of their creation."""
        return await reader.read(_page, search, max_results, page_token)

    @router.patch("/experiments/{experiment_id}", response_model=models.ExperimentRow, **needs("write"))
    async def change_experiment(
        experiment_id: str, change: trash_models.ExperimentChange
    ) -> models.ExperimentRow:
        """Rename an experiment that is not in the trash."""
        name = rules.check_experiment_name(change.name)
        await reader.write(lambda transaction: experiments.rename(transaction, experiment_id, name))
        return _row(await reader.read(active_experiment, experiment_id))

    @router.post("/experiments/{experiment_id}/delete", status_code=204, **needs("write"))
    async def delete_experiment(experiment_id: str) -> None:
        """Move an experiment and its runs to the trash; the default one stays, as runs without one belong to it."""
        if experiment_id == str(experiments.DEFAULT_ID):
            raise InvalidParameter("The default experiment can't be deleted: runs without one belong to it.")
        await reader.write(lambda transaction: experiments.delete(transaction, experiment_id))

    @router.post("/experiments/{experiment_id}/restore", status_code=204, **needs("write"))
    async def restore_experiment(experiment_id: str) -> None:
        """Take an experiment, and the runs that were deleted with it, out of the trash."""
        await reader.write(lambda transaction: experiments.restore(transaction, experiment_id))

    @router.put("/experiments/{experiment_id}/default-view", status_code=204, **needs("write"))
    async def set_default_view(experiment_id: str, chosen: models.DefaultView) -> None:
        """Choose the saved view with which an experiment's list opens, for everybody."""
        await reader.write(lambda tx: saved_views.set_default(tx, experiment_id, chosen.view_id))

    return router


def _page(session: Session, search: str, limit: int, token: str | None) -> models.ExperimentPage:
    request = ["experiments", search]
    last = read_token(request, token, tuple[Whole])
    found = active_experiments(session, search, last[0] if last else -1, limit + 1)
    shown = found[:limit]
    return models.ExperimentPage(
        experiments=[_row(experiment) for experiment in shown],
        next_page_token=make_token(request, [shown[-1].key]) if len(found) > limit else None,
    )


def _row(found: ActiveExperiment) -> models.ExperimentRow:
    return models.ExperimentRow(
        experiment_id=str(found.key),
        name=found.name,
        creation_time=found.creation_time,
        run_count=found.runs,
        latest_start=found.latest_start,
        default_view=found.default_view,
    )
