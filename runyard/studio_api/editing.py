"""Changes what people write about a run: its name, description and tags."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter

from runyard import rules
from runyard.entities import KeyValue
from runyard.store.metadata import runs
from runyard.store.transaction import Transaction
from runyard.studio_api import models
from runyard.studio_api.permissions import needs
from runyard.studio_api.reader import Reader
from runyard.studio_api.runs import read_detail

# MLflow's own pages and clients keep a run's description in it.
DESCRIPTION_TAG = "mlflow.note.content"


def editing_routes(reader: Reader) -> APIRouter:
    """The route that changes a run."""
    router = APIRouter(tags=["runs"])

    @router.patch("/runs/{run_id}", response_model=models.RunDetail, **needs("write"))
    async def change_run(run_id: str, change: models.RunChange) -> models.RunDetail:
        """Change a run that is not in the trash, in all that is given or not at all; answers the run."""
        await reader.write(_checked(run_id, change))
        return await read_detail(reader, run_id)

    return router


def _checked(run_id: str, change: models.RunChange) -> Callable[[Transaction], None]:
    """The write that makes a change, whose texts are checked."""
    tags = [KeyValue(tag.key, tag.value) for tag in change.set_tags]
    if change.description is not None:
        tags.append(KeyValue(DESCRIPTION_TAG, change.description))
    for tag in tags:
        tag.value = rules.kept_tag(tag.key, tag.value)
    name = change.name
    if name is not None:
        rules.check_length(name, "name", rules.MAX_TAG_VALUE)
        rules.check_text(name, "name")

    def work(transaction: Transaction) -> None:
        if name is not None:
            runs.update(transaction, run_id, runs.RunUpdate(None, None, name))
        for key in change.delete_tags:
            runs.delete_tag(transaction, run_id, key)
        if tags:
            runs.set_tags(transaction, run_id, tags)

    return work
