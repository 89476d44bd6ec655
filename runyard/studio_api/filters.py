"""What a filter may compare with: values that runs have, looked up on demand."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from runyard.errors import InvalidParameter
from runyard.store.metadata.search.names import resolve
from runyard.store.metadata.search.tokens import tokenize
from runyard.store.metadata.search.tree import Name
from runyard.store.metadata.search.vocabulary import RUNS
from runyard.store.queries.values import known_values
from runyard.studio_api import models
from runyard.studio_api.permissions import needs
from runyard.studio_api.reader import Reader


def filter_routes(reader: Reader) -> APIRouter:
    """The route that tells values."""
    router = APIRouter(tags=["runs"])

    @router.get("/filter-values", response_model=models.Names, **needs("read"))
    async def filter_values(
        name: Annotated[str, Query(description="as in a filter: `params.lr`, `tags.team`, `user_id`")],
        search: Annotated[str, Query(description="text that the value contains", max_length=500)] = "",
        limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    ) -> models.Names:
        """Values of a parameter, a tag, users or names of runs, by value, those that begin with the text first."""
        found = await reader.read(known_values, _named(name), search, limit + 1)
        return models.Names(names=found[:limit], more=len(found) > limit)

    return router


def _named(text: str) -> Name:
    tokens = tokenize(text)
    if len(tokens) != 2:
        raise InvalidParameter("Invalid value for parameter 'name': it is one name, such as params.lr.")
    return resolve(tokens[0], RUNS)
