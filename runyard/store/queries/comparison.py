"""Reads what several runs have side by side: parameters, tags, and latest values of metrics."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from runyard.entities import wire_value
from runyard.store.metadata.run_data import find_many
from runyard.store.metadata.session import Session, in_list
from runyard.store.queries.run_rows import ListedRun, Number, listed

T = TypeVar("T")


@dataclass
class Compared(Generic[T]):
    """One name, and what each run has under it, in the order of the runs; None where a run has nothing."""

    name: str
    values: list[T | None]


@dataclass
class ComparedRuns:
    """Runs in the order asked, unknown ones left out; all lists by name, cut at the number of names asked for."""

    runs: list[ListedRun]
    params: list[Compared[str]]
    tags: list[Compared[str]]
    metrics: list[Compared[Number]]
    more: bool


def compare(session: Session, run_ids: Sequence[str], limit: int) -> ComparedRuns:
    """At most `limit` parameters, tags and metrics each of these runs."""
    with session.snapshot():
        places = {key: place for place, key in enumerate(find_many(session, run_ids).values())}
        params, more_params = _texts(session, "param", places, limit)
        tags, more_tags = _texts(session, "run_tag", places, limit)
        metrics, more_metrics = _metrics(session, places, limit)
        return ComparedRuns(
            runs=listed(session, list(places)),
            params=params,
            tags=tags,
            metrics=metrics,
            more=more_params or more_tags or more_metrics,
        )


def _texts(
    session: Session, table: str, places: dict[int, int], limit: int
) -> tuple[list[Compared[str]], bool]:
    return _compared(session, table, "key", "value", str, places, limit)


def _metrics(session: Session, places: dict[int, int], limit: int) -> tuple[list[Compared[Number]], bool]:
    return _compared(session, "series", "name", "latest_value, latest_nan", wire_value, places, limit)


def _compared(
    session: Session,
    table: str,
    name_column: str,
    value_columns: str,
    value_of: Callable[..., T],
    places: dict[int, int],
    limit: int,
) -> tuple[list[Compared[T]], bool]:
    """What the runs have in `table`, each value made by `value_of` of its columns; and whether there are more names."""
    names, more = _names(session, table, name_column, places, limit)
    rows = {name: Compared[T](name, [None] * len(places)) for name in names}
    if names:
        marks, keys = in_list(list(places), "run")
        sql = f"""
            SELECT run_id, {name_column}, {value_columns} FROM {table}
            WHERE run_id IN ({marks}) AND {name_column} <= :last
        """
        for key, name, *values in session.iterate(sql, {**keys, "last": names[-1]}):
            rows[name].values[places[key]] = value_of(*values)
    return list(rows.values()), more


def _names(
    session: Session, table: str, column: str, places: dict[int, int], limit: int
) -> tuple[list[str], bool]:
    """The first names of any of the runs, and whether there are more."""
    if not places:
        return [], False
    marks, keys = in_list(list(places), "run")
    found = session.all(
        f"SELECT DISTINCT {column} FROM {table} WHERE run_id IN ({marks}) ORDER BY {column} LIMIT :limit",
        {**keys, "limit": limit + 1},
    )
    names = [name for (name,) in found[:limit]]
    return names, len(found) > limit
