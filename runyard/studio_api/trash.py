"""Moves runs to the trash and takes them out of it."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter

from runyard.store.metadata import runs
from runyard.store.transaction import Transaction
from runyard.studio_api import models
from runyard.studio_api.permissions import needs
from runyard.studio_api.reader import Reader


def trash_routes(reader: Reader) -> APIRouter:
    """Routes that change which runs are in the trash."""
    router = APIRouter(tags=["runs"])

    @router.post("/runs/delete", response_model=models.ChangedRuns, **needs("write"))
    async def delete_runs(chosen: models.ChosenRuns) -> models.ChangedRuns:
        """Move runs to the trash, all of them or, if one is unknown, none."""
        return await _change(reader, chosen, runs.delete)

    @router.post("/runs/restore", response_model=models.ChangedRuns, **needs("write"))
    async def restore_runs(chosen: models.ChosenRuns) -> models.ChangedRuns:
        """Take runs out of the trash, all of them or none; their experiments must not be in the trash."""
        return await _change(reader, chosen, runs.restore)

    return router


async def _change(
    reader: Reader, chosen: models.ChosenRuns, change: Callable[[Transaction, str], None]
) -> models.ChangedRuns:
    def work(transaction: Transaction) -> None:
        for run_id in chosen.run_ids:
            change(transaction, run_id)

    await reader.write(work)
    return models.ChangedRuns(runs=len(chosen.run_ids))
