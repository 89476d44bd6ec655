"""What a filter may compare with: values that runs have, looked up on demand."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, takewhile
from typing import Annotated

from fastapi import APIRouter, Query

from runyard.errors import InvalidParameter
from runyard.store.metadata.search.names import resolve
from runyard.store.metadata.search.run_drivers import INDEXED_CHARACTERS
from runyard.store.metadata.search.tokens import tokenize
from runyard.store.metadata.search.tree import Name
from runyard.store.metadata.search.vocabulary import RUNS
from runyard.store.metadata.session import Session
from runyard.studio_api import models
from runyard.studio_api.permissions import needs
from runyard.studio_api.reader import Reader

# A parameter may have another value in each run: further than this nobody looks for a text within values.
_MOST_VISITED = 2_000
_TABLES = {"param": "param", "tag": "run_tag"}
_COLUMNS = {"user_id": "user_id", "run_name": "name"}
_NEWEST = "SELECT {column} FROM run WHERE lifecycle_stage = 'active' ORDER BY start_time DESC LIMIT :limit"


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
        found = await reader.read(_values, _named(name), search, limit + 1)
        return models.Names(names=found[:limit], more=len(found) > limit)

    return router


def _named(text: str) -> Name:
    tokens = tokenize(text)
    if len(tokens) != 2:
        raise InvalidParameter("Invalid value for parameter 'name': it is one name, such as params.lr.")
    return resolve(tokens[0], RUNS)


def _values(session: Session, name: Name, text: str, limit: int) -> list[str]:
    with session.snapshot():
        if name.kind in _TABLES:
            beginning: Iterator[str] = takewhile(
                lambda value: value.startswith(text), _hops(session, name, text)
            )
            known = _hops(session, name)
        elif name.key in _COLUMNS:
            beginning, known = iter(()), _newest(session, _COLUMNS[name.key])
        else:
            return []
        wanted = text.casefold()
        within = (value for value in islice(known, _MOST_VISITED) if wanted in value.casefold())
        return list(dict.fromkeys([*islice(beginning, limit), *islice(within, limit)]))[:limit]


def _hops(session: Session, name: Name, start: str = "") -> Iterator[str]:
    """Distinct values from `start` on, each found by an index; longer ones than it holds are left out."""
    least = f"SELECT min(substr(value, 1, 64)) FROM {_TABLES[name.kind]} WHERE key = :key AND substr(value, 1, 64)"
    row = session.one(f"{least} >= :start", {"key": name.key, "start": start})
    while row and row[0] is not None:
        if len(row[0]) < INDEXED_CHARACTERS:
            yield row[0]
        row = session.one(f"{least} > :start", {"key": name.key, "start": row[0]})


def _newest(session: Session, column: str) -> Iterator[str]:
    """Distinct values of the newest runs, in their order."""
    rows = session.all(_NEWEST.format(column=column), {"limit": _MOST_VISITED})
    yield from sorted({str(value) for (value,) in rows})
