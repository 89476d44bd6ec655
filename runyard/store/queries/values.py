"""Values that runs have under a name, looked up on demand: what a filter may compare with."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, takewhile

from runyard.store.metadata.search.run_drivers import INDEXED_CHARACTERS
from runyard.store.metadata.search.tree import Name
from runyard.store.metadata.session import Session

# A parameter may have another value in each run: further than this nobody looks for a text within values.
_MOST_VISITED = 2_000
_TABLES = {"param": "param", "tag": "run_tag"}
_COLUMNS = {"user_id": "user_id", "run_name": "name"}
_NEWEST = "SELECT {column} FROM run WHERE lifecycle_stage = 'active' ORDER BY start_time DESC LIMIT :limit"


def known_values(session: Session, name: Name, text: str, limit: int) -> list[str]:
    """Values that contain a text, by value, those that begin with it first; none of names that have no texts."""
    with session.snapshot():
        if name.kind in _TABLES:
            beginning: Iterator[str] = takewhile(
                lambda value: value.startswith(text), _hops(session, name, text)
            )
            known = _hops(session, name)
        elif name.kind == "attribute" and name.key in _COLUMNS:
            beginning, known = iter(()), _newest(session, _COLUMNS[name.key])
        else:
            return []
        wanted = text.casefold()
        within = (value for value in islice(known, _MOST_VISITED) if wanted in value.casefold())
        return list(dict.fromkeys([*islice(beginning, limit), *islice(within, limit)]))[:limit]


def _hops(session: Session, name: Name, start: str = "") -> Iterator[str]:
    """Distinct values from `start` on, each found by an index; longer ones than it holds are left out."""
    start_of_value = f"substr(value, 1, {INDEXED_CHARACTERS})"
    least = f"SELECT min({start_of_value}) FROM {_TABLES[name.kind]} WHERE key = :key AND {start_of_value}"
    row = session.one(f"{least} >= :start", {"key": name.key, "start": start})
    while row and row[0] is not None:
        if len(row[0]) < INDEXED_CHARACTERS:
            yield row[0]
        row = session.one(f"{least} > :start", {"key": name.key, "start": row[0]})


def _newest(session: Session, column: str) -> Iterator[str]:
    """Distinct values of the newest runs, by value."""
    rows = session.all(_NEWEST.format(column=column), {"limit": _MOST_VISITED})
    yield from sorted({str(value) for (value,) in rows})
