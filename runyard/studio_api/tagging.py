"""Sets and removes tags of many runs at once."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter

from runyard import rules
from runyard.entities import KeyValue
from runyard.store.metadata import runs
from runyard.store.transaction import Transaction
from runyard.studio_api import table_models as models
from runyard.studio_api.permissions import needs
from runyard.studio_api.reader import Reader


def tagging_routes(reader: Reader) -> APIRouter:
    """The route that tags runs."""
    router = APIRouter(tags=["runs"])

    @router.post("/runs/tags", response_model=models.TaggedRuns, **needs("write"))
    async def tag_runs(change: models.TagChange) -> models.TaggedRuns:
        """Set and remove tags of runs that are not in the trash: of all of them or, if one is refused, of none."""
        return models.TaggedRuns(runs=await reader.write(_checked(change)))

    return router


def _checked(change: models.TagChange) -> Callable[[Transaction], int]:
    """The write that makes a change, whose texts are checked; it tells how many runs changed."""
    tags = [KeyValue(tag.key, tag.value) for tag in change.set_tags]
    for tag in tags:
        # A client's longer value is cut off, as MLflow does it; who typed one is told.
        rules.check_length(tag.value, f"tag '{tag.key[:60]}'", rules.MAX_TAG_VALUE)
        rules.kept_tag(tag.key, tag.value, "set_tags.key")

    return lambda transaction: runs.change_tags(transaction, change.run_ids, tags, change.delete_tags)
