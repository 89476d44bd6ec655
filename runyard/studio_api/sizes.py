"""How many bytes runs and experiments use."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from runyard.store.metadata.run_data import find_many
from runyard.store.metadata.session import Session
from runyard.store.sizes import Size, Sizes
from runyard.studio_api import trash_models as models
from runyard.studio_api.permissions import needs
from runyard.studio_api.reader import Reader


def size_routes(reader: Reader) -> APIRouter:
    """Routes below /sizes; each measures for a quarter of a second at most, and at least one run."""
    router = APIRouter(tags=["sizes"])
    sizes = reader.store.sizes

    @router.get("/sizes/runs", response_model=models.RunSizes, **needs("read"))
    async def run_sizes(
        run_id: Annotated[list[str], Query(min_length=1, max_length=500)],
    ) -> models.RunSizes:
        """The sizes of these runs, in their order; unknown ids are left out."""
        return await reader.read(_runs, sizes, list(dict.fromkeys(run_id)))

    @router.get("/sizes/experiments", response_model=models.ExperimentSizes, **needs("read"))
    async def experiment_sizes(
        experiment_id: Annotated[list[int], Query(min_length=1, max_length=100)],
    ) -> models.ExperimentSizes:
        """The sizes of these experiments."""
        return await reader.read(_experiments, sizes, experiment_id)

    return router


def size_of(size: Size) -> models.Size:
    """A size as it is answered."""
    return models.Size(**size._asdict(), total=size.total)


def _runs(session: Session, sizes: Sizes, run_ids: list[str]) -> models.RunSizes:
    found = sizes.of_runs(session, run_ids)
    waiting = find_many(session, [run_id for run_id in run_ids if run_id not in found])
    return models.RunSizes(
        sizes=[
            models.RunSize(run_id=run_id, size=size_of(found[run_id]))
            for run_id in run_ids
            if run_id in found
        ],
        complete=not waiting,
    )


def _experiments(session: Session, sizes: Sizes, keys: list[int]) -> models.ExperimentSizes:
    found = sizes.of_experiments(session, keys)
    return models.ExperimentSizes(
        sizes=[
            models.ExperimentSize(
                experiment_id=str(key), size=size_of(measured.size), complete=measured.complete
            )
            for key, measured in found.items()
        ]
    )
