"""The child runs of a run."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from runyard.store.queries.children import Children, children
from runyard.studio_api import child_models
from runyard.studio_api.permissions import needs
from runyard.studio_api.reader import Reader
from runyard.studio_api.runs import row


def child_routes(reader: Reader) -> APIRouter:
    """The route that lists a run's children."""
    router = APIRouter(tags=["runs"])

    @router.get("/runs/{run_id}/children", response_model=child_models.ChildPage, **needs("read"))
    async def list_children(
        run_id: str,
        max_results: Annotated[int, Query(ge=1, le=500)] = 100,
        page_token: str | None = None,
    ) -> child_models.ChildPage:
        """Active runs that name this one as their parent, the newest first, with a few columns of their own."""
        return _page(await reader.read(children, run_id, max_results, page_token))

    return router


def _page(found: Children) -> child_models.ChildPage:
    return child_models.ChildPage(
        runs=[
            row(run).model_copy(update={"child_count": found.counts.get(run.run_id, 0)}) for run in found.runs
        ],
        metrics=found.metrics,
        params=found.params,
        total=found.total,
        next_page_token=found.next_page_token,
    )
