"""Changes what people write about a run: its name, description and tags."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter

from runyard import rules
from runyard.entities import KeyValue
from runyard.store.metadata import runs
from runyard.store.transaction import Transaction
from runyard.studio_api import models, reading
from runyard.studio_api.permissions import needs
from runyard.studio_api.reader import Reader
from runyard.studio_api.runs import detail

# MLflow's own pages and clients keep a run's description in it.
DESCRIPTION_TAG = "mlflow.note.content"


def editing_routes(reader: Reader) -> APIRouter:
    """The route that changes a run."""
    router = APIRouter(tags=["runs"])

    @router.patch("/runs/{run_id}", response_model=models.RunDetail, **needs("write"))
    async def change_run(run_id: str, change: models.RunChange) -> models.RunDetail:
        """Change a run that is not in the trash, in all that is given or not at all; answers the run."""
        work = _checked(run_id, change)
        await asyncio.wrap_future(reader.store.submit(work))
        return detail(await reader.read(reading.run_page, run_id))

    return router


def _checked(run_id: str, change: models.RunChange) -> _Work:
    tags = [KeyValue(tag.key, tag.value) for tag in change.set_tags]
    if change.description is not None:
        tags.append(KeyValue(DESCRIPTION_TAG, change.description))
    for tag in tags:
        tag.value = rules.kept_tag(tag.key, tag.value)
    if change.name is not None:
        rules.check_length(change.name, "name", rules.MAX_TAG_VALUE)
        rules.check_text(change.name, "name")
    return _Work(run_id, change.name, tags, change.delete_tags)


class _Work:
    def __init__(self, run_id: str, name: str | None, tags: list[KeyValue], delete_tags: list[str]) -> None:
        self._run_id = run_id
        self._name = name
        self._tags = tags
        self._delete_tags = delete_tags

    def __call__(self, transaction: Transaction) -> None:
        if self._name is not None:
            runs.update(transaction, self._run_id, runs.RunUpdate(None, None, self._name))
        for key in self._delete_tags:
            runs.delete_tag(transaction, self._run_id, key)
        if self._tags:
            runs.set_tags(transaction, self._run_id, self._tags)
