"""The list of experiments, and changes of one."""

from __future__ import annotations

from fastapi import APIRouter, Query

from runyard import rules
from runyard.errors import ExperimentNotFound, InvalidParameter
from runyard.store.metadata import experiments, saved_views
from runyard.store.metadata.session import Row, Session
from runyard.studio_api import models, trash_models
from runyard.studio_api.permissions import needs
from runyard.studio_api.reader import Reader

_ROWS = f"""
    SELECT id, name, creation_time,
           (SELECT count(*) FROM run WHERE experiment_id = experiment.id AND lifecycle_stage = 'active'),
           (SELECT max(start_time) FROM run WHERE experiment_id = experiment.id AND lifecycle_stage = 'active'),
           (SELECT value FROM experiment_tag WHERE experiment_id = experiment.id AND key = '{saved_views.DEFAULT_TAG}')
    FROM experiment
    WHERE lifecycle_stage = 'active' AND id > :after AND lower(name) LIKE :pattern ESCAPE '\\'
    ORDER BY id LIMIT :limit
"""


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
        return await reader.read(_page, search, max_results, _after(page_token))

    @router.patch("/experiments/{experiment_id}", response_model=models.ExperimentRow, **needs("write"))
    async def change_experiment(
        experiment_id: str, change: trash_models.ExperimentChange
    ) -> models.ExperimentRow:
        """Rename an experiment that is not in the trash."""
        name = rules.check_experiment_name(change.name)
        await reader.write(lambda transaction: experiments.rename(transaction, experiment_id, name))
        return await reader.read(_one, experiment_id)

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


def _page(session: Session, search: str, limit: int, after: int) -> models.ExperimentPage:
    pattern = f"%{escape_like(search.lower())}%"
    rows = session.all(_ROWS, {"after": after, "pattern": pattern, "limit": limit + 1})
    shown = rows[:limit]
    return models.ExperimentPage(
        experiments=[_row(row) for row in shown],
        next_page_token=str(shown[-1][0]) if len(rows) > limit else None,
    )


def _one(session: Session, experiment_id: str) -> models.ExperimentRow:
    found = _page(session, "", 1, experiments.key_of(experiment_id) - 1).experiments
    if not found or found[0].experiment_id != experiment_id:
        raise ExperimentNotFound(experiment_id)
    return found[0]


def active_experiments(session: Session) -> list[str]:
    """Ids of all experiments that are not in the trash."""
    return [str(row[0]) for row in session.all("SELECT id FROM experiment WHERE lifecycle_stage = 'active'")]


def all_experiments(session: Session) -> list[str]:
    """Ids of all experiments, also of those in the trash."""
    return [str(row[0]) for row in session.all("SELECT id FROM experiment")]


def _row(row: Row) -> models.ExperimentRow:
    key, name, created, count, latest, default_view = row
    return models.ExperimentRow(
        experiment_id=str(key),
        name=name,
        creation_time=created,
        run_count=count,
        latest_start=latest,
        default_view=default_view,
    )


def _after(token: str | None) -> int:
    if token is None:
        return -1
    if not token.isdigit():
        raise InvalidParameter(f"Invalid page token: {token!r}")
    return int(token)


def escape_like(text: str) -> str:
    """`text` with the wildcards of LIKE taken literally, for ESCAPE '\\'."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
