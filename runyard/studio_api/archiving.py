"""How many runs are archived; they are so by a tag, which `/runs/tags` sets and removes."""

from __future__ import annotations

from fastapi import APIRouter

from runyard.store.metadata.search.runs import count_runs
from runyard.store.metadata.session import Session
from runyard.studio_api import table_models as models
from runyard.studio_api.asking import AskedRuns, Which
from runyard.studio_api.permissions import needs
from runyard.studio_api.reader import Reader


def archive_routes(reader: Reader) -> APIRouter:
    """The route that counts archived runs."""
    router = APIRouter(tags=["runs"])

    @router.get("/archived-runs", response_model=models.ArchivedRuns, **needs("read"))
    async def count_archived_runs(which: AskedRuns) -> models.ArchivedRuns:
        """How many archived runs match; `view` changes nothing."""
        return models.ArchivedRuns(runs=await reader.read(_count, which._replace(view="archived")))

    return router


def _count(session: Session, which: Which) -> int:
    with session.snapshot():
        return count_runs(session, which.experiment_ids(session), which.filter, which.view_type, which.text)
