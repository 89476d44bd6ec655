"""Reads the children of runs: those whose tag names the run as their parent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from runyard.store.metadata.run_data import find
from runyard.store.metadata.search.run_drivers import INDEXED_CHARACTERS
from runyard.store.metadata.search.run_tree import PARENT_TAG
from runyard.store.metadata.session import Session, in_list
from runyard.store.page_tokens import Number, make_token, read_token
from runyard.store.queries.names import NAMES_PER_RUN, commonest_metrics
from runyard.store.queries.run_rows import Columns, ListedRun, listed

_METRICS = 3
_PARAMS = 4
# Children whose names and values decide on the columns.
_NEWEST = 50

# What the index on tags' values holds of each.
_START = f"substr(run_tag.value, 1, {INDEXED_CHARACTERS})"
# Longer ids are told apart by `<>`: an `=` would be put into `substr`, which then is not the index's any more.
# CROSS JOIN: SQLite would otherwise go through all active runs and look whether each has the tag.
_CHILDREN = f"""
    FROM run_tag CROSS JOIN run
    WHERE run.id = run_tag.run_id AND run_tag.key = '{PARENT_TAG}' AND {_START} = :start
      AND NOT run_tag.value <> :parent AND run.lifecycle_stage = 'active'
"""


@dataclass
class Children:
    """A page of a run's active children, and their columns."""

    runs: list[ListedRun]
    counts: dict[str, int]
    metrics: list[str]
    params: list[str]
    total: int
    next_page_token: str | None


def child_count(session: Session, run_id: str) -> int:
    """How many active children a run has."""
    row = session.one(f"SELECT count(*) {_CHILDREN}", _parent(run_id))
    return int(row[0]) if row else 0


def children(session: Session, run_id: str, limit: int, token: str | None) -> Children:
    """The newest children, or those after the page that gave the token; raises RunNotFound."""
    with session.snapshot():
        find(session, run_id)
        newest = [key for key, _ in _keys(session, run_id, _NEWEST, None)]
        metrics = commonest_metrics(session, newest, _METRICS)
        params = _param_columns(session, newest)
        found = _keys(session, run_id, limit + 1, read_token(run_id, token, tuple[Number, Number]))
        shown = found[:limit]
        runs = listed(session, [key for key, _ in shown], Columns(metrics=metrics, params=params))
        return Children(
            runs=runs,
            counts=_counts(session, [run.run_id for run in runs]),
            metrics=metrics,
            params=params,
            total=child_count(session, run_id),
            next_page_token=make_token(run_id, [shown[-1][1], shown[-1][0]]) if len(found) > limit else None,
        )


def _parent(run_id: str) -> dict[str, object]:
    return {"parent": run_id, "start": run_id[:INDEXED_CHARACTERS]}


def _keys(session: Session, run_id: str, limit: int, after: tuple[int, int] | None) -> list[tuple[int, int]]:
    """(row id, start) of the newest children, or of those after a place."""
    parameters = _parent(run_id) | {"limit": limit}
    place = ""
    if after is not None:
        place = "AND (coalesce(run.start_time, 0), run.id) < (:time, :id)"
        parameters |= {"time": after[0], "id": after[1]}
    rows = session.all(
        f"SELECT run.id, coalesce(run.start_time, 0) {_CHILDREN} {place} "
        "ORDER BY coalesce(run.start_time, 0) DESC, run.id DESC LIMIT :limit",
        parameters,
    )
    return [(key, time) for key, time in rows]


def _counts(session: Session, run_ids: Sequence[str]) -> dict[str, int]:
    """The numbers of active children of those of these runs that have any."""
    if not run_ids:
        return {}
    marks, parents = in_list([run_id[:INDEXED_CHARACTERS] for run_id in run_ids], "start")
    sql = f"""
        SELECT run_tag.value, count(*) FROM run_tag CROSS JOIN run
        WHERE run.id = run_tag.run_id AND run_tag.key = '{PARENT_TAG}'
          AND {_START} IN ({marks})
          AND run.lifecycle_stage = 'active' GROUP BY run_tag.value
    """
    return {parent: count for parent, count in session.iterate(sql, parents)}


def _param_columns(session: Session, keys: Sequence[int]) -> list[str]:
    """Those in which these runs differ: with several values first, then those that only some runs have."""
    sql = "SELECT key, value FROM param WHERE run_id = :run ORDER BY key LIMIT :limit"
    values: dict[str, set[str]] = {}
    counts: Counter[str] = Counter()
    for run in keys:
        for name, value in session.all(sql, {"run": run, "limit": NAMES_PER_RUN}):
            values.setdefault(name, set()).add(value)
            counts[name] += 1
    differing = [name for name in counts if len(values[name]) > 1 or counts[name] < len(keys)]
    return sorted(differing, key=lambda name: (len(values[name]) == 1, -counts[name], name))[:_PARAMS]
